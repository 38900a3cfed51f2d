//! Remarks on anything unusual about a job.

use cckm_core::format::text::group_digits;
use cckm_core::job::Job;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::status::JobStatus;

/// Remarks on conclusions of the console and on undocumented parts of the answer. The address names the job `id`.
pub fn remarks(job: &Job, id: &str) -> Vec<String> {
    let other_id = job
        .id()
        .filter(|other| other != id)
        .map(|other| format!("The server returned a different job: {other}"));
    let conclusion = match job.status() {
        JobStatus::Cancelled => Some(
            "A cancellation was requested. The API has no word for cancelled: such jobs end as completed.",
        ),
        JobStatus::Cancelling => Some("A cancellation was requested; the job has not ended yet."),
        JobStatus::Unknown if job.may_run() => {
            Some("This console does not know this status. The job has no end, so it may still run.")
        }
        JobStatus::Unknown => {
            Some("This console does not know this status and treats the job as finished.")
        }
        JobStatus::Scheduled
        | JobStatus::Running
        | JobStatus::Completed
        | JobStatus::Aborted
        | JobStatus::Failed => None,
    };
    let forgotten = job.is_abort_remembered().then(|| {
        "An earlier answer of the server reported the cancellation. The last one does not: its node may lag, or has \
         forgotten it."
            .to_owned()
    });
    let odd = job
        .unexpected_detail
        .as_ref()
        .map(|raw| format!("detailed_status is not an object, so there are no items: {raw}"));
    let unreported = job.items.count(ItemStatus::Unreported);
    let missing = (unreported > 0 && !job.may_run()).then(|| {
        format!(
            "The job is over and has not reported {} of the requested items.",
            group_digits(unreported)
        )
    });
    [other_id, conclusion.map(str::to_owned), forgotten, odd, missing]
        .into_iter()
        .flatten()
        .collect()
}
