//! A start as the browser saves it before it is sent.

use serde::{Deserialize, Serialize};

use crate::family::Family;
use crate::format::json;
use crate::format::time::Timestamp;
use crate::pending::{VERSION, family_at};

/// A start that was sent, whose result is not known yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingStart {
    version: u32,
    /// Where it was sent, as [`batch::target`](crate::batch::target).
    target: String,
    /// The path of the family.
    family: String,
    /// The body of the request.
    pub body: String,
    since_ms: i64,
    /// Whether [`since`](Self::since) is by the server's clock; if not, by the browser's.
    pub is_server_time: bool,
}

impl PendingStart {
    /// A start of `family` with `body`, sent to `target`. Its job cannot have been created before `since`.
    pub fn new(target: String, family: &Family, body: String, since: Timestamp) -> Self {
        let since_ms = since.as_ms();
        let family = family.path.to_owned();
        Self { version: VERSION, target, family, body, since_ms, is_server_time: true }
    }

    /// The text to save.
    pub fn save(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the text of [`save`](Self::save); `None` for any other text, and if this console cannot start such jobs.
    pub fn load(text: &str) -> Option<Self> {
        let start: Self = serde_json::from_str(text).ok()?;
        let can_start = Family::by_path(&start.family).is_some_and(Family::can_start);
        let is_readable = start.version == VERSION && json::parse_object(&start.body).is_ok();
        (is_readable && can_start).then_some(start)
    }

    /// The family of its job, if it was sent to `target`.
    pub fn family_at(&self, target: &str) -> Option<&'static Family> {
        family_at(&self.family, &self.target, target)
    }

    /// The job cannot have been created before.
    pub fn since(&self) -> Timestamp {
        Timestamp::from_ms(self.since_ms)
    }
}
