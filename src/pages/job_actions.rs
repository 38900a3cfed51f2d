//! What can be done with a job: cancel it, delete it, start it again. Each is asked for first, sent
//! once, and looked at when its answer is lost; it never decides by itself to send again.

use leptos::task::spawn_local;

use crate::components::{Question, banner, confirm, error_panel};
use crate::pages::action_told::{UNSEEN, lost, refused, unfinished};
use crate::reactive::{Callback, RwSignal, Signal, follow};
use crate::state::focus;
use crate::state::location::{Location, use_location};
use crate::state::order::send_once;
use crate::state::remote::Answer;
use crate::state::server_clock;
use crate::state::session::{Session, use_session};
use crate::state::use_remote::{Asking, UseRemote};
use crate::view::{Element, View, dynamic, el, key, several};
use cckm_core::api::error::ApiError;
use cckm_core::api::explain::About;
use cckm_core::api::{decode, requests};
use cckm_core::batch::requests as bulk;
use cckm_core::family::Resource;
use cckm_core::format::text::{counted, cut, grouped};
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use cckm_core::job::action::{Action, ActionLabels, ActionStage, Observation};
use cckm_core::job::counts::{Counts, Progress};
use cckm_core::job::item_status::ItemStatus;
use cckm_core::route::{BatchRoute, JobRoute, JobsRoute, Page, Route, StartRoute, encode};
use cckm_core::schedule::Schedule;
use cckm_core::start::request::CLOCK_TOLERANCE_MS;

/// The id of the row, and of the question while one is open.
const ROW: &str = "job-actions";
const QUESTION: &str = "job-question";

/// What can be done with a job as it is now.
#[derive(Clone, PartialEq)]
struct Offer {
    actions: Vec<Action>,
    failed: usize,
}

/// All that the actions of one job need; copied freely.
#[derive(Clone, Copy)]
struct Actions {
    stage: RwSignal<ActionStage>,
    answer: Signal<Option<Answer<Job>>>,
    named: Signal<JobRoute>,
    asking: Asking,
    session: Session,
    location: Location,
    /// The instant before which nothing that was sent last can have been done, if the server's clock
    /// is known.
    since: RwSignal<Option<Timestamp>>,
}

/// The row of what can be done with the job that `route` names, and below it the open question or
/// what came of the last one. Nothing before the job is known.
pub fn job_actions(data: UseRemote<Job>, route: Signal<JobRoute>) -> View {
    let actions = Actions {
        stage: RwSignal::new(ActionStage::default()),
        answer: data.answer(),
        named: route,
        asking: data.asking(),
        session: use_session(),
        location: use_location(),
        since: RwSignal::new(None),
    };
    actions.follow_job(data.error());
    let offer = Signal::memo(move |_| Some(actions.offer(&actions.answer.get()?.value)));
    let is_busy = Signal::memo(move |_| actions.stage.with(ActionStage::is_busy));
    let row = dynamic(move || Some(actions.row(offer.get()?, is_busy.get())));
    // Only the stage: the question stays as it is while the job changes.
    let stage = Signal::memo(move |_| actions.stage.get());
    several([row, dynamic(move || actions.said(stage.get()))])
}

impl Actions {
    fn offer(self, job: &Job) -> Offer {
        let family = self.named.get_untracked().family;
        let counts = Counts::of(&job.items);
        // What failed can be asked for once more only where a job lists what it was asked for.
        let failed = family.asked.map_or(0, |_| counts.get(ItemStatus::Failed));
        let fitting = Action::ALL.into_iter();
        let fitting = fitting.filter(|action| action.fits(family, job));
        Offer {
            actions: fitting.collect(),
            failed,
        }
    }

