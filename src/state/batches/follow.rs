//! Reads the jobs of a batch while a page shows it, until they are over.

use std::mem;
use std::time::Duration;

use leptos::prelude::document;
use leptos::task::spawn_local;

use crate::reactive::{follow, on_cleanup};
use crate::state::batches::Batches;
use crate::state::listen::listen;
use crate::state::timer::Timer;
use crate::state::{clock, wall_clock};
use cckm_core::api::decode;
use cckm_core::api::error::ApiError;
use cckm_core::batch::State;
use cckm_core::batch::requests as bulk;
use cckm_core::job::Job;
use cckm_core::poll::{PollFacts, next_delay};

/// How long what was read waits for more before it is shown, for a batch of few keys and of many.
const SOON: Duration = Duration::from_millis(50);
const LATER: Duration = Duration::from_millis(500);
/// When a job is due that is asked for while the reading is paused: not before someone says so.
const PAUSED: Duration = Duration::from_secs(1 << 32);
/// Browsers know no timer of more than some days.
const LONGEST: Duration = Duration::from_secs(3_600);
const MANY_KEYS: usize = 10_000;

/// The time in milliseconds, for what is asked for when.
pub(super) fn ms() -> i64 {
    i64::try_from(clock::now().as_millis()).unwrap_or(i64::MAX)
}

impl Batches {
    /// Reads the jobs of `name` as long as the caller is on the page.
    pub fn watch(self, name: &str) {
        let (name, own, gone) = (name.to_owned(), name.to_owned(), name.to_owned());
        self.work(&name, &mut |work| work.watchers += 1);
        on_cleanup(move || {
            self.work(&gone, &mut |work| {
                work.watchers = work.watchers.saturating_sub(1);
                work.timer = None;
            });
        });
        listen("visibilitychange", move |_| self.pump(&own));
        let own = name.clone();
        follow(self.session.generation(), move |_| {
            self.work(&own, &mut |work| {
                if !work.paused {
                    work.follow.hold(0);
                }
            });
            self.pump(&own);
        });
        follow(self.changed(), move |_| self.pump(&name));
    }

    /// Reads all jobs anew, or pauses, or goes on.
    pub fn refresh(self, name: &str, pause: bool) {
        self.work(name, &mut |work| {
            work.paused ^= pause;
            if work.paused && pause {
                work.follow.hold(i64::MAX);
            } else {
                work.follow.refresh(ms(), !pause);
            }
        });
        self.tell();
    }

    /// Whether any job is being asked for, and whether all are over.
    pub fn course(self, name: &str) -> (bool, bool) {
        let course = self.with(name, |work| (work.follow.is_busy(), work.follow.is_over()));
        course.unwrap_or_default()
    }

    /// Asks for the jobs that are due, and sets the timer for the next.
    fn pump(self, name: &str) {
        loop {
            let next = self.with(name, |work| {
                if work.watchers == 0 || document().hidden() {
                    return None;
                }
                let part = work.follow.next(ms())?;
                let id = match &work.batch.parts().get(part)?.state {
                    State::Started(id) => Some(id.clone()),
                    _ => None,
                };
                if id.is_none() {
                    work.follow.stop(part);
                }
                Some((part, id))
            });
            let Some((part, id)) = next.flatten() else {
                break;
            };
            let Some(id) = id else {
                continue;
            };
            self.ask(name.to_owned(), part, id);
        }
        let own = name.to_owned();
        self.work(name, &mut |work| {
            let wake = work.follow.wake().filter(|_| work.watchers > 0);
            let own = own.clone();
            work.timer = wake.and_then(|wake| {
                let wait = u64::try_from(wake.saturating_sub(ms())).unwrap_or(0);
                let wait = Duration::from_millis(wait.max(1)).min(LONGEST);
                Timer::start(wait, move || self.pump(&own))
            });
        });
    }

    fn ask(self, name: String, part: usize, id: String) {
        spawn_local(async move {
            let answer = self.session.send(bulk::job(&id)).await;
            let job = answer.and_then(|reply| decode::job(&reply.body));
            self.answered(&name, part, &job);
            self.publish(&name);
            self.pump(&name);
        });
    }

    fn answered(self, name: &str, part: usize, job: &Result<Job, ApiError>) {
        let bounds = self.bounds;
        self.work(name, &mut |work| {
            let mut facts = PollFacts {
                running: true,
                ..PollFacts::default()
            };
            let again = match job {
                Ok(job) => {
                    work.table.read(&work.batch, part, job);
                    (work.at, work.error, work.failures) = (Some(wall_clock::now()), None, 0);
                    // Without a status nothing tells that it is over.
                    job.status().is_running() || job.overall_status().is_none()
                }
                Err(error) => {
                    work.failures += 1;
                    facts.failures = work.failures;
                    facts.retry_after = error.retry_after();
                    if let Some(wait) = facts.retry_after {
                        let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
                        work.follow.hold(ms().saturating_add(wait));
                    }
                    let signed_out = *error == ApiError::SignedOut;
                    if signed_out {
                        // Until someone has signed in.
                        work.follow.hold(i64::MAX);
                    } else {
                        work.table.fail(part, bulk::said(error));
                    }
                    work.error = Some(error.clone()).filter(|_| !signed_out);
                    signed_out || error.is_retryable()
                }
            };
            let delay = if work.paused {
                Some(PAUSED)
            } else {
                next_delay(&bounds, &facts, js_sys::Math::random())
            };
            let delay = delay.filter(|_| again);
            work.follow.answered(part, ms(), delay);
        });
    }

    /// Shows what was read, together with what comes soon after.
    pub(super) fn publish(self, name: &str) {
        let wait = self.with(name, |work| {
            let is_first = !mem::replace(&mut work.publishing, true);
            let many = work.table.items().len() > MANY_KEYS;
            is_first.then_some(if many { LATER } else { SOON })
        });
        let Some(wait) = wait.flatten() else {
            return;
        };
        let name = name.to_owned();
        mem::forget(Timer::start(wait, move || {
            self.work(&name, &mut |work| {
                (work.publishing, work.shown) = (false, None);
            });
            self.read.update(|times| *times = times.wrapping_add(1));
        }));
    }
}
