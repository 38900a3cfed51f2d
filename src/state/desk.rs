//! The forms of starts that someone has begun, and what became of what they sent: it outlives the
//! page of the form, so that nothing typed is lost and no lost answer goes unseen.
//!
//! Kept in memory, for as long as the same person is signed in. Sends a start only where
//! `domain::outcome` gives the word.

use leptos::prelude::{Owner, expect_context, provide_context};
use leptos::task::spawn_local;

use crate::reactive::{RwSignal, Signal};
use crate::state::known_ids::{Keeper, keeper};
use crate::state::location::{Location, use_location};
use crate::state::order::send_once;
use crate::state::server_clock;
use crate::state::session::{Session, use_session};
use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::api::response::Response;
use cckm_core::api::{decode, requests};
use cckm_core::family::Family;
use cckm_core::family::start_api::StartApi;
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use cckm_core::route::{JobRoute, JobsRoute, Route, StartRoute};
use cckm_core::start::Draft;
use cckm_core::start::duplicates::{LOOKED_AT, duplicates};
use cckm_core::start::request::{CLOCK_TOLERANCE_MS, Ending, StartRequest, StartStage};
use cckm_core::start::search::{Findings, Search};

/// One form with what became of it.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What is typed.
    pub draft: RwSignal<Draft>,
    /// What was filled in from a job.
    pub filled: RwSignal<Option<Draft>>,
    /// What could not be taken over from the job to be started again; none before it was read.
    pub remarks: RwSignal<Option<Vec<String>>>,
    /// Where the start stands.
    pub order: RwSignal<StartRequest>,
    /// What was sent last.
    pub sent: RwSignal<Option<Sent>>,
    /// Why it was refused, or its answer lost.
    pub error: RwSignal<Option<ApiError>>,
    /// Why looking for the job failed.
    pub blind: RwSignal<Option<ApiError>>,
}

impl Desk {
    /// Whether it stands as it was filled in, and nothing was sent.
    fn is_untouched(&self) -> bool {
        let filled = self.filled.get_untracked();
        let is_draft = |order: &StartRequest| *order.stage() == StartStage::Draft;
        filled == Some(self.draft.get_untracked()) && self.order.with_untracked(is_draft)
    }
}

/// A start that was sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its body.
    pub body: String,
    /// The instant before which the job cannot have been created.
    pub since: Timestamp,
    /// Whether that is by the server's clock; else by the browser's.
    pub by_server: bool,
}

/// All of them.
#[derive(Clone)]
struct Desks {
    owner: Owner,
    all: RwSignal<Vec<(StartRoute, Desk)>>,
    twins: RwSignal<Vec<Twins>>,
}

/// A job, and others that its start may have made as well.
#[derive(Clone, PartialEq, Eq)]
pub struct Twins {
    /// Their family.
    pub family: &'static Family,
    /// The ids, that of the job itself first.
    pub ids: Vec<String>,
}

/// Makes room for them, for the components below.
pub fn provide_desks() {
    provide_context(Desks {
        owner: Owner::new(),
        all: RwSignal::new(Vec::new()),
        twins: RwSignal::new(Vec::new()),
    });
}

/// The jobs that may have come in twos, until someone has seen it and empties this.
pub fn seen_twins() -> RwSignal<Vec<Twins>> {
    let desks: Desks = expect_context();
    desks.twins
}

/// The starts whose outcome nobody knows.
pub fn unresolved() -> Signal<Vec<StartRoute>> {
    let desks: Desks = expect_context();
    Signal::memo(move |_| {
        let all = desks.all.get().into_iter();
        let open = all.filter(|(_, desk)| desk.order.with(StartRequest::is_open));
        open.map(|(route, _)| route).collect()
    })
}

/// The form that `route` names, as it was left.
pub fn use_desk(route: &StartRoute, api: &'static StartApi) -> Desk {
    let desks: Desks = expect_context();
    let known = desks.all.with_untracked(|all| {
        let mut all = all.iter();
        all.find(|(own, _)| own == route).map(|(_, desk)| *desk)
    });
    // What nobody has touched is filled in anew: the job may have gone on meanwhile.
    let known = known.filter(|desk| !desk.is_untouched());
    known.unwrap_or_else(|| {
        let desk = desks.owner.with(|| Desk {
            draft: RwSignal::new(Draft::of(api)),
            filled: RwSignal::new(None),
            remarks: RwSignal::new(None),
            order: RwSignal::new(StartRequest::default()),
            sent: RwSignal::new(None),
            error: RwSignal::new(None),
            blind: RwSignal::new(None),
        });
        desks.all.update(|all| {
            all.retain(|(own, _)| own != route);
            all.push((route.clone(), desk));
        });
        desk
    })
}

/// The hand on one form.
#[derive(Clone)]
pub struct Clerk {
    desk: Desk,
    route: StartRoute,
    desks: Desks,
    session: Session,
    location: Location,
    /// Where its id is kept, if the API could not tell it again.
    keeper: Option<Keeper>,
}

/// The hand on `desk`, the form that `route` names.
pub fn use_clerk(desk: Desk, route: StartRoute) -> Clerk {
    let family = route.family;
    Clerk {
        keeper: family.list.is_none().then(|| keeper(family)),
        desk,
        route,
        desks: expect_context(),
        session: use_session(),
        location: use_location(),
    }
}

impl Clerk {
    /// The person has confirmed the start.
    pub fn confirm(&self) {
        self.order(StartRequest::confirm);
    }

    /// The person has decided to start once more what may have been started.
    pub fn send_again(&self) {
        self.order(StartRequest::send_again);
    }

