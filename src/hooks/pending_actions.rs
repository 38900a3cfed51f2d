//! The actions on jobs and schedules whose result is not known yet. They outlive the page of the job, and the browser saves
//! them before they are sent, so that they outlive a reload too.

use cckm_core::format::time::Timestamp;
use cckm_core::job::action::{Action, ActionStage};
use cckm_core::pending::PendingAction;
use cckm_core::route::JobRoute;
use leptos::prelude::*;

use super::saved_requests::{self, LeaseOwner, use_held_requests};
use super::use_session;

/// The prefix of the storage key of an action.
const PREFIX: &str = "action.";

/// The action in progress on one job.
#[derive(Clone, PartialEq)]
pub struct JobAction {
    /// The job.
    pub job: JobRoute,
    /// How far the action is.
    pub progress: ArcRwSignal<ActionProgress>,
}

/// An action that other pages report than that of its job.
#[derive(Clone, PartialEq)]
pub struct ReportedAction {
    /// The job.
    pub job: JobRoute,
    /// The action.
    pub action: Action,
    /// Whether the server rejected it; if not, its result is unknown.
    pub is_rejected: bool,
}

/// How far an action is.
#[derive(Default)]
pub struct ActionProgress {
    /// The stage.
    pub stage: ActionStage,
    /// What was caused before this instant is not from the request sent last. `None` if the server's clock was not known.
    pub since: Option<Timestamp>,
    /// The name under which the browser has saved it; `None` if it has not.
    saved_as: Option<String>,
}

/// The actions whose result is not known yet. From [`use_pending_actions`].
#[derive(Clone, Copy)]
pub struct PendingActions {
    /// Where they are sent.
    target: StoredValue<String>,
    actions: RwSignal<Vec<JobAction>>,
    /// The action of the page that was opened last.
    opened: StoredValue<Option<JobAction>>,
}

/// Gives these actions to all components, and restores those that the browser has saved for the API and the domain of the
/// session. Nothing is sent again. Needs the session and the configuration.
pub fn provide_pending_actions() {
    let pending = PendingActions {
        target: StoredValue::new(use_session().target.get_untracked()),
        actions: RwSignal::new(Vec::new()),
        opened: StoredValue::new(None),
    };
    use_held_requests(
        PREFIX,
        move || pending.check_leases(),
        move || pending.renew_leases(),
        move || pending.take_saved(),
    );
    provide_context(pending);
}

/// These actions. Panics if `app.rs` has not provided them.
pub fn use_pending_actions() -> PendingActions {
    expect_context()
}

impl PendingActions {
    /// The action on `job`, whose page is opened: the one whose result is not known, or else a new one.
    pub fn of_job(self, job: &JobRoute) -> JobAction {
        let action = self.on_job(job);
        self.opened.set_value(Some(action.clone()));
        action
    }

    /// As [`of_job`](Self::of_job), where no page of the job is open.
    pub fn on_job(self, job: &JobRoute) -> JobAction {
        // The tab that sent it may have been closed meanwhile.
        self.take_saved();
        let known = self.actions.read_untracked().iter().find(|action| action.is_on(job)).cloned();
        known.unwrap_or_else(|| JobAction::new(job.clone(), ActionProgress::default()))
    }

    /// The actions to report on other pages than that of their job: those whose answer is lost and whose result is not
    /// certain yet, and those that the server rejected after the page was left.
    pub fn reported(self) -> Vec<ReportedAction> {
        let reported = |action: &JobAction| {
            let progress = action.progress.read();
            let rejection = progress.stage.rejection();
            Some(ReportedAction {
                job: action.job.clone(),
                action: progress.stage.unresolved().or(rejection)?,
                is_rejected: rejection.is_some(),
            })
        };
        self.actions.read().iter().filter_map(reported).collect()
    }

    /// Saves `action`, which sends `kind` now.
    pub fn save(self, action: &JobAction, kind: Action, since: Option<Timestamp>) {
        let pending = PendingAction::new(self.target.get_value(), &action.job, kind, since);
        let mut progress = action.progress.write();
        progress.since = since;
        progress.saved_as = saved_requests::save(PREFIX, None, &pending.save());
        drop(progress);
        self.actions.update(|actions| actions.push(action.clone()));
    }

