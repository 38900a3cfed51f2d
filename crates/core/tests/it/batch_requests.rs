//! What a batch sends, and what the answers mean for it: CONTRACT.md 3, family 2.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use crate::support::batch::at;
use cckm_core::api::error::{ApiError, check_response};
use cckm_core::api::response::Response;
use cckm_core::batch::requests::{newest, outcome, start};
use cckm_core::batch::{Batch, Outcome, Task, family, max_keys, operations};

fn task(operation: &str, value: &str) -> Task {
    Task { operation: operation.to_owned(), value: value.to_owned() }
}

#[test]
fn start_body_as_in_the_contract() {
    let keys = vec!["a".to_owned(), "b\"\\\u{202e}".to_owned()];
    let list = "\"keys\":[\"a\",\"b\\\"\\\\\u{202e}\"]";
    for (operation, value, parameter) in [
        ("enablekey", "", ""),
        ("disablekey", "ignored", ""),
        ("cancelkeydeletion", "", ""),
        ("applypolicytemplate", " t\"1 ", r#","policy_template_id":"t\"1""#),
        ("schedulekeydeletion", " 07 ", r#","days":7"#),
    ] {
        let task = task(operation, value);
        assert_eq!(task.problem(), None, "{operation}");
        let body = format!(r#"{{"operation":"{operation}",{list}{parameter}}}"#);
        assert_eq!(task.body(&keys), body);
    }
    let batch = Batch::plan(task("enablekey", ""), keys, 1);
    let request = start(&batch, 1).unwrap();
    assert_eq!(request.url("/api"), "/api/v1/cckm/aws/bulkjob");
    assert!(start(&batch, 2).is_none());
    assert_eq!(
        newest(family(), 50).url(""),
        "/v1/cckm/aws/bulkjob?sort=-createdAt&skip=50&limit=50"
    );
}

#[test]
fn task_problem_invalid_parameters_explained() {
    for (operation, value, why) in [
        ("", "", "Choose what is to be done"),
        ("destroykey", "", "Choose what is to be done"),
        ("schedulekeydeletion", "", "from 7 to 30"),
        ("schedulekeydeletion", "6", "from 7 to 30"),
        ("schedulekeydeletion", "31", "from 7 to 30"),
        ("schedulekeydeletion", "7.5", "from 7 to 30"),
        ("schedulekeydeletion", "+8", "from 7 to 30"),
        ("schedulekeydeletion", "99999999999999999999", "from 7 to 30"),
        ("applypolicytemplate", " ", "it is missing"),
    ] {
        let problem = task(operation, value).problem();
        let problem = problem.unwrap_or_default();
        assert!(problem.contains(why), "{operation} {value:?}: {problem}");
    }
    assert!(task("schedulekeydeletion", "30").problem().is_none());
    let effect = task("schedulekeydeletion", " 30 ").effect(1_200);
    assert!(effect.starts_with("Each of 1,200 keys is deleted after 30 days"), "{effect}");
    let destroying = operations().iter().filter(|operation| operation.destroys);
    assert!(destroying.map(|known| known.value).eq(["schedulekeydeletion"]));
    assert_eq!(max_keys(), 100);
}

fn reply(status: u16, body: &str, wait: Option<u64>) -> Result<Response, ApiError> {
    check_response(Response {
        status,
        content_type: Some("application/json".to_owned()),
        retry_after: wait.map(Duration::from_secs),
        server_time_ms: None,
        challenge: None,
        body: body.as_bytes().to_vec(),
    })
}

/// Only a refusal means that no job was started.
#[test]
fn outcome_of_each_answer() {
    let batch = Batch::plan(task("enablekey", ""), [], 1);
    let of = |answer| outcome(&batch, answer, at(1_000));
    assert_eq!(of(reply(201, r#"{"id":"j"}"#, None)), Outcome::Started("j".to_owned()));
    for (status, body) in [
        (200, ""),
        (201, "{}"),
        (202, r#"{"id":""}"#),
        (201, r#"{"id":"j""#),
        (201, "[]"),
        (200, "<html>"),
        (302, ""),
        (408, ""),
        (500, "{}"),
        (502, "<html>"),
        (503, ""),
    ] {
        assert_eq!(of(reply(status, body, None)), Outcome::Lost, "{status} {body}");
    }
    let unreachable = ApiError::Unreachable { detail: String::new() };
    assert_eq!(of(Err(unreachable)), Outcome::Lost);
    for (status, words) in [(400, "no such key"), (404, "gone"), (409, "busy"), (422, "odd")] {
        let body = format!(r#"{{"message":"{words}"}}"#);
        match of(reply(status, &body, None)) {
            Outcome::Refused(said) => assert!(said.contains(words), "{said}"),
            other => panic!("{status}: {other:?}"),
        }
    }
    for (answer, until) in [
        (reply(401, "", None), None),
        (reply(403, "", None), None),
        (reply(429, "", None), None),
        (reply(429, "", Some(3)), Some(at(4_000))),
        (Err(ApiError::SignedOut), None),
        (reply(401, "<html>", None), None),
        (Err(ApiError::NotSent { cause: Box::new(ApiError::Redirected) }), None),
    ] {
        match of(answer) {
            Outcome::Paused(stop) => {
                assert_eq!(stop.until, until, "{stop:?}");
                assert!(!stop.problem.can_retry, "the batch has a button of its own");
            }
            other => panic!("{other:?}"),
        }
    }
    let Outcome::Paused(stop) = of(reply(403, "{}", None)) else {
        panic!("a 403 pauses");
    };
    assert!(stop.problem.explanation.contains("keybulkoperation"), "{stop:?}");
}
