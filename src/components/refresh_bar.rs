//! How fresh the page is, and the hand on its refreshing.

use crate::reactive::Callback;
use crate::view::{Element, el};
use cckm_core::poll::Hold;

/// What is told of the refreshing.
pub struct Freshness {
    /// How long ago the last answer came; nothing before the first.
    pub updated: Option<String>,
    /// Whether a request is under way.
    pub busy: bool,
    /// Why it does not refresh by itself, if it does not.
    pub hold: Option<Hold>,
    /// Whether the person paused it.
    pub paused: bool,
}

/// "Updated 12 s ago", pause and refresh. `on_pause` pauses, or goes on; `on_refresh` asks now.
pub fn refresh_bar(
    freshness: Freshness,
    on_pause: Callback<()>,
    on_refresh: Callback<()>,
) -> Element {
    let Freshness {
        updated,
        busy,
        hold,
        paused,
    } = freshness;
    let why = match hold {
        Some(Hold::Paused) => Some("Paused"),
        Some(Hold::Stopped) => Some("Stopped after an error"),
        Some(Hold::Settled) => Some("Final, no longer refreshed"),
        Some(Hold::Offline | Hold::Hidden) | None => None,
    };
    let updated = updated.map(|ago| format!("Updated {ago}"));
    let parts = [updated, why.map(str::to_owned)];
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    // Shown in place of the text when it takes a while.
    let busy = if busy {
        "refresh__busy refresh__busy--on"
    } else {
        "refresh__busy"
    };
    let button = el("button")
        .attr("type", "button")
        .class("button button--quiet");
    let pause = button
        .flag("hidden", hold == Some(Hold::Settled))
        .attr("aria-pressed", if paused { "true" } else { "false" })
        .on("click", move |_| on_pause.run(()))
        .child("Pause");
    let refresh = el("button")
        .attr("type", "button")
        .class("button button--quiet")
        .on("click", move |_| on_refresh.run(()))
        .child("Refresh");
    el("div")
        .class("refresh")
        .child(el("span").class(busy).child("Refreshing…"))
        .child(el("span").class("refresh__text").child(text))
        .child(pause)
        .child(refresh)
}
