//! Who is signed in, and how that ends: by hand, by doing nothing, by somebody else.
#![allow(clippy::expect_used)]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cckm_core::api::error::ApiError;
use cckm_core::session::machine::{Machine, SendDecision};
use cckm_core::session::phase::{Phase, SignedOutBy};
use cckm_core::session::token::Tokens;
use serde_json::json;

use crate::support::session::{IDLE, LIFE, at, sign_in, signed_in, tokens};

#[test]
fn another_user_or_domain_is_another_identity() {
    let reply = |claims: serde_json::Value| {
        let jwt = format!("e30.{}.x", URL_SAFE_NO_PAD.encode(claims.to_string()));
        Tokens::pasted(&jwt).expect("a token")
    };
    let ann = json!({ "sub": "local|1", "preferred_username": "ann" });
    let elsewhere = json!({ "sub": "local|1", "cust": { "domain_id": "d2" } });
    let mut machine = Machine::new(IDLE);
    let mut seen = Vec::new();
    for claims in [&ann, &ann, &elsewhere, &ann, &json!({}), &json!({})] {
        let attempt = machine.begin_sign_in(at(1));
        let typed = Some(("typed".into(), String::new()));
        _ = machine.signed_in(attempt, reply(claims.clone()), typed, at(1));
        seen.push((
            machine.user_epoch(),
            machine.user().unwrap_or("").to_owned(),
        ));
    }
    let identities: Vec<u32> = seen.iter().map(|(user_epoch, _)| *user_epoch).collect();
    assert_eq!(identities, [1, 1, 2, 3, 4, 5], "unknown is never the same");
    assert_eq!(machine.session_epoch(), 6);
    assert_eq!((seen[0].1.as_str(), seen[4].1.as_str()), ("ann", "typed"));
    machine.sign_out();
    assert_eq!(machine.user(), None);
    assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Person));
}

/// The token tells no domain, so what was typed tells it.
#[test]
fn another_domain_that_was_typed_is_another_identity() {
    let mut machine = Machine::new(IDLE);
    let mut identities = Vec::new();
    for domain in ["", "", "emea", "emea", ""] {
        let attempt = machine.begin_sign_in(at(1));
        let typed = Some(("ann".to_owned(), domain.to_owned()));
        _ = machine.signed_in(attempt, tokens(0, LIFE, true), typed, at(1));
        identities.push(machine.user_epoch());
    }
    assert_eq!(identities, [1, 1, 2, 2, 3]);
}

#[test]
fn a_sign_in_under_way_ends_with_signing_out() {
    let mut machine = signed_in(LIFE, false);
    machine.tick(at(300));
    let attempt = machine.begin_sign_in(at(301));
    machine.sign_out();
    let late = machine.signed_in(attempt, tokens(1, LIFE, true), None, at(302));
    assert_eq!(late, Err(ApiError::SignedOut));
    assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Person));
    assert!(machine.send_decision(at(303)) == SendDecision::Closed);
    let discarded = machine.take_discarded();
    assert!(matches!(&*discarded, [tokens] if tokens.bearer().ends_with(".1")));
    // The next one counts.
    sign_in(&mut machine, tokens(2, LIFE, true), at(304));
    assert_eq!(machine.phase(), Phase::SignedIn);
}

#[test]
fn whoever_signs_out_leaves_no_token_alive() {
    for renewable in [true, false] {
        let mut machine = signed_in(LIFE, renewable);
        machine.sign_out();
        assert_eq!(machine.take_discarded().len(), 1, "by hand, {renewable}");
        let mut machine = Machine::new(IDLE);
        sign_in(&mut machine, tokens(0, 3600, renewable), at(0));
        machine.tick(at(600));
        assert_eq!(machine.take_discarded().len(), 1, "idle, {renewable}");
    }
}

#[test]
fn a_warning_comes_before_signing_out_the_idle() {
    for (idle, warned) in [(600, 540), (300, 240), (100, 80), (10, 8)] {
        let mut machine = Machine::new(at(idle));
        sign_in(&mut machine, tokens(0, 3600, false), at(1000));
        assert_eq!(machine.wake_at(), Some(at(1000 + warned)), "{idle}");
        machine.tick(at(1000 + warned - 1));
        assert!(!machine.warns());
        machine.tick(at(1000 + warned));
        assert!(machine.warns() && machine.wake_at() == Some(at(1000 + idle)));
        machine.activity(at(1000 + warned + 1));
        assert!(!machine.warns() && machine.phase() == Phase::SignedIn);
        assert_eq!(machine.wake_at(), Some(at(1000 + 2 * warned + 1)));
    }
}

#[test]
fn the_form_says_why_it_is_shown() {
    let notice = |seconds| Phase::SignedOut(SignedOutBy::Idle(at(seconds))).notice();
    let expected = "Signed out after 10 minutes without activity.";
    assert_eq!(notice(600).as_deref(), Some(expected));
    assert!(notice(60).expect("text").contains("1 minute "));
    assert!(notice(90).expect("text").contains("90 seconds "));
    assert_eq!(Phase::SignedOut(SignedOutBy::Start).notice(), None);
    assert_eq!(Phase::SignedIn.notice(), None);
}
