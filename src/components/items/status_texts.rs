//! The number of items of each message.

use cckm_core::format::text::{group_digits, truncate};
use cckm_core::job::Job;
use cckm_core::job::counts::TextCount;
use cckm_core::job::items_view::{ItemFilter, ItemsView};
use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use super::ItemsLocation;
use crate::components::{Button, ItemStatusMark};
use crate::hooks::{Answer, use_focus_restore};

/// How many texts are shown at first.
const FEW: usize = 10;
/// How many texts can be shown. A job may have as many texts as items, and a browser stalls on very many.
const MAX: usize = 1_000;

/// The most frequent messages of the items. Each is a link to the items with this text; the current one is a link
/// back to all items.
#[component]
pub fn StatusTexts(
    /// The job.
    answer: Signal<Answer<Job>>,
    /// Whether the job has ended.
    is_finished: Signal<bool>,
    /// Where other items are shown.
    location: ItemsLocation,
) -> impl IntoView {
    let shows_all = RwSignal::new(false);
    let texts = Memo::new(move |_| {
        let limit = if shows_all.get() { MAX } else { FEW };
        TextCount::most_frequent(&answer.read().value.items, limit)
    });
    let total = Memo::new(move |_| {
        let answer = answer.read();
        answer.value.items.texts().iter().filter(|text| text.count > 0).count()
    });
    let has_more = move || total.get() > FEW;
    let label = move || {
        if shows_all.get() {
            format!("Show the {FEW} most frequent")
        } else {
            let total = total.get();
            let (shown, all) = (group_digits(total.min(MAX)), group_digits(total));
            if total > MAX { format!("Show {shown} of {all}") } else { format!("Show all {all}") }
        }
    };
    let list = NodeRef::<html::Ul>::new();
    use_focus_restore(move || list.get().map(Element::from), Signal::<Vec<TextCount>>::from(texts));
    view! {
        <section class="counts" aria-labelledby="counts-title">
            <h3 id="counts-title">"Messages"</h3>
            <ul class="counts__lines" class=("counts__lines--all", shows_all) node_ref=list>
                <For each=move || texts.get() key=|text| (text.raw.clone(), text.text.clone()) let:text>
                    <StatusText text texts is_finished location/>
                </For>
            </ul>
            <Show when=has_more>
                <p class="counts__more">
                    <Button quiet=true on_press=move |()| shows_all.update(|all| *all = !*all)>
                        {label}
                    </Button>
                </p>
            </Show>
        </section>
    }
}

#[component]
fn StatusText(
    /// The text when it was first shown.
    text: TextCount,
    /// The latest texts, for its number of items.
    texts: Memo<Vec<TextCount>>,
    /// Whether the job has ended.
    is_finished: Signal<bool>,
    /// Where other items are shown.
    location: ItemsLocation,
) -> impl IntoView {
    let TextCount { raw, text, status, count } = text;
    let name = text.clone();
    let count = Memo::new(move |previous: Option<&usize>| {
        let texts = texts.read();
        let current = texts.iter().find(|other| other.raw == raw && other.text == name);
        current.map_or(previous.copied().unwrap_or(count), |current| current.count)
    });
    let show = ItemFilter::for_text(&text);
    let own = show.clone();
    let is_current = Signal::derive(move || location.view.read().filter == own);
    let href = move || {
        let show = if is_current.get() { ItemFilter::All } else { show.clone() };
        location.href(ItemsView { filter: show, ..location.view.get() })
    };
    view! {
        <li>
            <a
                class="counts__line"
                href=href
                aria-current=move || is_current.get().then_some("true")
            >
                <span class="counts__number">{move || group_digits(count.get())}</span>
                {move || view! { <ItemStatusMark status is_finished=is_finished.get()/> }}
                <span class="counts__text">{truncate(text)}</span>
            </a>
        </li>
    }
}
