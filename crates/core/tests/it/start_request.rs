//! A start whose answer may be lost: a second request leaves only when a person says so, and the job that the
//! first one created is found.

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use cckm_core::start::duplicates::duplicates;
use cckm_core::start::lookup::{Candidate, Lookup, LookupResult, MAX_JOBS};
use cckm_core::start::request::{StartOutcome, StartRequest, StartStage};
use proptest::prelude::*;

const BULK: &str = "aws/bulkjob";
const AWS: &str = "aws/synchronization-jobs";
const ENABLE: &str = r#"{"operation":"enablekey","keys":["a","b"]}"#;

fn since() -> Timestamp {
    "2026-11-21T10:00:00Z".parse().unwrap()
}

fn lookup(path: &str, body: &str) -> Lookup {
    Lookup::new(Family::by_path(path).unwrap(), body, since())
}

fn page(total: usize, jobs: &[String]) -> cckm_core::job::page::JobPage {
    let body = format!(r#"{{"total":{total},"resources":[{}]}}"#, jobs.join(","));
    decode::job_page(body.as_bytes()).unwrap()
}

/// A job created `second` seconds after ten o'clock, with further `members`.
fn job(id: &str, second: i64, members: &str) -> String {
    let (hour, second) = if second < 0 { (9, 60 + second) } else { (10, second) };
    let minute = if hour == 9 { 59 } else { 0 };
    let comma = if members.is_empty() { "" } else { "," };
    format!(
        r#"{{"id":"{id}","createdAt":"2026-11-21T{hour:02}:{minute:02}:{second:02}Z"{comma}{members}}}"#
    )
}

fn found(path: &str, body: &str, jobs: &[String]) -> Vec<(String, bool)> {
    let result = lookup(path, body).read_page(&page(jobs.len(), jobs)).unwrap();
    let found = result.candidates.into_iter();
    found.map(|candidate| (candidate.id, candidate.same)).collect()
}

#[test]
fn lookup_ignores_other_jobs() {
    let keys = r#""operation":"enablekey","keys":["b","a"]"#;
    for other in [
        job("early", -1, keys),
        job("other", 1, r#""operation":"disablekey","keys":["a","b"]"#),
        job("fewer", 1, r#""operation":"enablekey","keys":["a"]"#),
        job("more", 1, r#""operation":"enablekey","keys":["a","b","c"]"#),
        job("", 1, keys),
    ] {
        assert_eq!(found(BULK, ENABLE, std::slice::from_ref(&other)), [], "{other}");
    }
    let own = [job("it", 0, keys), job("again", 5, keys)];
    let both = [("it".to_owned(), true), ("again".to_owned(), true)];
    assert_eq!(found(BULK, ENABLE, &own), both);
}

#[test]
fn lookup_marks_uncertain_candidates() {
    let uncertain = |path: &str, body: &str, members: &str| {
        assert_eq!(
            found(path, body, &[job("it", 1, members)]),
            [("it".to_owned(), false)],
            "{body} {members}"
        );
    };
    // The job reports a name, the request has an id.
    uncertain(AWS, r#"{"kms":["3f-id"]}"#, r#""kms":["prod"],"regions":["r"]"#);
    uncertain(AWS, r#"{"synchronize_all":true}"#, r#""kms":["prod"]"#);
    uncertain(AWS, r#"{"kms":["a"]}"#, "");
    uncertain(AWS, r#"{"kms":["a"]}"#, r#""kms":{"odd":1}"#);
    uncertain("dsm/refresh", r#"{"anything":["x"]}"#, r#""domains":["d"]"#);
    let undated = r#"{"id":"it","operation":"enablekey","keys":["a","b"]}"#.to_owned();
    assert_eq!(found(BULK, ENABLE, &[undated]), [("it".to_owned(), false)]);
    // Jobs report regions unchanged, and Salesforce's organizations under another name.
    let body = r#"{"kms":["a"],"regions":["r"]}"#;
    assert_eq!(found(AWS, body, &[job("no", 1, r#""kms":["a"],"regions":["s"]"#)]), []);
    assert_eq!(found(AWS, body, &[job("it", 1, r#""kms":["a"],"regions":["r"]"#)]).len(), 1);
    let sfdc = "sfdc/keys/synchronization-jobs";
    let asked = r#"{"organization_ids":["o"]}"#;
    let listed = [job("it", 1, r#""organizations":["o"]"#)];
    assert_eq!(found(sfdc, asked, &listed), [("it".to_owned(), true)]);
}

#[test]
fn lookup_sorts_certain_candidates_first() {
    let jobs = [job("unsure", 2, r#""kms":["x"]"#), job("sure", 1, r#""kms":["a"]"#)];
    let found = found(AWS, r#"{"kms":["a"]}"#, &jobs);
    assert_eq!(found[0], ("sure".to_owned(), true));
    assert_eq!(found[1], ("unsure".to_owned(), false));
}

#[test]
fn lookup_reads_no_more_pages_than_needed() {
    let keys = r#""operation":"enablekey","keys":["a","b"]"#;
    // The server sorts: the first older job ends the lookup.
    let mut sorted = lookup(BULK, ENABLE);
    assert!(sorted.read_page(&page(9, &[job("a", 5, keys), job("b", 3, keys)])).is_none());
    assert_eq!(sorted.page(), (2, 1_000));
    let result = sorted.read_page(&page(9, &[job("b", 3, keys), job("old", -1, keys)])).unwrap();
    assert_eq!((result.candidates.len(), result.read, result.complete), (2, 4, true));
    // A list that is out of order is read to its end.
    let mut unsorted = lookup(BULK, ENABLE);
    let jobs = [job("a", -9, keys), job("b", -5, keys)];
    assert!(unsorted.read_page(&page(4, &jobs)).is_none());
    assert!(unsorted.read_page(&page(4, &[job("it", 5, keys), job("c", 6, keys)])).is_some());
    let mut family = lookup(AWS, "{}");
    assert!(family.read_page(&page(3, &[job("a", 5, ""), job("b", -5, "")])).is_none());
    assert!(family.read_page(&page(3, &[])).unwrap().complete);
    // A list without end is read up to the limit.
    let many = |at: usize| {
        let jobs: Vec<String> = (0..1_000).map(|n| job(&format!("{at} {n}"), -5, "")).collect();
        page(1_000_000, &jobs)
    };
    let mut endless = lookup(AWS, "{}");
    let last = (0..100).find_map(|at| endless.read_page(&many(at))).unwrap();
    assert_eq!((last.read, last.complete), (MAX_JOBS, false));
    // A server that sends the same jobs again is not read any further.
    let mut repeated = lookup(AWS, "{}");
    assert!(repeated.read_page(&many(0)).is_none());
    let last = repeated.read_page(&many(0)).unwrap();
    assert_eq!((last.read, last.complete), (2_000, false));
}

#[test]
fn duplicates_are_equal_jobs_of_the_same_time() {
    let keys = r#""operation":"enablekey","keys":["a","b"]"#;
    let family = Family::by_path(BULK).unwrap();
    let own = decode::job(job("own", 30, keys).as_bytes()).unwrap();
    let listed = page(
        9,
        &[
            job("own", 30, keys),
            job("duplicate", 21, keys),
            job("at once", 31, keys),
            job("before", 10, keys),
            job("later", 40, keys),
            job("other", 30, r#""operation":"enablekey","keys":["b","a"]"#),
            job("another", 30, r#""operation":"disablekey","keys":["a","b"]"#),
            job("", 30, keys),
        ],
    );
    assert_eq!(duplicates(family, &own, &listed.jobs, 8_000), ["duplicate", "at once"]);
    assert_eq!(duplicates(family, &own, &listed.jobs, 0), ["at once"]);
    // A job that does not report its request has no duplicate.
    let silent = decode::job(job("own", 30, "").as_bytes()).unwrap();
    let listed = page(1, &[job("x", 30, "")]);
    assert_eq!(duplicates(family, &silent, &listed.jobs, 0), [""; 0]);
}

#[test]
fn request_refused_or_started_is_not_unresolved() {
    let mut request = StartRequest::default();
    assert_eq!((request.send_again(), request.begin_lookup()), (None, None));
    assert_eq!(request.confirm(), Some(1));
    assert_eq!(
        (request.confirm(), request.send_again(), request.begin_lookup()),
        (None, None, None)
    );
    request.finish(1, StartOutcome::Refused);
    assert_eq!((request.send_again(), request.begin_lookup()), (None, None));
    assert_eq!(request.confirm(), Some(2));
    request.finish(1, StartOutcome::Lost);
    assert_eq!(*request.stage(), StartStage::Sent, "an earlier request");
    request.finish(2, StartOutcome::Started(Some("x".to_owned())));
    assert_eq!(
        (request.confirm(), request.send_again(), request.begin_lookup()),
        (None, None, None)
    );
    assert!(!request.is_unresolved());
}

#[test]
fn repeated_request_that_is_refused_leaves_the_result_unknown() {
    let mut start = StartRequest::default();
    start.confirm();
    start.finish(1, StartOutcome::Lost);
    for number in [2, 3] {
        assert_eq!(start.send_again(), Some(number));
        assert!(start.is_repeat());
        start.finish(number, StartOutcome::Refused);
        assert_eq!(*start.stage(), StartStage::Lost);
    }
    assert!(!start.is_editable() && start.begin_lookup().is_some());
    // Only a decision ends it.
    start.dismiss();
    assert_eq!(start.confirm(), Some(4));
    assert!(!start.is_repeat());
    start.finish(4, StartOutcome::Refused);
    assert_eq!(*start.stage(), StartStage::Refused);
}

#[test]
fn refused_change_after_a_lost_one_leaves_the_result_unknown() {
    let mut change = StartRequest::default();
    change.confirm();
    change.finish(1, StartOutcome::ChangeUnknown);
    assert!(change.is_editable() && !change.is_unresolved());
    assert_eq!(change.confirm(), Some(2));
    change.finish(2, StartOutcome::Refused);
    assert_eq!(*change.stage(), StartStage::ChangeUnknown);
    assert_eq!(change.confirm(), Some(3));
    change.finish(3, StartOutcome::Started(Some("s".to_owned())));
    assert_eq!(*change.stage(), StartStage::Started(Some("s".to_owned())));
}

#[test]
fn request_ignores_a_replaced_lookup() {
    let mut request = StartRequest::default();
    request.confirm();
    request.finish(1, StartOutcome::Lost);
    assert_eq!((request.begin_lookup(), request.begin_lookup()), (Some(1), Some(2)));
    request.finish_lookup(1, None);
    assert!(request.is_looking_up(2));
    request.finish_lookup(2, None);
    assert_eq!(*request.stage(), StartStage::LookupFailed);
    assert_eq!(request.begin_lookup(), Some(3));
    assert_eq!(request.send_again(), Some(2));
    request.finish_lookup(3, Some(LookupResult::default()));
    assert_eq!(*request.stage(), StartStage::Sent);
}

/// Anything that can happen.
#[derive(Clone, Debug)]
enum Event {
    Confirm,
    SendAgain,
    Finish(u32, StartOutcome),
    BeginLookup,
    FinishLookup(u32, bool),
    Choose,
    Dismiss,
}

fn event() -> impl Strategy<Value = Event> {
    let ending = prop_oneof![
        3 => Just(StartOutcome::Lost),
        1 => Just(StartOutcome::Refused),
        1 => Just(StartOutcome::Started(Some("own".to_owned()))),
        1 => Just(StartOutcome::Started(None)),
    ];
    prop_oneof![
        2 => Just(Event::Confirm),
        1 => Just(Event::SendAgain),
        4 => (0..6_u32, ending).prop_map(|(back, ending)| Event::Finish(back, ending)),
        2 => Just(Event::BeginLookup),
        2 => (0..6_u32, any::<bool>()).prop_map(|(back, found)| Event::FinishLookup(back, found)),
        1 => Just(Event::Choose),
        1 => Just(Event::Dismiss),
    ]
}

proptest! {
    /// Each request needs its own decision, and at most one is in flight. An unknown or finished start is sent
    /// again only by `send_again`, or after the person has returned to the form. A start whose result was unknown once
    /// is never refused or editable before it is known that it was started, or the person has returned to the form.
    #[test]
    fn request_is_sent_only_by_decision(events in prop::collection::vec(event(), 0..60)) {
        let mut request = StartRequest::default();
        let (mut sent, mut answered, mut lookups) = (0, 0, 0);
        let mut is_doubtful = false;
        for event in events {
            let (before, was_unresolved) = (request.stage().clone(), request.is_unresolved());
            let number = match &event {
                Event::Confirm => {
                    let number = request.confirm();
                    let may = matches!(before, StartStage::Draft | StartStage::Refused);
                    prop_assert_eq!(number.is_some(), may);
                    number
                }
                Event::SendAgain => {
                    let number = request.send_again();
                    prop_assert_eq!(number.is_some(), was_unresolved);
                    number
                }
                Event::Finish(back, ending) => {
                    let number = u32::saturating_sub(sent, *back);
                    request.finish(number, ending.clone());
                    if before == StartStage::Sent && number == sent {
                        answered = sent;
                        is_doubtful |= *ending == StartOutcome::Lost;
                    } else {
                        prop_assert_eq!(request.stage(), &before);
                    }
                    None
                }
                Event::BeginLookup => {
                    let look = request.begin_lookup();
                    prop_assert_eq!(look.is_some(), was_unresolved);
                    lookups += u32::from(look.is_some());
                    None
                }
                Event::FinishLookup(back, found) => {
                    let candidates = vec![Candidate { id: "x".to_owned(), created: None, same: true }];
                    let result = LookupResult { candidates, ..LookupResult::default() };
                    request.finish_lookup(lookups.saturating_sub(*back), found.then_some(result));
                    None
                }
                Event::Choose => { request.choose("x"); None }
                Event::Dismiss => { request.dismiss(); None }
            };
            if let Some(number) = number {
                // The request before it is answered or lost.
                prop_assert_eq!((number, answered), (sent + 1, sent));
                sent = number;
            }
            is_doubtful &= !matches!(request.stage(), StartStage::Draft | StartStage::Started(_));
            prop_assert!(!is_doubtful || !request.is_editable(), "{:?}: {:?}", event, request.stage());
            let is_sent = *request.stage() == StartStage::Sent;
            prop_assert_eq!(is_sent, sent > answered, "{:?}", event);
            // A lookup keeps an unresolved start unresolved.
            if was_unresolved && matches!(event, Event::BeginLookup | Event::FinishLookup(..)) {
                prop_assert!(request.is_unresolved());
            }
        }
    }
}
