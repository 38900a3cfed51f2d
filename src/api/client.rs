//! The one user of the network: sends a [`Request`], returns the [`Reply`].
//!
//! It knows no session, repeats nothing and keeps nothing. What it sends carries no cookie, no
//! referrer and follows no redirect, so that a token goes nowhere else.

use gloo_net::Error;
use gloo_net::http::{RequestBuilder, Response};
use web_sys::{AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

use super::error::{ApiError, check};
use super::reply::{Reply, retry_after};
use super::request::{Method, Request};

const JSON: &str = "application/json";

/// Sends `request` as [`fetch`] does; a success is JSON or empty ([`check`]).
///
/// # Errors
/// Those of [`fetch`] and of [`check`].
pub async fn send(
    base: &str,
    request: &Request,
    bearer: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Result<Reply, ApiError> {
    check(fetch(base, request, bearer, signal).await?)
}

/// Sends `request` below `base` with the token `bearer`, and returns whatever is answered. A
/// `signal` ends it; it must be aborted without a reason of its own, or gloo-net panics.
///
/// # Errors
/// [`ApiError::Aborted`], and [`ApiError::Unreachable`] when no whole answer came.
pub async fn fetch(
    base: &str,
    request: &Request,
    bearer: Option<&str>,
    signal: Option<&AbortSignal>,
) -> Result<Reply, ApiError> {
    let sent = async {
        let request = prepare(base, request, bearer, signal)?;
        let response = request.send().await?;
        // Not `text`: that would copy the body once more and lose what is not UTF-8.
        let body = response.binary().await?;
        Ok((response, body))
    };
    let (response, body) = sent.await.map_err(|error| failure(error, signal))?;
    Ok(reply(&response, body))
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

fn reply(response: &Response, body: Vec<u8>) -> Reply {
    let headers = response.headers();
    let wait = headers.get("Retry-After");
    Reply {
        status: response.status(),
        content_type: headers.get("Content-Type"),
        retry_after: wait.as_deref().and_then(retry_after),
        body,
    }
}

fn failure(error: Error, signal: Option<&AbortSignal>) -> ApiError {
    let (name, detail) = match error {
        Error::JsError(error) => (error.name, error.message),
        other @ Error::GlooError(_) => (String::new(), other.to_string()),
    };
    if name == "TimeoutError" {
        return ApiError::Unreachable {
            detail: "no answer in time".into(),
        };
    }
    if name == "AbortError" || signal.is_some_and(AbortSignal::aborted) {
        return ApiError::Aborted;
    }
    ApiError::Unreachable { detail }
}
