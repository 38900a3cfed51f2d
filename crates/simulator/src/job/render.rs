//! Writes a job down as the API does: CONTRACT.md 2.1 for the members, the samples for their
//! order. Must not decide anything about the job.

use jiff::{SignedDuration, Timestamp};

use super::Items;
use super::{Job, Progress};
use crate::family::{Item, Member};
use crate::json::Writer;

pub const ACCOUNT: &str = "kylo:kylo:admin:accounts:kylo";
pub const APPLICATION: &str = "ncryptify:gemalto:admin:apps:kylo";
pub const DEV_ACCOUNT: &str = "ncryptify:gemalto:admin:accounts:gemalto";
const WAITING: &str = "in_progress";
const GIVEN_UP: &str = "aborted";

/// How finely times are printed, without trailing zeros: 0 to 9 digits of a second (CONTRACT.md
/// 2.1). The samples have six, some pages nine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// No fraction.
    Seconds,
    /// Six digits at most.
    Micros,
    /// Nine digits at most.
    Nanos,
}

impl Precision {
    /// RFC 3339 in UTC.
    fn print(self, time: Timestamp) -> String {
        let unit = match self {
            Self::Seconds => 1_000_000_000,
            Self::Micros => 1000,
            Self::Nanos => 1,
        };
        let excess = time.subsec_nanosecond().rem_euclid(unit);
        (time - SignedDuration::from_nanos(i64::from(excess))).to_string()
    }
}

impl Job {
    /// Writes the job as it is at a time.
    pub fn write(&self, now: Timestamp, out: &mut Writer) {
        if let Some(printed) = self.printed.filter(|_| self.aborted_at.is_none()) {
            return out.raw(printed);
        }
        let progress = self.progress(now);
        let time = |time| self.precision.print(time);
        out.open('{');
        out.text("id", &self.id);
        out.text(
            "uri",
            &format!("kylo:kylo:cckm:{}:{}", self.family.kind, self.id),
        );
        out.text("account", ACCOUNT);
        if self.application {
            out.text("application", APPLICATION);
            out.text("devAccount", DEV_ACCOUNT);
        }
        out.text("createdAt", &time(self.created_at));
        out.text("updatedAt", &time(progress.updated));
        if let Some(completed) = progress.completed {
            out.text("completed_at", &time(completed));
        }
        out.text("overall_status", &progress.status);
        self.write_items(&progress, out);
        for member in self.family.members {
            self.write_member(*member, &progress, out);
        }
        out.close('}');
    }

    fn write_items(&self, progress: &Progress, out: &mut Writer) {
        out.name("detailed_status");
        out.open('{');
        if let (Item::Version, Items::Versions { key, .. }) = (self.family.item, &self.items) {
            self.write_versions(key, progress, out);
        } else {
            out.reserve(self.items.count().min(1_000_000) * 64);
            for (index, name) in self.items.names().enumerate() {
                if index < progress.done {
                    let failure = self.failures.text(self.family, index, &name);
                    out.text(&name, failure.as_deref().unwrap_or(self.family.success));
                } else if self.family.waiting {
                    out.text(&name, if progress.given_up { GIVEN_UP } else { WAITING });
                } else {
                    break;
                }
            }
        }
        out.close('}');
    }

    /// `completed` holds the versions that are done, beside the key's message (CONTRACT.md 2.4).
    fn write_versions(&self, key: &str, progress: &Progress, out: &mut Writer) {
        let fails = |index| self.failures.text(self.family, index, key);
        let done = (0..progress.done).filter(|index| fails(*index).is_none());
        out.texts("completed", done.map(|index| self.items.name(index)));
        let failure = (0..progress.done).find_map(fails);
        let message = match failure {
            Some(ref text) => text,
            None if progress.given_up => GIVEN_UP,
            None if progress.completed.is_none() => WAITING,
            None => self.family.success,
        };
        out.text(key, message);
    }

    fn write_member(&self, member: Member, progress: &Progress, out: &mut Writer) {
        match (member, &self.items) {
            (Member::Abort, _) => out.member("abort", boolean(progress.abort)),
            (Member::Cloud, _) => {
                if let Some(cloud) = self.family.cloud {
                    out.text("cloud", cloud);
                }
            }
            (Member::Items(name), items) => out.texts(name, items.names()),
            (Member::Kms, Items::Grid { kms, .. }) => out.texts("kms", kms),
            (Member::Regions, Items::Grid { regions, .. }) => out.texts("regions", regions),
            (Member::Operation, _) => {
                if let Some(operation) = &self.operation {
                    out.text("operation", operation);
                }
            }
            (Member::Versions, items) => {
                out.text("job_id", &self.id);
                if let Some(key_id) = &self.key_id {
                    out.text("key_id", key_id);
                }
                out.member("version_count", &items.count().to_string());
            }
            (Member::Kms | Member::Regions, _) => {}
        }
    }
}

fn boolean(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
