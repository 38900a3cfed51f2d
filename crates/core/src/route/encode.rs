//! Encodes a [`Route`] as a query.

use form_urlencoded::byte_serialize;

use crate::job::items_view::{ItemFilter, ItemOrder, ItemsView};
use crate::route::{
    ALL, AllJobsRoute, BatchRoute, DEFAULT_LIMIT, DEFAULT_SORT, JobListRoute, JobRoute, PROBLEMS,
    Route, StartRoute,
};

/// The query of `route`, with its `?`. The `/` is not percent-encoded, so that paths stay readable.
pub fn encode(route: &Route) -> String {
    let mut query = Query::default();
    match route {
        Route::JobList(jobs) => query.jobs(jobs),
        Route::Job(job) => query.job(job),
        Route::AllJobs(all) => query.all(all),
        Route::New => query.pair("new", "job"),
        Route::Start(start) => query.start(start),
        Route::Batch(batch) => query.batch(batch),
    }
    query.0
}

#[derive(Default)]
struct Query(String);

impl Query {
    fn jobs(&mut self, jobs: &JobListRoute) {
        self.pair("jobs", jobs.family.path);
        for (name, value) in &jobs.filters {
            self.pair(name, value);
        }
        if jobs.sort != DEFAULT_SORT && jobs.family.can_sort() {
            self.pair("sort", &jobs.sort);
        }
        if jobs.skip != 0 {
            self.pair("skip", &jobs.skip.to_string());
        }
        if jobs.limit != DEFAULT_LIMIT {
            self.pair("limit", &jobs.limit.to_string());
        }
    }

    fn job(&mut self, job: &JobRoute) {
        let (path, id) = (job.family.path, &job.id);
        // The path of an unlisted family ends at the last `/`, so its ids must not contain one.
        let id =
            if job.family.is_unlisted() { &id.replace('%', "%25").replace('/', "%2F") } else { id };
        self.pair("job", &format!("{path}/{id}"));
        if let Some(tab) = job.tab {
            self.pair("tab", tab.as_str());
        }
        self.items(&job.items);
    }

    fn batch(&mut self, batch: &BatchRoute) {
        self.pair("batch", &batch.name);
        if let Some(from) = &batch.from {
            self.pair("from", from);
        }
        if let Some(cause) = &batch.cause {
            self.pair("cause", cause);
        }
        self.items(&batch.items);
    }

    fn items(&mut self, items: &ItemsView) {
        if !items.search.is_empty() {
            self.pair("search", &items.search);
        }
        match &items.filter {
            ItemFilter::All => {}
            ItemFilter::Status(status) => self.pair("show", status.as_str()),
            ItemFilter::Text(text) => self.pair("text", text),
            ItemFilter::Problems => self.pair("show", PROBLEMS),
            ItemFilter::Cause(key) => self.pair("cause", key),
        }
        if items.order != ItemOrder::default() {
            self.pair("order", items.order.as_str());
        }
    }

    fn all(&mut self, all: &AllJobsRoute) {
        self.pair("jobs", ALL);
        for (name, value) in [("cloud", &all.cloud), ("kind", &all.kind)] {
            if !value.is_empty() {
                self.pair(name, value);
            }
        }
        if let Some(outcome) = all.outcome {
            self.pair("outcome", outcome.as_str());
        }
        for (name, value) in &all.filters {
            self.pair(name, value);
        }
        if all.skip != 0 {
            self.pair("skip", &all.skip.to_string());
        }
    }

    fn start(&mut self, start: &StartRoute) {
        self.pair("start", start.family.path);
        if let Some(from) = &start.from {
            self.pair(if start.edit { "edit" } else { "from" }, from);
        }
        if start.failed_only {
            self.pair("only", "failed");
        }
        if let Some(cause) = &start.cause {
            self.pair("cause", cause);
        }
        if let Some(saved) = &start.saved {
            self.pair("saved", saved);
        }
    }

    fn pair(&mut self, name: &str, value: &str) {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        self.0.push_str(name);
        self.0.push('=');
        for part in byte_serialize(value.as_bytes()) {
            self.0.push_str(if part == "%2F" { "/" } else { part });
        }
    }
}
