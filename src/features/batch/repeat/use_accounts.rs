//! Derives which KMS belongs to which account, from the newest jobs of a family.

use cckm_core::api::decode;
use cckm_core::api::error::ApiError;
use cckm_core::family::Family;
use cckm_core::job::Job;
use cckm_core::start::{AccountReader, RepeatPlan};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use crate::features::batch::batches::use_batches;
use crate::hooks::{Answer, use_session};

/// What is known of the accounts of one job. From [`use_accounts`].
#[derive(Clone, Copy)]
pub struct UseAccounts {
    /// What is known; `None` until the reading is over.
    pub known: RwSignal<Option<KnownAccounts>>,
    /// How many jobs were read so far, while jobs are read.
    pub reading: RwSignal<Option<usize>>,
    /// Notifies to read again.
    pub retry: Trigger,
}

/// What is known when the reading is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownAccounts {
    /// What is known.
    pub reader: AccountReader,
    /// Why not everything could be read.
    pub error: Option<ApiError>,
}

/// Reads jobs of `family`, once the job in `answer` is known and as long as the account of one of its failed items is
/// not, unless one start repeats exactly what failed. `cause` is the key of the cause of the only problems to repeat.
pub fn use_accounts(
    family: &'static Family,
    answer: Memo<Option<Answer<Job>>>,
    cause: StoredValue<Option<String>>,
) -> UseAccounts {
    let (batches, session) = (use_batches(), use_session());
    let known = RwSignal::new(None::<KnownAccounts>);
    let reading = RwSignal::new(None);
    let retry = Trigger::new();
    Effect::new(move |_| {
        retry.track();
        session.epoch.track();
        let Some(job) = answer.get() else {
            return;
        };
        spawn_local_scoped_with_cancellation(async move {
            let mut reader = AccountReader::new(batches.accounts(family), &job.value);
            let is_open = |reader: &AccountReader| {
                let cause = cause.get_value();
                let plan = RepeatPlan::new(family, &job.value, &reader.accounts, cause.as_deref());
                !reader.is_over && plan.is_some_and(|plan| plan.needs_accounts())
            };
            let mut error = None;
            while error.is_none() && is_open(&reader) {
                reading.set(Some(reader.read));
                let answer = session.send(reader.request(family)).await;
                match answer.and_then(|response| decode::job_page(&response.body)) {
                    Ok(page) => reader.push(&page),
                    Err(failed) => error = Some(failed),
                }
            }
            reading.set(None);
            batches.set_accounts(family, reader.accounts.clone());
            // Read again once someone has signed in.
            if error != Some(ApiError::SignedOut) {
                known.set(Some(KnownAccounts { reader, error }));
            }
        });
    });
    UseAccounts { known, reading, retry }
}
