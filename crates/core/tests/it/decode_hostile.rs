//! Decoding of malformed answers: mutated, truncated, deeply nested, or not JSON. Decoding never panics, and preserves
//! all readable members.
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
    fs::read(format!("tests/data/{name}.json")).expect("a fixture")
}

fn value(name: &str) -> Value {
    serde_json::from_slice(&fixture(name)).expect("JSON")
}

/// Values of every type, and some that resemble valid values.
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

/// Asserts that `job` has exactly the members and items of `expected`, as JSON.
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
    let unexpected = detail.filter(|detail| !detail.is_object()).map(Value::to_string);
    assert_eq!(job.unexpected_detail, unexpected);
    // A value of any type can be displayed.
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
fn missing_and_mistyped_members_are_accepted() {
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
fn items_of_any_type_are_accepted() {
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
fn unknown_members_are_preserved() {
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

/// Asserts that `read` rejects `body` and returns its beginning for display.
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
fn truncated_answer_is_unreadable_and_its_beginning_preserved() {
    for name in JOBS {
        let body = fixture(name);
        for end in 0..body.trim_ascii_end().len() {
            check_unreadable(decode::job, &body[..end]);
        }
        decode::job(body.trim_ascii_end()).expect("the whole body");
    }
    let body = fixture("samples/google-sync-list");
    for end in 0..body.trim_ascii_end().len() {
        check_unreadable(decode::job_page, &body[..end]);
    }
}

#[test]
fn body_other_than_one_object_is_unreadable() {
    let html = fs::read("tests/data/wire/proxy.html").expect("a fixture");
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
fn page_whose_rows_are_no_array_is_unreadable() {
    for body in [
        r#"{"resources":{}}"#,
        r#"{"resources":5}"#,
        r#"{"resources":"x"}"#,
        r#"{"resources":true}"#,
        r#"{"resources":[{},]}"#,
        r#"{"application/json":[]}"#,
    ] {
        check_unreadable(decode::job_page, body.as_bytes());
    }
}

#[test]
fn elements_that_are_no_jobs_are_kept_beside_the_jobs() {
    for (elements, ids, unreadable) in [
        (r#"{"id":"ok"},null,7"#, &["ok"][..], &["null", "7"][..]),
        (r#""x",{"id":"a"},[],{"id":"b","detailed_status":[1]}"#, &["a", "b"], &[r#""x""#, "[]"]),
        (r#"{"id":"a","detailed_status":{"\ud800":"x"}}, true"#, &["a"], &["true"]),
        ("null", &[], &["null"]),
    ] {
        let body = format!(r#"{{"total":9,"resources":[{elements}]}}"#);
        let page = decode::job_page(body.as_bytes()).expect("a page");
        assert_eq!(page.ids(), ids, "{elements}");
        assert_eq!(page.unreadable, unreadable, "{elements}");
        assert_eq!(page.received(), ids.len() + unreadable.len());
    }
}

#[test]
fn byte_that_is_no_text_costs_one_character() {
    let job = decode::job(
        b"{\"id\":\"a\",\"name\":\"x\xffy\",\"detailed_status\":{\"k\xfe\":\"Success\"}}",
    );
    let job = job.expect("a job");
    assert_eq!(job.text("name").as_deref(), Some("x\u{fffd}y"));
    assert_eq!(job.items.name(0), "k\u{fffd}");
    let page =
        decode::job_page(b"{\"resources\":[{\"id\":\"a\"},{\"id\":\"\xff\"}]}").expect("a page");
    assert_eq!(page.ids(), ["a", "\u{fffd}"]);
}

#[test]
fn byte_order_mark_is_ignored() {
    for name in JOBS {
        let marked = [&b"\xef\xbb\xbf"[..], &fixture(name)].concat();
        assert_eq!(decode::job(&marked), decode::job(&fixture(name)));
        assert!(decode::job(&marked).is_ok());
    }
    check_unreadable(decode::job, b"\xef\xbb\xbf\xef\xbb\xbf{}");
    check_unreadable(decode::job, b"\xef\xbb\xbf");
}

#[test]
fn lone_surrogate_is_preserved_in_a_value_and_replaced_in_a_name() {
    let job = decode::job(br#"{"id":"\ud83d","detailed_status":{"a":"\udd11 x","b":"Success"}}"#);
    let job = job.expect("a job");
    assert_eq!(job.text("id").as_deref(), Some(r#""\ud83d""#));
    let text = job.items.text(0).expect("a text");
    assert_eq!(&*text.text, r#""\udd11 x""#);
    for (name, read) in [
        (r"\ud83d", "\u{fffd}"),
        (r"\ud83d\ud83d\udd11 x", "\u{fffd}\u{1f511} x"),
        (r"\\ud83d \ud83d", "\\ud83d \u{fffd}"),
        (r"\udd11\ud83dx\t\ud83d", "\u{fffd}\u{fffd}x\t\u{fffd}"),
    ] {
        let body = format!(r#"{{"id":"a","detailed_status":{{"{name}":"Success"}}}}"#);
        let job = decode::job(body.as_bytes()).expect("a job");
        assert_eq!(job.items.name(0), read, "{name}");
    }
}

/// Answers with `value` in each position where a value can occur.
fn answers_with(value: &str) -> [String; 8] {
    [
        value.to_owned(),
        format!(r#"{{"id":{value}}}"#),
        format!(r#"{{"detailed_status":{value}}}"#),
        format!(r#"{{"detailed_status":{{"a":"Success","b":{value}}}}}"#),
        format!(r#"{{"application/json":{value}}}"#),
        format!(r#"{{"resources":{value}}}"#),
        format!(r#"{{"resources":[{value}]}}"#),
        format!(r#"{{"resources":[{{"detailed_status":{{"b":{value}}}}}]}}"#),
    ]
}

#[test]
fn deep_nesting_does_not_overflow_the_stack() {
    const DEPTH: usize = 100_000;
    for (open, middle, close) in [
        ("[", "1", "]"),
        ("{\"a\":", "", ""),
        ("[{\"a\":", "null", "}]"),
        ("{\"application/json\":", "{}", "}"),
    ] {
        let whole = [&open.repeat(DEPTH), middle, &close.repeat(DEPTH)].concat();
        for body in answers_with(&whole) {
            let jobs = decode::job_page(body.as_bytes()).into_iter().flat_map(|page| page.jobs);
            for job in decode::job(body.as_bytes()).into_iter().chain(jobs) {
                let values = [job.text("id"), job.items.text(1).map(|text| text.raw.to_string())];
                assert!(values.into_iter().flatten().all(|text| text == whole));
                assert!(job.list("id").is_empty() && job.created_at().is_none());
            }
        }
        // The values of members and items are not interpreted, so only their end must be found.
        let is_closed = !close.is_empty();
        let [_, member, _, item, ..] = answers_with(&whole);
        for body in [member, item] {
            assert_eq!(decode::job(body.as_bytes()).is_ok(), is_closed, "{body:.40}");
        }
    }
}

fn is_decoded_or_unreadable<T>(read: &Result<T, ApiError>) -> bool {
    matches!(read, Ok(_) | Err(ApiError::Unreadable { .. }))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_answer_never_panics(
        name in prop::sample::select(JOBS.to_vec()),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut body = fixture(name);
        for (at, byte) in damage {
            let at = at.index(body.len());
            body[at] = byte;
        }
        // If serde_json accepts the body too, no member is lost. serde_json merges members with the same name.
        if let (Ok(job), Ok(Value::Object(object))) = (decode::job(&body), serde_json::from_slice(&body)) {
            let detail = usize::from(object.contains_key("detailed_status"));
            prop_assert!(job.members.len() + detail >= object.len());
        }
    }

    #[test]
    fn random_bytes_never_panic(body in prop::collection::vec(any::<u8>(), 0..64)) {
        let text = String::from_utf8_lossy(&body).into_owned();
        for answer in answers_with(&text) {
            prop_assert!(is_decoded_or_unreadable(&decode::job(answer.as_bytes())));
        }
        prop_assert!(is_decoded_or_unreadable(&decode::job_page(&body)));
    }

    #[test]
    fn names_and_texts_of_any_characters_are_preserved(
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
            // A blank text is displayed as JSON, with its quotes.
            let blank = text.trim().is_empty();
            let shown = if blank { quoted(text) } else { text.clone() };
            prop_assert_eq!(job.items.text(index).map(|text| &*text.text), Some(&*shown));
        }
    }
}
