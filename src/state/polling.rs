//! Asks again by itself: the next poll after the last answer, none while nobody looks.

use std::time::Duration;

use leptos::prelude::document;

use super::listen::listen;
use super::timer::Timer;
use super::use_remote::UseRemote;
use super::wall_clock::now;
use crate::api::error::ApiError;
use crate::domain::config::PollBounds;
use crate::domain::poll::{Hold, PollFacts, next_delay};
use crate::domain::time::Timestamp;
use crate::reactive::{RwSignal, Signal, effect};

/// Whether something on screen still changes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Liveness {
    /// Nothing is known yet, or nothing runs but something new may come.
    Waiting,
    /// Something runs.
    Running,
    /// Nothing can change any more.
    Settled,
}

/// The person's switch of polling.
#[derive(Clone, Copy)]
pub struct Polling {
    /// Whether the person paused it.
    pub paused: RwSignal<bool>,
    /// Why no poll is to come, if none is.
    pub hold: Signal<Option<Hold>>,
}

/// Refreshes `data` for as long as it is in use, depending on how live it is.
pub fn use_polling<T: Send + Sync + 'static>(
    data: UseRemote<T>,
    bounds: PollBounds,
    liveness: Signal<Liveness>,
) -> Polling {
    let paused = RwSignal::new(false);
    let hidden = use_hidden();
    let woken = use_online();
    let hold = Signal::derive(move || {
        let stopped = data.remote.with(|remote| {
            let error = remote.error.as_ref();
            error.is_some_and(|error| !error.is_retryable())
        });
        if stopped {
            Some(Hold::Stopped)
        } else if liveness.get() == Liveness::Settled {
            Some(Hold::Settled)
        } else if paused.get() {
            Some(Hold::Paused)
        } else {
            hidden.get().then_some(Hold::Hidden)
        }
    });

    let mut before: Option<Waiting> = None;
    effect(move || {
        let woken = woken.get();
        let in_flight = data.remote.with(|remote| remote.in_flight);
        let running = liveness.get() == Liveness::Running;
        let facts = data.remote.with(|remote| PollFacts {
            hold: hold.get(),
            running,
            failures: remote.failures,
            retry_after: remote.error.as_ref().and_then(ApiError::retry_after),
        });
        // The wait is from the last answer, however often this effect runs in between.
        let answered_at = match &before {
            Some(before) if !before.in_flight || in_flight => before.answered_at,
            _ => now(),
        };
        let online_again = before.as_ref().is_some_and(|before| before.woken != woken);
        let delay = next_delay(&bounds, &facts, js_sys::Math::random());
        let timer = delay.filter(|_| !in_flight).and_then(|delay| {
            let waited = u64::try_from(now().since(answered_at)).unwrap_or(0);
            let rest = delay.saturating_sub(Duration::from_millis(waited));
            let rest = if online_again { Duration::ZERO } else { rest };
            Timer::start(rest, move || data.refresh())
        });
        before = Some(Waiting {
            _timer: timer,
            answered_at,
            in_flight,
            woken,
        });
    });
    Polling { paused, hold }
}

/// What the effect remembers from one run to the next.
struct Waiting {
    /// Ends with this: no poll may still come when the page that wanted it is gone.
    _timer: Option<Timer>,
    answered_at: Timestamp,
    in_flight: bool,
    woken: u32,
}

/// Whether the tab is hidden.
fn use_hidden() -> Signal<bool> {
    let hidden = RwSignal::new(document().hidden());
    listen("visibilitychange", move |_| hidden.set(document().hidden()));
    hidden.into()
}

/// Counts how often the network came back.
fn use_online() -> Signal<u32> {
    let times = RwSignal::new(0);
    listen("online", move |_| times.update(|times| *times += 1));
    times.into()
}
