//! What a job does, in words: its title, and how much it is about.

use crate::family::Family;
use crate::family::start_api::FieldKind;
use crate::format::text::{last_segment, pluralize, truncate};
use crate::job::Job;

/// How many names a title shows.
const MAX_NAMES: usize = 2;

/// What a job is about, for a row of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobScope {
    /// One name, or how many there are: `us-east-1`, `19 regions`. Empty if the job tells neither.
    pub short: String,
    /// The names, truncated to the maximum length of a text in a row.
    pub full: String,
}

impl JobScope {
    /// What `job`, which is of `family`, was requested for. A job without such a list is about what it reports.
    pub fn new(job: &Job, family: &Family) -> Self {
        let requested = family.requested;
        let names = requested.map(|requested| job.list(requested.member)).unwrap_or_default();
        let (nouns, count) = match (requested, names.len()) {
            (Some(requested), 1..) => (requested.nouns, names.len()),
            _ => Self::reported(job, family),
        };
        let short = match (names.as_slice(), count) {
            (_, 0) => String::new(),
            ([name], _) => last_segment(name).to_owned(),
            _ => pluralize(count, nouns.0, nouns.1),
        };
        Self { short: truncate(short), full: truncate(names.join(", ")) }
    }

    fn reported(job: &Job, family: &Family) -> ((&'static str, &'static str), usize) {
        let versions =
            family.version_count_member.and_then(|member| job.text(member)?.parse().ok());
        versions
            .map_or((family.item_nouns, job.items.len()), |count| (("version", "versions"), count))
    }
}

/// The title of `job`, which is of `family`: what it does, in which cloud, and to what: `Sync keys · AWS · crm`.
pub fn title(job: &Job, family: &Family) -> String {
    let operation = job.text("operation").filter(|operation| !operation.is_empty());
    let label = operation.as_deref().and_then(|operation| operation_label(family, operation));
    let action = label.unwrap_or(family.action).to_owned();
    // An operation that the console does not know is shown as received.
    let unknown = operation.filter(|_| label.is_none());
    let requested = family.requested.map(|requested| requested.member);
    let members = family.scope.iter().filter(|name| **name != "operation");
    let names =
        members.filter(|name| Some(**name) != requested).filter_map(|name| names(job, name));
    let parts = [action, family.cloud.to_owned()].into_iter().chain(names).chain(unknown);
    truncate(parts.collect::<Vec<_>>().join(" · "))
}

/// The name of the operation `value` of a bulk family; `None` if the console does not know it.
fn operation_label(family: &Family, value: &str) -> Option<&'static str> {
    let fields = family.start?.fields.iter();
    let operations = fields.filter_map(|field| match field.kind {
        FieldKind::Choice(operations) if field.member == "operation" => Some(operations),
        _ => None,
    });
    operations.flatten().find(|operation| operation.value == value).map(|operation| operation.label)
}

/// The first names in the member `name`.
fn names(job: &Job, name: &str) -> Option<String> {
    let names = job.list(name);
    if names.is_empty() {
        return job.text(name).filter(|text| !text.is_empty());
    }
    let shown: Vec<&str> = names.iter().take(MAX_NAMES).map(|name| last_segment(name)).collect();
    let more = match names.len().saturating_sub(MAX_NAMES) {
        0 => String::new(),
        more => format!(" +{more}"),
    };
    Some(format!("{}{more}", shown.join(", ")))
}
