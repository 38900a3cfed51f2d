//! A batch with a hostile server, from the plan to the end: no key is started twice or lost, no job is invented, and the
//! number of requests has a bound. So for a bulk operation, and for a repetition of synchronizations.

use std::collections::{BTreeSet, HashMap, HashSet};

use cckm_core::api::decode;
use cckm_core::api::error::ApiError;
use cckm_core::api::response::Response;
use cckm_core::batch::requests as batch_requests;
use cckm_core::batch::{Batch, ChunkState, KeyTable, NewestJobs, Outcome, PollQueue, Sender, Step};
use cckm_core::config::PollBounds;
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use cckm_core::job::status::JobStatus;
use cckm_core::poll::{PollFacts, next_delay};
use cckm_core::start::{PlannedStart, StartScope};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::support::batch::{at, enable, keys, none};
use crate::support::hostile::{Server, Total, acts, rules};

const SYNCHRONIZATIONS: &str = "aws/synchronization-jobs";

/// A repetition in `count` starts of two regions each.
fn repetition(count: usize) -> Batch {
    let start = |at: usize| PlannedStart {
        scope: StartScope {
            kms: vec![format!("kms {at}")],
            regions: vec!["r".to_owned(), "s".to_owned()],
        },
        failed: vec![format!("kms {at}/r"), format!("kms {at}/s")],
    };
    let family = Family::by_path(SYNCHRONIZATIONS).unwrap();
    Batch::repeat(family, "x", (0..count).map(start).collect())
}

type Check = Result<(), TestCaseError>;

/// The runtime of a batch, and a person.
struct BatchRun {
    batch: Batch,
    sender: Sender,
    table: KeyTable,
    polls: PollQueue,
    /// The answers that have not arrived yet.
    in_flight: Vec<(usize, Result<Response, ApiError>)>,
    is_searching: bool,
    count: usize,
    /// Whether the person sends a start again also if it was carried out, which nobody may know.
    is_mistaken: bool,
    /// The chunks of which a start was lost.
    lost: HashSet<usize>,
    /// The chunks that the person has decided to send again.
    decided: HashSet<usize>,
    statuses: HashMap<String, JobStatus>,
}

impl BatchRun {
    fn new(batch: Batch, is_mistaken: bool) -> Self {
        Self {
            count: batch.key_count(),
            table: KeyTable::new(&batch),
            batch,
            sender: Sender::default(),
            polls: PollQueue::default(),
            in_flight: Vec::new(),
            is_searching: false,
            is_mistaken,
            lost: HashSet::new(),
            decided: HashSet::new(),
            statuses: HashMap::new(),
        }
    }

    fn step(&mut self, server: &mut Server, step: u8, pick: usize) -> Check {
        server.now += 2;
        match step {
            0 => self.resume(server),
            1 => self.reload(),
            2 | 3 => self.search(server)?,
            4 | 5 => self.poll(server)?,
            6 => self.retry(server),
            _ => self.deliver(server, pick),
        }
        self.drive(server)
    }

    /// Takes the steps that are due, and checks what was done.
    fn drive(&mut self, server: &mut Server) -> Check {
        // What the person decided before something went wrong is asked again.
        let chunks = self.batch.chunks();
        self.decided.retain(|index| chunks[*index].state == ChunkState::Waiting);
        while let Some(step) = self.sender.next_step(&mut self.batch) {
            match step {
                Step::Search => self.is_searching = true,
                Step::Send(index) => {
                    let is_decided = self.decided.remove(&index);
                    prop_assert!(is_decided || !self.lost.contains(&index), "{} unasked", index);
                    let request = batch_requests::start(&self.batch, index).unwrap();
                    self.in_flight.push((index, server.answer(&request)));
                }
            }
        }
        self.table.update(&self.batch);
        let mut known = HashSet::new();
        for (index, chunk) in self.batch.chunks().iter().enumerate() {
            known.extend(&chunk.keys);
            let jobs = server.jobs_for(&chunk.keys);
            if let Some(id) = chunk.job_id() {
                self.polls.add(index, server.now * 1_000);
                prop_assert!(jobs.contains(id), "{} is invented", id);
            }
            prop_assert!(chunk.duplicates.iter().all(|id| jobs.contains(id)));
        }
        prop_assert_eq!(known.len(), self.count);
        let twice = server.carried_out.iter().find(|(_, times)| **times > 1);
        prop_assert!(self.is_mistaken || twice.is_none(), "started twice: {:?}", twice);
        Ok(())
    }

