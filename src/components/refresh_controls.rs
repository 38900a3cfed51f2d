//! How fresh the page is, and the controls of its refreshing.

use cckm_core::format::text::megabytes;
use cckm_core::format::time::format_age;
use cckm_core::poll::Hold;
use leptos::prelude::*;

use super::{Banner, Button, Tone};
use crate::browser::local_time::local_time;
use crate::hooks::{RefetchHandle, UsePolling, use_clock};

/// "Updated 12 s ago", pause and refresh; below it whether the browser is offline.
#[component]
pub fn RefreshControls(
    /// The fetch whose state is shown.
    handle: RefetchHandle,
    /// Its polling.
    polling: UsePolling,
    /// Replaces what "Refresh" does.
    #[prop(optional)]
    on_refresh: Option<Callback<()>>,
) -> impl IntoView {
    let now = use_clock();
    let at = Memo::new(move |_| handle.status.read().at);
    let in_flight = Memo::new(move |_| handle.status.read().in_flight);
    let received = Memo::new(move |_| handle.status.read().received);
    let busy = move || match received.get() {
        0 => "Refreshing…".to_owned(),
        received => format!("Received {}…", megabytes(received)),
    };
    // `FetchError` offers to load it. Without the pause, the next poll would begin the same transfer again.
    let cancel = move |()| {
        polling.paused.set(true);
        handle.cancel();
    };
    let text = move || {
        let updated = at.get().map(|at| format!("Updated {}", format_age(now.get().ms_since(at))));
        let why = match polling.hold.get() {
            Some(Hold::Paused) => Some("Paused"),
            Some(Hold::Stopped) => Some("Stopped after an error"),
            Some(Hold::Settled) => Some("Finished"),
            Some(Hold::Offline | Hold::Hidden) | None => None,
        };
        let parts = updated.into_iter().chain(why.map(str::to_owned));
        parts.collect::<Vec<_>>().join(" · ")
    };
    let refresh = move |()| match on_refresh {
        Some(on_refresh) => on_refresh.run(()),
        None => handle.refetch(),
    };
    view! {
        <div class="refresh">
            <span class="refresh__state">
                // Shown in place of the text when it takes a while.
                <span class="refresh__busy" class:refresh__busy--on=in_flight>{busy}</span>
                <span class="refresh__text">{text}</span>
            </span>
            <Button
                quiet=true
                attr:hidden=move || polling.hold.get() == Some(Hold::Settled)
                attr:aria-pressed=move || polling.paused.get().to_string()
                on_press=move |()| polling.paused.update(|paused| *paused = !*paused)
            >
                "Pause"
            </Button>
            <Show when=move || received.get() != 0>
                <Button quiet=true on_press=cancel>"Cancel"</Button>
            </Show>
            <Button quiet=true on_press=refresh>"Refresh"</Button>
        </div>
        <Show when=move || polling.offline.get()>
            <Banner tone=Tone::Warning>
                <p>
                    "You are offline."
                    {move || {
                        let at = at.get().and_then(local_time);
                        at.map(|at| format!(" What is shown is from {}.", at.local))
                    }}
                </p>
            </Banner>
        </Show>
    }
}
