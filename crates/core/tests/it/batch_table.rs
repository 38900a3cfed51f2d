//! What became of each key, over all jobs of a batch; and which job is asked for when.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use crate::support::batch::{begun, keys};
use cckm_core::api::decode;
use cckm_core::batch::{Batch, Follow, Outcome, Stop, Table};
use cckm_core::job::Job;
use cckm_core::job::counts::Progress;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::status::JobStatus;
use proptest::prelude::*;

fn told(status: &str, detail: &str) -> Job {
    let body = format!(r#"{{"id":"j","overall_status":"{status}","detailed_status":{detail}}}"#);
    decode::job(body.as_bytes()).unwrap()
}

fn texts(table: &Table) -> Vec<String> {
    let items = table.items();
    let text = |at| items.text(at).unwrap().shown.to_string();
    (0..items.len()).map(text).collect()
}

#[test]
fn each_key_says_what_became_of_it() {
    let mut batch = begun(keys(9), 2);
    for _ in 0..4 {
        batch.next(9);
    }
    batch.ended(0, Outcome::Started("j".to_owned()));
    batch.ended(1, Outcome::Refused("no".to_owned()));
    batch.ended(2, Outcome::Lost);
    let mut table = Table::of(&batch);
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
    assert_eq!(table.progress(), Progress { over: 2, of: 9 }, "the refused");
    assert_eq!(table.failed(), ["key 2", "key 3"]);

    let detail = r#"{"key 1":"Failed: no","stranger":"Success","key 2":"Success"}"#;
    table.read(&batch, 0, &told("in_progress", detail));
    assert_eq!(texts(&table)[..3], ["not reported", "Failed: no", &all[2]]);
    let news = table.news(0);
    assert_eq!(news.standing, Some(JobStatus::Running));
    assert_eq!(news.strange, 2, "a key of another part is none of this");
    assert_eq!(table.failed(), ["key 1", "key 2", "key 3"]);

    // What a job told stays while others move on; what it no longer tells does not.
    batch.ended(3, Outcome::Started("k".to_owned()));
    table.follow(&batch);
    assert_eq!(texts(&table)[1], "Failed: no");
    table.fail(0, "500".to_owned());
    assert_eq!(table.news(0).error.as_deref(), Some("500"));
    table.read(
        &batch,
        0,
        &told("completed", r#"{"key 0":"Success","key 1":"Success"}"#),
    );
    assert_eq!(table.news(0).error, None);
    assert_eq!(table.counts().get(ItemStatus::Done), 2);
    assert_eq!(table.failed(), ["key 2", "key 3"]);
    let used = table.items().texts().iter().map(|text| text.count);
    assert_eq!(used.sum::<usize>(), 9, "each key has one text");

    // What belongs to no part changes nothing.
    table.read(&batch, 99, &told("completed", "{}"));
    table.fail(99, String::new());
    assert_eq!(table.part_of(0), 0);
    assert_eq!(table.part_of(5), 2);
    assert_eq!(table.part_of(8), 4);
    assert_eq!(Table::default().part_of(3), 0);
}

#[test]
fn few_jobs_are_asked_for_at_a_time() {
    let mut follow = Follow::default();
    assert_eq!((follow.next(0), follow.wake()), (None, None));
    for part in [4, 0, 1, 2] {
        follow.start(part, 10);
    }
    assert_eq!(follow.next(9), None);
    assert_eq!(follow.wake(), Some(10));
    let first = [follow.next(10), follow.next(10), follow.next(10)];
    assert_eq!(first, [Some(0), Some(1), Some(2)]);
    assert_eq!((follow.next(10), follow.wake()), (None, None));
    assert!(follow.is_busy());
    follow.answered(0, 20, None);
    assert_eq!(follow.next(20), Some(4));
    follow.answered(1, 20, Some(Duration::from_secs(1)));
    // Three are open: the second is stretched by three tenths.
    assert_eq!(follow.wake(), Some(1_320));
    follow.hold(5_000);
    assert_eq!((follow.next(4_999), follow.wake()), (None, Some(5_000)));
    follow.refresh(4_000, false);
    assert_eq!(follow.next(4_000), Some(1));
    for part in [1, 2, 4] {
        follow.answered(part, 4_000, None);
    }
    assert!(follow.is_over() && !follow.is_busy());
    // A second answer, one to a part that is not there, and a second start are nothing.
    follow.answered(1, 4_000, Some(Duration::ZERO));
    follow.answered(77, 4_000, Some(Duration::ZERO));
    follow.start(1, 4_000);
    assert!(follow.is_over());
    follow.start(0, 4_000);
    follow.stop(77);
    follow.refresh(6_000, true);
    assert_eq!(follow.next(6_000), Some(0), "those that are over too");
    follow.stop(0);
    assert!(!follow.is_busy(), "it has no job after all");
    follow.start(0, 7_000);
    assert_eq!(follow.wake(), Some(6_000));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// However it goes, each job is asked for until it is over, and never by two requests at a time.
    #[test]
    fn each_job_is_read_to_its_end(
        jobs in 0..30_usize,
        answers in prop::collection::vec((0..3_usize, 0..4_u64, any::<bool>()), 0..200),
    ) {
        let mut follow = Follow::default();
        let mut on_the_way: Vec<usize> = Vec::new();
        let (mut now, mut over) = (0, vec![false; jobs]);
        for part in 0..jobs {
            follow.start(part, now);
        }
        let until_over = std::iter::repeat_n((0, 1, true), 4 * jobs + 4);
        for (which, seconds, is_over) in answers.into_iter().chain(until_over) {
            while let Some(part) = follow.next(now) {
                prop_assert!(!on_the_way.contains(&part) && !over[part]);
                on_the_way.push(part);
            }
            prop_assert!(on_the_way.len() <= 3);
            if on_the_way.is_empty() {
                match follow.wake() {
                    Some(wake) => now = wake,
                    None => break,
                }
                continue;
            }
            let part = on_the_way.remove(which % on_the_way.len());
            over[part] |= is_over;
            let delay = (!is_over).then(|| Duration::from_secs(seconds));
            follow.answered(part, now, delay);
        }
        prop_assert!(over.iter().all(|over| *over), "{over:?}");
        prop_assert!(follow.is_over());
    }

    /// The table holds all keys in their order, whatever is told and forgotten.
    #[test]
    fn no_key_leaves_the_table(
        count in 0..40_usize,
        most in 1..9_usize,
        events in prop::collection::vec((0..12_usize, 0..6_usize), 0..60),
    ) {
        let mut batch = begun(keys(count), most);
        let mut table = Table::of(&batch);
        for (part, event) in events {
            match event {
                0 => _ = batch.next(5),
                1 => batch.ended(part, Outcome::Started(format!("j{part}"))),
                2 => batch.ended(part, Outcome::Lost),
                3 => batch.ended(part, Outcome::Stopped(Stop::here("", ""))),
                4 => table.read(&batch, part, &told("completed", r#"{"key 3":"Success","key 7":"Failed","x":1}"#)),
                _ => batch = Batch::load(&batch.save(), &batch.save_keys()).unwrap(),
            }
            table.follow(&batch);
            let names: Vec<&str> = table.items().names().collect();
            prop_assert_eq!(names, keys(count));
            let used = table.items().texts().iter().map(|text| text.count);
            prop_assert_eq!(used.sum::<usize>(), count);
            let Progress { over, of } = table.progress();
            prop_assert!(over <= of && of == count);
        }
    }
}
