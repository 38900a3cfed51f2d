//! Parsing of the configuration file.

use std::time::Duration;

use cckm_core::config::{Config, parse};

#[test]
fn config_other_than_an_object_is_an_error() {
    for text in ["", " ", "{", "null", "[]", "7", "\"/api\"", "{\"apiBase\":\"/a\",}", "<html>"] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.member, None, "{text}");
        assert!(error.message.ends_with('.'));
    }
}

#[test]
fn config_with_a_wrong_member_is_an_error_that_names_it() {
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
        (r#"{"apiBase":"https://user:word@cm.example.com"}"#, "apiBase"),
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
        (r#"{"tenant":7}"#, "tenant"),
        (r#"{"tenant":"https://cm.example.com/"}"#, "tenant"),
        (r#"{"answerSeconds":0}"#, "answerSeconds"),
        (r#"{"answerSeconds":"30"}"#, "answerSeconds"),
        (r#"{"stuckMinutes":0}"#, "stuckMinutes"),
        (r#"{"stuckMinutes":"30"}"#, "stuckMinutes"),
        (r#"{"idleMinutes":"10"}"#, "idleMinutes"),
        (r#"{"idleMinutes":0}"#, "idleMinutes"),
        (r#"{"idleMinutes":-5}"#, "idleMinutes"),
        (r#"{"idleMinutes":481}"#, "idleMinutes"),
        (r#"{"idleMinutes":1e300}"#, "idleMinutes"),
        (r#"{"poll":30}"#, "poll"),
        (r#"{"poll":[]}"#, "poll"),
        (r#"{"poll":null}"#, "poll"),
        (r#"{"poll":{"maxSeconds":null}}"#, "poll.maxSeconds"),
        (r#"{"poll":{"runningSeconds":0}}"#, "poll.runningSeconds"),
        (r#"{"poll":{"idleSeconds":true}}"#, "poll.idleSeconds"),
        (r#"{"poll":{"maxSeconds":3601}}"#, "poll.maxSeconds"),
        (r#"{"poll":{"runningSeconds":9,"idleSeconds":8}}"#, "poll.idleSeconds"),
        (r#"{"poll":{"idleSeconds":1}}"#, "poll.idleSeconds"),
        (r#"{"poll":{"maxSeconds":29}}"#, "poll.maxSeconds"),
    ];
    for (text, member) in cases {
        let error = parse(text).expect_err(text);
        assert_eq!(error.member.as_deref(), Some(member), "{text}");
        assert!(error.message.ends_with('.'), "{}", error.message);
    }
    let long = format!(r#"{{"title":"{}"}}"#, "x".repeat(81));
    let error = parse(&long).expect_err("too long");
    assert_eq!(error.member.as_deref(), Some("title"));
}

#[test]
fn config_error_describes_what_is_expected() {
    let message = |text| parse(text).expect_err(text).message;
    for (text, expected) in [
        ("[]", "It must be a JSON object: { … }."),
        (r#"{"idleMinutes":"10"}"#, "It must be a number from 0.1 to 480."),
        (r#"{"answerSeconds":0}"#, "It must be a number from 1 to 3600."),
        (r#"{"poll":{"maxSeconds":0}}"#, "It must be a number from 0.2 to 3600."),
        (r#"{"poll":7}"#, "It must be an object: { … }."),
        (r#"{"title":""}"#, "It must be a text of 1 to 80 characters."),
        (r#"{"apiBase":"/v1"}"#, "Leave out the /v1 at its end; the page adds it."),
    ] {
        assert_eq!(message(text), expected, "{text}");
    }
    assert!(message("{").starts_with("It is not valid JSON: "));
}

#[test]
fn config_with_unknown_members_has_a_warning_for_each() {
    let text = r#"{"apibase":"/x","poll":{"seconds":1},"$schema":"s"}"#;
    let (config, warnings) = parse(text).expect("usable");
    assert_eq!(config, Config::default());
    for member in ["apibase", "poll.seconds", "$schema"] {
        let warning = format!("config.json: the member {member} is unknown and has no effect.");
        assert!(warnings.contains(&warning), "{warnings:?}");
    }
    assert_eq!(warnings.len(), 3);
}

#[test]
fn config_without_members_has_the_defaults() {
    let (config, warnings) = parse("\u{feff}{}").expect("usable");
    assert_eq!(config, Config::default());
    assert!(warnings.is_empty());
    assert_eq!(config.api_base, "/api");
    assert_eq!(config.idle_timeout, Duration::from_secs(600));
}

#[test]
fn config_with_all_members_is_parsed() {
    let (config, warnings) = parse(include_str!("../data/config/full.json")).expect("usable");
    assert!(warnings.is_empty());
    assert_eq!(config.api_base, "https://cm.example.com/api");
    assert_eq!(config.title, "Key jobs, Zürich");
    assert_eq!(config.idle_timeout, Duration::from_secs(30));
    assert_eq!(config.stuck_after, Duration::from_secs(90 * 60));
    assert_eq!(config.poll.running, Duration::from_millis(500));
    assert_eq!(config.poll.idle, Duration::from_secs(60));
    assert_eq!(config.poll.max, Duration::from_secs(600));
}

#[test]
fn api_base_may_be_a_path_https_or_this_machine() {
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
fn poll_bound_raised_past_a_default_raises_the_next() {
    let (config, _) = parse(r#"{"poll":{"runningSeconds":400}}"#).expect("usable");
    let bound = Duration::from_secs(400);
    assert_eq!((config.poll.idle, config.poll.max), (bound, bound));
}

#[test]
fn file_beside_the_page_has_the_defaults() {
    let file = include_str!("../../../../deploy/config.json");
    assert_eq!(parse(file), Ok((Config::default(), Vec::new())));
}

#[test]
fn tenant_is_read_from_a_name_or_an_address() {
    for (text, tenant) in [
        ("{}", ""),
        (r#"{"tenant":""}"#, ""),
        (r#"{"tenant":"acme"}"#, "acme"),
        (r#"{"tenant":"https://host.example/?tenant=acme"}"#, "acme"),
    ] {
        let (config, warnings) = parse(text).expect(text);
        assert_eq!((config.tenant.as_str(), warnings.len()), (tenant, 0), "{text}");
    }
}
