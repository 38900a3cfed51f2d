//! Answers that are wrong in some way: mutated, cut short, nested without end, no JSON at all.
//! None may panic, and none may lose more than it has to.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;

use cckm_core::api::decode;
use cckm_core::api::error::ApiError;
use cckm_core::format::json::Member;
use cckm_core::job::Job;
use proptest::prelude::*;
use serde_json::{Value, json};

const JOBS: [&str; 5] = [
    "samples/aws-bulk-get",
    "samples/aws-sync-get",
    "samples/azure-bulk-get",
    "samples/google-update-all-versions-get",
    "wire/non-ascii",
];

fn fixture(name: &str) -> Vec<u8> {
    fs::read(format!("tests/data/{name}.json")).expect("the fixture is there")
}

fn value(name: &str) -> Value {
    serde_json::from_slice(&fixture(name)).expect("the fixture is JSON")
}

/// One value of every type, and those that are nearly what was expected.
fn every_type() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-7),
        json!(1.5),
        json!(""),
        json!("cancelled"),
        json!([]),
        json!(["in_progress"]),
        json!([null, 1, "x", ["y"], {}]),
        json!({}),
        json!({"completed": "Success"}),
        json!({"a": {"b": [{"c": null}]}}),
    ]
}

/// Everything in `expected` must be in `job`, as JSON, and nothing else.
fn check(job: &Job, expected: &Value) {
    let object = expected.as_object().expect("a job is an object");
    let members = object.iter().filter(|(name, _)| *name != "detailed_status");
    let members: Vec<Member> = members
        .map(|(name, value)| Member { name: name.clone(), raw: value.to_string() })
        .collect();
    assert_eq!(job.members, members);
    let detail = object.get("detailed_status");
    let items = detail.and_then(Value::as_object).cloned().unwrap_or_default();
    let items: Vec<(String, String)> =
        items.iter().map(|(k, v)| (k.clone(), v.to_string())).collect();
    let read: Vec<(String, String)> = (0..job.items.len())
        .map(|n| (job.items.name(n).to_owned(), job.items.text(n).expect("a text").raw.to_string()))
        .collect();
    assert_eq!(read, items);
    let odd = detail.filter(|detail| !detail.is_object()).map(Value::to_string);
    assert_eq!(job.unexpected_detail, odd);
    // What people read of it never fails, whatever it is.
    for Member { name, raw } in &job.members {
        assert_eq!(job.text(name).is_none(), raw == "null", "{name}");
    }
    let running = object.get("overall_status") == Some(&json!("in_progress"));
    assert_eq!(job.status().is_running(), running, "{expected}");
}

fn check_text(value: &Value) {
    check(&decode::job(value.to_string().as_bytes()).expect("still a job"), value);
    let listed = json!({"resources": [{}, value], "total": 2});
    let page = decode::job_page(listed.to_string().as_bytes()).expect("still a page");
    check(&page.jobs[1], value);
}

#[test]
fn any_member_may_be_missing_or_of_any_type() {
    for name in JOBS {
        let sample = value(name);
        check_text(&sample);
        for member in sample.as_object().expect("an object").keys() {
            let mut changed = sample.clone();
            changed.as_object_mut().expect("an object").remove(member);
            check_text(&changed);
            for other in every_type() {
                changed[member] = other;
                check_text(&changed);
            }
        }
    }
}

#[test]
fn any_item_may_be_of_any_type() {
    for name in JOBS {
        let sample = value(name);
        for item in sample["detailed_status"].as_object().expect("items").keys() {
            for other in every_type() {
                let mut changed = sample.clone();
                changed["detailed_status"][item] = other;
                check_text(&changed);
            }
        }
    }
}

#[test]
fn members_that_nobody_knows_are_kept() {
    for name in JOBS {
        for extra in [
            "zone",
            "Detailed_Status",
            "resources",
            "detailed_status ",
            "toString",
            "é\u{202e}",
            "",
        ] {
            for other in every_type() {
                let mut changed = value(name);
                changed[extra] = other;
                check(&decode::job(changed.to_string().as_bytes()).expect("a job"), &changed);
            }
        }
    }
}

