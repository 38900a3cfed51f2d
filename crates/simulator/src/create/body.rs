//! Reads members of a request body by type; wrong types are 400 with the member's name. Must
//! not know what the members mean. Unknown members are ignored.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::error::ApiError;
use crate::instant;

/// The JSON value that a request's body holds.
///
/// # Errors
///
/// 400 where it holds none.
pub fn parse(body: &[u8]) -> Result<Value, ApiError> {
    serde_json::from_slice(body)
        .map_err(|error| ApiError::bad_request(format!("Malformed JSON body: {error}")))
}

/// A JSON object that somebody sent.
pub struct Body<'a>(&'a Map<String, Value>);

impl<'a> Body<'a> {
    /// The object, if it is one.
    pub fn of(value: &'a Value) -> Result<Self, ApiError> {
        let object = value.as_object();
        object
            .map(Self)
            .ok_or_else(|| ApiError::bad_request("The body must be a JSON object."))
    }

    fn get<T>(
        &self,
        name: &str,
        wanted: &str,
        read: impl Fn(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, ApiError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => match read(value) {
                Some(value) => Ok(Some(value)),
                None => Err(ApiError::validation(name, &format!("must be {wanted}"))),
            },
        }
    }

    /// A string.
    pub fn string(&self, name: &str) -> Result<Option<&'a str>, ApiError> {
        self.get(name, "a string", Value::as_str)
    }

    /// A string that must be there.
    pub fn required(&self, name: &str) -> Result<&'a str, ApiError> {
        let present = self.string(name)?.filter(|text| !text.is_empty());
        present.ok_or_else(|| ApiError::validation(name, "is required"))
    }

    /// A string that must be there and be one of these.
    pub fn one_of(&self, name: &str, words: &[&str]) -> Result<String, ApiError> {
        let word = self.required(name)?;
        if words.contains(&word) {
            return Ok(word.to_owned());
        }
        Err(ApiError::validation(
            name,
            &format!("must be one of {}", words.join(", ")),
        ))
    }

    /// A boolean; absent means false.
    pub fn flag(&self, name: &str) -> Result<bool, ApiError> {
        Ok(self
            .get(name, "a boolean", Value::as_bool)?
            .unwrap_or(false))
    }

    /// An integer.
    pub fn integer(&self, name: &str) -> Result<Option<i64>, ApiError> {
        self.get(name, "an integer", Value::as_i64)
    }

    /// Strings, each once; absent means none.
    pub fn strings(&self, name: &str) -> Result<Vec<String>, ApiError> {
        let read = |value: &Value| {
            let texts = value
                .as_array()?
                .iter()
                .map(|one| one.as_str().map(str::to_owned));
            let mut seen = HashSet::new();
            let texts = texts.collect::<Option<Vec<String>>>()?;
            Some(
                texts
                    .into_iter()
                    .filter(|text| seen.insert(text.clone()))
                    .collect(),
            )
        };
        Ok(self
            .get(name, "an array of strings", read)?
            .unwrap_or_default())
    }

    /// The same, or one string by itself: where a page types a list as "string" (CONTRACT.md 3,
    /// family 7).
    pub fn one_or_more(&self, name: &str) -> Result<Vec<String>, ApiError> {
        match self.0.get(name).and_then(Value::as_str) {
            Some(one) => Ok(vec![one.to_owned()]),
            None => self.strings(name),
        }
    }

    /// An RFC 3339 time.
    pub fn time(&self, name: &str) -> Result<Option<Timestamp>, ApiError> {
        let read = |value: &Value| value.as_str().and_then(instant::read);
        self.get(name, "an RFC 3339 time", read)
    }

    /// An object.
    pub fn object(&self, name: &str) -> Result<Option<Body<'a>>, ApiError> {
        self.get(name, "an object", |value| value.as_object().map(Body))
    }

    /// All members, as they came.
    pub fn members(&self) -> &'a Map<String, Value> {
        self.0
    }

    /// Whether the member is there with a value.
    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }
}
