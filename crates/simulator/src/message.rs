//! HTTP requests and responses as values with whole bodies, and how a response is to be delivered.

use std::borrow::Cow;
use std::time::Duration;

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde::Serialize;

/// A request with its whole body.
pub type Request = http::Request<Vec<u8>>;

/// A response with its whole body. A [`Delivery`] among its extensions overrides the usual delivery.
pub type Response = http::Response<Vec<u8>>;

/// How a connection delivers a response. The pure core describes it, the server carries it out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// How long to wait before the first byte.
    pub latency: Duration,
    /// How fast the body is sent; `None` means at once.
    pub bytes_per_second: Option<u32>,
    /// How the response ends.
    pub end: End,
}

/// How a response ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// With its last byte.
    #[default]
    Complete,
    /// After this many bytes of the body, although `Content-Length` announces all of them.
    Truncated(usize),
    /// Never: nothing follows this many bytes of the body, and the connection stays open.
    Stalled(usize),
    /// Before it begins: the connection is reset.
    Reset,
}

/// The path's segments, each percent-decoded on its own, so that `%2F` does not split a segment.
pub fn segments(request: &Request) -> Vec<Cow<'_, str>> {
    let path = request.uri().path();
    path.strip_prefix('/')
        .unwrap_or(path)
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy())
        .collect()
}

/// The query's parameters in their order, decoded.
pub fn parameters(request: &Request) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
}

/// The first value of a request header; empty if the header is absent or not text.
pub fn header(request: &Request, name: HeaderName) -> &str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// A time in the format of HTTP headers, as in `Sat, 31 Jan 2026 12:00:00 GMT`.
pub fn http_date(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A response without a body.
pub fn empty(status: StatusCode) -> Response {
    let mut response = Response::default();
    *response.status_mut() = status;
    response
}

/// A response with a body of this media type.
pub fn text(status: StatusCode, media_type: &str, body: impl Into<Vec<u8>>) -> Response {
    let mut response = empty(status);
    *response.body_mut() = body.into();
    with_header(response, CONTENT_TYPE, media_type)
}

/// A response with a JSON body.
pub fn json(status: StatusCode, body: &impl Serialize) -> Response {
    serde_json::to_vec(body).map_or_else(
        |_| empty(StatusCode::INTERNAL_SERVER_ERROR),
        |body| text(status, "application/json", body),
    )
}

/// The same response with this header; a value that HTTP does not allow is left out.
pub fn with_header(mut response: Response, name: HeaderName, value: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// The same response with these headers.
pub fn with_headers<const N: usize>(
    response: Response,
    headers: [(HeaderName, &str); N],
) -> Response {
    headers.into_iter().fold(response, |response, (name, value)| with_header(response, name, value))
}
