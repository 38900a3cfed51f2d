//! Fills in the form that repeats a job, with remarks on what the job does not report. Nothing is guessed: a
//! field without a reported value stays empty, and what a field cannot hold is named.

use std::collections::HashSet;

use crate::entries;
use crate::family::start_api::{Field, FieldKind, StartApi};
use crate::family::{Family, Requested, Resource};
use crate::format::json;
use crate::format::text::{group_digits, pluralize};
use crate::job::Job;
use crate::start::{Draft, Repeat, repeat};

/// A prefilled form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefill {
    /// The form.
    pub draft: Draft,
    /// Sentences about the values that could not be taken over.
    pub remarks: Vec<String>,
    /// The failed items that the form repeats, if it repeats only those.
    pub repeat: Option<Repeat>,
}

impl Prefill {
    /// What to consider before `draft`, which this has filled in, is sent: that it repeats more than what failed.
    pub fn excess(&self, draft: &Draft) -> Option<String> {
        let failed = self.repeat?.failed;
        let (count, (one, many)) = draft.combinations().filter(|(count, _)| *count > failed)?;
        let (failed, count) = (pluralize(failed, one, many), group_digits(count));
        Some(format!(
            "Only {failed} failed in the job that is repeated, and this starts all {count}"
        ))
    }
}

/// What of a job a form repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepeatOf<'a> {
    /// The whole request.
    Request,
    /// Only its problems: all, or those with the cause of this key.
    Problems(Option<&'a str>),
}

/// The form that repeats `what` of `job` of `family`.
pub fn prefill(family: &Family, api: &'static StartApi, job: &Job, what: RepeatOf<'_>) -> Prefill {
    let mut prefill = fill(family, api, job, what);
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
    let Prefill { draft, mut remarks, repeat } = fill(family, api, job, RepeatOf::Request);
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
    Prefill { draft: draft.into_edit(), remarks, repeat }
}

fn fill(family: &Family, api: &'static StartApi, job: &Job, what: RepeatOf<'_>) -> Prefill {
    let parameters = parameters(job);
    let cause = match what {
        RepeatOf::Request => None,
        RepeatOf::Problems(cause) => Some(cause),
    };
    let requested = family.requested.zip(cause);
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
        let names_items = requested.filter(|(requested, _)| requested.member == field.job_member);
        let text = match (field.kind, names_items) {
            (FieldKind::Flag, _) if source.raw(field.job_member) == Some("true") => {
                "true".to_owned()
            }
            (FieldKind::Flag, _) => continue,
            (FieldKind::Texts(_), Some((requested, cause))) => {
                failures(requested, source, cause, &mut remarks)
            }
            (FieldKind::Texts(_), None) => entries::write(&source.list(field.job_member)),
            _ => source.text(field.job_member).unwrap_or_default(),
        };
        if is_unknown_operation(field, &text) {
            let label = field.label;
            remarks.push(format!("This console does not know this value of “{label}”: {text}"));
        } else if !text.is_empty() {
            draft.set_reported(index, text);
        }
    }
    if let Some(cause) = cause {
        remarks.extend(failed_only_remark(family, api, job, cause));
    }
    // A schedule has no members that it does not report.
    if family.resource == Resource::Jobs {
        remarks.extend(unreported(&draft, job));
    }
    let repeat = cause.map(|cause| Repeat::new(family, job, cause));
    Prefill { draft, remarks, repeat }
}

/// Whether `text` is not among the values of a choice.
fn is_unknown_operation(field: &Field, text: &str) -> bool {
    let FieldKind::Choice(known) = field.kind else {
        return false;
    };
    !text.is_empty() && !known.iter().any(|operation| operation.value == text)
}

/// Why the form holds more than the failed items; `None` if it does not.
fn failed_only_remark(
    family: &Family,
    api: &StartApi,
    job: &Job,
    cause: Option<&str>,
) -> Option<String> {
    let requested = family.requested;
    let names_items =
        |field: &Field| requested.is_some_and(|requested| requested.member == field.job_member);
    if !api.fields.iter().any(names_items) {
        let remark = "The items of these jobs do not have the names that a start takes, so what failed cannot \
                      be selected. The form holds everything that was requested.";
        return Some(remark.to_owned());
    }
    let Repeat { failed, started, .. } = Repeat::new(family, job, cause);
    (started > failed).then(|| {
        let (one, many) = family.item_nouns;
        let failed = pluralize(failed, one, many);
        let started = group_digits(started);
        format!(
            "The job names accounts by number and a start takes names of KMS, so all its KMS are entered: \
             {failed} failed, and this form repeats {started}."
        )
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

/// The failed items of `job` as a list, by the names in the request.
fn failures(
    requested: Requested,
    job: &Job,
    cause: Option<&str>,
    remarks: &mut Vec<String>,
) -> String {
    let (names, unknown) = repeat::failed_names(requested, job, cause);
    if unknown > 0 {
        let count = pluralize(unknown, "failed item is", "failed items are");
        remarks.push(format!("{count} not in the request of the job, and left out"));
    } else if names.is_empty() {
        remarks.push("Nothing of this job has failed, as far as this console can read".to_owned());
    }
    let mut seen = HashSet::new();
    let unique = names.into_iter().filter(|name| seen.insert(*name)).map(str::to_owned);
    entries::write(&unique.collect::<Vec<_>>())
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
