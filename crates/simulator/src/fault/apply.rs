//! What a fault makes of an answer. Must not decide whether it meets the request.

use super::{Effect, Fault, FaultBody};
use crate::error::ApiError;
use crate::http::{End, Response};

const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Corporate proxy</h1>\
<p>Please sign in to continue.</p></body></html>\n";

impl Fault {
    /// The spoiled answer; `answer` is what it would have been, if the request was carried out, and
    /// `acl` the permission that the request needs.
    pub(crate) fn apply(&self, answer: Response, acl: Option<&str>, request_id: &str) -> Response {
        let mut response = match &self.effect {
            Effect::Pass | Effect::Truncate(_) | Effect::Reset => answer,
            Effect::Html => Response::text(200, "text/html; charset=utf-8", PAGE),
            Effect::Empty => Response::empty(200).with("Content-Type", "application/json"),
            Effect::NullResources => null_resources(answer),
            Effect::Status {
                status,
                body,
                retry_after,
            } => {
                let response = match body {
                    FaultBody::None => Response::empty(*status),
                    FaultBody::Documented => ApiError::of_status(*status, acl).response(request_id),
                    FaultBody::Custom(kind, text) => Response::text(*status, kind, text.as_str()),
                };
                match retry_after {
                    Some(value) => response.with("Retry-After", value),
                    None => response,
                }
            }
        };
        response.delivery.latency += self.latency;
        match self.effect {
            Effect::Truncate(bytes) => response.delivery.end = End::Truncated(bytes),
            Effect::Reset => response.delivery.end = End::Reset,
            _ => {}
        }
        response
    }
}

/// The same list with `"resources": null`; what is no list stays as it is.
fn null_resources(mut response: Response) -> Response {
    let key = b"\"resources\":";
    if let Some(at) = response
        .body
        .windows(key.len())
        .position(|part| part == key)
    {
        response.body.truncate(at + key.len());
        response.body.extend_from_slice(b"null}");
    }
    response
}
