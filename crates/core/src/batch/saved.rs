//! The saved form of a batch. `persist` writes and reads it, and `persist_v1` converts the former format to it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::batch::{ChunkState, Task};
use crate::start::StartScope;

/// The saved form of a batch without its keys.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct SavedBatch {
    pub version: u32,
    /// The path of the family, if it repeats a synchronization.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub family: String,
    /// The id of the job whose failed items it repeats. Batches that were saved before it was do not have it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub repeated: String,
    pub task: Task,
    pub chunk_size: usize,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub target: String,
    pub baseline: Option<SavedBaseline>,
    /// In milliseconds since 1970, like all times in this file.
    pub paused_until: Option<i64>,
    pub chunks: Vec<SavedState>,
    /// By the index of the chunk.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub duplicates: BTreeMap<usize, Vec<String>>,
    /// The indices of the chunks that a person decided to send again after a start of them was lost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retried: Vec<usize>,
    /// After how many failed keys it pauses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure_limit: Option<usize>,
}

/// A start of a batch that repeats a synchronization, without its progress.
#[derive(Serialize, Deserialize)]
pub(super) struct SavedStart {
    #[serde(flatten)]
    pub scope: StartScope,
    /// The failed items.
    pub keys: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct SavedBaseline {
    pub since: Option<i64>,
    pub existing: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum SavedState {
    Waiting,
    Lost,
    Started(String),
    Refused,
}

impl From<&ChunkState> for SavedState {
    fn from(state: &ChunkState) -> Self {
        match state {
            ChunkState::Waiting => Self::Waiting,
            ChunkState::Sent | ChunkState::Lost | ChunkState::Unknown => Self::Lost,
            ChunkState::Started(id) => Self::Started(id.clone()),
            ChunkState::Refused(_) => Self::Refused,
        }
    }
}

impl From<SavedState> for ChunkState {
    fn from(state: SavedState) -> Self {
        match state {
            SavedState::Waiting => Self::Waiting,
            SavedState::Lost => Self::Lost,
            SavedState::Started(id) => Self::Started(id),
            SavedState::Refused => Self::Refused(String::new()),
        }
    }
}
