//! Requests and answers as plain values. Must not know sockets, axum or hyper.

use std::borrow::Cow;
use std::time::Duration;

use percent_encoding::percent_decode_str;

/// One HTTP request, as it came.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `GET`, `POST`, … in capitals.
    pub method: String,
    /// The path, still percent-encoded, without the query.
    pub path: String,
    /// What stands after `?`, still percent-encoded; empty without one.
    pub query: String,
    /// Header names in any case, with their values.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Vec<u8>,
}

impl Request {
    /// A request without headers or body; `target` may hold a query.
    pub fn new(method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            ..Self::default()
        }
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with a body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The first value of a header, its name in any case.
    pub fn get_header(&self, name: &str) -> Option<&str> {
        let same = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .find(same)
            .map(|(_, value)| value.as_str())
    }

    /// The path's segments, each percent-decoded by itself, so that `%2F` stays in its segment.
    pub fn segments(&self) -> Vec<Cow<'_, str>> {
        let path = self.path.strip_prefix('/').unwrap_or(&self.path);
        path.split('/')
            .map(|segment| percent_decode_str(segment).decode_utf8_lossy())
            .collect()
    }

    /// The query's parameters in their order, decoded.
    pub fn parameters(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        form_urlencoded::parse(self.query.as_bytes())
    }
}

/// One answer, and how it is to be delivered.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers, without `Content-Length`.
    pub headers: Vec<(String, String)>,
    /// The body, whole even when only a part is to be sent.
    pub body: Vec<u8>,
    /// What only the connection can do.
    pub delivery: Delivery,
}

/// What only a connection can carry out; the pure core just says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// How long to wait before the first byte.
    pub latency: Duration,
    /// How the answer ends.
    pub end: End,
}

/// How an answer ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// With its last byte.
    #[default]
    Whole,
    /// After this many bytes of the body, though `Content-Length` promised all.
    Truncated(usize),
    /// Before it began: the connection is reset.
    Reset,
}

impl Response {
    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
            delivery: Delivery::default(),
        }
    }

    /// An answer with a JSON body.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::text(status, "application/json", body)
    }

    /// An answer with a body of any type.
    pub fn text(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut response = Self::empty(status).with("Content-Type", content_type);
        response.body = body.into();
        response
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The first value of a header, its name in any case.
    pub fn get_header(&self, name: &str) -> Option<&str> {
        let same = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .find(same)
            .map(|(_, value)| value.as_str())
    }
}