    fn resume(&mut self, server: &Server) {
        self.batch.resume(at(server.now * 1_000));
        self.sender.reset();
    }

    /// The answers in flight are lost.
    fn reload(&mut self) {
        self.lost.extend(self.in_flight.drain(..).map(|(index, _)| index));
        self.decided.clear();
        self.batch = Batch::load(&self.batch.save(), &self.batch.save_keys()).unwrap();
        self.sender = Sender::default();
        self.is_searching = false;
        self.table = KeyTable::new(&self.batch);
        self.polls = PollQueue::default();
        self.statuses.clear();
    }

    fn deliver(&mut self, server: &Server, pick: usize) {
        if !self.in_flight.is_empty() {
            let (index, answer) = self.in_flight.remove(pick % self.in_flight.len());
            let outcome = batch_requests::outcome(&self.batch, answer, at(server.now * 1_000));
            if outcome == Outcome::Lost {
                self.lost.insert(index);
            }
            self.batch.finish(index, outcome);
        }
    }

    fn retry(&mut self, server: &Server) {
        for index in 0..self.batch.chunks().len() {
            let chunk = &self.batch.chunks()[index];
            let is_asked = chunk.state == ChunkState::Unknown;
            if self.is_mistaken && is_asked || server.jobs_for(&chunk.keys).is_empty() {
                self.batch.retry(index);
                self.decided.extend(is_asked.then_some(index));
            }
        }
        self.resume(server);
    }

    /// Runs the search that is due, with its repetitions.
    fn search(&mut self, server: &mut Server) -> Check {
        let mut count = 0;
        while std::mem::take(&mut self.is_searching) {
            let found = newest_jobs(server, &self.batch)?;
            let now = at(server.now * 1_000);
            if self.sender.searched(&mut self.batch, &found, &none(), now).is_some() {
                server.now += 3;
                self.sender.repeat();
            }
            count += 1;
            prop_assert!(count <= 6, "the searches end");
            self.drive(server)?;
            if self.sender == Sender::default() {
                break;
            }
        }
        Ok(())
    }

    /// Fetches the jobs that are due, each once.
    fn poll(&mut self, server: &mut Server) -> Check {
        let (mut count, now) = (0, server.now * 1_000);
        while let Some(index) = self.polls.pop(now) {
            count += 1;
            prop_assert!(count <= self.batch.chunks().len(), "a job is fetched twice");
            let Some(id) = self.batch.chunks()[index].job_id().map(str::to_owned) else {
                self.polls.remove(index);
                continue;
            };
            let answer = server.answer(&batch_requests::job(self.batch.family(), &id));
            let delay = next_delay(
                &PollBounds::default(),
                &PollFacts { running: self.table.is_running(index), ..PollFacts::default() },
                0.0,
            );
            let delay = match answer.and_then(|answer| decode::job(&answer.body)) {
                Ok(job) if self.table.read(&self.batch, index, &job) => delay,
                Ok(_) => None,
                Err(ApiError::NotFound(_)) => self.table.missing(index),
                Err(error) => delay.filter(|_| error.is_retryable()),
            };
            self.polls.finish(index, now, delay);
            if let Some(status) = self.table.job(index).status {
                let before = self.statuses.insert(id, status);
                prop_assert!(before.is_none_or(|before| before.order() <= status.order()));
            }
        }
        Ok(())
    }

    /// Lets the batch end, with a person who resumes it, searches again and retries.
    fn end(&mut self, server: &mut Server) -> Check {
        let rounds = 2 * self.count + 5;
        // At most twelve searches and a few starts in a round.
        let max = server.requests + rounds * 12 * (max_reads(server) + 2 * self.count + 4);
        for _ in 0..rounds {
            // The round after the last start searches for duplicates once more.
            let is_last = self.batch.chunks().iter().all(|chunk| chunk.job_id().is_some());
            server.now += 60;
            self.drive(server)?;
            while !self.in_flight.is_empty() {
                self.deliver(server, 0);
                self.drive(server)?;
            }
            self.search(server)?;
            self.batch.search_again();
            self.resume(server);
            self.drive(server)?;
            self.search(server)?;
            self.retry(server);
            self.drive(server)?;
            self.search(server)?;
            if is_last {
                break;
            }
        }
        self.polls.refresh(server.now * 1_000, true);
        for _ in 0..9 {
            server.now += 600;
            self.poll(server)?;
        }
        prop_assert!(self.polls.is_final());
        prop_assert!(server.requests <= max, "{} requests", server.requests);
        Ok(())
    }
}

