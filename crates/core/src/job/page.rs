//! One page of a list of jobs.

use std::collections::HashMap;
use std::mem;

use crate::format::json;
use crate::format::json::Member;
use crate::job::Job;
use crate::job::known::JobState;

/// One page of a list as the API reports it (CONTRACT.md 8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobPage {
    /// The jobs in the order of the answer.
    pub jobs: Vec<Job>,
    /// The members beside `resources`, in the order of the answer.
    pub members: Vec<Member>,
    /// Whether the answer had `resources`; `null` counts as an empty list.
    pub has_resources: bool,
    /// The elements of `resources` that are no jobs, as JSON.
    pub unreadable: Vec<String>,
    /// The positions of these elements in `resources`, ascending.
    pub unreadable_at: Vec<usize>,
    /// The jobs, by index, of which an earlier answer is newer, and stands in place of what this one says.
    pub known: Vec<usize>,
}

impl JobPage {
    /// The value of the member `name`, if it is a non-negative integer.
    pub fn number(&self, name: &str) -> Option<usize> {
        json::find(&self.members, name)?.parse().ok()
    }

    /// The page after `answer`, a later answer to the same request: its jobs in its order, each with what is known of it
    /// (see [`Job::updated_by`]).
    #[must_use]
    pub fn updated_by(&self, mut answer: Self) -> Self {
        let known: HashMap<String, &Job> =
            self.jobs.iter().filter_map(|job| Some((job.id()?, job))).collect();
        for (index, job) in answer.jobs.iter_mut().enumerate() {
            if let Some(&known) = job.id().and_then(|id| known.get(&id)) {
                if JobState::from(known).is_newer_than((&*job).into()) {
                    answer.known.push(index);
                }
                *job = known.updated_by(mem::take(job));
            }
        }
        answer
    }

    /// How many elements the server sent: jobs, and elements that are no jobs.
    pub fn received(&self) -> usize {
        self.jobs.len() + self.unreadable.len()
    }

    /// The positions of the jobs in `resources`.
    pub fn positions(&self) -> Vec<usize> {
        let is_job = |at: &usize| self.unreadable_at.binary_search(at).is_err();
        (0..self.received()).filter(is_job).collect()
    }

    /// The `total` of a page that begins after `skip` jobs: how many jobs match. `None` if the server sent none
    /// (CONTRACT.md 11.2), or if it sent more rows than that.
    pub fn total(&self, skip: usize) -> Option<usize> {
        let received = self.received();
        let end = skip.saturating_add(received);
        self.number("total").filter(|&total| received == 0 || total >= end)
    }

    /// The ids of the jobs in order; an empty text for a job without one.
    pub fn ids(&self) -> Vec<String> {
        let ids = self.jobs.iter().map(Job::id);
        ids.map(Option::unwrap_or_default).collect()
    }

    /// Whether any job is not finished.
    pub fn has_running(&self) -> bool {
        self.jobs.iter().any(|job| job.status().is_running())
    }
}
