//! Errors from responses: which responses are errors, and how errors are explained.
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
        challenge: None,
        body: body.to_vec(),
    }
}

fn error(status: u16, body: &[u8]) -> ApiError {
    check_response(reply(status, Some("application/json"), body)).err().expect("an error")
}

/// The explanation of `error` without a context.
fn explain(error: &ApiError) -> Problem {
    error.problem(ErrorContext::default())
}

/// The explanation of a 403 with this body, for a request that needs `permission`.
fn forbidden(body: &[u8], permission: Option<&'static str>) -> Problem {
    error(403, body).problem(ErrorContext { shows_earlier_data: false, permission })
}

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/data/errors/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).expect("the fixture")
}

#[test]
fn error_of_any_body_is_explained() {
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
            let error = error(status, body);
            let problem = explain(&error);
            assert!(!problem.title.is_empty() && !problem.title.ends_with('.'));
            assert!(problem.explanation.ends_with('.'), "{}", problem.explanation);
            assert_eq!(problem.can_retry, error.is_retryable());
            let blank = body.trim_ascii().is_empty() || body.starts_with(b"{\"code\":null");
            if !blank {
                let text = problem.server_text.expect("the body").text;
                assert!(!text.trim().is_empty(), "{status} {body:?}");
            }
        }
    }
}

#[test]
fn deep_and_huge_bodies_are_truncated() {
    let deep = "[".repeat(100_000);
    let huge = format!("{{\"message\":\"{}\"}}", "ü".repeat(2_000_000));
    for body in [deep, huge] {
        let message = ServerMessage::parse(body.as_bytes());
        let raw = message.raw.expect("the beginning");
        assert!(raw.len() <= 2_003 && raw.ends_with('…'));
    }
}

#[test]
fn excerpt_ends_between_characters() {
    for shift in 0..8 {
        let text = format!("{}{}", "a".repeat(shift), "😀é".repeat(1_000));
        let head = excerpt(text.as_bytes());
        assert!(!head.contains('\u{fffd}'), "{shift}");
        assert!(text.starts_with(head.trim_end_matches('…')));
    }
    assert_eq!(excerpt(b"whole"), "whole");
}

