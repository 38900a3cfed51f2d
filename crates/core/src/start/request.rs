//! What became of a start, when its answer may be lost. Pure: nothing here sends.
//!
//! A request leaves only when a person says so: once for the start, and once more for each time
//! that they decide to start again what may have been started already. In between the console only
//! looks, which changes nothing.

use crate::start::search::Findings;

/// How far the clocks and the way to the server may be apart, in milliseconds: what was sent now may
/// bear a time so much earlier.
pub const CLOCK_TOLERANCE_MS: i64 = 60_000;

/// Where a start stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartStage {
    /// Nothing was sent, or the person has left what was.
    Draft,
    /// On its way.
    Sent,
    /// The server did not do it.
    Refused,
    /// It is done: the id of the job, if the server told it.
    Started(Option<String>),
    /// What the server did is unknown.
    Lost,
    /// The same, and the console looks for the job.
    Looking,
    /// The same, and looking failed.
    Blind,
    /// The same; this was found.
    Looked(Findings),
}

/// How the sending ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Done: the id of the job, if the server told it.
    Started(Option<String>),
    /// Not done, for sure.
    Refused,
    /// Nobody knows.
    Lost,
}

/// A start with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartRequest {
    stage: StartStage,
    sent: u32,
    looks: u32,
}

impl Default for StartRequest {
    fn default() -> Self {
        Self {
            stage: StartStage::Draft,
            sent: 0,
            looks: 0,
        }
    }
}

impl StartRequest {
    /// Where it stands.
    pub fn stage(&self) -> &StartStage {
        &self.stage
    }

    /// Whether the job may be there and nobody knows.
    pub fn is_open(&self) -> bool {
        !matches!(
            self.stage,
            StartStage::Draft | StartStage::Refused | StartStage::Started(_) | StartStage::Sent
        )
    }

    /// The person has confirmed what was not sent before, or was refused. Some is the number of the
    /// request, which now must be sent.
    pub fn confirm(&mut self) -> Option<u32> {
        matches!(self.stage, StartStage::Draft | StartStage::Refused).then(|| self.send())
    }

    /// The person has decided to start once more what may have been started. Some is the number of
    /// the request, which now must be sent.
    pub fn send_again(&mut self) -> Option<u32> {
        self.is_open().then(|| self.send())
    }

    fn send(&mut self) -> u32 {
        self.stage = StartStage::Sent;
        self.sent += 1;
        self.sent
    }

    /// How the request `number` ended. What is no longer waited for changes nothing.
    pub fn ended(&mut self, number: u32, ending: Ending) {
        if self.stage == StartStage::Sent && number == self.sent {
            self.stage = match ending {
                Ending::Started(id) => StartStage::Started(id),
                Ending::Refused => StartStage::Refused,
                Ending::Lost => StartStage::Lost,
            };
        }
    }

    /// Begins to look for the job. Some is the number of the look; one before it is given up.
    pub fn look(&mut self) -> Option<u32> {
        self.is_open().then(|| {
            self.stage = StartStage::Looking;
            self.looks += 1;
            self.looks
        })
    }

    /// What the look `number` found; none if it failed.
    pub fn looked(&mut self, number: u32, found: Option<Findings>) {
        if self.is_looking(number) {
            self.stage = found.map_or(StartStage::Blind, StartStage::Looked);
        }
    }

    /// Whether the look `number` goes on.
    pub fn is_looking(&self, number: u32) -> bool {
        self.stage == StartStage::Looking && number == self.looks
    }

    /// The person says that the job `id` is the one.
    pub fn choose(&mut self, id: &str) {
        if self.is_open() {
            self.stage = StartStage::Started(Some(id.to_owned()));
        }
    }

    /// The person goes back to the form, whatever became of what was sent.
    pub fn leave(&mut self) {
        if self.is_open() || matches!(self.stage, StartStage::Refused | StartStage::Started(_)) {
            self.stage = StartStage::Draft;
        }
    }
}
