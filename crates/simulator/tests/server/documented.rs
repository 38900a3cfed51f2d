//! The curl commands of the documentation, over HTTPS with a self-signed certificate, as curl sends
//! them: `--compressed`, bodies byte for byte, a fresh token, and the right verb where a page has
//! another (CONTRACT.md 4).

use cckm_simulator::auth::ADMIN_PASSWORD;
use cckm_simulator::clock::Clock;
use cckm_simulator::server::Options;
use cckm_simulator::{Simulator, World};

use crate::wire::{Answer, Server, options};

const COMPRESSED: &str = "User-Agent: curl/8.5.0\r\nAccept-Encoding: deflate, gzip, br, zstd\r\n";
const ANY: &str = "Accept: */*\r\n";
/// `-H 'accept: application/json'`, which takes the place of curl's own.
const ACCEPT: &str = "accept: application/json\r\n";
const JSON: &str = "Accept: */*\r\nContent-Type: application/json\r\n";

/// Method, path below `/api/v1/cckm/`, headers, body, and what the answer has: a JSON pointer and
/// a text in JSON.
type Command = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    (&'static str, &'static str),
);

const LISTED: (&str, &str) = ("/skip", "0");
const RUNNING: (&str, &str) = ("/overall_status", "\"in_progress\"");
const ABORTED: (&str, &str) = ("/abort", "true");
const ENDED: (&str, &str) = ("/overall_status", "\"completed\"");

const REFRESH_ALL: &str = "{\n  \n  \"synchronize_all\": true\n}";
const SYNC_ALL: &str = "{\n  \"synchronize_all\": true\n}";

const COMMANDS: &[Command] = &[
    (
        "GET",
        "aws/synchronization-jobs?skip=0&limit=10",
        ANY,
        "",
        LISTED,
    ),
    (
        "GET",
        "aws/synchronization-jobs/afef70ff-311e-46c1-8ead-e1999e8c6d46",
        ANY,
        "",
        ENDED,
    ),
    (
        "POST",
        "aws/synchronization-jobs",
        JSON,
        "{\n  \"kms\": [\"kms\"],\n  \"synchronize_all\": false,\n  \"regions\": [\"ap-south-1\"]\n}",
        (
            "/detailed_status",
            "{\"123456789012/ap-south-1\":\"in_progress\"}",
        ),
    ),
    (
        "POST",
        "aws/synchronization-jobs/0ea5d52e-387c-44fa-b079-21c8b768f77b/cancel",
        ANY,
        "",
        ABORTED,
    ),
    (
        "POST",
        "aws/bulkjob",
        JSON,
        "{\n \"operation\": \"enablekey\",\n \"keys\": [\n \"2387500d-bcac-4055-a48d-19592c3332ff\",\n \"2387500d-bcac-4055-a48d-19592c3332fg\"\n ]\n}",
        ("/operation", "\"enablekey\""),
    ),
    ("GET", "aws/bulkjob", ANY, "", ("/limit", "10")),
    (
        "GET",
        "aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0",
        ANY,
        "",
        ENDED,
    ),
    (
        "POST",
        "aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0/cancel",
        ANY,
        "",
        ABORTED,
    ),
    (
        "GET",
        "azure/synchronization-jobs?skip=0&limit=10",
        ANY,
        "",
        LISTED,
    ),
    (
        "POST",
        "azure/synchronization-jobs",
        JSON,
        "{\n \"key_vaults\": [\"bedb82b9-582c-402d-9874-f3368722cf46\"],\n \"synchronize_all\": false\n}",
        ("/key_vaults", "[\"bedb82b9-582c-402d-9874-f3368722cf46\"]"),
    ),
    (
        "GET",
        "azure/certificates/synchronization-jobs?skip=0&limit=10",
        ACCEPT,
        "",
        LISTED,
    ),
    (
        "GET",
        "azure/certificates/synchronization-jobs/1f413972-499e-498c-9543-77c2da7d71e4",
        ACCEPT,
        "",
        ENDED,
    ),
    (
        "GET",
        "azure/secrets/synchronization-jobs?skip=0&limit=10",
        ACCEPT,
        "",
        LISTED,
    ),
    (
        "POST",
        "azure/bulkjobs",
        ANY,
        "",
        ("/operation", "\"delete-key-backups\""),
    ),
    // Printed with -X POST.
    (
        "GET",
        "azure/bulkjobs/ee4482eb-0b97-4702-8ef6-7e86df66eaa5",
        ANY,
        "",
        ENDED,
    ),
    (
        "GET",
        "google/synchronization-jobs?skip=0&limit=10",
        ANY,
        "",
        LISTED,
    ),
    (
        "GET",
        "google/synchronization-jobs/1f1d1b1b-a17c-486f-b864-db894af6efac",
        ANY,
        "",
        RUNNING,
    ),
    (
        "POST",
        "google/synchronization-jobs",
        JSON,
        SYNC_ALL,
        RUNNING,
    ),
    (
        "POST",
        "google/synchronization-jobs/c48cdf05-3752-400f-ae3e-41826dedd862/cancel",
        ANY,
        "",
        ABORTED,
    ),
    // Said to be a get.
    (
        "POST",
        "google/update-all-versions-jobs",
        JSON,
        "{\n  \"key_id\": \"ecc73bfb-7605-4263-abb8-84fe431d35fb\",\n  \"operation\": \"disable\"\n}",
        ("/key_id", "\"ecc73bfb-7605-4263-abb8-84fe431d35fb\""),
    ),
    // Said to be a post.
    (
        "GET",
        "google/update-all-versions-jobs/778a1024-dc18-49cb-833b-cfd6c000c090",
        ANY,
        "",
        ("/detailed_status/completed", "[\"2\",\"1\"]"),
    ),
    (
        "GET",
        "oci/synchronization-jobs?skip=0&limit=10",
        ACCEPT,
        "",
        LISTED,
    ),
    // The Syntax line has no -X POST, which makes it a list.
    ("GET", "sap/synchronization-jobs", ANY, "", LISTED),
    ("POST", "sap/synchronization-jobs", ANY, "", RUNNING),
    (
        "POST",
        "sap/keys/jobs",
        JSON,
        "{\n  \"id\": \"k\",\n  \"operation\": \"delete\",\n  \"delete_if_backup_fails\": true\n}",
        RUNNING,
    ),
    (
        "POST",
        "sfdc/keys/synchronization-jobs",
        JSON,
        SYNC_ALL,
        RUNNING,
    ),
    (
        "POST",
        "sfdc/keys/synchronization-jobs/c8d2f27b-fb4f-4557-b63c-00d4a1439c4a/cancel",
        ANY,
        "",
        ABORTED,
    ),
    ("POST", "dsm/refresh", JSON, REFRESH_ALL, RUNNING),
    (
        "GET",
        "dsm/refresh/8155fe39-570a-4132-92ca-e40b7640c7dc",
        ANY,
        "",
        (
            "/detailed_status",
            "{\"89c49e63-b5c9-46be-9371-0d8b0649e289\":\"in_progress\"}",
        ),
    ),
    (
        "POST",
        "dsm/refresh/8155fe39-570a-4132-92ca-e40b7640c7dc/cancel",
        ANY,
        "",
        ABORTED,
    ),
    ("POST", "external-cm/refresh", JSON, REFRESH_ALL, RUNNING),
    (
        "GET",
        "external-cm/refresh?skip=0&limit=10",
        ANY,
        "",
        LISTED,
    ),
    (
        "GET",
        "external-cm/refresh/8155fe39-570a-4132-92ca-e40b7640c7dc",
        ANY,
        "",
        RUNNING,
    ),
    (
        "POST",
        "external-cm/refresh/8155fe39-570a-4132-92ca-e40b7640c7dc/cancel",
        ANY,
        "",
        ABORTED,
    ),
];

