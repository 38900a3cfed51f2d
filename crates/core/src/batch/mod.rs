//! Many keys through an API that takes few at a time: the parts, what was sent, what became of it.
//!
//! A start is sent once. One whose answer was lost may have acted: it is looked for among the
//! server's jobs before anything else is sent, and only a person sends it again. Nothing here
//! sends, waits or reads a clock.

mod keys;
mod persist;
mod reading;
pub mod requests;
mod stop;
mod table;
mod task;

use std::collections::HashSet;

pub use crate::batch::keys::{Gathered, MOST_BYTES, MOST_LINES, gather, read_file, split};
pub use crate::batch::persist::{made, name, place};
pub use crate::batch::reading::Follow;
pub use crate::batch::stop::Stop;
pub use crate::batch::table::{JobSnapshot, Table};
pub use crate::batch::task::{FAMILY, MOST_KEYS, OPERATIONS, Operation, Parameter, Task};

use crate::format::time::Timestamp;
use crate::job::Job;
use crate::start::request::CLOCK_TOLERANCE_MS;

/// One operation on any number of keys, as jobs of a few keys each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    task: Task,
    most: usize,
    /// The [`place`] that it was made at; empty where that is not known, which is no place at all.
    at: String,
    parts: Vec<Part>,
    begun: Option<Begun>,
    stop: Option<Stop>,
}

/// What was there before the first start, so that no older job is taken for one of this batch.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Begun {
    /// Jobs that are older than this, by the server's clock, are none of this batch.
    since: Option<Timestamp>,
    /// The ids of jobs that are not older, and were there all the same.
    before: Vec<String>,
}

/// The keys of one job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The keys, each of which stands in no other part.
    pub keys: Vec<String>,
    /// What became of it.
    pub state: State,
    /// The ids of other jobs that were started for the same keys: browsers send a request a second
    /// time by themselves when a connection that was in use breaks without an answer, and tell the
    /// page nothing of it.
    pub twins: Vec<String>,
}

/// What became of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Not sent yet.
    Waiting,
    /// On its way.
    Sent,
    /// Sent, and what the server did is unknown; it is to be looked for.
    Lost,
    /// The same, and it was looked for in vain.
    Unknown,
    /// The job of this id does it.
    Started(String),
    /// The server would not do it, in these words, which are not kept.
    Refused(String),
}

/// How the sending of a part ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A job was started: its id.
    Started(String),
    /// No answer, or one that does not say whether anything was done: a broken connection, a
    /// server's own failure, a job without an id.
    Lost,
    /// Not done, and no other part will be: 401, 403 or 429.
    Stopped(Stop),
    /// Not done, for a reason of this part: the server's words.
    Refused(String),
}

impl Batch {
    /// The plan for `task` on `keys`, at most `most` to a job. Blank keys are left out and each
    /// key is taken once, so that no two jobs ask for the same.
    pub fn plan(task: Task, keys: impl IntoIterator<Item = String>, most: usize) -> Self {
        let most = most.max(1);
        let mut seen = HashSet::new();
        let keys = keys.into_iter().map(|key| key.trim().to_owned());
        let keys: Vec<String> = keys
            .filter(|key| !key.is_empty() && seen.insert(key.clone()))
            .collect();
        let parts = keys.chunks(most).map(|keys| Part {
            keys: keys.to_vec(),
            state: State::Waiting,
            twins: Vec::new(),
        });
        Self {
            task,
            most,
            at: String::new(),
            parts: parts.collect(),
            begun: None,
            stop: None,
        }
    }

    /// What is done to each key.
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// The parts, in the order of the keys.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// How many keys there are.
    pub fn keys(&self) -> usize {
        self.parts.iter().map(|part| part.keys.len()).sum()
    }

