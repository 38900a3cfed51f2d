//! Batches: what is sent when, what is found again, and what is kept.
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;

use crate::support::batch::{at, begun, enable, job, keys, none, stop};
use cckm_core::batch::{Batch, MOST_KEYS, Outcome, State, Stop, Task, place};
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;

#[test]
fn the_plan_has_each_key_once() {
    let given = [
        keys(250),
        vec![" key 7 ".to_owned(), String::new(), "  ".to_owned()],
        keys(251),
    ]
    .concat();
    let batch = Batch::plan(enable(), given, MOST_KEYS);
    let sizes: Vec<usize> = batch.parts().iter().map(|part| part.keys.len()).collect();
    assert_eq!(sizes, [100, 100, 51]);
    let all: Vec<String> = batch
        .parts()
        .iter()
        .flat_map(|part| part.keys.clone())
        .collect();
    assert_eq!(all, keys(251));
    assert!(Batch::plan(enable(), [], 100).is_over());
    assert_eq!(Batch::plan(enable(), keys(3), 0).parts().len(), 3);
}

#[test]
fn so_many_are_on_their_way_and_no_more() {
    let mut batch = begun(keys(5), 1);
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
    batch.go_on(at(0));
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
    let older = job("older", "enablekey", &keys(2), "2026-11-21T10:00:30Z");
    let mut batch = Batch::plan(enable(), keys(6), 2);
    assert_eq!(batch.next(9), None, "not before it is known what was there");
    batch.begin(
        Timestamp::read("2026-11-21T10:01:00Z"),
        std::slice::from_ref(&older),
    );
    assert_eq!(
        [batch.next(2), batch.next(2), batch.next(2)],
        [Some(0), Some(1), None]
    );
    batch.ended(0, Outcome::Lost);
    batch.ended(1, Outcome::Started("other".to_owned()));
    assert_eq!(
        batch.next(9),
        None,
        "nothing is sent while one is to be looked for"
    );
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
        batch.look(&[stranger], &HashSet::from(["elsewhere".to_owned()]));
        assert_eq!(batch.parts()[0].state, State::Lost);
    }
    let mut unlucky = batch.clone();
    batch.look(&[job("b", "enablekey", &own, late)], &none());
    assert_eq!(batch.parts()[0].state, State::Started("b".to_owned()));
    assert_eq!(batch.next(9), Some(2), "and then it goes on");

    // Not found: a person decides, and the others go on when told.
    unlucky.give_up();
    assert_eq!(unlucky.parts()[0].state, State::Unknown);
    assert_eq!(unlucky.next(9), None);
    assert!(unlucky.stop().is_some());
    unlucky.go_on(at(0));
    assert_eq!([unlucky.next(9), unlucky.next(9)], [Some(2), None]);
    let mut found_later = unlucky.clone();
    found_later.look_again();
    assert_eq!(found_later.parts()[0].state, State::Lost);
    found_later.look(&[job("b", "enablekey", &own, late)], &none());
    assert_eq!(found_later.parts()[0].state, State::Started("b".to_owned()));
    unlucky.send_again(0);
    assert_eq!(unlucky.next(9), Some(0));
}

/// Browsers send a request twice by themselves when its connection breaks.
#[test]
fn a_job_of_the_same_keys_beside_its_own_is_told() {
    let mut batch = begun(keys(4), 2);
    batch.next(9);
    batch.ended(0, Outcome::Started("a".to_owned()));
    let late = "2026-11-21T10:01:00Z";
    let jobs = [
        job("a", "enablekey", &keys(2), late),
        job("b", "enablekey", &keys(2), late),
        job("c", "disablekey", &keys(2), late),
        job("d", "enablekey", &keys(2), "2026-11-21T09:00:00Z"),
        job("e", "enablekey", &keys(4)[2..], late),
    ];
    for _ in 0..2 {
        batch.look_for_twins(&jobs, &none());
        assert_eq!(batch.parts()[0].twins, ["b"]);
        assert_eq!(
            batch.parts()[1].twins,
            [""; 0],
            "it has no job of its own yet"
        );
        batch = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
    }
}

