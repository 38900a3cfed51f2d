//! A job as the API writes it: members from CONTRACT.md 2.1, in the order of the samples.

use jiff::Timestamp;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::items::Items;
use super::plan::Job;
use super::progress::Progress;
use crate::family::{Item, Member};

/// The member `account` of every resource.
pub const ACCOUNT: &str = "kylo:kylo:admin:accounts:kylo";
/// The member `application` of jobs of 2020 to 2022.
pub const APPLICATION: &str = "ncryptify:gemalto:admin:apps:kylo";
/// The member `devAccount` of jobs of 2020 to 2022.
pub const DEV_ACCOUNT: &str = "ncryptify:gemalto:admin:accounts:gemalto";

const UNFINISHED: &str = "in_progress";
const ABORTED: &str = "aborted";

/// A job at a time; serializes as the API writes it.
#[derive(Clone, Copy)]
pub struct JobAt<'a> {
    /// The job.
    pub job: &'a Job,
    /// The time.
    pub now: Timestamp,
}

impl Job {
    /// The job at a time.
    pub fn at(&self, now: Timestamp) -> JobAt<'_> {
        JobAt { job: self, now }
    }
}

impl Serialize for JobAt<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { job, now } = *self;
        if let Some(sample) = job.sample.filter(|_| job.aborted_at.is_none()) {
            return sample.serialize(serializer);
        }
        let progress = job.progress(now);
        let time = |time| job.precision.format(time);
        let mut out = serializer.serialize_map(None)?;
        out.serialize_entry("id", &job.id)?;
        let uri = format!("kylo:kylo:cckm:{}:{}", job.family.kind, job.id);
        out.serialize_entry("uri", &uri)?;
        out.serialize_entry("account", ACCOUNT)?;
        if job.application {
            out.serialize_entry("application", APPLICATION)?;
            out.serialize_entry("devAccount", DEV_ACCOUNT)?;
        }
        out.serialize_entry("createdAt", &time(job.created_at))?;
        out.serialize_entry("updatedAt", &time(progress.updated_at))?;
        if let Some(completed) = progress.completed_at {
            out.serialize_entry("completed_at", &time(completed))?;
        }
        out.serialize_entry("overall_status", &progress.status)?;
        out.serialize_entry("detailed_status", &DetailedStatus(job, &progress))?;
        for member in job.family.members {
            write_member(*member, job, &progress, &mut out)?;
        }
        out.end()
    }
}

fn write_member<M: SerializeMap>(
    member: Member,
    job: &Job,
    progress: &Progress,
    out: &mut M,
) -> Result<(), M::Error> {
    match (member, &job.items) {
        (Member::Abort, _) => out.serialize_entry("abort", &progress.abort),
        (Member::Cloud, _) => write_some("cloud", job.family.cloud, out),
        (Member::Items(name), items) => out.serialize_entry(name, &Names(items)),
        (Member::Kms, Items::Grid { kms, .. }) => out.serialize_entry("kms", kms),
        (Member::Regions, Items::Grid { regions, .. }) => out.serialize_entry("regions", regions),
        (Member::Operation, _) => write_some("operation", job.operation.as_deref(), out),
        (Member::Versions, items) => {
            out.serialize_entry("job_id", &job.id)?;
            write_some("key_id", job.key_id.as_deref(), out)?;
            out.serialize_entry("version_count", &items.count())
        }
        (Member::Kms | Member::Regions, _) => Ok(()),
    }
}

fn write_some<M: SerializeMap>(
    name: &str,
    value: Option<&str>,
    out: &mut M,
) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| out.serialize_entry(name, value))
}

/// The names of items, as an array.
struct Names<'a>(&'a Items);

impl Serialize for Names<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.names())
    }
}

/// The member `detailed_status` (CONTRACT.md 2.4).
struct DetailedStatus<'a>(&'a Job, &'a Progress);

impl Serialize for DetailedStatus<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(None)?;
        match (self.0.family.item, &self.0.items) {
            (Item::Version, Items::Versions { key, .. }) => self.write_versions(key, &mut out)?,
            _ => self.write_items(&mut out)?,
        }
        out.end()
    }
}

impl DetailedStatus<'_> {
    fn write_items<M: SerializeMap>(&self, out: &mut M) -> Result<(), M::Error> {
        let Self(job, progress) = self;
        let unfinished = if progress.abandoned { ABORTED } else { UNFINISHED };
        let listed = if job.family.lists_unfinished { job.items.count() } else { progress.done };
        for (index, name) in job.items.names().enumerate().take(listed) {
            if index < progress.done {
                let failure = job.failures.text(job.family, index, &name);
                out.serialize_entry(&name, failure.as_deref().unwrap_or(job.family.success))?;
            } else {
                out.serialize_entry(&name, unfinished)?;
            }
        }
        Ok(())
    }

    /// `completed` lists the finished versions, next to the message of the key (CONTRACT.md 2.4).
    fn write_versions<M: SerializeMap>(&self, key: &str, out: &mut M) -> Result<(), M::Error> {
        let Self(job, progress) = self;
        let failure = |index| job.failures.text(job.family, index, key);
        let completed: Vec<_> = (0..progress.done)
            .filter(|index| failure(*index).is_none())
            .map(|index| job.items.name(index))
            .collect();
        out.serialize_entry("completed", &completed)?;
        let message = match (0..progress.done).find_map(failure) {
            Some(text) => text,
            None if progress.abandoned => ABORTED.into(),
            None if progress.completed_at.is_none() => UNFINISHED.into(),
            None => job.family.success.into(),
        };
        out.serialize_entry(key, &message)
    }
}
