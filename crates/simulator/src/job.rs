//! One job, as it was planned when it began. What it looks like at a time is `progress.rs`, how
//! it is written down `render.rs`. Must not read a clock.

mod failures;
mod items;
mod progress;
mod render;

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;

pub use failures::Failures;
pub(crate) use failures::written;
pub use items::Items;
pub use progress::Progress;
pub use render::Precision;
pub(crate) use render::{ACCOUNT, APPLICATION, DEV_ACCOUNT};

use crate::family::{self, Family};
use crate::random::hash;

/// A job and its whole future, unless someone cancels it.
#[derive(Clone, Debug)]
pub struct Job {
    /// Opaque; not always a uuid (CONTRACT.md 2.1).
    pub id: String,
    /// What kind of job it is.
    pub family: &'static Family,
    /// The domain that it belongs to, an index into [`crate::auth::DOMAINS`].
    pub domain: usize,
    /// Whether it has `application` and `devAccount`, as jobs of 2020 to 2022 have.
    pub application: bool,
    /// How finely its times are printed.
    pub precision: Precision,
    /// When it began. Before that it does not exist.
    pub created_at: Timestamp,
    /// How long all of its items take together.
    pub duration: Duration,
    /// What it works on.
    pub items: Items,
    /// Which items fail, and how.
    pub failures: Failures,
    /// The `overall_status` that it ends with.
    pub final_status: Cow<'static, str>,
    /// Its last sign of life, if it hangs: from then on it neither moves nor ends.
    pub stalled_at: Option<Timestamp>,
    /// When cancelling was asked for.
    pub aborted_at: Option<Timestamp>,
    /// The member `operation`.
    pub operation: Option<Cow<'static, str>>,
    /// The member `key_id`.
    pub key_id: Option<String>,
    /// The text of the documentation, as long as nothing has happened to the job.
    pub(crate) printed: Option<&'static str>,
    /// `completed_at` stands 0.16 to 0.21 ms before the last `updatedAt` (CONTRACT.md 2.1).
    pub(crate) lag: Duration,
}

impl Job {
    /// A job of the family at this path (as in `aws/bulkjob`) that ends as `completed` after ten
    /// seconds for each item, all of which succeed. Unknown paths give none.
    pub fn new(path: &str, id: &str, created: Timestamp, items: Items) -> Option<Self> {
        Some(Self::of(family::by_path(path)?, id, created, items))
    }

    pub(crate) fn of(family: &'static Family, id: &str, created: Timestamp, items: Items) -> Self {
        let seconds = 10 * items.count().max(1) as u64;
        Self {
            id: id.to_owned(),
            family,
            domain: 0,
            application: false,
            precision: Precision::Micros,
            created_at: created,
            duration: Duration::from_secs(seconds),
            items,
            failures: Failures::None,
            final_status: Cow::Borrowed("completed"),
            stalled_at: None,
            aborted_at: None,
            operation: None,
            key_id: None,
            printed: None,
            lag: Duration::from_nanos(160_000 + hash(id) % 50_001),
        }
    }

    /// The same over this long a time.
    #[must_use]
    pub fn with_duration(mut self, duration: Duration) -> Self {
        self.duration = duration;
        self
    }

    /// The same with failures.
    #[must_use]
    pub fn with_failures(mut self, failures: Failures) -> Self {
        self.failures = failures;
        self
    }

    /// The same with another last `overall_status`.
    #[must_use]
    pub fn with_final_status(mut self, status: impl Into<Cow<'static, str>>) -> Self {
        self.final_status = status.into();
        self
    }

    /// The same, but hanging since this time.
    #[must_use]
    pub fn stalled_at(mut self, since: Timestamp) -> Self {
        self.stalled_at = Some(since);
        self
    }

    /// The same with `application` and `devAccount`.
    #[must_use]
    pub fn with_application(mut self) -> Self {
        self.application = true;
        self
    }

    /// The same with times printed as finely as this.
    #[must_use]
    pub fn with_precision(mut self, precision: Precision) -> Self {
        self.precision = precision;
        self
    }

    /// The same with an operation.
    #[must_use]
    pub fn operation(mut self, operation: impl Into<Cow<'static, str>>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// The same about this key.
    #[must_use]
    pub fn key_id(mut self, key_id: &str) -> Self {
        self.key_id = Some(key_id.to_owned());
        self
    }

    /// The same in another domain, an index into [`crate::auth::DOMAINS`].
    #[must_use]
    pub fn with_domain(mut self, domain: usize) -> Self {
        self.domain = domain;
        self
    }
}
