//! The headers that the page gets in production, and the form of `Date`. Must stay what `deploy/` tells real hosts.

use jiff::Timestamp;

use crate::http::Response;

/// The policy that the page runs under.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
frame-ancestors 'none'";

/// Where browsers report. By `report-uri`, since the Reporting API keeps reports back for a
/// minute, and a browser that knows both uses only that.
const REPORTS: &str = "/simulator/csp-reports";

/// A file with its headers.
pub fn secure(response: Response, policy: &str) -> Response {
    response
        .with(
            "Content-Security-Policy",
            &format!("{policy}; report-uri {REPORTS}"),
        )
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer")
        .with("Cross-Origin-Opener-Policy", "same-origin")
}

/// A time as the header `Date` has it, `Sat, 31 Jan 2026 12:00:00 GMT`.
pub fn date(time: Timestamp) -> String {
    time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// How long a file may be kept: for ever when its name holds a hash, not at all when it decides
/// which others are loaded, else until asked.
pub fn cache_control(name: &str) -> &'static str {
    let file = name.rsplit('/').next().unwrap_or(name);
    if file == "config.json" || has_extension(file, "html") {
        "no-store"
    } else if is_hashed(file) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// The media type of a file.
pub fn content_type(name: &str) -> &'static str {
    const TYPES: &[(&str, &str)] = &[
        ("html", "text/html; charset=utf-8"),
        ("js", "text/javascript; charset=utf-8"),
        ("mjs", "text/javascript; charset=utf-8"),
        ("css", "text/css; charset=utf-8"),
        ("json", "application/json"),
        ("webmanifest", "application/manifest+json"),
        ("wasm", "application/wasm"),
        ("svg", "image/svg+xml"),
        ("png", "image/png"),
        ("ico", "image/x-icon"),
        ("woff2", "font/woff2"),
        ("txt", "text/plain; charset=utf-8"),
        ("map", "application/json"),
    ];
    let known = TYPES
        .iter()
        .find(|(extension, _)| has_extension(name, extension));
    known.map_or("application/octet-stream", |(_, kind)| kind)
}

fn has_extension(name: &str, extension: &str) -> bool {
    let own = name.rsplit_once('.').map(|(_, own)| own);
    own.is_some_and(|own| own.eq_ignore_ascii_case(extension))
}

/// Whether a name holds a hash as Trunk writes it: `-`, then at least eight hexadecimal digits.
fn is_hashed(file: &str) -> bool {
    file.split('-').skip(1).any(|part| {
        let digits = part.chars().take_while(char::is_ascii_hexdigit).count();
        digits >= 8 && part[digits..].starts_with(['.', '_'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever tries the page here finds the same at a real host.
    #[test]
    fn the_recipes_say_the_same() {
        for recipe in [
            include_str!("../../../../deploy/nginx.conf"),
            include_str!("../../../../deploy/Caddyfile"),
            include_str!("../../../../deploy/apache.conf"),
        ] {
            let page = secure(Response::empty(200), "the policy");
            for (name, value) in &page.headers {
                let value = if name == "Content-Security-Policy" {
                    CONTENT_SECURITY_POLICY
                } else {
                    value
                };
                let line = recipe.lines().find(|line| line.contains(name.as_str()));
                assert!(
                    line.is_some_and(|line| line.contains(value)),
                    "{name}: {value} in {recipe}"
                );
            }
            for kept in [
                cache_control("a-0123456789abcdef.js"),
                cache_control("index.html"),
            ] {
                assert!(recipe.contains(kept), "{kept} in {recipe}");
            }
            assert!(
                recipe.contains(r"-[0-9a-f]{8,16}(_bg)?\.[a-z]+$"),
                "the names that are kept in {recipe}"
            );
        }
    }

    #[test]
    fn only_hashed_names_are_immutable() {
        for name in [
            "a-0123456789abcdef.js",
            "snippets/x/a-b-0123456789abcdef_bg.wasm",
        ] {
            assert!(cache_control(name).contains("immutable"), "{name}");
        }
        for name in ["a.js", "a-deadbeefs.js", "a-feed.js", "favicon.svg"] {
            assert_eq!(cache_control(name), "no-cache", "{name}");
        }
        for name in ["index.html", "config.json"] {
            assert_eq!(cache_control(name), "no-store", "{name}");
        }
    }
}
