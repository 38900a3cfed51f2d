//! A world that starts at a fixed time does not depend on the machine's clock.

use std::time::Duration;

use cckm_simulator::http::header::AUTHORIZATION;
use cckm_simulator::message::{Request, Response};
use cckm_simulator::{Timestamp, World};
use serde_json::{Value, json};

use crate::support::{CONFIGS, RUNS, credentials, nightly, noon, request, with};

/// A sign-in, a start, a schedule that becomes due, and lists, with the machine's clock at `real`.
fn transcript(real: Timestamp) -> Vec<(Vec<String>, String)> {
    let mut world = World::at(noon());
    let send = |world: &mut World, mut request: Request, jwt: &str| {
        let value = format!("Bearer {jwt}").parse().unwrap();
        request.headers_mut().insert(AUTHORIZATION, value);
        world.handle(real, &request, true)
    };
    let sign_in = request("POST", "/api/v1/auth/tokens/", credentials().to_string());
    let signed_in = send(&mut world, sign_in, "");
    let reply: Value = serde_json::from_slice(signed_in.body()).unwrap();
    let jwt = reply["jwt"].as_str().unwrap();
    let body = json!({"synchronize_all": true}).to_string();
    let start = request("POST", "/api/v1/cckm/aws/synchronization-jobs", body);
    let every_minute = with(nightly("n"), &json!({"run_at": "* * * * *"}));
    let create = request("POST", CONFIGS, every_minute.to_string());
    let mut responses = vec![signed_in];
    for request in [start, create] {
        responses.push(send(&mut world, request, jwt));
    }
    for target in [RUNS, "/api/v1/cckm/aws/synchronization-jobs", "/simulator/clock"] {
        world.advance(Duration::from_secs(60));
        responses.push(send(&mut world, request("GET", target, ""), jwt));
    }
    let requests = request("GET", "/simulator/requests", "");
    responses.push(send(&mut world, requests, jwt));
    let text = |response: Response| {
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| format!("{name}: {value:?}"));
        (headers.collect(), String::from_utf8(response.body().clone()).unwrap())
    };
    responses.into_iter().map(text).collect()
}

#[test]
fn frozen_world_gives_the_same_responses_at_any_machine_time() {
    let at_epoch = transcript(Timestamp::UNIX_EPOCH);
    let much_later = transcript("2041-07-01T03:04:05.678Z".parse().unwrap());
    assert_eq!(at_epoch, much_later);
    assert!(at_epoch[3].1.contains("\"total\":1"), "{}", at_epoch[3].1);
    let headers = &at_epoch[0].0;
    let date = "date: \"Sat, 31 Jan 2026 12:00:00 GMT\"".to_owned();
    assert!(headers.contains(&date), "{headers:?}");
}

#[test]
fn frozen_world_moves_only_when_it_is_advanced() {
    let mut world = World::at(noon());
    let real = Timestamp::now();
    assert_eq!(world.now(real), noon());
    world.advance(Duration::from_secs(14 * 3600));
    assert_eq!(world.now(real), noon() + Duration::from_secs(14 * 3600));
    assert_eq!(world.now(Timestamp::UNIX_EPOCH), world.now(real));
}
