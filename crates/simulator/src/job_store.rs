//! All jobs, by family and id and in the order of their start.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use crate::family::Family;
use crate::job::Job;

/// The jobs of all families.
#[derive(Clone, Debug, Default)]
pub struct JobStore {
    families: HashMap<&'static str, FamilyJobs>,
}

/// The jobs of one family.
#[derive(Clone, Debug, Default)]
struct FamilyJobs {
    created: HashMap<String, Timestamp>,
    jobs: BTreeMap<(Timestamp, String), Job>,
}

impl FamilyJobs {
    fn key(&self, id: &str) -> Option<(Timestamp, String)> {
        Some((*self.created.get(id)?, id.to_owned()))
    }
}

impl JobStore {
    /// Adds a job; it replaces one of the same family and id.
    pub fn add(&mut self, job: Job) {
        self.remove(job.family, &job.id);
        let family = self.families.entry(job.family.path).or_default();
        family.created.insert(job.id.clone(), job.created_at);
        family.jobs.insert((job.created_at, job.id.clone()), job);
    }

    /// Adds jobs.
    pub fn add_all(&mut self, jobs: impl IntoIterator<Item = Job>) {
        jobs.into_iter().for_each(|job| self.add(job));
    }

    /// The job with this id, whether or not it has started.
    pub fn get(&self, family: &Family, id: &str) -> Option<&Job> {
        let family = self.families.get(family.path)?;
        family.jobs.get(&family.key(id)?)
    }

    /// The job with this id, to be changed.
    pub fn get_mut(&mut self, family: &Family, id: &str) -> Option<&mut Job> {
        let family = self.families.get_mut(family.path)?;
        family.jobs.get_mut(&family.key(id)?)
    }

    /// Removes a job.
    pub fn remove(&mut self, family: &Family, id: &str) -> Option<Job> {
        let family = self.families.get_mut(family.path)?;
        let key = family.key(id)?;
        family.created.remove(id);
        family.jobs.remove(&key)
    }

    /// The jobs of a family and domain that have started, the oldest first.
    pub fn started(
        &self,
        family: &Family,
        domain: usize,
        now: Timestamp,
    ) -> impl DoubleEndedIterator<Item = &Job> {
        self.families
            .get(family.path)
            .into_iter()
            .flat_map(|family| family.jobs.values())
            .filter(move |job| job.domain == domain && job.has_started(now))
    }

    /// All jobs, started or not, in no particular order of the families.
    pub fn all(&self) -> impl Iterator<Item = &Job> {
        self.families.values().flat_map(|family| family.jobs.values())
    }

    /// The number of jobs, started or not.
    pub fn count(&self) -> usize {
        self.families.values().map(|family| family.jobs.len()).sum()
    }
}
