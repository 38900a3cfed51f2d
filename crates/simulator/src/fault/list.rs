//! Changes of a list: what the server reads of the request, and what its answer holds (CONTRACT.md 11.1
//! to 11.3).

use http::Uri;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::message::{Request, Response, parameters};

/// How an answer differs from the list that was asked for. By default it does not.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListChanges {
    /// The most rows of an answer, whatever `limit` asks for.
    pub max_rows: Option<usize>,
    /// The `limit` of the answer.
    pub limit: Echo,
    /// The `skip` of the answer. It differs from the one asked for only with [`Self::ignore_skip`].
    pub skip: Echo,
    /// The `total` of the answer.
    pub total: Total,
    /// Whether the answer always begins with the first row.
    pub ignore_skip: bool,
    /// Whether every parameter but `skip`, `limit` and `sort` is ignored.
    pub ignore_filters: bool,
    /// Elements that stand before the rows.
    pub foreign: Vec<Value>,
}

/// What an answer says about `skip` or `limit`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Echo {
    /// What was asked for.
    #[default]
    Asked,
    /// What was sent: the number of rows, or the number of rows before the first one.
    Sent,
    /// Nothing; the member is absent.
    Missing,
}

/// What an answer says about `total`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Total {
    /// The number of rows in the list.
    #[default]
    Right,
    /// This number.
    Number(u64),
    /// Nothing; the member is absent.
    Missing,
}

/// The members of a list. Raw values keep the text of each row.
#[derive(Serialize, Deserialize)]
struct Envelope {
    #[serde(skip_serializing_if = "Option::is_none")]
    skip: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<Box<RawValue>>,
    resources: Option<Vec<Box<RawValue>>>,
}

impl ListChanges {
    /// The request as the server reads it.
    pub(super) fn request(&self, request: &Request) -> Request {
        let is_read = |name: &str| match name {
            "skip" => !self.ignore_skip,
            "limit" | "sort" => true,
            _ => !self.ignore_filters,
        };
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(parameters(request).filter(|(name, _)| is_read(name)))
            .finish();
        let mut read = request.clone();
        if let Ok(uri) = format!("{}?{query}", request.uri().path()).parse::<Uri>() {
            *read.uri_mut() = uri;
        }
        read
    }

    /// The answer to `request`; anything but a list is unchanged.
    pub(super) fn apply(&self, request: &Request, mut response: Response) -> Response {
        let Ok(mut list) = serde_json::from_slice::<Envelope>(response.body()) else {
            return response;
        };
        let mut rows = list.resources.take().unwrap_or_default();
        rows.truncate(self.max_rows.unwrap_or(usize::MAX));
        let sent = rows.len();
        let foreign = self.foreign.iter().filter_map(|value| to_raw_value(value).ok());
        list.resources = Some(foreign.chain(rows).collect());
        list.limit = match self.limit {
            Echo::Asked => list.limit,
            Echo::Sent => to_raw_value(&sent).ok(),
            Echo::Missing => None,
        };
        let asked = parameters(request).find(|(name, _)| name == "skip").map(|(_, value)| value);
        list.skip = match (self.skip, asked.and_then(|skip| skip.parse::<u64>().ok())) {
            (Echo::Missing, _) => None,
            (Echo::Asked, Some(asked)) => to_raw_value(&asked).ok(),
            _ => list.skip,
        };
        list.total = match self.total {
            Total::Right => list.total,
            Total::Number(number) => to_raw_value(&number).ok(),
            Total::Missing => None,
        };
        if let Ok(body) = serde_json::to_vec(&list) {
            *response.body_mut() = body;
        }
        response
    }
}
