//! Where this page is, for addresses that are to hold elsewhere.

use web_sys::Url;

/// The whole address of `path`, which may be one of this page's origin, below this page, or whole already.
pub fn absolute(path: &str) -> String {
    let here = leptos::prelude::window().location().href();
    let url = here.and_then(|here| Url::new_with_base(path, &here));
    url.map_or_else(|_| path.to_owned(), |url| url.href())
}
