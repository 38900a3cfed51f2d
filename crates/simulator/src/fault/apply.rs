//! Applies a fault to a response.

use http::StatusCode;
use http::header::{CONTENT_TYPE, RETRY_AFTER};

use super::{Effect, Fault, FaultBody};
use crate::error::ApiError;
use crate::message::{self, Delivery, End, Response};

const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Corporate proxy</h1>\
<p>Please sign in to continue.</p></body></html>\n";

impl Fault {
    /// The response that the client gets instead of `response`; `acl` is the permission that the
    /// request needs.
    pub(crate) fn apply(
        &self,
        response: Response,
        acl: Option<&str>,
        request_id: &str,
    ) -> Response {
        let mut response = match &self.effect {
            Effect::Pass | Effect::Truncate { .. } | Effect::Reset => response,
            Effect::Html => message::text(StatusCode::OK, "text/html; charset=utf-8", PAGE),
            Effect::Empty => {
                let empty = message::empty(StatusCode::OK);
                message::with_header(empty, CONTENT_TYPE, "application/json")
            }
            Effect::NullResources => null_resources(response),
            Effect::Status { status, body, retry_after } => {
                let status = StatusCode::from_u16(*status).unwrap_or_default();
                let response = match body {
                    FaultBody::None => message::empty(status),
                    FaultBody::Documented => ApiError::of_status(status, acl).response(request_id),
                    FaultBody::Custom(kind, text) => message::text(status, kind, text.as_str()),
                };
                match retry_after {
                    Some(value) => message::with_header(response, RETRY_AFTER, value),
                    None => response,
                }
            }
        };
        let end = match self.effect {
            Effect::Truncate { bytes } => End::Truncated(bytes),
            Effect::Reset => End::Reset,
            _ => End::Complete,
        };
        let latency = self.latency;
        response.extensions_mut().insert(Delivery { latency, end });
        response
    }
}

/// The same list with `"resources": null`; anything else is unchanged.
fn null_resources(mut response: Response) -> Response {
    let key = b"\"resources\":";
    let body = response.body_mut();
    if let Some(at) = body.windows(key.len()).position(|part| part == key) {
        body.truncate(at + key.len());
        body.extend_from_slice(b"null}");
    }
    response
}