    /// How many keys are destroyed, or may have been, when it goes on.
    pub fn to_destroy(&self) -> usize {
        if !self.task.known().is_some_and(|known| known.destroys) {
            return 0;
        }
        let open = |part: &&Part| matches!(part.state, State::Waiting | State::Lost);
        let open = self.parts.iter().filter(open);
        open.map(|part| part.keys.len()).sum()
    }

    /// Why nothing more is sent, if so.
    pub fn stop(&self) -> Option<&Stop> {
        self.stop.as_ref()
    }

    /// Whether it is known what was there before: not until [`begin`](Self::begin).
    pub fn has_begun(&self) -> bool {
        self.begun.is_some()
    }

    /// No job that is older than this can be one of this batch, by the server's clock.
    pub fn since(&self) -> Option<Timestamp> {
        self.begun.as_ref()?.since
    }

    /// Before the first start: the server's `clock`, if it told it, and its newest jobs, at least
    /// all of [`since_of`](Self::since_of) the clock.
    pub fn begin(&mut self, clock: Option<Timestamp>, jobs: &[Job]) {
        let since = Self::since_of(clock, jobs);
        let is_older = |job: &Job| {
            let created = job.started();
            created.is_some_and(|created| since.is_some_and(|since| created < since))
        };
        let before = jobs.iter().filter(|job| !is_older(job));
        let before = before.filter_map(Job::id).collect();
        self.begun.get_or_insert(Begun { since, before });
    }

    /// From when on jobs may be those of a batch that begins now. Without the server's clock, as
    /// for a page of another origin, the newest job tells it.
    pub fn since_of(clock: Option<Timestamp>, jobs: &[Job]) -> Option<Timestamp> {
        let newest = || jobs.iter().filter_map(Job::started).max();
        let now = clock.or_else(newest)?;
        Some(Timestamp::from_ms(now.ms() - CLOCK_TOLERANCE_MS))
    }

    /// The part to send now, which then counts as sent; `None` while `most` are on their way, while
    /// one is lost and to be looked for, after a stop, or when all were sent.
    pub fn next(&mut self, most: usize) -> Option<usize> {
        let lost = self.count(|state| *state == State::Lost);
        let on_the_way = self.count(|state| *state == State::Sent);
        if self.begun.is_none() || self.stop.is_some() || lost > 0 || on_the_way >= most {
            return None;
        }
        let part = self
            .parts
            .iter()
            .position(|part| part.state == State::Waiting)?;
        self.parts[part].state = State::Sent;
        Some(part)
    }

    /// Takes in how the sending of `part` ended. An answer that comes after the part was given up
    /// as lost still counts; one to a part that is not on its way does not.
    pub fn ended(&mut self, part: usize, outcome: Outcome) {
        let Some(Part { state, .. }) = self.parts.get_mut(part) else {
            return;
        };
        if !matches!(state, State::Sent | State::Lost | State::Unknown) {
            return;
        }
        match outcome {
            Outcome::Started(id) => *state = State::Started(id),
            Outcome::Lost if *state == State::Sent => *state = State::Lost,
            Outcome::Lost => (),
            Outcome::Refused(said) => *state = State::Refused(said),
            Outcome::Stopped(stop) => {
                *state = State::Waiting;
                self.halt(stop);
            }
        }
    }

    /// Sends no more. Of two reasons the first is told, and the longer wait is kept.
    pub fn halt(&mut self, stop: Stop) {
        let until = stop.until;
        let stop = self.stop.get_or_insert(stop);
        stop.until = stop.until.max(until);
    }

    /// Stands still for this reason alone, if anything is left to do. The wait that the server asked for
    /// is kept.
    pub fn halt_anew(&mut self, stop: Stop) {
        let until = self.stop.take().and_then(|stop| stop.until);
        if !self.is_over() {
            let until = stop.until.max(until);
            self.stop = Some(Stop { until, ..stop });
        }
    }

    /// Goes on after a stop, unless the server wants to be left alone for longer than `now`.
    pub fn go_on(&mut self, now: Timestamp) {
        let until = self.stop.as_ref().and_then(|stop| stop.until);
        if until.is_none_or(|until| until <= now) {
            self.stop = None;
        }
    }

