//! A job as one row of a list: what is read at a glance.

use super::counts::Counts;
use super::family::Family;
use super::job::Job;
use super::standing::Standing;
use super::time::Timestamp;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// Tells the row from the others of its page, and stays with the job from answer to answer.
    pub key: String,
    /// The id, if the job has one.
    pub id: Option<String>,
    /// How the job stands.
    pub standing: Standing,
    /// The word under `overall_status`.
    pub status: Option<String>,
    /// When it was created.
    pub started: Option<Timestamp>,
    /// How long it took, or has taken so far, in milliseconds.
    pub duration_ms: Option<i64>,
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
    /// Its whole value.
    pub full: String,
}

/// How many entries of a list a row shows.
const SHOWN: usize = 2;

impl JobRow {
    /// The rows of `jobs`, which are of `family`, at the instant `now`; those at the indices
    /// `repeated` stood on another page before.
    pub fn all(jobs: &[Job], family: &Family, now: Timestamp, repeated: &[usize]) -> Vec<Self> {
        let mut rows: Vec<Self> = Vec::with_capacity(jobs.len());
        for (index, job) in jobs.iter().enumerate() {
            let mut row = Self::of(job, family, now);
            row.repeated = repeated.contains(&index);
            // Jobs without an id, or with the id of another, are rows of their own all the same.
            if row.key.is_empty() || rows.iter().any(|other| other.key == row.key) {
                row.key = format!("{index} {}", row.key);
            }
            rows.push(row);
        }
        rows
    }

    fn of(job: &Job, family: &Family, now: Timestamp) -> Self {
        let id = job.id();
        Self {
            key: id.clone().unwrap_or_default(),
            id,
            standing: job.standing(),
            status: job.overall_status(),
            started: job.started(),
            duration_ms: job.duration_ms(now),
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
    Some(Scope { name, short, full })
}

/// The last part of a resource name such as `projects/…/keyRings/name`.
fn last_part(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, last)| last)
}
