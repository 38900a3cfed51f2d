//! Times as requests write them: RFC 3339, and nothing else of ISO 8601. Must not read a clock.

use jiff::Timestamp;

/// The instant that a text names, if it is RFC 3339: a date, `T`, a time with seconds and an offset.
pub fn read(text: &str) -> Option<Timestamp> {
    // jiff takes more: times without seconds, without hyphens or colons, decimal commas, zones in brackets.
    let at = |index: usize| text.as_bytes().get(index).copied();
    let shaped = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')]
        .iter()
        .all(|(index, byte)| at(*index) == Some(*byte));
    (shaped && !text.contains(['[', ','])).then(|| text.parse().ok())?
}
