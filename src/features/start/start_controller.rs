//! Sends starts and looks for the jobs of lost ones. It sends only when [`StartRequest`] permits it, and continues
//! after the person leaves the page of the form.

use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::api::response::Response;
use cckm_core::api::{decode, requests};
use cckm_core::family::start_api::StartApi;
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use cckm_core::route::{JobListRoute, JobRoute, Route, StartRoute};
use cckm_core::start::duplicates::{SEARCHED_JOBS, duplicates};
use cckm_core::start::lookup::{Lookup, LookupResult};
use cckm_core::start::request::{CLOCK_TOLERANCE_MS, StartOutcome, StartRequest, StartStage};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::saved_starts::{SavedStarts, use_held_starts, use_saved_starts};
use super::start_forms::{Duplicates, SentStart, StartForm, StartForms, use_start_forms};
use crate::hooks::{
    ChangedJobs, KnownIdStore, Session, UseLocation, remember_at, saved_requests, use_changed_jobs,
    use_known_ids, use_location, use_session,
};

/// Controls one start form.
#[derive(Clone, Copy)]
pub struct StartController {
    /// The form.
    pub form: StartForm,
    forms: StartForms,
    session: Session,
    location: UseLocation,
    /// Stores the ids of jobs that the API does not list.
    known_ids: Option<KnownIdStore>,
    /// Remembers that the job exists.
    started: Option<ChangedJobs>,
    /// Saves the start before it is sent.
    saved: SavedStarts,
}

/// What the answer to a request needs, even if the form is gone.
struct InFlight {
    /// The number of the request.
    number: u32,
    /// Whether it repeats a request whose result is unknown.
    is_repeat: bool,
    /// When it was sent, by the clock of [`StartController::now`].
    sent_at: Timestamp,
    route: StartRoute,
    /// The name under which the browser has saved the start.
    saved_as: Option<String>,
    /// Where the ids of jobs are stored that the API does not list.
    known_ids: Option<String>,
}

/// The controller of the form of `route`.
pub fn use_start_controller(route: &StartRoute, api: &'static StartApi) -> StartController {
    let forms = use_start_forms();
    let family = route.family;
    StartController {
        form: forms.form(route, api),
        forms,
        session: use_session(),
        location: use_location(),
        known_ids: family.list.is_none().then(|| forms.run_in_owner(|| use_known_ids(family))),
        started: use_changed_jobs(),
        saved: forms.run_in_owner(use_saved_starts),
    }
}

impl StartController {
    /// The request that sends the form.
    pub fn request(self) -> Request {
        // A form whose start has an unknown result cannot be changed: what is repeated is what was sent.
        let progress = self.form.progress.read_untracked();
        let sent = progress.sent.as_ref().filter(|_| progress.request.is_unresolved());
        let body = match sent {
            Some(sent) => sent.body.clone(),
            None => self.form.draft.read_untracked().body(),
        };
        self.form.route.with_value(|route| match &route.from {
            Some(id) if route.edit => requests::update(&JobRoute::new(route.family, id), &body),
            _ => requests::create(route.family, &body),
        })
    }

    /// The present, by the server's clock if it is known.
    pub fn now(self) -> Timestamp {
        self.session.server_time().now
    }

    /// Sends the form, which the person has confirmed.
    pub fn confirm(self) {
        self.send(StartRequest::confirm);
    }

    /// Sends the same request again by the person's decision, although the job may have been started already. Sends
    /// nothing if another tab has taken the start, or may have resolved it since the form showed that it is saved.
    pub fn send_again(self) {
        let is_saved = self.form.is_saved();
        self.form.renew_lease();
        if self.form.is_saved() == is_saved {
            self.send(StartRequest::send_again);
        }
    }

