//! The state of a start whose answer may be lost. Nothing here sends.
//!
//! Each request needs a decision of a person: one for the start, and another each time they repeat a start
//! whose result is unknown. In between the console only reads.

use crate::start::lookup::LookupResult;

/// The tolerated difference of the two clocks, with the delay of the network, in milliseconds: a job that is
/// requested now may have a creation time that is this much earlier.
pub const CLOCK_TOLERANCE_MS: i64 = 60_000;

/// The stage of a start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum StartStage {
    /// Nothing was sent, or the person returned to the form.
    #[default]
    Draft,
    /// The request is in flight.
    Sent,
    /// The server did not do it.
    Refused,
    /// Whether the change was made is unknown. The form can be sent again: a change creates nothing.
    ChangeUnknown,
    /// The job was started. Holds its id, if the server sent it.
    Started(Option<String>),
    /// The answer is lost: whether the job exists is unknown.
    Lost,
    /// The answer is lost, and the console looks the job up.
    LookingUp,
    /// The answer is lost, and the lookup failed.
    LookupFailed,
    /// The answer is lost, and the lookup found this.
    LookedUp(LookupResult),
    /// The answer is lost, and another tab of the browser has taken the start over. Nothing is sent from here.
    InOtherTab,
}

/// How sending ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartOutcome {
    /// The job was started. Holds its id, if the server sent it.
    Started(Option<String>),
    /// Certainly not done.
    Refused,
    /// Unknown, for a start.
    Lost,
    /// Unknown, for a change.
    ChangeUnknown,
}

/// A start and its stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartRequest {
    stage: StartStage,
    requests: u32,
    lookups: u32,
    /// The stage of the requests before the latest one, if their result is unknown. A refusal of the latest one says
    /// nothing about them: they may be why the server refused it.
    earlier: Option<StartStage>,
}

impl StartRequest {
    /// A start that was sent before the page was loaded again: its result is unknown.
    pub fn restored() -> Self {
        Self { stage: StartStage::Lost, requests: 1, ..Self::default() }
    }

    /// The stage.
    pub fn stage(&self) -> &StartStage {
        &self.stage
    }

    /// Whether it is still unknown that the job exists.
    pub fn is_unresolved(&self) -> bool {
        matches!(
            self.stage,
            StartStage::Lost
                | StartStage::LookingUp
                | StartStage::LookupFailed
                | StartStage::LookedUp(_)
        )
    }

    /// Whether it has been sent, and its result is not known yet.
    pub fn is_pending(&self) -> bool {
        self.stage == StartStage::Sent || self.is_unresolved()
    }

    /// Whether the form can be changed and sent.
    pub fn is_editable(&self) -> bool {
        matches!(self.stage, StartStage::Draft | StartStage::Refused | StartStage::ChangeUnknown)
    }

    /// Whether the latest request repeats one whose result is unknown. A refusal then leaves the result unknown.
    pub fn is_repeat(&self) -> bool {
        self.earlier.is_some()
    }

    /// The person confirmed a start. Returns the number of the request, which must be sent now; `None` if
    /// nothing may be sent.
    pub fn confirm(&mut self) -> Option<u32> {
        self.is_editable().then(|| self.send())
    }

    /// The person decided to repeat a start whose result is unknown. Returns as [`confirm`](Self::confirm).
    pub fn send_again(&mut self) -> Option<u32> {
        self.is_unresolved().then(|| self.send())
    }

    fn send(&mut self) -> u32 {
        self.earlier = match self.stage {
            StartStage::ChangeUnknown => Some(StartStage::ChangeUnknown),
            _ => self.is_unresolved().then_some(StartStage::Lost),
        };
        self.stage = StartStage::Sent;
        self.requests += 1;
        self.requests
    }

    /// The request `number` ended. Only the latest request counts, and only while it is in flight.
    pub fn finish(&mut self, number: u32, outcome: StartOutcome) {
        if self.stage == StartStage::Sent && number == self.requests {
            self.stage = match outcome {
                StartOutcome::Started(id) => StartStage::Started(id),
                StartOutcome::Refused => self.earlier.clone().unwrap_or(StartStage::Refused),
                StartOutcome::Lost => StartStage::Lost,
                StartOutcome::ChangeUnknown => StartStage::ChangeUnknown,
            };
        }
    }

    /// Begins a lookup of the job. Returns its number. The lookup replaces an earlier one.
    pub fn begin_lookup(&mut self) -> Option<u32> {
        self.is_unresolved().then(|| {
            self.stage = StartStage::LookingUp;
            self.lookups += 1;
            self.lookups
        })
    }

    /// The lookup `number` ended; `None` if it failed.
    pub fn finish_lookup(&mut self, number: u32, result: Option<LookupResult>) {
        if self.is_looking_up(number) {
            self.stage = result.map_or(StartStage::LookupFailed, StartStage::LookedUp);
        }
    }

    /// Whether the lookup `number` continues.
    pub fn is_looking_up(&self, number: u32) -> bool {
        self.stage == StartStage::LookingUp && number == self.lookups
    }

    /// The person identified the started job as `id`.
    pub fn choose(&mut self, id: &str) {
        if self.is_unresolved() {
            self.stage = StartStage::Started(Some(id.to_owned()));
        }
    }

    /// Another tab of the browser has taken the start over. Counts only while its result is unknown here: an answer to a
    /// request in flight is still awaited. Returns whether it counts.
    pub fn leave_to_other_tab(&mut self) -> bool {
        let counts = self.is_unresolved();
        if counts {
            self.stage = StartStage::InOtherTab;
        }
        counts
    }

    /// This tab has the start again: the tab that had taken it over was closed. Does nothing at another stage.
    pub fn take_back(&mut self) {
        if self.stage == StartStage::InOtherTab {
            self.stage = StartStage::Lost;
        }
    }

    /// The person returned to the form. Does nothing while a request is in flight.
    pub fn dismiss(&mut self) {
        if self.stage != StartStage::Sent {
            self.stage = StartStage::Draft;
        }
    }
}
