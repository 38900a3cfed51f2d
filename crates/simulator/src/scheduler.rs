//! Schedules and their runs (CONTRACT.md 3, families 18 and 19).
//!
//! Runs follow from the time: each schedule creates the runs that have become due since the last
//! request, and the status of a run follows from the clock.

mod cron;
mod operation;
mod resource;
mod run;
mod schedule;
mod synchronize;

use std::collections::HashMap;

use jiff::Timestamp;

pub(crate) use operation::{OPERATIONS, SYSTEM_OPERATIONS};
pub(crate) use run::FILTERS as RUN_FILTERS;
pub use run::Run;
pub(crate) use schedule::FILTERS as SCHEDULE_FILTERS;
pub use schedule::Schedule;

use crate::behaviour::Behaviour;
use crate::error::ApiError;
use crate::job::Job;
use crate::job_store::JobStore;
use crate::random::{at, hash, uuid};

/// How many runs of a schedule are stored; older ones are removed. This bounds the runs of `* * * * *` when the
/// clock jumps by a year. How long the appliance stores runs is not documented.
pub const MAX_RUNS: usize = 100;

/// All schedules and runs, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Scheduler {
    schedules: Vec<Schedule>,
    runs: Vec<Run>,
}

impl Scheduler {
    /// Adds a schedule.
    pub fn add(&mut self, schedule: Schedule) {
        self.schedules.push(schedule);
    }

    /// Adds a schedule; the next request creates its runs since `since`.
    pub fn add_since(&mut self, mut schedule: Schedule, since: Timestamp) {
        schedule.runs_created_until = since;
        self.add(schedule);
    }

    /// Adds runs, and removes the oldest of a schedule that has more than [`MAX_RUNS`].
    pub fn add_runs(&mut self, runs: impl IntoIterator<Item = Run>) {
        let before = self.runs.len();
        self.runs.extend(runs);
        if self.runs.len() == before {
            return;
        }
        self.runs.sort_by_key(|run| run.created_at);
        let mut counts: HashMap<String, usize> = HashMap::new();
        self.runs.reverse();
        self.runs.retain(|run| {
            let count = counts.entry(run.schedule_id.clone()).or_default();
            *count += 1;
            *count <= MAX_RUNS
        });
        self.runs.reverse();
    }

    /// Creates the runs that are due, and the jobs that they start.
    pub fn advance_to(&mut self, now: Timestamp, behaviour: &Behaviour, jobs: &mut JobStore) {
        let mut runs = Vec::new();
        for schedule in &mut self.schedules {
            for due in schedule.due_times(now, MAX_RUNS) {
                let seed = at(hash(&schedule.id), due.as_second().cast_unsigned());
                let id = uuid(seed, at(seed, 0));
                let (run, started) = start_run(schedule, id, due, behaviour);
                runs.push(run);
                jobs.add_all(started);
            }
            // A clock that is set back creates no run twice.
            schedule.runs_created_until = schedule.runs_created_until.max(now);
        }
        self.add_runs(runs);
    }

    /// Creates a run of a schedule now, even if the schedule is disabled or outside of its dates, which
    /// is an assumption.
    pub fn run_now(
        &mut self,
        schedule: &Schedule,
        id: String,
        now: Timestamp,
        behaviour: &Behaviour,
        jobs: &mut JobStore,
    ) -> Run {
        let (run, started) = start_run(schedule, id, now, behaviour);
        jobs.add_all(started);
        self.add_runs([run.clone()]);
        run
    }

    /// The runs of a schedule that were due between two times, and the jobs that they started. They are not
    /// added.
    pub(crate) fn past_runs(
        schedule: &Schedule,
        since: Timestamp,
        now: Timestamp,
        behaviour: &Behaviour,
    ) -> Vec<(Run, Vec<Job>)> {
        let mut past = schedule.clone();
        past.runs_created_until = since;
        let run = |due: Timestamp| {
            let seed = at(hash(&past.id), due.as_second().cast_unsigned());
            start_run(&past, uuid(seed, at(seed, 0)), due, behaviour)
        };
        past.due_times(now, MAX_RUNS).into_iter().map(run).collect()
    }

    /// The schedules of a domain, the oldest first.
    pub fn schedules(&self, domain: usize) -> impl Iterator<Item = &Schedule> {
        self.schedules.iter().filter(move |schedule| schedule.domain == domain)
    }

    /// The schedule of a domain with this id.
    ///
    /// # Errors
    ///
    /// 404 if there is none.
    pub fn schedule(&self, domain: usize, id: &str) -> Result<&Schedule, ApiError> {
        self.schedules(domain).find(|schedule| schedule.id == id).ok_or_else(ApiError::unknown_id)
    }

    /// The schedule of a domain with this id, to be changed.
    ///
    /// # Errors
    ///
    /// 404 if there is none.
    pub fn schedule_mut(&mut self, domain: usize, id: &str) -> Result<&mut Schedule, ApiError> {
        self.schedules
            .iter_mut()
            .find(|schedule| schedule.domain == domain && schedule.id == id)
            .ok_or_else(ApiError::unknown_id)
    }

    /// Removes a schedule of a domain. Its runs stay, which is an assumption.
    ///
    /// # Errors
    ///
    /// 404 if there is none.
    pub fn remove(&mut self, domain: usize, id: &str) -> Result<(), ApiError> {
        self.schedule(domain, id)?;
        self.schedules.retain(|schedule| schedule.id != id);
        Ok(())
    }

    /// The runs of a domain that exist at a time, the oldest first.
    pub fn runs(&self, domain: usize, now: Timestamp) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(move |run| run.domain == domain && run.created_at <= now)
    }

    /// Removes a run.
    pub fn remove_run(&mut self, id: &str) {
        self.runs.retain(|run| run.id != id);
    }
}

/// A run and the jobs that it starts. A run that fails starts none; any other lasts as long as its jobs.
/// Both are assumptions.
fn start_run(
    schedule: &Schedule,
    id: String,
    created_at: Timestamp,
    behaviour: &Behaviour,
) -> (Run, Vec<Job>) {
    let seed = hash(&id);
    let mut run = Run::new(schedule, id, created_at);
    run.wait = behaviour.run_wait;
    run.duration = behaviour.run_duration;
    let fails = at(seed, 0) % 1000 < u64::from(behaviour.run_failures_per_mille);
    let jobs = match synchronize::jobs(schedule, run.started_at(), seed, behaviour) {
        Ok(jobs) if !fails => jobs,
        _ => {
            run.final_status = "failed".into();
            Vec::new()
        }
    };
    let longest = jobs.iter().map(|job| job.duration).max();
    run.duration = longest.unwrap_or(run.duration);
    (run, jobs)
}
