//! The URL query is the state of the page: a [`Route`], and its codec.
//!
//! [`decode`] accepts any text: it omits and reports what it cannot use. [`encode`] omits defaults and uses a fixed
//! order, so that equal states have equal addresses.

mod decode;
mod encode;
mod job_tab;

pub use crate::route::decode::decode;
pub use crate::route::encode::encode;
pub use crate::route::job_tab::JobTab;

use crate::family::{FAMILIES, Family};
use crate::job::items_view::ItemsView;
use crate::job::outcome::OutcomeFilter;

/// The value of `jobs` in the address of the list of all jobs.
const ALL: &str = "all";
/// The value of `show` that selects the problems of a job.
const PROBLEMS: &str = "problems";
/// The page sizes to choose from: the value in the address, and its label.
pub const PAGE_SIZES: [(&str, &str); 4] =
    [("10", "10"), ("20", "20"), ("50", "50"), ("100", "100")];
/// The page size of an address that names none.
pub const DEFAULT_LIMIT: usize = 20;
/// The largest page size in an address. Public clients request as many (CONTRACT.md 8).
pub const MAX_LIMIT: usize = 1_000;
/// The default order of a list that the server sorts: newest first.
pub const DEFAULT_SORT: &str = "-createdAt";

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// A list of jobs.
    JobList(JobListRoute),
    /// One job.
    Job(JobRoute),
    /// The jobs of all families as one list.
    AllJobs(AllJobsRoute),
    /// Everything that can be started.
    New,
    /// Starting a job.
    Start(StartRoute),
    /// The batches of this browser, one of them, or a new one.
    Batch(BatchRoute),
}

/// What distinguishes pages: another position in a list is the same page, and so are other items of the same job.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// As in [`Route`].
    JobList(&'static Family),
    /// As in [`Route`].
    Job(&'static Family, String),
    /// As in [`Route`].
    AllJobs,
    /// As in [`Route`].
    New,
    /// As in [`Route`].
    Start(StartRoute),
    /// The name of a batch, and the source of a new one with the cause of the problems that it takes.
    Batch(String, Option<String>, Option<String>),
}

/// The name in the URL of a batch that is not created yet.
pub const NEW_BATCH: &str = "new";
/// The name in the URL of the plan that repeats the failed items of a job.
pub const REPEAT_PLAN: &str = "repeat";

/// Batches of keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BatchRoute {
    /// The name of a batch; empty for the list of all batches, [`NEW_BATCH`] for a new one, [`REPEAT_PLAN`]
    /// for the plan that repeats the failed items of a job.
    pub name: String,
    /// A new batch or a plan takes the problems of this: the path of a job below `/v1/cckm/`, or the name of a batch.
    pub from: Option<String>,
    /// It takes only the problems with the cause of this key. Not empty.
    pub cause: Option<String>,
    /// The items shown of a batch.
    pub items: ItemsView,
}

/// A page of the list of all jobs. An empty text filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllJobsRoute {
    /// The cloud of the families.
    pub cloud: String,
    /// The title of the families.
    pub kind: String,
    /// The outcome of the jobs.
    pub outcome: Option<OutcomeFilter>,
    /// The filters that the server applies, as in [`JobListRoute::filters`]; only if the list is of one family.
    pub filters: Vec<(&'static str, String)>,
    /// How many jobs come before the page.
    pub skip: usize,
}

/// Starting a job of a family.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StartRoute {
    /// The family.
    pub family: &'static Family,
    /// The id of the job to start again.
    pub from: Option<String>,
    /// Whether to start only for the problems of that job.
    pub failed_only: bool,
    /// Only for the problems with the cause of this key. Not empty.
    pub cause: Option<String>,
    /// Whether to change the schedule `from` instead of creating another one.
    pub edit: bool,
    /// The name of a saved start, if several of the family have an unknown result. Not empty.
    pub saved: Option<String>,
}

/// A page of a family's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobListRoute {
    /// The family.
    pub family: &'static Family,
    /// The filters by name, in the order of the family's table; array filters repeat their name.
    pub filters: Vec<(&'static str, String)>,
    /// The `sort` of the request, [`DEFAULT_SORT`] by default. Ignored if the API does not sort the list.
    pub sort: String,
    /// How many jobs come before the page.
    pub skip: usize,
    /// The maximum number of jobs of the page.
    pub limit: usize,
}

/// One job, and which of its items are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRoute {
    /// The family.
    pub family: &'static Family,
    /// The opaque id of the job.
    pub id: String,
    /// The part that is shown; `None` if the address names none.
    pub tab: Option<JobTab>,
    /// The items shown.
    pub items: ItemsView,
}

impl Route {
    /// The family that the page is about, if it is about one.
    pub fn family(&self) -> Option<&'static Family> {
        match self {
            Self::JobList(list) => Some(list.family),
            Self::Job(job) => Some(job.family),
            Self::Start(start) => Some(start.family),
            Self::AllJobs(_) | Self::New | Self::Batch(_) => None,
        }
    }

    /// The same list from `skip` on; unchanged if the page is not a list.
    #[must_use]
    pub fn with_skip(&self, skip: usize) -> Self {
        match self {
            Self::JobList(list) => Self::JobList(list.with_skip(skip)),
            Self::AllJobs(list) => Self::AllJobs(list.with_skip(skip)),
            other => other.clone(),
        }
    }

    /// The same list from `skip` on, with at most `limit` jobs on a page; unchanged if the page is not a list.
    #[must_use]
    pub fn with_page(&self, skip: usize, limit: usize) -> Self {
        match self.with_skip(skip) {
            Self::JobList(list) => {
                let limit = list.limit.min(limit);
                Self::JobList(JobListRoute { limit, ..list })
            }
            other => other,
        }
    }

    /// The page that shows this route.
    pub fn page(&self) -> Page {
        match self {
            Self::JobList(list) => Page::JobList(list.family),
            Self::Job(job) => Page::Job(job.family, job.id.clone()),
            Self::AllJobs(_) => Page::AllJobs,
            Self::New => Page::New,
            Self::Start(start) => Page::Start(start.clone()),
            Self::Batch(batch) => {
                Page::Batch(batch.name.clone(), batch.from.clone(), batch.cause.clone())
            }
        }
    }
}