#[test]
fn documented_body_is_parsed() {
    let message = ServerMessage::parse(&fixture("not-found.json"));
    assert_eq!(message.code, Some(16));
    assert_eq!(message.request_id.as_deref(), Some("5c1b3e9a"));
    assert_eq!((message.message, message.raw), (None, None));
    let message = ServerMessage::parse(br#"{"code":"5","message":"m","codeDesc":"d"}"#);
    assert_eq!(message.to_text().text, "m\nd\ncode 5");
}

#[test]
fn body_with_unknown_members_is_preserved() {
    let message = ServerMessage::parse(br#"{"code":5,"details":{"field":"x"}}"#);
    assert!(message.raw.expect("the rest").contains("field"));
    let message = ServerMessage::parse(br#"{"code":5.5,"message":["a",1]}"#);
    assert_eq!(message.message.as_deref(), Some("[\"a\",1]"));
    assert!(message.raw.expect("the number").contains("5.5"));
}

#[test]
fn web_page_of_a_proxy_is_marked_as_html() {
    let error = check_response(reply(502, Some("text/html"), &fixture("bad-gateway.html"))).err();
    let problem = explain(&error.expect("an error"));
    assert!(problem.can_retry);
    assert!(problem.server_text.expect("the page").is_html);

    let page = b"<!doctype html><html>sign in to the hotel</html>";
    let error = check_response(reply(200, Some("text/html; charset=utf-8"), page)).err();
    let error = error.expect("an error");
    assert!(matches!(&error, ApiError::NotJson { .. }));
    assert!(explain(&error).server_text.expect("the page").is_html);
}

#[test]
fn missing_permission_is_named() {
    let documented = Some("keybulkoperation");
    let problem = forbidden(&fixture("insufficient-permissions.json"), documented);
    assert_eq!(problem.title, "The permission keybulkoperation is missing");
    // A permission named by the server takes precedence.
    for body in [
        r#"{"message":"needs \"keysynchronize\" on the vault"}"#,
        r#"{"codeDesc":"the user's ACL 'keysynchronize'"}"#,
    ] {
        let problem = forbidden(body.as_bytes(), documented);
        assert!(problem.explanation.contains("lacks keysynchronize"));
    }
    let other_form = br#"{"error":{"detail":"keybulkoperation needed"}}"#;
    let problem = forbidden(other_form, documented);
    assert_eq!(problem.title, "The permission keybulkoperation is missing");
    let problem = forbidden(&fixture("not-licensed.json"), documented);
    assert_eq!(problem.title, "A licence is missing");
}

#[test]
fn permission_not_named_by_the_server_is_only_suggested() {
    for body in [
        "",
        "{}",
        r#"{"message":"no keystores, keyrings or KeyBulk here, keyframes neither"}"#,
        r#"{"message":"the 'keystores' are locked"}"#,
        r#"{"keybulkwords":"'keybulkwords'"}"#,
    ] {
        let problem = forbidden(body.as_bytes(), None);
        assert_eq!(problem.title, "Not permitted", "{body}");
        let problem = forbidden(body.as_bytes(), Some("keybulkoperation"));
        assert_eq!(problem.title, "Not permitted", "{body}");
        let hint = "This usually needs the permission keybulkoperation.";
        assert!(problem.explanation.contains(hint), "{body}");
    }
}

#[test]
fn earlier_data_is_mentioned_only_if_it_is_shown() {
    let context = |shows_earlier_data| ErrorContext { shows_earlier_data, permission: None };
    for status in [403, 404, 429, 500] {
        let explain = |shown| error(status, b"").problem(context(shown)).explanation;
        assert!(!explain(false).contains("on the page"), "{status}");
        assert!(explain(true).contains("from an earlier answer"), "{status}");
    }
}

#[test]
fn error_with_a_web_page_or_another_sign_in_is_from_a_gateway() {
    let page = b"<!DOCTYPE html><h1>Sign in</h1>".as_slice();
    let with = |status, content_type: &str, challenge: Option<&str>, body: &[u8]| {
        let challenge = challenge.map(str::to_owned);
        let reply = Response { challenge, ..reply(status, Some(content_type), body) };
        check_response(reply).err().expect("an error")
    };
    for error in [
        with(401, "text/html", Some("Basic realm=\"corp\""), page),
        with(401, "application/json", Some("Negotiate"), b""),
        with(401, "application/json", Some("NTLM"), b"{\"message\":\"sign in\"}"),
        // The type does not matter.
        with(401, "application/json", None, page),
        with(403, "text/html; charset=utf-8", None, b"Request blocked"),
        with(404, "application/json", None, b"\xef\xbb\xbf \n<html>"),
        with(407, "text/plain", None, b""),
        with(502, "text/html", None, page),
        with(511, "text/plain", None, b""),
    ] {
        assert!(matches!(error, ApiError::Gateway { .. }), "{error:?}");
        assert!(error.is_retryable(), "{error:?}");
        let problem = explain(&error);
        assert!(problem.title.starts_with("Something in front of the API"), "{problem:?}");
        assert!(!problem.explanation.contains("permission "), "{problem:?}");
    }
    let problem = explain(&with(502, "text/html", None, page));
    assert!(problem.explanation.contains("It cannot get an answer from the API."), "{problem:?}");
    // The API's own errors.
    for (challenge, body) in [
        (None, "{\"code\":5,\"codeDesc\":\"NCERRUnauthorizedAccess\"}"),
        (Some("Basic"), "{\"code\":5}"),
        (Some("Bearer realm=\"api\""), "{}"),
        (None, ""),
        (None, "Unauthorized"),
    ] {
        let error = with(401, "text/plain", challenge, body.as_bytes());
        assert!(matches!(error, ApiError::Unauthorized(_)), "{error:?}");
    }
    let error = with(404, "text/html", None, b"{\"code\":16}");
    assert!(matches!(error, ApiError::NotFound(_)), "{error:?}");
}

#[test]
fn gateway_refusal_means_that_nothing_was_done_unless_it_may_replace_answers() {
    for (status, may_have_acted) in [
        (401, false),
        (404, false),
        (407, false),
        (413, false),
        (403, true),
        (408, true),
        (502, true),
        (504, true),
    ] {
        assert_eq!(error(status, b"<html>").may_have_acted(), may_have_acted, "{status}");
    }
}

#[test]
fn redirect_is_told_apart_from_an_unreachable_server() {
    for status in [301, 302, 303, 307, 308] {
        assert_eq!(error(status, b"<html>moved</html>"), ApiError::Redirected);
    }
    assert!(ApiError::Redirected.is_retryable() && ApiError::Redirected.may_have_acted());
    let problem = explain(&ApiError::Redirected);
    assert_eq!(problem.title, "Something in front of the API redirects the request");
    assert!(problem.explanation.contains("does not follow it"));
}

#[test]
fn change_that_was_not_sent_names_the_reason_and_keeps_its_wait() {
    let cause = ApiError::Status {
        status: 503,
        message: ServerMessage { message: Some("starting".to_owned()), ..ServerMessage::default() },
        retry_after: Some(Duration::from_secs(7)),
    };
    let error = ApiError::NotSent { cause: Box::new(cause) };
    assert!(!error.may_have_acted() && error.is_retryable());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    let problem = explain(&error);
    assert_eq!(problem.title, "The change was not sent");
    for part in ["nothing was changed", "still signed in", "The server failed (503)"] {
        assert!(problem.explanation.contains(part), "{problem:?}");
    }
    assert_eq!(problem.server_text.expect("the text").text, "starting");
}

#[test]
fn success_must_be_json_or_empty() {
    for content_type in
        ["application/json", "APPLICATION/JSON; charset=UTF-8", " application/problem+json ;x"]
    {
        assert!(check_response(reply(200, Some(content_type), b"{}")).is_ok());
    }
    assert!(check_response(reply(204, None, b"")).is_ok());
    assert!(check_response(reply(200, Some("text/html"), b"")).is_ok());
    assert!(check_response(reply(200, None, b" \n{\"a\":1}")).is_ok());
    // Some proxies change the type, so the body counts.
    for content_type in ["text/plain", "application/octet-stream", "text/html", ""] {
        assert!(check_response(reply(200, Some(content_type), b" [{}]")).is_ok());
    }
    for (content_type, body) in [
        (None, &b"hello"[..]),
        (Some("text/plain"), b"null"),
        (Some("text/html"), b"<html>{}"),
        (Some("application/json"), b"\n<!DOCTYPE html><html></html>"),
        (Some(""), b"7"),
    ] {
        let error = check_response(reply(200, content_type, body)).err();
        assert!(matches!(error, Some(ApiError::NotJson { .. })));
    }
}

#[test]
fn error_is_retryable_by_status() {
    for status in [408, 425, 429, 500, 502, 503, 504] {
        assert!(error(status, b"").is_retryable(), "{status}");
    }
    for status in [400, 401, 403, 404, 409, 422] {
        assert!(!error(status, b"").is_retryable(), "{status}");
    }
    assert!(!ApiError::SignedOut.is_retryable());
}

#[test]
fn retry_after_is_parsed_in_seconds_only() {
    assert_eq!(parse_retry_after(" 120 "), Some(Duration::from_secs(120)));
    assert_eq!(parse_retry_after("0"), Some(Duration::ZERO));
    let day = Duration::from_secs(86_400);
    assert_eq!(parse_retry_after("99999999999999999999999"), Some(day));
    for header in ["", "-1", "1.5", "soon", "Wed, 21 Oct 2026 07:28:00 GMT"] {
        assert_eq!(parse_retry_after(header), None, "{header}");
    }
}

#[test]
fn redacted_response_does_not_repeat_secrets() {
    let echo =
        r#"{"message":"bad request: Bearer eyJ.eyJ.x {\"password\":\"s3cret\"} \u00e9","code":15}"#;
    let invalid_utf8 = [echo.as_bytes(), b"\xff s3cret"].concat();
    for body in [echo.as_bytes(), &invalid_utf8] {
        let redacted = reply(400, None, body).redacted("eyJ.eyJ.x").redacted("s3cret");
        let text = String::from_utf8_lossy(&redacted.body).into_owned();
        assert!(!text.contains("s3cret") && !text.contains("eyJ.eyJ.x"), "{text}");
        assert!(text.contains("bad request") && text.contains("15"), "{text}");
    }
    // A body without the secret is unchanged.
    for secret in ["", "another"] {
        assert_eq!(reply(400, None, &invalid_utf8).redacted(secret).body, invalid_utf8);
    }
}

#[test]
fn request_with_a_password_marks_it_as_secret() {
    let credentials = auth::Credentials {
        username: "admin".to_owned(),
        password: "s3\"cret".to_owned(),
        tenant: String::new(),
        domain: String::new(),
        connection: String::new(),
    };
    assert_eq!(auth::password_grant(&credentials).secret, "s3\"cret");
    assert_eq!(auth::self_user().secret, "");
}
