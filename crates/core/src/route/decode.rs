//! Decodes a query into a [`Route`]. Every text has a route; what could not be used is reported.

use form_urlencoded::parse;

use crate::family::{Family, Filter, FilterKind, Resource};
use crate::job::items_view::{ItemFilter, ItemOrder, ItemsView};
use crate::job::outcome::{Outcome, OutcomeFilter};
use crate::route::{
    ALL, AllJobsRoute, BatchRoute, DEFAULT_LIMIT, JobListRoute, JobRoute, JobTab, MAX_LIMIT,
    NEW_BATCH, PROBLEMS, REPEAT_PLAN, Route, StartRoute,
};

/// The maximum number of values of one filter. Servers refuse very long requests.
const MAX_VALUES: usize = 100;
/// The maximum number of notices. Nobody reads more.
const MAX_NOTICES: usize = 20;

/// The route that `query` names, with or without its `?`, and a sentence for each part of it that could not be used.
pub fn decode(query: &str) -> (Route, Vec<String>) {
    let query = query.strip_prefix('?').unwrap_or(query);
    let pairs: Vec<(String, String)> = parse(query.as_bytes()).into_owned().collect();
    let mut reader = Reader { pairs, taken: Vec::new(), notices: Vec::new() };
    let route = reader.route();
    (route, reader.notices)
}

impl JobRoute {
    /// The job that the path `path`, as in `aws/bulkjob/<id>`, names with all its items; `None` if it names no job.
    pub fn of_path(path: &str) -> Option<Self> {
        let (family, id) = Family::parse_job_path(path.trim_start_matches('/'))?;
        is_id(id).then(|| Self::new(family, decode_id(family, id)))
    }
}

struct Reader {
    /// The pairs that were not used yet.
    pairs: Vec<(String, String)>,
    /// The names that were used.
    taken: Vec<String>,
    notices: Vec<String>,
}

impl Reader {
    fn route(&mut self) -> Route {
        if let Some(path) = self.take("job") {
            if let Some(route) = self.job(&path) {
                self.report_unused("a job");
                return Route::Job(route);
            }
            self.pairs.clear();
            return Route::default();
        }
        if self.take("new").is_some() {
            self.report_unused("this page");
            return Route::New;
        }
        if let Some(path) = self.take("start") {
            let route = self.start(&path);
            self.report_unused("starting a job");
            return route;
        }
        if let Some(name) = self.take("batch") {
            let route = self.batch(name);
            self.report_unused("batches");
            return Route::Batch(route);
        }
        let family = match self.take("jobs") {
            Some(path) if path == ALL => {
                let route = self.all();
                self.report_unused("this list");
                return Route::AllJobs(route);
            }
            Some(path) => {
                let found = Family::resolve(path.trim_matches('/'));
                if found.is_none() {
                    self.notices.push(unknown_kind(&path));
                    self.pairs.clear();
                }
                found
            }
            None => None,
        };
        let route = match family {
            Some(family) => Route::JobList(self.jobs(family)),
            None => Route::AllJobs(self.all()),
        };
        self.report_unused("this list");
        route
    }

    fn jobs(&mut self, family: &'static Family) -> JobListRoute {
        let default = JobListRoute::new(family);
        let filters = self.filters(family.filters().iter());
        JobListRoute {
            family,
            filters,
            sort: self.sort(family).unwrap_or(default.sort),
            skip: self.number("skip", 0, usize::MAX >> 1, default.skip),
            limit: self.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
        }
    }

    fn all(&mut self) -> AllJobsRoute {
        let mut route = AllJobsRoute {
            cloud: self.take("cloud").unwrap_or_default(),
            kind: self.take("kind").unwrap_or_default(),
            outcome: self.outcome(),
            filters: Vec::new(),
            skip: self.number("skip", 0, usize::MAX >> 1, 0),
        };
        if let Some(family) = route.family() {
            let status = family.status_filter();
            let filters = family.filters().iter().filter(|filter| Some(filter.name) != status);
            // The filter by cloud of a list has the name of the choice of a cloud.
            let filters = filters.filter(|filter| filter.name != "cloud");
            route.filters = self.filters(filters);
        }
        route
    }

