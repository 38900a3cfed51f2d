//! The requests of a batch, and what their answers mean for it. Nothing is sent here.

use crate::api::decode;
use crate::api::error::ApiError;
use crate::api::explain::ErrorContext;
use crate::api::request::Request;
use crate::api::requests;
use crate::api::response::Response;
use crate::batch::{Batch, Outcome, PauseReason};
use crate::family::Family;
use crate::format::time::Timestamp;
use crate::route::JobRoute;

/// The number of jobs in one page of a search.
pub const PAGE_SIZE: usize = 50;
/// The same for a list that the API does not sort. Other clients request as many (CONTRACT.md 8).
const UNSORTED_PAGE_SIZE: usize = 1_000;
const BUSY: &str = "This request started nothing. The server may refuse a synchronization while another one runs: resume when that \
                    has ended.";

/// Starts the job of the chunk at `index`, if there is such a chunk.
pub fn start(batch: &Batch, index: usize) -> Option<Request> {
    let chunk = batch.chunks().get(index)?;
    Some(requests::create(batch.family(), &batch.body(chunk)))
}

/// Lists the newest jobs of `family` after the first `skip`. A list that the API does not sort must be read to its end.
pub fn newest(family: &'static Family, skip: usize) -> Request {
    let limit = if family.can_sort() { PAGE_SIZE } else { UNSORTED_PAGE_SIZE };
    requests::list_range(family, skip, limit)
}

/// Gets one job of `family`.
pub fn job(family: &'static Family, id: &str) -> Request {
    requests::get(&JobRoute::new(family, id))
}

/// What the answer to a start of `batch` means. `now` is by the browser's clock.
pub fn outcome(batch: &Batch, answer: Result<Response, ApiError>, now: Timestamp) -> Outcome {
    let family = batch.family();
    match answer {
        // A job without an id was started too, but must be searched for.
        Ok(response) => decode::job(&response.body)
            .ok()
            .and_then(|job| job.id())
            .map_or(Outcome::Lost, Outcome::Started),
        Err(error) if error.may_have_acted() => Outcome::Lost,
        Err(
            error @ (ApiError::SignedOut
            | ApiError::NotSent { .. }
            | ApiError::Gateway { .. }
            | ApiError::Unauthorized(_)
            | ApiError::Forbidden(_)
            | ApiError::Status { status: 429, .. }),
        ) => Outcome::Paused(pause_reason(Some(family), &error, now)),
        // A second synchronization may be refused while one runs (CONTRACT.md 3, family 1).
        Err(error @ ApiError::Status { status: 409, .. }) if batch.is_repetition() => {
            let mut reason = pause_reason(Some(family), &error, now);
            BUSY.clone_into(&mut reason.problem.explanation);
            Outcome::Paused(reason)
        }
        Err(error) => Outcome::Refused(summary(&error)),
    }
}

/// The pause after `error` of a batch of `family`, if it concerns one. `now` is by the browser's clock.
pub fn pause_reason(family: Option<&Family>, error: &ApiError, now: Timestamp) -> PauseReason {
    let permission = family.and_then(|family| family.permission);
    let mut problem = error.problem(ErrorContext { shows_earlier_data: false, permission });
    // The batch has its own button to resume.
    problem.can_retry = false;
    let until = error.retry_after().map(|wait| {
        let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_ms(now.as_ms().saturating_add(wait))
    });
    PauseReason { problem, until }
}

/// An error in one line: what happened, and the server's text.
pub fn summary(error: &ApiError) -> String {
    let problem = pause_reason(None, error, Timestamp::from_ms(0)).problem;
    match problem.server_text {
        Some(server) if !server.is_html => format!("{}: {}", problem.title, server.text),
        _ => problem.title,
    }
}