/// `body` is neither a job nor a page, and its beginning is kept to be shown.
fn check_unreadable<T: std::fmt::Debug>(read: fn(&[u8]) -> Result<T, ApiError>, body: &[u8]) {
    let text = String::from_utf8_lossy(body);
    let Err(ApiError::Unreadable { reason, head }) = read(body) else {
        panic!("{text:.200} was read");
    };
    assert!(!reason.is_empty());
    match head.strip_suffix('…').filter(|_| body.len() > 2_000) {
        Some(head) => assert!(text.starts_with(head) && head.len() > 1_990, "{head:.200}"),
        None => assert_eq!(head, text),
    }
}

#[test]
fn an_answer_cut_anywhere_is_unreadable_and_its_beginning_kept() {
    for name in JOBS {
        let body = fixture(name);
        for end in 0..body.trim_ascii_end().len() {
            check_unreadable(decode::job, &body[..end]);
        }
        decode::job(body.trim_ascii_end()).expect("whole again");
    }
    let body = fixture("samples/google-sync-list");
    for end in 0..body.trim_ascii_end().len() {
        check_unreadable(decode::job_page, &body[..end]);
    }
}

#[test]
fn what_is_not_one_object_is_unreadable() {
    let html = fs::read("tests/data/wire/proxy.html").expect("the fixture is there");
    let long = "é🔑".repeat(50_000);
    for body in [
        &b""[..],
        b" \n",
        b"null",
        b"true",
        b"0",
        b"\"text\"",
        b"[]",
        b"[{}]",
        b"{",
        b"}",
        b"{}{}",
        b"{} x",
        b"{},",
        b"{\"a\":}",
        b"{\"a\" 1}",
        b"{'a':1}",
        b"{\"a\":1,}",
        b"{a:1}",
        b"{\"a\":NaN}",
        b"{\"a\":01}",
        b"{\"a\":\"\n\"}",
        b"{\"a\":\"\\x\"}",
        b"\xff\xfe{\0}\0",
        b"{\"a\":\"\xff\"}",
        b"{\"a\":\"\xed\xa0\x80\"}",
        b"{}\0",
        b"\0{}",
        b"{\"detailed_status\":{\"a\"}}",
        b"{\"detailed_status\":{1:2}}",
        b"{\"detailed_status\":}",
        &html,
        long.as_bytes(),
    ] {
        check_unreadable(decode::job, body);
        check_unreadable(decode::job_page, body);
    }
}

