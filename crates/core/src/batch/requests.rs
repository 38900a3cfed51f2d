//! The requests of a batch, and what their answers mean for it. Pure: nothing is sent here.

use crate::api::decode;
use crate::api::error::ApiError;
use crate::api::explain::About;
use crate::api::request::Request;
use crate::api::requests;
use crate::api::response::Response;
use crate::batch::{Batch, FAMILY, Outcome, Stop};
use crate::family::{FAMILIES, Family};
use crate::format::time::Timestamp;
use crate::route::{JobRoute, JobsRoute};

/// As many jobs as are asked for at once when one is looked for.
pub const PAGE: usize = 50;

/// The family that does what batches do.
pub fn family() -> &'static Family {
    Family::of_path(FAMILY).unwrap_or(&FAMILIES[0])
}

/// Starts the job of `part`, if there is such a part.
pub fn start(batch: &Batch, part: usize) -> Option<Request> {
    let keys = &batch.parts().get(part)?.keys;
    Some(requests::start(family(), &batch.task().body(keys)))
}

/// Asks for the newest jobs, `skip` of which are known.
pub fn newest(skip: usize) -> Request {
    let list = JobsRoute::of(family());
    requests::list(&JobsRoute {
        limit: PAGE,
        ..list.at(skip)
    })
}

/// Asks for one job.
pub fn job(id: &str) -> Request {
    requests::get(&JobRoute::of(family(), id))
}

/// What the answer to a start means; `now` is by the browser's clock.
pub fn outcome(answer: Result<Response, ApiError>, now: Timestamp) -> Outcome {
    let error = match answer {
        Ok(reply) => {
            let job = decode::job(&reply.body).ok();
            // Without an id it is a job all the same, which has to be looked for.
            let id = job.and_then(|job| job.id());
            return id.map_or(Outcome::Lost, Outcome::Started);
        }
        Err(error) => error,
    };
    match &error {
        _ if error.may_have_acted() => Outcome::Lost,
        ApiError::SignedOut
        | ApiError::Unauthorized(_)
        | ApiError::Forbidden(_)
        | ApiError::Status { status: 429, .. } => Outcome::Stopped(stop(&error, now)),
        _ => Outcome::Refused(said(&error)),
    }
}

/// A stop for this reason; `now` is by the browser's clock.
pub fn stop(error: &ApiError, now: Timestamp) -> Stop {
    let permission = family().permission;
    let mut why = error.problem(About {
        kept: false,
        permission,
    });
    // It goes on by another button.
    why.retry = false;
    let wait = error.retry_after();
    let until = wait.map(|wait| {
        let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_ms(now.ms().saturating_add(wait))
    });
    Stop { why, until }
}

/// An error in one line: what happened, and the server's words.
pub fn said(error: &ApiError) -> String {
    let why = stop(error, Timestamp::from_ms(0)).why;
    match why.server {
        Some(words) if !words.page => format!("{}: {}", why.title, words.text),
        _ => why.title,
    }
}
