//! Answers of every odd form, and what becomes of them.
#![allow(clippy::expect_used)]

use std::time::Duration;

use cckm_core::api::error::{ApiError, ServerMessage, check_response};
use cckm_core::api::explain::ErrorContext;
use cckm_core::api::response::{Response, parse_retry_after};
use cckm_core::api::server_text::excerpt;
use cckm_core::problem::Problem;
use cckm_core::session::auth;

fn reply(status: u16, content_type: Option<&str>, body: &[u8]) -> Response {
    Response {
        status,
        content_type: content_type.map(Into::into),
        retry_after: None,
        server_time_ms: None,
        body: body.to_vec(),
    }
}

fn refused(status: u16, body: &[u8]) -> ApiError {
    check_response(reply(status, Some("application/json"), body)).err().expect("an error")
}

/// The error as it is told where nothing is known of what it is about.
fn told(error: &ApiError) -> Problem {
    error.problem(ErrorContext::default())
}

/// What is said of a 403 with this body to a request that needs `permission`.
fn forbidden(body: &[u8], permission: Option<&'static str>) -> Problem {
    let kept = false;
    refused(403, body).problem(ErrorContext { shows_earlier_data: kept, permission })
}

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/data/errors/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).expect("the fixture")
}

#[test]
fn any_body_gives_words_and_never_panics() {
    let bodies: [&[u8]; 22] = [
        b"",
        b" \n",
        b"null",
        b"[]",
        b"{}",
        b"7",
        b"\"text\"",
        b"{\"code\":",
        b"{\"code\":null,\"message\":null}",
        b"{\"code\":{},\"message\":[],\"codeDesc\":true,\"requestID\":1}",
        b"{\"code\":1e400}",
        b"{\"code\":99999999999999999999}",
        b"{\"code\":\" 16 \"}",
        b"{\"error\":{\"message\":\"other shape\"}}",
        b"\xff\xfe\x00{",
        b"\xef\xbb\xbf{\"code\":5}",
        b"<!DOCTYPE html><title>x</title>",
        b"  <HTML>",
        b"Service Unavailable",
        b"\0\0\0\0",
        b"{\"message\":\"a\",\"message\":\"b\"}",
        "{\"message\":\"\u{202e}\u{0}\"}".as_bytes(),
    ];
    for body in bodies {
        for status in [0, 100, 199, 300, 304, 400, 401, 403, 404, 409, 418, 429, 500, 503, 999] {
            let error = refused(status, body);
            let problem = told(&error);
            assert!(!problem.title.is_empty() && !problem.title.ends_with('.'));
            assert!(problem.explanation.ends_with('.'), "{}", problem.explanation);
            assert_eq!(problem.can_retry, error.is_retryable());
            let blank = body.trim_ascii().is_empty() || body.starts_with(b"{\"code\":null");
            if !blank {
                let text = problem.server_text.expect("what came is shown").text;
                assert!(!text.trim().is_empty(), "{status} {body:?}");
            }
        }
    }
}

#[test]
fn deep_and_huge_bodies_are_kept_short() {
    let deep = "[".repeat(100_000);
    let huge = format!("{{\"message\":\"{}\"}}", "ü".repeat(2_000_000));
    for body in [deep, huge] {
        let words = ServerMessage::parse(body.as_bytes());
        let raw = words.raw.expect("the beginning");
        assert!(raw.len() <= 2_003 && raw.ends_with('…'));
    }
}

#[test]
fn the_beginning_is_cut_between_characters() {
    for shift in 0..8 {
        let text = format!("{}{}", "a".repeat(shift), "😀é".repeat(1_000));
        let head = excerpt(text.as_bytes());
        assert!(!head.contains('\u{fffd}'), "{shift}");
        assert!(text.starts_with(head.trim_end_matches('…')));
    }
    assert_eq!(excerpt(b"whole"), "whole");
}

