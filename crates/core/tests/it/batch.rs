//! Batches: what is sent when, which jobs are matched, and what is saved.
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;

use crate::support::batch::{at, enable, job, keys, none, pause, ready};
use cckm_core::batch::{Batch, ChunkState, Outcome, PauseReason, Task, max_keys, target};
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;

#[test]
fn plan_repeated_and_blank_keys_each_key_once() {
    let given =
        [keys(250), vec![" key 7 ".to_owned(), String::new(), "  ".to_owned()], keys(251)].concat();
    let batch = Batch::plan(enable(), given, max_keys());
    let sizes: Vec<usize> = batch.chunks().iter().map(|part| part.keys.len()).collect();
    assert_eq!(sizes, [100, 100, 51]);
    let all: Vec<String> = batch.chunks().iter().flat_map(|part| part.keys.clone()).collect();
    assert_eq!(all, keys(251));
    assert!(Batch::plan(enable(), [], 100).is_finished());
    assert_eq!(Batch::plan(enable(), keys(3), 0).chunks().len(), 3);
}

#[test]
fn next_to_send_limits_starts_in_flight() {
    let mut batch = ready(keys(5), 1);
    assert_eq!(
        [batch.next_to_send(2), batch.next_to_send(2), batch.next_to_send(2)],
        [Some(0), Some(1), None]
    );
    batch.finish(1, Outcome::Started("b".to_owned()));
    assert_eq!([batch.next_to_send(2), batch.next_to_send(2)], [Some(2), None]);
    // A refusal concerns one chunk only; a 429 pauses the batch.
    batch.finish(0, Outcome::Refused("no such key".to_owned()));
    assert_eq!(batch.next_to_send(2), Some(3));
    batch.finish(2, Outcome::Paused(pause("too many")));
    assert_eq!((batch.next_to_send(2), batch.pause_reason()), (None, Some(&pause("too many"))));
    batch.finish(3, Outcome::Started("d".to_owned()));
    batch.resume(at(0));
    assert_eq!(
        [batch.next_to_send(9), batch.next_to_send(9), batch.next_to_send(9)],
        [Some(2), Some(4), None]
    );
    batch.retry(2);
    batch.retry(99);
    assert_eq!(
        batch.chunks()[2].state,
        ChunkState::Sent,
        "only unknown and refused chunks are sent again"
    );
}

#[test]
fn match_lost_finds_the_own_job_and_no_other() {
    let older = job("older", "enablekey", &keys(2), "2026-11-21T10:00:30Z");
    let mut batch = Batch::plan(enable(), keys(6), 2);
    assert_eq!(batch.next_to_send(9), None, "not before the baseline is known");
    batch.set_baseline("2026-11-21T10:01:00Z".parse().ok(), std::slice::from_ref(&older));
    assert_eq!(
        [batch.next_to_send(2), batch.next_to_send(2), batch.next_to_send(2)],
        [Some(0), Some(1), None]
    );
    batch.finish(0, Outcome::Lost);
    batch.finish(1, Outcome::Started("other".to_owned()));
    assert_eq!(batch.next_to_send(9), None, "nothing is sent while one is to be searched for");
    let own = [keys(2)[1].clone(), keys(2)[0].clone()];
    let (early, late) = ("2026-11-21T09:59:59Z", "2026-11-21T10:00:01Z");
    for stranger in [
        job("a", "disablekey", &own, late),
        job("a", "enablekey", &own, early),
        job("a", "enablekey", &own[..1], late),
        job("a", "enablekey", &keys(3), late),
        job("other", "enablekey", &own, late),
        job("", "enablekey", &own, late),
        job("elsewhere", "enablekey", &own, late),
        older,
    ] {
        batch.match_lost(&[stranger], &HashSet::from(["elsewhere".to_owned()]));
        assert_eq!(batch.chunks()[0].state, ChunkState::Lost);
    }
    let mut unlucky = batch.clone();
    batch.match_lost(&[job("b", "enablekey", &own, late)], &none());
    assert_eq!(batch.chunks()[0].state, ChunkState::Started("b".to_owned()));
    assert_eq!(batch.next_to_send(9), Some(2), "then sending continues");

    // Not found: a person decides on it, and the others continue after a resume.
    unlucky.give_up_search(PauseReason::not_found());
    assert_eq!(unlucky.chunks()[0].state, ChunkState::Unknown);
    assert_eq!(unlucky.next_to_send(9), None);
    assert!(unlucky.pause_reason().is_some());
    unlucky.resume(at(0));
    assert_eq!([unlucky.next_to_send(9), unlucky.next_to_send(9)], [Some(2), None]);
    let mut found_later = unlucky.clone();
    found_later.search_again();
    assert_eq!(found_later.chunks()[0].state, ChunkState::Lost);
    found_later.match_lost(&[job("b", "enablekey", &own, late)], &none());
    assert_eq!(found_later.chunks()[0].state, ChunkState::Started("b".to_owned()));
    unlucky.retry(0);
    assert_eq!(unlucky.next_to_send(9), Some(0));
}

