//! Saves and loads a batch, and makes its name. It saves ids and the settings of the request, but no status
//! and no text of the server.
//!
//! The keys are one text, written once. The progress is a second, short text, written at each change.

use std::collections::HashSet;

use crate::batch::matching::Baseline;
use crate::batch::saved::{SavedBaseline, SavedBatch, SavedStart, SavedState};
use crate::batch::{Batch, Chunk, PauseReason, can_repeat, persist_v1, task};
use crate::family::Family;
use crate::format::time::Timestamp;
use crate::start::StartScope;

const VERSION: u32 = 2;
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// A name for a batch made at `now`. `random` is from 0 to 1. Later names sort after earlier ones.
pub fn new_name(now: Timestamp, random: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number below 36^4"
    )]
    let random = (random.clamp(0.0, 0.999_999) * 1_679_616.0) as u64;
    let time = base36(now.as_ms().unsigned_abs(), 9);
    format!("{time}-{}", base36(random, 4))
}

/// When the batch `name` was made; `None` if the name is not from [`new_name`].
pub fn created_at(name: &str) -> Option<Timestamp> {
    let (time, random) = name.split_once('-')?;
    let ms = i64::from_str_radix(time, 36).ok()?;
    (time.len() == 9 && random.len() == 4).then(|| Timestamp::from_ms(ms))
}

fn base36(mut number: u64, width: usize) -> String {
    let mut text = vec!['0'; width];
    for digit in text.iter_mut().rev() {
        *digit = char::from(DIGITS[(number % 36) as usize]);
        number /= 36;
    }
    text.into_iter().collect()
}

/// The target that a batch is bound to: the API at the absolute URL `base`, the `tenant` (empty for none), and the `domain`
/// of the user. Domains of two tenants may have the same name, and root domains have the same id (CONTRACT.md 6).
pub fn target(base: &str, tenant: &str, domain: Option<&str>) -> String {
    let domain = domain.unwrap_or_default();
    if tenant.is_empty() {
        format!("{base} {domain}")
    } else {
        format!("{base}?tenant={tenant} {domain}")
    }
}

impl From<&Batch> for SavedBatch {
    fn from(batch: &Batch) -> Self {
        let chunks = || batch.chunks.iter();
        let duplicates = chunks().map(|chunk| chunk.duplicates.clone()).enumerate();
        let retried = chunks().enumerate().filter(|(_, chunk)| chunk.was_lost);
        Self {
            version: VERSION,
            family: if batch.is_repetition() { batch.family.path } else { "" }.to_owned(),
            repeated: batch.repeated.clone(),
            task: batch.task.clone(),
            chunk_size: batch.chunk_size,
            target: batch.target.clone(),
            baseline: batch.baseline.as_ref().map(|baseline| SavedBaseline {
                since: baseline.since.map(Timestamp::as_ms),
                existing: baseline.existing.clone(),
            }),
            paused_until: batch.pause.as_ref().and_then(|pause| Some(pause.until?.as_ms())),
            chunks: chunks().map(|chunk| (&chunk.state).into()).collect(),
            duplicates: duplicates.filter(|(_, ids)| !ids.is_empty()).collect(),
            retried: retried.map(|(index, _)| index).collect(),
            failure_limit: batch.failure_limit,
        }
    }
}

impl Batch {
    /// The keys, or the starts of a repetition, which never change, as a text to save.
    pub fn save_keys(&self) -> String {
        let starts = self.chunks.iter().filter_map(|chunk| {
            Some(SavedStart { scope: chunk.scope.clone()?, keys: chunk.keys.clone() })
        });
        let starts: Vec<SavedStart> = starts.collect();
        if !starts.is_empty() {
            return serde_json::to_string(&starts).unwrap_or_default();
        }
        let keys: Vec<&String> = self.chunks.iter().flat_map(|chunk| &chunk.keys).collect();
        serde_json::to_string(&keys).unwrap_or_default()
    }

    /// Everything else, as a text to save.
    pub fn save(&self) -> String {
        serde_json::to_string(&SavedBatch::from(self)).unwrap_or_default()
    }

    /// Reads the texts of [`save`](Self::save) and [`save_keys`](Self::save_keys), or those of version 1; `None` for
    /// any other text. A start that was in flight counts as lost, and an unfinished batch is paused.
    pub fn load(text: &str, keys: &str) -> Option<Self> {
        let saved = if text.starts_with('{') {
            serde_json::from_str(text).ok()
        } else {
            persist_v1::parse(text)
        }
        .filter(|saved: &SavedBatch| saved.version == VERSION)?;
        let family = match &*saved.family {
            "" => task::family(),
            path => Family::by_path(path).filter(|family| can_repeat(family))?,
        };
        let contents = if saved.family.is_empty() {
            contents_of_keys(keys, saved.chunk_size)?
        } else {
            let starts: Vec<SavedStart> = serde_json::from_str(keys).ok()?;
            starts.into_iter().map(|start| (Some(start.scope), start.keys)).collect()
        };
        let mut seen = HashSet::new();
        let mut keys = contents.iter().flat_map(|(_, keys)| keys);
        let mut scopes = contents.iter().filter_map(|(scope, _)| scope.as_ref());
        let is_valid = contents.len() == saved.chunks.len()
            && scopes.all(StartScope::is_complete)
            && keys.all(|key| !key.trim().is_empty() && seen.insert(key))
            && !saved
                .chunks
                .iter()
                .any(|state| matches!(state, SavedState::Started(id) if id.is_empty()));
        is_valid.then(|| Self::from_saved(family, saved, contents))
    }

    /// The batch from `saved` and the contents of its chunks, whose number must fit.
    fn from_saved(
        family: &'static Family,
        mut saved: SavedBatch,
        contents: Vec<ChunkContent>,
    ) -> Self {
        let chunks = contents.into_iter().zip(saved.chunks);
        let chunks = chunks.enumerate().map(|(index, ((scope, keys), state))| Chunk {
            state: state.into(),
            duplicates: saved.duplicates.remove(&index).unwrap_or_default(),
            was_lost: saved.retried.contains(&index),
            ..Chunk::new(keys, scope)
        });
        let mut batch = Self {
            family,
            chunks: chunks.collect(),
            task: saved.task,
            repeated: saved.repeated,
            chunk_size: saved.chunk_size,
            target: saved.target,
            baseline: saved.baseline.map(|baseline| Baseline {
                since: baseline.since.map(Timestamp::from_ms),
                existing: baseline.existing,
            }),
            pause: None,
            failure_limit: saved.failure_limit,
            accepted_failures: 0,
            failures: 0,
        };
        batch.replace_pause(PauseReason {
            until: saved.paused_until.map(Timestamp::from_ms),
            ..PauseReason::reloaded()
        });
        batch
    }
}

/// The scope and the keys of a chunk.
type ChunkContent = (Option<StartScope>, Vec<String>);

/// The keys in the saved text `keys`, `chunk_size` of them in a chunk.
fn contents_of_keys(keys: &str, chunk_size: usize) -> Option<Vec<ChunkContent>> {
    let keys: Vec<String> = if keys.starts_with('[') {
        serde_json::from_str(keys).ok()?
    } else {
        persist_v1::parse_keys(keys)?
    };
    let chunks = (chunk_size > 0).then(|| keys.chunks(chunk_size))?;
    Some(chunks.map(|keys| (None, keys.to_vec())).collect())
}
