//! Asks again by itself: the next poll after the last answer, none while nobody looks.

use std::time::Duration;

use leptos::prelude::{document, window};

use crate::reactive::{RwSignal, Signal, effect};
use crate::state::listen::listen;
use crate::state::timer::Timer;
use crate::state::use_remote::{Asking, UseRemote};
use crate::state::wall_clock::now;
use cckm_core::api::error::ApiError;
use cckm_core::config::PollBounds;
use cckm_core::format::time::Timestamp;
use cckm_core::poll::{Hold, PollFacts, next_delay};

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

/// A request that was under way for so long when the network or the person came back is asked
/// anew: its connection may have died without a sign.
const OLD: Duration = Duration::from_secs(10);

/// The person's switch of polling, and what else holds it.
#[derive(Clone, Copy)]
pub struct Polling {
    /// Whether the person paused it.
    pub paused: RwSignal<bool>,
    /// Why no poll is to come, if none is.
    pub hold: Signal<Option<Hold>>,
    /// Whether the browser has no network.
    pub offline: Signal<bool>,
}

/// Refreshes `data` for as long as it is in use, depending on how live it is.
pub fn use_polling<T: Send + Sync + 'static>(
    data: UseRemote<T>,
    bounds: PollBounds,
    liveness: Signal<Liveness>,
) -> Polling {
    poll(data.asking(), bounds, liveness)
}

/// The same for what is asked in another way.
pub fn poll(data: Asking, bounds: PollBounds, liveness: Signal<Liveness>) -> Polling {
    let paused = RwSignal::new(false);
    let hidden = use_hidden();
    let offline = use_offline();
    let hold = Signal::derive(move || {
        let error = data.course.get().error;
        let stopped = error.is_some_and(|error| !error.is_retryable());
        if stopped {
            Some(Hold::Stopped)
        } else if liveness.get() == Liveness::Settled {
            Some(Hold::Settled)
        } else if paused.get() {
            Some(Hold::Paused)
        } else if offline.get() {
            Some(Hold::Offline)
        } else {
            hidden.get().then_some(Hold::Hidden)
        }
    });

    let mut before: Option<Waiting> = None;
    effect(move || {
        let away = (offline.get(), hidden.get());
        let course = data.course.get();
        let in_flight = course.in_flight;
        let facts = PollFacts {
            hold: hold.get(),
            running: liveness.get() == Liveness::Running,
            failures: course.failures,
            retry_after: course.error.as_ref().and_then(ApiError::retry_after),
        };
        // The wait is from the last answer, however often this effect runs in between.
        let since = match &before {
            Some(before) if before.in_flight == in_flight => before.since,
            _ => now(),
        };
        let waited = Duration::from_millis(u64::try_from(now().since(since)).unwrap_or(0));
        let was = before.as_ref().map_or(away, |before| before.away);
        let online_again = was.0 && !away.0;
        if in_flight && waited >= OLD && (online_again || was.1 && !away.1) {
            data.refresh();
        }
        let delay = next_delay(&bounds, &facts, js_sys::Math::random());
        let timer = delay.filter(|_| !in_flight).and_then(|delay| {
            // The network's return cuts the wait short, but not what the server asked for.
            let asked = facts.retry_after.unwrap_or_default();
            let delay = if online_again { asked } else { delay };
            Timer::start(delay.saturating_sub(waited), move || data.refresh())
        });
        before = Some(Waiting {
            _timer: timer,
            since,
            in_flight,
            away,
        });
    });
    Polling {
        paused,
        hold,
        offline,
    }
}

/// What the effect remembers from one run to the next.
struct Waiting {
    /// Ends with this: no poll may still come when the page that wanted it is gone.
    _timer: Option<Timer>,
    /// When the request under way was sent, or the last one was answered.
    since: Timestamp,
    in_flight: bool,
    /// Whether there was no network, and whether nobody could see the page.
    away: (bool, bool),
}

/// Whether the tab is hidden.
fn use_hidden() -> Signal<bool> {
    let hidden = RwSignal::new(document().hidden());
    listen("visibilitychange", move |_| hidden.set(document().hidden()));
    hidden.into()
}

/// Whether the browser has no network. That it has one promises no answer.
fn use_offline() -> Signal<bool> {
    let offline = RwSignal::new(!window().navigator().on_line());
    listen("offline", move |_| offline.set(true));
    listen("online", move |_| offline.set(false));
    offline.into()
}
