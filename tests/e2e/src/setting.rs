//! What a scenario starts from. Must not start anything itself.

use std::path::{Path, PathBuf};

use cckm_simulator::clock::Clock;
use cckm_simulator::fault::{Effect, Fault, FaultBody};
use cckm_simulator::server::Options;
use cckm_simulator::{Simulator, Timestamp, World};

/// Light or dark, as the person has set it for all pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// As CSS calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// The page, the simulator's time and the browser's looks.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The folder that the page is in, as in `/a/b/`; none is the root.
    pub prefix: Option<&'static str>,
    /// The text of `config.json`; none is no such file.
    pub config: Option<String>,
    /// What the browser prefers.
    pub theme: Theme,
    /// The width of the page in CSS pixels.
    pub width: u32,
    /// Whether the simulator's clock goes by itself. Otherwise it stands until the scenario moves
    /// it, so that no token ends and no job moves on unasked.
    pub runs: bool,
}

impl Default for Setting {
    /// At the root, without `config.json`, light, wide, the clock standing at the present.
    fn default() -> Self {
        Self {
            prefix: None,
            config: None,
            theme: Theme::Light,
            width: 1280,
            runs: false,
        }
    }
}

impl Setting {
    /// The same with the page in a folder.
    #[must_use]
    pub fn at(self, prefix: &'static str) -> Self {
        let prefix = Some(prefix);
        Self { prefix, ..self }
    }

    /// The same with this text as `config.json`.
    #[must_use]
    pub fn config(self, text: impl Into<String>) -> Self {
        let config = Some(text.into());
        Self { config, ..self }
    }

    /// The same with polls that come so soon that nobody has to wait for them.
    #[must_use]
    pub fn polling_fast(self) -> Self {
        self.config(r#"{"poll":{"runningSeconds":0.3,"idleSeconds":0.3,"maxSeconds":1}}"#)
    }

    /// The same in dark.
    #[must_use]
    pub fn dark(self) -> Self {
        let theme = Theme::Dark;
        Self { theme, ..self }
    }

    /// The same on a narrow screen.
    #[must_use]
    pub fn narrow(self) -> Self {
        Self { width: 320, ..self }
    }

    /// The same with a clock that goes by itself.
    #[must_use]
    pub fn running(self) -> Self {
        Self { runs: true, ..self }
    }

    /// What the simulator is started with.
    pub(crate) fn options(&self) -> Options {
        let mut simulator = Simulator::new(1);
        // A fault that always meets: the file is served without being there.
        if let Some(config) = &self.config {
            let body = FaultBody::Custom("application/json".to_owned(), config.clone());
            let effect = Effect::Status {
                status: 200,
                body,
                retry_after: None,
            };
            simulator
                .faults
                .push(Fault::new(effect).path("config.json"));
        }
        let clock = if self.runs {
            Clock::REAL
        } else {
            Clock::Frozen(Timestamp::now())
        };
        Options {
            dist: Some(dist()),
            prefix: self.prefix.map(str::to_owned),
            world: World::new(simulator, clock),
            ..Options::default()
        }
    }
}

/// The workspace's folder.
pub fn workspace() -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).to_path_buf()
}

/// The built page.
fn dist() -> PathBuf {
    let dist = workspace().join("dist");
    assert!(
        dist.join("index.html").is_file(),
        "there is no page in {}: make build",
        dist.display()
    );
    dist
}