/// A batch of two chunks, the first of which a person has sent again after its answer was lost.
fn retried() -> Batch {
    let mut batch = ready(keys(4), 2);
    batch.next_to_send(1);
    batch.finish(0, Outcome::Lost);
    batch.give_up_search(PauseReason::not_found());
    batch.resume(at(0));
    batch.retry(0);
    batch
}

/// A server may refuse a second job because the first one runs.
#[test]
fn finish_retry_of_a_lost_start_not_started_searched_for_again() {
    for outcome in [Outcome::Paused(pause("409")), Outcome::Refused("exists".to_owned())] {
        let mut batch = retried();
        assert_eq!(batch.next_to_send(1), Some(0));
        batch.finish(0, outcome.clone());
        assert_eq!(batch.chunks()[0].state, ChunkState::Lost, "{outcome:?}");
        let refusal = matches!(outcome, Outcome::Refused(_)).then(|| "exists".to_owned());
        assert_eq!(batch.chunks()[0].refusal, refusal);
        batch.resume(at(0));
        assert_eq!(batch.next_to_send(1), None, "nothing is sent before the search");
        let mut found = batch.clone();
        let first = job("first", "enablekey", &keys(2), "2026-11-21T10:01:00Z");
        found.match_lost(&[first], &none());
        assert_eq!(found.chunks()[0].state, ChunkState::Started("first".to_owned()));
        assert_eq!(found.chunks()[0].refusal, None);
        // Not found: only a person sends it again, each time.
        batch.give_up_search(PauseReason::not_found());
        batch.resume(at(0));
        assert_eq!(batch.next_to_send(1), Some(1));
        batch.retry(0);
        assert_eq!((batch.next_to_send(2), &batch.chunks()[0].refusal), (Some(0), &None));
        // The answer to the first start may still arrive.
        batch.finish(0, Outcome::Started("first".to_owned()));
        assert_eq!(batch.chunks()[0].state, ChunkState::Started("first".to_owned()));
    }
}

/// The decision to send again does not outlive a pause: meanwhile the job may have appeared.
#[test]
fn pause_before_a_retry_was_sent_searched_for_again() {
    let later = PauseReason { until: Some(at(5_000)), ..pause("429") };
    let mut stopped = retried();
    stopped.pause(pause("by hand"));
    let reloaded = Batch::load(&retried().save(), &retried().save_keys()).unwrap();
    let mut too_early = retried();
    too_early.give_up_search(PauseReason::not_found());
    too_early.replace_pause(later);
    too_early.search_again();
    too_early.give_up_search(PauseReason::not_found());
    too_early.retry(0);
    too_early.resume(at(4_999));
    for mut batch in [stopped, reloaded, too_early] {
        assert_eq!(batch.chunks()[0].state, ChunkState::Lost);
        batch.resume(at(5_000));
        assert_eq!(batch.next_to_send(1), None);
    }
}

/// Otherwise two chunks would take turns, and neither be sent.
#[test]
fn give_up_search_while_another_chunk_is_to_be_sent_again_both_sent() {
    let mut batch = ready(keys(2), 1);
    for index in [0, 1] {
        batch.next_to_send(2);
        batch.finish(index, Outcome::Lost);
        batch.give_up_search(PauseReason::not_found());
        batch.resume(at(0));
    }
    batch.search_again();
    batch.give_up_search(PauseReason::not_found());
    batch.retry(0);
    batch.search_again();
    let mut found = batch.clone();
    let first = job("first", "enablekey", &keys(1), "2026-11-21T10:01:00Z");
    found.match_lost(&[first], &none());
    assert_eq!(found.chunks()[0].state, ChunkState::Started("first".to_owned()));
    batch.give_up_search(PauseReason::not_found());
    batch.retry(1);
    batch.resume(at(0));
    assert_eq!([batch.next_to_send(2), batch.next_to_send(2)], [Some(0), Some(1)]);
}

/// Another tab's state may be taken over while the second start is in flight.
#[test]
fn load_of_a_retry_in_flight_its_refusal_is_not_final() {
    let mut batch = retried();
    batch.next_to_send(1);
    let mut back = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
    back.finish(0, Outcome::Refused("exists".to_owned()));
    assert_eq!(back.chunks()[0].state, ChunkState::Lost);
}

