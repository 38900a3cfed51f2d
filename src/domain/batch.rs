//! Many keys through an API that takes few at a time: the parts, what was sent, what became of it.
//!
//! A start is sent once. One whose answer was lost may have acted: it is looked for among the
//! server's jobs, and only a person sends it again. Nothing here sends, waits or reads a clock.

use std::collections::HashSet;

use super::job::Job;
use super::time::Timestamp;

/// As many keys as AWS bulk operations take in one job (CONTRACT.md 3, family 2).
pub const MOST_KEYS: usize = 100;

/// One operation on any number of keys, as jobs of a few keys each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    operation: String,
    parts: Vec<Part>,
    stop: Option<Stop>,
}

/// The keys of one job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The keys, each of which stands in no other part.
    pub keys: Vec<String>,
    /// What became of it.
    pub state: State,
}

/// What became of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Not sent yet.
    Waiting,
    /// On its way.
    Sent,
    /// Sent, and what the server did is unknown.
    Lost,
    /// The job of this id does it.
    Started(String),
    /// The server would not do it, in these words.
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

/// Why no more parts are sent until someone says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The server's words.
    pub said: String,
    /// How long the server wants to be left alone, in milliseconds.
    pub wait_ms: Option<u64>,
}

impl Batch {
    /// The plan for `operation` on `keys`, at most `most` to a job. Blank keys are left out and
    /// each key is taken once, so that no two jobs ask for the same.
    pub fn plan(operation: &str, keys: impl IntoIterator<Item = String>, most: usize) -> Self {
        let mut seen = HashSet::new();
        let keys = keys.into_iter().map(|key| key.trim().to_owned());
        let keys: Vec<String> = keys
            .filter(|key| !key.is_empty() && seen.insert(key.clone()))
            .collect();
        let parts = keys.chunks(most.max(1)).map(|keys| Part {
            keys: keys.to_vec(),
            state: State::Waiting,
        });
        Self {
            operation: operation.to_owned(),
            parts: parts.collect(),
            stop: None,
        }
    }

    /// The operation.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// The parts, in the order of the keys.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Why nothing more is sent, if so.
    pub fn stop(&self) -> Option<&Stop> {
        self.stop.as_ref()
    }

    /// The part to send now, which then counts as sent; `None` while `most` are on their way, after
    /// a stop, or when all were sent.
    pub fn next(&mut self, most: usize) -> Option<usize> {
        let on_the_way = self.count(|state| *state == State::Sent);
        if self.stop.is_some() || on_the_way >= most {
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
        match (&*state, outcome) {
            (State::Sent | State::Lost, Outcome::Started(id)) => *state = State::Started(id),
            (State::Sent, Outcome::Lost) => *state = State::Lost,
            (State::Sent | State::Lost, Outcome::Refused(said)) => *state = State::Refused(said),
            (State::Sent | State::Lost, Outcome::Stopped(stop)) => {
                *state = State::Waiting;
                self.stop = Some(stop);
            }
            _ => (),
        }
    }

    /// Goes on after a stop.
    pub fn go_on(&mut self) {
        self.stop = None;
    }

    /// Someone decided that a part that was lost or refused is to be sent again.
    pub fn send_again(&mut self, part: usize) {
        if let Some(Part { state, .. }) = self.parts.get_mut(part)
            && matches!(state, State::Lost | State::Refused(_))
        {
            *state = State::Waiting;
        }
    }

    /// Looks for the jobs of lost parts among `jobs`, which the server was asked for after the
    /// loss. A job that was created before `since`, by the server's clock, is none of them, and
    /// neither is one that does another part.
    pub fn look(&mut self, jobs: &[Job], since: Option<Timestamp>) {
        for at in 0..self.parts.len() {
            if self.parts[at].state == State::Lost
                && let Some(id) = jobs.iter().find_map(|job| self.is_job_of(at, job, since))
            {
                self.parts[at].state = State::Started(id);
            }
        }
    }

    fn is_job_of(&self, at: usize, job: &Job, since: Option<Timestamp>) -> Option<String> {
        let id = job.id()?;
        let taken = self
            .parts
            .iter()
            .any(|part| matches!(&part.state, State::Started(own) if *own == id));
        let early = since.is_some_and(|since| job.started().is_some_and(|created| created < since));
        let asked = job.list("keys");
        let asked: HashSet<&str> = asked.iter().map(String::as_str).collect();
        let wanted = self.parts[at].keys.iter().map(String::as_str).collect();
        let same = job.shown("operation").as_deref() == Some(&*self.operation) && asked == wanted;
        (same && !taken && !early).then_some(id)
    }

    /// How many parts are in a state.
    pub fn count(&self, is: impl Fn(&State) -> bool) -> usize {
        self.parts.iter().filter(|part| is(&part.state)).count()
    }

    /// Whether each part has a job or was refused.
    pub fn is_over(&self) -> bool {
        self.count(|state| !matches!(state, State::Started(_) | State::Refused(_))) == 0
    }

    /// As a text to keep: ids only, not what the server said.
    pub fn save(&self) -> String {
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.append_pair("operation", &self.operation);
        for part in &self.parts {
            match &part.state {
                State::Waiting => text.append_pair("waiting", ""),
                State::Sent | State::Lost => text.append_pair("lost", ""),
                State::Started(id) => text.append_pair("started", id),
                State::Refused(_) => text.append_pair("refused", ""),
            };
            text.extend_pairs(part.keys.iter().map(|key| ("key", key)));
        }
        text.finish()
    }

    /// Reads what [`save`](Self::save) wrote; `None` if it is something else. What was on its way then is
    /// lost, and it goes on when someone says so.
    pub fn load(text: &str) -> Option<Self> {
        let mut pairs = form_urlencoded::parse(text.as_bytes());
        let (name, operation) = pairs.next()?;
        if name != "operation" {
            return None;
        }
        let mut parts: Vec<Part> = Vec::new();
        let mut seen = HashSet::new();
        for (name, value) in pairs {
            let value = value.into_owned();
            let state = match &*name {
                "key" if seen.insert(value.clone()) => {
                    parts.last_mut()?.keys.push(value);
                    continue;
                }
                "waiting" => State::Waiting,
                "lost" => State::Lost,
                "started" => State::Started(value),
                "refused" => State::Refused(value),
                _ => return None,
            };
            let keys = Vec::new();
            parts.push(Part { keys, state });
        }
        let said = "The page was loaded anew.".to_owned();
        let wait_ms = None;
        Some(Self {
            operation: operation.into_owned(),
            parts,
            stop: Some(Stop { said, wait_ms }),
        })
    }
}
