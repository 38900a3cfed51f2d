//! JSON bodies of requests, decoded by type. Every error is a 400 that names the member and the expected
//! type and never repeats the value, which may be a password.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Unexpected};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use serde_path_to_error::Segment;

use crate::error::ApiError;
use crate::rfc3339;

/// A JSON object, its members in alphabetical order.
pub type Object = Map<String, Value>;

/// The JSON object that a body holds.
///
/// # Errors
///
/// 400 if the body is not a JSON object.
pub fn object(body: &[u8]) -> Result<Object, ApiError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(ApiError::bad_request("The body must be a JSON object.")),
        Err(error) => Err(ApiError::bad_request(format!("Malformed JSON body: {error}"))),
    }
}

/// A body of known shape. Unknown members are ignored.
///
/// # Errors
///
/// 400 if the body is not a JSON object or a member has another type.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    read(object(body)?.into(), "body")
}

/// The members of a known shape in an object. Other members are ignored.
///
/// # Errors
///
/// 400 if a member has another type.
pub fn from_object<T: DeserializeOwned>(object: &Object) -> Result<T, ApiError> {
    read(object.clone().into(), "body")
}

/// A member whose name is only known at run time; none if it is absent or null.
///
/// # Errors
///
/// 400 if it has another type.
pub fn member<T: DeserializeOwned>(object: &Object, name: &str) -> Result<Option<T>, ApiError> {
    let value = object.get(name).filter(|value| !value.is_null());
    value.map(|value| read(value.clone(), name)).transpose()
}

/// Replaces the members of `target` that `changes` names.
///
/// # Errors
///
/// 400 if a member has another type; `target` is unchanged then.
pub fn merge<T: DeserializeOwned + Serialize>(
    target: &mut T,
    changes: Object,
) -> Result<(), ApiError> {
    let mut value = serde_json::to_value(&*target).unwrap_or_default();
    if let Some(members) = value.as_object_mut() {
        members.extend(changes.into_iter().filter(|(_, value)| !value.is_null()));
    }
    *target = read(value, "body")?;
    Ok(())
}

fn read<T: DeserializeOwned>(value: Value, name: &str) -> Result<T, ApiError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let key = error.path().iter().rev().find_map(|segment| match segment {
            Segment::Map { key } => Some(key.as_str()),
            _ => None,
        });
        let message = error.inner().to_string();
        if let Some((_, missing)) = message.split_once("missing field ") {
            return ApiError::validation(missing.trim_matches('`'), "is required");
        }
        let expected = message.rsplit_once("expected ").map_or(&*message, |(_, expected)| expected);
        ApiError::validation(key.unwrap_or(name), &format!("must be {expected}"))
    })
}

/// A text that must be present and not empty.
///
/// # Errors
///
/// 400 otherwise.
pub fn required(text: Option<String>, name: &str) -> Result<String, ApiError> {
    text.filter(|text| !text.is_empty()).ok_or_else(|| ApiError::validation(name, "is required"))
}

/// A text that must be present and one of `allowed`.
///
/// # Errors
///
/// 400 otherwise.
pub fn one_of(text: Option<String>, name: &str, allowed: &[&str]) -> Result<String, ApiError> {
    let text = required(text, name)?;
    if allowed.contains(&&*text) {
        return Ok(text);
    }
    let message = format!("must be one of {}", allowed.join(", "));
    Err(ApiError::validation(name, &message))
}

/// Texts without repetitions, in their order; none if absent.
pub fn unique(texts: Option<Vec<String>>) -> Vec<String> {
    let mut seen = HashSet::new();
    texts.into_iter().flatten().filter(|text| seen.insert(text.clone())).collect()
}

/// One text or several, for members that a page types as "string" and describes as a list
/// (CONTRACT.md 3, family 7).
#[derive(Deserialize)]
#[serde(untagged, expecting = "a string or an array of strings")]
pub enum OneOrMany {
    /// One text.
    One(String),
    /// Any number of texts.
    Many(Vec<String>),
}

impl From<OneOrMany> for Vec<String> {
    fn from(texts: OneOrMany) -> Self {
        match texts {
            OneOrMany::One(text) => vec![text],
            OneOrMany::Many(texts) => texts,
        }
    }
}

/// Deserializes an optional RFC 3339 time.
///
/// # Errors
///
/// If the value is a text in another format, or no text.
pub fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    Option::<String>::deserialize(deserializer)?
        .map(|text| {
            let unexpected = Unexpected::Other("text");
            rfc3339::parse(&text)
                .ok_or_else(|| D::Error::invalid_value(unexpected, &"an RFC 3339 time"))
        })
        .transpose()
}
