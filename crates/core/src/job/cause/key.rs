//! The identities of causes: digests of normalised texts, and keys for addresses.

use std::hash::{BuildHasherDefault, Hasher};

use crate::job::cause::class;
use crate::job::cause::normalize::Normalizer;
use crate::job::item_status::ItemStatus;
use crate::job::items::ItemText;

/// The digest of the normalised text identifies a cause. These two causes have no text of the server.
pub const NO_RESULT: u64 = 0;
/// The cause of the items that a finished job left in progress.
pub const IN_PROGRESS: u64 = 1;

/// The key and the name of the items without a result.
pub const NO_RESULT_NAMES: (&str, &str) = ("no-result", "No result");
/// The key and the name of the items that a finished job left in progress.
pub const IN_PROGRESS_NAMES: (&str, &str) = ("in-progress", "Still in progress");

/// Computes the identities of causes. It owns the memory in which texts are normalised, so that many texts need no
/// further one.
#[derive(Default)]
pub(in crate::job) struct CauseKeys(Normalizer);

impl CauseKeys {
    /// The digest that identifies the cause of `text`. It is computed once for each text.
    pub fn identify(&mut self, text: &ItemText) -> u64 {
        match text.status {
            ItemStatus::Running => IN_PROGRESS,
            ItemStatus::Unreported if &*text.text == "not reported" => NO_RESULT,
            // The digests below are those of the causes without a text.
            _ => text.cause.get_or_init(|| digest(self.pattern(text)).max(IN_PROGRESS + 1)),
        }
    }

    /// The normalised `text`.
    pub fn pattern(&mut self, text: &ItemText) -> &str {
        self.0.normalize(&text.text)
    }
}

/// Selects the texts of one cause.
pub(in crate::job) struct CauseFilter<'a> {
    key: &'a str,
    digest: Option<u64>,
    keys: CauseKeys,
    /// Whether `key` is the key of the cause `digest`; `None` before a text of the cause was read.
    is_key: Option<bool>,
}

impl<'a> CauseFilter<'a> {
    /// Selects the texts of the cause with `key`.
    pub fn new(key: &'a str) -> Self {
        let digest = match key {
            _ if key == NO_RESULT_NAMES.0 => Some(NO_RESULT),
            _ if key == IN_PROGRESS_NAMES.0 => Some(IN_PROGRESS),
            _ => key.rsplit_once('.').and_then(|(_, digest)| decode(digest)),
        };
        Self { key, digest, keys: CauseKeys::default(), is_key: None }
    }

    /// Whether `text` is a text of the cause.
    pub fn selects(&mut self, text: &ItemText) -> bool {
        let digest = self.keys.identify(text);
        if self.digest != Some(digest) {
            return false;
        }
        *self.is_key.get_or_insert_with(|| {
            let pattern = self.keys.pattern(text);
            let key = || key(digest, pattern, class::find(pattern).as_deref());
            names(digest).is_some_and(|(name, _)| name == self.key) || self.key == key()
        })
    }
}

/// The key and the name of a cause without a text.
pub fn names(digest: u64) -> Option<(&'static str, &'static str)> {
    match digest {
        NO_RESULT => Some(NO_RESULT_NAMES),
        IN_PROGRESS => Some(IN_PROGRESS_NAMES),
        _ => None,
    }
}

/// The key of a cause: its class or the beginning of its normalised text, and its digest.
pub fn key(digest: u64, pattern: &str, class: Option<&str>) -> String {
    format!("{}.{}", slug(class.unwrap_or(pattern)), encode(digest))
}

/// The 64-bit FNV-1a digest of a text.
fn digest(text: &str) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A digest in 13 digits of base 32.
fn encode(digest: u64) -> String {
    let digit = |at: u32| DIGITS[(digest >> (5 * at) & 31) as usize] as char;
    (0..13).rev().map(digit).collect()
}

/// The digest that [`encode`] writes as `digits`.
fn decode(digits: &str) -> Option<u64> {
    let value = |digit: u8| DIGITS.iter().position(|known| *known == digit);
    let add = |digest: u64, digit: u8| Some(digest << 5 | value(digit)? as u64);
    (digits.len() == 13).then(|| digits.bytes().try_fold(0, add))?
}

/// The first words of `text` for an address.
fn slug(text: &str) -> String {
    const MAX: usize = 40;
    let mut slug = String::new();
    for word in text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_') {
        if slug.is_empty() {
            slug.extend(word.chars().take(MAX));
            continue;
        }
        if slug.len() + word.len() >= MAX {
            break;
        }
        if !word.is_empty() {
            slug.push('-');
            slug.push_str(word);
        }
    }
    slug
}

/// The hasher of tables whose keys are digests, which need no further hashing.
#[derive(Default)]
pub struct DigestHasher(u64);

/// Builds [`DigestHasher`]s.
pub type BuildDigestHasher = BuildHasherDefault<DigestHasher>;

impl Hasher for DigestHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, digest: u64) {
        self.0 = digest;
    }
}
