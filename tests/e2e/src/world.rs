//! Control of the simulator: its time, jobs, faults, and the requests it has received.

use std::time::Duration;

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use cckm_simulator::family::Family;
use cckm_simulator::fault::Fault;
use cckm_simulator::http::Request;
use cckm_simulator::job::Job;
use cckm_simulator::request_log::LoggedRequest;
use cckm_simulator::{SignedDuration, Simulator, Timestamp};
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

    /// Moves the server's clock forward or, by negative minutes, back, so that it differs from the
    /// browser's.
    pub fn shift_clock(&self, minutes: i64) {
        self.server.with_world(|world| world.clock.shift(SignedDuration::from_mins(minutes)));
    }

    /// Sets the tenants, one of which a sign-in must name from now on.
    pub fn require_tenant(&self, tenants: &[&str]) {
        let tenants = tenants.iter().map(ToString::to_string).collect();
        self.simulator(|simulator| simulator.behaviour.tenants = tenants);
    }

    /// Adds a fault that takes precedence over earlier ones.
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

    /// The jobs of a family in the root domain, the oldest first.
    pub fn jobs(&self, family: &Family) -> Vec<Job> {
        let all = Timestamp::MAX;
        self.simulator(|simulator| simulator.jobs.started(family, 0, all).cloned().collect())
    }

    /// Ends every session, so that the server refuses all tokens issued so far.
    pub fn end_sessions(&self) {
        self.simulator(|simulator| simulator.auth.revoke_all());
    }

    /// The requests to the API since [`Page::clear_requests`], oldest first, such as
    /// `GET /api/v1/cckm/aws/bulkjob?skip=0&limit=20`.
    pub fn requests(&self) -> Vec<String> {
        self.map_requests(|request| {
            let mark = if request.query.is_empty() { "" } else { "?" };
            format!("{} {}{mark}{}", request.method, request.path, request.query)
        })
    }

    fn map_requests<T>(&self, map: impl Fn(&LoggedRequest) -> T) -> Vec<T> {
        self.simulator(|simulator| {
            let requests = simulator.requests.iter();
            requests.filter(|request| request.path.starts_with("/api/")).map(map).collect()
        })
    }

    /// How many requests contain a text.
    pub fn count_requests(&self, part: &str) -> usize {
        let requests = self.requests();
        requests.iter().filter(|request| request.contains(part)).count()
    }

    /// How many requests to the API got this status.
    pub fn count_responses(&self, status: u16) -> usize {
        let statuses = self.map_requests(|request| request.status);
        statuses.into_iter().filter(|&other| other == status).count()
    }

    /// Removes the requests so far from the log.
    pub fn clear_requests(&self) {
        self.simulator(|simulator| simulator.requests.clear());
    }

    /// Waits until a request contains a text.
    pub async fn wait_for_request(&self, part: &str) {
        let is_there = async || self.count_requests(part) > 0;
        self.wait_until(&format!("a request contains {part}"), is_there).await;
    }

    /// Fails when the page sends a request to the API within a time, or has sent one since
    /// [`Page::clear_requests`].
    pub async fn assert_no_requests(&self, time: Duration) {
        self.assert_stays("no request is sent", time, async || self.requests().is_empty()).await;
    }

    /// Waits until the page awaits no answer.
    pub async fn wait_until_idle(&self) {
        let idle = "return document.querySelector('.refresh__busy--on, [aria-busy=true]') === null";
        let is_idle = async || self.eval(idle, &[]).await == true;
        self.wait_until("no request is pending", is_idle).await;
    }

    /// A new token of the administrator, to be pasted into the sign-in form.
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
