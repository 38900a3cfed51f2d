//! Sessions, their tokens and their clock.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cckm_core::api::response::Response;
use cckm_core::session::machine::Machine;
use cckm_core::session::token::Tokens;
use serde_json::json;

/// The idle timeout.
pub const IDLE: Duration = Duration::from_secs(600);
/// The lifetime of a usual token, in seconds.
pub const LIFE: u64 = 300;

pub fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Tokens as the server gives them. The text of the token ends with `number`.
pub fn tokens(number: u32, life: u64, renewable: bool) -> Tokens {
    let claims =
        json!({ "sub": "local|1", "preferred_username": "ann", "iat": 7, "exp": 7 + life });
    let jwt = format!("e30.{}.{number}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut body = json!({ "jwt": jwt });
    if renewable {
        body["refresh_token"] = format!("r-{number}").into();
    }
    let reply = Response {
        status: 200,
        content_type: None,
        retry_after: None,
        server_time_ms: None,
        challenge: None,
        body: body.to_string().into_bytes(),
    };
    Tokens::try_from(&reply).expect("tokens")
}

/// A session that begins at 0 with a token of `life` seconds.
pub fn signed_in(life: u64, renewable: bool) -> Machine {
    let mut machine = Machine::new(IDLE);
    sign_in(&mut machine, tokens(0, life, renewable), at(0));
    machine
}

pub fn sign_in(machine: &mut Machine, tokens: Tokens, now: Duration) {
    let attempt = machine.begin_sign_in(now);
    assert_eq!(machine.finish_sign_in(attempt, tokens, None, now), Ok(()));
}
