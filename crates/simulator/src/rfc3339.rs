//! Times in requests: RFC 3339, and no other form of ISO 8601.

use jiff::Timestamp;

/// Parses a date, `T`, a time with seconds, and an offset; anything else gives none.
pub fn parse(text: &str) -> Option<Timestamp> {
    // jiff also accepts times without seconds, hyphens or colons, decimal commas and zones in brackets.
    let at = |index: usize| text.as_bytes().get(index).copied();
    let well_formed = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')]
        .iter()
        .all(|(index, byte)| at(*index) == Some(*byte));
    (well_formed && !text.contains(['[', ','])).then(|| text.parse().ok())?
}
