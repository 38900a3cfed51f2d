//! The actions on a job or a schedule, and the progress of the chosen action.

mod action_notice;
mod action_question;

use cckm_core::batch;
use cckm_core::family::Resource;
use cckm_core::job::Job;
use cckm_core::job::action::{Action, ActionStage};
use cckm_core::route::{JobRoute, Route, StartRoute, encode};
use cckm_core::start::{Repeat, retry_label};
use leptos::html;
use leptos::prelude::*;

use self::action_notice::ActionNotice;
use crate::browser::focus;
use crate::components::Button;
use crate::hooks::{Answer, UseJobActions};

/// The actions that the job allows now as buttons and links; below them the open question or the outcome. Shows
/// nothing before the job is known.
#[component]
pub fn JobActions(
    /// The action in progress.
    actions: UseJobActions,
    /// The job, once it is known.
    answer: Memo<Option<Answer<Job>>>,
    /// The job's family and id.
    named: JobRoute,
) -> impl IntoView {
    let family = named.family;
    let allowed = Memo::new(move |_| {
        let answer = answer.read();
        let job = answer.as_ref().map(|answer| &answer.value);
        let is_allowed = |action: &Action| job.is_some_and(|job| action.is_allowed(family, job));
        Action::ALL.into_iter().filter(is_allowed).collect::<Vec<_>>()
    });
    let row = NodeRef::<html::Div>::new();
    keep_focus_near(actions.stage, row);
    let label = match family.resource {
        Resource::Jobs => "What can be done with this job",
        Resource::Schedules => "What can be done with this schedule",
    };
    let named = StoredValue::new(named);
    view! {
        <Show when=move || answer.read().is_some()>
            <div class="actions" role="group" tabindex="-1" aria-label=label node_ref=row>
                <ActionButtons allowed is_delete=false actions resource=family.resource/>
                <StartLinks named=named.get_value() answer/>
                <ActionButtons allowed is_delete=true actions resource=family.resource/>
            </div>
        </Show>
        <ActionNotice actions answer family/>
    }
}

/// The buttons of the allowed actions: either those that delete, which come last, or all others.
#[component]
fn ActionButtons(
    /// The allowed actions.
    allowed: Memo<Vec<Action>>,
    /// Whether to show those that delete.
    is_delete: bool,
    /// The action in progress.
    actions: UseJobActions,
    /// What they act on.
    resource: Resource,
) -> impl IntoView {
    let shown = move || {
        let allowed = allowed.get().into_iter();
        allowed.filter(move |action| (*action == Action::Delete) == is_delete)
    };
    view! {
        <For each=shown key=|action| *action let:action>
            <Button
                attr:aria-disabled=move || (!actions.stage.read().allows_another()).to_string()
                on_press=move |()| actions.request(action)
            >
                {action.labels(resource).button}
            </Button>
        </For>
    }
}

/// Links to the forms that start a job like this one.
#[component]
fn StartLinks(
    /// The job's family and id.
    named: JobRoute,
    /// The job, once it is known.
    answer: Memo<Option<Answer<Job>>>,
) -> impl IntoView {
    let JobRoute { family, id, .. } = named;
    // One job would work on more than what failed: a page shows how many, and whether several can do with less.
    let repeat = Memo::new(move |_| {
        let answer = answer.read();
        let answer = answer.as_ref().filter(|_| family.can_start());
        answer.map(|answer| Repeat::new(family, &answer.value, None)).unwrap_or_default()
    });
    let label = Memo::new(move |_| {
        let repeat = repeat.get();
        // A batch takes every key.
        let count = repeat.failed + repeat.unknown;
        if family == batch::family() {
            (count > 0).then(|| retry_label(count))
        } else {
            repeat.label()
        }
    });
    let retry = StoredValue::new(id.clone());
    let retry = Memo::new(move |_| {
        let is_plan = repeat.read().is_excessive();
        let route = batch::retry_route(family, &retry.read_value(), None, is_plan);
        route.as_ref().map(encode).unwrap_or_default()
    });
    let is_schedule = family.resource == Resource::Schedules;
    let start = move |edit: bool| {
        let from = Some(id.clone());
        encode(&Route::Start(StartRoute { from, edit, ..StartRoute::new(family) }))
    };
    let (edit, again) = (start(true), start(false));
    let again_label = if is_schedule { "Create another like it…" } else { "Start again…" };
    view! {
        {is_schedule.then(|| view! { <a class="button" href=edit>"Change…"</a> })}
        <Show when=move || label.read().is_some()>
            <a class="button button--primary" href=retry>
                {label}
            </a>
        </Show>
        {family.can_start().then(|| view! { <a class="button" href=again>{again_label}</a> })}
    }
}

/// Gives the focus to `row` when the question closes and takes the focus with it.
fn keep_focus_near(stage: Memo<ActionStage>, row: NodeRef<html::Div>) {
    let is_open = Memo::new(move |_| matches!(*stage.read(), ActionStage::Requested(_)));
    let closed = move |is_open: &bool, _: Option<&bool>, _| {
        if !is_open {
            request_animation_frame(move || {
                if let Some(row) = row.try_get_untracked().flatten().filter(|_| focus::is_lost()) {
                    focus::focus(&row);
                }
            });
        }
    };
    Effect::watch(move || is_open.get(), closed, false);
}
