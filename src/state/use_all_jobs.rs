//! The driver of the list of all jobs: gives `api::all_jobs` the network, the clock and the session.

use std::time::Duration;

use leptos::prelude::{LocalStorage, StoredValue, UpdateValue};

use crate::reactive::{RwSignal, Signal, effect, follow};
use crate::state::remote::FetchStatus;
use crate::state::session::{Session, use_session};
use crate::state::use_remote::{Asking, Sent, spawn};
use crate::state::wall_clock::now;
use cckm_core::format::time::Timestamp;
use cckm_core::list::all_jobs::{AllJobs, AllPage};
use cckm_core::route::AllRoute;

/// All jobs and the ways to ask for them anew.
#[derive(Clone, Copy)]
pub struct UseAllJobs {
    driver: StoredValue<Driver, LocalStorage>,
    session: Session,
    page: RwSignal<AllPage>,
    course: RwSignal<FetchStatus>,
    asked: RwSignal<u32>,
}

struct Driver {
    jobs: AllJobs,
    sent: Vec<(u32, Sent)>,
}

/// Asks for the page of all jobs that `route` names, and again for another page, for another session,
/// and when told to. Between these, [`UseAllJobs::asking`] only looks whether what is shown is still so,
/// and once in `idle` whether there is more. What is under way ends with the owner.
pub fn use_all_jobs(route: Signal<AllRoute>, idle: Duration) -> UseAllJobs {
    let session = use_session();
    let mut jobs = route.with_untracked(AllJobs::new);
    let page = RwSignal::new(jobs.page());
    let sent = Vec::new();
    let all = UseAllJobs {
        driver: StoredValue::new_local(Driver { jobs, sent }),
        session,
        page,
        course: RwSignal::new(FetchStatus::default()),
        asked: RwSignal::new(0),
    };
    follow(route, move |route| all.turn(&mut |jobs, _| jobs.go(&route)));
    let mut last = None;
    effect(move || {
        let current = (session.generation().get(), all.asked.get());
        let before = last.replace(current).unwrap_or(current);
        if before.0 != current.0 {
            all.turn(&mut |jobs, now| jobs.resume(now, idle));
        } else if before.1 != current.1 {
            all.turn(&mut |jobs, now| jobs.look(now, idle));
        }
    });
    all
}

impl UseAllJobs {
    /// The page, as far as it is known.
    pub fn page(self) -> Signal<AllPage> {
        self.page.into()
    }

    /// The asking whether it is still so.
    pub fn asking(self) -> Asking {
        Asking::new(self.course.into(), self.asked)
    }

    /// Reads all lists anew.
    pub fn refresh(self) {
        self.turn(&mut |jobs, _| jobs.refresh());
    }

    /// Asks those lists again that failed.
    pub fn retry(self) {
        self.turn(&mut |jobs, _| jobs.retry());
    }

    /// Does something with the jobs, then sends what they want and shows what has become of them.
    fn turn(self, act: &mut dyn FnMut(&mut AllJobs, Timestamp)) {
        let mut shown = None;
        self.driver.try_update_value(|driver| {
            let Driver { jobs, sent } = driver;
            act(jobs, now());
            sent.retain(|(number, _)| jobs.awaits(*number));
            while let Some((number, request)) = jobs.next_request() {
                let done = move |answer| {
                    let mut answer = Some(answer);
                    self.turn(&mut |jobs, now| {
                        if let Some(answer) = answer.take() {
                            jobs.answered(number, answer, now);
                        }
                    });
                };
                sent.push((number, spawn(self.session, request, Box::new(done))));
            }
            jobs.rest(now());
            let course = jobs.course().clone();
            let course = FetchStatus {
                at: course.at,
                error: course.error,
                in_flight: jobs.is_busy(),
                failures: course.failures,
            };
            shown = Some((jobs.page(), course));
        });
        if let Some((page, course)) = shown {
            self.page.set_changed(page);
            self.course.set_changed(course);
        }
    }
}
