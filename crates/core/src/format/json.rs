//! Small JSON objects, member by member, each value kept as the text it came as.
//!
//! Beside it the general value type of the library, with its maps and its numbers, would be code
//! that the page needs for nothing else (ARCHITECTURE.md has the figures).

use std::fmt;

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A member of an object, with its value as JSON exactly as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member's name.
    pub name: String,
    /// Its value as JSON.
    pub raw: String,
}

/// The value of the member `name` as JSON; of a repeated one the last, as in the browser's own
/// reader.
pub fn find<'a>(members: &'a [Member], name: &str) -> Option<&'a str> {
    let member = members.iter().rev().find(|member| member.name == name);
    member.map(|member| member.raw.as_str())
}

/// The members of the one object that `text` holds.
///
/// # Errors
/// When it holds anything else.
pub fn parse_object(text: &str) -> Result<Vec<Member>, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(text);
    let members = json.deserialize_map(MembersVisitor)?;
    json.end()?;
    Ok(members)
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Vec<Member>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            let value: &RawValue = map.next_value()?;
            let raw = value.get().to_owned();
            members.push(Member { name, raw });
        }
        Ok(members)
    }
}

/// The text of `raw` if it is a string.
pub fn parse_string(raw: &str) -> Option<String> {
    serde_json::from_str(raw).ok()
}

/// `text` as a JSON string.
pub fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// The value of `raw` if it is a number, near enough for a length of time.
pub fn parse_number(raw: &str) -> Option<f64> {
    if !raw.starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
        return None;
    }
    let (digits, exponent) = raw.split_once(['e', 'E']).unwrap_or((raw, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = whole.bytes().chain(fraction.bytes());
    let digits = digits.filter(u8::is_ascii_digit);
    let value = digits.fold(0.0, |value, digit| value * 10.0 + f64::from(digit - b'0'));
    let places = i32::try_from(fraction.len()).ok()?;
    let power = exponent.saturating_sub(places);
    let value = if power < 0 {
        value / 10_f64.powi(power.saturating_neg())
    } else {
        value * 10_f64.powi(power)
    };
    let value = if raw.starts_with('-') { -value } else { value };
    Some(value).filter(|value| value.is_finite())
}

/// An object of texts, and behind them of `others`, whose values are JSON already.
pub fn write_object(texts: &[(&str, &str)], others: &[(&str, &str)]) -> String {
    let texts = texts.iter().map(|(name, text)| (*name, quote(text)));
    let others = others.iter().map(|(name, raw)| (*name, (*raw).to_owned()));
    let members = texts.chain(others);
    let members = members.map(|(name, raw)| format!("{}:{raw}", quote(name)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}