#[test]
fn a_list_whose_rows_are_no_jobs_is_unreadable() {
    for body in [
        r#"{"resources":{}}"#,
        r#"{"resources":5}"#,
        r#"{"resources":"x"}"#,
        r#"{"resources":true}"#,
        r#"{"resources":[null]}"#,
        r#"{"resources":[[]]}"#,
        r#"{"resources":[{},"x"]}"#,
        r#"{"resources":[{},]}"#,
        r#"{"application/json":[]}"#,
    ] {
        check_unreadable(decode::job_page, body.as_bytes());
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    for name in JOBS {
        let marked = [&b"\xef\xbb\xbf"[..], &fixture(name)].concat();
        assert_eq!(decode::job(&marked), decode::job(&fixture(name)));
        assert!(decode::job(&marked).is_ok());
    }
    check_unreadable(decode::job, b"\xef\xbb\xbf\xef\xbb\xbf{}");
    check_unreadable(decode::job, b"\xef\xbb\xbf");
}

#[test]
fn half_a_surrogate_pair_is_kept_in_a_value_and_unreadable_in_a_name() {
    let job = decode::job(br#"{"id":"\ud83d","detailed_status":{"a":"\udd11 x","b":"Success"}}"#);
    let job = job.expect("a job");
    assert_eq!(job.text("id").as_deref(), Some(r#""\ud83d""#));
    let text = job.items.text(0).expect("a text");
    assert_eq!(&*text.text, r#""\udd11 x""#);
    check_unreadable(decode::job, br#"{"\ud83d":1}"#);
    check_unreadable(decode::job, br#"{"detailed_status":{"\ud83d":"Success"}}"#);
}

/// An answer with `hole` in each place that a value can stand.
fn around(hole: &str) -> [String; 8] {
    [
        hole.to_owned(),
        format!(r#"{{"id":{hole}}}"#),
        format!(r#"{{"detailed_status":{hole}}}"#),
        format!(r#"{{"detailed_status":{{"a":"Success","b":{hole}}}}}"#),
        format!(r#"{{"application/json":{hole}}}"#),
        format!(r#"{{"resources":{hole}}}"#),
        format!(r#"{{"resources":[{hole}]}}"#),
        format!(r#"{{"resources":[{{"detailed_status":{{"b":{hole}}}}}]}}"#),
    ]
}

#[test]
fn nesting_without_end_does_not_overflow_the_stack() {
    const DEPTH: usize = 100_000;
    for (open, middle, close) in [
        ("[", "1", "]"),
        ("{\"a\":", "", ""),
        ("[{\"a\":", "null", "}]"),
        ("{\"application/json\":", "{}", "}"),
    ] {
        let whole = [&open.repeat(DEPTH), middle, &close.repeat(DEPTH)].concat();
        for body in around(&whole) {
            let jobs = decode::job_page(body.as_bytes()).into_iter().flat_map(|page| page.jobs);
            for job in decode::job(body.as_bytes()).into_iter().chain(jobs) {
                let kept = [job.text("id"), job.items.text(1).map(|text| text.raw.to_string())];
                assert!(kept.into_iter().flatten().all(|text| text == whole));
                assert!(job.list("id").is_empty() && job.created_at().is_none());
            }
        }
        // Where nothing needs to be understood it is kept, if it comes to an end.
        let ends = !close.is_empty();
        let [_, member, _, item, ..] = around(&whole);
        for body in [member, item] {
            assert_eq!(decode::job(body.as_bytes()).is_ok(), ends, "{body:.40}");
        }
    }
}

fn is_read_or_unreadable<T>(read: &Result<T, ApiError>) -> bool {
    matches!(read, Ok(_) | Err(ApiError::Unreadable { .. }))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_answer_never_panics(
        name in prop::sample::select(JOBS.to_vec()),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut body = fixture(name);
        for (at, byte) in damage {
            let at = at.index(body.len());
            body[at] = byte;
        }
        // What serde_json takes for an object of unique names, this reads with all its members.
        if let (Ok(job), Ok(Value::Object(object))) = (decode::job(&body), serde_json::from_slice(&body)) {
            let detail = usize::from(object.contains_key("detailed_status"));
            prop_assert!(job.members.len() + detail >= object.len());
        }
    }

    #[test]
    fn bytes_of_any_kind_never_panic(body in prop::collection::vec(any::<u8>(), 0..64)) {
        let text = String::from_utf8_lossy(&body).into_owned();
        for hole in around(&text) {
            prop_assert!(is_read_or_unreadable(&decode::job(hole.as_bytes())));
        }
        prop_assert!(is_read_or_unreadable(&decode::job_page(&body)));
    }

    #[test]
    fn names_and_texts_of_any_characters_come_through(
        items in prop::collection::vec((any::<String>(), any::<String>()), 0..8),
        id in any::<String>(),
    ) {
        let quoted = |text: &str| json!(text).to_string();
        let pairs: Vec<_> = items.iter().map(|(name, text)| format!("{}:{}", quoted(name), quoted(text))).collect();
        let body = format!(r#"{{"id":{},"detailed_status":{{{}}}}}"#, quoted(&id), pairs.join(","));
        let job = decode::job(body.as_bytes()).expect("a job");
        prop_assert_eq!(job.text("id"), Some(id));
        prop_assert_eq!(job.items.len(), items.len());
        for (index, (name, text)) in items.iter().enumerate() {
            prop_assert_eq!(job.items.name(index), name);
            // A blank text is shown as it came.
            let blank = text.trim().is_empty();
            let shown = if blank { quoted(text) } else { text.clone() };
            prop_assert_eq!(job.items.text(index).map(|text| &*text.text), Some(&*shown));
        }
    }
}
