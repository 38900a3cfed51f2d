//! Search, filter and order of the items.

use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::items_view::{ItemFilter, ItemOrder, ItemsView};
use leptos::prelude::*;

use crate::components::{Choice, Choices};

/// The value of the choice "Show" while the address selects one status text.
const TEXT: &str = "text";
/// The value of the choice "Show" while the address selects one cause.
const CAUSE: &str = "cause";
/// The value of the choice "Show" that selects all problems.
const PROBLEMS: &str = "problems";

/// The controls above the items.
#[component]
pub fn ItemToolbar(
    /// The choice on screen.
    view: Signal<ItemsView>,
    /// A text with the number of selected items and of all items.
    summary: Signal<String>,
    /// Gets a changed choice.
    on_change: Callback<ItemsView>,
) -> impl IntoView {
    let search = move |search: String| {
        on_change.run(ItemsView { search, ..view.get_untracked() });
    };
    let show = Callback::new(move |key: String| {
        let show = match &*key {
            PROBLEMS => ItemFilter::Problems,
            key => key.parse().map_or(ItemFilter::All, ItemFilter::Status),
        };
        on_change.run(ItemsView { filter: show, ..view.get_untracked() });
    });
    let order = Callback::new(move |key: String| {
        let order = key.parse().unwrap_or_default();
        on_change.run(ItemsView { order, ..view.get_untracked() });
    });
    let shown = Signal::derive(move || show_key(&view.read().filter).to_owned());
    let ordered = Signal::derive(move || view.read().order.as_str().to_owned());
    let shows = Signal::derive(move || show_choices(&view.read().filter));
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
                    placeholder="Name or status text"
                    prop:value=move || view.read().search.clone()
                    on:input:target=move |event| search(event.target().value())
                />
            </label>
            <Choice label="Show" name="show" choices=shows value=shown on_change=show/>
            <Choice
                label="Order"
                name="order"
                choices=Signal::stored(orders.to_vec())
                value=ordered
                on_change=order
            />
            <span class="filters__summary" role="status">{summary}</span>
        </div>
    }
}

fn show_key(show: &ItemFilter) -> &'static str {
    match show {
        ItemFilter::All => "",
        ItemFilter::Status(status) => status.as_str(),
        ItemFilter::Text(_) => TEXT,
        ItemFilter::Problems => PROBLEMS,
        ItemFilter::Cause(_) => CAUSE,
    }
}

fn show_choices(show: &ItemFilter) -> Choices {
    let all = [("".into(), "All".into()), (PROBLEMS.into(), "Problems".into())];
    let statuses = ItemStatus::ALL.map(|status| (status.as_str().into(), status.label().into()));
    let text = match show {
        ItemFilter::Text(text) => Some((TEXT.into(), format!("Text: {text}").into())),
        ItemFilter::Cause(_) => Some((CAUSE.into(), "One cause".into())),
        ItemFilter::All | ItemFilter::Status(_) | ItemFilter::Problems => None,
    };
    all.into_iter().chain(statuses).chain(text).collect()
}
