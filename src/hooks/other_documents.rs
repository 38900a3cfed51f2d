//! The other documents of this console in this browser: other tabs, and pages that the browser keeps for going back.
//!
//! A sign-out in one ends the session of all, and activity in one counts for all. In the storage, a random number announces
//! a sign-out, and the time of the last activity is kept, one of each for each API. Sign-ins are not shared, and nothing
//! secret is stored. If the browser forbids storage, other tabs learn nothing, and a page that comes back from the browser's
//! cache asks to sign in.
//!
//! The browser may stop a page, and then its timers and events come late. A page therefore reads the time of the last
//! activity before it ends its session for inactivity, which would end the sessions in use as well.

use std::time::Duration;

use cckm_core::session::phase::SignedOutBy;
use leptos::ev;
use leptos::prelude::*;
use web_sys::{PageTransitionEvent, StorageEvent};

use super::use_window_event;
use crate::browser::{clock, storage, url};

/// The time of the last activity is stored at most once in this fraction of the idle timeout.
const STORED_PER_TIMEOUT: u32 = 60;

/// Announces sign-outs and activity of this document to the others.
#[derive(Clone, Copy)]
pub(super) struct OtherDocuments(StoredValue<State>);

struct State {
    sign_out_key: String,
    activity_key: String,
    /// The number of the last sign-out when the person signed in; `None` if it could not be stored.
    last_sign_out: Option<String>,
    /// When activity was stored by this document last.
    stored_at: Duration,
    min_wait: Duration,
}

impl OtherDocuments {
    /// The documents that use the API at `base`.
    pub(super) fn new(base: &str, idle_timeout: Duration) -> Self {
        let base = url::absolute(base);
        Self(StoredValue::new(State {
            sign_out_key: format!("signed-out.{base}"),
            activity_key: format!("activity.{base}"),
            last_sign_out: None,
            stored_at: Duration::ZERO,
            min_wait: idle_timeout / STORED_PER_TIMEOUT,
        }))
    }

    /// The person has signed in here, which is activity too: later sign-outs count.
    pub(super) fn signed_in(self) {
        self.0.try_update_value(|state| {
            let known = storage::load(&state.sign_out_key);
            state.last_sign_out = known.or_else(|| announce(&state.sign_out_key));
            state.store_activity(clock::elapsed());
        });
    }

    /// The session has ended here, by the person or for inactivity.
    pub(super) fn signed_out(self) {
        self.0.try_update_value(|state| {
            if announce(&state.sign_out_key).is_none() {
                // Removing works in a full storage too, and is a change as well.
                storage::remove(&state.sign_out_key);
            }
        });
    }

    /// The person does something here.
    pub(super) fn active(self) {
        let now = clock::elapsed();
        self.0.try_update_value(|state| {
            if now >= state.stored_at + state.min_wait {
                state.store_activity(now);
            }
        });
    }

    /// When the person last did something in any document, as [`clock::elapsed`] counts; `None` if that is not known, or
    /// was before this page was opened. `now` is the present.
    pub(super) fn active_at(self, now: Duration) -> Option<Duration> {
        let stored = self.0.try_with_value(|state| storage::load(&state.activity_key)).flatten()?;
        let age = clock::now().as_ms().checked_sub(stored.parse().ok()?)?;
        // A time in the future was stored by a clock that was wrong, and says nothing.
        now.checked_sub(Duration::from_millis(u64::try_from(age).ok()?))
    }

    /// Whether another document has signed out since the person signed in here; `None` if that is not known, because the
    /// browser forbids storage.
    fn has_signed_out(self) -> Option<bool> {
        let has_signed_out = |state: &State| {
            let known = state.last_sign_out.as_ref()?;
            Some(storage::load(&state.sign_out_key).as_ref() != Some(known))
        };
        self.0.try_with_value(has_signed_out).unwrap_or(Some(false))
    }

    /// Whether `event` announces activity.
    fn is_activity(self, event: &StorageEvent) -> bool {
        let key = event.key().unwrap_or_default();
        self.0.try_with_value(|state| key.ends_with(&state.activity_key)).unwrap_or(false)
    }
}

impl State {
    fn store_activity(&mut self, now: Duration) {
        self.stored_at = now;
        // A failure only means that other documents learn nothing.
        _ = storage::save(&self.activity_key, &clock::now().as_ms().to_string());
    }
}

/// Calls `on_sign_out` when another document has signed out or, after this page was in the browser's cache, may have, and `on_activity` when the time of the last activity in
/// another one may have changed.
pub(super) fn use_other_documents(
    others: OtherDocuments,
    on_sign_out: impl Fn(SignedOutBy) + Copy + 'static,
    on_activity: impl Fn() + Copy + 'static,
) {
    let check = move |is_back: bool| match others.has_signed_out() {
        Some(true) => on_sign_out(SignedOutBy::Elsewhere),
        None if is_back => on_sign_out(SignedOutBy::NoStorage),
        _ => {}
    };
    use_window_event(ev::storage, move |event| {
        if others.is_activity(&event) {
            on_activity();
        } else {
            check(false);
        }
    });
    // A page in the browser's cache gets no events until it comes back.
    use_window_event(ev::Custom::<PageTransitionEvent>::new("pageshow"), move |event| {
        if event.persisted() {
            check(true);
            on_activity();
        }
    });
}

/// Stores another random number under `key` and returns it; `None` if the browser does not store it.
fn announce(key: &str) -> Option<String> {
    let number = format!("{:x}", js_sys::Math::random().to_bits());
    storage::save(key, &number).is_ok().then_some(number)
}
