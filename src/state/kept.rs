//! What the browser keeps for this page from one visit to the next: ids and settings of the view.
//!
//! Never a token, a password, a status or a text of the server; who calls this answers for that.

use leptos::prelude::window;
use web_sys::Storage;

/// What stands before each name, since a host may serve other pages as well.
const PREFIX: &str = "cckm-jobs.";

/// What was kept as `name`.
pub fn load(name: &str) -> Option<String> {
    storage()?.get_item(&format!("{PREFIX}{name}")).ok()?
}

/// Keeps `text` as `name`; an empty one is forgotten. Whether the browser took it: it may be full,
/// or forbid it.
pub fn save(name: &str, text: &str) -> bool {
    let name = format!("{PREFIX}{name}");
    storage().is_some_and(|storage| {
        let kept = if text.is_empty() {
            storage.remove_item(&name)
        } else {
            storage.set_item(&name, text)
        };
        kept.is_ok()
    })
}

/// The names of all that was kept whose name begins with `start`, in order.
pub fn names(start: &str) -> Vec<String> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or(0);
    let names = (0..count).filter_map(|index| storage.key(index).ok()?);
    let own = names.filter_map(|name| name.strip_prefix(PREFIX).map(str::to_owned));
    let mut own: Vec<String> = own.filter(|name| name.starts_with(start)).collect();
    own.sort();
    own
}

/// Whether the browser keeps anything at all.
pub fn is_allowed() -> bool {
    storage().is_some()
}

/// None where the browser forbids it.
fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}
