//! JSON values, numbers and names as text for people.

use std::borrow::Cow;
use std::str::FromStr;

use serde_json::value::RawValue;

use crate::format::json;

/// The members of `raw` if it is a JSON array of strings and numbers. Numbers keep their digits.
pub fn parse_list(raw: &str) -> Option<Vec<Cow<'_, str>>> {
    let members: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
    members
        .into_iter()
        .map(|member| match member.get().as_bytes() {
            // Without an escape the text is what is between the quotes.
            [b'"', text @ .., b'"'] if !text.contains(&b'\\') => {
                std::str::from_utf8(text).ok().map(Cow::Borrowed)
            }
            [b'"', ..] => json::parse_string(member.get()).map(Cow::Owned),
            [b'-' | b'0'..=b'9', ..] => Some(Cow::Borrowed(member.get())),
            _ => None,
        })
        .collect()
}

/// A JSON value as text: a string without quotes, an array of strings and numbers with commas, anything
/// else as received.
pub fn display(raw: &str) -> String {
    json::parse_string(raw).unwrap_or_else(|| {
        parse_list(raw).map_or_else(|| raw.to_owned(), |members| members.join(", "))
    })
}

/// As [`display`], but the JSON itself where that would be blank: `""`, `[]`.
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

/// The number that `digits` stands for, if it has only digits: no sign and no white space.
pub fn parse_digits<T: FromStr>(digits: &str) -> Option<T> {
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A number of bytes in megabytes: `12.3 MB`.
pub fn megabytes(bytes: usize) -> String {
    format!("{}.{} MB", group_digits(bytes / 1_000_000), bytes / 100_000 % 10)
}

/// `number` with the noun `one` or `many`: `1 key`, `1,200 keys`.
pub fn pluralize(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", group_digits(number), if number == 1 { one } else { many })
}

/// `text` with its first letter as a capital, if that is ASCII.
pub fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The last segment of a path such as `projects/…/keyRings/name`.
pub fn last_segment(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, last)| last)
}

/// The number of characters of a server text that one line shows. The whole text is shown elsewhere.
const MAX_CHARS: usize = 300;

/// `text`, shortened to what one line shows, with `…` at the end.
pub fn truncate(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_CHARS) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Whether a text is the source of a web page.
pub fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    ["<!doctype", "<html", "<head", "<body", "<!--"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag)))
}
