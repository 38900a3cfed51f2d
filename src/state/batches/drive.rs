//! Sends the jobs of a batch, a few at a time, and looks for those whose answers were lost.

use std::collections::HashSet;
use std::mem;
use std::time::Duration;

use leptos::prelude::UpdateValue;
use leptos::task::spawn_local;

use crate::state::batches::{Batches, KEYS, STATE, load};
use crate::state::order::send_once;
use crate::state::session::Session;
use crate::state::timer::Timer;
use crate::state::wall_clock::now;
use crate::state::{kept, lease};
use cckm_core::api::decode;
use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::batch;
use cckm_core::batch::requests as bulk;
use cckm_core::batch::{Batch, Outcome, State, Stop};
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;

/// How many starts are under way at a time.
const AT_ONCE: usize = 2;
/// How long another tab that took the batch at the same moment has to be seen.
const SETTLE: Duration = Duration::from_millis(200);
/// How often, and after how long, a job that was not found is looked for once more: a server may be slow
/// to list it. How often when the server did not answer.
const LOOKS: u32 = 1;
const LOOK_AGAIN: Duration = Duration::from_secs(3);
const TRIES: u32 = 3;
/// How many pages of jobs are looked through at the most.
const MOST_PAGES: usize = 20;

/// What someone says to a batch that stands still.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Go on.
    GoOn,
    /// Look once more for what was looked for in vain, then go on.
    Look,
    /// Send this part once more, then go on.
    SendAgain(usize),
}

/// What is to be done next.
enum Step {
    Nothing,
    Look,
    Send(usize, Request),
}

impl Batches {
    /// Keeps a new batch and begins it: its name, or `None` if the browser cannot keep it.
    pub fn start(self, batch: Batch) -> Option<String> {
        let batch = batch.made_at(self.place());
        let name = batch::name(now(), js_sys::Math::random());
        let saved = batch.save();
        let is_kept = kept::save(&format!("{KEYS}{name}"), &batch.save_keys())
            && kept::save(&format!("{STATE}{name}"), &saved)
            && lease::take(&name);
        if !is_kept {
            self.forget(&name);
            return None;
        }
        self.put(&name, batch, saved);
        self.work(&name, &mut |work| work.held = true);
        self.drive(&name);
        Some(name)
    }

    /// Where a batch that is made now belongs.
    fn place(self) -> String {
        let mut base = String::new();
        self.base.try_update_value(|own| base.clone_from(own));
        batch::place(&base, self.session.domain().get_untracked().as_deref())
    }

    /// Whether the batch `name` was made here: at this server, in the domain of who is signed in.
    pub fn is_here(self, name: &str) -> bool {
        let place = self.place();
        self.with(name, |work| work.batch.is_of(&place)) == Some(true)
    }

    /// Someone says that it is to go on, which it does only where it was made.
    pub fn go_on(self, name: &str, word: Word) {
        if !self.is_here(name) {
            return self.tell();
        }
        let own = name.to_owned();
        self.hold(name, move || {
            self.work(&own, &mut |work| {
                match word {
                    Word::GoOn => (),
                    Word::Look => work.batch.look_again(),
                    Word::SendAgain(part) => work.batch.send_again(part),
                }
                work.batch.go_on(now());
                work.looks = 0;
                work.checked = false;
            });
            self.keep(&own);
            self.drive(&own);
        });
    }

    /// Someone says that no more is to be sent.
    pub fn halt(self, name: &str) {
        self.work(name, &mut |work| {
            work.batch.halt(Stop::here(
                "Stopped",
                "No more jobs are started until you say so. Jobs that were started go on.",
            ));
        });
        self.keep(name);
        self.drive(name);
    }

    /// Takes the batch for this tab, then does something with it as it was kept last. Nothing happens
    /// while another tab has it, which the page tells.
    fn hold(self, name: &str, then: impl FnOnce() + 'static) {
        if self.with(name, |work| work.held) == Some(true) && lease::is_own(name) {
            return then();
        }
        if !lease::take(name) {
            return self.tell();
        }
        let name = name.to_owned();
        // Ends by itself.
        mem::forget(Timer::start(SETTLE, move || {
            if lease::is_own(&name) {
                self.reload(&name);
                if self.with(&name, |work| work.held = true).is_none() {
                    lease::release(&name);
                }
                then();
            }
            self.tell();
        }));
    }

    /// Does what is to be done next, as long as there is anything.
    pub(super) fn drive(self, name: &str) {
        let place = self.place();
        loop {
            let mut step = Step::Nothing;
            let mut is_lost = false;
            self.work(name, &mut |work| {
                is_lost = work.held && !lease::is_own(name);
                if work.held && !work.batch.is_over() && !work.batch.is_of(&place) {
                    work.batch.halt(Stop::elsewhere());
                }
                let is_here = work.batch.is_of(&place);
                if !work.held || is_lost || work.looking || work.batch.stop().is_some() || !is_here
                {
                    return;
                }
                let count = |is: fn(&State) -> bool| work.batch.count(is);
                let lost = count(|state| *state == State::Lost);
                let waiting = count(|state| *state == State::Waiting);
                let sent = count(|state| *state == State::Sent);
                // When nothing is on its way any more it is looked for what the browser sent twice.
                let is_end = waiting + sent == 0 && !work.checked;
                if lost > 0 || waiting > 0 && !work.batch.has_begun() || is_end {
                    work.looking = true;
                    step = Step::Look;
                } else if let Some(part) = work.batch.next(AT_ONCE)
                    && let Some(request) = bulk::start(&work.batch, part)
                {
                    step = Step::Send(part, request);
                }
            });
            if is_lost {
                self.reload(name);
            }
            match step {
                Step::Nothing => break,
                Step::Look => self.look(name.to_owned()),
                Step::Send(part, request) if self.keep(name) => {
                    self.send(name.to_owned(), part, request);
                }
                Step::Send(part, _) => self.ended(name, part, Outcome::Stopped(unkept())),
            }
        }
        // Whoever says so goes on, in whichever tab.
        self.work(name, &mut |work| {
            let is_sending = work.batch.count(|state| *state == State::Sent) > 0;
            let is_done = work.batch.stop().is_some()
                || work.batch.count(|state| *state == State::Waiting) == 0;
            if work.held && !is_sending && !work.looking && is_done {
                lease::release(name);
                work.held = false;
            }
        });
        self.tell();
    }