    /// Changes the stage of `action`, and forgets it when its result is known, or when a person has read that it was
    /// rejected. The components may be gone. If the session has ended, nobody sees the result: the action stays saved, so
    /// that the next sign-in checks it.
    pub fn update<T>(self, action: &JobAction, update: impl FnOnce(&mut ActionStage) -> T) -> T {
        let mut progress = action.progress.write();
        let result = update(&mut progress.stage);
        let is_resolved = !progress.stage.is_pending() && !self.actions.is_disposed();
        let saved_as = progress.saved_as.take_if(|_| is_resolved);
        let is_read = is_resolved && progress.stage.rejection().is_none();
        drop(progress);
        saved_requests::remove(saved_as.as_deref());
        if is_read {
            self.forget(action);
        }
        result
    }

    /// Takes the saved actions that no other tab holds. Each is to be checked.
    fn take_saved(self) {
        let accept = |name: &str, pending: PendingAction| {
            let job = self.target.with_value(|target| pending.job_at(target));
            Some((job.filter(|_| !self.has_saved(name))?, pending))
        };
        for (name, (job, pending)) in saved_requests::take(PREFIX, PendingAction::load, accept) {
            let stage = ActionStage::restored(pending.action);
            let progress = ActionProgress { stage, since: pending.since(), saved_as: Some(name) };
            let action = self.restore(job, progress);
            self.actions.update(|actions| actions.push(action));
        }
    }

    /// A saved action on `job`. The page of the job, if it is open and has no other action in progress, shows it too.
    fn restore(self, job: JobRoute, progress: ActionProgress) -> JobAction {
        let opened = self.opened.get_value().filter(|opened| opened.is_on(&job));
        match opened.filter(|opened| !self.actions.read_untracked().contains(opened)) {
            Some(opened) => {
                opened.progress.set(progress);
                opened
            }
            None => JobAction::new(job, progress),
        }
    }

    fn has_saved(self, name: &str) -> bool {
        let is_saved_as = |action: &JobAction| action.saved_as().as_deref() == Some(name);
        self.actions.read_untracked().iter().any(is_saved_as)
    }

    /// Keeps the saved actions for this tab.
    fn renew_leases(self) {
        self.check_leases();
        for name in self.actions.read_untracked().iter().filter_map(JobAction::saved_as) {
            if saved_requests::lease_owner(&name) == LeaseOwner::ThisTab {
                saved_requests::renew(&name);
            }
        }
    }

    /// Leaves the actions that another tab has taken to that tab. Their own page still shows what it knows. An action that
    /// is no longer saved is still reported: nobody may have resolved it. An answer to a request in flight is still awaited.
    fn check_leases(self) {
        for action in self.actions.get_untracked() {
            let Some(name) = action.saved_as() else { continue };
            let owner = saved_requests::lease_owner(&name);
            let mut progress = action.progress.write_untracked();
            if owner == LeaseOwner::ThisTab || matches!(progress.stage, ActionStage::Sent(_)) {
                continue;
            }
            progress.saved_as = None;
            drop(progress);
            if owner == LeaseOwner::OtherTab {
                self.forget(&action);
            }
        }
    }

    fn forget(self, action: &JobAction) {
        if self.actions.try_with_untracked(|actions| actions.contains(action)) == Some(true) {
            self.actions.try_update(|actions| actions.retain(|other| other != action));
        }
    }
}

impl JobAction {
    fn new(job: JobRoute, progress: ActionProgress) -> Self {
        Self { job, progress: ArcRwSignal::new(progress) }
    }

    fn is_on(&self, job: &JobRoute) -> bool {
        (self.job.family, &self.job.id) == (job.family, &job.id)
    }

    fn saved_as(&self) -> Option<String> {
        self.progress.with_untracked(|progress| progress.saved_as.clone())
    }
}
