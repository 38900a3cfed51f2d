//! What a kind of job is, as data: paths, verbs, filters, members (CONTRACT.md 1 to 3). Must not
//! hold a job, nor do anything that one row of the table could say.

mod table;

pub use table::FAMILIES;

/// One job family; a row of the table.
#[derive(Debug)]
pub struct Family {
    /// Below `/v1/cckm/`, as in `aws/bulkjob` (CONTRACT.md 1).
    pub path: &'static str,
    /// In the uri, `kylo:kylo:cckm:<kind>:<id>` (CONTRACT.md 2.2).
    pub kind: &'static str,
    /// The member `cloud`, where there is one (CONTRACT.md 2.2).
    pub cloud: Option<&'static str>,
    /// What can be done (CONTRACT.md 1).
    pub verbs: Verbs,
    /// Whether `sort` is documented (CONTRACT.md 3, 8); elsewhere it is ignored.
    pub sort: bool,
    /// The permission that a user needs (CONTRACT.md 3).
    pub acl: &'static str,
    /// Filters besides `id` and `overall_status`.
    pub filters: &'static [Filter],
    /// What the keys of `detailed_status` name (CONTRACT.md 2.2).
    pub item: Item,
    /// The text of an item that went well (CONTRACT.md 2.2).
    pub success: &'static str,
    /// Whether items that are not done stand in `detailed_status` as `in_progress`.
    pub waiting: bool,
    /// The members after `detailed_status`, in the order of the samples.
    pub members: &'static [Member],
    /// What a POST must hold (CONTRACT.md 3).
    pub create: Create,
}

/// The verbs beyond POST and GET by id, which every family has.
#[derive(Clone, Copy, Debug)]
pub struct Verbs {
    /// GET on the base path.
    pub list: bool,
    /// POST on `/{id}/cancel`.
    pub cancel: bool,
    /// DELETE on `/{id}`.
    pub delete: bool,
}

/// A filter of the family's own: the query's parameter, and what it compares.
#[derive(Clone, Copy, Debug)]
pub enum Filter {
    /// The member `cloud`.
    Cloud(&'static str),
    /// The containers that the job is about: a job matches if it has any of those given.
    Scope(&'static str),
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// `<account number>/<region>`.
    Region,
    /// A uuid: a key or a backup.
    Uuid,
    /// One version of one key.
    Version,
    /// A container of the inventory.
    Container(crate::inventory::Kind),
}

/// A member after `detailed_status`.
#[derive(Clone, Copy, Debug)]
pub enum Member {
    /// `abort`.
    Abort,
    /// `cloud`.
    Cloud,
    /// The items' names, under this name.
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

/// How a POST is read.
#[derive(Clone, Copy, Debug)]
pub enum Create {
    /// `kms`, `regions`, or `synchronize_all`.
    Regions,
    /// Containers under this name, or `synchronize_all`.
    Scope(&'static str),
    /// AWS bulk: `keys`, `operation`, `days`, `policy_template_id`.
    Keys,
    /// Azure bulk: `operation`, `delete_key_backups_param`.
    Backups,
    /// Google update-all-versions: `key_id`, `operation`.
    Versions,
    /// Nothing is known of the body: any object.
    Open,
}

/// The family at the start of these path segments, and the segments after it.
pub fn find<S: AsRef<str>>(segments: &[S]) -> Option<(&'static Family, &[S])> {
    FAMILIES.iter().find_map(|family| {
        let length = family.path.split('/').count();
        let head = segments.get(..length)?;
        let same = family.path.split('/').eq(head.iter().map(AsRef::as_ref));
        same.then(|| (family, &segments[length..]))
    })
}

/// The family of this path, as in `aws/bulkjob`.
pub fn by_path(path: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.path == path)
}
