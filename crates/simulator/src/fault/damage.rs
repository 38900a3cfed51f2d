//! Damage to the text of a body, which no JSON library would write.

use serde::{Deserialize, Serialize};

/// What stands behind a text of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Damage {
    /// The escape of half a surrogate pair, six valid bytes: `\ud83d`.
    LoneSurrogate,
    /// The byte 0xFF, which UTF-8 never contains.
    InvalidUtf8,
}

impl Damage {
    /// The body with this damage behind every `text`; unchanged if there is none, or if `text` is empty.
    pub(super) fn insert(self, body: &[u8], text: &str) -> Vec<u8> {
        let damage: &[u8] = match self {
            Self::LoneSurrogate => br"\ud83d",
            Self::InvalidUtf8 => b"\xff",
        };
        let mut damaged = Vec::with_capacity(body.len());
        let mut rest = body;
        while let Some((first, after)) = rest.split_first() {
            if !text.is_empty() && rest.starts_with(text.as_bytes()) {
                damaged.extend_from_slice(text.as_bytes());
                damaged.extend_from_slice(damage);
                rest = &rest[text.len()..];
            } else {
                damaged.push(*first);
                rest = after;
            }
        }
        damaged
    }
}
