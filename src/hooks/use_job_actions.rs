//! The actions on one job: sends each confirmed one once, and checks the job when the answer is lost.

use cckm_core::api::decode;
use cckm_core::api::error::ApiError;
use cckm_core::api::explain::ErrorContext;
use cckm_core::api::request::Request;
use cckm_core::api::requests;
use cckm_core::api::response::Response;
use cckm_core::family::Resource;
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use cckm_core::job::action::{Action, ActionStage, CHECK_WAITS, Observation};
use cckm_core::problem::Problem;
use cckm_core::route::{JobListRoute, JobRoute, Page, Route};
use cckm_core::start::request::CLOCK_TOLERANCE_MS;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::pending_actions::{JobAction, PendingActions, use_pending_actions};
use super::{
    ChangedJobs, Fetched, ServerTime, Session, UseLocation, UseRemote, use_changed_jobs,
    use_location, use_session,
};
use crate::browser::clock;

/// The action in progress on one job, and the methods that continue it. From [`use_job_actions`].
#[derive(Clone, Copy)]
pub struct UseJobActions {
    /// How far the action is.
    pub stage: Memo<ActionStage>,
    context: StoredValue<Context>,
}

/// The values that a request needs even after its page is gone.
#[derive(Clone)]
struct Context {
    named: JobRoute,
    data: UseRemote<Job>,
    session: Session,
    location: UseLocation,
    changed: Option<ChangedJobs>,
    pending: PendingActions,
    action: JobAction,
}

/// The actions on the job `named`, which `data` fetches. Continues an action that was sent before its page was left or
/// loaded again: if its answer is lost, the job is checked.
pub fn use_job_actions(data: UseRemote<Job>, named: JobRoute) -> UseJobActions {
    let family = named.family;
    let pending = use_pending_actions();
    let action = pending.of_job(&named);
    // What is known of it may be old.
    pending.update(&action, ActionStage::check_again);
    let progress = action.progress.clone();
    let context = Context {
        named,
        data,
        session: use_session(),
        location: use_location(),
        changed: use_changed_jobs(),
        pending,
        action,
    };
    let (left, gone) = (context.clone(), context.clone());
    on_cleanup(move || left.update(ActionStage::leave));
    let actions = UseJobActions {
        stage: Memo::new(move |_| progress.with(|progress| progress.stage.clone())),
        context: StoredValue::new(context),
    };
    let continue_from = move |stage: &ActionStage, _: Option<&_>, _| actions.continue_from(stage);
    Effect::watch(move || actions.stage.get(), continue_from, true);
    Effect::new(move |_| {
        let is_gone = matches!(&*data.error.read(), Some(ApiError::NotFound(_)));
        if is_gone {
            gone.forget();
        }
        if let Some(answer) = data.answer.get() {
            let is_allowed = |action: Action| !is_gone && action.is_allowed(family, &answer.value);
            let observe = |action: Action| {
                if is_gone {
                    Observation::Gone
                } else {
                    Observation::from_job(action, &answer.value)
                }
            };
            actions.update(|stage| stage.job_changed(is_allowed, observe));
        }
    });
    actions
}

impl UseJobActions {
    /// Asks the person to confirm `action`.
    pub fn request(self, action: Action) {
        self.update(|stage| stage.request(action));
    }

    /// Closes the question or the message.
    pub fn dismiss(self) {
        self.update(ActionStage::dismiss);
    }

    /// Checks again whether an action with a lost answer was done.
    pub fn check_again(self) {
        self.update(ActionStage::check_again);
    }

    /// Sends the action that the person has confirmed, once, even if the page is left meanwhile.
    pub fn confirm(self) {
        let Some(action) = self.update(ActionStage::confirm).flatten() else {
            return;
        };
        let context = self.context.get_value();
        let ServerTime { now, is_known } = context.session.server_time();
        let since = Timestamp::from_ms(now.as_ms().saturating_sub(CLOCK_TOLERANCE_MS));
        // Saved first: after a reload it is checked, and not sent again.
        context.pending.save(&context.action, action, is_known.then_some(since));
        let request = request(action, &context.named);
        context.session.send_mutation(request, move |result| context.answered(action, result));
    }

    /// Does nothing if the page is gone.
    fn update<T>(self, update: impl FnOnce(&mut ActionStage) -> T) -> Option<T> {
        self.context.try_get_value().map(|context| context.update(update))
    }

    /// What the page of the job does at `stage`.
    fn continue_from(self, stage: &ActionStage) {
        let Some(context) = self.context.try_get_value() else {
            return;
        };
        match stage {
            ActionStage::Checking(action, _) => self.check(*action, context),
            ActionStage::Accepted(Action::Delete) => context.leave(),
            ActionStage::Accepted(_) | ActionStage::Rejected(..) => context.data.handle.refetch(),
            _ => {}
        }
    }

