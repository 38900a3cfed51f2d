//! The columns of the table of families.

use crate::inventory::Kind;

/// One job family; a row of the table.
#[derive(Debug)]
pub struct Family {
    /// The path below `/v1/cckm/`, as in `aws/bulkjob` (CONTRACT.md 1).
    pub path: &'static str,
    /// The kind in the uri, `kylo:kylo:cckm:<kind>:<id>` (CONTRACT.md 2.2).
    pub kind: &'static str,
    /// The member `cloud`, if the family has one (CONTRACT.md 2.2).
    pub cloud: Option<&'static str>,
    /// The verbs besides POST and GET by id (CONTRACT.md 1).
    pub verbs: Verbs,
    /// Whether `sort` is documented (CONTRACT.md 3, 8); other families ignore it.
    pub sort: bool,
    /// The permission that a user needs (CONTRACT.md 3).
    pub acl: &'static str,
    /// The filters besides `id` and `overall_status`.
    pub filters: &'static [Filter],
    /// The kind of the items that `detailed_status` names (CONTRACT.md 2.2).
    pub item: Item,
    /// The text of an item that succeeded (CONTRACT.md 2.2).
    pub success: &'static str,
    /// Whether `detailed_status` lists unfinished items, as `in_progress`.
    pub lists_unfinished: bool,
    /// The members after `detailed_status`, in the order of the samples.
    pub members: &'static [Member],
    /// What the body of a POST must contain (CONTRACT.md 3).
    pub create: Create,
}

/// The verbs that some families have; all families have POST and GET by id.
#[derive(Clone, Copy, Debug)]
pub struct Verbs {
    /// GET on the base path.
    pub list: bool,
    /// POST on `/{id}/cancel`.
    pub cancel: bool,
    /// DELETE on `/{id}`.
    pub delete: bool,
}

/// A filter of one family: the query parameter, and what it compares.
#[derive(Clone, Copy, Debug)]
pub enum Filter {
    /// Compares the member `cloud`.
    Cloud(&'static str),
    /// Compares the containers of the job: a job matches if it has any of those given.
    Scope(&'static str),
}

impl Filter {
    /// The query parameter.
    pub fn parameter(self) -> &'static str {
        match self {
            Self::Cloud(name) | Self::Scope(name) => name,
        }
    }
}

/// The kind of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// `<account number>/<region>`.
    Region,
    /// A uuid: a key or a backup.
    Uuid,
    /// One version of one key.
    Version,
    /// A container of the inventory.
    Container(Kind),
}

/// A member after `detailed_status`.
#[derive(Clone, Copy, Debug)]
pub enum Member {
    /// `abort`.
    Abort,
    /// `cloud`.
    Cloud,
    /// The names of the items, as an array with this name.
    Items(&'static str),
    /// `kms`.
    Kms,
    /// `regions`.
    Regions,
    /// `operation`.
    Operation,
    /// `job_id`, `key_id` and `version_count`.
    Versions,
}

/// What the body of a POST contains.
#[derive(Clone, Copy, Debug)]
pub enum Create {
    /// `kms` and `regions`, or `synchronize_all`.
    Regions,
    /// Containers under this name, or `synchronize_all`.
    Scope(&'static str),
    /// AWS bulk: `keys`, `operation`, `days`, `policy_template_id`.
    Keys,
    /// Azure bulk: `operation`, `delete_key_backups_param`.
    Backups,
    /// Google update-all-versions: `key_id`, `operation`.
    Versions,
    /// Any object: the body is not documented.
    Open,
}