    /// What sending the form means.
    pub fn request(&self) -> Request {
        let body = self.desk.draft.with_untracked(Draft::body);
        let family = self.route.family;
        match &self.route.from {
            Some(id) if self.route.edit => requests::change(&JobRoute::of(family, id), &body),
            _ => requests::start(family, &body),
        }
    }

    /// Sends what is on the form if the order says so, with the number that it gives.
    fn order(&self, decide: impl FnOnce(&mut StartRequest) -> Option<u32>) {
        let mut number = None;
        self.desk.order.update(|order| number = decide(order));
        let Some(number) = number else {
            return;
        };
        let body = self.desk.draft.with_untracked(Draft::body);
        let request = self.request();
        let (now, by_server) = server_clock::now();
        let since = Timestamp::from_ms(now.ms().saturating_sub(CLOCK_TOLERANCE_MS));
        self.desk.error.set(None);
        self.desk.sent.set(Some(Sent {
            body,
            since,
            by_server,
        }));
        let clerk = self.clone();
        send_once(self.session, request, move |answer| {
            clerk.answered(number, answer);
        });
    }

    fn answered(&self, number: u32, answer: Result<Response, ApiError>) {
        // An answer that tells no job says all the same that one was started.
        let answer = answer.and_then(|reply| {
            let nothing = reply.body.trim_ascii().is_empty();
            (!nothing).then(|| decode::job(&reply.body)).transpose()
        });
        let edited = self.route.from.clone().filter(|_| self.route.edit);
        let mut own = None;
        let answer = answer.map(|job| {
            let id = job.as_ref().and_then(Job::id);
            own = job;
            id
        });
        let (ending, error) = match answer {
            Ok(id) => (Ending::Started(edited.or(id)), None),
            // A change may be sent twice: it makes nothing new.
            Err(error) if error.may_have_acted() && !self.route.edit => (Ending::Lost, Some(error)),
            Err(error) => (Ending::Refused, Some(error)),
        };
        self.desk.error.set(error);
        let mut stage = StartStage::Draft;
        self.desk.order.update(|order| {
            order.ended(number, ending);
            stage = order.stage().clone();
        });
        match stage {
            StartStage::Lost => self.look(),
            StartStage::Started(Some(id)) => {
                if let Some(keeper) = &self.keeper {
                    keeper.remember(id.clone());
                }
                if let Some(own) = own.filter(|_| !self.route.edit) {
                    self.look_for_twins(own);
                }
                self.follow(id);
            }
            _ => (),
        }
    }

    /// Looks whether the browser has sent the start of `own` more than once. A look that fails is
    /// not told of: nothing says that there is anything to find.
    fn look_for_twins(&self, own: Job) {
        let family = self.route.family;
        let sent = self.desk.sent.get_untracked();
        let Some(sent) = sent.filter(|_| family.list.is_some()) else {
            return;
        };
        let took = server_clock::now().0.since(sent.since) - CLOCK_TOLERANCE_MS;
        let page = requests::list(&JobsRoute {
            limit: LOOKED_AT,
            ..JobsRoute::of(family)
        });
        let told = self.desks.twins;
        send_once(self.session, page, move |answer| {
            let page = answer.and_then(|reply| decode::job_page(&reply.body));
            let jobs = page.map(|page| page.jobs).unwrap_or_default();
            let others = duplicates(family, &own, &jobs, took);
            if !others.is_empty() {
                let ids = own.id().into_iter().chain(others).collect();
                told.update(|told| told.push(Twins { family, ids }));
            }
        });
    }

    /// Looks for the job, where the API lists such jobs.
    pub fn look(&self) {
        let family = self.route.family;
        let Some(sent) = self
            .desk
            .sent
            .get_untracked()
            .filter(|_| family.list.is_some())
        else {
            return;
        };
        let mut number = None;
        self.desk.order.update(|order| number = order.look());
        let Some(number) = number else {
            return;
        };
        let mut search = Search::new(family, &sent.body, sent.since);
        let (desk, session) = (self.desk, self.session);
        spawn_local(async move {
            let mut goes_on = true;
            while goes_on {
                let (skip, limit) = search.page();
                let page = requests::list(&JobsRoute {
                    skip,
                    limit,
                    ..JobsRoute::of(family)
                });
                let page = session.send(page).await;
                let found = page.and_then(|reply| decode::job_page(&reply.body));
                let found = found.map(|page| search.take(&page));
                goes_on = took(desk, number, found);
            }
        });
    }

    /// The person says that the job `id` is the one.
    pub fn choose(&self, id: &str) {
        self.desk.order.update(|order| order.choose(id));
        self.follow(id.to_owned());
    }

    /// The person goes back to the form.
    pub fn leave(&self) {
        self.desk.order.update(StartRequest::leave);
    }

    /// Empties the form.
    pub fn clear(&self) {
        let route = &self.route;
        let all = self.desks.all;
        all.update(|all| all.retain(|(own, _)| own != route));
    }

    /// Goes to the job that was started, unless the person has gone elsewhere; then the form tells
    /// of it when they come back.
    fn follow(&self, id: String) {
        let here = Route::Start(self.route.clone());
        if self.location.route().get_untracked() == here {
            self.clear();
            let job = JobRoute::of(self.route.family, id);
            self.location.navigate(&Route::Job(job));
        }
    }
}

/// Takes in one page of a look. Whether it goes on.
fn took(desk: Desk, number: u32, found: Result<Option<Findings>, ApiError>) -> bool {
    let mut goes_on = false;
    desk.order.update(|order| {
        match &found {
            Ok(None) => (),
            Ok(Some(findings)) => order.looked(number, Some(findings.clone())),
            Err(_) => order.looked(number, None),
        }
        goes_on = order.is_looking(number);
    });
    desk.blind.set(found.err());
    goes_on
}
