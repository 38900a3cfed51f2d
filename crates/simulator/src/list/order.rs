//! The order that `sort` asks for: names separated by commas, `-` for descending (CONTRACT.md
//! 8). Names that no job has are ignored (I). Must not leave a job out.

use std::cmp::Ordering;

use jiff::Timestamp;

use crate::http::Request;
use crate::job::{Job, Progress};

/// What the query sorts by, the most important first.
pub fn keys(request: &Request) -> Vec<String> {
    request
        .parameters()
        .filter(|(name, _)| name == "sort")
        .flat_map(|(_, value)| {
            value
                .split(',')
                .map(|key| key.trim().to_owned())
                .collect::<Vec<_>>()
        })
        .filter(|key| !key.is_empty())
        .collect()
}

/// Sorts rows by keys, `compare` telling the order by one of them; those that are equal stay in
/// their order.
pub fn by<T>(rows: &mut [T], keys: &[String], compare: impl Fn(&str, &T, &T) -> Ordering) {
    rows.sort_by(|a, b| {
        let orders = keys.iter().map(|key| match key.strip_prefix('-') {
            Some(key) => compare(key, a, b).reverse(),
            None => compare(key, a, b),
        });
        orders.fold(Ordering::Equal, Ordering::then)
    });
}

/// Sorts jobs as the query says.
pub fn sort(jobs: &mut Vec<&Job>, request: &Request, now: Timestamp) {
    let keys = keys(request);
    if keys.is_empty() {
        return;
    }
    let mut rows: Vec<(&Job, Progress)> =
        jobs.iter().map(|job| (*job, job.progress(now))).collect();
    by(&mut rows, &keys, compare);
    *jobs = rows.into_iter().map(|(job, _)| job).collect();
}

fn compare(key: &str, (a, at): &(&Job, Progress), (b, bt): &(&Job, Progress)) -> Ordering {
    match key {
        "id" | "uri" => a.id.cmp(&b.id),
        "createdAt" => a.created_at.cmp(&b.created_at),
        "updatedAt" => at.updated.cmp(&bt.updated),
        "completed_at" => at.completed.cmp(&bt.completed),
        "overall_status" => at.status.cmp(&bt.status),
        "operation" => a.operation.cmp(&b.operation),
        "abort" => at.abort.cmp(&bt.abort),
        _ => Ordering::Equal,
    }
}
