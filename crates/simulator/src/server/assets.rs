//! The built page, as a static host serves it: at `/`, and in a folder. Must not leave its own
//! folder, rewrite a path, or show a list of files.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Shared, compression, headers};
use crate::http::{Request, Response};

/// The answer to a request for a file.
pub fn answer(shared: &Shared, request: &Request) -> Response {
    let response = match (&shared.dist, request.method.as_str()) {
        (None, _) => not_found(),
        (Some(dist), "GET" | "HEAD") => file(shared, dist, request),
        (Some(_), _) => Response::empty(405).with("Allow", "GET, HEAD"),
    };
    headers::secure(response, &shared.policy)
}

fn not_found() -> Response {
    Response::text(404, "text/plain; charset=utf-8", "Not found\n")
}

fn file(shared: &Shared, dist: &Path, request: &Request) -> Response {
    let path = request.path.as_str();
    let prefix = shared.prefix.as_deref().unwrap_or("/");
    if prefix.strip_suffix('/') == Some(path) && !path.is_empty() {
        return Response::empty(308).with("Location", prefix);
    }
    let inner = path
        .strip_prefix(prefix)
        .or_else(|| path.strip_prefix('/'))
        .unwrap_or(path);
    let Some(found) = resolve(dist, &Request::new("GET", inner)) else {
        return not_found();
    };
    let name = found.to_string_lossy();
    let kind = headers::content_type(&name);
    let accepted = request.get_header("accept-encoding").unwrap_or_default();
    let Ok((body, encoding)) = compression::read(&found, kind, accepted) else {
        return not_found();
    };
    let mut response = Response::text(200, kind, body)
        .with("Cache-Control", headers::cache_control(&name))
        .with("Vary", "Accept-Encoding");
    if let Some(encoding) = encoding {
        response = response.with("Content-Encoding", encoding);
    }
    response
}

/// The file that a path below the folder names; segments that lead elsewhere name none.
fn resolve(dist: &Path, request: &Request) -> Option<PathBuf> {
    let mut found = dist.to_path_buf();
    for segment in request.segments() {
        let segment = if segment.is_empty() {
            "index.html"
        } else {
            segment.as_ref()
        };
        if segment.starts_with('.') || segment.contains(['/', '\\', '\0']) {
            return None;
        }
        found.push(segment);
    }
    let found = fs::canonicalize(found)
        .ok()
        .filter(|found| found.is_file())?;
    found
        .starts_with(fs::canonicalize(dist).ok()?)
        .then_some(found)
}
