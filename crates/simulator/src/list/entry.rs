//! Lists of anything that is a row of members: filtered, sorted and written by the members' names.
//! Must not know what the members mean.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::Timestamp;

use super::{Page, envelope, order};
use crate::behaviour::Behaviour;
use crate::error::ApiError;
use crate::http::Request;
use crate::instant;
use crate::json::Writer;

/// The value of a member.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub enum Value<'a> {
    /// A string.
    Text(Cow<'a, str>),
    /// A boolean.
    Flag(bool),
    /// A time, printed in UTC to the nanosecond, so that a filter can name it exactly.
    Time(Timestamp),
    /// Any other value, as JSON text.
    Json(String),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

/// Members in the order in which they are written.
pub type Members<'a> = Vec<(&'static str, Value<'a>)>;

/// How a filter compares.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// The same text.
    Text,
    /// The same boolean, in lower case.
    Flag,
    /// A later time. Whether the time itself counts is not documented; here it does not.
    After,
    /// An earlier time, without the time itself.
    Before,
}

/// A filter: the query's parameter, the member that it is about, and how they compare.
pub type Filter = (&'static str, &'static str, Test);

/// The answer to a request for a list of these rows, which come with the oldest first.
///
/// # Errors
///
/// 400 for a `skip`, `limit`, boolean or time that is none.
pub fn entries<'a>(
    rows: impl Iterator<Item = Members<'a>>,
    filters: &[Filter],
    request: &Request,
    behaviour: &Behaviour,
) -> Result<String, ApiError> {
    let page = Page::read(request)?;
    let mut conditions = Vec::new();
    for filter in filters {
        let wanted = wanted(filter, request)?;
        if !wanted.is_empty() {
            conditions.push((filter, wanted));
        }
    }
    let admitted = |row: &Members| {
        conditions
            .iter()
            .all(|(filter, wanted)| wanted.iter().any(|wanted| admits(filter, wanted, row)))
    };
    let mut rows: Vec<Members> = rows.filter(admitted).collect();
    if behaviour.newest_first {
        rows.reverse();
    }
    order::by(&mut rows, &order::keys(request), |key, a, b| {
        let order = find(a, key).partial_cmp(&find(b, key));
        order.unwrap_or(Ordering::Equal)
    });
    let shown = page.cut(&rows);
    let null = behaviour.null_when_empty;
    Ok(envelope(&page, rows.len(), null, shown, |row, out| {
        write(row, out);
    }))
}

/// Writes a row as an object.
pub fn write(row: &Members, out: &mut Writer) {
    out.open('{');
    for (name, value) in row {
        match value {
            Value::Text(text) => out.text(name, text),
            Value::Flag(flag) => out.member(name, &flag.to_string()),
            Value::Time(time) => out.text(name, &time.to_string()),
            Value::Json(json) => out.member(name, json),
        }
    }
    out.close('}');
}

/// What a query asks of a filter: each value of the parameter, any of which is enough.
fn wanted((name, _, test): &Filter, request: &Request) -> Result<Vec<Value<'static>>, ApiError> {
    let bad = |what: &str| ApiError::parameter(format!("{name}: must be {what}"));
    let given = request.parameters().filter(|(given, _)| given == name);
    given
        .map(|(_, text)| match test {
            Test::Text => Ok(Value::Text(text.into_owned().into())),
            Test::Flag => {
                let flag = text.parse().map(Value::Flag);
                flag.map_err(|_| bad("true or false"))
            }
            Test::After | Test::Before => {
                let time = instant::read(&text).map(Value::Time);
                time.ok_or_else(|| bad("an RFC 3339 time"))
            }
        })
        .collect()
}

fn admits((_, member, test): &Filter, wanted: &Value, row: &Members) -> bool {
    find(row, member).is_some_and(|has| match test {
        Test::Text | Test::Flag => has == wanted,
        Test::After => has > wanted,
        Test::Before => has < wanted,
    })
}

fn find<'r, 'a>(row: &'r Members<'a>, name: &str) -> Option<&'r Value<'a>> {
    let found = row.iter().find(|(member, _)| *member == name);
    found.map(|(_, value)| value)
}
