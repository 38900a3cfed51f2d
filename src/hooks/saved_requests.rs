//! The requests that the browser saves before they are sent, until their result is known. One tab at a time holds each:
//! only that tab shows it and may send it again.

use cckm_core::batch::new_name;
use gloo_timers::callback::Interval;
use leptos::ev;
use leptos::prelude::*;

use super::use_window_event;
use crate::browser::{clock, lease, storage};

/// Who holds a saved request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// This tab.
    ThisTab,
    /// Another tab.
    OtherTab,
    /// Nobody: it is no longer saved, because a tab knows its result or the person has dismissed it.
    Nobody,
}

/// Saves `text` in place of `earlier`, or under a new name that begins with `prefix`. Returns the name; `None` if nothing
/// is saved.
pub fn save(prefix: &str, earlier: Option<String>, text: &str) -> Option<String> {
    let name = earlier
        .unwrap_or_else(|| format!("{prefix}{}", new_name(clock::now(), js_sys::Math::random())));
    // A full storage keeps what was saved before, which must be removed when the result is known.
    let is_saved = storage::save(&name, text).is_ok() || storage::load(&name).is_some();
    is_saved.then(|| {
        // Without a lease, another tab that is opened meanwhile shows the request as unknown, which it is.
        lease::acquire(&name);
        name
    })
}

/// The saved requests whose name begins with `prefix` and that no other tab holds, by their names: those that `read` can
/// read. This tab takes them.
pub fn take<T>(prefix: &str, read: impl Fn(&str, &str) -> Option<T>) -> Vec<(String, T)> {
    let mut taken = Vec::new();
    for name in storage::keys(prefix) {
        if !lease::is_foreign(&name)
            && let Some(request) = storage::load(&name).and_then(|text| read(&name, &text))
        {
            lease::acquire(&name);
            taken.push((name, request));
        }
    }
    taken
}

/// Renews the lease of `name` for this tab, if no other tab holds it.
pub fn hold(name: &str) -> Holder {
    if storage::load(name).is_none() {
        return Holder::Nobody;
    }
    // Not whether the lease could be saved: a full storage does not make another tab the holder.
    lease::acquire(name);
    if lease::is_foreign(name) { Holder::OtherTab } else { Holder::ThisTab }
}

/// Removes a request whose result is known, or that the person has dismissed.
pub fn remove(name: Option<&str>) {
    if let Some(name) = name {
        storage::remove(name);
        lease::remove(name);
    }
}

/// Calls `check`, which calls [`hold`] for what this tab holds, as often as leases have to be renewed and when another tab
/// saves something. When this tab is left, others and this one after a reload can take the requests whose name begins
/// with `prefix`.
pub fn use_held_requests(prefix: &'static str, check: impl Fn() + Copy + 'static) {
    use_window_event(ev::storage, move |_| check());
    use_window_event(ev::pagehide, move |_| {
        for name in storage::keys(prefix) {
            lease::release(&name);
        }
    });
    StoredValue::new_local(Interval::new(lease::RENEW_EVERY_MS, check));
}
