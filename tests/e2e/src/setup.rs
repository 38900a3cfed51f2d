//! The initial state of a scenario: the served page, the simulator's clock, the browser's preferences.

use std::env;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU16, Ordering};

use cckm_simulator::clock::Clock;
use cckm_simulator::server::Options;
use cckm_simulator::{Timestamp, World};

use crate::fixtures::json_answer;

/// The time at which every scenario starts, for the server and for the browser.
pub const START: &str = "2026-11-20T09:00:00Z";

/// The colour scheme that the browser prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// `prefers-color-scheme: light`
    Light,
    /// `prefers-color-scheme: dark`
    Dark,
}

impl Theme {
    /// The keyword in CSS.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The initial state of a scenario.
#[derive(Clone, Debug)]
pub struct Setup {
    folder: Option<&'static str>,
    config: Option<&'static str>,
    running_clock: bool,
    dist: Option<PathBuf>,
    /// The time zone in which the page writes times, such as `Asia/Kolkata`; UTC if it is not set.
    pub(crate) time_zone: Option<&'static str>,
    /// The colour scheme that the browser prefers.
    pub theme: Theme,
    /// Width of the window in CSS pixels.
    pub width: u32,
}

impl Default for Setup {
    /// The page at the root, no `config.json`, light, 1280 pixels wide, the server's clock frozen at [`START`].
    fn default() -> Self {
        Self {
            folder: None,
            config: None,
            running_clock: false,
            dist: None,
            time_zone: None,
            theme: Theme::Light,
            width: 1280,
        }
    }
}

impl Setup {
    /// Lets the browser write times in a time zone, such as `Asia/Kolkata`.
    #[must_use]
    pub fn time_zone(self, zone: &'static str) -> Self {
        Self { time_zone: Some(zone), ..self }
    }

    /// Serves the page in a folder, such as `/a/b/`.
    #[must_use]
    pub fn folder(self, folder: &'static str) -> Self {
        let folder = Some(folder);
        Self { folder, ..self }
    }

    /// Serves this text as `config.json`.
    #[must_use]
    pub fn config(self, json: &'static str) -> Self {
        let config = Some(json);
        Self { config, ..self }
    }

    /// Polls three times a second, so that a scenario need not refresh.
    #[must_use]
    pub fn polling_fast(self) -> Self {
        self.config(r#"{"poll":{"runningSeconds":0.3,"idleSeconds":0.3,"maxSeconds":1}}"#)
    }

    /// Polls so rarely that nothing changes unless the scenario refreshes.
    #[must_use]
    pub fn without_polling(self) -> Self {
        self.config(r#"{"poll":{"runningSeconds":300,"idleSeconds":300}}"#)
    }

    /// Prefers dark.
    #[must_use]
    pub fn dark(self) -> Self {
        let theme = Theme::Dark;
        Self { theme, ..self }
    }

    /// A window 320 pixels wide.
    #[must_use]
    pub fn narrow(self) -> Self {
        Self { width: 320, ..self }
    }

    /// A window 1440 pixels wide.
    #[must_use]
    pub fn wide(self) -> Self {
        Self { width: 1440, ..self }
    }

    /// Lets the server's clock run from [`START`]; otherwise only [`Page::advance`] moves it.
    ///
    /// [`Page::advance`]: crate::Page::advance
    #[must_use]
    pub fn running_clock(self) -> Self {
        let running_clock = true;
        Self { running_clock, ..self }
    }

    /// Serves the page in this folder instead of the one that `CCKM_DIST` names.
    #[must_use]
    pub fn dist(self, folder: &Path) -> Self {
        let dist = Some(workspace().join(folder));
        Self { dist, ..self }
    }

    /// The options of the server of this scenario.
    pub(crate) fn options(&self) -> Options {
        let mut world = World::at(start());
        if self.running_clock {
            world.clock = Clock::Real(start().duration_since(Timestamp::now()));
        }
        // Served by a fault that always applies, since there is no such file in the built page.
        let config = self.config.map(|json| json_answer(200, json).path("config.json"));
        world.simulator.faults.extend(config);
        Options {
            bind: next_address().into(),
            dist: Some(self.dist.clone().unwrap_or_else(dist)),
            prefix: self.folder.map(str::to_owned),
            world,
            ..Options::default()
        }
    }
}

/// [`START`] as a value.
pub(crate) fn start() -> Timestamp {
    START.parse().expect("START is RFC 3339")
}

/// A loopback address that no earlier scenario has used. It is a new origin, so storage, cache and
/// permissions of a reused browser are empty.
fn next_address() -> Ipv4Addr {
    static NEXT: AtomicU16 = AtomicU16::new(1);
    let [high, low] = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    Ipv4Addr::new(127, 1, high, low)
}

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).to_path_buf()
}

/// The folder of the built page: `CCKM_DIST`, relative to the workspace, or `dist`.
pub(crate) fn dist() -> PathBuf {
    let dist = workspace().join(env::var_os("CCKM_DIST").unwrap_or_else(|| "dist".into()));
    let exists = dist.join("index.html").is_file();
    assert!(exists, "no page in {}: run `make build`", dist.display());
    dist
}
