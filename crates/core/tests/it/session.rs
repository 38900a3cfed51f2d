//! The session over time: what is sent, renewals and their failures.

use std::time::Duration;

use cckm_core::api::error::{ApiError, ServerMessage};
use cckm_core::session::machine::{Machine, Renewal, RequestEpoch, SendDecision};
use cckm_core::session::phase::{ExpiredBy, Phase, SignedOutBy};

use crate::support::session::{IDLE, LIFE, at, sign_in, signed_in, tokens};

fn send(machine: &mut Machine, now: Duration) -> (RequestEpoch, String) {
    match machine.send_decision(now) {
        SendDecision::Send { epoch, bearer } => (epoch, bearer),
        SendDecision::Renew => panic!("a renewal is needed at {now:?}"),
        SendDecision::SignedOut => panic!("signed out at {now:?}"),
    }
}

fn begin(machine: &mut Machine, now: Duration) -> Renewal {
    machine.begin_renewal(now).expect("a renewal")
}

fn status(status: u16) -> ApiError {
    ApiError::Status { status, message: ServerMessage::default(), retry_after: None }
}

fn unreachable() -> ApiError {
    ApiError::Unreachable { detail: "down".into() }
}

#[test]
fn session_before_the_first_sign_in_sends_nothing() {
    let mut machine = Machine::new(IDLE);
    machine.activity(at(5));
    assert!(machine.send_decision(at(6)) == SendDecision::SignedOut);
    assert!(!machine.tick(at(7)));
    assert_eq!(machine.wake_at(), None);
    assert!(machine.begin_renewal(at(8)).is_none());
    assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Start));
}

/// Eight hours: a request every three seconds, a person who is active now and then and leaves for lunch, slow answers,
/// and a server that sometimes fails.
#[test]
fn session_over_a_day_renews_once_per_lifetime_and_sends_nothing_after_the_idle_timeout() {
    for seed in 1..40u64 {
        let mut random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut dice = move |sides: u64| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            random % sides
        };
        let mut machine = signed_in(LIFE, true);
        let (mut token_until, mut active, mut last_renewal) = (LIFE, 0, 0);
        let mut in_flight: Option<(u64, Renewal)> = None;
        let (mut number, mut renewals, mut sent, mut requests) = (0u32, 0, 0, 0);
        let lunch = 10_000 + dice(5_000);
        for now in 1..28_800u64 {
            if now < lunch && dice(120) == 0 && now - active < 600 {
                machine.activity(at(now));
                active = now;
            }
            if machine.tick(at(now)) {
                assert!(in_flight.is_none(), "one at a time");
                in_flight = Some((now + 1 + dice(20), begin(&mut machine, at(now))));
                assert!(machine.begin_renewal(at(now)).is_none(), "single flight");
                assert!(now - last_renewal >= 5, "no burst");
                last_renewal = now;
                renewals += 1;
            }
            if in_flight.as_ref().is_some_and(|(done, _)| *done <= now) {
                let (_, renewal) = in_flight.take().expect("the renewal");
                let answer = match dice(20) {
                    0 => Err(unreachable()),
                    1 => Err(status(503)),
                    _ => {
                        number += 1;
                        sent += 1;
                        token_until = last_renewal + LIFE;
                        Ok(tokens(number, LIFE, true))
                    }
                };
                _ = machine.finish_renewal(&renewal, answer, at(now));
            }
            if now % 3 == 0 {
                match machine.send_decision(at(now)) {
                    SendDecision::Send { bearer, .. } => {
                        assert!(now < token_until, "an ended token is sent at {now}");
                        assert!(bearer.ends_with(&format!(".{number}")), "the newest token");
                        assert!(now < active + 600, "sent after the idle timeout at {now}");
                        requests += 1;
                    }
                    SendDecision::Renew => assert!(now + 5 >= token_until),
                    SendDecision::SignedOut => assert!(now >= active + 600, "signed out at {now}"),
                }
            }
            let over = now >= active + 600;
            assert_eq!(machine.phase().is_signed_out(), over, "{now}");
            assert_eq!(machine.wake_at().is_none(), over);
        }
        assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Idle(IDLE)));
        let windows = (active + 600) / (LIFE - 60 - 20) + 1;
        assert!(sent <= windows && renewals <= 2 * windows, "{sent} {renewals}");
        assert!(requests > active / 3 / 2);
    }
}

