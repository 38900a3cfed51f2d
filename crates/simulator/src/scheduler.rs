//! Schedules and their runs (CONTRACT.md 3, families 18 and 19). Must not know HTTP.
//!
//! Runs follow from the time: each schedule makes those that have become due since it was last
//! asked, and a run tells its status from the clock.

mod cron;
pub(crate) mod operation;
pub(crate) mod run;
pub(crate) mod schedule;
mod synchronize;

use std::collections::HashMap;

use jiff::Timestamp;

pub use run::Run;
pub use schedule::Schedule;

use crate::behaviour::Behaviour;
use crate::job::{ACCOUNT, APPLICATION, DEV_ACCOUNT, Job};
use crate::list::{Members, Value};
use crate::random::{at, hash, uuid};
use crate::store::Store;

/// How many runs of a schedule are kept, the latest. A leap of a year over `* * * * *` makes no more
/// than these; how long the appliance keeps its own is not documented.
pub const MOST_RUNS: usize = 100;

/// All schedules and runs, the oldest first.
#[derive(Debug, Default)]
pub struct Scheduler {
    configs: Vec<Schedule>,
    runs: Vec<Run>,
}

impl Scheduler {
    /// Adds a schedule.
    pub fn add(&mut self, config: Schedule) {
        self.configs.push(config);
    }

    /// Adds a schedule whose runs since a time are still to be made.
    pub fn add_since(&mut self, mut config: Schedule, since: Timestamp) {
        config.made_until = since;
        self.add(config);
    }

    /// Adds runs, and forgets the oldest where a schedule has more than [`MOST_RUNS`].
    pub fn add_runs(&mut self, runs: impl IntoIterator<Item = Run>) {
        let before = self.runs.len();
        self.runs.extend(runs);
        if self.runs.len() == before {
            return;
        }
        self.runs.sort_by_key(|run| run.created_at);
        let mut kept: HashMap<String, usize> = HashMap::new();
        self.runs.reverse();
        self.runs.retain(|run| {
            let count = kept.entry(run.schedule_id.clone()).or_default();
            *count += 1;
            *count <= MOST_RUNS
        });
        self.runs.reverse();
    }

    /// Makes the runs that have become due, and the jobs that they start.
    pub fn advance_to(&mut self, now: Timestamp, behaviour: &Behaviour, jobs: &mut Store) {
        let mut made = Vec::new();
        for config in &mut self.configs {
            for due in config.due(now, MOST_RUNS) {
                let seed = at(hash(&config.id), due.as_second().cast_unsigned());
                let (run, begun) = begin(config, uuid(seed, at(seed, 0)), due, behaviour);
                made.push(run);
                jobs.add_all(begun);
            }
            // A clock that is set back and goes on makes no run a second time.
            config.made_until = config.made_until.max(now);
        }
        self.add_runs(made);
    }

    /// Makes a run of a schedule now, whether or not it is disabled or its dates are over, which is
    /// chosen.
    pub fn run_now(
        &mut self,
        config: &Schedule,
        id: String,
        now: Timestamp,
        behaviour: &Behaviour,
        jobs: &mut Store,
    ) -> Run {
        let (run, begun) = begin(config, id, now, behaviour);
        jobs.add_all(begun);
        self.add_runs([run.clone()]);
        run
    }

    /// The schedules of a domain, the oldest first.
    pub fn schedules(&self, domain: usize) -> impl Iterator<Item = &Schedule> {
        let configs = self.configs.iter();
        configs.filter(move |config| config.domain == domain)
    }

    /// The schedule of a domain with this id, to be changed.
    pub fn schedule_mut(&mut self, domain: usize, id: &str) -> Option<&mut Schedule> {
        let mut configs = self.configs.iter_mut();
        configs.find(|config| config.domain == domain && config.id == id)
    }

    /// Takes a schedule out. Its runs stay, which is chosen.
    pub fn remove(&mut self, id: &str) {
        self.configs.retain(|config| config.id != id);
    }

    /// The runs of a domain that there are at a time, the oldest first.
    pub fn runs(&self, domain: usize, now: Timestamp) -> impl Iterator<Item = &Run> {
        let runs = self.runs.iter();
        runs.filter(move |run| run.domain == domain && run.created_at <= now)
    }

    /// Takes a run out.
    pub fn remove_run(&mut self, id: &str) {
        self.runs.retain(|run| run.id != id);
    }
}

/// A run and the jobs that it starts. One that fails starts none; any other lasts as long as its
/// jobs. Both are chosen.
fn begin(
    config: &Schedule,
    id: String,
    created: Timestamp,
    behaviour: &Behaviour,
) -> (Run, Vec<Job>) {
    let seed = hash(&id);
    let mut run = Run::new(config, id, created);
    run.wait = behaviour.run_wait;
    run.duration = behaviour.run_duration;
    let fails = at(seed, 0) % 1000 < u64::from(behaviour.run_failures_per_mille);
    let jobs = match synchronize::jobs(config, run.start(), seed, behaviour) {
        Ok(jobs) if !fails => jobs,
        _ => {
            run.final_status = "failed".into();
            Vec::new()
        }
    };
    run.duration = jobs
        .iter()
        .map(|job| job.duration)
        .max()
        .unwrap_or(run.duration);
    (run, jobs)
}

/// The members that every resource of the scheduler begins with. `application` and `devAccount` are
/// documented for schedules; that runs have them, and the form of the uri, are chosen.
fn written<'a>(kind: &str, id: &'a str, created: Timestamp, updated: Timestamp) -> Members<'a> {
    vec![
        ("id", id.into()),
        (
            "uri",
            Value::Text(format!("kylo:kylo:scheduler:{kind}:{id}").into()),
        ),
        ("account", ACCOUNT.into()),
        ("application", APPLICATION.into()),
        ("devAccount", DEV_ACCOUNT.into()),
        ("createdAt", Value::Time(created)),
        ("updatedAt", Value::Time(updated)),
    ]
}
