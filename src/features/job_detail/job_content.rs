//! The content of a loaded job: its tabs, and the part that is selected.

use cckm_core::api::command;
use cckm_core::format::text::pluralize;
use cckm_core::job::Job;
use cckm_core::job::counts::ItemCounts;
use cckm_core::job::details;
use cckm_core::job::items_view::ItemsView;
use cckm_core::route::{JobRoute, JobTab, Route};
use leptos::html;
use leptos::prelude::*;

use super::causes::Causes;
use super::comparison::ComparedWithBefore;
use super::job_tabs::{JobTabs, PANEL_ID, tab_id};
use super::timeline::{Timeline, UseTimeline};
use super::versions::{Versions, version_groups};
use crate::browser::focus;
use crate::components::items::{ItemsLocation, ItemsSection};
use crate::components::{Commands, EmptyState, JobDetails, ReceivedJson};
use crate::hooks::{Answer, UseRemote, use_location};

/// The tabs of a job and the selected part. It stays in place while the job changes.
#[component]
pub fn JobContent(
    /// The job.
    answer: Memo<Answer<Job>>,
    /// The fetch of the job.
    data: UseRemote<Job>,
    /// The tab that the address selects, if it selects one.
    selected: Memo<Option<JobTab>>,
    /// Which items the address names.
    items: ItemsLocation,
    /// What was observed.
    timeline: UseTimeline,
    /// The job's family and id.
    named: JobRoute,
) -> impl IntoView {
    let counts = Memo::new(move |_| {
        let answer = answer.read();
        (ItemCounts::new(&answer.value.items), !answer.value.may_run())
    });
    let problems = Memo::new(move |_| {
        let (counts, is_finished) = counts.get();
        counts.problems(is_finished)
    });
    let total = Memo::new(move |_| counts.read().0.total());
    // Chosen once, so that a problem that is found while someone reads the list does not replace it.
    let usual = if problems.get_untracked() > 0 { JobTab::Problems } else { JobTab::Items };
    let tab = Memo::new(move |_| selected.get().unwrap_or(usual));
    let named = StoredValue::new(named);
    let route = Callback::new(move |tab| {
        let items = items.view.get();
        // A selection of items stays for the way back to the list, which it would select by itself.
        let tab = Some(tab).filter(|tab| *tab != usual || items != ItemsView::default());
        Route::Job(JobRoute { tab, items, ..named.get_value() })
    });
    let panel = NodeRef::<html::Div>::new();
    focus_panel(tab, panel);
    let content = move || {
        let named = named.get_value();
        match tab.get() {
            JobTab::Problems => view! { <Problems answer problems total items named/> }.into_any(),
            JobTab::Items => view! { <ItemsPart answer items named/> }.into_any(),
            JobTab::Timeline => view! { <Timeline answer timeline/> }.into_any(),
            JobTab::Details => view! { <Details answer data named/> }.into_any(),
        }
    };
    view! {
        <JobTabs selected=tab route problems items=total/>
        <div
            class="tabs__panel"
            id=PANEL_ID
            role="tabpanel"
            tabindex="-1"
            aria-labelledby=move || tab_id(tab.get())
            node_ref=panel
        >
            {content}
        </div>
    }
}

/// Gives the focus to the panel when a link in it leads to another part and disappears with the focus.
fn focus_panel(tab: Memo<JobTab>, panel: NodeRef<html::Div>) {
    let changed = move |_: &JobTab, _: Option<&JobTab>, _| {
        request_animation_frame(move || {
            let Some(panel) = panel.try_get_untracked().flatten() else {
                return;
            };
            if focus::is_lost() {
                focus::focus(&panel);
            }
            focus::bring_into_view(&panel);
        });
    };
    Effect::watch(move || tab.get(), changed, false);
}

/// The problems by cause, or that there are none.
#[component]
fn Problems(
    /// The job.
    answer: Memo<Answer<Job>>,
    /// The number of problems.
    problems: Memo<usize>,
    /// The number of items.
    total: Memo<usize>,
    /// Where items are shown.
    items: ItemsLocation,
    /// The job's family and id.
    named: JobRoute,
) -> impl IntoView {
    let named = StoredValue::new(named);
    let none = move || {
        let (one, many) = named.with_value(|named| named.family.item_nouns);
        let all = pluralize(total.get(), one, many);
        let (title, why) = if answer.read().value.may_run() {
            ("No problems yet", format!("None of {all} has failed so far."))
        } else if total.get() == 0 {
            ("No problems", format!("The job reported no {many}."))
        } else {
            ("No problems", format!("All {all} succeeded."))
        };
        view! {
            <EmptyState title>
                <p>{why}</p>
            </EmptyState>
        }
    };
    // Only a family with a list can be searched for the run before.
    let can_compare = move || {
        !answer.read().value.may_run() && named.with_value(|named| named.family.has_job_list())
    };
    view! {
        <Show when=can_compare>
            <ComparedWithBefore answer named=named.get_value()/>
        </Show>
        <Show when=move || problems.get() != 0 fallback=none>
            <Causes answer total=problems items named=named.get_value()/>
        </Show>
    }
}

/// The versions and the items.
#[component]
fn ItemsPart(
    /// The job.
    answer: Memo<Answer<Job>>,
    /// Which items the address names.
    items: ItemsLocation,
    /// The job's family and id.
    named: JobRoute,
) -> impl IntoView {
    let location = use_location();
    let family = named.family;
    let groups = Memo::new(move |_| version_groups(&answer.read().value, family));
    let on_change = Callback::new(move |view| location.replace(&items.route.run(view)));
    view! {
        <Versions groups/>
        <ItemsSection answer noun=family.item_nouns location=items on_change/>
    }
}

/// The members of the job, its JSON and its commands.
#[component]
fn Details(
    /// The job.
    answer: Memo<Answer<Job>>,
    /// The fetch of the job.
    data: UseRemote<Job>,
    /// The job's family and id.
    named: JobRoute,
) -> impl IntoView {
    // No memo: it would keep and compare a copy of a list of up to a million keys.
    let details = Signal::derive(move || details::details(&answer.read().value));
    view! {
        <JobDetails title="Details" details/>
        <ReceivedJson data/>
        <Commands make=move |base: String| command::job(&base, &named)/>
    }
}
