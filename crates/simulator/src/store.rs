//! All jobs, found by family and id, and in the order in which they began. Must not know HTTP.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use crate::family::Family;
use crate::job::Job;

/// Every job of every family.
#[derive(Debug, Default)]
pub struct Store {
    families: HashMap<&'static str, FamilyJobs>,
}

#[derive(Debug, Default)]
struct FamilyJobs {
    began: HashMap<String, Timestamp>,
    jobs: BTreeMap<(Timestamp, String), Job>,
}

impl Store {
    /// Adds a job; one of the same family and id gives way.
    pub fn add(&mut self, job: Job) {
        self.remove(job.family, &job.id);
        let family_jobs = self.families.entry(job.family.path).or_default();
        family_jobs.began.insert(job.id.clone(), job.created_at);
        family_jobs
            .jobs
            .insert((job.created_at, job.id.clone()), job);
    }

    /// Adds jobs.
    pub fn add_all(&mut self, jobs: impl IntoIterator<Item = Job>) {
        for job in jobs {
            self.add(job);
        }
    }

    /// The job with this id, whether or not it has begun.
    pub fn get(&self, family: &Family, id: &str) -> Option<&Job> {
        let family_jobs = self.families.get(family.path)?;
        family_jobs
            .jobs
            .get(&(*family_jobs.began.get(id)?, id.to_owned()))
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, family: &Family, id: &str) -> Option<&mut Job> {
        let family_jobs = self.families.get_mut(family.path)?;
        family_jobs
            .jobs
            .get_mut(&(*family_jobs.began.get(id)?, id.to_owned()))
    }

    /// Takes a job out.
    pub fn remove(&mut self, family: &Family, id: &str) -> Option<Job> {
        let family_jobs = self.families.get_mut(family.path)?;
        family_jobs
            .jobs
            .remove(&(family_jobs.began.remove(id)?, id.to_owned()))
    }

    /// The jobs of a family and domain that have begun, the oldest first.
    pub fn begun(
        &self,
        family: &Family,
        domain: usize,
        now: Timestamp,
    ) -> impl DoubleEndedIterator<Item = &Job> {
        let jobs = self
            .families
            .get(family.path)
            .into_iter()
            .flat_map(|family_jobs| family_jobs.jobs.values());
        jobs.filter(move |job| job.domain == domain && job.exists(now))
    }

    /// How many jobs there are.
    pub fn count(&self) -> usize {
        self.families
            .values()
            .map(|family_jobs| family_jobs.jobs.len())
            .sum()
    }
}
