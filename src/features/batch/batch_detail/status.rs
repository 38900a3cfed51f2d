//! The state of a batch, derived from its progress.

use cckm_core::batch::{Batch, ChunkState, PauseReason};
use cckm_core::format::text::group_digits;
use leptos::prelude::*;

use crate::features::batch::runtime::BatchRuntime;
use crate::features::batch::started;

/// The state of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Activity {
    /// It is finished, or needs no message.
    None,
    /// Another tab sends it.
    SentElsewhere,
    /// It is bound to another server or domain.
    OtherTarget,
    /// It waits for a person.
    Paused(PauseReason),
    /// It searches for the job of a lost start.
    Searching,
    /// It sends.
    Sending,
}

/// The numbers that the page shows of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many jobs were started, refused, and are unknown, in words.
    pub text: String,
    /// Chunks that are left to send or to search for.
    pub open: usize,
    /// Chunks whose job was not found.
    pub unknown: usize,
    /// Whether any chunk waits to be sent.
    pub has_waiting: bool,
    /// Keys that resuming destroys.
    pub keys_to_destroy: usize,
    /// Whether every chunk has a job or was refused.
    pub is_finished: bool,
}

impl Progress {
    /// The progress of `batch`.
    pub fn new(batch: &Batch) -> Self {
        let waiting = batch.count_of(&ChunkState::Waiting);
        let unknown = batch.count_of(&ChunkState::Unknown);
        let refused = batch.count(|state| matches!(state, ChunkState::Refused(_)));
        let others = [(refused, "refused"), (unknown, "unknown")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!(", {} {what}", group_digits(count)));
        Self {
            text: started(batch) + &others.collect::<String>(),
            open: waiting + batch.count_of(&ChunkState::Lost),
            unknown,
            has_waiting: waiting > 0,
            keys_to_destroy: batch.keys_to_destroy(),
            is_finished: batch.is_finished(),
        }
    }
}

impl Activity {
    /// The state of the batch of `runtime`. Tracks it.
    pub fn new(runtime: BatchRuntime, is_sent_elsewhere: bool) -> Self {
        let batch = runtime.batch.read();
        if is_sent_elsewhere {
            Self::SentElsewhere
        } else if batch.is_finished() {
            Self::None
        } else if !runtime.is_here() {
            Self::OtherTarget
        } else if let Some(reason) = batch.pause_reason() {
            Self::Paused(reason.clone())
        } else if batch.count_of(&ChunkState::Lost) > 0 {
            Self::Searching
        } else if runtime.is_sender.get() {
            Self::Sending
        } else {
            Self::None
        }
    }
}