/// Browsers repeat a request by themselves when its connection breaks.
#[test]
fn find_duplicates_second_job_of_the_same_keys_recorded_once() {
    let mut batch = ready(keys(4), 2);
    batch.next_to_send(9);
    batch.finish(0, Outcome::Started("a".to_owned()));
    let late = "2026-11-21T10:01:00Z";
    let jobs = [
        job("a", "enablekey", &keys(2), late),
        job("b", "enablekey", &keys(2), late),
        job("c", "disablekey", &keys(2), late),
        job("d", "enablekey", &keys(2), "2026-11-21T09:00:00Z"),
        job("e", "enablekey", &keys(4)[2..], late),
    ];
    for _ in 0..2 {
        batch.find_duplicates(&jobs, &none());
        assert_eq!(batch.chunks()[0].duplicates, ["b"]);
        assert_eq!(batch.chunks()[1].duplicates, [""; 0], "it has no job of its own yet");
        batch = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
    }
}

#[test]
fn finish_late_answer_counts_early_answer_does_not() {
    let mut batch = ready(keys(1), 2);
    batch.finish(0, Outcome::Started("too early".to_owned()));
    assert_eq!(batch.chunks()[0].state, ChunkState::Waiting);
    batch.next_to_send(1);
    batch.finish(0, Outcome::Lost);
    batch.finish(0, Outcome::Started("late".to_owned()));
    batch.finish(0, Outcome::Lost);
    batch.finish(0, Outcome::Paused(pause("")));
    batch.finish(7, Outcome::Lost);
    assert_eq!(batch.chunks()[0].state, ChunkState::Started("late".to_owned()));
    assert_eq!(batch.pause_reason(), None);
}

/// The wait survives a reload, and a person cannot skip it.
#[test]
fn resume_before_retry_after_nothing_sent() {
    let until = |ms| PauseReason { until: Some(at(ms)), ..pause("429") };
    let mut batch = ready(keys(3), 1);
    assert_eq!([batch.next_to_send(9), batch.next_to_send(9)], [Some(0), Some(1)]);
    batch.finish(0, Outcome::Paused(until(5_000)));
    batch.finish(1, Outcome::Paused(until(9_000)));
    for mut batch in [Batch::load(&batch.save(), &batch.save_keys()).unwrap(), batch] {
        batch.pause(pause("by hand"));
        for (now, next) in [(0, None), (8_999, None), (9_000, Some(0))] {
            batch.resume(at(now));
            assert_eq!(batch.next_to_send(1), next, "at {now}");
        }
    }
}

/// Without the server's clock the newest job gives the time.
#[test]
fn set_baseline_since_from_clock_or_newest_job() {
    let (old, new) = ("2026-11-21T10:00:00Z", "2026-11-21T10:00:50Z");
    let jobs = [job("new", "enablekey", &keys(1), new), job("old", "enablekey", &keys(1), old)];
    let since = |clock: Option<&str>, jobs: &[Job]| {
        let mut batch = Batch::plan(enable(), keys(1), 1);
        batch.set_baseline(clock.and_then(|text| text.parse().ok()), jobs);
        // A second call changes nothing.
        batch.set_baseline("2030-01-01T00:00:00Z".parse::<Timestamp>().ok(), &[]);
        batch.since()
    };
    assert_eq!(since(None, &[]), None);
    assert_eq!(since(None, &jobs), "2026-11-21T09:59:50Z".parse::<Timestamp>().ok());
    let clock = Some("2026-11-21T12:00:00Z");
    assert_eq!(since(clock, &jobs), "2026-11-21T11:59:00Z".parse::<Timestamp>().ok());
}

#[test]
fn is_bound_to_only_the_server_and_domain_it_was_made_for() {
    let (base, domain) = ("https://cckm.example/api/", Some("d-1 & co"));
    let here = target(base, "", domain);
    let batch = Batch::plan(enable(), keys(2), 1).bound_to(here.clone());
    let back = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
    for batch in [batch, back] {
        assert!(batch.is_bound_to(&here));
        for other in [
            target(base, "", None),
            target(base, "", Some("")),
            target(base, "", Some("d-2")),
            target(base, "emea", domain),
            target("https://other.example/api/", "", domain),
            String::new(),
        ] {
            assert!(!batch.is_bound_to(&other), "{other}");
        }
    }
    // Two tenants may have a domain of the same name.
    let of_tenant = Batch::plan(enable(), keys(1), 1).bound_to(target(base, "emea", domain));
    assert!(of_tenant.is_bound_to(&target(base, "emea", domain)));
    assert!(!of_tenant.is_bound_to(&target(base, "apac", domain)));
    let root = Batch::plan(enable(), keys(1), 1).bound_to(target(base, "", None));
    assert!(root.is_bound_to(&target(base, "", None)) && !root.is_bound_to(&here));
    // Saved before targets were, or by another program: bound to nothing.
    for kept in ["", "at=&", "at=%00&", "at=https%3A%2F%2Fcckm.example%2Fapi%2F&"] {
        let text = format!("operation=enablekey&value=&most=1&{kept}waiting=");
        let old = Batch::load(&text, "a").unwrap();
        for target in [&here, &target(base, "", None), &String::new()] {
            assert!(!old.is_bound_to(target), "{kept} {target}");
        }
    }
    let problem = PauseReason::other_target().problem;
    assert!(problem.title.contains("another domain or at another server"));
    assert!(problem.explanation.contains("cannot be resumed"));
}

