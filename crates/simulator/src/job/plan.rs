//! A job as it is planned at its start.

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::value::RawValue;

use super::failures::Failures;
use super::items::Items;
use super::precision::Precision;
use crate::family::{self, Family};
use crate::random::hash;

/// How long a cancelled job takes to end, unless it says otherwise.
const CANCEL_DURATION: Duration = Duration::from_secs(3);

/// A job with everything that will happen to it unless it is cancelled.
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
    /// How many digits its times have.
    pub precision: Precision,
    /// When it starts. It does not exist before.
    pub created_at: Timestamp,
    /// How long all of its items take together.
    pub duration: Duration,
    /// The items that it processes.
    pub items: Items,
    /// Which items fail, and with which text.
    pub failures: Failures,
    /// The `overall_status` at its end.
    pub final_status: Cow<'static, str>,
    /// When it hangs, if it does: it makes no progress and does not end after this time.
    pub stalled_at: Option<Timestamp>,
    /// When its cancellation was requested.
    pub aborted_at: Option<Timestamp>,
    /// How long it takes to end after that.
    pub cancel_duration: Duration,
    /// The member `operation`.
    pub operation: Option<Cow<'static, str>>,
    /// The member `key_id`.
    pub key_id: Option<String>,
    /// The JSON text of the documentation, returned until the job is cancelled.
    pub(crate) sample: Option<&'static RawValue>,
    /// How long before `createdAt` the first `updatedAt` is (CONTRACT.md 11.21).
    pub early_update: Duration,
    /// How long `completed_at` is before the last `updatedAt`: 0.16 to 0.21 ms (CONTRACT.md 2.1).
    pub(crate) lag: Duration,
}

impl Job {
    /// A job of the family with this path (as in `aws/bulkjob`) that ends as `completed` after ten
    /// seconds for each item, all of which succeed. `None` if the path is unknown.
    pub fn new(path: &str, id: &str, created_at: Timestamp, items: Items) -> Option<Self> {
        Some(Self::of_family(family::by_path(path)?, id, created_at, items))
    }

    pub(crate) fn of_family(
        family: &'static Family,
        id: &str,
        created_at: Timestamp,
        items: Items,
    ) -> Self {
        let seconds = 10 * items.count().max(1) as u64;
        Self {
            id: id.to_owned(),
            family,
            domain: 0,
            application: false,
            precision: Precision::Micros,
            created_at,
            duration: Duration::from_secs(seconds),
            items,
            failures: Failures::None,
            final_status: Cow::Borrowed("completed"),
            stalled_at: None,
            aborted_at: None,
            cancel_duration: CANCEL_DURATION,
            operation: None,
            key_id: None,
            sample: None,
            early_update: Duration::ZERO,
            lag: Duration::from_nanos(160_000 + hash(id) % 50_001),
        }
    }

    /// Sets how long all items take together.
    #[must_use]
    pub fn with_duration(self, duration: Duration) -> Self {
        Self { duration, ..self }
    }

    /// Sets which items fail.
    #[must_use]
    pub fn with_failures(self, failures: Failures) -> Self {
        Self { failures, ..self }
    }

    /// Sets the `overall_status` at the end.
    #[must_use]
    pub fn with_final_status(self, status: impl Into<Cow<'static, str>>) -> Self {
        let final_status = status.into();
        Self { final_status, ..self }
    }

    /// Lets the job hang from this time on.
    #[must_use]
    pub fn stalled_at(self, time: Timestamp) -> Self {
        let stalled_at = Some(time);
        Self { stalled_at, ..self }
    }

    /// Adds `application` and `devAccount`.
    #[must_use]
    pub fn with_application(self) -> Self {
        let application = true;
        Self { application, ..self }
    }

    /// Sets how many digits times have.
    #[must_use]
    pub fn with_precision(self, precision: Precision) -> Self {
        Self { precision, ..self }
    }

    /// Sets the member `operation`.
    #[must_use]
    pub fn operation(self, operation: impl Into<Cow<'static, str>>) -> Self {
        let operation = Some(operation.into());
        Self { operation, ..self }
    }

    /// Sets the member `key_id`.
    #[must_use]
    pub fn key_id(self, key_id: &str) -> Self {
        let key_id = Some(key_id.to_owned());
        Self { key_id, ..self }
    }

    /// Sets the domain, an index into [`crate::auth::DOMAINS`].
    #[must_use]
    pub fn with_domain(self, domain: usize) -> Self {
        Self { domain, ..self }
    }
}