    /// Someone decided that a part that was looked for in vain or refused is to be sent again.
    pub fn send_again(&mut self, part: usize) {
        if let Some(Part { state, .. }) = self.parts.get_mut(part)
            && matches!(state, State::Unknown | State::Refused(_))
        {
            *state = State::Waiting;
        }
    }

    /// Someone wants those looked for once more that were looked for in vain.
    pub fn look_again(&mut self) {
        for part in &mut self.parts {
            if part.state == State::Unknown {
                part.state = State::Lost;
            }
        }
    }

    /// Looks for the jobs of lost parts among `jobs`, which the server was asked for after the
    /// loss. A job that was there before this batch is none of them, nor is one of `others`, nor one
    /// that does another part.
    pub fn look(&mut self, jobs: &[Job], others: &HashSet<String>) {
        for at in 0..self.parts.len() {
            if matches!(self.parts[at].state, State::Lost | State::Unknown)
                && let Some(id) = jobs.iter().find_map(|job| self.is_job_of(at, job, others))
            {
                self.parts[at].state = State::Started(id);
            }
        }
    }

    /// Looks among `jobs`, which the server was asked for when nothing was on its way, for further
    /// jobs of parts that have theirs.
    pub fn look_for_twins(&mut self, jobs: &[Job], others: &HashSet<String>) {
        for at in 0..self.parts.len() {
            if matches!(self.parts[at].state, State::Started(_)) {
                let twins = jobs
                    .iter()
                    .filter_map(|job| self.is_job_of(at, job, others));
                let twins: Vec<String> = twins.collect();
                self.parts[at].twins.extend(twins);
            }
        }
    }

    fn is_job_of(&self, at: usize, job: &Job, others: &HashSet<String>) -> Option<String> {
        let id = job.id()?;
        let begun = self.begun.as_ref()?;
        let early = begun
            .since
            .is_some_and(|since| job.started().is_some_and(|created| created < since));
        if early || begun.before.contains(&id) || others.contains(&id) {
            return None;
        }
        let mut twins = self.parts.iter().flat_map(|part| &part.twins);
        if self.ids().any(|own| own == id) || twins.any(|twin| *twin == id) {
            return None;
        }
        if job.shown("operation").as_deref() != Some(&*self.task.operation) {
            return None;
        }
        let asked = job.list("keys");
        let wanted = &self.parts[at].keys;
        // Most are told apart by this, without all of their keys.
        if !asked.first().is_some_and(|key| wanted.contains(key)) {
            return None;
        }
        let asked: HashSet<&str> = asked.iter().map(String::as_str).collect();
        let wanted = wanted.iter().map(String::as_str).collect();
        (asked == wanted).then_some(id)
    }

    /// What is still lost was looked for in vain: a person must decide on it, and until then no
    /// more is sent.
    pub fn give_up(&mut self) {
        let mut any = false;
        for part in &mut self.parts {
            if part.state == State::Lost {
                part.state = State::Unknown;
                any = true;
            }
        }
        if any {
            self.halt(Stop::here(
                "It is unknown whether a job was started",
                "The answer to a start was lost, and no job of these keys is among the jobs of the \
                 server. It may still appear there. Nothing was sent again: decide below on the part \
                 whose outcome is unknown, or go on with the others.",
            ));
        }
    }

    /// The ids of the jobs that were started.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match &part.state {
            State::Started(id) => Some(id.as_str()),
            _ => None,
        })
    }

    /// How many parts are in a state.
    pub fn count(&self, is: impl Fn(&State) -> bool) -> usize {
        self.parts.iter().filter(|part| is(&part.state)).count()
    }

    /// Whether each part has a job or was refused.
    pub fn is_over(&self) -> bool {
        self.count(|state| !matches!(state, State::Started(_) | State::Refused(_))) == 0
    }
}