    /// The outcome that the address names; in addresses of earlier versions, the status that it names.
    fn outcome(&mut self) -> Option<OutcomeFilter> {
        let Some(name) = self.take("outcome") else {
            return match self.take("overall_status")?.as_str() {
                "in_progress" => Some(OutcomeFilter::One(Outcome::Running)),
                "failed" | "error" => Some(OutcomeFilter::One(Outcome::Failed)),
                status => {
                    self.notify(format!(
                        "overall_status=“{status}” is replaced by outcomes; all jobs are shown"
                    ));
                    None
                }
            };
        };
        let outcome = name.parse().ok();
        if outcome.is_none() {
            self.notify(format!("outcome=“{name}” is not known; all jobs are shown"));
        }
        outcome
    }

    /// The values of `filters`.
    fn filters<'a>(
        &mut self,
        filters: impl Iterator<Item = &'a Filter>,
    ) -> Vec<(&'static str, String)> {
        filters
            .flat_map(|filter| {
                let mut values = self.take_all(filter.name);
                values.retain(|value| !value.is_empty());
                if filter.kind != FilterKind::Texts && values.len() > 1 {
                    let (name, first) = (filter.name, &values[0]);
                    self.notify(format!("{name} is named more than once; “{first}” is used"));
                    values.truncate(1);
                }
                values.into_iter().map(|value| (filter.name, value))
            })
            .collect()
    }

    fn start(&mut self, path: &str) -> Route {
        let Some(family) = Family::by_path(path.trim_matches('/')) else {
            self.notices.push(unknown_kind(path));
            self.pairs.clear();
            return Route::default();
        };
        let edited = self.take("edit").filter(|id| is_id(id));
        let edit = edited.is_some() && family.resource == Resource::Schedules;
        let from = if edit { edited } else { self.take("from") };
        let from = from.filter(|id| is_id(id));
        let failed_only = self.take("only").is_some_and(|only| {
            let is_usable = only == "failed" && from.is_some() && !edit;
            if !is_usable {
                self.notify(format!("only=“{only}” has no meaning here and is left out"));
            }
            is_usable
        });
        let cause = failed_only.then(|| self.cause()).flatten();
        let saved = self.take("saved").filter(|name| !name.is_empty());
        Route::Start(StartRoute { family, from, failed_only, cause, edit, saved })
    }

    fn sort(&mut self, family: &Family) -> Option<String> {
        let sort = self.take("sort").filter(|sort| !sort.is_empty())?;
        if !family.can_sort() {
            let name = family.full_name();
            self.notify(format!("The API does not sort {name}; sort is left out"));
            return None;
        }
        let is_name = |name: &str| {
            let name = name.strip_prefix('-').unwrap_or(name);
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        if sort.split(',').all(is_name) {
            return Some(sort);
        }
        self.notify(format!("sort=“{sort}” is not a list of names; the usual order is used"));
        None
    }

    fn job(&mut self, path: &str) -> Option<JobRoute> {
        let Some((family, id)) = Family::parse_job_path(path.trim_start_matches('/')) else {
            self.notices.push(unknown_kind(path));
            return None;
        };
        if !is_id(id) {
            self.notify(format!("“{path}” names no job of this kind"));
            return None;
        }
        let id = decode_id(family, id);
        let tab = self.tab();
        let items = self.items();
        Some(JobRoute { family, id, tab, items })
    }

    fn batch(&mut self, name: String) -> BatchRoute {
        let is_new = [NEW_BATCH, REPEAT_PLAN].contains(&&*name);
        let from = is_new.then(|| self.take("from")).flatten();
        let from = from.filter(|from| !from.is_empty());
        let cause = from.is_some().then(|| self.cause()).flatten();
        let is_one = !name.is_empty() && !is_new;
        let items = if is_one { self.items() } else { ItemsView::default() };
        BatchRoute { name, from, cause, items }
    }

    fn items(&mut self) -> ItemsView {
        ItemsView {
            search: self.take("search").unwrap_or_default(),
            filter: self.item_filter(),
            order: self.item_order(),
        }
    }

    fn tab(&mut self) -> Option<JobTab> {
        let name = self.take("tab")?;
        let tab = name.parse().ok();
        if tab.is_none() {
            self.notify(format!("tab=“{name}” is not known; the usual one is shown"));
        }
        tab
    }

    fn cause(&mut self) -> Option<String> {
        self.take("cause").filter(|key| !key.is_empty())
    }

    fn item_filter(&mut self) -> ItemFilter {
        if let Some(text) = self.take("text") {
            return ItemFilter::Text(text);
        }
        if let Some(key) = self.cause() {
            return ItemFilter::Cause(key);
        }
        let Some(key) = self.take("show") else {
            return ItemFilter::All;
        };
        if key == PROBLEMS {
            return ItemFilter::Problems;
        }
        if let Ok(status) = key.parse() {
            return ItemFilter::Status(status);
        }
        self.notify(format!("show=“{key}” is not known; all items are shown"));
        ItemFilter::All
    }

    fn item_order(&mut self) -> ItemOrder {
        let Some(key) = self.take("order") else {
            return ItemOrder::default();
        };
        key.parse().unwrap_or_else(|_| {
            self.notify(format!("order=“{key}” is not known; the order received is used"));
            ItemOrder::default()
        })
    }

    fn number(&mut self, name: &str, min: usize, max: usize, default: usize) -> usize {
        let Some(text) = self.take(name) else {
            return default;
        };
        match text.parse::<usize>() {
            Ok(number) if (min..=max).contains(&number) => number,
            Ok(number) if number > max => {
                self.notify(format!("{name}={text} is too large; {max} is used"));
                max
            }
            _ => {
                self.notify(format!(
                    "{name}=“{text}” is not a number that can be used; {default} is used"
                ));
                default
            }
        }
    }

    fn notify(&mut self, notice: String) {
        match self.notices.len() {
            ..MAX_NOTICES => self.notices.push(notice),
            MAX_NOTICES => self.notices.push("and more".to_owned()),
            _ => (),
        }
    }

    /// Takes the first value of `name`. Repetitions stay for [`Reader::report_unused`].
    fn take(&mut self, name: &str) -> Option<String> {
        let at = self.pairs.iter().position(|(other, _)| other == name)?;
        let (name, value) = self.pairs.remove(at);
        self.taken.push(name);
        Some(value)
    }

    fn take_all(&mut self, name: &str) -> Vec<String> {
        let mut values = Vec::new();
        while let Some(value) = self.take(name) {
            if values.len() == MAX_VALUES {
                self.pairs.retain(|(other, _)| other != name);
                self.notify(format!("{name} has too many values; the first {MAX_VALUES} are used"));
                break;
            }
            values.push(value);
        }
        values
    }

    /// Adds a notice for each pair that was not used on `page`.
    fn report_unused(&mut self, page: &str) {
        for (name, _) in std::mem::take(&mut self.pairs) {
            self.notify(if self.taken.contains(&name) {
                format!("{name} is named more than once; the first is used")
            } else {
                format!("“{name}” has no meaning for {page} and is left out")
            });
        }
    }
}

/// Whether it can be an id in a path. Browsers resolve `.` and `..`.
fn is_id(text: &str) -> bool {
    !["", ".", ".."].contains(&text)
}

/// The id of a job as [`crate::route::encode()`] writes it.
fn decode_id(family: &Family, id: &str) -> String {
    if family.is_unlisted() {
        return id.replace("%2F", "/").replace("%25", "%");
    }
    id.to_owned()
}

fn unknown_kind(path: &str) -> String {
    format!("“{path}” is not a kind of job that this console knows")
}
