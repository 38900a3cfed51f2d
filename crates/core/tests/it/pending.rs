//! Starts and actions that were saved before they were sent: what a reload restores, and what it ignores.

use cckm_core::batch::target;
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use cckm_core::job::action::Action;
use cckm_core::pending::{PendingAction, PendingStart};
use cckm_core::route::JobRoute;
use cckm_core::start::request::{StartOutcome, StartRequest, StartStage};
use cckm_core::start::{Draft, FieldValue};

const BODY: &str = r#"{"operation":"enablekey","keys":["a","b"]}"#;

fn bulk() -> &'static Family {
    Family::by_path("aws/bulkjob").unwrap()
}

#[test]
fn pending_start_is_restored_only_at_its_api_and_in_its_domain() {
    let since = "2026-11-20T09:00:00Z".parse().unwrap();
    let home = target("https://cm.example/api/", "", Some("root"));
    let start = PendingStart::new(home.clone(), bulk(), BODY.to_owned(), since);
    let restored = PendingStart::load(&start.save()).unwrap();
    assert_eq!(restored, start);
    assert_eq!((restored.since(), restored.body.as_str()), (since, BODY));
    assert_eq!(restored.family_at(&home), Some(bulk()));
    for other in [
        target("https://cm.example/api/", "", Some("other")),
        target("https://cm.example/api/", "emea", Some("root")),
        target("https://b/", "", Some("root")),
    ] {
        assert_eq!(restored.family_at(&other), None, "{other}");
    }
}

#[test]
fn pending_start_of_another_format_is_ignored() {
    let since = "2026-11-20T09:00:00Z".parse().unwrap();
    let saved = PendingStart::new("t".to_owned(), bulk(), BODY.to_owned(), since).save();
    for text in [
        "",
        "{}",
        "no JSON",
        &saved.replace("\"version\":1", "\"version\":2"),
        &saved.replace(r#"{\"operation"#, "no object"),
        &saved.replace("aws/bulkjob", "no/such-jobs"),
    ] {
        assert_eq!(PendingStart::load(text), None, "{text}");
    }
}

/// What an earlier version of the console saved must stay readable.
#[test]
fn saved_texts_have_a_fixed_form() {
    let since = "2026-11-20T09:00:00Z".parse().unwrap();
    let start = PendingStart::new("t".to_owned(), bulk(), BODY.to_owned(), since);
    let saved = r#"{"version":1,"target":"t","family":"aws/bulkjob","body":"{\"operation\":\"enablekey\",\"keys\":[\"a\",\"b\"]}","since_ms":1795165200000,"is_server_time":true}"#;
    assert_eq!(start.save(), saved);
    let saved = r#"{"version":1,"target":"t","family":"scheduler/job-configs","id":"s","action":"run_now","since_ms":1795165200000}"#;
    assert_eq!(run_now(Some(since)).save(), saved);
}

/// A run of a schedule that was sent to the target `t`.
fn run_now(since: Option<Timestamp>) -> PendingAction {
    let schedules = Family::by_path("scheduler/job-configs").unwrap();
    PendingAction::new("t".to_owned(), &JobRoute::new(schedules, "s"), Action::RunNow, since)
}

#[test]
fn pending_action_is_restored_only_at_its_api_and_in_its_domain() {
    let home = target("https://cm.example/api/", "", Some("root"));
    let elsewhere = [
        target("https://cm.example/api/", "", Some("other")),
        target("https://b/", "", Some("root")),
    ];
    let job = JobRoute::new(bulk(), "a/b ?");
    for since in [None, Some("2026-11-20T09:00:00Z".parse().unwrap())] {
        let action = PendingAction::new(home.clone(), &job, Action::Cancel, since);
        let restored = PendingAction::load(&action.save()).unwrap();
        assert_eq!(restored, action);
        assert_eq!((restored.action, restored.since()), (Action::Cancel, since));
        assert_eq!(restored.job_at(&home), Some(job.clone()));
        for other in &elsewhere {
            assert_eq!(restored.job_at(other), None, "{other}");
        }
    }
}

#[test]
fn pending_action_of_another_format_is_ignored() {
    let saved = run_now(None).save();
    for text in [
        "",
        "{}",
        "no JSON",
        "[]",
        &saved.replace("\"version\":1", "\"version\":2"),
        &saved.replace("run_now", "reboot"),
        &saved.replace(r#""id":"s""#, r#""id":"""#),
        &saved.replace("null", "\"yesterday\""),
        &saved[..saved.len() - 1],
    ] {
        assert_eq!(PendingAction::load(text), None, "{text}");
    }
    // Nor are there schedules that can be cancelled, nor jobs that can be run again.
    for (from, to) in [
        ("scheduler/job-configs", "no/such-jobs"),
        ("scheduler/job-configs", "aws/bulkjob"),
        ("run_now", "cancel"),
    ] {
        assert_eq!(PendingAction::load(&saved.replace(from, to)), None, "{from} → {to}");
    }
}

#[test]
fn saved_action_with_an_odd_instant_is_read() {
    let saved = run_now(None).save();
    let action = PendingAction::load(&saved.replace("null", &i64::MIN.to_string())).unwrap();
    assert!(action.since().is_some_and(|since| since < "1970-01-01T00:00:00Z".parse().unwrap()));
}

#[test]
fn restored_start_is_unresolved_and_is_sent_again_only_by_a_decision() {
    let mut request = StartRequest::restored();
    assert!(request.is_unresolved() && !request.is_editable());
    assert_eq!(request.confirm(), None);
    assert_eq!(request.send_again(), Some(2));
}

#[test]
fn form_from_a_body_sends_the_same_body() {
    for (path, body) in [
        ("aws/bulkjob", BODY),
        ("aws/bulkjob", r#"{"operation":"schedulekeydeletion","keys":["a, b","c"],"days":7}"#),
        ("aws/synchronization-jobs", r#"{"synchronize_all":true}"#),
        ("google/update-all-versions-jobs", r#"{"operation":"enable","key_id":"k"}"#),
    ] {
        let api = Family::by_path(path).unwrap().start.unwrap();
        let sent = serde_json::from_str::<serde_json::Value>(body).unwrap();
        let draft = Draft::from_body(api, body);
        let again = serde_json::from_str::<serde_json::Value>(&draft.body()).unwrap();
        assert_eq!(again, sent, "{path}");
    }
    let api = bulk().start.unwrap();
    let draft = Draft::from_body(api, BODY);
    let keys = FieldValue::Texts(vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(draft.value_of("keys"), Some(keys));
}

#[test]
fn start_in_another_tab_is_not_sent_from_here() {
    let mut request = StartRequest::restored();
    assert!(request.is_pending());
    assert!(request.leave_to_other_tab());
    assert_eq!(*request.stage(), StartStage::InOtherTab);
    assert!(!request.is_unresolved() && !request.is_editable() && !request.is_pending());
    assert_eq!((request.send_again(), request.confirm()), (None, None));
    // The other tab was closed.
    request.take_back();
    assert_eq!(*request.stage(), StartStage::Lost);
    assert!(request.leave_to_other_tab());
    request.dismiss();
    request.take_back();
    assert!(request.is_editable());
    // Its answer may still come.
    let mut sent = StartRequest::default();
    let number = sent.confirm().unwrap();
    assert!(!sent.leave_to_other_tab() && sent.is_pending());
    sent.finish(number, StartOutcome::Refused);
    assert_eq!(*sent.stage(), StartStage::Refused);
}