    fn row(self, offer: Offer, is_busy: bool) -> Element {
        let JobRoute { family, id, .. } = self.named.get_untracked();
        let button = |action: Action| {
            el("button")
                .attr("type", "button")
                .class("button")
                .attr("aria-disabled", if is_busy { "true" } else { "false" })
                .on("click", move |_| self.turn(|stage| stage.ask(action)))
                .child(action.words(family.resource).label)
        };
        let start = |label: String, failed: bool, edit: bool| {
            let from = Some(id.clone());
            let route = StartRoute {
                family,
                from,
                failed,
                edit,
            };
            el("a")
                .class("button")
                .set("href", encode(&Route::Start(route)))
                .child(label)
        };
        let again = family.starts().then(|| {
            let label = match family.resource {
                Resource::Jobs => "Start again…",
                Resource::Schedules => "Create another like it…",
            };
            start(label.into(), false, false)
        });
        let failed = (family.starts() && offer.failed > 0).then(|| {
            let label = format!("Start again for {} failed…", grouped(offer.failed));
            start(label, true, false)
        });
        // What takes many keys takes the failures of a job too.
        let batch = (offer.failed > 0 && family == bulk::family()).then(|| {
            let from = format!("{}/{id}", family.path);
            el("a")
                .class("button")
                .set("href", encode(&Route::Batch(BatchRoute::from(from))))
                .child("Batch of failures…")
        });
        // Those that end something stand last.
        let (ends, others): (Vec<Action>, _) =
            (offer.actions.into_iter()).partition(|action| *action == Action::Delete);
        let buttons = |actions: Vec<Action>| actions.into_iter().map(button).collect::<Vec<_>>();
        let (label, other) = match family.resource {
            Resource::Jobs => ("What can be done with this job", None),
            Resource::Schedules => (
                "What can be done with this schedule",
                Some(start("Change…".into(), false, true)),
            ),
        };
        el("div")
            .class("actions")
            .attr("id", ROW)
            .attr("role", "group")
            .attr("tabindex", "-1")
            .attr("aria-label", label)
            .children(buttons(others))
            .child(other)
            .child(batch)
            .child(again)
            .child(failed)
            .children(buttons(ends))
    }

    /// The open question, or what there is to say.
    fn said(self, stage: ActionStage) -> View {
        let resource = self.named.get_untracked().family.resource;
        let text = match stage {
            ActionStage::Idle => return View::none(),
            ActionStage::Requested(action) => return self.question(action).into(),
            ActionStage::Refused(_, problem) => {
                return error_panel(problem, Callback::new(|()| ())).into();
            }
            ActionStage::Seen(action, problem, sight) => {
                return lost(problem, action.seen(sight), None);
            }
            ActionStage::VerificationFailed(_, problem) => {
                let look = el("button")
                    .attr("type", "button")
                    .class("button")
                    .on("click", move |_| self.turn(|stage| _ = stage.look()))
                    .child("Look again");
                return lost(problem, UNSEEN, Some(look));
            }
            ActionStage::Obsolete(action) => action.words(resource).moot,
            ActionStage::Sent(action) => action.words(resource).sending,
            ActionStage::Taken(action) => action.words(resource).taken,
            ActionStage::Looking(..) => "The answer was lost; looking for what became of it…",
        };
        banner("info", vec![el("p").child(text).into()]).into()
    }

    fn question(self, action: Action) -> Element {
        let answer = self.answer;
        let family = self.named.get_untracked().family;
        let items = move || {
            let answer = answer.get()?;
            let job = &answer.value;
            let counts = Counts::of(&job.items);
            Some(match (action, family.resource) {
                (Action::Cancel, _) => {
                    let progress = Progress::of_job(job, family, counts);
                    unfinished(family, progress)
                }
                (Action::Delete, Resource::Jobs) => {
                    let (one, many) = family.item;
                    let count = counted(counts.total(), one, many);
                    format!("The server forgets the job and what it says of {count}, for good.")
                }
                _ => {
                    let Schedule {
                        name, operation, ..
                    } = Schedule::of(job);
                    format!("{} ({})", cut(name), cut(operation))
                }
            })
        };
        let ActionLabels {
            title, verb, means, ..
        } = *action.words(family.resource);
        let question = Question {
            title: title.into(),
            what: vec![
                el("p").child(dynamic(items)).into(),
                el("p").child(means).into(),
            ],
            verb: verb.into(),
            count: None,
        };
        let yes = Callback::new(move |()| self.send());
        let no = Callback::new(move |()| self.turn(ActionStage::dismiss));
        confirm(question, yes, no)
            .attr("id", QUESTION)
            .attr("tabindex", "-1")
            .on("keydown", move |event| {
                if key(&event) == "Escape" {
                    self.turn(ActionStage::dismiss);
                }
            })
    }

