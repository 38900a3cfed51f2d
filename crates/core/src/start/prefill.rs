//! The form for starting a job once more, filled in from what the job tells, and what it does not
//! tell. Guesses nothing: what cannot be mapped is left empty, and said.

use std::collections::HashSet;

use crate::family::start_api::{Field, Kind, StartApi};
use crate::family::{Family, NameMatch, Resource};
use crate::format::json;
use crate::format::text;
use crate::format::text::counted;
use crate::job::Job;
use crate::job::item_status::ItemStatus;
use crate::start::Draft;

/// A form filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prefill {
    /// The form.
    pub draft: Draft,
    /// What could not be taken over, a sentence each.
    pub remarks: Vec<String>,
}

/// The form for what `job` of `family` asked for, or with `failed` only for what failed of it.
pub fn prefill(family: &Family, api: &'static StartApi, job: &Job, failed: bool) -> Prefill {
    let mut draft = Draft::of(api);
    let mut remarks = Vec::new();
    let original = job;
    let opened = opened(job);
    let job = opened.as_ref().unwrap_or(job);
    let asked = family.asked.filter(|_| failed);
    let is_about = |field: &Field| asked.is_some_and(|asked| asked.member == field.told);
    for (at, field) in api.fields.iter().enumerate() {
        if field.told.is_empty() {
            continue;
        }
        if field.kind == Kind::Object && !draft.shows(at) {
            continue;
        }
        let text = match field.kind {
            Kind::Flag => {
                draft.set_flag(at, job.raw(field.told) == Some("true"));
                continue;
            }
            Kind::Texts(_) if is_about(field) => failures(family, job, &mut remarks),
            Kind::Texts(_) => job.list(field.told).join("\n"),
            _ => job.shown(field.told).unwrap_or_default(),
        };
        if text.is_empty() {
            continue;
        }
        if let Kind::Choice(operations) = field.kind
            && !operations.iter().any(|known| known.value == text)
        {
            remarks.push(format!(
                "This console does not know the operation of the job: {text}"
            ));
            continue;
        }
        draft.set(at, text);
    }
    let mapped = api.fields.iter().any(is_about);
    if failed && !mapped {
        remarks.push(
            "What failed cannot be told apart here: the items of these jobs are not named as what \
             can be asked for. What is entered is what the whole job asked for."
                .to_owned(),
        );
    }
    let several = |field: &Field| job.list(field.told).len() > 1;
    let by_part = asked.is_some_and(|asked| asked.matching == NameMatch::LastPart);
    if mapped
        && by_part
        && api
            .fields
            .iter()
            .any(|field| !is_about(field) && several(field))
    {
        remarks.push(
            "The job names accounts by number, so that all its KMS are entered: the regions that \
             failed in one of them are done again in all."
                .to_owned(),
        );
    }
    // What a schedule does not tell it does not have.
    if family.resource == Resource::Jobs {
        remarks.extend(untold(&draft, job));
    }
    if let Some(strange) = strange(&draft, original) {
        remarks.push(strange);
    }
    Prefill { draft, remarks }
}

/// The parameters of a schedule that have no field here.
fn strange(draft: &Draft, job: &Job) -> Option<String> {
    let shown = draft.shown();
    let fields = || shown.iter().map(|&at| &draft.api.fields[at]);
    if fields().any(|field| field.kind == Kind::Object) {
        return None;
    }
    let parameters = json::members(job.raw("job_config_params")?).ok()?;
    let names = parameters.into_iter().map(|member| member.name);
    let strange: Vec<String> = names
        .filter(|name| !fields().any(|field| field.told == name))
        .collect();
    (!strange.is_empty()).then(|| {
        format!(
            "These parameters have no field here, and are lost if the others are sent: {}",
            strange.join(", ")
        )
    })
}

/// A schedule with its parameters beside its own members; none for what is no schedule.
fn opened(job: &Job) -> Option<Job> {
    let parameters = json::members(job.raw("job_config_params")?).ok()?;
    let mut opened = job.clone();
    opened.members.extend(parameters);
    Some(opened)
}

/// What failed of `job`, by the names under which it was asked for.
fn failures(family: &Family, job: &Job, remarks: &mut Vec<String>) -> String {
    let Some(asked) = family.asked else {
        return String::new();
    };
    let wanted = job.list(asked.member);
    let wanted: HashSet<&str> = wanted.iter().map(String::as_str).collect();
    let (mut names, mut strange, mut seen) = (Vec::new(), 0, HashSet::new());
    for (at, name) in job.items.names().enumerate() {
        if job
            .items
            .text(at)
            .is_none_or(|text| text.class != ItemStatus::Failed)
        {
            continue;
        }
        let name = match asked.matching {
            NameMatch::Same => name,
            NameMatch::LastPart => text::last_part(name),
        };
        if !wanted.contains(name) {
            strange += 1;
        } else if seen.insert(name) {
            names.push(name);
        }
    }
    if strange > 0 {
        let strange = counted(strange, "item that failed is", "items that failed are");
        remarks.push(format!(
            "{strange} not among what the job says it was asked for, and left out"
        ));
    } else if names.is_empty() {
        remarks.push("Nothing of this job has failed, as far as this console can read".to_owned());
    }
    names.join("\n")
}

/// The fields that stay empty since the job does not tell them.
fn untold(draft: &Draft, job: &Job) -> Vec<String> {
    let fields = draft.api.fields.iter().enumerate();
    let untold = fields.filter(|(at, field)| {
        let everything = field.kind == Kind::Flag && !field.all.is_empty();
        let told = !field.told.is_empty() && job.raw(field.told).is_some();
        let is_empty = draft.text(*at).is_empty();
        draft.shows(*at) && !everything && field.kind != Kind::Json && !told && is_empty
    });
    let labels: Vec<&str> = untold.map(|(_, field)| field.label).collect();
    let mut remarks = Vec::new();
    if !labels.is_empty() {
        let labels = labels.join(", ");
        remarks.push(format!(
            "The job does not tell these, so enter them again: {labels}"
        ));
    }
    let all = |field: &&Field| field.kind == Kind::Flag && !field.all.is_empty();
    if draft.api.fields.iter().find(all).is_some() && labels.is_empty() {
        remarks.push(
            "A job lists what it was about; whether everything was asked for it does not tell."
                .to_owned(),
        );
    }
    remarks
}
