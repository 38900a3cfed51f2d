//! A job as one row of a list: what is read at a glance.

use std::collections::HashSet;

use crate::family::Family;
use crate::format::local_time::LocalTime;
use crate::format::text::{cut, last_part};
use crate::format::time::Timestamp;
use crate::job::counts::Counts;
use crate::job::status::JobStatus;
use crate::job::{Job, JobDuration};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// The family of the job.
    pub family: &'static Family,
    /// Tells the row from the others of its page, and stays with the job from answer to answer.
    pub key: String,
    /// The id, if the job has one that an address can name.
    pub id: Option<String>,
    /// How the job stands.
    pub standing: JobStatus,
    /// The word under `overall_status`.
    pub status: Option<String>,
    /// When it was created.
    pub started: Option<LocalTime>,
    /// How long it took.
    pub took: JobDuration,
    /// What it is about, one entry for each member that tells it.
    pub scope: Vec<Scope>,
    /// How its items stand.
    pub counts: Counts,
    /// Whether it stood on another page when that was seen.
    pub repeated: bool,
}

/// A member that tells what a job is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// The member's name.
    pub name: &'static str,
    /// Its value, shortened to what tells jobs apart.
    pub short: String,
    /// Its whole value, up to a length that a row can bear.
    pub full: String,
}

/// How many entries of a list a row shows.
const SHOWN: usize = 2;

impl JobRow {
    /// The rows of `jobs`, which are of `family`; those at the indices `repeated` stood on another
    /// page before. `when` writes an instant in the reader's zone.
    pub fn all(
        jobs: &[Job],
        family: &'static Family,
        repeated: &[usize],
        when: fn(Timestamp) -> Option<LocalTime>,
    ) -> Vec<Self> {
        let ids: Vec<String> = jobs
            .iter()
            .map(|job| job.id().unwrap_or_default())
            .collect();
        let mut seen = HashSet::new();
        let rows = jobs.iter().zip(&ids).enumerate().map(|(index, (job, id))| {
            let mut row = Self::of(job, family, when);
            row.repeated = repeated.contains(&index);
            // Jobs without an id, or with the id of another, are rows of their own all the same.
            if id.is_empty() || !seen.insert(id.as_str()) {
                row.key = format!("{index} {id}");
            }
            row
        });
        rows.collect()
    }

    /// The row of one job, which is of `family`; its key is its id, or empty.
    pub fn of(
        job: &Job,
        family: &'static Family,
        when: fn(Timestamp) -> Option<LocalTime>,
    ) -> Self {
        let id = job.id();
        Self {
            family,
            key: id.clone().unwrap_or_default(),
            id: id.filter(|id| id != "." && id != ".."),
            standing: job.status(),
            status: job.overall_status().map(cut),
            started: job.started().and_then(when),
            took: job.took(),
            scope: (family.scope.iter())
                .filter_map(|name| scope(job, name))
                .collect(),
            counts: Counts::of_job(job, family),
            repeated: false,
        }
    }
}

fn scope(job: &Job, name: &'static str) -> Option<Scope> {
    let full = job.shown(name).filter(|full| !full.is_empty())?;
    let entries = job.list(name);
    let short = if entries.is_empty() {
        full.clone()
    } else {
        let shown: Vec<&str> = entries
            .iter()
            .take(SHOWN)
            .map(|entry| last_part(entry))
            .collect();
        let more = entries.len().saturating_sub(SHOWN);
        let more = if more > 0 {
            format!(" +{more}")
        } else {
            String::new()
        };
        format!("{}{more}", shown.join(", "))
    };
    let (short, full) = (cut(short), cut(full));
    Some(Scope { name, short, full })
}
