//! Browsers that are reused: starting one takes longer than most scenarios.

use std::process::Command;
use std::time::Duration;

use serde_json::json;
use thirtyfour::WebDriver;
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::browser::Browser;
use crate::driver::Driver;
use crate::setup::Theme;
use crate::wait::wait_for;

/// How long a browser may take to close.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(20);

/// A running browser.
pub(crate) struct Session {
    pub(crate) browser: Browser,
    pub(crate) driver: WebDriver,
    pub(crate) program: Driver,
    theme: Theme,
}

impl Session {
    async fn start(browser: Browser, theme: Theme) -> Self {
        let program = Driver::start(browser).await;
        // The drivers give up when a busy machine starts the browser too slowly.
        let start = async || WebDriver::new(program.url(), browser.capabilities(theme)).await.ok();
        let driver = wait_for(start).await;
        let driver = driver.unwrap_or_else(|| panic!("no browser: {:?}", program.output().last()));
        // Firefox ignores the size of its window on the command line.
        let sized = driver.set_window_rect(0, 0, 1280, 985).await;
        sized.expect("the window can be sized");
        Self { browser, driver, program, theme }
    }

    /// Opens a tab and closes those of the previous scenario, with their history and emulation.
    async fn renew(&self) {
        let old = self.driver.windows().await.expect("the windows can be listed");
        let tab = self.driver.new_tab().await.expect("a tab can be opened");
        for window in old {
            self.driver.switch_to_window(window).await.expect("the tab exists");
            self.driver.close_window().await.expect("the tab can be closed");
        }
        self.driver.switch_to_window(tab).await.expect("the tab exists");
        if self.browser == Browser::Chromium {
            let theme = json!({ "name": "prefers-color-scheme", "value": self.theme.as_str() });
            let media = json!({ "features": [theme] });
            let set = self.driver.cdp().send_raw("Emulation.setEmulatedMedia", media).await;
            set.expect("the theme can be set");
            // Reading the log empties it.
            _ = self.driver.browser_log().await;
        }
    }

    /// Closes the browser and its driver.
    pub(crate) async fn close(self) {
        let capabilities = self.driver.capabilities();
        let process = ["goog:processID", "moz:processID"]
            .iter()
            .find_map(|name| capabilities.get(name)?.as_u64());
        let quit = timeout(CLOSE_TIMEOUT, self.driver.clone().quit()).await;
        if let (Err(_) | Ok(Err(_)), Some(process)) = (quit, process) {
            let process = process.to_string();
            _ = Command::new("kill").args(["-9", &process]).status();
        }
    }
}

/// The browsers that no scenario uses.
#[derive(Default)]
pub(crate) struct Pool(Mutex<Vec<Session>>);

impl Pool {
    /// A browser with one empty tab, reused if possible.
    pub(crate) async fn take(&self, browser: Browser, theme: Theme) -> Session {
        let reused = {
            let mut idle = self.0.lock().await;
            let fits = |session: &Session| session.browser == browser && session.theme == theme;
            idle.iter().position(fits).map(|at| idle.swap_remove(at))
        };
        let session = match reused {
            Some(session) => session,
            None => Session::start(browser, theme).await,
        };
        session.renew().await;
        session
    }

    /// Stores a browser for later scenarios.
    pub(crate) async fn put(&self, session: Session) {
        self.0.lock().await.push(session);
    }

    /// Closes all browsers.
    pub(crate) async fn close(&self) {
        for session in self.0.lock().await.drain(..) {
            session.close().await;
        }
    }
}
