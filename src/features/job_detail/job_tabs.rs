//! The tabs of the page of a job.

use cckm_core::format::text::group_digits;
use cckm_core::route::{JobTab, Route, encode};
use leptos::prelude::*;
use leptos::{ev, html};

use crate::browser::focus;
use crate::hooks::use_location;

/// The id of the element that shows the part of the selected tab.
pub const PANEL_ID: &str = "job-panel";

/// The id of the element of `tab`.
pub fn tab_id(tab: JobTab) -> String {
    format!("tab-{}", tab.as_str())
}

/// The tabs with their numbers. Only the selected one is reached by the Tab key; arrow keys select another one.
#[component]
pub fn JobTabs(
    /// The selected tab.
    selected: Memo<JobTab>,
    /// The route of the page with another tab.
    route: Callback<JobTab, Route>,
    /// The number of problems.
    problems: Memo<usize>,
    /// The number of items.
    items: Memo<usize>,
) -> impl IntoView {
    let location = use_location();
    let elements = JobTab::ALL.map(|tab| (tab, NodeRef::<html::A>::new()));
    let press_key = move |event: ev::KeyboardEvent| {
        let Some(target) = selected.get_untracked().after_key(&event.key()) else {
            return;
        };
        event.prevent_default();
        location.navigate(&route.run(target));
        let element = elements.iter().find(|(tab, _)| *tab == target);
        if let Some(element) = element.and_then(|(_, element)| element.get_untracked()) {
            focus::focus(&element);
        }
    };
    let tabs = elements.map(|(tab, element)| {
        let is_selected = Memo::new(move |_| selected.get() == tab);
        let count = move || match tab {
            JobTab::Problems => Some(problems.get()),
            JobTab::Items => Some(items.get()),
            JobTab::Timeline | JobTab::Details => None,
        };
        view! {
            <a
                id=tab_id(tab)
                class="tabs__tab"
                role="tab"
                href=move || encode(&route.run(tab))
                aria-selected=move || is_selected.get().to_string()
                aria-controls=move || is_selected.get().then_some(PANEL_ID)
                tabindex=move || if is_selected.get() { "0" } else { "-1" }
                node_ref=element
            >
                {tab.label()}
                {move || {
                    let count = count().map(group_digits);
                    count.map(|count| view! { " " <span class="tabs__count">{count}</span> })
                }}
            </a>
        }
    });
    view! {
        <div class="tabs" role="tablist" aria-label="Parts of this job" on:keydown=press_key>
            {tabs.into_iter().collect_view()}
        </div>
    }
}
