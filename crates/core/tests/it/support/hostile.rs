//! A server that may break every rule of the API: any envelope, any subset of rows, any status, lag, repeats, and any
//! answer to a start. It records what it has sent and done, for comparison with what the console makes of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cckm_core::api::error::{ApiError, check_response};
use cckm_core::api::request::{Method, Request};
use cckm_core::api::response::Response;
use cckm_core::family::Family;
use cckm_core::format::json::quote;
use serde_json::Value;

pub use crate::support::hostile_rules::{Act, Limit, Rules, Total, acts, rules};

/// When a server begins, in seconds of its day.
const START: i64 = 36_000;
/// The beginning of its day, in seconds since 1970: 2026-11-21.
const DAY: i64 = 1_795_219_200;
/// How the id of a job begins that was started.
const STARTED: &str = "started-";

/// A job as the server knows it. All times are in seconds of its day.
#[derive(Clone, Debug)]
pub struct ServerJob {
    /// The path of its list.
    list: &'static str,
    id: Option<String>,
    created: i64,
    /// When the last node knows it.
    listed: i64,
    ends: i64,
    /// Its last status.
    word: &'static str,
    pub keys: Vec<String>,
    /// The members of its request, as JSON.
    request: String,
}

impl ServerJob {
    pub fn word_at(&self, time: i64) -> &'static str {
        if time < self.ends { "in_progress" } else { self.word }
    }

    fn is_started(&self) -> bool {
        self.id.as_ref().is_some_and(|id| id.starts_with(STARTED))
    }

    fn json(&self, time: i64, skew: i64) -> String {
        let id = self.id.as_ref().map_or(String::new(), |id| format!(r#""id":{},"#, quote(id)));
        let done = |key: &String| format!(r#"{}:"Success""#, quote(key));
        let done: Vec<String> = self.keys.iter().map(done).collect();
        let items = if time < self.ends { String::new() } else { done.join(",") };
        format!(
            r#"{{{id}"createdAt":"{}","updatedAt":"{}","overall_status":"{}",{},"detailed_status":{{{items}}}}}"#,
            instant(self.created),
            instant(self.created.max(time.min(self.ends)) + skew),
            self.word_at(time),
            self.request
        )
    }
}

/// The keys of a bulk operation, or the items of a synchronization, in a request.
fn requested_keys(body: &Value) -> Vec<String> {
    let list = |member: &str| -> Vec<String> {
        let list = body[member].as_array().into_iter().flatten();
        list.map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let regions = list("regions");
    let items_of = |kms: String| -> Vec<String> {
        regions.iter().map(|region| format!("{kms}/{region}")).collect()
    };
    list("keys").into_iter().chain(list("kms").into_iter().flat_map(items_of)).collect()
}

fn instant(time: i64) -> String {
    let (day, time) = (21 + time.div_euclid(86_400), time.rem_euclid(86_400));
    format!("2026-11-{day:02}T{:02}:{:02}:{:02}Z", time / 3_600, time / 60 % 60, time % 60)
}

/// The server, and what it has sent and done.
#[derive(Clone, Debug)]
pub struct Server {
    pub rules: Rules,
    /// What it does next, again and again. Without any it is honest.
    pub acts: Vec<Act>,
    pub jobs: Vec<ServerJob>,
    pub now: i64,
    /// How many requests it got.
    pub requests: usize,
    /// The statuses in which it has sent each job of a list, by the path of the list and the id.
    pub sent: BTreeMap<(String, String), BTreeSet<&'static str>>,
    /// The ids in the last list, and the number of elements in it that are no jobs.
    pub last: (Vec<Option<String>>, usize),
    /// How often a start for each key was carried out, as requested.
    pub carried_out: HashMap<String, usize>,
    answers: HashMap<String, (String, Vec<Element>)>,
}

/// An element of a list: the id of a job and its status, or something else.
type Element = Option<(Option<String>, &'static str)>;

impl Server {
    /// A server with `count` jobs in each of `lists`. `seed` chooses their times.
    pub fn new(
        rules: Rules,
        acts: Vec<Act>,
        lists: &[&'static str],
        count: usize,
        seed: i64,
    ) -> Self {
        let job = |list: &'static str, at: i64| {
            let created = START - (at * 7_919 + seed) % (10 * seed.max(1));
            ServerJob {
                list,
                id: (!rules.has_odd_rows || at % 6 != 3).then(|| format!("{at}")),
                created,
                listed: created,
                ends: if at % 3 == 0 { START + at * 11 % 200 } else { created },
                word: match at % 5 {
                    0 => "completed",
                    1 => "failed",
                    2 => "FAILED",
                    3 => "Completed",
                    _ => "paused",
                },
                keys: vec![format!("other {at}")],
                request: format!(r#""operation":"enablekey","keys":["other {at}"]"#),
            }
        };
        let counted = || (0..).take(count);
        let jobs = lists.iter().flat_map(|list| counted().map(move |at| job(list, at))).collect();
        Self {
            rules,
            acts,
            jobs,
            now: START,
            requests: 0,
            sent: BTreeMap::new(),
            last: (Vec::new(), 0),
            carried_out: HashMap::new(),
            answers: HashMap::new(),
        }
    }

    /// Its answer to `request`, as the console's client reports it.
    pub fn answer(&mut self, request: &Request) -> Result<Response, ApiError> {
        let count = self.acts.len();
        let act = self.acts.get(self.requests % count.max(1)).cloned().unwrap_or(Act::Honest);
        self.requests += 1;
        let (status, body) = self.act(request, &act);
        match act {
            Act::LosesAnswer | Act::LosesRequest => {
                Err(ApiError::Unreachable { detail: String::new() })
            }
            Act::Fails(status) => respond(status, r#"{"code":"x","message":"no"}"#, self.now),
            Act::Speaks => respond(200, r#""done""#, self.now),
            _ => respond(status, &body, self.now),
        }
    }

    fn act(&mut self, request: &Request, act: &Act) -> (u16, String) {
        let path = request.path.strip_prefix("v1/cckm/").unwrap();
        if request.method == Method::Post {
            return self.start(path, request.body.as_deref().unwrap(), act);
        }
        if request.parameter("limit").is_some() {
            return (200, self.list(path, request, act));
        }
        let (time, skew) =
            if let Act::Lags(lag, skew) = act { (self.now - lag, *skew) } else { (self.now, 0) };
        let (list, id) = path.rsplit_once('/').unwrap();
        let is_it = |job: &&ServerJob| job.list == list && job.id.as_deref() == Some(id);
        match self.jobs.iter().find(is_it).filter(|job| job.listed <= time) {
            Some(job) => (200, job.json(time, skew)),
            None => (404, r#"{"code":"x","message":"no such job"}"#.to_owned()),
        }
    }

    /// Carries out the start `body` of a job in the list `path`, unless it is lost or refused, and returns the status
    /// and the body of the answer.
    fn start(&mut self, path: &str, body: &str, act: &Act) -> (u16, String) {
        if matches!(act, Act::LosesRequest | Act::Fails(..500)) {
            return (201, String::new());
        }
        let runs = |job: &ServerJob| job.is_started() && job.ends > self.now;
        if self.rules.is_exclusive && self.jobs.iter().any(runs) {
            return (409, r#"{"code":"x","message":"another one runs"}"#.to_owned());
        }
        let keys = requested_keys(&serde_json::from_str(body).unwrap());
        for key in &keys {
            *self.carried_out.entry(key.clone()).or_default() += 1;
        }
        let times = if matches!(act, Act::Repeats) { 2 } else { 1 };
        for _ in 0..times {
            let id = format!("{STARTED}{}", self.jobs.len());
            self.jobs.push(ServerJob {
                list: Family::by_path(path).unwrap().path,
                id: Some(id),
                created: self.now,
                listed: self.now + if let Act::Lags(lag, _) = act { *lag } else { 0 },
                ends: self.now + 40,
                word: "completed",
                keys: keys.clone(),
                request: body[1..body.len() - 1].to_owned(),
            });
        }
        (201, self.jobs.last().unwrap().json(self.now, 0))
    }

    fn list(&mut self, path: &str, request: &Request, act: &Act) -> String {
        if matches!(act, Act::LosesRequest | Act::LosesAnswer | Act::Fails(_) | Act::Speaks) {
            return String::new();
        }
        let known = self.answers.get(path).filter(|_| matches!(act, Act::Repeats)).cloned();
        let (body, elements) = known.unwrap_or_else(|| self.page(path, request, act));
        let jobs = elements.iter().flatten();
        self.last.0 = jobs.clone().map(|(id, _)| id.clone()).collect();
        self.last.1 = elements.len() - self.last.0.len();
        for (id, word) in jobs {
            if let Some(id) = id {
                self.sent.entry((path.to_owned(), id.clone())).or_default().insert(word);
            }
        }
        self.answers.insert(path.to_owned(), (body.clone(), elements));
        body
    }

    /// A page of the list `path`: its body, and its elements.
    fn page(&self, path: &str, request: &Request, act: &Act) -> (String, Vec<Element>) {
        let number = |name: &str| request.parameter(name).unwrap().parse::<usize>().unwrap();
        let (skip, limit) = (number("skip"), number("limit"));
        let (time, skew) =
            if let Act::Lags(lag, skew) = act { (self.now - lag, *skew) } else { (self.now, 0) };
        let elements = self.elements(path, request, time);
        let from = if self.rules.ignores_position { 0 } else { skip };
        let total = elements.len();
        let mut sent: Vec<Option<&ServerJob>> =
            elements.into_iter().skip(from).take(limit.min(self.rules.max_rows)).collect();
        match act {
            Act::Drops(of) => {
                let mut at = 0;
                sent.retain(|_| {
                    at += 1;
                    at % of != 0
                });
            }
            Act::Rotates(by) if !sent.is_empty() => {
                let by = by % sent.len();
                sent.rotate_left(by);
            }
            _ => {}
        }
        let resources: Vec<String> = sent
            .iter()
            .map(|job| job.map_or("null".to_owned(), |job| job.json(time, skew)))
            .collect();
        let total = match self.rules.total {
            Total::True => format!(r#""total":{total},"#),
            Total::Wrong(total) => format!(r#""total":{total},"#),
            Total::Missing => String::new(),
        };
        let limit = match self.rules.limit {
            Limit::Missing => String::new(),
            Limit::Requested => format!(r#""skip":{skip},"limit":{limit},"#),
            Limit::Sent => format!(r#""skip":{from},"limit":{},"#, sent.len()),
            Limit::One => r#""skip":0,"limit":1,"#.to_owned(),
        };
        let element = |job: Option<&ServerJob>| job.map(|job| (job.id.clone(), job.word_at(time)));
        let body = format!(r#"{{{total}{limit}"resources":[{}]}}"#, resources.join(","));
        (body, sent.into_iter().map(element).collect())
    }

    /// The elements of the list `path` that match `request`, as a node knows them at `time`.
    fn elements(&self, path: &str, request: &Request, time: i64) -> Vec<Option<&ServerJob>> {
        let status = request.parameter("overall_status").filter(|_| !self.rules.ignores_filter);
        let is_listed = |job: &&ServerJob| {
            let has_status =
                status.is_none_or(|status| job.word_at(time).eq_ignore_ascii_case(status));
            job.list == path && job.listed <= time && has_status
        };
        let mut jobs: Vec<&ServerJob> = self.jobs.iter().filter(is_listed).collect();
        if self.rules.sorts && request.parameter("sort").is_some() {
            jobs.sort_by_key(|job| std::cmp::Reverse(job.created));
        }
        let mut elements = Vec::new();
        for (at, job) in jobs.into_iter().enumerate() {
            elements.push(Some(job));
            if self.rules.has_odd_rows && at % 5 == 4 {
                elements.extend([None; 3]);
            }
        }
        elements
    }

    /// The ids that a page of the list `path` may hold, of jobs with `status` if that is not empty.
    pub fn ids(&self, path: &str, status: &str) -> BTreeSet<String> {
        let is_listed = |job: &&ServerJob| {
            let is_wanted = status.is_empty() || self.rules.ignores_filter;
            job.list == path && (is_wanted || job.word_at(self.now).eq_ignore_ascii_case(status))
        };
        self.jobs.iter().filter(is_listed).filter_map(|job| job.id.clone()).collect()
    }

    /// The ids of the jobs for exactly these keys.
    pub fn jobs_for(&self, keys: &[String]) -> BTreeSet<String> {
        let jobs = self.jobs.iter().filter(|job| job.keys == keys);
        jobs.filter_map(|job| job.id.clone()).collect()
    }
}

fn respond(status: u16, body: &str, now: i64) -> Result<Response, ApiError> {
    check_response(Response {
        status,
        content_type: Some("application/json".to_owned()),
        retry_after: None,
        server_time_ms: Some((DAY + now) * 1_000),
        challenge: None,
        body: body.as_bytes().to_vec(),
    })
}
