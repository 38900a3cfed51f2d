//! A client of the pure core with its own clock.

use std::time::Duration;

use cckm_simulator::fault::Fault;
use cckm_simulator::message::{Request, Response};
use cckm_simulator::{Simulator, Timestamp, http};
use serde_json::Value;

use super::credentials;

/// A client, signed in or not.
pub struct Client {
    pub sim: Simulator,
    pub now: Timestamp,
    pub jwt: Option<String>,
}

/// The time at which every test starts, a Saturday.
pub fn noon() -> Timestamp {
    "2026-01-31T12:00:00.25Z".parse().unwrap()
}

/// A request with a body.
pub fn request(method: &str, target: &str, body: impl Into<Vec<u8>>) -> Request {
    http::Request::builder().method(method).uri(target).body(body.into()).unwrap()
}

/// The status of a reply and the member `code` of its error.
pub fn code((status, error): &(u16, Value)) -> (u16, Option<u64>) {
    (*status, error["code"].as_u64())
}

/// A header of a response, which must have it.
pub fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers()[name].to_str().unwrap()
}

/// The id of a resource.
pub fn id(resource: &Value) -> &str {
    resource["id"].as_str().unwrap()
}

/// A member of all resources in a list.
pub fn strings(list: &Value, member: &str) -> Vec<String> {
    let resources = list["resources"].as_array().unwrap();
    let text = |resource: &Value| resource[member].as_str().unwrap().to_owned();
    resources.iter().map(text).collect()
}

impl Client {
    /// A client that is not signed in.
    pub fn anonymous() -> Self {
        Self { sim: Simulator::new(1), now: noon(), jwt: None }
    }

    /// The administrator, with a token that does not expire during a test.
    pub fn admin() -> Self {
        Self::signed_in(&credentials())
    }

    /// The administrator of a server with this fault.
    pub fn admin_with(fault: Fault) -> Self {
        let mut client = Self::admin();
        client.sim.faults.push(fault);
        client
    }

    /// A user, with a token that does not expire during a test.
    pub fn signed_in(body: &Value) -> Self {
        let mut client = Self::anonymous();
        let lifetimes = client.sim.auth.lifetimes;
        client.sim.auth.lifetimes.jwt = Duration::from_secs(100 * 365 * 24 * 3600);
        client.sign_in(body);
        client.sim.auth.lifetimes = lifetimes;
        client
    }

    /// Signs in with the body of a token request, which must succeed.
    pub fn sign_in(&mut self, body: &Value) -> Value {
        let (status, reply) = self.token(body);
        assert_eq!(status, 200, "{reply}");
        self.jwt = Some(reply["jwt"].as_str().unwrap().to_owned());
        reply
    }

    /// Signs in as the administrator of a domain.
    pub fn sign_in_to(&mut self, domain: &str) -> Value {
        let mut body = credentials();
        body["domain"] = domain.into();
        self.sign_in(&body)
    }

    /// Requests a token without sending the current one.
    pub fn token(&mut self, body: &Value) -> (u16, Value) {
        let jwt = self.jwt.take();
        let reply = self.send("POST", "/api/v1/auth/tokens/", Some(body));
        self.jwt = jwt;
        reply
    }

    pub fn advance(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
    }

    /// GET below `/api/v1/cckm/`.
    pub fn get(&mut self, path: &str) -> (u16, Value) {
        self.send("GET", &format!("/api/v1/cckm/{path}"), None)
    }

    /// POST below `/api/v1/cckm/`.
    pub fn post(&mut self, path: &str, body: &Value) -> (u16, Value) {
        self.send("POST", &format!("/api/v1/cckm/{path}"), Some(body))
    }

    /// GET below `/api/v1/cckm/` that must succeed.
    pub fn read(&mut self, path: &str) -> Value {
        self.read_target(&format!("/api/v1/cckm/{path}"))
    }

    /// GET that must succeed.
    pub fn read_target(&mut self, target: &str) -> Value {
        let (status, value) = self.send("GET", target, None);
        assert_eq!(status, 200, "{target}: {value}");
        value
    }

    /// Starts a job, which must succeed; returns it and its path.
    pub fn start(&mut self, family: &str, body: &Value) -> (Value, String) {
        let (status, job) = self.post(family, body);
        assert_eq!(status, 201, "{family} {body}: {job}");
        let path = format!("{family}/{}", id(&job));
        (job, path)
    }

    /// The ids in a list of jobs.
    pub fn ids(&mut self, path: &str) -> Vec<String> {
        strings(&self.read(path), "id")
    }

    /// The member `total` of a list of jobs.
    pub fn total(&mut self, path: &str) -> u64 {
        self.read(path)["total"].as_u64().unwrap()
    }

    /// The status of a request without a body.
    pub fn status(&mut self, method: &str, target: &str) -> u16 {
        self.send(method, target, None).0
    }

    pub fn send(&mut self, method: &str, target: &str, body: Option<&Value>) -> (u16, Value) {
        let body = body.map(ToString::to_string).unwrap_or_default();
        let mut request = request(method, target, body);
        let accept = http::HeaderValue::from_static("application/json");
        request.headers_mut().insert(http::header::ACCEPT, accept);
        let response = self.raw(request);
        let value = serde_json::from_slice(response.body()).unwrap_or(Value::Null);
        (response.status().as_u16(), value)
    }

    /// Sends a request with the current token and no other header.
    pub fn raw(&mut self, mut request: Request) -> Response {
        if let Some(jwt) = &self.jwt {
            let value = format!("Bearer {jwt}").parse().unwrap();
            request.headers_mut().insert(http::header::AUTHORIZATION, value);
        }
        self.sim.handle(self.now, &request)
    }
}
