//! The curl commands of the documentation, over HTTPS with a self-signed certificate, as curl sends them:
//! `--compressed`, bodies byte for byte, a valid token, and the right verb where a page has another
//! (CONTRACT.md 4).

use cckm_simulator::auth::ADMIN_PASSWORD;
use cckm_simulator::clock::Clock;
use cckm_simulator::server::Options;
use cckm_simulator::{Simulator, World};
use serde_json::json;

use crate::support::{TestServer, id, noon, options};

const COMMANDS: &str = include_str!("../../data/commands.txt");

const COMPRESSED: &str = "User-Agent: curl/8.5.0\r\nAccept-Encoding: deflate, gzip, br, zstd\r\n";
const JSON: &str = "Accept: */*\r\nContent-Type: application/json\r\n";

/// The demo over HTTPS.
fn demo() -> TestServer {
    let simulator = Simulator::demo(1, 30, 10, noon());
    TestServer::start(Options {
        tls: true,
        world: World::new(simulator, Clock::Frozen(noon())),
        ..options()
    })
}

/// The command on the page about the REST API, with the simulator's password. Returns the header for
/// further requests.
fn sign_in(server: &TestServer, domain: &str) -> String {
    let body = json!({"name": "admin", "password": ADMIN_PASSWORD, "domain": domain});
    let headers = format!("User-Agent: curl/8.5.0\r\n{JSON}");
    let reply = server.send("POST", "/api/v1/auth/tokens/", &headers, &body.to_string());
    let (status, reply) = reply.map(|reply| (reply.status, reply.json())).unwrap();
    assert_eq!((status, &reply["duration"]), (200, &300.into()));
    format!("Authorization: Bearer {}\r\n", reply["jwt"].as_str().unwrap())
}

#[test]
fn every_documented_command_works_as_printed() {
    let server = demo();
    let bearer = sign_in(&server, "root");
    for command in COMMANDS.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = command.split('|').map(str::trim).collect();
        let [method, path, headers, body, pointer, expected] = columns[..] else {
            panic!("{command}");
        };
        let headers = match headers {
            "any" => "Accept: */*\r\n",
            // Replaces curl's own header.
            "accept" => "accept: application/json\r\n",
            _ => JSON,
        };
        let headers = format!("{bearer}{COMPRESSED}{headers}");
        let target = format!("/api/v1/cckm/{path}");
        let body = body.replace("\\n", "\n");
        let answer = server.send(method, &target, &headers, &body).unwrap();
        let starts = method == "POST" && !path.ends_with("/cancel");
        assert_eq!(answer.status, if starts { 201 } else { 200 }, "{command}");
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let value = answer.json();
        let found = value.pointer(pointer).map(ToString::to_string);
        assert_eq!(found.as_deref(), Some(expected), "{command}: {value}");
        if starts {
            let id = id(&value);
            let read = server.send("GET", &format!("{target}/{id}"), &headers, "");
            assert_eq!(read.unwrap().json()["id"], id, "{command}");
        }
    }
}

#[test]
fn documented_sign_in_accepts_a_domain() {
    let server = demo();
    let bearer = sign_in(&server, "emea");
    let domain = server.send("GET", "/api/v1/domain", &bearer, "").unwrap();
    assert_eq!(domain.json()["name"], "emea");
}

#[test]
fn documented_tokens_are_401() {
    let server = demo();
    for token in ["AUTHTOKEN", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.AAAA"] {
        let headers = format!("Authorization: Bearer {token}\r\nAccept: */*\r\n");
        let answer = server.send("GET", "/api/v1/cckm/aws/bulkjob", &headers, "");
        assert_eq!(answer.unwrap().status, 401);
    }
}
