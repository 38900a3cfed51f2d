//! Absolute URLs, which are valid outside this page.

use leptos::prelude::window;
use web_sys::Url;

/// The absolute URL of `path`, which may be absolute, of this origin, or relative to this page.
pub fn absolute(path: &str) -> String {
    window()
        .location()
        .href()
        .and_then(|here| Url::new_with_base(path, &here))
        .map_or_else(|_| path.to_owned(), |url| url.href())
}
