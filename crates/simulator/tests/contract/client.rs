//! A client of the pure core with a clock of its own.

use std::time::Duration;

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use cckm_simulator::http::{Request, Response};
use cckm_simulator::{Simulator, Timestamp};
use serde_json::{Value, json};

/// Somebody who may or may not be signed in.
pub struct Client {
    pub sim: Simulator,
    pub now: Timestamp,
    pub jwt: Option<String>,
}

pub fn noon() -> Timestamp {
    "2026-01-31T12:00:00.25Z".parse().unwrap()
}

impl Client {
    /// Nobody yet.
    pub fn stranger() -> Self {
        Self {
            sim: Simulator::new(1),
            now: noon(),
            jwt: None,
        }
    }

    /// The administrator, with a token that outlives every test.
    pub fn admin() -> Self {
        Self::user(ADMIN_USER, ADMIN_PASSWORD)
    }

    pub fn user(name: &str, password: &str) -> Self {
        let mut client = Self::stranger();
        let usual = client.sim.auth.lifetimes;
        client.sim.auth.lifetimes.jwt = Duration::from_secs(100 * 365 * 24 * 3600);
        client.sign_in(&json!({"username": name, "password": password}));
        client.sim.auth.lifetimes = usual;
        client
    }

    /// Trades a body for a token, which must work.
    pub fn sign_in(&mut self, body: &Value) -> Value {
        let (status, reply) = self.token(body);
        assert_eq!(status, 200, "{reply}");
        self.jwt = Some(reply["jwt"].as_str().unwrap().to_owned());
        reply
    }

    pub fn token(&mut self, body: &Value) -> (u16, Value) {
        let jwt = self.jwt.take();
        let answer = self.send("POST", "/api/v1/auth/tokens/", Some(body));
        self.jwt = jwt;
        answer
    }

    pub fn later(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
    }

    /// Below `/api/v1/cckm/`.
    pub fn get(&mut self, path: &str) -> (u16, Value) {
        self.send("GET", &format!("/api/v1/cckm/{path}"), None)
    }

    pub fn post(&mut self, path: &str, body: &Value) -> (u16, Value) {
        self.send("POST", &format!("/api/v1/cckm/{path}"), Some(body))
    }

    /// A GET that must work.
    pub fn read(&mut self, path: &str) -> Value {
        let (status, value) = self.get(path);
        assert_eq!(status, 200, "{path}: {value}");
        value
    }

    /// The ids of a list.
    pub fn ids(&mut self, path: &str) -> Vec<String> {
        let list = self.read(path);
        let jobs = list["resources"].as_array().unwrap();
        jobs.iter()
            .map(|job| job["id"].as_str().unwrap().to_owned())
            .collect()
    }

    pub fn send(&mut self, method: &str, target: &str, body: Option<&Value>) -> (u16, Value) {
        let mut request = Request::new(method, target).header("Accept", "application/json");
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        let response = self.raw(request);
        let value = serde_json::from_slice(&response.body).unwrap_or(Value::Null);
        (response.status, value)
    }

    pub fn raw(&mut self, mut request: Request) -> Response {
        if let Some(jwt) = &self.jwt {
            request = request.header("Authorization", &format!("Bearer {jwt}"));
        }
        self.sim.handle(self.now, &request)
    }
}
