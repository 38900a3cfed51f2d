//! Families that the table does not contain. Only their path is known.
//!
//! A family is `&'static`, so each new path is allocated once and never freed. A user opens a few.

use std::sync::{Mutex, PoisonError};

use crate::family::table::SYNC;
use crate::family::{FAMILIES, Family, ListApi};

/// How long a path may be, and of how many parts.
const LONGEST: usize = 100;
const MOST_PARTS: usize = 8;

static OTHERS: Mutex<Vec<&'static Family>> = Mutex::new(Vec::new());

/// The family of `path`, or `None` if `path` cannot be a path below `v1/cckm/` or is in the table.
pub fn other(path: &str) -> Option<&'static Family> {
    let is_part = |part: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        !["", ".", ".."].contains(&part) && part.bytes().all(plain)
    };
    let is_known = FAMILIES.iter().any(|family| family.path == path);
    let fits = path.len() <= LONGEST && path.split('/').count() <= MOST_PARTS;
    // In an address this is the list of all jobs.
    if is_known || !fits || path == "all" || !path.split('/').all(is_part) {
        return None;
    }
    let mut others = OTHERS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(family) = others.iter().find(|family| family.path == path) {
        return Some(family);
    }
    let path: &'static str = Box::leak(path.into());
    let family: &'static Family = Box::leak(Box::new(Family {
        path,
        cloud: "Other:",
        title: path,
        list: Some(ListApi { filters: &[], can_sort: false }),
        can_cancel: false,
        note: Some("This kind is not in the console's table; it is shown as the server tells it."),
        ..SYNC
    }));
    others.push(family);
    Some(family)
}
