//! The keys of a batch over all of its jobs, and when which job is polled.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use crate::support::batch::{keys, ready};
use cckm_core::api::decode;
use cckm_core::batch::{Batch, KeyTable, Outcome, PauseReason, PollQueue};
use cckm_core::job::Job;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::status::JobStatus;
use proptest::prelude::*;

fn report(status: &str, detail: &str) -> Job {
    let body = format!(r#"{{"id":"j","overall_status":"{status}","detailed_status":{detail}}}"#);
    decode::job(body.as_bytes()).unwrap()
}

fn texts(table: &KeyTable) -> Vec<String> {
    let items = table.items();
    let text = |at| items.text(at).unwrap().text.to_string();
    (0..items.len()).map(text).collect()
}

#[test]
fn key_table_each_state_has_its_text() {
    let mut batch = ready(keys(9), 2);
    for _ in 0..4 {
        batch.next_to_send(9);
    }
    batch.finish(0, Outcome::Started("j".to_owned()));
    batch.finish(1, Outcome::Refused("no".to_owned()));
    batch.finish(2, Outcome::Lost);
    let mut table = KeyTable::new(&batch);
    let all = texts(&table);
    for (at, begin) in [
        (0, "its job was started"),
        (2, "not done"),
        (5, "unknown"),
        (6, "waiting: its job is being"),
        (8, "waiting: no job"),
    ] {
        assert!(all[at].starts_with(begin), "{at}: {}", all[at]);
    }
    let total = table.total();
    assert_eq!((total.finished(), total.total()), (2, 9), "the refused");
    assert_eq!(table.failed(), ["key 2", "key 3"]);

    let detail = r#"{"key 1":"Failed: no","stranger":"Success","key 2":"Success"}"#;
    table.read(&batch, 0, &report("in_progress", detail));
    assert_eq!(texts(&table)[..3], ["not reported", "Failed: no", &all[2]]);
    let snapshot = table.job(0);
    assert_eq!(snapshot.status, Some(JobStatus::Running));
    assert_eq!(snapshot.foreign_items, 2, "a key of another chunk is foreign");
    assert_eq!(table.failed(), ["key 1", "key 2", "key 3"]);

    // What a job reported stays while other chunks progress. What it no longer reports does not.
    batch.finish(3, Outcome::Started("k".to_owned()));
    table.update(&batch);
    assert_eq!(texts(&table)[1], "Failed: no");
    table.fail(0, "500".to_owned());
    assert_eq!(table.job(0).error.as_deref(), Some("500"));
    table.read(&batch, 0, &report("completed", r#"{"key 0":"Success","key 1":"Success"}"#));
    assert_eq!(table.job(0).error, None);
    assert_eq!(table.counts().get(ItemStatus::Done), 2);
    assert_eq!(table.failed(), ["key 2", "key 3"]);
    let used = table.items().texts().iter().map(|text| text.count);
    assert_eq!(used.sum::<usize>(), 9, "each key has one text");

    // An index without a chunk changes nothing.
    table.read(&batch, 99, &report("completed", "{}"));
    table.fail(99, String::new());
    assert_eq!(table.chunk_of(0), 0);
    assert_eq!(table.chunk_of(5), 2);
    assert_eq!(table.chunk_of(8), 4);
    assert_eq!(KeyTable::default().chunk_of(3), 0);
}

#[test]
fn poll_queue_few_in_flight_stretched_by_running() {
    let mut queue = PollQueue::default();
    assert_eq!((queue.pop(0), queue.wake_at()), (None, None));
    for index in [4, 0, 1, 2] {
        queue.add(index, 10);
    }
    assert_eq!(queue.pop(9), None);
    assert_eq!(queue.wake_at(), Some(10));
    let first = [queue.pop(10), queue.pop(10), queue.pop(10)];
    assert_eq!(first, [Some(0), Some(1), Some(2)]);
    assert_eq!((queue.pop(10), queue.wake_at()), (None, None));
    assert!(queue.is_busy());
    queue.finish(0, 20, None);
    assert_eq!(queue.pop(20), Some(4));
    queue.finish(1, 20, Some(Duration::from_secs(1)));
    // Three run: the delay is stretched by three tenths.
    assert_eq!(queue.wake_at(), Some(1_320));
    queue.hold(5_000);
    assert_eq!((queue.pop(4_999), queue.wake_at()), (None, Some(5_000)));
    queue.refresh(4_000, false);
    assert_eq!(queue.pop(4_000), Some(1));
    for index in [1, 2, 4] {
        queue.finish(index, 4_000, None);
    }
    assert!(queue.is_final() && !queue.is_busy());
    // A second answer, an answer for a chunk that does not exist, and a second start change nothing.
    queue.finish(1, 4_000, Some(Duration::ZERO));
    queue.finish(77, 4_000, Some(Duration::ZERO));
    queue.add(1, 4_000);
    assert!(queue.is_final());
    queue.add(0, 4_000);
    queue.remove(77);
    queue.refresh(6_000, true);
    assert_eq!(queue.pop(6_000), Some(0), "final ones too");
    queue.remove(0);
    assert!(!queue.is_busy(), "it has no job after all");
    queue.add(0, 7_000);
    assert_eq!(queue.wake_at(), Some(6_000));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// And no job is in two requests at a time.
    #[test]
    fn poll_queue_any_answers_each_job_polled_until_final(
        jobs in 0..30_usize,
        answers in prop::collection::vec((0..3_usize, 0..4_u64, any::<bool>()), 0..200),
    ) {
        let mut queue = PollQueue::default();
        let mut in_flight: Vec<usize> = Vec::new();
        let (mut now, mut is_final) = (0, vec![false; jobs]);
        for index in 0..jobs {
            queue.add(index, now);
        }
        let until_final = std::iter::repeat_n((0, 1, true), 4 * jobs + 4);
        for (which, seconds, ends) in answers.into_iter().chain(until_final) {
            while let Some(index) = queue.pop(now) {
                prop_assert!(!in_flight.contains(&index) && !is_final[index]);
                in_flight.push(index);
            }
            prop_assert!(in_flight.len() <= 3);
            if in_flight.is_empty() {
                match queue.wake_at() {
                    Some(wake) => now = wake,
                    None => break,
                }
                continue;
            }
            let index = in_flight.remove(which % in_flight.len());
            is_final[index] |= ends;
            let delay = (!ends).then(|| Duration::from_secs(seconds));
            queue.finish(index, now, delay);
        }
        prop_assert!(is_final.iter().all(|is_final| *is_final), "{is_final:?}");
        prop_assert!(queue.is_final());
    }

    #[test]
    fn key_table_any_events_all_keys_stay_in_order(
        count in 0..40_usize,
        most in 1..9_usize,
        events in prop::collection::vec((0..12_usize, 0..6_usize), 0..60),
    ) {
        let mut batch = ready(keys(count), most);
        let mut table = KeyTable::new(&batch);
        for (index, event) in events {
            match event {
                0 => _ = batch.next_to_send(5),
                1 => batch.finish(index, Outcome::Started(format!("j{index}"))),
                2 => batch.finish(index, Outcome::Lost),
                3 => batch.finish(index, Outcome::Paused(PauseReason::here("", ""))),
                4 => _ = table.read(&batch, index, &report("completed", r#"{"key 3":"Success","key 7":"Failed","x":1}"#)),
                _ => batch = Batch::load(&batch.save(), &batch.save_keys()).unwrap(),
            }
            table.update(&batch);
            let names: Vec<&str> = table.items().names().collect();
            prop_assert_eq!(names, keys(count));
            let used = table.items().texts().iter().map(|text| text.count);
            prop_assert_eq!(used.sum::<usize>(), count);
            prop_assert_eq!(table.total().total(), count);
            let tallies = (0..batch.chunks().len()).map(|index| table.tally(index).total());
            prop_assert_eq!(tallies.sum::<usize>(), count);
        }
    }
}

/// Nothing says when a job with an unknown status ends, so it is fetched less often, as on its own page.
#[test]
fn is_running_of_an_unknown_status_false() {
    let mut batch = ready(keys(1), 1);
    batch.next_to_send(1);
    batch.finish(0, Outcome::Started("j".to_owned()));
    let mut table = KeyTable::new(&batch);
    assert!(table.is_running(0), "it was not read yet");
    for (status, running) in [("in_progress", true), ("paused", false), ("completed", false)] {
        table.read(&batch, 0, &report(status, "{}"));
        assert_eq!(table.is_running(0), running, "{status}");
    }
}
