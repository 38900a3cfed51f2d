//! The hand on the simulator: its time, its faults, its jobs, and what it was asked.

use std::time::Duration;

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use cckm_simulator::fault::Fault;
use cckm_simulator::http::Request;
use cckm_simulator::job::Job;
use cckm_simulator::{Simulator, Timestamp};
use serde_json::{Value, json};

use crate::page::Page;

impl Page {
    /// Does something with the simulator; requests wait meanwhile.
    pub fn simulator<T>(&self, what: impl FnOnce(&mut Simulator) -> T) -> T {
        self.server.with_world(|world| what(&mut world.simulator))
    }

    /// The simulator's time.
    pub fn now(&self) -> Timestamp {
        self.server.now()
    }

    /// Moves the simulator's clock forward. The browser's own clock stays.
    pub fn advance(&self, by: Duration) {
        self.server.advance(by);
    }

    /// Lays a fault in the way of requests, before those that lie there.
    pub fn fault(&self, fault: Fault) {
        self.simulator(|simulator| simulator.faults.insert(0, fault));
    }

    /// Takes all faults away, but `config.json`, which is served by one.
    pub fn heal(&self) {
        let is_config = |fault: &Fault| fault.path == "config.json";
        self.simulator(|simulator| simulator.faults.retain(is_config));
    }

    /// Adds jobs.
    pub fn add(&self, jobs: impl IntoIterator<Item = Job>) {
        self.simulator(|simulator| simulator.add_all(jobs));
    }

    /// What the API was asked since [`Page::forget_requests`], the oldest first, as in
    /// `GET /api/v1/cckm/aws/bulkjob?skip=0&limit=20`.
    pub fn requests(&self) -> Vec<String> {
        let written = |simulator: &mut Simulator| {
            let records = simulator.requests.iter();
            let records = records.filter(|record| record.path.starts_with("/api/"));
            let written = records.map(|record| {
                let mark = if record.query.is_empty() { "" } else { "?" };
                format!("{} {}{mark}{}", record.method, record.path, record.query)
            });
            written.collect()
        };
        self.simulator(written)
    }

    /// How many requests contain this.
    pub fn count_requests(&self, containing: &str) -> usize {
        let requests = self.requests();
        let found = requests
            .iter()
            .filter(|request| request.contains(containing));
        found.count()
    }

    /// How many requests to the API were answered with this status.
    pub fn count_answers(&self, status: u16) -> usize {
        let count = |simulator: &mut Simulator| {
            let records = simulator.requests.iter();
            let records = records.filter(|record| record.path.starts_with("/api/"));
            records.filter(|record| record.status == status).count()
        };
        self.simulator(count)
    }

    /// A token of the administrator from elsewhere, as one would paste it.
    pub fn token(&self) -> String {
        let body =
            json!({ "grant_type": "password", "username": ADMIN_USER, "password": ADMIN_PASSWORD });
        let request = Request::new("POST", "/api/v1/auth/tokens/")
            .header("Content-Type", "application/json")
            .body(body.to_string());
        let now = self.now();
        let answer = self.simulator(|simulator| simulator.handle(now, &request));
        let answer: Value = serde_json::from_slice(&answer.body).expect("the answer is JSON");
        let token = answer["jwt"].as_str().expect("the answer holds a token");
        token.to_owned()
    }

    /// Forgets what was asked.
    pub fn forget_requests(&self) {
        self.simulator(|simulator| simulator.requests.clear());
    }

    /// Waits until no request is under way in the page.
    pub async fn is_still(&self) {
        let busy = "return document.querySelector('.refresh__busy--on, [aria-busy=true]') !== null";
        self.until("no request is under way", async || {
            self.js(busy, &[]).await == false
        })
        .await;
    }

    /// Waits until a request contains this, since [`Page::forget_requests`].
    pub async fn is_asked(&self, containing: &str) {
        self.until(&format!("a request contains {containing}"), async || {
            self.count_requests(containing) > 0
        })
        .await;
    }
}
