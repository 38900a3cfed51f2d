//! Applies a fault to a response.

use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderName, StatusCode};

use super::{Effect, Fault, FaultBody};
use crate::error::ApiError;
use crate::message::{self, Delivery, End, Request, Response};

const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Corporate proxy</h1>\
<p>Please sign in to continue.</p></body></html>\n";

impl Fault {
    /// The request as the server reads it.
    pub(crate) fn read(&self, request: &Request) -> Request {
        match &self.effect {
            Effect::List(changes) => changes.request(request),
            _ => request.clone(),
        }
    }

    /// The response to `request` that the client gets instead of `response`; `acl` is the permission that
    /// the request needs.
    pub(crate) fn apply(
        &self,
        request: &Request,
        response: Response,
        acl: Option<&str>,
        request_id: &str,
    ) -> Response {
        let mut response = match &self.effect {
            Effect::List(changes) => changes.apply(request, response),
            Effect::Damage { behind, with } => response.map(|body| with.insert(&body, behind)),
            Effect::ReplaceBody { with } if response.status().is_success() => {
                response.map(|_| with.clone().into_bytes())
            }
            Effect::Pass
            | Effect::Truncate { .. }
            | Effect::Stall { .. }
            | Effect::Stale { .. }
            | Effect::ReplaceBody { .. }
            | Effect::Reset => response,
            Effect::Gateway { status, headers, body } => gateway(*status, headers, body),
            Effect::Html => message::text(StatusCode::OK, "text/html; charset=utf-8", PAGE),
            Effect::Empty => {
                let empty = message::empty(StatusCode::OK);
                message::with_header(empty, CONTENT_TYPE, "application/json")
            }
            Effect::NullResources => null_resources(response),
            Effect::Status { status, body, retry_after } => {
                let status = StatusCode::from_u16(*status).unwrap_or_default();
                let response = refusal(status, body, acl, request_id);
                match retry_after {
                    Some(value) => message::with_header(response, RETRY_AFTER, value),
                    None => response,
                }
            }
        };
        let end = match self.effect {
            Effect::Truncate { bytes } => End::Truncated(bytes),
            Effect::Stall { bytes } => End::Stalled(bytes),
            Effect::Reset => End::Reset,
            _ => End::Complete,
        };
        let Self { latency, bytes_per_second, .. } = *self;
        response.extensions_mut().insert(Delivery { latency, bytes_per_second, end });
        response
    }
}

/// A status with this body.
fn refusal(status: StatusCode, body: &FaultBody, acl: Option<&str>, request_id: &str) -> Response {
    let error = ApiError::of_status(status, acl);
    match body {
        FaultBody::None => message::empty(status),
        FaultBody::Documented => error.response(request_id),
        FaultBody::Message(message) => {
            ApiError { message: message.clone(), ..error }.response(request_id)
        }
        FaultBody::Custom(kind, text) => message::text(status, kind, text.as_str()),
    }
}

/// An answer with these headers; those that HTTP does not allow are left out.
fn gateway(status: u16, headers: &[(String, String)], body: &str) -> Response {
    let mut response = message::empty(StatusCode::from_u16(status).unwrap_or_default());
    *response.body_mut() = body.as_bytes().to_vec();
    headers
        .iter()
        .filter_map(|(name, value)| Some((name.parse::<HeaderName>().ok()?, value)))
        .fold(response, |response, (name, value)| message::with_header(response, name, value))
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
