//! Reads batches in the format of version 1: form-urlencoded pairs, one for each chunk.

use form_urlencoded::parse as pairs;

use crate::batch::Task;
use crate::batch::saved::{SavedBaseline, SavedBatch, SavedState};

/// The batch without its keys; `None` for a text of another format.
pub(super) fn parse(text: &str) -> Option<SavedBatch> {
    let mut pairs = pairs(text.as_bytes()).map(|(name, value)| (name, value.into_owned()));
    let (_, operation) = pairs.next().filter(|(name, _)| name == "operation")?;
    let mut saved = SavedBatch {
        version: 2,
        task: Task { operation, value: String::new() },
        ..SavedBatch::default()
    };
    for (name, value) in pairs {
        match &*name {
            "value" => saved.task.value = value,
            "most" => saved.chunk_size = value.parse().ok()?,
            "at" if saved.target.is_empty() => saved.target = value,
            "since" => {
                saved.baseline =
                    Some(SavedBaseline { since: value.parse().ok(), existing: Vec::new() });
            }
            "before" => saved.baseline.as_mut()?.existing.push(value),
            "until" => saved.paused_until = value.parse().ok(),
            "twin" => {
                let index = saved.chunks.len().checked_sub(1)?;
                saved.duplicates.entry(index).or_default().push(value);
            }
            "waiting" => saved.chunks.push(SavedState::Waiting),
            "lost" => saved.chunks.push(SavedState::Lost),
            "started" => saved.chunks.push(SavedState::Started(value)),
            "refused" => saved.chunks.push(SavedState::Refused),
            _ => return None,
        }
    }
    Some(saved)
}

/// The keys; `None` for a text of another format.
pub(super) fn parse_keys(text: &str) -> Option<Vec<String>> {
    pairs(text.as_bytes()).map(|(key, value)| value.is_empty().then(|| key.into_owned())).collect()
}
