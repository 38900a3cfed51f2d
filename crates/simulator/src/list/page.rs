//! `skip` and `limit`, and the envelope of a page (CONTRACT.md 8).

use serde::Serialize;

use crate::error::ApiError;
use crate::message::{Request, parameters};

/// The requested part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many entries to skip.
    pub skip: usize,
    /// How many entries at most; -1 means all.
    pub limit: i64,
}

/// A page of a list, as the sample shows it.
#[derive(Serialize)]
pub struct Envelope<'a, T> {
    skip: usize,
    limit: i64,
    total: usize,
    resources: Option<&'a [T]>,
}

impl TryFrom<&Request> for Page {
    type Error = ApiError;

    /// The defaults are 0 and 10; `limit=-1` means everything (C). Other negative numbers and anything
    /// that is not a number are refused (I).
    fn try_from(request: &Request) -> Result<Self, ApiError> {
        let mut page = Self { skip: 0, limit: 10 };
        for (name, value) in parameters(request) {
            let invalid = || ApiError::parameter(&name, "not a valid number");
            match name.as_ref() {
                "skip" => page.skip = value.parse().map_err(|_| invalid())?,
                "limit" => page.limit = value.parse().map_err(|_| invalid())?,
                _ => {}
            }
            if page.limit < -1 {
                return Err(invalid());
            }
        }
        Ok(page)
    }
}

impl Page {
    /// This part of a list. With `null_when_empty` a page without entries has `"resources": null`.
    pub fn envelope<T>(self, all: &[T], null_when_empty: bool) -> Envelope<'_, T> {
        let rest = all.get(self.skip..).unwrap_or_default();
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let resources = &rest[..limit.min(rest.len())];
        Envelope {
            skip: self.skip,
            limit: self.limit,
            total: all.len(),
            resources: (!resources.is_empty() || !null_when_empty).then_some(resources),
        }
    }
}
