//! The known clients of the API, request by request, as CONTRACT.md describes them (3, 6 to 8): over HTTPS
//! with a self-signed certificate.

use std::time::Duration;

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use cckm_simulator::job::{Items, Job};
use cckm_simulator::server::Options;
use serde_json::{Value, json};

use crate::support::{Answer, TestServer, id, options, strings};

const SLASH: &str = "/api/v1/auth/tokens/";
const NO_SLASH: &str = "/api/v1/auth/tokens";

/// A client with its token.
struct Client {
    server: TestServer,
    jwt: String,
}

impl Client {
    /// Not signed in, at an appliance with 45 ended bulk jobs, `j00` the oldest.
    fn new() -> Self {
        let server = TestServer::start(Options { tls: true, ..options() });
        let now = server.server.now();
        server.server.with_world(|world| {
            for index in 0..45_u64 {
                let began = now - Duration::from_secs(100_000 - index * 60);
                let id = format!("j{index:02}");
                let job = Job::new("aws/bulkjob", &id, began, Items::named(["k"])).unwrap();
                world.simulator.add(job);
            }
        });
        Self { server, jwt: String::new() }
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        let headers = format!(
            "Authorization: Bearer {}\r\nAccept: application/json\r\nContent-Type: application/json\r\n",
            self.jwt
        );
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.server.send(method, path, &headers, &body).unwrap()
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", &format!("/api/v1/cckm/{path}"), &Value::Null)
    }

    fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", &format!("/api/v1/cckm/{path}"), body)
    }

    /// Requests a token, and stores it if there is one.
    fn token(&mut self, path: &str, body: &Value) -> (u16, Value) {
        let accept = "Accept: application/json\r\nContent-Type: application/json\r\n";
        let answer = self.server.send("POST", path, accept, &body.to_string());
        let (status, reply) = answer.map(|answer| (answer.status, answer.json())).unwrap();
        if let Some(jwt) = reply["jwt"].as_str() {
            jwt.clone_into(&mut self.jwt);
        }
        (status, reply)
    }

    fn advance(&self, seconds: u64) {
        self.server.server.advance(Duration::from_secs(seconds));
    }
}

fn ids(list: &Value) -> Vec<String> {
    strings(list, "id")
}

/// The metrics exporter: signs in by `name`, sends no grant type, and signs in again after a 401.
#[test]
fn metrics_exporter_signs_in_again_after_a_401() {
    let mut client = Client::new();
    let body = json!({"name": ADMIN_USER, "password": ADMIN_PASSWORD});
    assert_eq!(client.token(SLASH, &body).0, 200);
    assert_eq!(client.get("aws/bulkjob?sort=-createdAt&limit=1").status, 200);
    client.advance(301);
    assert_eq!(client.get("aws/bulkjob").status, 401);
    assert_eq!(client.token(SLASH, &body).0, 200);
    assert_eq!(client.get("aws/bulkjob").status, 200);
}

/// The Terraform provider: no slash, everything in one page, and a refresh with rotation when less than
/// 60 seconds are left.
#[test]
fn terraform_provider_lists_everything_and_refreshes_in_time() {
    let mut client = Client::new();
    let body = json!({"grant_type": "password", "username": ADMIN_USER, "password": ADMIN_PASSWORD,
        "auth_domain": "", "domain": ""});
    let (_, first) = client.token(NO_SLASH, &body);
    let list = client.get("aws/bulkjob?limit=-1").json();
    assert_eq!((&list["limit"], &list["total"]), (&json!(-1), &json!(46)));
    assert_eq!(ids(&list).len(), 46);
    client.advance(241);
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"],
        "renew_refresh_token": true});
    let (status, second) = client.token(NO_SLASH, &refresh);
    assert_eq!(status, 200);
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    client.advance(241);
    assert_eq!(client.get("aws/bulkjob").status, 200);
    assert_eq!(client.token(NO_SLASH, &refresh).0, 401, "used up");
    assert_eq!(client.token(NO_SLASH, &body).0, 200);
}

