//! The form that creates or edits a schedule: what it checks, what it sends, and what it says about its runs.

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use cckm_core::start::{Draft, Prefill, RepeatOf, prefill, prefill_edit};

const NOW: &str = "2026-11-21T10:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse::<Timestamp>().ok().unwrap()
}

fn family() -> &'static Family {
    Family::by_path("scheduler/job-configs").unwrap()
}

/// The edit of a schedule with these members, with these changes.
fn edit(members: &str, changes: &[(&str, &str)]) -> Prefill {
    let job = decode::job(format!(r#"{{"id":"s",{members}}}"#).as_bytes()).unwrap();
    let mut prefill = prefill_edit(family(), family().start.unwrap(), &job);
    set(&mut prefill.draft, changes);
    prefill
}

fn set(draft: &mut Draft, values: &[(&str, &str)]) {
    for (member, text) in values {
        draft.set(draft.api.position(member).unwrap(), (*text).to_owned());
    }
}

/// A form that creates a daily schedule, with these values.
fn create(values: &[(&str, &str)]) -> Draft {
    let mut draft = Draft::new(family().start.unwrap());
    let valid = [
        ("name", "nightly"),
        ("run_at", "0 0 * * *"),
        ("operation", "cckm_synchronization"),
        ("cloud_name", "aws"),
        ("synchronize_all", "true"),
    ];
    set(&mut draft, &valid);
    set(&mut draft, values);
    draft
}

/// The members with an error, and its message.
fn errors(draft: &Draft) -> Vec<(&'static str, String)> {
    let errors = draft.validate_at(at(NOW)).into_iter();
    errors.map(|error| (draft.api.fields[error.field].member, error.message)).collect()
}

/// A schedule that no form of this console would send.
const ODD: &str = r#""name":"odd","operation":"cckm_synchronization","run_at":"0 0 30 2 7",
    "start_date":"2027-01-01T00:00:00Z","end_date":"2020-01-01T00:00:00Z","description":"",
    "job_config_params":{"cloud_name":"aws"}"#;

#[test]
fn edit_checks_only_what_is_sent() {
    for (members, changes, body) in [
        (ODD, &[("description", "mine")][..], r#"{"description":"mine"}"#),
        (ODD, &[("disabled", "true")], r#"{"disabled":true}"#),
        (ODD, &[("start_date", ""), ("end_date", "")], r#"{"start_date":"","end_date":""}"#),
        // An unknown operation and a cloud that this console does not know.
        (
            r#""name":"n","operation":"crypto","run_at":"@daily","job_config_params":{"x":1}"#,
            &[("description", "mine")],
            r#"{"description":"mine"}"#,
        ),
        (
            r#""operation":"cckm_synchronization","job_config_params":{"cloud_name":"moon"}"#,
            &[("run_at", "0 0 * * *")],
            r#"{"run_at":"0 0 * * *"}"#,
        ),
        // A field of another cloud that is hidden again.
        (ODD, &[("key_rings", "ring"), ("description", "mine")], r#"{"description":"mine"}"#),
    ] {
        let draft = edit(members, changes).draft;
        assert_eq!(errors(&draft), [], "{members} {changes:?}");
        assert_eq!(draft.body(), body, "{members} {changes:?}");
    }
}

#[test]
fn edit_checks_the_whole_object_that_it_sends() {
    let both = r#""operation":"cckm_synchronization","run_at":"0 0 * * *",
        "job_config_params":{"cloud_name":"aws","kms":["a"]}"#;
    for (members, changes, member, message) in [
        (ODD, &[("cloud_name", "gcp")][..], "synchronize_all", "at least one of these"),
        // The list is not changed, but sent.
        (both, &[("synchronize_all", "true")], "kms", "does not go together"),
        (
            r#""operation":"cckm_synchronization","job_config_params":{"kms":["a"]}"#,
            &[("synchronize_all", "true")],
            "cloud_name",
            "Choose one",
        ),
        (ODD, &[("run_at", "0 0 30 2 *")], "run_at", "never runs"),
        (ODD, &[("run_at", "0 0 * * 7")], "run_at", "write 0 or SUN"),
        (ODD, &[("run_at", "0 0 * * *")], "run_at", "end is in the past"),
        (ODD, &[], "run_at", "Nothing is changed yet"),
    ] {
        let errors = errors(&edit(members, changes).draft);
        let is_found = errors.iter().any(|(own, text)| *own == member && text.contains(message));
        assert!(is_found, "{changes:?}: {errors:?}");
    }
}

#[test]
fn edit_names_parameters_that_the_form_cannot_hold() {
    let sync = r#""operation":"cckm_synchronization","job_config_params":"#;
    for (params, remark) in [
        (r#"{"cloud_name":"aws","kms":["a"],"synchronize_all":false,"key_rings":[]}"#, ""),
        (
            r#"{"cloud_name":"aws","kms":["a"],"extra":1}"#,
            "unless you change another parameter: they are not sent then, and may be lost: extra",
        ),
        // Of another type, and of another cloud.
        (
            r#"{"cloud_name":"aws","kms":"a","synchronize_all":"true","key_rings":["r"]}"#,
            "and may be lost: kms, synchronize_all, key_rings",
        ),
        (r#"{"cloud_name":"moon"}"#, "know this value of “Cloud”: moon"),
        (r#"{"cloud_name":"moon"}"#, "and may be lost: cloud_name"),
    ] {
        let remarks = edit(&format!("{sync}{params}"), &[]).remarks.join("|");
        assert!(remarks.contains(remark), "{params}: {remarks}");
        assert_eq!(remarks.is_empty(), remark.is_empty(), "{params}: {remarks}");
    }
    // Without a field for any parameter, nothing can be lost.
    let remarks = edit(r#""operation":"crypto","job_config_params":{"x":1}"#, &[]).remarks;
    assert_eq!(
        remarks[1],
        "This form cannot hold these parameters, and leaves them as they are: x"
    );
    // A copy does not take them over.
    let job = format!(r#"{{"id":"s",{sync}{{"cloud_name":"aws","kms":["a"],"extra":1}}}}"#);
    let job = decode::job(job.as_bytes()).unwrap();
    let copy = prefill(family(), family().start.unwrap(), &job, RepeatOf::Request);
    let remark = "This form cannot hold these parameters, so they are not taken over: extra";
    assert_eq!(copy.remarks, [remark]);
}

#[test]
fn prefill_keeps_members_and_parameters_apart() {
    let members = r#""operation":"cckm_synchronization","description":"of the schedule",
        "job_config_params":{"cloud_name":"aws","kms":["a,b","c"],"description":"of the job"}"#;
    let Prefill { draft, remarks, .. } = edit(members, &[("synchronize_all", "true")]);
    assert_eq!(draft.text(draft.api.position("description").unwrap()), "of the schedule");
    assert!(remarks[0].ends_with(": description"), "{remarks:?}");
    // A name with a comma stays one entry.
    let params = r#"{"cckm_synchronization_params":{"cloud_name":"aws","synchronize_all":true,"kms":["a,b","c"]}}"#;
    assert_eq!(draft.body(), params);
}

#[test]
fn schedule_that_never_runs_is_refused() {
    for (values, expected) in [
        (&[][..], None),
        (&[("run_at", "0 0 30 2 *")], Some(("run_at", "there is no day 30 in February"))),
        (&[("run_at", "0 9 * * 7")], Some(("run_at", "write 0 or SUN for Sunday"))),
        (&[("run_at", "0 9 * * 1-7")], Some(("run_at", "write 0 or SUN for Sunday"))),
        (&[("run_at", "0 9 * * */7")], None),
        (&[("end_date", NOW)], Some(("end_date", "its end is in the past"))),
        (
            &[("start_date", "2027-02-01T00:00:00Z"), ("end_date", "2027-01-01T00:00:00Z")],
            Some(("end_date", "later than “Not before”")),
        ),
        (
            &[("run_at", "0 0 1 1 *"), ("end_date", "2026-12-30T00:00:00Z")],
            Some(("end_date", "no such time between its dates")),
        ),
        (
            &[
                ("run_at", "0 0 29 2 *"),
                ("start_date", "2026-12-01T00:00:00Z"),
                ("end_date", "2027-12-01T00:00:00Z"),
            ],
            Some(("end_date", "no such time between its dates")),
        ),
        // There may be a run in another time zone.
        (&[("run_at", "0 0 1 1 *"), ("end_date", "2026-12-31T23:00:00Z")], None),
        (
            &[
                ("run_at", "0 0 1 1 *"),
                ("start_date", "2027-01-01T01:00:00Z"),
                ("end_date", "2027-01-02T00:00:00Z"),
            ],
            None,
        ),
    ] {
        let errors = errors(&create(values));
        let is_expected = match (errors.as_slice(), expected) {
            ([], None) => true,
            ([(own, text)], Some((member, message))) => *own == member && text.contains(message),
            _ => false,
        };
        assert!(is_expected, "{values:?}: {errors:?}");
    }
}

#[test]
fn run_preview_names_the_first_run_and_what_is_assumed() {
    let midnight = Some(at("2026-11-22T00:00:00Z"));
    for (draft, first, remarks) in [
        (create(&[]), midnight, &["in UTC"][..]),
        (create(&[("run_at", "0 0 1-31 * 1")]), midnight, &["those that match one", "in UTC"]),
        (
            create(&[("start_date", "2026-12-01T00:00:00Z")]),
            Some(at("2026-12-01T00:00:00Z")),
            &["in UTC"],
        ),
        (
            create(&[("run_at", "0 0 1 1 *"), ("end_date", "2026-12-31T23:00:00Z")]),
            None,
            &["In UTC there is no run"],
        ),
        (create(&[("disabled", "true")]), None, &[]),
    ] {
        let preview = draft.run_preview(at(NOW)).unwrap();
        assert_eq!(preview.first, first, "{preview:?}");
        assert_eq!(preview.remarks.len(), remarks.len(), "{preview:?}");
        let is_expected = preview.remarks.iter().zip(remarks).all(|(own, part)| own.contains(part));
        assert!(is_expected, "{preview:?}");
    }
    let described = edit(ODD, &[("description", "mine")]).draft;
    assert_eq!(described.run_preview(at(NOW)), None);
}
