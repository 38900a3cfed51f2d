//! One item in full, since its row may have to truncate it.

use cckm_core::job::items::ItemText;
use leptos::prelude::*;

use crate::components::ItemStatusMark;

/// One item in full.
#[component]
pub fn ItemPanel(
    /// Its name.
    name: String,
    /// Its status text.
    text: ItemText,
    /// Whether the job has ended.
    is_finished: bool,
) -> impl IntoView {
    let raw = if text.raw.is_empty() { "nothing".to_owned() } else { text.raw.into() };
    view! {
        <dl class="item__facts">
            <dt>"Name"</dt>
            <dd class="item__name">{name}</dd>
            <dt>"Status"</dt>
            <dd>
                <ItemStatusMark status=text.status is_finished/>
                " "
                <span class="item__text">{text.text.into_string()}</span>
            </dd>
            <dt>"As received"</dt>
            <dd><code>{raw}</code></dd>
        </dl>
    }
}