/// How many requests a search may send: one for each element of the list, and some more of which none is a job.
fn max_reads(server: &Server) -> usize {
    2 * server.jobs.len() + 25
}

/// The newest jobs, as the batch searches them.
fn newest_jobs(
    server: &mut Server,
    batch: &Batch,
) -> Result<Result<NewestJobs, ApiError>, TestCaseError> {
    let mut newest = NewestJobs::of(batch);
    for _ in 0..max_reads(server) {
        let read = server.answer(&batch_requests::newest(batch.family(), newest.read));
        let read = read.and_then(|answer| {
            let clock = answer.server_time_ms.map(Timestamp::from_ms);
            Ok(newest.push(decode::job_page(&answer.body)?, clock))
        });
        match read {
            Ok(false) => {}
            Ok(true) => return Ok(Ok(newest)),
            Err(error) => return Ok(Err(error)),
        }
    }
    Err(TestCaseError::fail("the search ends"))
}

proptest! {
    // A server that cuts its pages to one row gets many requests.
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn batch_with_any_server_starts_each_key_once_and_finds_all_of_its_jobs(
        rules in rules(), acts in acts(), count in 1..16_usize, size in 1..6_usize, seed in 0..900_i64,
        steps in prop::collection::vec((0..9_u8, 0..4_usize), 0..80),
    ) {
        let mut server = Server::new(rules, acts, &["aws/bulkjob"], 12, seed);
        let mut run = BatchRun::new(Batch::plan(enable(), keys(count), size), false);
        for (step, pick) in steps {
            run.step(&mut server, step, pick)?;
        }
        // A server that answers, and lists what was started.
        server.acts.clear();
        server.rules.ignores_position = false;
        server.rules.sorts = true;
        server.rules.is_exclusive = false;
        if matches!(server.rules.total, Total::Wrong(_)) {
            server.rules.total = Total::Missing;
        }
        server.now += 100;
        run.end(&mut server)?;
        prop_assert!(run.batch.is_finished(), "{:?}", run.batch);
        for chunk in run.batch.chunks() {
            let found: BTreeSet<String> =
                chunk.job_id().into_iter().map(str::to_owned).chain(chunk.duplicates.clone()).collect();
            prop_assert_eq!(found, server.jobs_for(&chunk.keys));
        }
        prop_assert_eq!(server.carried_out.len(), count);
        prop_assert_eq!(run.table.failed().len() + run.table.total().finished(), count);
    }

    /// The list is not sorted, a start may be refused while another job runs, and the person sends again what is unknown.
    #[test]
    fn repetition_with_any_server_sends_nothing_again_unasked_and_invents_no_job(
        rules in rules(), acts in acts(), count in 1..7_usize, seed in 0..900_i64,
        steps in prop::collection::vec((0..9_u8, 0..4_usize), 0..80),
    ) {
        let mut server = Server::new(rules, acts, &[SYNCHRONIZATIONS], 12, seed);
        let mut run = BatchRun::new(repetition(count), true);
        for (step, pick) in steps {
            run.step(&mut server, step, pick)?;
        }
        // The rules stay.
        server.acts.clear();
        server.now += 100;
        run.end(&mut server)?;
        prop_assert!(run.batch.is_finished(), "{:?}", run.batch);
        prop_assert_eq!(server.carried_out.len(), 2 * count);
        if server.rules.ignores_position || matches!(server.rules.total, Total::Wrong(_)) {
            return Ok(());
        }
        for chunk in run.batch.chunks() {
            let found: BTreeSet<String> =
                chunk.job_id().into_iter().map(str::to_owned).chain(chunk.duplicates.clone()).collect();
            prop_assert_eq!(found, server.jobs_for(&chunk.keys));
        }
    }
}
