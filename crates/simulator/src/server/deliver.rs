//! Between axum and the pure core: reads a request whole, asks the world or the files, and
//! carries out what the answer says about its delivery. Must not change what it says.

use std::sync::{Arc, MutexGuard, PoisonError};

use axum::Extension;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{self, HeaderName, HeaderValue, StatusCode, header};
use axum::{Router, routing::any};
use jiff::Timestamp;

use super::body::Cut;
use super::connection::Breaker;
use super::{Shared, assets, headers};
use crate::World;
use crate::clock::Clock;
use crate::http::{End, Request, Response};

/// The largest request body that is read.
const MOST: usize = 16 * 1024 * 1024;

/// Everything goes one way: the pure core decides by the path.
pub fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(any(serve)).with_state(shared)
}

async fn serve(
    State(shared): State<Arc<Shared>>,
    Extension(breaker): Extension<Breaker>,
    request: http::Request<Body>,
) -> http::Response<Body> {
    let request = read(request).await;
    // A job of a million items takes a while to write down.
    let answered = tokio::task::spawn_blocking(move || {
        let response = match request {
            Some(request) => answer(&shared, &request),
            None => Response::empty(413),
        };
        (response, world(&shared).clock)
    });
    match answered.await {
        Ok((response, clock)) => deliver(response, clock, &breaker).await,
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

fn world(shared: &Shared) -> MutexGuard<'_, World> {
    shared.world.lock().unwrap_or_else(PoisonError::into_inner)
}

fn answer(shared: &Shared, request: &Request) -> Response {
    let api = ["/api/", "/simulator"]
        .iter()
        .any(|start| request.path.starts_with(start));
    if api {
        return world(shared).handle(Timestamp::now(), request, shared.control);
    }
    let file = assets::answer(shared, request);
    let mut world = world(shared);
    let now = world.clock.read(Timestamp::now());
    world.simulator.intercept(now, request, file)
}

async fn read(request: http::Request<Body>) -> Option<Request> {
    let (parts, body) = request.into_parts();
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    Some(Request {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts
            .headers
            .iter()
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect(),
        body: to_bytes(body, MOST).await.ok()?.to_vec(),
    })
}

async fn deliver(mut response: Response, clock: Clock, breaker: &Breaker) -> http::Response<Body> {
    if !response.delivery.latency.is_zero() {
        tokio::time::sleep(response.delivery.latency).await;
    }
    let length = response.body.len();
    let body = match response.delivery.end {
        End::Whole => Body::from(response.body),
        End::Truncated(bytes) => {
            response.body.truncate(bytes);
            Body::new(Cut::new(response.body))
        }
        End::Reset => {
            breaker.reset();
            return std::future::pending().await;
        }
    };
    let mut answer = http::Response::new(body);
    *answer.status_mut() = StatusCode::from_u16(response.status).unwrap_or_default();
    for (name, value) in &response.headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            answer.headers_mut().append(name, value);
        }
    }
    // The simulator's time and not this machine's, so that a client can reckon in it.
    if let Ok(date) = HeaderValue::from_str(&headers::date(clock.read(Timestamp::now()))) {
        answer.headers_mut().insert(header::DATE, date);
    }
    if matches!(response.delivery.end, End::Truncated(_)) {
        answer
            .headers_mut()
            .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    answer
}

fn plain(status: StatusCode) -> http::Response<Body> {
    let mut response = http::Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
