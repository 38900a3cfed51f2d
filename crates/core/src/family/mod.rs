//! What a kind of jobs is, so that all of them are data: one row per family of CONTRACT.md 1.
//!
//! A family differs from the others in the table only; no page asks which one it is.

mod other;
mod schedule_start;
pub mod start_api;
mod starts;
mod table;

use std::hash::{Hash, Hasher};

pub use crate::family::table::FAMILIES;

use crate::family::start_api::StartApi;

/// How the items of a job are named compared with what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// By the same names.
    Exact,
    /// By names that end in `/` and the name asked for, as `<account>/<region>`.
    LastSegment,
}

/// The member of a job that lists what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requested {
    /// The member's name.
    pub member: &'static str,
    /// How its entries are found among the items.
    pub name_match: NameMatch,
}

/// What a filter of a list takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterKind {
    /// One text, compared for equality by the server.
    Text,
    /// One of these: the value, and what people read; the first stands for any.
    Choice(&'static [(&'static str, &'static str)]),
    /// Any number of texts, sent as a repeated parameter (CONTRACT.md 8).
    Texts,
}

/// A filter that the API has for the list of a family (CONTRACT.md 3).
#[derive(Debug, PartialEq, Eq)]
pub struct Filter {
    /// The query parameter.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// What it takes.
    pub kind: FilterKind,
}

/// What the list of a family can do.
#[derive(Debug, PartialEq, Eq)]
pub struct ListApi {
    /// Its filters.
    pub filters: &'static [Filter],
    /// Whether `sort` is documented for it (CONTRACT.md 3, 8).
    pub can_sort: bool,
}

/// The values of `overall_status` that are told of anywhere (CONTRACT.md 2.3), any of them first.
pub const STATUS_CHOICES: [(&str, &str); 5] = [
    ("", "Any"),
    ("in_progress", "In progress"),
    ("completed", "Completed"),
    ("failed", "Failed"),
    ("error", "Error"),
];

/// What the entries of a family's list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Jobs, which run and end.
    Jobs,
    /// Schedules, which make jobs (CONTRACT.md 3, family 18).
    Schedules,
}

/// The commands of the command line `ksctl` for a family, as a public client that runs it gives them
/// (CONTRACT.md, legend, MCP). `get`, `cancel` and `delete` take `--id`.
#[derive(Debug, PartialEq, Eq)]
pub struct Ksctl {
    /// The words after `ksctl` that all of them begin with.
    pub group: &'static str,
    /// The word for the list.
    pub list: &'static str,
    /// The flags of the list, by the query parameter that they stand for.
    pub flags: &'static [(&'static str, &'static str)],
}

impl Resource {
    /// What one of them is called, and many.
    pub fn nouns(self) -> (&'static str, &'static str) {
        match self {
            Self::Jobs => ("job", "jobs"),
            Self::Schedules => ("schedule", "schedules"),
        }
    }
}

/// One kind of job.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// The path below [`Family::root`]; it names the family everywhere, the address bar included.
    pub path: &'static str,
    /// What stands before the path: `v1/cckm/`, but for schedules and their runs.
    pub root: &'static str,
    /// The cloud it belongs to.
    pub cloud: &'static str,
    /// What people call it, after the cloud's name.
    pub title: &'static str,
    /// What an item is called: one, many.
    pub item_nouns: (&'static str, &'static str),
    /// What it lists.
    pub resource: Resource,
    /// The list, if the API has one.
    pub list: Option<ListApi>,
    /// What starting such a job takes, if the API can start one.
    pub start: Option<&'static StartApi>,
    /// Whether a running job can be cancelled.
    pub can_cancel: bool,
    /// Whether a job that is over can be deleted.
    pub can_delete: bool,
    /// The member that lists what was asked for.
    pub requested: Option<Requested>,
    /// The members that tell one job of the family from another, for the list's column.
    pub scope: &'static [&'static str],
    /// The member that counts the versions to be done, in families whose `detailed_status` lists
    /// versions under `completed` (CONTRACT.md 2.4).
    pub version_count_member: Option<&'static str>,
    /// The permission of CCKM users that such jobs need, where one is documented.
    pub permission: Option<&'static str>,
    /// Its commands of `ksctl`, where they are known.
    pub ksctl: Option<Ksctl>,
    /// What is to be said of the family wherever it is shown.
    pub note: Option<&'static str>,
}

/// The path is unique.
impl Hash for Family {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.path.hash(state);
    }
}

impl Family {
    /// The family of this path.
    pub fn by_path(path: &str) -> Option<&'static Self> {
        FAMILIES.iter().find(|family| family.path == path)
    }

    /// The family of this path, in the table or not; `None` when it is no path below `v1/cckm/`.
    pub fn resolve(path: &str) -> Option<&'static Self> {
        Self::by_path(path).or_else(|| other::other(path))
    }

    /// Whether the table lacks it.
    pub fn is_unlisted(&self) -> bool {
        Self::by_path(self.path).is_none()
    }

    /// Splits the path of a job below `/v1/cckm/` into its family and its id, which may itself
    /// hold any character; of a family that the table lacks the id is the last part.
    pub fn parse_job_path(path: &str) -> Option<(&'static Self, &str)> {
        let known = FAMILIES.iter().find_map(|family| {
            let id = path.strip_prefix(family.path)?.strip_prefix('/')?;
            Some((family, id))
        });
        let other = || {
            let (family, id) = path.rsplit_once('/')?;
            // A list of the table is no job of another family.
            let is_list = Self::by_path(path).is_some();
            let family = other::other(family).filter(|_| !is_list)?;
            Some((family, id))
        };
        known.or_else(other)
    }

    /// The path of the API, below its base: `v1/cckm/aws/bulkjob`.
    pub fn api_path(&self) -> String {
        format!("{}{}", self.root, self.path)
    }

    /// The family's full name: `AWS key synchronizations`.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.cloud, self.title)
    }

    /// Whether this console can start jobs of it.
    pub fn can_start(&self) -> bool {
        self.start.is_some()
    }

    /// The filters of its list; none where there is no list.
    pub fn filters(&self) -> &'static [Filter] {
        self.list.as_ref().map_or(&[], |list| list.filters)
    }

    /// Whether it has a list, and of jobs.
    pub fn has_job_list(&self) -> bool {
        self.list.is_some() && self.resource == Resource::Jobs
    }

    /// Whether its list can be sorted by the server.
    pub fn can_sort(&self) -> bool {
        self.list.as_ref().is_some_and(|list| list.can_sort)
    }
}

/// The filter by status of a family's list, if the API has one.
pub fn status_filter(family: &Family) -> Option<&'static str> {
    let mut filters = family.filters().iter();
    let status = filters.find(|filter| ["overall_status", "job_status"].contains(&filter.name));
    status.map(|filter| filter.name)
}
