//! A job family as data: one row for each family of CONTRACT.md 1. Pages read the row and do not depend on the family.

mod other;
mod schedule_start;
pub mod start_api;
mod starts;
mod table;

use std::hash::{Hash, Hasher};

pub use crate::family::table::FAMILIES;

use crate::family::start_api::StartApi;

/// How the names of items match the names in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// The names are equal.
    Exact,
    /// The item name ends in `/` and the requested name, as `<account>/<region>`.
    LastSegment,
}

/// The member of a job that lists what was requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requested {
    /// The member's name.
    pub member: &'static str,
    /// How its entries match the names of items.
    pub name_match: NameMatch,
    /// The noun for one entry, and for several.
    pub nouns: (&'static str, &'static str),
}

/// The type of the value of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterKind {
    /// One text, compared for equality by the server.
    Text,
    /// One of these values, each with its label; the first one means any.
    Choice(&'static [(&'static str, &'static str)]),
    /// Any number of texts, sent as a repeated parameter (CONTRACT.md 8).
    Texts,
}

/// A filter of a list of the API (CONTRACT.md 3).
#[derive(Debug, PartialEq, Eq)]
pub struct Filter {
    /// The query parameter.
    pub name: &'static str,
    /// The label for people.
    pub label: &'static str,
    /// The type of its value.
    pub kind: FilterKind,
}

/// The list endpoint of a family.
#[derive(Debug, PartialEq, Eq)]
pub struct ListApi {
    /// Its filters.
    pub filters: &'static [Filter],
    /// Whether `sort` is documented for it (CONTRACT.md 3, 8).
    pub can_sort: bool,
}

/// The documented values of `overall_status` (CONTRACT.md 2.3) with their labels; the first one means any.
pub const STATUS_CHOICES: [(&str, &str); 5] = [
    ("", "Any"),
    ("in_progress", "In progress"),
    ("completed", "Completed"),
    ("failed", "Failed"),
    ("error", "Error"),
];

/// What the list of a family contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Jobs, which run and end.
    Jobs,
    /// Schedules, which start jobs (CONTRACT.md 3, family 18).
    Schedules,
}

/// The commands of the command line `ksctl` for a family, taken from a public client that runs them (CONTRACT.md,
/// legend, MCP). `get`, `cancel` and `delete` take `--id`.
#[derive(Debug, PartialEq, Eq)]
pub struct Ksctl {
    /// The command group after `ksctl`, such as `cckm aws bulkjob`.
    pub group: &'static str,
    /// The command that lists.
    pub list: &'static str,
    /// The flags of the list: the query parameter, and its flag.
    pub flags: &'static [(&'static str, &'static str)],
}

impl Resource {
    /// The noun for one, and for several.
    pub fn nouns(self) -> (&'static str, &'static str) {
        match self {
            Self::Jobs => ("job", "jobs"),
            Self::Schedules => ("schedule", "schedules"),
        }
    }
}

/// A job family.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// The path below [`Family::root`]. It identifies the family everywhere, also in the address bar.
    pub path: &'static str,
    /// The prefix of the path in the API: `v1/` for schedules and their runs, `v1/cckm/` for all others.
    pub root: &'static str,
    /// The cloud that it belongs to.
    pub cloud: &'static str,
    /// The name of the family without the cloud.
    pub title: &'static str,
    /// What its jobs do, as the title of a job: `Sync keys`.
    pub action: &'static str,
    /// The noun for one item, and for several.
    pub item_nouns: (&'static str, &'static str),
    /// What its list contains.
    pub resource: Resource,
    /// The list, if the API has one.
    pub list: Option<ListApi>,
    /// The request that starts such a job, if the API has one.
    pub start: Option<&'static StartApi>,
    /// Whether a running job can be cancelled.
    pub can_cancel: bool,
    /// Whether a finished job can be deleted.
    pub can_delete: bool,
    /// The member that lists what was requested.
    pub requested: Option<Requested>,
    /// The members that distinguish the jobs of the family, shown in the lists.
    pub scope: &'static [&'static str],
    /// The member with the number of versions, in families whose `detailed_status` lists
    /// versions under `completed` (CONTRACT.md 2.4).
    pub version_count_member: Option<&'static str>,
    /// The permission that CCKM users need for such jobs, if one is documented.
    pub permission: Option<&'static str>,
    /// Its commands of `ksctl`, if they are known.
    pub ksctl: Option<Ksctl>,
    /// A remark shown with the family.
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

    /// The family of this path, also if the table does not contain it; `None` if it is not a path below `v1/cckm/`.
    pub fn resolve(path: &str) -> Option<&'static Self> {
        Self::by_path(path).or_else(|| other::other(path))
    }

    /// Whether the table does not contain the family.
    pub fn is_unlisted(&self) -> bool {
        Self::by_path(self.path).is_none()
    }

    /// Splits the path of a job below `/v1/cckm/` into its family and its id. The id can contain any character. If the
    /// table does not contain the family, the id is the last segment.
    pub fn parse_job_path(path: &str) -> Option<(&'static Self, &str)> {
        let known = FAMILIES.iter().find_map(|family| {
            let id = path.strip_prefix(family.path)?.strip_prefix('/')?;
            Some((family, id))
        });
        let other = || {
            let (family, id) = path.rsplit_once('/')?;
            // The path of a list in the table is not a job of another family.
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

    /// The full name of one of its jobs: `AWS key synchronization`.
    pub fn singular_name(&self) -> String {
        let title = match self.title {
            "refreshes" => "refresh",
            "updates of all versions" => "update of all versions",
            title => title.strip_suffix('s').unwrap_or(title),
        };
        format!("{} {title}", self.cloud)
    }

    /// Whether this console can start its jobs.
    pub fn can_start(&self) -> bool {
        self.start.is_some()
    }

    /// The filters of its list; empty if it has no list.
    pub fn filters(&self) -> &'static [Filter] {
        self.list.as_ref().map_or(&[], |list| list.filters)
    }

    /// Whether it has a list of jobs.
    pub fn has_job_list(&self) -> bool {
        self.list.is_some() && self.resource == Resource::Jobs
    }

    /// Whether its list can be sorted by the server.
    pub fn can_sort(&self) -> bool {
        self.list.as_ref().is_some_and(|list| list.can_sort)
    }

    /// The name of the filter by status of its list, if the API has one.
    pub fn status_filter(&self) -> Option<&'static str> {
        let mut filters = self.filters().iter();
        let status = filters.find(|filter| ["overall_status", "job_status"].contains(&filter.name));
        status.map(|filter| filter.name)
    }
}
