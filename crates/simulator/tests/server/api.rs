//! The API over HTTP and HTTPS, and the faults that only connections have.

use std::time::{Duration, Instant};

use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::server::Options;

use crate::wire::{Server, options};

const SAMPLE: &str = "/api/v1/cckm/aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0";
const PRINTED: &str = include_str!("../../samples/aws-bulk-get.json");

#[test]
fn a_sample_comes_over_http_and_https() {
    for tls in [false, true] {
        let server = Server::start(Options { tls, ..options() });
        assert!(
            server
                .running
                .url()
                .starts_with(if tls { "https://" } else { "http://" })
        );
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
fn time_is_in_the_hand_of_the_test() {
    let server = Server::start(options());
    let bearer = server.bearer();
    let status = || server.send("GET", SAMPLE, &bearer, "").unwrap().status;
    assert_eq!(status(), 200);
    server.running.advance(Duration::from_secs(299));
    assert_eq!(status(), 200);
    server.running.advance(Duration::from_secs(1));
    assert_eq!(status(), 401);
    assert_eq!(server.running.now().to_string(), "2026-01-31T12:05:00Z");
    let paths = server.running.with_world(|world| {
        let requests = world.simulator.requests.iter();
        requests
            .map(|request| (request.path.clone(), request.status))
            .collect::<Vec<_>>()
    });
    assert_eq!(paths[0], ("/api/v1/auth/tokens/".into(), 200));
    assert_eq!(paths[3], (SAMPLE.into(), 401));
}

fn spoiled(tls: bool, effect: Effect) -> (std::io::Result<crate::wire::Answer>, Server) {
    let server = Server::start(Options { tls, ..options() });
    let bearer = server.bearer();
    server
        .running
        .with_world(|world| world.simulator.faults.push(Fault::new(effect).times(1)));
    (server.send("GET", SAMPLE, &bearer, ""), server)
}

#[test]
fn a_cut_body_promises_more_than_it_brings() {
    for bytes in [0, 40] {
        let (answer, _server) = spoiled(false, Effect::Truncate(bytes));
        let answer = answer.unwrap();
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.header("content-length").unwrap(),
            PRINTED.trim().len().to_string()
        );
        assert_eq!(answer.body, &PRINTED.as_bytes()[..bytes]);
    }
}

#[test]
fn a_reset_is_an_error_of_the_connection_and_the_next_one_works() {
    for tls in [false, true] {
        let (answer, server) = spoiled(tls, Effect::Reset);
        assert_eq!(
            answer.unwrap_err().kind(),
            std::io::ErrorKind::ConnectionReset
        );
        assert_eq!(server.get("/api/v1/cckm/aws/bulkjob").status, 401);
    }
}

#[test]
fn latency_is_waited_for() {
    let server = Server::start(options());
    let latency = Duration::from_millis(80);
    server
        .running
        .with_world(|world| world.simulator.faults.push(Fault::latency(latency)));
    let begun = Instant::now();
    assert_eq!(server.get("/api/v1/cckm/aws/bulkjob").status, 401);
    assert!(begun.elapsed() >= latency);
}

#[test]
fn it_stops_when_it_is_dropped() {
    let server = Server::start(options());
    let address = server.running.address();
    drop(server);
    assert!(std::net::TcpStream::connect(address).is_err());
}
