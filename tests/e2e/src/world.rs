//! Control of the simulator: its time, jobs, faults, and the requests it has received.

use std::time::Duration;

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use cckm_simulator::fault::Fault;
use cckm_simulator::http::Request;
use cckm_simulator::job::Job;
use cckm_simulator::{Simulator, Timestamp};
use serde_json::{Value, json};

use crate::page::Page;

impl Page {
    /// Changes or reads the simulator; requests wait in the meantime.
    pub fn simulator<T>(&self, access: impl FnOnce(&mut Simulator) -> T) -> T {
        self.server.with_world(|world| access(&mut world.simulator))
    }

    /// The server's time.
    pub fn now(&self) -> Timestamp {
        self.server.now()
    }

    /// Moves the server's clock forward. The browser's clock does not move with it.
    pub fn advance(&self, by: Duration) {
        self.server.advance(by);
    }

    /// Adds a fault that applies before those already there.
    pub fn add_fault(&self, fault: Fault) {
        self.simulator(|simulator| simulator.faults.insert(0, fault));
    }

    /// Removes all faults but the one that serves `config.json`.
    pub fn clear_faults(&self) {
        let is_config = |fault: &Fault| fault.path == "config.json";
        self.simulator(|simulator| simulator.faults.retain(is_config));
    }

    /// Adds jobs.
    pub fn add_jobs(&self, jobs: impl IntoIterator<Item = Job>) {
        self.simulator(|simulator| simulator.add_all(jobs));
    }

    /// The requests to the API since [`Page::clear_requests`], oldest first, such as
    /// `GET /api/v1/cckm/aws/bulkjob?skip=0&limit=20`.
    pub fn requests(&self) -> Vec<String> {
        self.simulator(|simulator| {
            let records = simulator.requests.iter();
            let records = records.filter(|record| record.path.starts_with("/api/"));
            let lines = records.map(|record| {
                let mark = if record.query.is_empty() { "" } else { "?" };
                format!("{} {}{mark}{}", record.method, record.path, record.query)
            });
            lines.collect()
        })
    }

    /// How many requests contain a text.
    pub fn count_requests(&self, part: &str) -> usize {
        let requests = self.requests();
        requests.iter().filter(|request| request.contains(part)).count()
    }

    /// How many requests to the API got this status.
    pub fn count_responses(&self, status: u16) -> usize {
        self.simulator(|simulator| {
            let records = simulator.requests.iter();
            let records = records.filter(|record| record.path.starts_with("/api/"));
            records.filter(|record| record.status == status).count()
        })
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.simulator(|simulator| simulator.requests.clear());
    }

    /// Waits until a request contains a text.
    pub async fn wait_for_request(&self, part: &str) {
        let is_there = async || self.count_requests(part) > 0;
        self.wait_until(&format!("a request contains {part}"), is_there).await;
    }

    /// Waits until the page awaits no answer.
    pub async fn wait_until_idle(&self) {
        let idle = "return document.querySelector('.refresh__busy--on, [aria-busy=true]') === null";
        let is_idle = async || self.eval(idle, &[]).await == true;
        self.wait_until("no request is pending", is_idle).await;
    }

    /// A new token of the administrator, as one would paste it.
    pub fn api_token(&self) -> String {
        let body =
            json!({ "grant_type": "password", "username": ADMIN_USER, "password": ADMIN_PASSWORD });
        let request = Request::post("/api/v1/auth/tokens/")
            .header("Content-Type", "application/json")
            .body(body.to_string().into_bytes())
            .expect("the request is valid");
        let now = self.now();
        let answer = self.simulator(|simulator| simulator.handle(now, &request));
        let answer: Value = serde_json::from_slice(answer.body()).expect("the answer is JSON");
        answer["jwt"].as_str().expect("the answer holds a token").to_owned()
    }
}
