//! Batches: no key is asked for twice, none is lost, whatever happens to the answers.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use crate::support::batch::{at, begun, job, keys, none, stop};
use cckm_core::batch::{Batch, Outcome, State, Task};
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use proptest::prelude::*;

/// What can happen next.
#[derive(Clone, Debug)]
enum Event {
    /// The server acts and answers.
    Acts,
    /// The server acts, and the answer is lost.
    ActsUnheard,
    /// The request is lost.
    Drops,
    /// A 401, 403 or 429.
    Stops,
    /// A refusal.
    Refuses,
    /// The page is loaded anew, whatever is on its way.
    Reloads,
    /// Someone goes on after a stop.
    GoesOn,
    /// The console looks for lost jobs; someone sends again those parts that it did not find.
    Looks,
    /// Someone sends refused parts again.
    Retries,
}

fn events() -> impl Strategy<Value = Vec<(usize, Event)>> {
    use Event::{Acts, ActsUnheard, Drops, GoesOn, Looks, Refuses, Reloads, Retries, Stops};
    let event = prop::sample::select(vec![
        Acts,
        Acts,
        ActsUnheard,
        Drops,
        Stops,
        Refuses,
        Reloads,
        GoesOn,
        Looks,
        Retries,
    ]);
    prop::collection::vec((0..8_usize, event), 0..120)
}

/// A server that remembers its jobs, and what of the batch is on its way.
#[derive(Default)]
struct World {
    jobs: Vec<Job>,
    asked: HashMap<String, usize>,
    on_the_way: Vec<usize>,
}

impl World {
    fn act(&mut self, batch: &Batch, part: usize) -> String {
        let id = format!("job {}", self.jobs.len());
        let keys = &batch.parts()[part].keys;
        for key in keys {
            *self.asked.entry(key.clone()).or_default() += 1;
        }
        self.jobs.push(job(
            &id,
            &batch.task().operation,
            keys,
            "2026-11-21T10:00:00Z",
        ));
        id
    }

    fn step(&mut self, batch: &mut Batch, at: usize, event: &Event) {
        while let Some(part) = batch.next(3) {
            self.on_the_way.push(part);
        }
        match event {
            Event::GoesOn => batch.go_on(Timestamp::from_ms(0)),
            Event::Reloads => {
                // Some of what is on its way has come through.
                for part in std::mem::take(&mut self.on_the_way) {
                    if part % 2 == at % 2 {
                        self.act(batch, part);
                    }
                }
                *batch = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
            }
            Event::Looks => {
                if batch.stop().is_none() {
                    batch.look(&self.jobs, &none());
                    batch.give_up();
                }
                self.again(batch, |state| *state == State::Unknown);
            }
            Event::Retries => self.again(batch, |state| matches!(state, State::Refused(_))),
            _ if self.on_the_way.is_empty() => (),
            answer => {
                let part = self.on_the_way.remove(at % self.on_the_way.len());
                let outcome = match answer {
                    Event::Acts => Outcome::Started(self.act(batch, part)),
                    Event::ActsUnheard => {
                        self.act(batch, part);
                        Outcome::Lost
                    }
                    Event::Stops => Outcome::Stopped(stop("403")),
                    Event::Refuses => Outcome::Refused("400".to_owned()),
                    _ => Outcome::Lost,
                };
                batch.ended(part, outcome);
            }
        }
    }

    fn again(&self, batch: &mut Batch, is: impl Fn(&State) -> bool) {
        for part in 0..batch.parts().len() {
            if is(&batch.parts()[part].state) {
                batch.send_again(part);
            }
        }
        assert!(self.asked.values().all(|&times| times == 1));
    }
}

/// No file of past failures: a failure prints the case that it was cut down to.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_key_is_asked_for_twice_and_none_is_lost(count in 0..60_usize, most in 1..12_usize, events in events()) {
        let mut batch = begun(keys(count), most);
        let mut world = World::default();
        for (at, event) in &events {
            world.step(&mut batch, *at, event);
            prop_assert!(world.asked.values().all(|&times| times == 1), "twice: {:?}", world.asked);
            let mut all: Vec<&String> = batch.parts().iter().flat_map(|part| &part.keys).collect();
            all.dedup();
            prop_assert_eq!(all.len(), count);
        }
        // Left alone with a server that answers, and someone who looks and goes on, it comes to its end.
        for _ in 0..count + 3 {
            for event in [Event::GoesOn, Event::Acts, Event::Acts, Event::Acts, Event::Looks, Event::Retries] {
                world.step(&mut batch, 0, &event);
            }
        }
        prop_assert!(batch.is_over());
        prop_assert_eq!(world.asked.len(), count);
        prop_assert!(world.asked.values().all(|&times| times == 1));
        // Each part names the job that has its keys.
        for part in batch.parts() {
            let State::Started(id) = &part.state else { panic!("{part:?}") };
            let job = world.jobs.iter().find(|job| job.id().as_ref() == Some(id)).unwrap();
            prop_assert_eq!(&job.list("keys"), &part.keys);
        }
    }

    #[test]
    fn what_is_kept_comes_back(names in prop::collection::vec(".{0,8}", 0..60), value in ".{0,8}", most in 1..12_usize, events in events()) {
        let task = Task { operation: "a&b=c d".to_owned(), value };
        let mut batch = Batch::plan(task, names, most);
        batch.begin(Some(at(7)), &[job("be fore", "", &[], "1970-01-01T00:00:00Z")]);
        let mut world = World::default();
        for (at, event) in &events {
            world.step(&mut batch, *at, event);
        }
        let back = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
        prop_assert_eq!(back.task(), batch.task());
        prop_assert_eq!(back.since(), batch.since());
        // Kept once more it is the same text, so that nothing is lost by many reloads.
        prop_assert_eq!(back.save_keys(), batch.save_keys());
        prop_assert_eq!(Batch::load(&back.save(), &back.save_keys()), Some(back.clone()));
        for (one, other) in batch.parts().iter().zip(back.parts()) {
            prop_assert_eq!(&one.keys, &other.keys);
            let same = match &one.state {
                State::Sent | State::Unknown => other.state == State::Lost,
                State::Refused(_) => matches!(other.state, State::Refused(_)),
                state => *state == other.state,
            };
            prop_assert!(same, "{:?} {:?}", one.state, other.state);
        }
        prop_assert_eq!(batch.parts().len(), back.parts().len());
    }

    #[test]
    fn any_text_is_a_batch_or_none(
        text in "\\PC{0,60}|operation=x&most=1(&(waiting|lost|started|since|before|until|value|refused)=?[0-9a-z]{0,3}){0,6}",
        keys in "[a-z%&=+0-9]{0,12}|\\PC{0,20}",
    ) {
        if let Some(batch) = Batch::load(&text, &keys) {
            prop_assert_eq!(Batch::load(&batch.save(), &batch.save_keys()).map(|back| back.save()), Some(batch.save()));
        }
    }
}