#[test]
fn renewal_does_not_extend_the_idle_timeout() {
    let mut machine = signed_in(LIFE, true);
    for now in [240, 480] {
        let renewal = begin(&mut machine, at(now));
        let answer = Ok(tokens(1, LIFE, true));
        assert_eq!(machine.finish_renewal(&renewal, answer, at(now + 1)), Ok(()));
        send(&mut machine, at(now + 2));
    }
    assert!(machine.send_decision(at(599)) != SendDecision::SignedOut);
    assert!(machine.send_decision(at(600)) == SendDecision::SignedOut);
    assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Idle(IDLE)));
    assert_eq!(machine.take_discarded().len(), 1, "to be revoked");
    assert!(machine.take_discarded().is_empty(), "once");
}

#[test]
fn activity_after_a_long_sleep_comes_too_late() {
    let mut machine = signed_in(LIFE, true);
    machine.activity(at(3 * 3600));
    assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Idle(IDLE)));
}

#[test]
fn renewal_begins_a_minute_or_a_fifth_of_the_lifetime_before_the_end() {
    for (life, due) in [(300, 240), (3600, 3540), (50, 40), (5, 4)] {
        let mut machine = Machine::new(at(100_000));
        sign_in(&mut machine, tokens(0, life, true), at(0));
        assert_eq!(machine.wake_at(), Some(at(due)), "{life}");
        assert!(!machine.tick(at(due - 1)) && machine.tick(at(due)));
        send(&mut machine, at(due));
        assert!(machine.send_decision(at(life)) == SendDecision::Renew);
    }
}

#[test]
fn unauthorized_request_renews_once_and_a_second_refusal_ends_the_session() {
    let mut machine = signed_in(LIFE, true);
    let (first, _) = send(&mut machine, at(1));
    let (second, _) = send(&mut machine, at(1));
    machine.unauthorized(first, false);
    assert!(machine.send_decision(at(2)) == SendDecision::Renew);
    let renewal = begin(&mut machine, at(2));
    assert!(machine.begin_renewal(at(2)).is_none());
    assert_eq!(machine.finish_renewal(&renewal, Ok(tokens(1, LIFE, true)), at(3)), Ok(()));
    // The other request was sent with the old token, so it needs no second renewal.
    machine.unauthorized(second, false);
    let (epoch, bearer) = send(&mut machine, at(4));
    assert!(bearer.ends_with(".1"));
    machine.unauthorized(epoch, true);
    assert_eq!(machine.phase(), Phase::Expired(ExpiredBy::Refused));
    assert!(machine.send_decision(at(5)) == SendDecision::SignedOut);
}

#[test]
fn renewal_that_is_refused_ends_the_session() {
    for refusal in [
        ApiError::Unauthorized(ServerMessage::default()),
        ApiError::Forbidden(ServerMessage::default()),
        ApiError::NotFound(ServerMessage::default()),
        status(400),
        status(422),
    ] {
        let mut machine = signed_in(LIFE, true);
        let renewal = begin(&mut machine, at(240));
        let outcome = machine.finish_renewal(&renewal, Err(refusal), at(241));
        assert_eq!(outcome, Err(ApiError::SignedOut));
        assert_eq!(machine.phase(), Phase::Expired(ExpiredBy::Refused));
        assert!(machine.take_discarded().is_empty(), "nothing is left to revoke");
    }
}

#[test]
fn renewal_that_fails_for_now_is_repeated_and_the_session_continues() {
    for failure in [
        unreachable(),
        status(408),
        status(429),
        status(500),
        status(503),
        ApiError::unreadable("cut short", b"{"),
    ] {
        let mut machine = signed_in(LIFE, true);
        let renewal = begin(&mut machine, at(240));
        let outcome = machine.finish_renewal(&renewal, Err(failure.clone()), at(241));
        assert_eq!(outcome, Err(failure));
        assert_eq!(machine.phase(), Phase::SignedIn);
        send(&mut machine, at(242));
        assert!(!machine.tick(at(245)) && machine.tick(at(246)));
        // The token has ended, but its refresh token may still be valid.
        assert!(machine.send_decision(at(301)) == SendDecision::Renew);
        assert_eq!(machine.phase(), Phase::SignedIn);
    }
}

#[test]
fn renewal_that_keeps_failing_waits_up_to_a_minute() {
    let mut machine = Machine::new(at(100_000));
    sign_in(&mut machine, tokens(0, LIFE, true), at(0));
    let mut now = at(240);
    for wait in [5, 10, 20, 40, 60, 60, 60] {
        let renewal = begin(&mut machine, now);
        _ = machine.finish_renewal(&renewal, Err(unreachable()), now);
        assert_eq!(machine.wake_at(), Some(now + at(wait)));
        now += at(wait);
    }
}

