//! The notice that the clock of this computer is wrong.

use cckm_core::format::time::format_duration;
use leptos::prelude::*;

use super::{Banner, Tone};
use crate::hooks::use_session;

/// A smaller difference disturbs nobody, in milliseconds.
const MIN_SHOWN_MS: i64 = 60_000;

/// Says by how much the clocks of this computer and of the server differ, if it is a minute or more.
#[component]
pub fn ClockNotice() -> impl IntoView {
    let session = use_session();
    let lead = Memo::new(move |_| session.clock_lead());
    let is_shown = move || lead.get().saturating_abs() >= MIN_SHOWN_MS;
    let text = move || {
        let side = if lead.get() > 0 { "behind" } else { "ahead of" };
        let difference = format_duration(lead.get().saturating_abs());
        format!(
            "The clock of this computer is {difference} {side} that of the server. Running times are measured by the clock of the server."
        )
    };
    view! {
        <Show when=is_shown>
            <Banner tone=Tone::Info><p>{text}</p></Banner>
        </Show>
    }
}
