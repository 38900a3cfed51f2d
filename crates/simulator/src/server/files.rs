//! The built page, as a static host serves it: at `/`, and in a folder. No path is rewritten, no folder is
//! listed, and hidden files are not served.

use std::path::PathBuf;

use axum::body::{Body, to_bytes};
use http::header::{ALLOW, CACHE_CONTROL, LOCATION, VARY};
use http::{Method, StatusCode, Uri};
use tower_http::services::ServeDir;

use super::headers;
use crate::message::{self, Request, Response, segments};

/// The folder of the page, and how it is served.
pub struct Files {
    dist: Option<PathBuf>,
    /// `/`, or the folder that the page is served in, as in `/a/b/`.
    prefix: String,
    content_security_policy: String,
}

impl Files {
    /// The files below `dist`; the slashes around the prefix are optional.
    pub fn new(dist: Option<PathBuf>, prefix: Option<&str>, content_security_policy: &str) -> Self {
        let prefix = prefix.unwrap_or_default().trim_matches('/');
        Self {
            dist,
            prefix: if prefix.is_empty() { "/".to_owned() } else { format!("/{prefix}/") },
            content_security_policy: content_security_policy.to_owned(),
        }
    }

    /// `/`, or the folder that the page is served in, as in `/a/b/`.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The response to a request for a file.
    pub async fn respond(&self, request: &Request) -> Response {
        let response = match (&self.dist, request.method()) {
            (None, _) => not_found(),
            (Some(dist), &Method::GET | &Method::HEAD) => self.file(dist.clone(), request).await,
            (Some(_), _) => {
                let response = message::empty(StatusCode::METHOD_NOT_ALLOWED);
                message::with_header(response, ALLOW, "GET, HEAD")
            }
        };
        headers::secure(response, &self.content_security_policy)
    }

    async fn file(&self, dist: PathBuf, request: &Request) -> Response {
        let path = request.uri().path();
        if self.prefix.strip_suffix('/') == Some(path) && !path.is_empty() {
            let response = message::empty(StatusCode::PERMANENT_REDIRECT);
            return message::with_header(response, LOCATION, &self.prefix);
        }
        let is_hidden = |segment: &str| segment.starts_with('.');
        if segments(request).iter().any(|segment| is_hidden(segment)) {
            return not_found();
        }
        let name = match path
            .strip_prefix(&self.prefix)
            .or_else(|| path.strip_prefix('/'))
            .unwrap_or(path)
        {
            "" => "index.html",
            name => name,
        };
        let served = serve(dist, name, request).await;
        served.unwrap_or_else(not_found)
    }
}

/// The file with this name, compressed if the client accepts that and a `.br` or `.gz` file is beside it;
/// none if there is no such file.
async fn serve(dist: PathBuf, name: &str, request: &Request) -> Option<Response> {
    let mut file_request = http::Request::new(Body::empty());
    *file_request.method_mut() = request.method().clone();
    *file_request.headers_mut() = request.headers().clone();
    *file_request.uri_mut() = format!("/{name}").parse::<Uri>().ok()?;
    let (parts, body) = ServeDir::new(dist)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .try_call(file_request)
        .await
        .ok()?
        .into_parts();
    if parts.status == StatusCode::NOT_FOUND {
        return None;
    }
    let body = to_bytes(Body::new(body), usize::MAX).await.ok()?;
    let response = Response::from_parts(parts, body.to_vec());
    let response_headers =
        [(VARY, "Accept-Encoding"), (CACHE_CONTROL, headers::cache_control(name))];
    Some(message::with_headers(headers::with_charset(response), response_headers))
}

fn not_found() -> Response {
    message::text(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "Not found\n")
}
