//! Families that the table does not contain. Only their path is known.
//!
//! A family is `&'static`, so each new path is allocated once and never freed. A user opens a few.

use std::sync::{Mutex, PoisonError};

use crate::family::table::SYNC;
use crate::family::{FAMILIES, Family, ListApi};

/// The maximum length of a path, in bytes and in segments.
const MAX_LENGTH: usize = 100;
const MAX_SEGMENTS: usize = 8;

static OTHERS: Mutex<Vec<&'static Family>> = Mutex::new(Vec::new());

/// The family of `path`, or `None` if `path` cannot be a path below `v1/cckm/` or is in the table.
pub fn other(path: &str) -> Option<&'static Family> {
    let is_segment = |segment: &str| {
        let is_allowed = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        !["", ".", ".."].contains(&segment) && segment.bytes().all(is_allowed)
    };
    let is_known = FAMILIES.iter().any(|family| family.path == path);
    let fits = path.len() <= MAX_LENGTH && path.split('/').count() <= MAX_SEGMENTS;
    // In an address, `all` means the list of all jobs.
    if is_known || !fits || path == "all" || !path.split('/').all(is_segment) {
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
        action: "Job",
        list: Some(ListApi { filters: &[], can_sort: false }),
        can_cancel: false,
        note: Some("The console does not know this kind of job. It shows what the server sends."),
        ..SYNC
    }));
    others.push(family);
    Some(family)
}