/// The shop that the program shows, over HTTPS.
fn shop() -> Server {
    let noon = "2026-01-31T12:00:00Z".parse().unwrap();
    let simulator = Simulator::demo(1, 30, 10, noon);
    Server::start(Options {
        tls: true,
        world: World::new(simulator, Clock::Frozen(noon)),
        ..options()
    })
}

/// The command of the page about the REST API, with the simulator's password.
fn sign_in(server: &Server, body: &str) -> Answer {
    let headers = format!("User-Agent: curl/8.5.0\r\n{JSON}");
    server
        .send("POST", "/api/v1/auth/tokens/", &headers, body)
        .unwrap()
}

#[test]
fn every_documented_command_works_as_it_stands() {
    let server = shop();
    let reply = sign_in(
        &server,
        &format!("{{\"name\":\"admin\",\"password\":\"{ADMIN_PASSWORD}\"}}"),
    );
    assert_eq!(
        (reply.status, &reply.json()["duration"]),
        (200, &300.into())
    );
    let jwt = reply.json()["jwt"].as_str().unwrap().to_owned();
    for (method, path, headers, body, (pointer, expected)) in COMMANDS {
        let headers = format!("Authorization: Bearer {jwt}\r\n{COMPRESSED}{headers}");
        let target = format!("/api/v1/cckm/{path}");
        let answer = server.send(method, &target, &headers, body).unwrap();
        let started = *method == "POST" && !path.ends_with("/cancel");
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(
            answer.status,
            if started { 201 } else { 200 },
            "{method} {path}: {text}"
        );
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let value = answer.json();
        let found = value.pointer(pointer).map(ToString::to_string);
        assert_eq!(found.as_deref(), Some(*expected), "{method} {path}: {text}");
        if started {
            let id = value["id"].as_str().unwrap();
            let read = server.send("GET", &format!("{target}/{id}"), &headers, "");
            assert_eq!(read.unwrap().json()["id"], id, "{path}");
        }
    }
}

#[test]
fn the_documented_sign_in_takes_a_domain() {
    let server = shop();
    let body =
        format!("{{\"name\":\"admin\",\"password\":\"{ADMIN_PASSWORD}\", \"domain\":\"emea\"}}");
    let reply = sign_in(&server, &body);
    assert_eq!(reply.status, 200);
    let jwt = reply.json()["jwt"].as_str().unwrap().to_owned();
    let headers = format!("Authorization: Bearer {jwt}\r\n");
    let domain = server.send("GET", "/api/v1/domain", &headers, "").unwrap();
    assert_eq!(domain.json()["name"], "emea");
}

#[test]
fn a_token_of_the_documentation_has_long_expired() {
    let server = shop();
    for token in ["AUTHTOKEN", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.AAAA"] {
        let headers = format!("Authorization: Bearer {token}\r\n{ANY}");
        let answer = server.send("GET", "/api/v1/cckm/aws/bulkjob", &headers, "");
        assert_eq!(answer.unwrap().status, 401);
    }
}
