//! `skip` and `limit` (CONTRACT.md 8). Must not know what is paged.

use crate::error::ApiError;
use crate::http::Request;

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many to leave out.
    pub skip: usize,
    /// How many at most; -1 for all.
    pub limit: i64,
}

impl Page {
    /// What the query asks for: defaults 0 and 10; `limit=-1` means everything (C); other
    /// negative numbers and anything that is no number are refused (I).
    pub fn read(request: &Request) -> Result<Self, ApiError> {
        let mut page = Self { skip: 0, limit: 10 };
        for (name, value) in request.parameters() {
            let bad = || ApiError::parameter(format!("{name}: not a valid number"));
            match name.as_ref() {
                "skip" => page.skip = value.parse().map_err(|_| bad())?,
                "limit" => {
                    page.limit = value.parse().map_err(|_| bad())?;
                    if page.limit < -1 {
                        return Err(bad());
                    }
                }
                _ => {}
            }
        }
        Ok(page)
    }

    /// That part of a list.
    pub fn cut<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        let rest = all.get(self.skip..).unwrap_or_default();
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        &rest[..limit.min(rest.len())]
    }
}
