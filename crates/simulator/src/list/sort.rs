//! The order that `sort` requests: names separated by commas, `-` for descending (CONTRACT.md 8).
//! Unknown names are ignored (I).

use std::cmp::Ordering;

use crate::message::{Request, parameters};

/// The names in the query, the most significant first.
pub fn keys(request: &Request) -> Vec<String> {
    parameters(request)
        .filter(|(name, _)| name == "sort")
        .flat_map(|(_, value)| value.split(',').map(str::to_owned).collect::<Vec<_>>())
        .map(|key| key.trim().to_owned())
        .filter(|key| !key.is_empty())
        .collect()
}

/// Sorts by several keys; `compare` compares by one of them. Equal rows keep their order.
pub fn sort_by_keys<T>(
    rows: &mut [T],
    keys: &[String],
    compare: impl Fn(&str, &T, &T) -> Ordering,
) {
    rows.sort_by(|a, b| {
        keys.iter()
            .map(|key| match key.strip_prefix('-') {
                Some(key) => compare(key, a, b).reverse(),
                None => compare(key, a, b),
            })
            .fold(Ordering::Equal, Ordering::then)
    });
}
