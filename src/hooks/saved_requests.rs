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
pub enum LeaseOwner {
    /// This tab.
    ThisTab,
    /// Another tab.
    OtherTab,
    /// Nobody: it is no longer saved. A tab may have learned its result, or the browser's data was removed.
    Nobody,
}

/// Saves `text` in place of `earlier`, or under a new name that begins with `prefix`. Returns the name; `None` if nothing
/// is saved.
pub fn save(prefix: &str, earlier: Option<String>, text: &str) -> Option<String> {
    let name = earlier
        .unwrap_or_else(|| format!("{prefix}{}", new_name(clock::now(), js_sys::Math::random())));
    // First, because another tab takes what is saved without a lease. If the storage has no room for it, that tab shows the
    // request as unknown, which it is.
    lease::acquire(&name);
    // A full storage keeps what was saved before, which must be removed when the result is known.
    let is_saved = storage::save(&name, text).is_ok() || storage::load(&name).is_some();
    if !is_saved {
        lease::release(&name);
    }
    is_saved.then_some(name)
}

/// The saved requests whose name begins with `prefix`, that no other tab holds and that `accept` accepts, by their names.
/// This tab takes them. Removes those that `load` cannot read: nothing would ever show them. Those that `accept` does not
/// accept stay: they are of another API, tenant or domain, and are shown there, or this tab has them already.
pub fn take<S, T>(
    prefix: &str,
    load: impl Fn(&str) -> Option<S>,
    accept: impl Fn(&str, S) -> Option<T>,
) -> Vec<(String, T)> {
    let mut taken = Vec::new();
    for name in storage::keys(prefix) {
        let Some(text) = storage::load(&name).filter(|_| !lease::is_foreign(&name)) else {
            continue;
        };
        let Some(saved) = load(&text) else {
            remove(Some(&name));
            continue;
        };
        if let Some(request) = accept(&name, saved) {
            lease::acquire(&name);
            taken.push((name, request));
        }
    }
    taken
}

/// Who holds the saved request `name`.
pub fn lease_owner(name: &str) -> LeaseOwner {
    if storage::load(name).is_none() {
        LeaseOwner::Nobody
    } else if lease::is_foreign(name) {
        LeaseOwner::OtherTab
    } else {
        LeaseOwner::ThisTab
    }
}

/// Keeps the saved request `name` for this tab, if no other tab holds it.
pub fn renew(name: &str) {
    // A full storage keeps no lease, but does not make another tab the holder either.
    lease::acquire(name);
}

/// Removes a request whose result is known, or that the person has dismissed.
pub fn remove(name: Option<&str>) {
    if let Some(name) = name {
        storage::remove(name);
        lease::remove(name);
    }
}

/// Keeps what this tab holds of the requests whose name begins with `prefix`, until the tab is left: then other tabs, and
/// this one after a reload, can take them. `check` reads the [`lease_owner`] of each; `renew` keeps those of this tab. Another
/// tab's change does not lead to `renew`: two tabs that renewed at each change of the other would never come to rest.
/// `take` takes those that no tab holds any more: now, and while a person sees this tab. A hidden tab does not take them from
/// one that is being loaded again.
pub fn use_held_requests(
    prefix: &'static str,
    check: impl Fn() + 'static,
    renew: impl Fn() + 'static,
    take: impl Fn() + Copy + 'static,
) {
    take();
    let take_if_seen = move || {
        if !document().hidden() {
            take();
        }
    };
    use_window_event(ev::storage, move |_| {
        check();
        take_if_seen();
    });
    use_window_event(ev::visibilitychange, move |_| take_if_seen());
    use_window_event(ev::pagehide, move |_| {
        for name in storage::keys(prefix) {
            lease::release(&name);
        }
    });
    StoredValue::new_local(Interval::new(lease::RENEW_EVERY_MS, move || {
        renew();
        take_if_seen();
    }));
}