/// The Ansible collection: a slash before the query, starts a job, polls every ten seconds while it is in
/// progress, cancels without a body, accepts an empty response.
#[test]
fn ansible_collection_starts_a_job_and_waits_for_it() {
    let mut client = Client::new();
    let body = json!({"grant_type": "password", "username": ADMIN_USER,
        "password": ADMIN_PASSWORD, "connection": "local_account", "domain": "root"});
    assert_eq!(client.token(SLASH, &body).0, 200);
    for family in ["aws/bulkjob", "azure/synchronization-jobs", "oci/synchronization-jobs"] {
        let list = client.get(&format!("{family}/?skip=0&limit=1"));
        assert_eq!((list.status, &list.json()["limit"]), (200, &json!(1)));
    }
    let body = json!({"key_rings": ["a", "b", "c", "d"]});
    let job = client.post("google/synchronization-jobs/", &body).json();
    let path = format!("google/synchronization-jobs/{}", id(&job));
    let running = |client: &Client| client.get(&path).json()["overall_status"] == "in_progress";
    let mut tries = 0;
    while running(&client) && tries < 30 {
        client.advance(10);
        tries += 1;
    }
    assert_eq!(tries, 1);
    assert_eq!(client.get(&path).json()["overall_status"], "completed");
    let body =
        json!({"operation": "delete-key-backups", "delete_key_backups_param": {"key_id": "k"}});
    let job = client.post("azure/bulkjobs", &body).json();
    let path = format!("azure/bulkjobs/{}", id(&job));
    let cancelled = client.post(&format!("{path}/cancel"), &Value::Null);
    assert_eq!((cancelled.status, &cancelled.json()["abort"]), (200, &json!(true)));
    client.advance(60);
    let gone = client.send("DELETE", &format!("/api/v1/cckm/{path}"), &Value::Null);
    assert_eq!((gone.status, gone.body.len()), (204, 0));
}

/// The Python SDK: reads `refresh_token_id` and the header with the processing time. It pages by
/// `n*limit+1`, which drops the record after the first page; `n*limit` drops none.
#[test]
fn python_sdk_pages_by_number() {
    let mut client = Client::new();
    let body = json!({"grant_type": "password", "username": ADMIN_USER,
        "password": ADMIN_PASSWORD, "labels": ["sdk"], "cookies": false});
    let (_, reply) = client.token(SLASH, &body);
    assert!(reply["refresh_token_id"].is_string());
    let page = |first: usize| client.get(&format!("aws/bulkjob?skip={first}&limit=10"));
    assert!(page(0).header("x-processing-time").unwrap().parse::<f64>().is_ok());
    let all = |start: fn(usize) -> usize| -> usize {
        (0..5).map(|n| ids(&page(start(n)).json()).len()).sum()
    };
    assert_eq!(all(|n| 10 * n), 46);
    assert_eq!(all(|n| 10 * n + usize::from(n > 0)), 45, "a defect of the client");
    assert_eq!(ids(&client.get("aws/bulkjob?limit=1000").json()).len(), 46);
}

/// The skills: page until `skip` reaches `total`, read the domains, and request a token for each.
#[test]
fn skills_read_the_jobs_of_every_domain() {
    let mut client = Client::new();
    let login = |domain: &Value| {
        json!({"grant_type": "password", "username": ADMIN_USER, "password": ADMIN_PASSWORD,
            "domain": domain})
    };
    assert_eq!(client.token(SLASH, &login(&Value::Null)).0, 200);
    let domains = client.send("GET", "/api/v1/auth/self/domains", &Value::Null);
    let mut found = Vec::new();
    for domain in domains.json()["resources"].as_array().unwrap() {
        assert_eq!(client.token(SLASH, &login(&domain["id"])).0, 200);
        let (mut skip, mut jobs) = (0, Vec::new());
        loop {
            let list = client.get(&format!("aws/bulkjob?skip={skip}&limit=20")).json();
            jobs.extend(ids(&list));
            skip += 20;
            if skip >= list["total"].as_u64().unwrap() {
                break;
            }
        }
        jobs.sort();
        jobs.dedup();
        found.push((domain["name"].clone(), jobs.len()));
    }
    assert_eq!(found, [(json!("root"), 46), (json!("emea"), 0)]);
}

/// The web console's own sign-in, and clients with other `Accept` headers.
#[test]
fn web_console_signs_in_and_clients_without_json_are_refused() {
    let mut client = Client::new();
    let body = json!({"username": ADMIN_USER, "connection": "local_account",
        "password": ADMIN_PASSWORD, "grant_type": "password",
        "refresh_token_revoke_unused_in": 30, "cookies": true, "labels": ["web-ui"]});
    let (status, reply) = client.token(SLASH, &body);
    assert_eq!((status, &reply["refresh_token_expires_in"]), (200, &json!(1799)));
    for (accept, status) in [("text/html", 400), ("*/*", 200), ("text/html, */*;q=0.8", 200)] {
        let headers = format!("Authorization: Bearer {}\r\nAccept: {accept}\r\n", client.jwt);
        let answer = client.server.send("GET", "/api/v1/cckm/aws/bulkjob", &headers, "");
        assert_eq!(answer.unwrap().status, status, "{accept}");
    }
}