#[test]
fn documented_bodies_are_read() {
    let words = ServerMessage::parse(&fixture("not-found.json"));
    assert_eq!(words.code, Some(16));
    assert_eq!(words.request_id.as_deref(), Some("5c1b3e9a"));
    assert_eq!((words.message, words.raw), (None, None));
    let words = ServerMessage::parse(br#"{"code":"5","message":"m","codeDesc":"d"}"#);
    assert_eq!(words.to_text().text, "m\nd\ncode 5");
}

#[test]
fn nothing_that_the_server_said_is_lost() {
    let words = ServerMessage::parse(br#"{"code":5,"details":{"field":"x"}}"#);
    assert!(words.raw.expect("the rest").contains("field"));
    let words = ServerMessage::parse(br#"{"code":5.5,"message":["a",1]}"#);
    assert_eq!(words.message.as_deref(), Some("[\"a\",1]"));
    assert!(words.raw.expect("the number").contains("5.5"));
}

#[test]
fn a_page_of_a_proxy_is_marked() {
    let error = check_response(reply(502, Some("text/html"), &fixture("bad-gateway.html"))).err();
    let problem = told(&error.expect("an error"));
    assert!(problem.can_retry);
    assert!(problem.server_text.expect("the page").is_html);

    let page = b"<!doctype html><html>sign in to the hotel</html>";
    let error = check_response(reply(200, Some("text/html; charset=utf-8"), page)).err();
    let error = error.expect("an error");
    assert!(matches!(&error, ApiError::NotJson { .. }));
    assert!(told(&error).server_text.expect("the page").is_html);
}

#[test]
fn a_missing_permission_is_named() {
    let usual = Some("keybulkoperation");
    let problem = forbidden(&fixture("insufficient-permissions.json"), usual);
    assert_eq!(problem.title, "The permission keybulkoperation is missing");
    // The server's word is better than what is usual.
    for body in [
        r#"{"message":"needs \"keysynchronize\" on the vault"}"#,
        r#"{"codeDesc":"the user's ACL 'keysynchronize'"}"#,
    ] {
        let problem = forbidden(body.as_bytes(), usual);
        assert!(problem.explanation.contains("lacks keysynchronize"));
    }
    let other_form = br#"{"error":{"detail":"keybulkoperation needed"}}"#;
    let problem = forbidden(other_form, usual);
    assert_eq!(problem.title, "The permission keybulkoperation is missing");
    let problem = forbidden(&fixture("not-licensed.json"), usual);
    assert_eq!(problem.title, "A licence is missing");
}

#[test]
fn a_permission_that_the_server_does_not_name_is_not_invented() {
    for body in [
        "",
        "{}",
        r#"{"message":"no keystores, keyrings or KeyBulk here, keyframes neither"}"#,
        r#"{"message":"the 'keystores' are locked"}"#,
        r#"{"keybulkwords":"'keybulkwords'"}"#,
        "<!doctype html><style>@keyframes 'keyframes' {}</style>keybulkoperation",
    ] {
        let problem = forbidden(body.as_bytes(), None);
        assert_eq!(problem.title, "Not permitted", "{body}");
        let problem = forbidden(body.as_bytes(), Some("keybulkoperation"));
        assert_eq!(problem.title, "Not permitted", "{body}");
        let usual = "This usually needs the permission keybulkoperation.";
        assert!(problem.explanation.contains(usual), "{body}");
    }
}

#[test]
fn what_stays_on_the_page_is_told_of_only_where_something_does() {
    let about = |kept| ErrorContext { shows_earlier_data: kept, ..ErrorContext::default() };
    for status in [403, 404, 429, 500] {
        let told = |kept| refused(status, b"").problem(about(kept)).explanation;
        assert!(!told(false).contains("on the page"), "{status}");
        assert!(told(true).contains("from an earlier answer"), "{status}");
    }
}

#[test]
fn successes_must_be_json_or_empty() {
    for content_type in
        ["application/json", "APPLICATION/JSON; charset=UTF-8", " application/problem+json ;x"]
    {
        assert!(check_response(reply(200, Some(content_type), b"{}")).is_ok());
    }
    assert!(check_response(reply(204, None, b"")).is_ok());
    assert!(check_response(reply(200, Some("text/html"), b"")).is_ok());
    assert!(check_response(reply(200, None, b" \n{\"a\":1}")).is_ok());
    // Some proxies lose the type; what came tells better.
    for content_type in ["text/plain", "application/octet-stream", "text/html", ""] {
        assert!(check_response(reply(200, Some(content_type), b" [{}]")).is_ok());
    }
    for (content_type, body) in [
        (None, &b"hello"[..]),
        (Some("text/plain"), b"null"),
        (Some("text/html"), b"<html>{}"),
        (Some(""), b"7"),
    ] {
        let error = check_response(reply(200, content_type, body)).err();
        assert!(matches!(error, Some(ApiError::NotJson { .. })));
    }
}

#[test]
fn what_may_be_tried_again() {
    for status in [408, 425, 429, 500, 502, 503, 504] {
        assert!(refused(status, b"").is_retryable(), "{status}");
    }
    for status in [400, 401, 403, 404, 409, 422] {
        assert!(!refused(status, b"").is_retryable(), "{status}");
    }
    assert!(!ApiError::SignedOut.is_retryable());
}

#[test]
fn the_wait_asked_for_is_read_in_seconds_only() {
    assert_eq!(parse_retry_after(" 120 "), Some(Duration::from_secs(120)));
    assert_eq!(parse_retry_after("0"), Some(Duration::ZERO));
    let day = Duration::from_secs(86_400);
    assert_eq!(parse_retry_after("99999999999999999999999"), Some(day));
    for header in ["", "-1", "1.5", "soon", "Wed, 21 Oct 2026 07:28:00 GMT"] {
        assert_eq!(parse_retry_after(header), None, "{header}");
    }
}

#[test]
fn what_a_request_held_is_not_shown_again() {
    let echo =
        r#"{"message":"bad request: Bearer eyJ.eyJ.x {\"password\":\"s3cret\"} \u00e9","code":15}"#;
    let spoilt = [echo.as_bytes(), b"\xff s3cret"].concat();
    for body in [echo.as_bytes(), &spoilt] {
        let hidden = reply(400, None, body).redacted("eyJ.eyJ.x").redacted("s3cret");
        let text = String::from_utf8_lossy(&hidden.body).into_owned();
        assert!(!text.contains("s3cret") && !text.contains("eyJ.eyJ.x"), "{text}");
        assert!(text.contains("bad request") && text.contains("15"), "{text}");
    }
    // What holds nothing of it stays to the byte.
    for secret in ["", "another"] {
        assert_eq!(reply(400, None, &spoilt).redacted(secret).body, spoilt);
    }
}

#[test]
fn requests_name_what_is_secret_in_them() {
    let credentials = auth::Credentials {
        username: "admin".to_owned(),
        password: "s3\"cret".to_owned(),
        domain: String::new(),
        connection: String::new(),
    };
    assert_eq!(auth::password_grant(&credentials).secret, "s3\"cret");
    assert_eq!(auth::self_user().secret, "");
}
