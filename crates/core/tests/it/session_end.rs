//! Who is signed in, and how a session ends: by the person, by inactivity, by another sign-in.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cckm_core::api::error::ApiError;
use cckm_core::session::machine::{Machine, SendDecision, Typed};
use cckm_core::session::phase::{Phase, SignedOutBy};
use cckm_core::session::token::Tokens;
use serde_json::json;

use crate::support::session::{IDLE, LIFE, at, sign_in, signed_in, tokens};

#[test]
fn user_epoch_grows_with_another_user_or_domain() {
    let reply = |claims: serde_json::Value| {
        let jwt = format!("e30.{}.x", URL_SAFE_NO_PAD.encode(claims.to_string()));
        jwt.parse::<Tokens>().expect("a token")
    };
    let ann = json!({ "sub": "local|1", "preferred_username": "ann" });
    let elsewhere = json!({ "sub": "local|1", "cust": { "domain_id": "d2" } });
    let mut machine = Machine::new(IDLE);
    let mut seen = Vec::new();
    for claims in [&ann, &ann, &elsewhere, &ann, &json!({}), &json!({})] {
        let attempt = machine.begin_sign_in(at(1));
        let typed = Some(Typed { user: "typed".to_owned(), ..Typed::default() });
        _ = machine.finish_sign_in(attempt, reply(claims.clone()), typed, at(1));
        seen.push((machine.user_epoch(), machine.user().unwrap_or("").to_owned()));
    }
    let epochs: Vec<u32> = seen.iter().map(|(user_epoch, _)| *user_epoch).collect();
    assert_eq!(epochs, [1, 1, 2, 3, 4, 5], "an unknown user is never the same");
    assert_eq!(machine.session_epoch(), 6);
    assert_eq!((seen[0].1.as_str(), seen[4].1.as_str()), ("ann", "typed"));
    machine.sign_out();
    assert_eq!(machine.user(), None);
    assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Person));
}

/// The token names no domain, so the typed one counts.
#[test]
fn user_epoch_grows_with_another_typed_domain() {
    let mut machine = Machine::new(IDLE);
    let mut epochs = Vec::new();
    for domain in ["", "", "emea", "emea", ""] {
        let attempt = machine.begin_sign_in(at(1));
        let domain = domain.to_owned();
        let typed = Some(Typed { domain, ..Typed::default() });
        _ = machine.finish_sign_in(attempt, tokens(0, LIFE, true), typed, at(1));
        epochs.push(machine.user_epoch());
    }
    assert_eq!(epochs, [1, 1, 2, 2, 3]);
}

/// Two tenants may have domains of the same name.
#[test]
fn user_epoch_grows_with_another_tenant() {
    let mut machine = Machine::new(IDLE);
    let mut epochs = Vec::new();
    for (tenant, domain) in
        [("emea", "x"), ("emea", "x"), ("apac", "x"), ("apac", ""), ("apac", ""), ("", "x")]
    {
        let attempt = machine.begin_sign_in(at(1));
        let typed =
            Typed { tenant: tenant.to_owned(), domain: domain.to_owned(), ..Typed::default() };
        _ = machine.finish_sign_in(attempt, tokens(0, LIFE, true), Some(typed), at(1));
        let known = if domain.is_empty() { tenant } else { domain };
        assert_eq!((machine.tenant(), machine.domain()), (tenant, Some(known)));
        epochs.push(machine.user_epoch());
    }
    assert_eq!(epochs, [1, 1, 2, 3, 3, 4]);
}

#[test]
fn sign_in_that_is_answered_after_a_sign_out_is_discarded() {
    let mut machine = signed_in(LIFE, false);
    machine.tick(at(300));
    let attempt = machine.begin_sign_in(at(301));
    machine.sign_out();
    let late = machine.finish_sign_in(attempt, tokens(1, LIFE, true), None, at(302));
    assert_eq!(late, Err(ApiError::SignedOut));
    assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Person));
    assert!(machine.send_decision(at(303)) == SendDecision::SignedOut);
    let discarded = machine.take_discarded();
    assert!(matches!(&*discarded, [tokens] if tokens.bearer().ends_with(".1")));
    // The next sign-in is accepted.
    sign_in(&mut machine, tokens(2, LIFE, true), at(304));
    assert_eq!(machine.phase(), Phase::SignedIn);
}

