//! Tokens, their claims, and the replies that hold them: malformed ones first.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use cckm_core::api::error::{ApiError, ServerMessage};
use cckm_core::api::explain::ErrorContext;
use cckm_core::api::response::Response;
use cckm_core::session::auth::{
    Credentials, InvalidTenant, parse_tenant, password_grant, refresh_grant, revoke,
    sign_in_problem,
};
use cckm_core::session::token::{Claims, InvalidToken, Tokens};
use serde_json::{Value, json};

fn jwt(claims: &str) -> String {
    format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims))
}

fn ok(body: &str) -> Response {
    Response {
        status: 200,
        content_type: Some("application/json".into()),
        retry_after: None,
        server_time_ms: None,
        challenge: None,
        body: body.into(),
    }
}

#[test]
fn claims_of_a_malformed_token_are_absent() {
    let deep = jwt(&"[".repeat(10_000));
    let long = jwt(&format!("\"{}\"", "x".repeat(1_000_000)));
    let odd = ["", ".", "..", "a.b", "a.!!!.c", "a.e30", "🔑.🔑.🔑", "a.////.b", "a. .c"];
    for text in odd.into_iter().chain([deep.as_str(), long.as_str()]) {
        assert_eq!(Claims::new(text), Claims::default());
    }
    for claims in ["null", "[]", "7", "\"x\"", "{", "{}", r#"{"cust":7,"sub":{}}"#] {
        assert_eq!(Claims::new(&jwt(claims)), Claims::default(), "{claims}");
    }
}

