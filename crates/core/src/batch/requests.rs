//! The requests of a batch, and what their answers mean for it. Nothing is sent here.

use crate::api::decode;
use crate::api::error::ApiError;
use crate::api::explain::ErrorContext;
use crate::api::request::Request;
use crate::api::requests;
use crate::api::response::Response;
use crate::batch::task::family;
use crate::batch::{Batch, Outcome, PauseReason};
use crate::format::time::Timestamp;
use crate::route::JobRoute;

/// The number of jobs in one page of a search.
pub const PAGE_SIZE: usize = 50;

/// Starts the job of the chunk at `index`, if there is such a chunk.
pub fn start(batch: &Batch, index: usize) -> Option<Request> {
    let keys = &batch.chunks().get(index)?.keys;
    Some(requests::create(family(), &batch.task().body(keys)))
}

/// Lists the newest jobs after the first `skip`.
pub fn newest(skip: usize) -> Request {
    requests::list_range(family(), "", skip, PAGE_SIZE)
}

/// Gets one job.
pub fn job(id: &str) -> Request {
    requests::get(&JobRoute::new(family(), id))
}

/// What the answer to a start means. `now` is by the browser's clock.
pub fn outcome(answer: Result<Response, ApiError>, now: Timestamp) -> Outcome {
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
        ) => Outcome::Paused(pause_reason(&error, now)),
        Err(error) => Outcome::Refused(summary(&error)),
    }
}

/// The pause after `error`. `now` is by the browser's clock.
pub fn pause_reason(error: &ApiError, now: Timestamp) -> PauseReason {
    let mut problem =
        error.problem(ErrorContext { shows_earlier_data: false, permission: family().permission });
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
    let problem = pause_reason(error, Timestamp::from_ms(0)).problem;
    match problem.server_text {
        Some(server) if !server.is_html => format!("{}: {}", problem.title, server.text),
        _ => problem.title,
    }
}