#[test]
fn renewal_without_a_new_refresh_token_keeps_the_old_one() {
    let mut machine = signed_in(LIFE, true);
    let renewal = begin(&mut machine, at(240));
    let answer = Ok(tokens(1, LIFE, false));
    assert_eq!(machine.finish_renewal(&renewal, answer, at(241)), Ok(()));
    let renewal = begin(&mut machine, at(480));
    assert!(renewal.request.body.expect("a body").contains("r-0"));
}

#[test]
fn lifetime_counts_from_the_request() {
    let mut machine = signed_in(LIFE, true);
    let renewal = begin(&mut machine, at(240));
    _ = machine.finish_renewal(&renewal, Ok(tokens(1, LIFE, true)), at(270));
    assert_eq!(machine.wake_at(), Some(at(480)));
}

#[test]
fn token_without_refresh_ends_with_its_lifetime_or_a_401() {
    let mut machine = signed_in(LIFE, false);
    send(&mut machine, at(299));
    assert_eq!(machine.wake_at(), Some(at(300)));
    assert!(machine.send_decision(at(300)) == SendDecision::SignedOut);
    assert_eq!(machine.phase(), Phase::Expired(ExpiredBy::TokenEnded));

    let mut machine = signed_in(LIFE, false);
    let (epoch, _) = send(&mut machine, at(10));
    machine.unauthorized(epoch, false);
    assert_eq!(machine.phase(), Phase::Expired(ExpiredBy::TokenEnded));
    assert!(machine.take_discarded().is_empty());
}

#[test]
fn expired_session_without_activity_is_signed_out() {
    let mut machine = signed_in(LIFE, false);
    machine.tick(at(300));
    machine.activity(at(400));
    assert_eq!(machine.phase(), Phase::Expired(ExpiredBy::TokenEnded));
    machine.tick(at(940));
    assert!(!machine.warns(), "the dialog already asks to sign in");
    assert_eq!(machine.wake_at(), Some(at(1000)));
    machine.tick(at(1000));
    assert_eq!(machine.phase(), Phase::SignedOut(SignedOutBy::Idle(IDLE)));
}

#[test]
fn answer_of_an_earlier_sign_in_is_discarded() {
    let mut machine = signed_in(LIFE, true);
    let (epoch, _) = send(&mut machine, at(240));
    let renewal = begin(&mut machine, at(240));
    machine.sign_out();
    assert_eq!(machine.take_discarded().len(), 1);
    sign_in(&mut machine, tokens(5, LIFE, true), at(241));
    let late = machine.finish_renewal(&renewal, Ok(tokens(1, LIFE, true)), at(242));
    assert_eq!(late, Err(ApiError::SignedOut));
    assert_eq!(machine.take_discarded().len(), 1, "the late tokens are revoked");
    machine.unauthorized(epoch, false);
    assert!(!machine.is_current(epoch));
    let (_, bearer) = send(&mut machine, at(243));
    assert!(bearer.ends_with(".5"));
}

#[test]
fn renewal_waits_as_the_server_asks_but_a_request_waits_at_most_a_minute() {
    let mut machine = signed_in(LIFE, true);
    let renewal = begin(&mut machine, at(240));
    let busy = ApiError::Status {
        status: 429,
        message: ServerMessage::default(),
        retry_after: Some(at(100)),
    };
    _ = machine.finish_renewal(&renewal, Err(busy), at(240));
    assert_eq!(machine.wake_at(), Some(at(340)));
    // A request that needs the renewal, as after the press of a button, waits for a minute only.
    assert!(machine.send_decision(at(299)) == SendDecision::Renew);
    assert!(machine.begin_renewal(at(299)).is_none());
    begin(&mut machine, at(300));
}

#[test]
fn renewal_that_a_gateway_answers_keeps_the_session_and_its_token() {
    let gateway =
        |status| ApiError::Gateway { status, message: ServerMessage::default(), retry_after: None };
    for error in [gateway(401), gateway(403), ApiError::Redirected] {
        let mut machine = signed_in(LIFE, true);
        let renewal = begin(&mut machine, at(240));
        assert_eq!(machine.finish_renewal(&renewal, Err(error.clone()), at(241)), Err(error));
        assert_eq!(machine.phase(), Phase::SignedIn);
        assert!(machine.take_discarded().is_empty());
        send(&mut machine, at(242));
        // No burst of renewals.
        assert!(!machine.tick(at(244)));
        assert!(machine.tick(at(246)));
    }
}