    /// Checks with a request of its own: a poll in flight may have been answered before the server got the action. If the
    /// page is left meanwhile, its next visit checks again.
    fn check(self, action: Action, context: Context) {
        let since = context.action.progress.with_untracked(|progress| progress.since);
        let is_left = move || self.stage.try_get_untracked().is_none();
        spawn_local(async move {
            let mut waits = CHECK_WAITS.iter();
            let mut observation = context.observe(action, since).await;
            while !observation.is_some_and(|observation| observation.is_certain(action))
                && !is_left()
                && let Some(seconds) = waits.next()
            {
                TimeoutFuture::new(seconds * 1_000).await;
                observation = context.observe(action, since).await;
            }
            if is_left() {
                return;
            }
            if observation == Some(Observation::Gone) {
                context.forget();
                context.data.expect_gone();
            }
            context.update(|stage| stage.checked(observation));
            context.data.handle.refetch();
        });
    }
}

impl Context {
    fn update<T>(&self, update: impl FnOnce(&mut ActionStage) -> T) -> T {
        self.pending.update(&self.action, update)
    }

    /// Takes the answer to `action`. The page may be gone.
    fn answered(&self, action: Action, result: Result<Response, ApiError>) {
        let family = self.named.family;
        let error = match result {
            Err(error) => error,
            Ok(response) => {
                // The answer to a cancellation is the whole job. The next node may not know of it yet.
                if action == Action::Cancel {
                    self.learn(response.body);
                }
                if action == Action::Delete {
                    self.forget();
                }
                self.update(ActionStage::accepted);
                return;
            }
        };
        let problem = error
            .problem(ErrorContext { shows_earlier_data: false, permission: family.permission });
        if error.may_have_acted() {
            self.update(|stage| stage.answer_lost(problem));
        } else {
            let problem = rejection(action, family.resource, &error, problem);
            self.update(|stage| stage.rejected(problem));
        }
    }

    /// Goes back to the list, unless the person has already gone elsewhere.
    fn leave(&self) {
        let family = self.named.family;
        let page = Page::Job(family, self.named.id.clone());
        if self.location.route.with_untracked(Route::page) == page {
            let list = untrack(|| self.location.last_list_of(family));
            let list = list.unwrap_or_else(|| Route::JobList(JobListRoute::new(family)));
            self.location.navigate(&list);
        }
    }

    /// Nothing is known any more of the job, which was deleted or is gone: its page must not show it when the person
    /// goes back.
    fn forget(&self) {
        if let Some(changed) = self.changed {
            changed.remove(&self.named);
        }
    }

    /// Takes over the job in `body`, if it is the job of the page.
    fn learn(&self, body: Vec<u8>) {
        let Ok(job) = decode::job(&body) else { return };
        if job.id().as_ref() == Some(&self.named.id) {
            // Another node may not know it either when the person comes back to this job.
            if let Some(changed) = self.changed {
                changed.insert(&self.named, &body, job.is_abort_requested());
            }
            let value = job.with_unreported(self.named.family);
            let request = requests::get(&self.named);
            self.data.learn(Fetched { request, value, body, at: clock::now() });
        }
    }

    /// What the server shows after `action`; `None` if that is not known. Only runs created at `since` or later
    /// can be from the action.
    async fn observe(&self, action: Action, since: Option<Timestamp>) -> Option<Observation> {
        let is_run = action == Action::RunNow;
        let request =
            if is_run { requests::runs_of(&self.named.id) } else { requests::get(&self.named) };
        match self.session.send(request).await {
            Ok(response) if is_run => {
                let page = decode::job_page(&response.body).ok()?;
                Observation::from_runs(&page, &self.named.id, since?)
            }
            Ok(response) => {
                let job = decode::job(&response.body).ok()?;
                let observation = Observation::from_job(action, &job);
                if observation == Observation::Aborted {
                    self.learn(response.body);
                }
                Some(observation)
            }
            Err(ApiError::NotFound(_)) => Some(Observation::Gone),
            Err(_) => None,
        }
    }
}

fn request(action: Action, named: &JobRoute) -> Request {
    match action {
        Action::Cancel => requests::cancel(named),
        Action::Delete => requests::delete(named),
        Action::RunNow => requests::run_now(named),
        Action::Enable => requests::set_disabled(named, false),
        Action::Disable => requests::set_disabled(named, true),
    }
}

/// Why the server rejected `action`, as a sentence about the action.
pub(super) fn rejection(
    action: Action,
    resource: Resource,
    error: &ApiError,
    problem: Problem,
) -> Problem {
    let done = action.labels(resource).done;
    let (noun, _) = resource.nouns();
    let explanation = match error {
        ApiError::NotFound(_) | ApiError::Status { status: 405, .. } => format!(
            "The {noun} no longer exists, or this server does not allow such a {noun} to be {done}. This request \
             changed nothing."
        ),
        _ => problem.explanation,
    };
    Problem {
        title: format!("The {noun} was not {done}: {}", problem.title),
        explanation,
        can_retry: false,
        ..problem
    }
}