impl AllJobsRoute {
    /// The same list from `skip` on.
    #[must_use]
    pub fn with_skip(&self, skip: usize) -> Self {
        Self { skip, ..self.clone() }
    }

    /// The families whose jobs it lists.
    pub fn families(&self) -> impl Iterator<Item = &'static Family> {
        let matches = |filter: &str, value| filter.is_empty() || filter == value;
        let listed = FAMILIES.iter().filter(|family| family.has_job_list());
        listed.filter(move |family| {
            matches(&self.cloud, family.cloud) && matches(&self.kind, family.title)
        })
    }

    /// The list of one kind, with the same filters, that shows only jobs of `outcome`.
    pub fn of_list(list: &JobListRoute, outcome: Option<OutcomeFilter>) -> Self {
        let filters = list.filters.iter();
        let status = list.family.status_filter();
        Self {
            cloud: list.family.cloud.to_owned(),
            kind: list.family.title.to_owned(),
            outcome,
            filters: filters.filter(|(name, _)| Some(*name) != status).cloned().collect(),
            skip: 0,
        }
    }

    /// The family of the list, if it is of one.
    pub fn family(&self) -> Option<&'static Family> {
        let mut families = self.families();
        families.next().filter(|_| families.next().is_none())
    }

    /// The request for a list of `family` as the page needs it, from the first job on.
    pub fn list_of(&self, family: &'static Family) -> JobListRoute {
        let status = self.outcome.map_or("", OutcomeFilter::server_status);
        let mut list = JobListRoute::of_status(family, status);
        if self.family() == Some(family) {
            list.filters.splice(0..0, self.filters.iter().cloned());
        }
        list
    }
}

impl JobListRoute {
    /// The first page of the list of `family`, in the default order and size.
    pub fn new(family: &'static Family) -> Self {
        Self {
            family,
            filters: Vec::new(),
            sort: DEFAULT_SORT.to_owned(),
            skip: 0,
            limit: DEFAULT_LIMIT,
        }
    }

    /// The same list from `skip` on.
    #[must_use]
    pub fn with_skip(&self, skip: usize) -> Self {
        Self { skip, ..self.clone() }
    }

    /// The first page of the list of `family`: only jobs of the `overall_status` `status`, if that is not empty and the
    /// API has such a filter.
    pub fn of_status(family: &'static Family, status: &str) -> Self {
        let filter = family.status_filter().filter(|_| !status.is_empty());
        let filters = filter.map(|name| (name, status.to_owned())).into_iter().collect();
        Self { filters, ..Self::new(family) }
    }

    /// The values of the filter `name`.
    pub fn filter_values(&self, name: &str) -> impl Iterator<Item = &str> {
        (self.filters.iter())
            .filter(move |(other, _)| *other == name)
            .map(|(_, value)| value.as_str())
    }

    /// The same list from its start, with `values` for the filter `name`. Empty values are dropped.
    #[must_use]
    pub fn with_filter(&self, name: &str, values: &[String]) -> Self {
        let filters = self.family.filters().iter().flat_map(|filter| {
            let values: Vec<String> = if filter.name == name {
                values.iter().filter(|value| !value.is_empty()).cloned().collect()
            } else {
                self.filter_values(filter.name).map(str::to_owned).collect()
            };
            values.into_iter().map(|value| (filter.name, value))
        });
        Self { filters: filters.collect(), skip: 0, ..self.clone() }
    }
}

impl StartRoute {
    /// Starting a job of `family` from an empty form.
    pub fn new(family: &'static Family) -> Self {
        Self { family, from: None, failed_only: false, cause: None, edit: false, saved: None }
    }
}

impl BatchRoute {
    /// The batch `name` with all its items.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// A new one of the keys that are problems in `from`.
    pub fn from_failures(from: impl Into<String>) -> Self {
        Self { from: Some(from.into()), ..Self::new(NEW_BATCH) }
    }

    /// The plan that repeats the problems of the job `id` of `family`.
    pub fn repeat(family: &Family, id: &str) -> Self {
        Self { from: Some(format!("{}/{id}", family.path)), ..Self::new(REPEAT_PLAN) }
    }
}

impl JobRoute {
    /// The part of the page that the address selects: the one that it names, or the list if it selects items.
    pub fn selected_tab(&self) -> Option<JobTab> {
        let lists_items = self.items != ItemsView::default();
        self.tab.or(lists_items.then_some(JobTab::Items))
    }

    /// The job `id` of `family` with all its items.
    pub fn new(family: &'static Family, id: impl Into<String>) -> Self {
        Self { family, id: id.into(), tab: None, items: ItemsView::default() }
    }
}

impl Default for Route {
    fn default() -> Self {
        Self::AllJobs(AllJobsRoute::default())
    }
}
