//! Fills in the form that repeats a job, with remarks on what the job does not report. Nothing is guessed: a
//! field without a reported value stays empty, and what a field cannot hold is named.

use std::collections::HashSet;

use crate::family::start_api::{Field, FieldKind, StartApi};
use crate::family::{Family, NameMatch, Requested, Resource};
use crate::format::json;
use crate::format::text;
use crate::format::text::pluralize;
use crate::job::Job;
use crate::job::item_status::ItemStatus;
use crate::start::{Draft, Entries};

/// A prefilled form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefill {
    /// The form.
    pub draft: Draft,
    /// Sentences about the values that could not be taken over.
    pub remarks: Vec<String>,
}

/// The form that repeats the request of `job` of `family`, or only its failed items if `failed_only`.
pub fn prefill(family: &Family, api: &'static StartApi, job: &Job, failed_only: bool) -> Prefill {
    let mut prefill = fill(family, api, job, failed_only);
    let missing = missing_parameters(&prefill.draft, job);
    if !missing.is_empty() {
        let missing = missing.join(", ");
        prefill.remarks.push(format!(
            "This form cannot hold these parameters, so they are not taken over: {missing}"
        ));
    }
    prefill
}

/// The form that edits `job` of `family`, which is a schedule.
pub fn prefill_edit(family: &Family, api: &'static StartApi, job: &Job) -> Prefill {
    let Prefill { draft, mut remarks } = fill(family, api, job, false);
    let missing = missing_parameters(&draft, job);
    if !missing.is_empty() {
        let shown = draft.shown_fields();
        let has_others = shown.iter().any(|&index| !api.fields[index].parent.is_empty());
        // An object is sent whole or not at all.
        let condition = if has_others {
            "This form cannot hold these parameters. They stay as they are unless you change another parameter: \
             they are not sent then, and may be lost"
        } else {
            "This form cannot hold these parameters, and leaves them as they are"
        };
        remarks.push(format!("{condition}: {}", missing.join(", ")));
    }
    Prefill { draft: draft.into_edit(), remarks }
}

fn fill(family: &Family, api: &'static StartApi, job: &Job, failed_only: bool) -> Prefill {
    let parameters = parameters(job);
    let requested = family.requested.filter(|_| failed_only);
    let mut draft = Draft::new(api);
    let mut remarks = Vec::new();
    for (index, field) in api.fields.iter().enumerate() {
        let is_hidden_object = field.kind == FieldKind::Object && !draft.is_shown(index);
        if field.job_member.is_empty() || is_hidden_object {
            continue;
        }
        // A parameter can have the name of a member of the schedule, such as `description`.
        let source = match &parameters {
            Some(parameters) if !field.parent.is_empty() => parameters,
            _ => job,
        };
        let names_items = requested.filter(|requested| requested.member == field.job_member);
        let text = match (field.kind, names_items) {
            (FieldKind::Flag, _) if source.raw(field.job_member) == Some("true") => {
                "true".to_owned()
            }
            (FieldKind::Flag, _) => continue,
            (FieldKind::Texts(_), Some(requested)) => failures(requested, source, &mut remarks),
            (FieldKind::Texts(_), None) => list_text(&source.list(field.job_member)),
            _ => source.text(field.job_member).unwrap_or_default(),
        };
        if is_unknown_operation(field, &text) {
            let label = field.label;
            remarks.push(format!("This console does not know this value of “{label}”: {text}"));
        } else if !text.is_empty() {
            draft.set(index, text);
        }
    }
    if failed_only {
        remarks.extend(failed_only_remark(requested, api, job));
    }
    // A schedule has no members that it does not report.
    if family.resource == Resource::Jobs {
        remarks.extend(unreported(&draft, job));
    }
    Prefill { draft, remarks }
}

/// Whether `text` is not among the values of a choice.
fn is_unknown_operation(field: &Field, text: &str) -> bool {
    let FieldKind::Choice(known) = field.kind else {
        return false;
    };
    !text.is_empty() && !known.iter().any(|operation| operation.value == text)
}