    fn send(self, name: String, part: usize, request: Request) {
        let user = self.session.identity().get_untracked();
        send_once(self.session, request, move |answer| {
            let mut outcome = bulk::outcome(answer, now());
            if self.session.identity().get_untracked() != user {
                outcome = outcome.without_words();
            }
            self.ended(&name, part, outcome);
            self.drive(&name);
        });
    }

    fn ended(self, name: &str, part: usize, outcome: Outcome) {
        let mut outcome = Some(outcome);
        self.work(name, &mut |work| {
            if let Some(outcome) = outcome.take() {
                work.batch.ended(part, outcome);
            }
        });
        self.keep(name);
    }

    /// Asks for the newest jobs: before the first start, to tell them from those of this batch; later,
    /// to find the jobs of lost starts among them, and at the end those of starts that the browser sent
    /// twice.
    fn look(self, name: String) {
        let since = self.with(&name, |work| work.batch.since()).flatten();
        spawn_local(async move {
            let mut found = newest(self.session, since).await;
            if !self.is_here(&name) {
                found = Err(ApiError::SignedOut);
            }
            let others = self.jobs_of_others(&name);
            let mut wait = None;
            self.work(&name, &mut |work| {
                work.looking = false;
                wait = look_through(&mut work.batch, &found, &others, work.looks);
                let waiting = work.batch.count(|state| *state == State::Waiting);
                work.checked = waiting == 0 && wait.is_none();
                work.looking = wait.is_some();
                work.looks = if wait.is_some() { work.looks + 1 } else { 0 };
            });
            self.keep(&name);
            let Some(wait) = wait else {
                return self.drive(&name);
            };
            mem::forget(Timer::start(wait, move || {
                self.work(&name, &mut |work| work.looking = false);
                self.drive(&name);
            }));
        });
    }

    /// The jobs that other batches have started.
    fn jobs_of_others(self, name: &str) -> HashSet<String> {
        let names = self.names().into_iter().filter(|other| other != name);
        let others = names.filter_map(|other| load(&other));
        let ids = others.flat_map(|(batch, _)| batch.ids().map(str::to_owned).collect::<Vec<_>>());
        ids.collect()
    }
}

/// What the jobs that were found mean for `batch`, after `looks` times without a result; how long to wait
/// before looking once more.
fn look_through(
    batch: &mut Batch,
    found: &Result<(Option<Timestamp>, Vec<Job>), ApiError>,
    others: &HashSet<String>,
    looks: u32,
) -> Option<Duration> {
    match found {
        Ok((clock, jobs)) if !batch.has_begun() => batch.begin(*clock, jobs),
        Ok((_, jobs)) => {
            batch.look(jobs, others);
            if looks < LOOKS && batch.count(|state| *state == State::Lost) > 0 {
                return Some(LOOK_AGAIN);
            }
            batch.give_up();
            batch.look_for_twins(jobs, others);
        }
        Err(error) if error.is_retryable() && error.retry_after().is_none() && looks < TRIES => {
            return Some(Duration::from_secs(1 << looks));
        }
        // What the browser sent twice is told where it can be seen; all is started even so.
        Err(_) if batch.is_over() => (),
        Err(error) => batch.halt(bulk::stop(error, now())),
    }
    None
}

/// The newest jobs, back to `since` or a little before the first answer, and when that was by the
/// server's clock.
async fn newest(
    session: Session,
    mut since: Option<Timestamp>,
) -> Result<(Option<Timestamp>, Vec<Job>), ApiError> {
    let (mut clock, mut jobs) = (None, Vec::new());
    for _ in 0..MOST_PAGES {
        let reply = session.send(bulk::newest(jobs.len())).await?;
        let page = decode::job_page(&reply.body)?;
        if jobs.is_empty() {
            clock = reply.server_ms.map(Timestamp::from_ms);
            since = since.or_else(|| Batch::since_of(clock, &page.jobs));
        }
        let total = page.number("total");
        let last = page.jobs.last().and_then(Job::started);
        let is_past = last.is_some_and(|last| since.is_some_and(|since| last < since));
        let is_short = page.jobs.len() < bulk::PAGE;
        let is_last = page.jobs.is_empty();
        jobs.extend(page.jobs);
        if is_last || is_past || total.map_or(is_short, |total| jobs.len() >= total) {
            break;
        }
    }
    Ok((clock, jobs))
}

fn unkept() -> Stop {
    Stop::here(
        "The browser does not keep what was done",
        "Its storage is full or forbidden, so that after a reload nobody would know which keys were asked \
         for. No more jobs are started. Make room, as by forgetting other batches, then go on.",
    )
}
