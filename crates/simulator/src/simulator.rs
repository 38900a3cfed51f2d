//! The state of a simulated appliance.

use jiff::Timestamp;

use crate::arrivals::Arrivals;
use crate::auth::Auth;
use crate::behaviour::Behaviour;
use crate::fault::Fault;
use crate::history::History;
use crate::job::Job;
use crate::job_store::JobStore;
use crate::random::Random;
use crate::request_log::RequestLog;
use crate::scheduler::Scheduler;
use crate::{generate, samples};

/// A simulated appliance.
#[derive(Debug)]
pub struct Simulator {
    /// Settings for what the contract leaves open.
    pub behaviour: Behaviour,
    /// Tokens and sessions.
    pub auth: Auth,
    /// Faults that wait for requests; the first one that matches is applied.
    pub faults: Vec<Fault>,
    /// Earlier states, which stale nodes show.
    pub(crate) history: History,
    /// The requests so far.
    pub requests: RequestLog,
    /// All jobs.
    pub jobs: JobStore,
    /// Schedules and their runs.
    pub scheduler: Scheduler,
    /// Jobs that start without a request.
    pub arrivals: Option<Arrivals>,
    pub(crate) random: Random,
}

impl Simulator {
    /// An appliance with the documented sample jobs and nothing else. The same seed and the same
    /// requests give the same responses.
    pub fn new(seed: u64) -> Self {
        let mut simulator = Self {
            behaviour: Behaviour::default(),
            auth: Auth::new(seed),
            faults: Vec::new(),
            history: History::default(),
            requests: RequestLog::default(),
            jobs: JobStore::default(),
            scheduler: Scheduler::default(),
            arrivals: None,
            random: Random::new(seed ^ 0x51a7),
        };
        simulator.add_all(samples::jobs());
        simulator
    }

    /// The appliance that the program serves by default: the samples, the jobs that the documentation's
    /// commands name, and [`generate::week`], whose largest job has `items` items.
    pub fn week(seed: u64, items: usize, now: Timestamp) -> Self {
        let mut simulator = Self::new(seed);
        let (jobs, scheduler) = generate::week(now, items);
        simulator.add_all(jobs);
        simulator.add_all(generate::documented(now));
        simulator.scheduler = scheduler;
        generate::system_schedules(now).for_each(|schedule| simulator.scheduler.add(schedule));
        simulator.behaviour.failures_per_mille = 30;
        simulator.behaviour.run_failures_per_mille = 80;
        simulator
    }

    /// The appliance that the program serves with `--jobs`. It has the samples, the jobs that the documentation's
    /// commands name, `count` generated jobs of which the largest has `items` items, schedules with
    /// runs, and jobs that start without a request. Some items of started jobs fail, and some runs.
    pub fn demo(seed: u64, count: usize, items: usize, now: Timestamp) -> Self {
        let mut simulator = Self::new(seed);
        simulator.add_all(generate::demo(seed, count, items, now));
        simulator.add_all(generate::documented(now));
        simulator.arrivals = Some(Arrivals::new(seed, now));
        simulator.scheduler = generate::schedules(now);
        generate::system_schedules(now).for_each(|schedule| simulator.scheduler.add(schedule));
        simulator.behaviour.failures_per_mille = 30;
        simulator.behaviour.run_failures_per_mille = 80;
        simulator
    }

    /// Adds a job.
    pub fn add(&mut self, job: Job) {
        self.jobs.add(job);
    }

    /// Adds jobs.
    pub fn add_all(&mut self, jobs: impl IntoIterator<Item = Job>) {
        self.jobs.add_all(jobs);
    }

    /// Starts everything that is due: jobs that arrive, and runs of schedules with their jobs.
    pub fn advance_to(&mut self, now: Timestamp) {
        if let Some(arrivals) = &mut self.arrivals {
            self.jobs.add_all(arrivals.advance_to(now));
        }
        self.scheduler.advance_to(now, &self.behaviour, &mut self.jobs);
    }
}