#[test]
fn an_answer_after_all_still_counts() {
    let mut batch = begun(keys(1), 2);
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

/// The server's wish to be left alone is kept over a reload, and nobody can overrule it.
#[test]
fn it_waits_as_long_as_the_server_asks() {
    let until = |ms| Stop {
        until: Some(at(ms)),
        ..stop("429")
    };
    let mut batch = begun(keys(3), 1);
    assert_eq!([batch.next(9), batch.next(9)], [Some(0), Some(1)]);
    batch.ended(0, Outcome::Stopped(until(5_000)));
    batch.ended(1, Outcome::Stopped(until(9_000)));
    for mut batch in [
        Batch::load(&batch.save(), &batch.save_keys()).unwrap(),
        batch,
    ] {
        batch.halt(stop("by hand"));
        for (now, next) in [(0, None), (8_999, None), (9_000, Some(0))] {
            batch.go_on(at(now));
            assert_eq!(batch.next(1), next, "at {now}");
        }
    }
}

/// Without the server's clock the newest job tells the time.
#[test]
fn it_begins_by_what_is_there() {
    let (old, new) = ("2026-11-21T10:00:00Z", "2026-11-21T10:00:50Z");
    let jobs = [
        job("new", "enablekey", &keys(1), new),
        job("old", "enablekey", &keys(1), old),
    ];
    let since = |clock: Option<&str>, jobs: &[Job]| {
        let mut batch = Batch::plan(enable(), keys(1), 1);
        batch.begin(clock.and_then(Timestamp::read), jobs);
        // A second beginning changes nothing: the time of the first start counts.
        batch.begin(Timestamp::read("2030-01-01T00:00:00Z"), &[]);
        batch.since()
    };
    assert_eq!(since(None, &[]), None);
    assert_eq!(since(None, &jobs), Timestamp::read("2026-11-21T09:59:50Z"));
    let clock = Some("2026-11-21T12:00:00Z");
    assert_eq!(since(clock, &jobs), Timestamp::read("2026-11-21T11:59:00Z"));
}

#[test]
fn other_texts_are_no_batch() {
    let good = "operation=x&value=&most=1&waiting=";
    assert!(Batch::load(good, "a").is_some());
    for (text, keys) in [
        ("", ""),
        ("", "a"),
        (good, ""),
        (good, "a&b"),
        (good, "a&a"),
        (good, "+"),
        (good, "a=b"),
        ("operation=x&most=1&waiting=&waiting=", "a"),
        ("operation=x&most=2&waiting=&waiting=", "a&a"),
        ("operation=x&most=0&waiting=", "a"),
        ("operation=x&most=-1&waiting=", "a"),
        ("operation=x&waiting=", "a"),
        ("most=1&waiting=", "a"),
        ("value=7&operation=x&most=1&waiting=", "a"),
        ("operation=x&operation=y&most=1&waiting=", "a"),
        ("operation=x&most=1&before=j&waiting=", "a"),
        ("operation=x&most=1&started=", "a"),
        ("operation=x&most=1&paused=", "a"),
        ("operation=x&most=1&at=a&at=b&waiting=", "a"),
        ("operation=x&most=1&twin=t&waiting=", "a"),
        ("{}", "{}"),
    ] {
        assert_eq!(Batch::load(text, keys), None, "{text} {keys}");
    }
    let text = "operation=a%26b&value=%3D7&most=1&waiting=&started=j";
    let kept = Batch::load(text, "k%3D&l").unwrap();
    assert_eq!(kept.task().operation, "a&b");
    assert_eq!(kept.task().value, "=7");
    assert_eq!(kept.parts()[0].keys, ["k="]);
    assert!(kept.stop().is_some(), "it goes on when someone says so");
    let over = Batch::load("operation=x&most=1&started=j", "k").unwrap();
    assert_eq!(over.stop(), None, "there is nothing to go on with");
}

/// What the server said is not kept, and neither is how a job stands.
#[test]
fn only_ids_and_settings_are_kept() {
    let mut batch = begun(keys(4), 1);
    for _ in 0..3 {
        batch.next(9);
    }
    batch.ended(0, Outcome::Refused("SECRET words".to_owned()));
    batch.ended(1, Outcome::Started("the-job".to_owned()));
    batch.ended(2, Outcome::Stopped(stop("SECRET permission")));
    let kept = batch.save();
    assert!(!kept.contains("SECRET"), "{kept}");
    assert_eq!(
        kept,
        "operation=enablekey&value=&most=1&since=1795255200000&refused=&started=the-job&waiting=&waiting="
    );
}

/// A batch goes on only at the server and in the domain where it was made.
#[test]
fn it_belongs_to_one_server_and_one_domain() {
    let (base, domain) = ("https://cckm.example/api/", Some("d-1 & co"));
    let here = place(base, domain);
    let batch = Batch::plan(enable(), keys(2), 1).made_at(here.clone());
    let back = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
    for batch in [batch, back] {
        assert!(batch.is_of(&here));
        for other in [
            place(base, None),
            place(base, Some("")),
            place(base, Some("d-2")),
            place("https://other.example/api/", domain),
            String::new(),
        ] {
            assert!(!batch.is_of(&other), "{other}");
        }
    }
    let root = Batch::plan(enable(), keys(1), 1).made_at(place(base, None));
    assert!(root.is_of(&place(base, None)) && !root.is_of(&here));
    // Kept before places were, or by another program: of no place at all.
    for kept in [
        "",
        "at=&",
        "at=%00&",
        "at=https%3A%2F%2Fcckm.example%2Fapi%2F&",
    ] {
        let text = format!("operation=enablekey&value=&most=1&{kept}waiting=");
        let old = Batch::load(&text, "a").unwrap();
        for place in [&here, &place(base, None), &String::new()] {
            assert!(!old.is_of(place), "{kept} {place}");
        }
    }
    let why = Stop::elsewhere().why;
    assert!(why.title.contains("another domain or at another server"));
    assert!(why.explanation.contains("place was not kept"));
}

/// Before a batch that destroys goes on it is asked about the keys that are left.
#[test]
fn what_is_left_to_destroy_is_counted() {
    let task = Task {
        operation: "schedulekeydeletion".to_owned(),
        value: "7".to_owned(),
    };
    let mut batch = Batch::plan(task, keys(7), 2);
    batch.begin(None, &[]);
    assert_eq!(batch.to_destroy(), 7);
    assert_eq!([batch.next(9), batch.next(9)], [Some(0), Some(1)]);
    batch.ended(0, Outcome::Started("a".to_owned()));
    batch.ended(1, Outcome::Lost);
    assert_eq!(batch.to_destroy(), 5, "two lost, three waiting");
    batch.give_up();
    assert_eq!(batch.to_destroy(), 3);
    let back = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
    assert_eq!(back.to_destroy(), 5);
    assert_eq!(begun(keys(7), 2).to_destroy(), 0);
}

/// Nothing that the server told one user is shown to the next.
#[test]
fn words_for_another_user_do_not_stay() {
    let mut batch = begun(keys(3), 1);
    for _ in 0..3 {
        batch.next(9);
    }
    batch.ended(0, Outcome::Refused("SECRET words".to_owned()));
    let until = Some(at(5_000));
    let said = Stop {
        until,
        ..stop("SECRET permission")
    };
    batch.ended(1, Outcome::Stopped(said.clone()));
    let mut batch = Batch::load(&batch.save(), &batch.save_keys()).unwrap();
    batch.halt_anew(Stop::of_another_user());
    // An answer to the former user that comes late.
    let late = Outcome::Refused("SECRET late".to_owned());
    batch.ended(2, late.without_words());
    assert!(!format!("{batch:?}").contains("SECRET"));
    let stop = batch.stop().unwrap();
    assert_eq!(stop.why.title, "Someone else has signed in");
    assert_eq!(stop.until, until, "the server waits for nobody");
    let Outcome::Stopped(late) = Outcome::Stopped(said).without_words() else {
        panic!("it stops all the same");
    };
    assert_eq!((late.until, late.why), (until, stop.why.clone()));
    let started = Outcome::Started("a".to_owned());
    assert_eq!(started.clone().without_words(), started);
    let mut over = begun(Vec::new(), 1);
    over.halt_anew(Stop::of_another_user());
    assert_eq!(over.stop(), None, "there is nothing to go on with");
}
