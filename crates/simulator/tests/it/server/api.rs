//! The API over HTTP and HTTPS, and the faults that only connections have.

use std::io;
use std::time::{Duration, Instant};

use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::server::Options;

use crate::support::{Answer, TestServer, options};

const SAMPLE: &str = "/api/v1/cckm/aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0";
const PRINTED: &str = include_str!("../../../samples/aws-bulk-get.json");

#[test]
fn sample_is_served_over_http_and_https() {
    for (tls, scheme) in [(false, "http://"), (true, "https://")] {
        let server = TestServer::start(Options { tls, ..options() });
        assert!(server.server.url().starts_with(scheme));
        // As the documentation's curl commands send it.
        let headers = format!(
            "{}Accept: */*\r\nAccept-Encoding: deflate, gzip, br\r\nContent-Type: application/json\r\n",
            server.bearer()
        );
        let answer = server.send("GET", SAMPLE, &headers, "").unwrap();
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(String::from_utf8(answer.body).unwrap(), PRINTED.trim());
    }
}

#[test]
fn frozen_server_moves_only_when_it_is_advanced() {
    let server = TestServer::start(options());
    let bearer = server.bearer();
    let status = || server.send("GET", SAMPLE, &bearer, "").unwrap().status;
    assert_eq!(status(), 200);
    server.server.advance(Duration::from_secs(299));
    assert_eq!(status(), 200);
    server.server.advance(Duration::from_secs(1));
    assert_eq!(status(), 401);
    assert_eq!(server.server.now().to_string(), "2026-01-31T12:05:00Z");
    let log: Vec<_> = server.server.with_world(|world| {
        let requests = world.simulator.requests.iter();
        requests.map(|request| (request.path.clone(), request.status)).collect()
    });
    assert_eq!(log[0], ("/api/v1/auth/tokens/".into(), 200));
    assert_eq!(log[3], (SAMPLE.into(), 401));
}

fn add_fault(server: &TestServer, fault: Fault) {
    server.server.with_world(|world| world.simulator.faults.push(fault));
}

/// The response to a request that a fault affects once.
fn with_effect(tls: bool, effect: Effect) -> (io::Result<Answer>, TestServer) {
    let server = TestServer::start(Options { tls, ..options() });
    let bearer = server.bearer();
    add_fault(&server, Fault::new(effect).times(1));
    (server.send("GET", SAMPLE, &bearer, ""), server)
}

#[test]
fn truncated_body_is_shorter_than_announced() {
    for bytes in [0, 40] {
        let (answer, _server) = with_effect(false, Effect::Truncate { bytes });
        let answer = answer.unwrap();
        assert_eq!(answer.status, 200);
        let announced = PRINTED.trim().len().to_string();
        assert_eq!(answer.header("content-length"), Some(&*announced));
        assert_eq!(answer.body, &PRINTED.as_bytes()[..bytes]);
    }
}

#[test]
fn reset_is_a_connection_error_and_the_next_request_succeeds() {
    for tls in [false, true] {
        let (answer, server) = with_effect(tls, Effect::Reset);
        assert_eq!(answer.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
        assert_eq!(server.get("/api/v1/cckm/aws/bulkjob").status, 401);
    }
}

#[test]
fn latency_delays_the_response() {
    let server = TestServer::start(options());
    let latency = Duration::from_millis(80);
    add_fault(&server, Fault::latency(latency));
    let start = Instant::now();
    assert_eq!(server.get("/api/v1/cckm/aws/bulkjob").status, 401);
    assert!(start.elapsed() >= latency);
}

#[test]
fn slow_body_arrives_in_pieces_and_is_complete() {
    let server = TestServer::start(options());
    let bearer = server.bearer();
    // Four pieces, and three pauses of 100 ms between them.
    let rate = u32::try_from(PRINTED.trim().len().div_ceil(4) * 10).unwrap();
    add_fault(&server, Fault::slow_body(rate));
    let start = Instant::now();
    let answer = server.send("GET", SAMPLE, &bearer, "").unwrap();
    assert!(start.elapsed() >= Duration::from_millis(300));
    assert_eq!(answer.header("content-length"), Some(&*PRINTED.trim().len().to_string()));
    assert_eq!(answer.body, PRINTED.trim().as_bytes());
}

#[test]
fn stalled_body_stops_without_ending() {
    let server = TestServer::start(options());
    let bearer = server.bearer();
    add_fault(&server, Fault::stalled_body(40));
    let silence = Duration::from_millis(200);
    let received = server.receive("GET", SAMPLE, &bearer, silence).unwrap();
    assert!(received.ends_with(&PRINTED.as_bytes()[..40]));
}

#[test]
fn dropped_server_stops() {
    let server = TestServer::start(options());
    let address = server.server.address();
    drop(server);
    assert!(std::net::TcpStream::connect(address).is_err());
}
