//! The only user of the network: sends a [`Request`] and returns the [`Response`]. Only `boot.js` sends others, for the
//! files of the page.
//!
//! It has no state, knows no session and repeats no request. Requests have no cookies and no referrer, and follow no
//! redirect, so that a token reaches only the API.

use std::pin::pin;
use std::time::Duration;

use futures::future::{Either, select};
use gloo_net::Error;
use gloo_net::http::{RequestBuilder, Response as HttpResponse};
use gloo_timers::callback::Timeout;
use gloo_timers::future::sleep;
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache,
    RequestCredentials, RequestRedirect,
};

use cckm_core::api::error::{ApiError, check_response};
use cckm_core::api::request::{Method, Request};
use cckm_core::api::response::{Response, parse_retry_after};
use cckm_core::format::json::quote;

const JSON: &str = "application/json";
/// The name of the browser's error for a request that was aborted.
const ABORTED: &str = "AbortError";
const TOOK_TOO_LONG: &str = "it took too long";

/// Sends `request` as [`fetch`] does, and accepts only a successful answer with JSON or without a body.
///
/// # Errors
/// Those of [`fetch`] and of [`check_response`].
pub async fn send(
    base: &str,
    request: &Request,
    bearer: Option<&str>,
    timeout: Duration,
    on_received: &dyn Fn(usize),
) -> Result<Response, ApiError> {
    let mut reply = fetch(base, request, bearer, timeout, on_received).await?;
    // The text of an error is shown. It must not contain a secret that the server repeats.
    if reply.status >= 300 {
        let escaped = quote(&request.secret);
        for secret in [bearer.unwrap_or_default(), &request.secret, escaped.trim_matches('"')] {
            reply = reply.redacted(secret);
        }
    }
    check_response(reply)
}

/// The answer of any status that `response`, a request of the browser, brings within `timeout`.
///
/// # Errors
/// [`ApiError::Unreachable`] if no complete answer was received, [`ApiError::Redirected`] for a redirect.
pub async fn receive(response: Promise, timeout: Duration) -> Result<Response, ApiError> {
    let answer = async {
        let response = JsFuture::from(response).await.map_err(|error| stopped(&error))?;
        let response = HttpResponse::from(response.unchecked_into::<web_sys::Response>());
        complete(&response, |_| ()).await
    };
    match select(pin!(answer), sleep(timeout)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(ApiError::Unreachable { detail: TOOK_TOO_LONG.into() }),
    }
}

/// Sends `request` below `base` with the token `bearer`, and returns the answer of any status. It must begin within
/// `timeout`, and continue within it after each part: a job of a million items may take long to arrive, but a silent
/// connection must end. `on_received` gets the number of bytes of the body so far: 0 when the answer begins. Dropping the
/// future aborts the request.
///
/// # Errors
/// [`ApiError::Unreachable`] if no complete answer was received, [`ApiError::Redirected`] for a redirect.
async fn fetch(
    base: &str,
    request: &Request,
    bearer: Option<&str>,
    timeout: Duration,
    on_received: &dyn Fn(usize),
) -> Result<Response, ApiError> {
    let mut limit = Limit::new(timeout);
    let sent = async {
        let signal = limit.controller.as_ref().map(AbortController::signal);
        let request = prepare(base, request, bearer, signal.as_ref())?;
        request.send().await
    };
    let response = sent.await.map_err(failure)?;
    limit.set(timeout);
    on_received(0);
    let on_part = |bytes| {
        limit.set(timeout);
        on_received(bytes);
    };
    complete(&response, on_part).await
}

/// The answer that `response` brings, once its body is complete. `on_part` gets the number of bytes so far.
async fn complete(
    response: &HttpResponse,
    on_part: impl FnMut(usize),
) -> Result<Response, ApiError> {
    let body = read_body(response, on_part).await?;
    // The browser gives a redirect this status, and hides everything else of it.
    if response.status() == 0 {
        return Err(ApiError::Redirected);
    }
    Ok(reply(response, body))
}

/// Reads the body of `response`, and gives `on_part` the number of bytes so far after each part of it.
async fn read_body(
    response: &HttpResponse,
    mut on_part: impl FnMut(usize),
) -> Result<Vec<u8>, ApiError> {
    let mut body = Vec::new();
    let Some(stream) = response.body() else {
        return Ok(body);
    };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let part = JsFuture::from(reader.read()).await.map_err(|error| stopped(&error))?;
        let value = Reflect::get(&part, &"value".into()).unwrap_or_default();
        // The end has no value.
        let Some(bytes) = value.dyn_ref::<Uint8Array>() else {
            return Ok(body);
        };
        let start = body.len();
        body.resize(start + bytes.length() as usize, 0);
        bytes.copy_to(&mut body[start..]);
        on_part(body.len());
    }
}

/// Aborts a request after a timeout, or when this value is dropped.
struct Limit {
    controller: Option<AbortController>,
    timer: Option<Timeout>,
}

impl Limit {
    fn new(timeout: Duration) -> Self {
        let mut limit = Self { controller: AbortController::new().ok(), timer: None };
        limit.set(timeout);
        limit
    }

    fn set(&mut self, timeout: Duration) {
        let controller = self.controller.clone();
        let milliseconds = u32::try_from(timeout.as_millis()).unwrap_or(u32::MAX);
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

/// Aborts without a reason: gloo-net panics if the reason is not an error of JavaScript.
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
        // Not followed. As an error it would look like a missing network.
        .redirect(RequestRedirect::Manual)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(signal);
    if let Some(bearer) = bearer {
        // Tokens contain only characters that are allowed in a header. Others would panic here.
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
        challenge: headers.get("WWW-Authenticate"),
        server_time_ms: headers.get("Date").as_deref().and_then(milliseconds),
        body,
    }
}

/// An HTTP date in milliseconds since 1970; `None` if the text is not a date.
fn milliseconds(date: &str) -> Option<i64> {
    let ms = js_sys::Date::parse(date);
    #[expect(clippy::cast_possible_truncation, reason = "dates are whole milliseconds")]
    (!ms.is_nan()).then_some(ms as i64)
}

fn failure(error: Error) -> ApiError {
    let detail = match error {
        // A request whose future still exists is aborted only by its timeout.
        Error::JsError(error) if error.name == ABORTED => TOOK_TOO_LONG.into(),
        Error::JsError(error) => error.message,
        other @ Error::GlooError(_) => other.to_string(),
    };
    ApiError::Unreachable { detail }
}

/// The connection ended before the body was complete.
fn stopped(error: &JsValue) -> ApiError {
    let detail = match error.dyn_ref::<js_sys::Error>() {
        Some(error) if error.name() == ABORTED => TOOK_TOO_LONG.into(),
        Some(error) => error.message().into(),
        None => "the connection ended".into(),
    };
    ApiError::Unreachable { detail }
}
