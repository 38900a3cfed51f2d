//! Properties of batches: no key is sent twice and none is lost, whatever happens to the answers.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use crate::support::batch::{at, job, keys, none, pause, ready};
use cckm_core::batch::{Batch, ChunkState, Outcome, PauseReason, Task};
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use proptest::prelude::*;

/// What can happen next.
#[derive(Clone, Debug)]
enum Event {
    /// The server acts and answers.
    Acts,
    /// The server acts, and its answer is lost.
    LosesAnswer,
    /// The request is lost.
    LosesRequest,
    /// The server answers 401, 403 or 429.
    Pauses,
    /// The server refuses one chunk.
    Refuses,
    /// The page is reloaded while starts may be in flight.
    Reloads,
    /// A person resumes the batch.
    Resumes,
    /// The console searches for lost starts. A person retries those that it did not find.
    Searches,
    /// A person retries refused chunks.
    Retries,
}

fn events() -> impl Strategy<Value = Vec<(usize, Event)>> {
    use Event::{
        Acts, LosesAnswer, LosesRequest, Pauses, Refuses, Reloads, Resumes, Retries, Searches,
    };
    let event = prop::sample::select(vec![
        Acts,
        Acts,
        LosesAnswer,
        LosesRequest,
        Pauses,
        Refuses,
        Reloads,
        Resumes,
        Searches,
        Retries,
    ]);
    prop::collection::vec((0..8_usize, event), 0..120)
}

/// A server with its jobs, and the chunks in flight.
#[derive(Default)]
struct World {
    jobs: Vec<Job>,
    requested: HashMap<String, usize>,
    in_flight: Vec<usize>,
}

impl World {
    fn act(&mut self, batch: &Batch, index: usize) -> String {
        let id = format!("job {}", self.jobs.len());
        let keys = &batch.chunks()[index].keys;
        for key in keys {
            *self.requested.entry(key.clone()).or_default() += 1;
        }
        self.jobs.push(job(&id, &batch.task().operation, keys, "2026-11-21T10:00:00Z"));
        id
    }

    fn step(&mut self, batch: &mut Batch, at: usize, event: &Event) {
        while let Some(index) = batch.next_to_send(3) {
            self.in_flight.push(index);
        }
        match event {
            Event::Resumes => batch.resume(Timestamp::from_ms(0)),
            Event::Reloads => {
                // Some of the starts in flight have reached the server.
                for index in std::mem::take(&mut self.in_flight) {
                    if index % 2 == at % 2 {
                        self.act(batch, index);
                    }
                }
                *batch = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
            }
            Event::Searches => {
                if batch.pause_reason().is_none() {
                    batch.match_lost(&self.jobs, &none());
                    batch.give_up_search(PauseReason::not_found());
                }
                self.retry_all(batch, |state| *state == ChunkState::Unknown);
            }
            Event::Retries => {
                self.retry_all(batch, |state| matches!(state, ChunkState::Refused(_)));
            }
            _ if self.in_flight.is_empty() => (),
            answer => {
                let index = self.in_flight.remove(at % self.in_flight.len());
                let outcome = match answer {
                    Event::Acts => Outcome::Started(self.act(batch, index)),
                    Event::LosesAnswer => {
                        self.act(batch, index);
                        Outcome::Lost
                    }
                    Event::Pauses => Outcome::Paused(pause("403")),
                    Event::Refuses => Outcome::Refused("400".to_owned()),
                    _ => Outcome::Lost,
                };
                batch.finish(index, outcome);
            }
        }
    }

    fn retry_all(&self, batch: &mut Batch, is: impl Fn(&ChunkState) -> bool) {
        for index in 0..batch.chunks().len() {
            if is(&batch.chunks()[index].state) {
                batch.retry(index);
            }
        }
        assert!(self.requested.values().all(|&times| times == 1));
    }
}

/// No file of past failures: a failure prints its minimal case.
fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn batch_any_events_each_key_sent_once(count in 0..60_usize, most in 1..12_usize, events in events()) {
        let mut batch = ready(keys(count), most);
        let mut world = World::default();
        for (at, event) in &events {
            world.step(&mut batch, *at, event);
            prop_assert!(world.requested.values().all(|&times| times == 1), "twice: {:?}", world.requested);
            let mut all: Vec<&String> = batch.chunks().iter().flat_map(|chunk| &chunk.keys).collect();
            all.dedup();
            prop_assert_eq!(all.len(), count);
        }
        // With a server that answers, searches and resumes it finishes.
        for _ in 0..count + 3 {
            for event in [Event::Resumes, Event::Acts, Event::Acts, Event::Acts, Event::Searches, Event::Retries] {
                world.step(&mut batch, 0, &event);
            }
        }
        prop_assert!(batch.is_finished());
        prop_assert_eq!(world.requested.len(), count);
        prop_assert!(world.requested.values().all(|&times| times == 1));
        // Each chunk has the id of the job with its keys.
        for chunk in batch.chunks() {
            let ChunkState::Started(id) = &chunk.state else { panic!("{chunk:?}") };
            let job = world.jobs.iter().find(|job| job.id().as_ref() == Some(id)).unwrap();
            prop_assert_eq!(&job.list("keys"), &chunk.keys);
        }
    }

    #[test]
    fn save_any_state_loads_the_same_batch(names in prop::collection::vec(".{0,8}", 0..60), value in ".{0,8}", most in 1..12_usize, events in events()) {
        let task = Task { operation: "a&b=c d".to_owned(), value };
        let mut batch = Batch::plan(task, names, most);
        batch.set_baseline(Some(at(7)), &[job("be fore", "", &[], "1970-01-01T00:00:00Z")]);
        let mut world = World::default();
        for (at, event) in &events {
            world.step(&mut batch, *at, event);
        }
        let back = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
        prop_assert_eq!(back.task(), batch.task());
        prop_assert_eq!(back.since(), batch.since());
        // Saved again it is the same text, so many reloads lose nothing.
        prop_assert_eq!(back.save_keys(), batch.save_keys());
        prop_assert_eq!(Batch::load(&back.save(), &back.save_keys()), Some(back.clone()));
        for (one, other) in batch.chunks().iter().zip(back.chunks()) {
            prop_assert_eq!(&one.keys, &other.keys);
            let same = match &one.state {
                ChunkState::Sent | ChunkState::Unknown => other.state == ChunkState::Lost,
                ChunkState::Waiting if one.was_lost => other.state == ChunkState::Lost,
                ChunkState::Refused(_) => matches!(other.state, ChunkState::Refused(_)),
                state => *state == other.state,
            };
            prop_assert!(same, "{:?} {:?}", one.state, other.state);
        }
        prop_assert_eq!(batch.chunks().len(), back.chunks().len());
    }

    #[test]
    fn load_any_text_batch_or_none(
        text in "\\PC{0,60}|\\{[a-z0-9\":,{}\\[\\]]{0,40}|operation=x&most=1(&(waiting|lost|started|since|before|until|value|refused)=?[0-9a-z]{0,3}){0,6}",
        keys in "\\[(\"[a-z]\",?){0,3}\\]|[a-z%&=+0-9]{0,12}|\\PC{0,20}",
    ) {
        if let Some(batch) = Batch::load(&text, &keys) {
            prop_assert_eq!(Batch::load(&batch.save(), &batch.save_keys()).map(|back| back.save()), Some(batch.save()));
        }
    }
}