#[test]
fn lifetime_is_the_difference_of_the_times_where_plausible() {
    for claims in [
        r#"{"exp":1604558438}"#,
        r#"{"iat":1604558138}"#,
        r#"{"iat":100,"exp":100}"#,
        r#"{"iat":100,"exp":99}"#,
        r#"{"iat":100,"exp":100.5}"#,
        r#"{"iat":0,"exp":-300}"#,
        r#"{"iat":"100","exp":"400"}"#,
        r#"{"iat":1e308,"exp":-1e308}"#,
        r#"{"iat":null,"exp":400}"#,
    ] {
        assert_eq!(Claims::new(&jwt(claims)).lifetime, None, "{claims}");
    }
    let life = |claims: &str| Claims::new(&jwt(claims)).lifetime;
    let seconds = |seconds| Some(Duration::from_secs_f64(seconds));
    assert_eq!(life(r#"{"iat":1604558138,"exp":1604558438}"#), seconds(300.0));
    assert_eq!(life(r#"{"iat":100.25,"exp":400.75}"#), seconds(300.5));
    assert_eq!(life(r#"{"iat":-200,"exp":100}"#), seconds(300.0));
    assert_eq!(life(r#"{"iat":-1e308,"exp":1e308}"#), seconds(86_400.0));
}

#[test]
fn claims_with_or_without_padding_are_read() {
    let claims = r#"{"preferred_username":"ädmin"}"#;
    let padded = format!("e30.{}.c2ln", URL_SAFE.encode(claims));
    for text in [jwt(claims), padded] {
        let name = Claims::new(&text).preferred_username;
        assert_eq!(name.as_deref(), Some("ädmin"));
    }
}

/// Newer servers sign with ES256 and add claims of a client (CONTRACT.md 11.15).
#[test]
fn token_of_another_algorithm_with_claims_of_a_client_is_accepted() {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"ES256","typ":"JWT","kid":"1"}"#);
    let claims = r#"{"sub":"local|1","iat":1,"exp":301,"cust":{"client_id":"c","client_name":"n",
        "client_type":"public","domain_id":"d-1"}}"#;
    let token = format!("{header}.{}.{}", URL_SAFE_NO_PAD.encode(claims), "-_".repeat(43));
    let tokens = token.parse::<Tokens>().expect("a token");
    assert_eq!(tokens.lifetime, Duration::from_secs(300));
    assert_eq!(tokens.claims.domain_id.as_deref(), Some("d-1"));
}

#[test]
fn pasted_token_loses_white_space_scheme_and_quotes() {
    let token = jwt(r#"{"sub":"local|1","iat":1,"exp":61}"#);
    let broken = token.replace('J', "J\n  ").replace('.', ".\n");
    for text in [
        token.clone(),
        format!("  {token}\n"),
        format!("Bearer {token}"),
        format!("bearer\t{token}"),
        format!("\"{token}\""),
        broken,
    ] {
        let tokens = text.parse::<Tokens>().expect("a token");
        assert_eq!(tokens.bearer(), token);
        assert_eq!(tokens.lifetime, Duration::from_secs(60));
        assert!(!tokens.is_renewable());
    }
}

#[test]
fn pasted_text_that_is_no_token_is_refused_with_a_reason() {
    let long = "a".repeat(70_000);
    for (text, reason) in [
        ("", InvalidToken::Empty),
        (" \n\t", InvalidToken::Empty),
        ("\"\"", InvalidToken::Empty),
        ("Bearer ", InvalidToken::Parts),
        ("hunter2", InvalidToken::Parts),
        ("a.b", InvalidToken::Parts),
        ("a.b.", InvalidToken::Parts),
        ("a.b.c.d", InvalidToken::Parts),
        ("..", InvalidToken::Parts),
        ("a.b.c🔑", InvalidToken::Characters),
        ("a.b.c\0", InvalidToken::Characters),
        ("a.b+.c/", InvalidToken::Characters),
        (&format!("a.b.{long}"), InvalidToken::Characters),
    ] {
        assert_eq!(text.parse::<Tokens>().expect_err("no token"), reason, "{text}");
        assert!(!reason.to_string().contains("hunter2"));
    }
}

#[test]
fn reply_without_a_usable_token_is_unreadable_and_not_quoted() {
    for body in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"jwt":""}"#,
        r#"{"jwt":7}"#,
        r#"{"jwt":null,"refresh_token":"secret-word"}"#,
        r#"{"jwt":"secret-word with space"}"#,
        r#"{"jwt":"secret-word\r\nX-Header: 1"}"#,
        r#"{"jwt":"sécret-word"}"#,
        r#"{"jwt":"secret-word"#,
    ] {
        let error = Tokens::try_from(&ok(body)).expect_err(body);
        assert!(matches!(error, ApiError::Unreadable { .. }));
        let shown = format!("{error:?} {:?}", error.problem(ErrorContext::default()));
        assert!(!shown.contains("cret-word"), "{shown}");
    }
}

#[test]
fn documented_replies_are_read() {
    let full =
        Tokens::try_from(&ok(include_str!("../data/tokens/reply-full.json"))).expect("tokens");
    assert_eq!(full.lifetime, Duration::from_secs(300));
    assert_eq!(full.claims.preferred_username.as_deref(), Some("admin"));
    assert!(full.is_renewable());
    let oldest =
        Tokens::try_from(&ok(include_str!("../data/tokens/reply-oldest.json"))).expect("tokens");
    assert_eq!(oldest.lifetime, Duration::from_secs(240));
    assert!(!oldest.is_renewable());
    for odd in ["0", "-5", "1e30", "\"300\"", "null", "{}"] {
        let body = format!(r#"{{"jwt":"e30.e30.c2ln","duration":{odd}}}"#);
        let tokens = Tokens::try_from(&ok(&body)).expect("tokens");
        assert_eq!(tokens.lifetime, Duration::from_secs(300), "{odd}");
    }
}

#[test]
fn claims_take_precedence_over_the_duration_of_the_reply() {
    let jwt = jwt(r#"{"iat":1000,"exp":1120}"#);
    let body = json!({ "jwt": jwt, "duration": 300 }).to_string();
    let tokens = Tokens::try_from(&ok(&body)).expect("tokens");
    assert_eq!(tokens.lifetime, Duration::from_secs(120));
}

#[test]
fn tokens_in_debug_output_show_no_secret() {
    let full =
        Tokens::try_from(&ok(include_str!("../data/tokens/reply-full.json"))).expect("tokens");
    let shown = format!("{full:?}");
    for secret in ["eyJ", "r-1", "c-1", "c2ln"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn requests_have_the_documented_bodies() {
    let mut credentials = Credentials {
        username: "ann \"o'\u{0}".into(),
        password: " p\\w \n".into(),
        tenant: String::new(),
        domain: String::new(),
        connection: String::new(),
    };
    let body = |request: &cckm_core::api::request::Request| -> Value {
        serde_json::from_str(request.body.as_deref().expect("a body")).expect("JSON")
    };
    let request = password_grant(&credentials);
    assert_eq!(request.path, "v1/auth/tokens/");
    let sent = body(&request);
    assert_eq!(sent["grant_type"], "password");
    assert_eq!(sent["username"], credentials.username.as_str());
    assert_eq!(sent["password"], " p\\w \n");
    assert!(sent.get("domain").is_none() && sent.get("connection").is_none());

    credentials.domain = "root".into();
    credentials.connection = "local_account".into();
    let sent = body(&password_grant(&credentials));
    assert_eq!(sent["domain"], "root");
    assert_eq!(sent["connection"], "local_account");

    assert!(sent.get("auth_domain").is_none() && sent.get("auth_domain_path").is_none());

    credentials.tenant = "acme".into();
    let sent = body(&password_grant(&credentials));
    assert_eq!(sent["auth_domain"], "acme");
    assert_eq!(sent["auth_domain_path"], "/acme");

    let full =
        Tokens::try_from(&ok(include_str!("../data/tokens/reply-full.json"))).expect("tokens");
    let sent = body(&refresh_grant(&full).expect("renewable"));
    let expected = json!({
        "grant_type": "refresh_token", "refresh_token": "r-1", "renew_refresh_token": true,
    });
    assert_eq!(sent, expected);
    let request = revoke(&full).expect("renewable");
    assert_eq!(request.path, "v1/auth/revoke");
    assert_eq!(body(&request), json!({ "client_id": "c-1", "refresh_token": "r-1" }));

    let pasted = "a.b.c".parse::<Tokens>().expect("a token");
    assert!(refresh_grant(&pasted).is_none() && revoke(&pasted).is_none());
}

#[test]
fn sign_in_problem_of_a_wrong_password_quotes_the_server() {
    let words = ServerMessage::parse(include_bytes!("../data/errors/wrong-password.json"));
    let error = ApiError::Unauthorized(words);
    let problem = sign_in_problem(&error, false);
    assert_eq!(problem.title, "Wrong username or password");
    let said = problem.server_text.expect("the server's words").text;
    assert!(said.starts_with("Wrong username or password."));
    assert_eq!(sign_in_problem(&error, true).title, "The token is not accepted");
}

#[test]
fn tenant_is_read_from_a_name_a_path_or_an_address() {
    for (text, tenant) in [
        ("", ""),
        ("  ", ""),
        (" acme ", "acme"),
        ("/acme", "acme"),
        ("https://host.example/?tenant=acme", "acme"),
        ("https://host.example/?a=1&tenant=acme%20corp#/keys", "acme corp"),
        ("host.example?tenant=/acme", "acme"),
        ("?tenant=acme", "acme"),
    ] {
        assert_eq!(parse_tenant(text).as_deref(), Ok(tenant), "{text}");
    }
    for text in ["https://host.example/", "https://host.example/?tenant=", "?x=1", "/", "a\nb"] {
        assert_eq!(parse_tenant(text), Err(InvalidTenant), "{text}");
    }
}