    /// Closes a question that makes no sense any more, looks at the job when it is time, and keeps
    /// the focus near.
    fn follow_job(self, error: Signal<Option<ApiError>>) {
        follow(self.answer, move |answer| {
            if let Some(answer) = answer {
                let family = self.named.get_untracked().family;
                self.turn(|stage| stage.follow(|action| action.fits(family, &answer.value)));
            }
        });
        follow(error, move |error| {
            if matches!(error, Some(ApiError::NotFound(_))) {
                self.turn(|stage| stage.follow(|_| false));
            }
        });
        let stage = self.stage;
        let is_asked = Signal::memo(move |_| matches!(stage.get(), ActionStage::Requested(_)));
        let mut was_asked = false;
        follow(is_asked, move |is_asked| {
            if is_asked {
                focus::give(QUESTION);
            } else if was_asked {
                focus::catch(ROW);
            }
            was_asked = is_asked;
        });
        let is_looking = Signal::memo(move |_| matches!(stage.get(), ActionStage::Looking(..)));
        follow(is_looking, move |is_looking| {
            if is_looking {
                self.look();
            }
        });
    }

    fn turn(self, act: impl FnOnce(&mut ActionStage)) {
        // Does nothing when the page is gone.
        self.stage.update(act);
    }

    /// Sends what was asked about, once, whatever becomes of this page.
    fn send(self) {
        let mut sent = None;
        self.turn(|stage| sent = stage.confirm());
        let Some(action) = sent else { return };
        let named = self.named.get_untracked();
        let request = match action {
            Action::Cancel => requests::cancel(&named),
            Action::Delete => requests::delete(&named),
            Action::RunNow => requests::run_now(&named),
            Action::Enable => requests::disable(&named, false),
            Action::Disable => requests::disable(&named, true),
        };
        let (now, by_server) = server_clock::now();
        let since = Timestamp::from_ms(now.ms().saturating_sub(CLOCK_TOLERANCE_MS));
        self.since.set(by_server.then_some(since));
        send_once(self.session, request, move |answer| {
            let Err(error) = answer else {
                self.turn(ActionStage::taken);
                return self.taken(action, &named);
            };
            let permission = named.family.permission;
            let problem = error.problem(About {
                kept: false,
                permission,
            });
            if error.may_have_acted() {
                return self.turn(|stage| _ = stage.lost(problem));
            }
            let problem = refused(action, named.family.resource, &error, problem);
            self.turn(|stage| stage.refused(problem));
            self.asking.refresh();
        });
    }

    fn taken(self, action: Action, named: &JobRoute) {
        if action != Action::Delete {
            return self.asking.refresh();
        }
        let page = Page::Job(named.family, named.id.clone());
        // Someone who has gone elsewhere meanwhile is not taken away from there.
        if self.location.route().with_untracked(Route::page) == page {
            let list = self.location.last_list().get_untracked();
            let list = list.filter(|list| list.family().is_none_or(|own| own == named.family));
            let list = list.unwrap_or_else(|| Route::Jobs(JobsRoute::of(named.family)));
            self.location.navigate(&list);
        }
    }

    /// Looks at the job with a request of its own: one that was under way may have been answered
    /// before the action came to the server.
    fn look(self) {
        let ActionStage::Looking(action, _) = self.stage.get_untracked() else {
            return;
        };
        let named = self.named.get_untracked();
        let since = self.since.get_untracked();
        let (session, asking) = (self.session, self.asking);
        let runs = action == Action::RunNow;
        let request = if runs {
            requests::newest_runs(&named.id)
        } else {
            requests::get(&named)
        };
        spawn_local(async move {
            let answer = session.send(request).await;
            let sight = answer.and_then(|reply| {
                if runs {
                    let page = decode::job_page(&reply.body)?;
                    return Ok(since.map(|since| Observation::of_runs(&page.jobs, since)));
                }
                decode::job(&reply.body).map(|job| Some(Observation::of(action, &job)))
            });
            let sight = match sight {
                Ok(sight) => sight,
                Err(ApiError::NotFound(_)) => Some(Observation::Gone),
                Err(_) => None,
            };
            self.turn(|stage| stage.looked(sight));
            asking.refresh();
        });
    }
}