    fn send(self, permit: impl FnOnce(&mut StartRequest) -> Option<u32>) {
        let request = self.request();
        let route = self.form.route.get_value();
        let server_time = self.session.server_time();
        let since_ms = server_time.now.as_ms().saturating_sub(CLOCK_TOLERANCE_MS);
        let new = SentStart {
            body: request.body.clone().unwrap_or_default(),
            since: Timestamp::from_ms(since_ms),
            is_server_time: server_time.is_known,
        };
        let in_flight = self.form.progress.try_update(|progress| {
            let number = permit(&mut progress.request)?;
            let is_repeat = progress.request.is_repeat();
            // A repeated start may be the job of the first request: it is looked for from then on.
            let earlier = progress.sent.take().filter(|_| is_repeat && !route.edit);
            let sent = earlier.unwrap_or(new);
            progress.error = None;
            progress.is_restored = false;
            let earlier = progress.saved_as.take();
            // Saved first: after a reload it is looked for, and not sent again. A change can be sent twice.
            if !route.edit {
                progress.saved_as = self.saved.save(&route, &sent, earlier);
            }
            progress.sent = Some(sent);
            let saved_as = progress.saved_as.clone();
            let known_ids = self.known_ids.map(KnownIdStore::key);
            let sent_at = server_time.now;
            Some(InFlight { number, is_repeat, sent_at, route, saved_as, known_ids })
        });
        if let Some(in_flight) = in_flight.flatten() {
            self.session.send_mutation(request, move |answer| self.finish(in_flight, answer));
        }
    }

    /// Takes the answer to a request. The page of the form may be gone, and so may the form, if the session has ended
    /// or another user has signed in. Then the start stays saved, so that the next sign-in looks for its job.
    fn finish(self, in_flight: InFlight, answer: Result<Response, ApiError>) {
        let InFlight { number, is_repeat, sent_at, route, saved_as, known_ids } = in_flight;
        // An answer without a body does not name the job, but confirms that it was started.
        let body = answer.as_ref().map(|response| response.body.clone()).unwrap_or_default();
        let job = answer.and_then(|response| {
            let has_body = !response.body.trim_ascii().is_empty();
            has_body.then(|| decode::job(&response.body)).transpose()
        });
        let (outcome, job, error) = match job {
            Ok(job) => {
                let edited = route.from.clone().filter(|_| route.edit);
                let id = edited.or_else(|| job.as_ref().and_then(Job::id));
                (StartOutcome::Started(id), job, None)
            }
            Err(error) if error.may_have_acted() => {
                let unknown =
                    if route.edit { StartOutcome::ChangeUnknown } else { StartOutcome::Lost };
                (unknown, None, Some(error))
            }
            Err(error) => (StartOutcome::Refused, None, Some(error)),
        };
        let is_known = match outcome {
            StartOutcome::Started(_) => true,
            // It says nothing about the first request.
            StartOutcome::Refused => !is_repeat,
            StartOutcome::Lost | StartOutcome::ChangeUnknown => false,
        };
        if let StartOutcome::Started(Some(id)) = &outcome
            && !route.edit
        {
            self.remember(&route, known_ids, id, body);
        }
        let stage = self.form.progress.try_update(|progress| {
            progress.error = error;
            progress.request.finish(number, outcome);
            progress.request.stage().clone()
        });
        if is_known && stage.is_some() {
            saved_requests::remove(saved_as.as_deref());
        }
        match stage {
            Some(StartStage::Lost) => {
                self.form.renew_lease();
                self.look_up();
            }
            Some(StartStage::Started(Some(id))) => {
                if let Some(job) = job.filter(|_| !route.edit) {
                    self.check_duplicates(job, sent_at);
                }
                self.open(id);
            }
            _ => {}
        }
    }

    /// Remembers the started job `id`: `body` is the answer to its start, and `known_ids` the storage of its id, if the
    /// API does not list such jobs.
    fn remember(self, route: &StartRoute, known_ids: Option<String>, id: &str, body: Vec<u8>) {
        if let Some(started) = self.started {
            started.insert(&JobRoute::new(route.family, id), &body, false);
        }
        let is_unsaved = known_ids.is_some_and(|key| remember_at(&key, id.to_owned()).is_err());
        if is_unsaved {
            let unsaved = (route.family, id.to_owned());
            self.forms.unsaved.try_update(|all| all.push(unsaved));
        }
    }

