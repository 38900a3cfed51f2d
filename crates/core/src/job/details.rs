//! The members of a job with labels and values for people.

use std::borrow::Cow;

use crate::format::text;
use crate::format::time::Timestamp;
use crate::job::Job;

/// The value of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DetailValue {
    /// An instant, and the text as received.
    Instant(Timestamp, String),
    /// A list of texts: the first [`MAX_ENTRIES`], and how many there are. A job can name a million keys.
    List(Vec<String>, usize),
    /// Anything else, as text for people.
    Text(String),
}

/// One member of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The label for people.
    pub label: String,
    /// The name of the member in the API.
    pub member: String,
    /// Its value.
    pub value: DetailValue,
}

/// How many entries of a list are shown; a browser stalls on very many.
pub const MAX_ENTRIES: usize = 100;

/// Labels of the documented members (CONTRACT.md 2.1).
const LABELS: [(&str, &str); 30] = [
    ("id", "Id"),
    ("uri", "Resource"),
    ("account", "Account"),
    ("application", "Application"),
    ("devAccount", "Developer account"),
    ("createdAt", "Created"),
    ("updatedAt", "Last changed"),
    ("completed_at", "Completed"),
    ("overall_status", "Status"),
    ("abort", "Cancellation requested"),
    ("cloud", "Cloud"),
    ("kms", "KMS"),
    ("regions", "Regions"),
    ("keys", "Keys"),
    ("operation", "Operation"),
    ("key_rings", "Key rings"),
    ("job_id", "Job id, repeated"),
    ("key_id", "Key id"),
    ("version_count", "Versions"),
    ("name", "Name"),
    ("description", "Description"),
    ("status", "Status"),
    ("run_at", "Runs at"),
    ("run_on", "Runs on"),
    ("disabled", "Disabled"),
    ("start_date", "Not before"),
    ("end_date", "Not after"),
    ("job_config_id", "Schedule id"),
    ("job_config_params", "Parameters"),
    ("processing_node", "Node"),
];

/// Every member of `job` except `detailed_status`, in the order of the answer.
pub fn details(job: &Job) -> Vec<Detail> {
    let details = job.members.iter().map(|member| Detail {
        label: label(&member.name),
        member: member.name.clone(),
        value: value(&member.name, &member.raw),
    });
    details.collect()
}

fn label(name: &str) -> String {
    let known = LABELS.iter().find(|(member, _)| *member == name);
    known.map_or_else(|| name.to_owned(), |(_, label)| (*label).to_owned())
}

fn value(name: &str, raw: &str) -> DetailValue {
    if ["At", "_at", "_date"].iter().any(|end| name.ends_with(end)) {
        let text = text::display(raw);
        if let Ok(instant) = text.parse() {
            return DetailValue::Instant(instant, text);
        }
    }
    match text::parse_list(raw) {
        Some(list) if !list.is_empty() => {
            let count = list.len();
            let first = list.into_iter().take(MAX_ENTRIES).map(Cow::into_owned);
            DetailValue::List(first.collect(), count)
        }
        _ => DetailValue::Text(text::display_or_raw(raw)),
    }
}
