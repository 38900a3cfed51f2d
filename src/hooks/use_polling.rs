//! Refetches automatically: each poll follows the last answer, and none is sent while the page is hidden.

use std::time::Duration;

use cckm_core::api::error::ApiError;
use cckm_core::config::PollBounds;
use cckm_core::format::time::Timestamp;
use cckm_core::poll::{Hold, PollFacts, next_delay};
use gloo_timers::callback::Timeout;
use leptos::ev;
use leptos::prelude::*;
use leptos_use_document_visibility::use_document_visibility;
use web_sys::VisibilityState;

use super::use_remote::RefetchHandle;
use super::use_window_event;
use crate::browser::clock;

/// Whether what is on screen can still change by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Liveness {
    /// Nothing is known yet, or nothing runs but something new may come.
    Waiting,
    /// Something runs.
    Running,
    /// Nothing can change any more.
    Settled,
}

/// A request in flight for this long when the network or the person comes back is sent again: its
/// connection may have died without a sign.
const STALE_AFTER: Duration = Duration::from_secs(10);

/// The person's switch for polling, and the other reasons that stop it. From [`use_polling`].
#[derive(Clone, Copy)]
pub struct UsePolling {
    /// Whether the person paused it.
    pub paused: RwSignal<bool>,
    /// Why polling is stopped; `None` while it runs.
    pub hold: Signal<Option<Hold>>,
    /// Whether the browser has no network.
    pub offline: Signal<bool>,
}

/// The values that one run of the effect passes to the next.
#[derive(Clone, Copy)]
struct Waiting {
    /// When the request in flight was sent, or the last one was answered.
    since: Timestamp,
    in_flight: bool,
    offline: bool,
    hidden: bool,
}

/// Refetches by `handle` within `bounds` for as long as the owner lives.
pub fn use_polling(
    handle: RefetchHandle,
    bounds: PollBounds,
    liveness: Signal<Liveness>,
) -> UsePolling {
    let paused = RwSignal::new(false);
    let visibility = use_document_visibility();
    let hidden = Memo::new(move |_| visibility.get() == VisibilityState::Hidden);
    let offline = use_offline();
    let hold = Memo::new(move |_| {
        let stopped = handle.status.with(|status| {
            let error = status.error.as_ref();
            error.is_some_and(|error| !error.is_retryable())
        });
        if stopped {
            Some(Hold::Stopped)
        } else if liveness.get() == Liveness::Settled && handle.status.read().misses == 0 {
            Some(Hold::Settled)
        } else if paused.get() {
            Some(Hold::Paused)
        } else if offline.get() {
            Some(Hold::Offline)
        } else {
            hidden.get().then_some(Hold::Hidden)
        }
    });
    Effect::new(move |before: Option<Waiting>| {
        let status = handle.status.get();
        let (offline, hidden, in_flight) = (offline.get(), hidden.get(), status.in_flight);
        let facts = PollFacts {
            hold: hold.get(),
            running: liveness.get() == Liveness::Running,
            failures: status.failures,
            retry_after: status.error.as_ref().and_then(ApiError::retry_after),
            misses: status.misses,
        };
        let now = clock::now();
        // The wait counts from the last answer, however often this effect runs in between.
        let since = before
            .filter(|before| before.in_flight == in_flight)
            .map_or(now, |before| before.since);
        let waited = Duration::from_millis(u64::try_from(now.ms_since(since)).unwrap_or(0));
        let online_again = before.is_some_and(|before| before.offline && !offline);
        let seen_again = before.is_some_and(|before| before.hidden && !hidden);
        if in_flight && waited >= STALE_AFTER && (online_again || seen_again) {
            handle.refetch();
        }
        let delay = next_delay(&bounds, &facts, js_sys::Math::random());
        if let Some(delay) = delay.filter(|_| !in_flight) {
            // The network's return cuts the wait short, but not the wait that the server requested.
            let requested_wait = facts.retry_after.unwrap_or_default();
            let delay = if online_again { requested_wait } else { delay };
            refetch_after(handle, delay.saturating_sub(waited));
        }
        Waiting { since, in_flight, offline, hidden }
    });
    UsePolling { paused, hold: hold.into(), offline }
}

/// Refetches once after `delay`, unless the current owner ends first.
fn refetch_after(handle: RefetchHandle, delay: Duration) {
    let milliseconds = u32::try_from(delay.as_millis()).unwrap_or(u32::MAX);
    // The timer is cancelled when the owner drops this value.
    StoredValue::new_local(Timeout::new(milliseconds, move || handle.refetch()));
}

/// Whether the browser has no network. That it has one does not mean that the server answers.
pub fn use_offline() -> Signal<bool> {
    let (offline, set_offline) = signal(!window().navigator().on_line());
    use_window_event(ev::offline, move |_| set_offline.set(true));
    use_window_event(ev::online, move |_| set_offline.set(false));
    offline.into()
}