    /// Checks whether the browser has sent the request for `own`, which left at `sent_at`, more than once. Shows nothing
    /// if the check fails, because duplicates are unlikely.
    fn check_duplicates(self, own: Job, sent_at: Timestamp) {
        let family = self.form.route.try_with_value(|route| route.family);
        let Some(family) = family.filter(|family| family.list.is_some()) else {
            return;
        };
        let waited_ms = self.session.server_time().now.ms_since(sent_at);
        let list =
            requests::list(&JobListRoute { limit: SEARCHED_JOBS, ..JobListRoute::new(family) });
        spawn_local(async move {
            let answer = self.session.send(list).await;
            let page = answer.and_then(|response| decode::job_page(&response.body));
            let jobs = page.map(|page| page.jobs).unwrap_or_default();
            let others = duplicates(family, &own, &jobs, waited_ms);
            if !others.is_empty() {
                let ids = own.id().into_iter().chain(others).collect();
                self.forms.duplicates.try_update(|found| found.push(Duplicates { family, ids }));
            }
        });
    }

    /// Looks up the job of a lost start, if the API lists such jobs.
    pub fn look_up(self) {
        let Some(family) = self.form.route.try_with_value(|route| route.family) else {
            return;
        };
        let begun = self.form.progress.try_update(|progress| {
            let sent = progress.sent.clone().filter(|_| family.list.is_some())?;
            Some((progress.request.begin_lookup()?, sent))
        });
        let Some((number, sent)) = begun.flatten() else {
            return;
        };
        let mut lookup = Lookup::new(family, &sent.body, sent.since);
        spawn_local(async move {
            let mut continues = true;
            while continues {
                let (skip, limit) = lookup.page();
                let list =
                    requests::list(&JobListRoute { skip, limit, ..JobListRoute::new(family) });
                let answer = self.session.send(list).await;
                let page = answer.and_then(|response| decode::job_page(&response.body));
                continues = self.take_page(number, page.map(|page| lookup.read_page(&page)));
            }
        });
    }

    /// Takes what the lookup `number` has read so far. Returns whether it continues.
    fn take_page(self, number: u32, read: Result<Option<LookupResult>, ApiError>) -> bool {
        let continues = self.form.progress.try_update(|progress| {
            if progress.request.is_looking_up(number) {
                match read {
                    Ok(None) => return true,
                    Ok(Some(result)) => progress.request.finish_lookup(number, Some(result)),
                    Err(error) => {
                        progress.lookup_error = Some(error);
                        progress.request.finish_lookup(number, None);
                    }
                }
            }
            false
        });
        continues == Some(true)
    }

    /// The person identified the started job as `id`.
    pub fn choose(self, id: String) {
        self.form.progress.update(|progress| {
            saved_requests::remove(progress.saved_as.take().as_deref());
            progress.request.choose(&id);
        });
        if let Some(started) = self.started {
            let family = self.form.route.with_value(|route| route.family);
            started.insert(&JobRoute::new(family, id.clone()), &[], false);
        }
        self.open(id);
    }

    /// The person returned to the form.
    pub fn dismiss(self) {
        self.form.progress.update(|progress| {
            saved_requests::remove(progress.saved_as.take().as_deref());
            progress.request.dismiss();
        });
    }

    /// Opens the job that was started, unless the person is on another page: then the form shows it when they return.
    fn open(self, id: String) {
        let Some(route) = self.form.route.try_get_value() else {
            return;
        };
        let family = route.family;
        if self.location.route.get_untracked() == Route::Start(route.clone()) {
            self.forms.remove(&route);
            self.location.navigate(&Route::Job(JobRoute::new(family, id)));
        }
    }
}

/// Restores the starts whose result was unknown when their page was left, now and when another tab is closed, and looks for
/// their jobs. Nothing is sent again.
pub fn use_restored_starts() {
    let forms = use_start_forms();
    let saved = use_saved_starts();
    let take = move || {
        for (family, api, progress) in saved.take(forms) {
            let route = forms.restore(family, api, progress);
            forms.run_in_owner(|| use_start_controller(&route, api)).look_up();
        }
    };
    use_held_starts(forms, take);
}
