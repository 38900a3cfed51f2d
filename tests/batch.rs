//! Batches: no key is asked for twice, none is lost, whatever happens to the answers.
#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use cckm_console::api::wire;
use cckm_console::domain::batch::{Batch, MOST_KEYS, Outcome, State, Stop};
use cckm_console::domain::job::Job;
use cckm_console::domain::time::Timestamp;
use proptest::prelude::*;

fn keys(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("key {at}")).collect()
}

fn stop(said: &str) -> Stop {
    let wait_ms = Some(1_000);
    Stop {
        said: said.to_owned(),
        wait_ms,
    }
}

/// A job as the server lists it.
fn job(id: &str, operation: &str, keys: &[String], created: &str) -> Job {
    let keys: Vec<String> = keys.iter().map(|key| format!("{key:?}")).collect();
    let body = format!(
        r#"{{"id":"{id}","operation":"{operation}","createdAt":"{created}","keys":[{}]}}"#,
        keys.join(",")
    );
    wire::job(body.as_bytes()).unwrap()
}

#[test]
fn the_plan_has_each_key_once() {
    let given = [
        keys(250),
        vec![" key 7 ".to_owned(), String::new(), "  ".to_owned()],
        keys(251),
    ]
    .concat();
    let batch = Batch::plan("enablekey", given, MOST_KEYS);
    let sizes: Vec<usize> = batch.parts().iter().map(|part| part.keys.len()).collect();
    assert_eq!(sizes, [100, 100, 51]);
    let all: Vec<String> = batch
        .parts()
        .iter()
        .flat_map(|part| part.keys.clone())
        .collect();
    assert_eq!(all, keys(251));
    assert!(Batch::plan("enablekey", [], 100).is_over());
    assert_eq!(Batch::plan("enablekey", keys(3), 0).parts().len(), 3);
}

#[test]
fn so_many_are_on_their_way_and_no_more() {
    let mut batch = Batch::plan("enablekey", keys(5), 1);
    assert_eq!(
        [batch.next(2), batch.next(2), batch.next(2)],
        [Some(0), Some(1), None]
    );
    batch.ended(1, Outcome::Started("b".to_owned()));
    assert_eq!([batch.next(2), batch.next(2)], [Some(2), None]);
    // A refusal of one part is its own, a refusal for all of them stops.
    batch.ended(0, Outcome::Refused("no such key".to_owned()));
    assert_eq!(batch.next(2), Some(3));
    batch.ended(2, Outcome::Stopped(stop("too many")));
    assert_eq!(
        (batch.next(2), batch.stop()),
        (None, Some(&stop("too many")))
    );
    batch.ended(3, Outcome::Started("d".to_owned()));
    batch.go_on();
    assert_eq!(
        [batch.next(9), batch.next(9), batch.next(9)],
        [Some(2), Some(4), None]
    );
    batch.send_again(2);
    batch.send_again(99);
    assert_eq!(
        batch.parts()[2].state,
        State::Sent,
        "only what is lost or refused is sent again"
    );
}

#[test]
fn a_lost_part_finds_its_job_and_no_other() {
    let mut batch = Batch::plan("enablekey", keys(4), 2);
    assert_eq!([batch.next(9), batch.next(9)], [Some(0), Some(1)]);
    batch.ended(0, Outcome::Lost);
    batch.ended(1, Outcome::Started("other".to_owned()));
    assert_eq!(
        batch.next(9),
        None,
        "what is lost is not sent again by itself"
    );
    let since = Timestamp::read("2026-11-21T10:00:00Z");
    let own = [keys(2)[1].clone(), keys(2)[0].clone()];
    let (early, late) = ("2026-11-21T09:59:59Z", "2026-11-21T10:00:01Z");
    for stranger in [
        job("a", "disablekey", &own, late),
        job("a", "enablekey", &own, early),
        job("a", "enablekey", &own[..1], late),
        job("a", "enablekey", &keys(3), late),
        job("other", "enablekey", &own, late),
        job("", "enablekey", &own, late),
    ] {
        batch.look(&[stranger], since);
        assert_eq!(batch.parts()[0].state, State::Lost);
    }
    batch.look(&[job("b", "enablekey", &own, late)], since);
    assert_eq!(batch.parts()[0].state, State::Started("b".to_owned()));
    assert!(batch.is_over());
}

#[test]
fn an_answer_after_all_still_counts() {
    let mut batch = Batch::plan("enablekey", keys(1), 2);
    batch.ended(0, Outcome::Started("too early".to_owned()));
    assert_eq!(batch.parts()[0].state, State::Waiting);
    batch.next(1);
    batch.ended(0, Outcome::Lost);
    batch.ended(0, Outcome::Started("late".to_owned()));
    batch.ended(0, Outcome::Lost);
    batch.ended(0, Outcome::Stopped(stop("")));
    batch.ended(7, Outcome::Lost);
    assert_eq!(batch.parts()[0].state, State::Started("late".to_owned()));
    assert_eq!(batch.stop(), None);
}

#[test]
fn other_texts_are_no_batch() {
    for text in [
        "",
        "key=a",
        "operation=x&key=a",
        "operation=x&paused=",
        "{}",
        "operation=x&waiting=&key=a&lost=&key=a",
    ] {
        assert_eq!(Batch::load(text), None, "{text}");
    }
    let kept = Batch::load("operation=a%26b&waiting=&key=k%3D&started=j&key=l").unwrap();
    assert_eq!(kept.operation(), "a&b");
    assert_eq!(kept.parts()[0].keys, ["k="]);
    assert!(kept.stop().is_some(), "it goes on when someone says so");
}

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
        self.jobs
            .push(job(&id, batch.operation(), keys, "2026-11-21T10:00:00Z"));
        id
    }

    fn step(&mut self, batch: &mut Batch, at: usize, event: &Event) {
        while let Some(part) = batch.next(3) {
            self.on_the_way.push(part);
        }
        match event {
            Event::GoesOn => batch.go_on(),
            Event::Reloads => {
                // Some of what is on its way has come through.
                for part in std::mem::take(&mut self.on_the_way) {
                    if part % 2 == at % 2 {
                        self.act(batch, part);
                    }
                }
                *batch = Batch::load(&batch.save()).unwrap();
            }
            Event::Looks => {
                batch.look(&self.jobs, None);
                self.again(batch, |state| *state == State::Lost);
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

proptest! {
    #[test]
    fn no_key_is_asked_for_twice_and_none_is_lost(count in 0..60_usize, most in 1..12_usize, events in events()) {
        let mut batch = Batch::plan("enablekey", keys(count), most);
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
    fn what_is_kept_comes_back(count in 0..60_usize, most in 1..12_usize, events in events()) {
        let mut batch = Batch::plan("a&b=c d", keys(count), most);
        let mut world = World::default();
        for (at, event) in &events {
            world.step(&mut batch, *at, event);
        }
        let back = Batch::load(&batch.save()).unwrap();
        prop_assert_eq!(back.operation(), batch.operation());
        for (one, other) in batch.parts().iter().zip(back.parts()) {
            prop_assert_eq!(&one.keys, &other.keys);
            let same = match &one.state {
                State::Sent => other.state == State::Lost,
                State::Refused(_) => matches!(other.state, State::Refused(_)),
                state => *state == other.state,
            };
            prop_assert!(same, "{:?} {:?}", one.state, other.state);
        }
        prop_assert_eq!(batch.parts().len(), back.parts().len());
    }

    #[test]
    fn any_text_is_a_batch_or_none(text in "\\PC{0,60}|(operation|key|waiting|lost|started|=|&|a){0,20}") {
        let _ = Batch::load(&text);
    }
}
