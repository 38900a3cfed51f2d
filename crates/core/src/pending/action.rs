//! An action on a job or a schedule as the browser saves it before it is sent.

use serde::{Deserialize, Serialize};

use crate::family::Family;
use crate::format::time::Timestamp;
use crate::job::action::Action;
use crate::pending::{VERSION, family_at};
use crate::route::JobRoute;

/// An action that was sent, whose result is not known yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingAction {
    version: u32,
    /// Where it was sent, as [`batch::target`](crate::batch::target).
    target: String,
    /// The path of the family.
    family: String,
    /// The id of the job.
    id: String,
    /// The action.
    pub action: Action,
    /// `None` if the server's clock was not known.
    since_ms: Option<i64>,
}

impl PendingAction {
    /// An `action` on the job `named`, sent to `target`. What it causes cannot have happened before `since`; `None` if the
    /// server's clock was not known.
    pub fn new(target: String, named: &JobRoute, action: Action, since: Option<Timestamp>) -> Self {
        Self {
            version: VERSION,
            target,
            family: named.family.path.to_owned(),
            id: named.id.clone(),
            action,
            since_ms: since.map(Timestamp::as_ms),
        }
    }

    /// The text to save.
    pub fn save(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads the text of [`save`](Self::save); `None` for any other text, and if the family does not have the action.
    pub fn load(text: &str) -> Option<Self> {
        let pending: Self = serde_json::from_str(text).ok()?;
        let family = Family::by_path(&pending.family)?;
        let is_readable = pending.version == VERSION && !pending.id.is_empty();
        (is_readable && pending.action.is_offered_by(family)).then_some(pending)
    }

    /// The job, if the action was sent to `target`.
    pub fn job_at(&self, target: &str) -> Option<JobRoute> {
        let family = family_at(&self.family, &self.target, target)?;
        Some(JobRoute::new(family, self.id.clone()))
    }

    /// What it causes cannot have happened before, by the server's clock; `None` if that was not known.
    pub fn since(&self) -> Option<Timestamp> {
        self.since_ms.map(Timestamp::from_ms)
    }
}
