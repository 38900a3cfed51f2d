//! Reads a request, gets the response from the world or the files, and delivers it.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::{Extension, Router, routing::any};
use http::StatusCode;
use http::header::{CONTENT_LENGTH, DATE, HeaderValue};
use jiff::Timestamp;

use super::connection::Breaker;
use super::context::Context;
use super::slow::Slow;
use super::truncated::Truncated;
use crate::message::{self, Delivery, End, Request, Response, http_date};

/// The largest accepted request body, in bytes.
const MAX_BODY: usize = 16 * 1024 * 1024;

/// One route for everything: the pure core routes by path.
pub fn router(context: Arc<Context>) -> Router {
    Router::new().fallback(any(handle)).with_state(context)
}

async fn handle(
    State(context): State<Arc<Context>>,
    Extension(breaker): Extension<Breaker>,
    request: http::Request<Body>,
) -> http::Response<Body> {
    let (parts, body) = request.into_parts();
    let response = match to_bytes(body, MAX_BODY).await {
        Ok(body) => {
            let request = Request::from_parts(parts, body.to_vec());
            respond(Arc::clone(&context), request).await
        }
        Err(_) => message::empty(StatusCode::PAYLOAD_TOO_LARGE),
    };
    deliver(response, &context, &breaker).await
}

async fn respond(context: Arc<Context>, request: Request) -> Response {
    let path = request.uri().path();
    if !path.starts_with("/api/") && !path.starts_with("/simulator") {
        let file = context.files.respond(&request).await;
        let now = context.now();
        return context.world().simulator.intercept(now, &request, file);
    }
    // Writing a job of a million items takes a while.
    let response = tokio::task::spawn_blocking(move || {
        let control = context.control;
        context.world().handle(Timestamp::now(), &request, control)
    });
    response.await.unwrap_or_else(|_| message::empty(StatusCode::INTERNAL_SERVER_ERROR))
}

async fn deliver(
    mut response: Response,
    context: &Context,
    breaker: &Breaker,
) -> http::Response<Body> {
    let delivery: Delivery = response.extensions_mut().remove().unwrap_or_default();
    if !delivery.latency.is_zero() {
        tokio::time::sleep(delivery.latency).await;
    }
    // The simulated time, not the machine's, so that a client can compute with it.
    let date = http_date(context.now());
    let response = message::with_header(response, DATE, &date);
    match delivery.end {
        End::Complete => match delivery.bytes_per_second {
            None => response.map(Body::from),
            Some(rate) => response.map(|body| Body::new(Slow::new(body, rate))),
        },
        End::Stalled(bytes) => response.map(|body| Body::new(Slow::stalled(body, bytes))),
        End::Truncated(bytes) => {
            let length = HeaderValue::from(response.body().len());
            let mut response = response.map(|mut body| {
                body.truncate(bytes);
                Body::new(Truncated::new(body))
            });
            response.headers_mut().insert(CONTENT_LENGTH, length);
            response
        }
        End::Reset => {
            breaker.reset();
            std::future::pending().await
        }
    }
}
