//! The one user of the network: sends a [`Request`], returns the [`Response`].
//!
//! It knows no session, repeats nothing and keeps nothing. What it sends carries no cookie, no
//! referrer and follows no redirect, so that a token goes nowhere else.

use std::time::Duration;

use gloo_net::Error;
use gloo_net::http::{RequestBuilder, Response as HttpResponse};
use gloo_timers::callback::Timeout;
use web_sys::{
    AbortController, AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect,
};

use cckm_core::api::error::{ApiError, check_response};
use cckm_core::api::request::{Method, Request};
use cckm_core::api::response::{Response, parse_retry_after};
use cckm_core::format::json::quote;

const JSON: &str = "application/json";

/// How many times longer than for its beginning an answer may take to come as a whole: a job of a
/// million items is long under way, but a connection that fell silent must not be waited for.
const WHOLE: u32 = 20;

/// Sends `request` as [`fetch`] does; a success is JSON or empty ([`check`]).
///
/// # Errors
/// Those of [`fetch`] and of [`check`].
pub async fn send(
    base: &str,
    request: &Request,
    bearer: Option<&str>,
    within: Duration,
) -> Result<Response, ApiError> {
    let mut reply = fetch(base, request, bearer, within).await?;
    // The words of an error are shown; those of a success are data.
    if reply.status >= 300 {
        let escaped = quote(&request.secret);
        for secret in [bearer.unwrap_or_default(), &request.secret, escaped.trim_matches('"')] {
            reply = reply.redacted(secret);
        }
    }
    check_response(reply)
}

/// Sends `request` below `base` with the token `bearer`, and returns whatever is answered, if it
/// begins `within` a time. Dropped before its end, it ends the request.
///
/// # Errors
/// [`ApiError::Unreachable`] when no whole answer came.
pub async fn fetch(
    base: &str,
    request: &Request,
    bearer: Option<&str>,
    within: Duration,
) -> Result<Response, ApiError> {
    let mut limit = Limit::new(within);
    let sent = async {
        let signal = limit.controller.as_ref().map(AbortController::signal);
        let request = prepare(base, request, bearer, signal.as_ref())?;
        let response = request.send().await?;
        limit.set(within.saturating_mul(WHOLE));
        // Not `text`: that would copy the body once more and lose what is not UTF-8.
        let body = response.binary().await?;
        Ok((response, body))
    };
    let (response, body) = sent.await.map_err(failure)?;
    Ok(reply(&response, body))
}

/// Aborts a request when its time is over, or when this value is dropped.
struct Limit {
    controller: Option<AbortController>,
    timer: Option<Timeout>,
}

impl Limit {
    fn new(time: Duration) -> Self {
        let mut limit = Self { controller: AbortController::new().ok(), timer: None };
        limit.set(time);
        limit
    }

    fn set(&mut self, time: Duration) {
        let controller = self.controller.clone();
        let milliseconds = u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        self.timer = Some(Timeout::new(milliseconds, move || {
            abort(controller.as_ref());
        }));
    }
}

impl Drop for Limit {
    fn drop(&mut self) {
        abort(self.controller.as_ref());
    }
}

/// Without a reason of its own, of which gloo-net would panic.
fn abort(controller: Option<&AbortController>) {
    if let Some(controller) = controller {
        controller.abort();
    }
}

fn prepare(
    base: &str,
    request: &Request,
    bearer: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Result<gloo_net::http::Request, Error> {
    let method = match request.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Patch => gloo_net::http::Method::PATCH,
        Method::Delete => gloo_net::http::Method::DELETE,
    };
    let mut builder = RequestBuilder::new(&request.url(base))
        .method(method)
        .header("Accept", JSON)
        .header("Content-Type", JSON)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Error)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(signal);
    if let Some(bearer) = bearer {
        // `Tokens` holds only what a header can carry; anything else would panic below.
        builder = builder.header("Authorization", &format!("Bearer {bearer}"));
    }
    match &request.body {
        Some(body) => builder.body(body.as_str()),
        None => builder.build(),
    }
}

fn reply(response: &HttpResponse, body: Vec<u8>) -> Response {
    let headers = response.headers();
    let wait = headers.get("Retry-After");
    Response {
        status: response.status(),
        content_type: headers.get("Content-Type"),
        retry_after: wait.as_deref().and_then(parse_retry_after),
        server_time_ms: headers.get("Date").as_deref().and_then(milliseconds),
        body,
    }
}

/// An HTTP date in milliseconds since 1970; a server may send another text.
fn milliseconds(date: &str) -> Option<i64> {
    let ms = js_sys::Date::parse(date);
    #[expect(clippy::cast_possible_truncation, reason = "dates are whole milliseconds")]
    (!ms.is_nan()).then_some(ms as i64)
}

fn failure(error: Error) -> ApiError {
    let detail = match error {
        // Only the time limit ends a request that someone still waits for.
        Error::JsError(error) if error.name == "AbortError" => "it took too long".into(),
        Error::JsError(error) => error.message,
        other @ Error::GlooError(_) => other.to_string(),
    };
    ApiError::Unreachable { detail }
}