#[test]
fn keys_to_destroy_counts_waiting_and_lost() {
    let task = Task { operation: "schedulekeydeletion".to_owned(), value: "7".to_owned() };
    let mut batch = Batch::plan(task, keys(7), 2);
    batch.set_baseline(None, &[]);
    assert_eq!(batch.keys_to_destroy(), 7);
    assert_eq!([batch.next_to_send(9), batch.next_to_send(9)], [Some(0), Some(1)]);
    batch.finish(0, Outcome::Started("a".to_owned()));
    batch.finish(1, Outcome::Lost);
    assert_eq!(batch.keys_to_destroy(), 5, "two lost, three waiting");
    batch.give_up_search(PauseReason::not_found());
    assert_eq!(batch.keys_to_destroy(), 3);
    let back = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
    assert_eq!(back.keys_to_destroy(), 5);
    assert_eq!(ready(keys(7), 2).keys_to_destroy(), 0);
}

/// The server's text for one user is not shown to the next.
#[test]
fn replace_pause_for_another_user_no_server_text_left() {
    let mut batch = ready(keys(3), 1);
    for _ in 0..3 {
        batch.next_to_send(9);
    }
    batch.finish(0, Outcome::Refused("SECRET words".to_owned()));
    let until = Some(at(5_000));
    let said = PauseReason { until, ..pause("SECRET permission") };
    batch.finish(1, Outcome::Paused(said.clone()));
    let mut batch = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
    batch.replace_pause(PauseReason::other_user());
    // A late answer to the former user.
    let late = Outcome::Refused("SECRET late".to_owned());
    batch.finish(2, late.without_server_text());
    assert!(!format!("{batch:?}").contains("SECRET"));
    let reason = batch.pause_reason().unwrap();
    assert_eq!(reason.problem.title, "Someone else has signed in");
    assert_eq!(reason.until, until, "the wait stays");
    let Outcome::Paused(late) = Outcome::Paused(said).without_server_text() else {
        panic!("it pauses all the same");
    };
    assert_eq!((late.until, late.problem), (until, reason.problem.clone()));
    let started = Outcome::Started("a".to_owned());
    assert_eq!(started.clone().without_server_text(), started);
    let mut over = ready(Vec::new(), 1);
    over.replace_pause(PauseReason::other_user());
    assert_eq!(over.pause_reason(), None, "there is nothing to resume");
}

#[test]
fn batch_pauses_after_the_failures_that_a_person_accepts() {
    let mut batch = ready(keys(9), 3).pausing_after(Some(4));
    assert_eq!(batch.next_to_send(1), Some(0));
    batch.finish(0, Outcome::Started("a".to_owned()));
    assert!(!batch.count_failures(3));
    assert!(batch.count_failures(4));
    assert_eq!(
        batch.pause_reason().map(|reason| &*reason.problem.title),
        Some("4 keys have failed")
    );
    assert_eq!(batch.next_to_send(1), None);
    // A resumed batch pauses again after as many more.
    batch.resume(at(0));
    assert!(!batch.count_failures(7));
    assert_eq!(batch.next_to_send(1), Some(1));
    batch.finish(1, Outcome::Started("b".to_owned()));
    assert!(batch.count_failures(8));
    let loaded = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
    assert_eq!(loaded.failure_limit(), Some(4));
}

#[test]
fn batch_without_a_limit_or_without_anything_left_does_not_pause_after_failures() {
    let mut batch = ready(keys(3), 3);
    assert!(!batch.count_failures(3));
    let mut batch = ready(keys(3), 3).pausing_after(Some(1));
    batch.next_to_send(1);
    batch.finish(0, Outcome::Started("a".to_owned()));
    assert!(!batch.count_failures(3), "all jobs are started");
}
