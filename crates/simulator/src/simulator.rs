//! The pure core: a request and a time in, an answer out. Must not know sockets, files, threads
//! or real clocks.

use jiff::Timestamp;

use crate::arrivals::Arrivals;
use crate::auth::Auth;
use crate::behaviour::Behaviour;
use crate::fault::Fault;
use crate::http::{Request, Response};
use crate::job::Job;
use crate::random::Random;
use crate::record::Records;
use crate::scheduler::Scheduler;
use crate::store::Store;
use crate::{api, generate, samples};

/// A simulated appliance.
#[derive(Debug)]
pub struct Simulator {
    /// The choices that the contract leaves open.
    pub behaviour: Behaviour,
    /// Tokens and sessions.
    pub auth: Auth,
    /// Faults that wait for requests; the first that matches is taken.
    pub faults: Vec<Fault>,
    /// What was asked.
    pub requests: Records,
    /// All jobs.
    pub jobs: Store,
    /// Schedules and their runs.
    pub scheduler: Scheduler,
    /// Jobs that begin by themselves as time goes on.
    pub arrivals: Option<Arrivals>,
    pub(crate) random: Random,
}

impl Simulator {
    /// An appliance with the documented sample jobs and nothing else. The same seed and the same
    /// requests give the same answers.
    pub fn new(seed: u64) -> Self {
        let mut simulator = Self {
            behaviour: Behaviour::default(),
            auth: Auth::new(seed),
            faults: Vec::new(),
            requests: Records::default(),
            jobs: Store::default(),
            scheduler: Scheduler::default(),
            arrivals: None,
            random: Random::new(seed ^ 0x51a7),
        };
        simulator.add_all(samples::jobs());
        simulator
    }

    /// The appliance that the program shows: besides the samples the jobs that the documentation's
    /// commands name, `count` generated ones of which the largest has `items` items, schedules with
    /// their runs, and more that begin as time goes on. Some items of started jobs fail, and some runs.
    pub fn demo(seed: u64, count: usize, items: usize, now: Timestamp) -> Self {
        let mut simulator = Self::new(seed);
        simulator.add_all(generate::demo(seed, count, items, now));
        simulator.add_all(generate::documented(now));
        simulator.arrivals = Some(Arrivals::new(seed, now));
        simulator.scheduler = generate::schedules(now);
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

    /// Answers a request that comes at a time. Asks for everything that time has brought first.
    pub fn handle(&mut self, now: Timestamp, request: &Request) -> Response {
        if let Some(arrivals) = &mut self.arrivals {
            self.jobs.add_all(arrivals.advance_to(now));
        }
        self.scheduler
            .advance_to(now, &self.behaviour, &mut self.jobs);
        self.with_faults(now, request, |sim, id| api::answer(sim, now, request, id))
    }

    /// Lets an answer that comes from elsewhere, as a file of the page does, pass the faults and
    /// be recorded.
    pub fn intercept(&mut self, now: Timestamp, request: &Request, answer: Response) -> Response {
        self.with_faults(now, request, |_, _| answer)
    }

    fn with_faults(
        &mut self,
        now: Timestamp,
        request: &Request,
        answer: impl FnOnce(&mut Self, &str) -> Response,
    ) -> Response {
        let request_id = self.random.uuid();
        let matching = |fault: &mut Fault| fault.matches(request).then(|| fault.clone());
        let fault = self.faults.iter_mut().find_map(matching);
        self.faults.retain(|fault| fault.times != Some(0));
        let acl = api::permission(request);
        let response = match fault {
            None => answer(self, &request_id),
            Some(fault) if fault.needs_answer() => {
                fault.apply(answer(self, &request_id), acl, &request_id)
            }
            Some(fault) => fault.apply(Response::empty(500), acl, &request_id),
        };
        self.requests.keep(now, request, response.status);
        response
    }
}
