//! A start whose answer may be lost: no second request leaves unless a person says so, and the job
//! that it made is found.
#![allow(clippy::unwrap_used)]

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use cckm_core::start::duplicates::duplicates;
use cckm_core::start::request::{Ending, StartRequest, StartStage};
use cckm_core::start::search::{Candidate, Findings, MOST_READ, Search};
use proptest::prelude::*;

const BULK: &str = "aws/bulkjob";
const AWS: &str = "aws/synchronization-jobs";
const ENABLE: &str = r#"{"operation":"enablekey","keys":["a","b"]}"#;

fn since() -> Timestamp {
    Timestamp::read("2026-11-21T10:00:00Z").unwrap()
}

fn search(path: &str, body: &str) -> Search {
    Search::new(Family::of_path(path).unwrap(), body, since())
}

fn page(total: usize, jobs: &[String]) -> cckm_core::job::page::JobPage {
    let body = format!(r#"{{"total":{total},"resources":[{}]}}"#, jobs.join(","));
    decode::job_page(body.as_bytes()).unwrap()
}

/// A job of so many seconds past ten, with these further members.
fn job(id: &str, second: i64, members: &str) -> String {
    let (hour, second) = if second < 0 {
        (9, 60 + second)
    } else {
        (10, second)
    };
    let minute = if hour == 9 { 59 } else { 0 };
    let comma = if members.is_empty() { "" } else { "," };
    format!(
        r#"{{"id":"{id}","createdAt":"2026-11-21T{hour:02}:{minute:02}:{second:02}Z"{comma}{members}}}"#
    )
}

fn found(path: &str, body: &str, jobs: &[String]) -> Vec<(String, bool)> {
    let findings = search(path, body).take(&page(jobs.len(), jobs)).unwrap();
    let found = findings.candidates.into_iter();
    found
        .map(|candidate| (candidate.id, candidate.same))
        .collect()
}

#[test]
fn strangers_are_not_it() {
    let keys = r#""operation":"enablekey","keys":["b","a"]"#;
    for stranger in [
        job("early", -1, keys),
        job("other", 1, r#""operation":"disablekey","keys":["a","b"]"#),
        job("fewer", 1, r#""operation":"enablekey","keys":["a"]"#),
        job("more", 1, r#""operation":"enablekey","keys":["a","b","c"]"#),
        job("", 1, keys),
    ] {
        assert_eq!(
            found(BULK, ENABLE, std::slice::from_ref(&stranger)),
            [],
            "{stranger}"
        );
    }
    let own = [job("it", 0, keys), job("again", 5, keys)];
    let both = [("it".to_owned(), true), ("again".to_owned(), true)];
    assert_eq!(found(BULK, ENABLE, &own), both);
}

#[test]
fn what_cannot_be_told_is_offered_and_said() {
    let unsure = |path: &str, body: &str, members: &str| {
        assert_eq!(
            found(path, body, &[job("it", 1, members)]),
            [("it".to_owned(), false)],
            "{body} {members}"
        );
    };
    // By name what was given by id.
    unsure(
        AWS,
        r#"{"kms":["3f-id"]}"#,
        r#""kms":["prod"],"regions":["r"]"#,
    );
    unsure(AWS, r#"{"synchronize_all":true}"#, r#""kms":["prod"]"#);
    unsure(AWS, r#"{"kms":["a"]}"#, "");
    unsure(AWS, r#"{"kms":["a"]}"#, r#""kms":{"odd":1}"#);
    unsure("dsm/refresh", r#"{"anything":["x"]}"#, r#""domains":["d"]"#);
    let undated = r#"{"id":"it","operation":"enablekey","keys":["a","b"]}"#.to_owned();
    assert_eq!(found(BULK, ENABLE, &[undated]), [("it".to_owned(), false)]);
    // Regions are named alike in both, and so are Salesforce's organizations under their other name.
    let body = r#"{"kms":["a"],"regions":["r"]}"#;
    assert_eq!(
        found(AWS, body, &[job("no", 1, r#""kms":["a"],"regions":["s"]"#)]),
        []
    );
    assert_eq!(
        found(AWS, body, &[job("it", 1, r#""kms":["a"],"regions":["r"]"#)]).len(),
        1
    );
    let sfdc = "sfdc/keys/synchronization-jobs";
    let asked = r#"{"organization_ids":["o"]}"#;
    let listed = [job("it", 1, r#""organizations":["o"]"#)];
    assert_eq!(found(sfdc, asked, &listed), [("it".to_owned(), true)]);
}

#[test]
fn the_sure_ones_come_first() {
    let jobs = [
        job("unsure", 2, r#""kms":["x"]"#),
        job("sure", 1, r#""kms":["a"]"#),
    ];
    let found = found(AWS, r#"{"kms":["a"]}"#, &jobs);
    assert_eq!(found[0], ("sure".to_owned(), true));
    assert_eq!(found[1], ("unsure".to_owned(), false));
}

#[test]
fn a_list_is_read_as_far_as_it_must() {
    let keys = r#""operation":"enablekey","keys":["a","b"]"#;
    // Sorted by the server: the first that is older ends it.
    let mut sorted = search(BULK, ENABLE);
    assert!(
        sorted
            .take(&page(9, &[job("a", 5, keys), job("b", 3, keys)]))
            .is_none()
    );
    assert_eq!(sorted.page(), (2, 1_000));
    let findings = sorted
        .take(&page(9, &[job("b", 3, keys), job("old", -1, keys)]))
        .unwrap();
    assert_eq!(
        (findings.candidates.len(), findings.read, findings.complete),
        (2, 4, true)
    );
    // One that does not keep to the order is read to its end.
    let mut unsorted = search(BULK, ENABLE);
    let jobs = [job("a", -9, keys), job("b", -5, keys)];
    assert!(unsorted.take(&page(4, &jobs)).is_none());
    assert!(
        unsorted
            .take(&page(4, &[job("it", 5, keys), job("c", 6, keys)]))
            .is_some()
    );
    let mut family = search(AWS, "{}");
    assert!(
        family
            .take(&page(3, &[job("a", 5, ""), job("b", -5, "")]))
            .is_none()
    );
    assert!(family.take(&page(3, &[])).unwrap().complete);
    // And none without end.
    let mut endless = search(AWS, "{}");
    let many: Vec<String> = (0..1_000).map(|_| job("a", -5, "")).collect();
    let many = page(1_000_000, &many);
    let pages = (1..100).find(|_| endless.take(&many).is_some()).unwrap();
    assert_eq!(pages * 1_000, MOST_READ);
    let mut endless = search(AWS, "{}");
    let last = (0..pages).find_map(|_| endless.take(&many)).unwrap();
    assert!(!last.complete);
}

#[test]
fn jobs_in_twos_are_seen_and_no_others() {
    let keys = r#""operation":"enablekey","keys":["a","b"]"#;
    let family = Family::of_path(BULK).unwrap();
    let own = decode::job(job("own", 30, keys).as_bytes()).unwrap();
    let listed = page(
        9,
        &[
            job("own", 30, keys),
            job("twin", 21, keys),
            job("at once", 31, keys),
            job("before", 10, keys),
            job("later", 40, keys),
            job("other", 30, r#""operation":"enablekey","keys":["b","a"]"#),
            job(
                "another",
                30,
                r#""operation":"disablekey","keys":["a","b"]"#,
            ),
            job("", 30, keys),
        ],
    );
    assert_eq!(
        duplicates(family, &own, &listed.jobs, 8_000),
        ["twin", "at once"]
    );
    assert_eq!(duplicates(family, &own, &listed.jobs, 0), ["at once"]);
    // What tells nothing of what was asked for has no twin.
    let silent = decode::job(job("own", 30, "").as_bytes()).unwrap();
    let listed = page(1, &[job("x", 30, "")]);
    assert_eq!(duplicates(family, &silent, &listed.jobs, 0), [""; 0]);
}

#[test]
fn a_refusal_and_a_success_are_no_loss() {
    let mut order = StartRequest::default();
    assert_eq!((order.send_again(), order.look()), (None, None));
    assert_eq!(order.confirm(), Some(1));
    assert_eq!(
        (order.confirm(), order.send_again(), order.look()),
        (None, None, None)
    );
    order.ended(1, Ending::Refused);
    assert_eq!((order.send_again(), order.look()), (None, None));
    assert_eq!(order.confirm(), Some(2));
    order.ended(1, Ending::Lost);
    assert_eq!(*order.stage(), StartStage::Sent, "an earlier request");
    order.ended(2, Ending::Started(Some("x".to_owned())));
    assert_eq!(
        (order.confirm(), order.send_again(), order.look()),
        (None, None, None)
    );
    assert!(!order.is_open());
}

#[test]
fn a_look_that_was_given_up_says_nothing() {
    let mut order = StartRequest::default();
    order.confirm();
    order.ended(1, Ending::Lost);
    assert_eq!((order.look(), order.look()), (Some(1), Some(2)));
    order.looked(1, None);
    assert!(order.is_looking(2));
    order.looked(2, None);
    assert_eq!(*order.stage(), StartStage::Blind);
    assert_eq!(order.look(), Some(3));
    assert_eq!(order.send_again(), Some(2));
    order.looked(3, Some(Findings::default()));
    assert_eq!(*order.stage(), StartStage::Sent);
}

/// Whatever happens.
#[derive(Clone, Debug)]
enum Event {
    Confirm,
    SendAgain,
    Ended(u32, Ending),
    Look,
    Looked(u32, bool),
    Choose,
    Leave,
}

fn event() -> impl Strategy<Value = Event> {
    let ending = prop_oneof![
        3 => Just(Ending::Lost),
        1 => Just(Ending::Refused),
        1 => Just(Ending::Started(Some("own".to_owned()))),
        1 => Just(Ending::Started(None)),
    ];
    prop_oneof![
        2 => Just(Event::Confirm),
        1 => Just(Event::SendAgain),
        4 => (0..6_u32, ending).prop_map(|(back, ending)| Event::Ended(back, ending)),
        2 => Just(Event::Look),
        2 => (0..6_u32, any::<bool>()).prop_map(|(back, found)| Event::Looked(back, found)),
        1 => Just(Event::Choose),
        1 => Just(Event::Leave),
    ]
}

proptest! {
    /// Each request has a decision of its own; at most one is on its way; what is unknown or done
    /// is sent again by `send_again` alone, or after the person has left it.
    #[test]
    fn no_request_leaves_by_itself(events in prop::collection::vec(event(), 0..60)) {
        let mut order = StartRequest::default();
        let (mut sent, mut answered, mut looks) = (0, 0, 0);
        for event in events {
            let (before, was_open) = (order.stage().clone(), order.is_open());
            let number = match &event {
                Event::Confirm => {
                    let number = order.confirm();
                    let may = matches!(before, StartStage::Draft | StartStage::Refused);
                    prop_assert_eq!(number.is_some(), may);
                    number
                }
                Event::SendAgain => {
                    let number = order.send_again();
                    prop_assert_eq!(number.is_some(), was_open);
                    number
                }
                Event::Ended(back, ending) => {
                    let number = u32::saturating_sub(sent, *back);
                    order.ended(number, ending.clone());
                    if before == StartStage::Sent && number == sent {
                        answered = sent;
                    } else {
                        prop_assert_eq!(order.stage(), &before);
                    }
                    None
                }
                Event::Look => {
                    let look = order.look();
                    prop_assert_eq!(look.is_some(), was_open);
                    looks += u32::from(look.is_some());
                    None
                }
                Event::Looked(back, found) => {
                    let candidates = vec![Candidate { id: "x".to_owned(), created: None, same: true }];
                    let findings = Findings { candidates, ..Findings::default() };
                    order.looked(looks.saturating_sub(*back), found.then_some(findings));
                    None
                }
                Event::Choose => { order.choose("x"); None }
                Event::Leave => { order.leave(); None }
            };
            if let Some(number) = number {
                // The one before it is answered, or given up by being lost.
                prop_assert_eq!((number, answered), (sent + 1, sent));
                sent = number;
            }
            let is_sent = *order.stage() == StartStage::Sent;
            prop_assert_eq!(is_sent, sent > answered, "{:?}", event);
            // A look never loses sight of what is unknown.
            if was_open && matches!(event, Event::Look | Event::Looked(..)) {
                prop_assert!(order.is_open());
            }
        }
    }
}
