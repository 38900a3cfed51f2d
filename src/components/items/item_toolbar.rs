//! Search and order of the items.

use cckm_core::job::items_view::{ItemOrder, ItemsView};
use leptos::prelude::*;

use crate::components::Choice;

/// The controls above the items.
#[component]
pub fn ItemToolbar(
    /// The choice on screen.
    view: Signal<ItemsView>,
    /// A text with the number of selected items and of all items.
    summary: Signal<String>,
    /// Gets a changed choice.
    on_change: Callback<ItemsView>,
    /// What can be done with the selected items.
    children: Children,
) -> impl IntoView {
    let search = move |search: String| {
        on_change.run(ItemsView { search, ..view.get_untracked() });
    };
    let order = Callback::new(move |key: String| {
        let order = key.parse().unwrap_or_default();
        on_change.run(ItemsView { order, ..view.get_untracked() });
    });
    let ordered = Signal::derive(move || view.read().order.as_str().to_owned());
    let orders = ItemOrder::ALL.map(|order| (order.as_str().into(), order.label().into()));
    view! {
        <div class="filters" role="search" aria-label="Filter the items">
            <label class="field field--wide">
                <span class="field__label">"Search"</span>
                <input
                    class="field__input"
                    type="search"
                    name="search"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="Name or message"
                    prop:value=move || view.read().search.clone()
                    on:input:target=move |event| search(event.target().value())
                />
            </label>
            <Choice
                label="Order"
                name="order"
                choices=Signal::stored(orders.to_vec())
                value=ordered
                on_change=order
            />
            {children()}
            <span class="filters__summary" role="status">{summary}</span>
        </div>
    }
}
