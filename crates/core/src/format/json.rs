//! JSON objects as lists of members. The text of each value is unchanged, so that order, repeated members and the
//! digits of numbers are preserved.

use std::fmt;

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A member of a JSON object, with its value exactly as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member's name.
    pub name: String,
    /// Its value as JSON.
    pub raw: String,
}

/// The JSON of the member `name`. Of repeated members the last counts, as in `JSON.parse`.
pub fn find<'a>(members: &'a [Member], name: &str) -> Option<&'a str> {
    let member = members.iter().rev().find(|member| member.name == name);
    member.map(|member| member.raw.as_str())
}

/// The members of the JSON object `text`.
///
/// # Errors
/// If `text` is not exactly one JSON object.
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

/// The text of `raw` if it is a JSON string.
pub fn parse_string(raw: &str) -> Option<String> {
    serde_json::from_str(raw).ok()
}

/// `text` as a JSON string.
pub fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// The JSON object with `members`, whose values are JSON.
pub fn write_object(members: &[(&str, &str)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(name, raw)| format!("{}:{raw}", quote(name))).collect();
    format!("{{{}}}", members.join(","))
}