#[test]
fn sign_out_discards_the_tokens_for_revocation() {
    for renewable in [true, false] {
        let mut machine = signed_in(LIFE, renewable);
        machine.sign_out();
        assert_eq!(machine.take_discarded().len(), 1, "by the person, {renewable}");
        let mut machine = Machine::new(IDLE);
        sign_in(&mut machine, tokens(0, 3600, renewable), at(0));
        machine.tick(at(600));
        assert_eq!(machine.take_discarded().len(), 1, "idle, {renewable}");
    }
}

#[test]
fn idle_warning_comes_a_minute_or_a_fifth_of_the_timeout_before() {
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
fn activity_elsewhere_counts_from_its_time_and_only_while_signed_in() {
    let mut machine = Machine::new(at(100));
    sign_in(&mut machine, tokens(0, 3600, false), at(1000));
    assert!(!machine.is_idle(at(1079)));
    assert!(machine.is_idle(at(1080)), "the warning is near");
    machine.activity_elsewhere(at(1050));
    assert!(!machine.is_idle(at(1129)));
    machine.activity_elsewhere(at(1020));
    machine.tick(at(1130));
    assert!(machine.warns(), "an earlier time changes nothing");
    machine.activity_elsewhere(at(1140));
    assert!(!machine.warns());
    machine.tick(at(1239));
    assert_eq!(machine.phase(), Phase::SignedIn);
    assert!(machine.is_idle(at(1240)));
    machine.tick(at(1240));
    assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Idle(at(100))));
    machine.activity_elsewhere(at(1241));
    assert!(!machine.is_idle(at(2000)) && machine.wake_at().is_none());
}

#[test]
fn notice_tells_why_the_person_was_signed_out() {
    let notice = |seconds| Phase::SignedOut(SignedOutBy::Idle(at(seconds))).notice();
    let expected = "Signed out after 10 minutes without activity.";
    assert_eq!(notice(600).as_deref(), Some(expected));
    assert!(notice(60).expect("text").contains("1 minute "));
    assert!(notice(90).expect("text").contains("90 seconds "));
    let no_storage = Phase::SignedOut(SignedOutBy::NoStorage).notice().expect("text");
    assert!(no_storage.contains("does not let it store anything"), "{no_storage}");
    assert_eq!(Phase::SignedOut(SignedOutBy::Start).notice(), None);
    assert_eq!(Phase::SignedIn.notice(), None);
}

#[test]
fn sign_out_elsewhere_ends_the_session_and_discards_a_pending_sign_in() {
    for expires in [false, true] {
        let mut machine = signed_in(LIFE, !expires);
        machine.tick(at(LIFE));
        assert_eq!(matches!(machine.phase(), Phase::Expired(_)), expires);
        let attempt = machine.begin_sign_in(at(LIFE + 1));
        _ = machine.take_discarded();
        machine.sign_out_elsewhere(SignedOutBy::Elsewhere);
        assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Elsewhere));
        assert_eq!(machine.user(), None);
        assert_eq!(machine.take_discarded().len(), usize::from(!expires), "revoked");
        let late = machine.finish_sign_in(attempt, tokens(1, LIFE, true), None, at(LIFE + 2));
        assert_eq!(late, Err(ApiError::SignedOut));
    }
}

#[test]
fn sign_out_elsewhere_has_no_effect_while_nobody_is_signed_in() {
    let mut machine = Machine::new(IDLE);
    let attempt = machine.begin_sign_in(at(1));
    machine.sign_out_elsewhere(SignedOutBy::Elsewhere);
    assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Start));
    assert_eq!(machine.finish_sign_in(attempt, tokens(1, LIFE, true), None, at(2)), Ok(()));
}
