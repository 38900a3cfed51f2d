//! Lists of any resource that is a row of members, filtered and sorted by the names of the members.

use std::cmp::Ordering;

use http::StatusCode;
use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::page::Page;
use super::sort;
use crate::behaviour::Behaviour;
use crate::error::ApiError;
use crate::message::{self, Request, Response, parameters};
use crate::rfc3339;

/// The members of a resource, in the order in which they are written.
#[derive(Clone, Debug, Default)]
pub struct Row(Vec<(&'static str, Value)>);

/// How a filter compares.
#[derive(Clone, Copy, Debug)]
pub enum Comparison {
    /// Equal texts.
    Text,
    /// Equal booleans, written in lower case.
    Flag,
    /// A later time. Whether the time itself counts is not documented; here it does not.
    After,
    /// An earlier time, without the time itself.
    Before,
}

/// A filter: the query parameter, the member that it concerns, and how they compare.
pub type Filter = (&'static str, &'static str, Comparison);

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

impl Row {
    /// Adds a member.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// Adds a member if it has a value.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    fn get(&self, name: &str) -> Option<&Value> {
        let member = self.0.iter().find(|(member, _)| *member == name);
        member.map(|(_, value)| value)
    }

    fn compare(&self, other: &Self, name: &str) -> Ordering {
        let (a, b) = (self.get(name), other.get(name));
        if let (Some(a), Some(b)) = (a.and_then(time), b.and_then(time)) {
            return a.cmp(&b);
        }
        let key = |value: Option<&Value>| {
            value.map(|value| (value.as_str().map(str::to_owned), value.as_bool()))
        };
        key(a).cmp(&key(b))
    }

    fn matches(&self, (_, member, comparison): &Filter, wanted: &Value) -> bool {
        self.get(member).is_some_and(|value| match comparison {
            Comparison::Text | Comparison::Flag => value == wanted,
            Comparison::After => time(value) > time(wanted),
            Comparison::Before => time(value) < time(wanted),
        })
    }
}

/// The time that a value contains.
fn time(value: &Value) -> Option<Timestamp> {
    rfc3339::parse(value.as_str()?)
}

/// The response to a request for a list of these rows, which are ordered from the oldest.
///
/// # Errors
///
/// 400 for an invalid `skip`, `limit`, boolean or time.
pub fn row_list(
    rows: impl Iterator<Item = Row>,
    filters: &[Filter],
    request: &Request,
    behaviour: &Behaviour,
) -> Result<Response, ApiError> {
    let page = Page::try_from(request)?;
    let conditions = filters
        .iter()
        .map(|filter| Ok((filter, wanted(filter, request)?)))
        .collect::<Result<Vec<_>, ApiError>>()?;
    let mut rows: Vec<Row> = rows
        .filter(|row| {
            conditions.iter().all(|(filter, wanted)| {
                wanted.is_empty() || wanted.iter().any(|wanted| row.matches(filter, wanted))
            })
        })
        .collect();
    if behaviour.newest_first {
        rows.reverse();
    }
    let keys = sort::keys(request);
    sort::sort_by_keys(&mut rows, &keys, |key, a, b| a.compare(b, key));
    let envelope = page.envelope(&rows, behaviour.null_when_empty);
    Ok(message::json(StatusCode::OK, &envelope))
}

/// The values of a filter in a query; a row matches if it matches any of them.
fn wanted((name, _, comparison): &Filter, request: &Request) -> Result<Vec<Value>, ApiError> {
    let invalid = |expected| ApiError::parameter(name, expected);
    parameters(request)
        .filter(|(parameter, _)| parameter == name)
        .map(|(_, text)| match comparison {
            Comparison::Flag => {
                text.parse::<bool>().map(Value::from).map_err(|_| invalid("must be true or false"))
            }
            Comparison::After | Comparison::Before if rfc3339::parse(&text).is_none() => {
                Err(invalid("must be an RFC 3339 time"))
            }
            _ => Ok(Value::from(text)),
        })
        .collect()
}
