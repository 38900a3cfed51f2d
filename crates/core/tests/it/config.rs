//! The configuration file: bad ones first.
#![allow(clippy::expect_used)]

use std::time::Duration;

use cckm_core::config::{Config, parse};

#[test]
fn what_is_no_object_is_said_to_be_none() {
    for text in [
        "",
        " ",
        "{",
        "null",
        "[]",
        "7",
        "\"/api\"",
        "{\"apiBase\":\"/a\",}",
        "<html>",
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.member, None, "{text}");
        assert!(error.message.ends_with('.'));
    }
}

#[test]
fn a_wrong_member_is_named() {
    let cases = [
        (r#"{"apiBase":7}"#, "apiBase"),
        (r#"{"apiBase":null}"#, "apiBase"),
        (r#"{"apiBase":""}"#, "apiBase"),
        (r#"{"apiBase":"api"}"#, "apiBase"),
        (r#"{"apiBase":"//evil.example/api"}"#, "apiBase"),
        (r#"{"apiBase":"/\\evil.example"}"#, "apiBase"),
        (r#"{"apiBase":"http://cm.example.com/api"}"#, "apiBase"),
        (r#"{"apiBase":"http://localhost.example.com"}"#, "apiBase"),
        (r#"{"apiBase":"http://127.0.0.1@evil.example"}"#, "apiBase"),
        (r#"{"apiBase":"https://"}"#, "apiBase"),
        (r#"{"apiBase":"https:///api"}"#, "apiBase"),
        (
            r#"{"apiBase":"https://user:word@cm.example.com"}"#,
            "apiBase",
        ),
        (r#"{"apiBase":"javascript:alert(1)"}"#, "apiBase"),
        (r#"{"apiBase":"data:,x"}"#, "apiBase"),
        (r#"{"apiBase":"/api?x=1"}"#, "apiBase"),
        (r#"{"apiBase":"/api#x"}"#, "apiBase"),
        (r#"{"apiBase":" /api"}"#, "apiBase"),
        (r#"{"apiBase":"/a\npi"}"#, "apiBase"),
        (r#"{"apiBase":"/api/v1/"}"#, "apiBase"),
        (r#"{"title":""}"#, "title"),
        (r#"{"title":"  "}"#, "title"),
        (r#"{"title":7}"#, "title"),
        (r#"{"title":"a\u0000b"}"#, "title"),
        (r#"{"answerSeconds":0}"#, "answerSeconds"),
        (r#"{"answerSeconds":"30"}"#, "answerSeconds"),
        (r#"{"idleMinutes":"10"}"#, "idleMinutes"),
        (r#"{"idleMinutes":0}"#, "idleMinutes"),
        (r#"{"idleMinutes":-5}"#, "idleMinutes"),
        (r#"{"idleMinutes":481}"#, "idleMinutes"),
        (r#"{"idleMinutes":1e300}"#, "idleMinutes"),
        (r#"{"poll":30}"#, "poll"),
        (r#"{"poll":[]}"#, "poll"),
        (r#"{"poll":{"runningSeconds":0}}"#, "poll.runningSeconds"),
        (r#"{"poll":{"idleSeconds":true}}"#, "poll.idleSeconds"),
        (r#"{"poll":{"maxSeconds":3601}}"#, "poll.maxSeconds"),
        (
            r#"{"poll":{"runningSeconds":9,"idleSeconds":8}}"#,
            "poll.idleSeconds",
        ),
        (r#"{"poll":{"idleSeconds":1}}"#, "poll.idleSeconds"),
        (r#"{"poll":{"maxSeconds":29}}"#, "poll.maxSeconds"),
    ];
    for (text, member) in cases {
        let error = parse(text).expect_err(text);
        assert_eq!(error.member, Some(member), "{text}");
        assert!(error.message.ends_with('.'), "{}", error.message);
    }
    let long = format!(r#"{{"title":"{}"}}"#, "x".repeat(81));
    assert_eq!(parse(&long).expect_err("too long").member, Some("title"));
}

#[test]
fn unknown_members_are_named_and_ignored() {
    let text = r#"{"apibase":"/x","poll":{"seconds":1},"$schema":"s"}"#;
    let (config, warnings) = parse(text).expect("usable");
    assert_eq!(config, Config::default());
    assert_eq!(warnings.len(), 3);
    assert!(
        warnings
            .iter()
            .any(|warning| warning.contains("poll.seconds"))
    );
}

#[test]
fn an_empty_object_means_the_defaults() {
    let (config, warnings) = parse("\u{feff}{}").expect("usable");
    assert_eq!(config, Config::default());
    assert!(warnings.is_empty());
    assert_eq!(config.api_base, "/api");
    assert_eq!(config.idle, Duration::from_secs(600));
}

#[test]
fn everything_can_be_set() {
    let (config, warnings) = parse(include_str!("../data/config/full.json")).expect("usable");
    assert!(warnings.is_empty());
    assert_eq!(config.api_base, "https://cm.example.com/api");
    assert_eq!(config.title, "Key jobs, Zürich");
    assert_eq!(config.idle, Duration::from_secs(30));
    assert_eq!(config.poll.running, Duration::from_millis(500));
    assert_eq!(config.poll.idle, Duration::from_secs(60));
    assert_eq!(config.poll.max, Duration::from_secs(600));
}

#[test]
fn places_that_the_api_may_be_at() {
    for base in [
        "/",
        "/api",
        "/a/b/api/",
        "./api",
        "https://cm.example.com",
        "https://[2001:db8::1]:8443/api",
        "http://localhost:8080/api",
        "http://127.0.0.1",
        "HTTP://[::1]:9/api",
    ] {
        let (config, _) = parse(&format!(r#"{{"apiBase":"{base}"}}"#)).expect(base);
        assert_eq!(config.api_base, base.trim_end_matches('/'));
    }
}

#[test]
fn raising_one_bound_lifts_the_ones_not_written() {
    let (config, _) = parse(r#"{"poll":{"runningSeconds":400}}"#).expect("usable");
    let bound = Duration::from_secs(400);
    assert_eq!((config.poll.idle, config.poll.max), (bound, bound));
}
