//! The browsers and the capabilities that start them: headless, with a fresh profile, in English and UTC,
//! without background requests.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

use serde_json::{Value, json};
use thirtyfour::Capabilities;

use crate::setup::Theme;

/// A browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium over chromedriver.
    Chromium,
    /// Firefox over geckodriver.
    Firefox,
}

impl Browser {
    /// Its name in test names, files and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    /// The capabilities of a new session.
    pub(crate) fn capabilities(self, theme: Theme) -> Capabilities {
        let value = match self {
            Self::Chromium => chromium(),
            Self::Firefox => firefox(theme),
        };
        match value {
            Value::Object(map) => map.into(),
            _ => unreachable!("both are objects"),
        }
    }
}

/// The theme is set for each scenario, over the DevTools protocol.
fn chromium() -> Value {
    let mut args = vec![
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-extensions",
        "--disable-sync",
        "--disable-search-engine-choice-screen",
        "--disable-renderer-backgrounding",
        "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows",
        "--force-color-profile=srgb",
        "--hide-scrollbars",
        "--lang=en-US",
        "--no-first-run",
        "--window-size=1280,900",
    ];
    if is_root() {
        args.push("--no-sandbox");
    }
    json!({
        "browserName": "chrome",
        "webSocketUrl": true,
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": { "args": args },
    })
}

fn firefox(theme: Theme) -> Value {
    let mut options = json!({
        "args": ["-headless"],
        "prefs": {
            "app.normandy.enabled": false,
            "app.update.disabledForTesting": true,
            "browser.shell.checkDefaultBrowser": false,
            "datareporting.policy.dataSubmissionEnabled": false,
            "devtools.console.stdout.chrome": false,
            "devtools.console.stdout.content": true,
            "dom.disable_open_during_load": false,
            "intl.accept_languages": "en-US",
            "layout.css.prefers-color-scheme.content-override": i32::from(theme == Theme::Light),
            "messaging-system.rsexperimentloader.enabled": false,
            "network.captive-portal-service.enabled": false,
            "network.connectivity-service.enabled": false,
            "network.dns.disablePrefetch": true,
            "network.prefetch-next": false,
            "signon.rememberSignons": false,
            "toolkit.telemetry.enabled": false,
        },
    });
    if let Some(binary) = ["firefox-esr", "firefox"].into_iter().find_map(on_path) {
        options["binary"] = json!(binary);
    }
    json!({
        "browserName": "firefox",
        "webSocketUrl": true,
        "moz:firefoxOptions": options,
    })
}

/// The program of this name on PATH.
fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let mut found = env::split_paths(&path).map(|folder| folder.join(name));
    found.find(|file| file.is_file())
}

/// Chromium has no sandbox for root.
fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|metadata| metadata.uid() == 0)
}
