//! JSON values as people read them, and numbers as they are written.

use serde_json::value::RawValue;

use crate::format::json;

/// The members of `raw` if it is a JSON list of strings and numbers; the numbers keep their digits.
pub fn parse_list(raw: &str) -> Option<Vec<String>> {
    let members: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
    members
        .into_iter()
        .map(|member| match member.get().as_bytes().first()? {
            b'"' => json::parse_string(member.get()),
            b'-' | b'0'..=b'9' => Some(member.get().to_owned()),
            _ => None,
        })
        .collect()
}

/// A JSON value as people read it: a string without its quotes, a plain list with commas,
/// anything else as it came.
pub fn display(raw: &str) -> String {
    json::parse_string(raw).unwrap_or_else(|| {
        parse_list(raw).map_or_else(|| raw.to_owned(), |members| members.join(", "))
    })
}

/// A JSON value as people read it, or as it came where they would read nothing: `""`, `[]`.
pub fn display_or_raw(raw: &str) -> String {
    let shown = display(raw);
    if shown.trim().is_empty() {
        return raw.to_owned();
    }
    shown
}

/// A whole number with its digits grouped: `1,234,567`.
pub fn group_digits(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `one` or `many` after its grouped number: `1 key`, `1,200 keys`.
pub fn pluralize(number: usize, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        group_digits(number),
        if number == 1 { one } else { many }
    )
}

/// `text`, which begins with an ASCII letter, with it as a capital, as at the start of a label.
pub fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The last part of a name such as `projects/…/keyRings/name`.
pub fn last_segment(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, last)| last)
}

/// As many characters of a text from the server as a line shows; the whole stands elsewhere.
const LINE: usize = 300;

/// `text`, cut to what a line can show.
pub fn truncate(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LINE) {
        text.truncate(end);
        text.push('…');
    }
    text
}