/// Why the form holds more than the failed items; `None` if it does not.
fn failed_only_remark(requested: Option<Requested>, api: &StartApi, job: &Job) -> Option<String> {
    let names_items =
        |field: &Field| requested.is_some_and(|requested| requested.member == field.job_member);
    if !api.fields.iter().any(names_items) {
        let remark = "The items of these jobs do not have the names that a start takes, so what failed cannot \
                      be selected. The form holds everything that was requested.";
        return Some(remark.to_owned());
    }
    let has_several_containers =
        api.fields.iter().any(|field| !names_items(field) && job.list(field.job_member).len() > 1);
    let by_last_part =
        requested.is_some_and(|requested| requested.name_match == NameMatch::LastSegment);
    (by_last_part && has_several_containers).then(|| {
        "The job names accounts by number, so all its KMS are entered: the regions that failed in one of them \
         are repeated in all."
            .to_owned()
    })
}

/// The names of the parameters of a schedule that the form does not hold: they have no field, or a value of another
/// type.
fn missing_parameters(draft: &Draft, job: &Job) -> Vec<String> {
    let shown = draft.shown_fields();
    let fields = &draft.api.fields;
    // Such a field holds all parameters.
    if shown.iter().any(|&index| fields[index].kind == FieldKind::Object) {
        return Vec::new();
    }
    let is_held = |name: &str| {
        shown.iter().any(|&index| {
            let field = &fields[index];
            let is_parameter = field.job_member == name && !field.parent.is_empty();
            is_parameter && !draft.text(index).is_empty()
        })
    };
    let parameters = parameters(job).unwrap_or_default().members.into_iter();
    parameters
        // Leaving these out changes nothing.
        .filter(|member| !["null", "false", "[]", "\"\""].contains(&&*member.raw))
        .map(|member| member.name)
        .filter(|name| !is_held(name))
        .collect()
}

/// The parameters of a schedule, as members; `None` for a job.
fn parameters(job: &Job) -> Option<Job> {
    let members = json::parse_object(job.raw("job_config_params")?).ok()?;
    Some(Job { members, ..Job::default() })
}

/// `list` as a person types it, one entry to a line; as JSON if an entry cannot be typed so.
fn list_text(list: &[String]) -> String {
    let lines = list.join("\n");
    if Entries::from(lines.as_str()).list == list {
        return lines;
    }
    serde_json::to_string(list).unwrap_or(lines)
}

/// The failed items of `job`, one per line, by the names in the request.
fn failures(requested: Requested, job: &Job, remarks: &mut Vec<String>) -> String {
    let known: HashSet<String> = job.list(requested.member).into_iter().collect();
    let failed = job.items.names_of(ItemStatus::Failed).map(|name| match requested.name_match {
        NameMatch::Exact => name,
        NameMatch::LastSegment => text::last_segment(name),
    });
    let (names, unknown): (Vec<&str>, Vec<&str>) = failed.partition(|name| known.contains(*name));
    if !unknown.is_empty() {
        let count = pluralize(unknown.len(), "failed item is", "failed items are");
        remarks.push(format!("{count} not in the request of the job, and left out"));
    } else if names.is_empty() {
        remarks.push("Nothing of this job has failed, as far as this console can read".to_owned());
    }
    let mut seen = HashSet::new();
    let unique: Vec<&str> = names.into_iter().filter(|name| seen.insert(*name)).collect();
    unique.join("\n")
}

/// The fields that stay empty because the job does not report them.
fn unreported(draft: &Draft, job: &Job) -> Option<String> {
    let covers_all = |field: &Field| field.kind == FieldKind::Flag && !field.all.is_empty();
    let labels: Vec<&str> = draft
        .shown_fields()
        .into_iter()
        .filter(|&index| draft.text(index).is_empty())
        .map(|index| &draft.api.fields[index])
        .filter(|field| !covers_all(field) && field.kind != FieldKind::Json)
        .filter(|field| field.job_member.is_empty() || job.raw(field.job_member).is_none())
        .map(|field| field.label)
        .collect();
    if !labels.is_empty() {
        return Some(format!(
            "The job does not report these, so enter them again: {}",
            labels.join(", ")
        ));
    }
    draft.api.fields.iter().any(covers_all).then(|| {
        "A job lists what it covered. It does not report whether everything was requested."
            .to_owned()
    })
}
