//! The headers that the page gets in production. They must stay equal to those in `deploy/`.

use http::header::{
    CONTENT_SECURITY_POLICY as CSP, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};

use crate::message::{Response, with_header, with_headers};

/// The policy that the page runs under.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
frame-ancestors 'none'";

/// Where browsers report violations. With `report-uri`, because browsers delay reports of the Reporting
/// API by a minute and use only that one if a policy has both.
const REPORTS: &str = "/simulator/csp-reports";

/// Adds the security headers to a file.
pub fn secure(response: Response, policy: &str) -> Response {
    let policy = format!("{policy}; report-uri {REPORTS}");
    let opener_policy = HeaderName::from_static("cross-origin-opener-policy");
    let headers = [
        (CSP, &*policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (opener_policy, "same-origin"),
    ];
    with_headers(response, headers)
}

/// Adds the charset to the media types of text.
pub fn with_charset(response: Response) -> Response {
    let media_type = response.headers().get(CONTENT_TYPE);
    let text = media_type.and_then(|value| value.to_str().ok());
    match text.filter(|text| text.starts_with("text/") && !text.contains("charset")) {
        Some(text) => {
            let value = format!("{text}; charset=utf-8");
            with_header(response, CONTENT_TYPE, &value)
        }
        None => response,
    }
}

/// How long browsers may store a file: for ever if its name contains a hash, not at all if it decides
/// which other files are loaded, otherwise they must ask each time.
pub fn cache_control(name: &str) -> &'static str {
    let file = name.rsplit('/').next().unwrap_or(name);
    let extension = file.rsplit_once('.').map_or("", |(_, extension)| extension);
    if file == "config.json" || extension.eq_ignore_ascii_case("html") {
        "no-store"
    } else if has_hash(file) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// Whether a name contains a hash as Trunk writes it: `-`, then at least eight hexadecimal digits.
fn has_hash(file: &str) -> bool {
    file.split('-').skip(1).any(|part| {
        let digits = part.chars().take_while(char::is_ascii_hexdigit).count();
        digits >= 8 && part[digits..].starts_with(['.', '_'])
    })
}
