//! A start that was saved before it was sent: what a reload restores, and what it ignores.

use cckm_core::batch::target;
use cckm_core::family::Family;
use cckm_core::start::pending::PendingStart;
use cckm_core::start::request::{StartOutcome, StartRequest, StartStage};
use cckm_core::start::{Draft, FieldValue};

const BODY: &str = r#"{"operation":"enablekey","keys":["a","b"]}"#;

fn bulk() -> &'static Family {
    Family::by_path("aws/bulkjob").unwrap()
}

#[test]
fn pending_start_is_restored_only_at_its_api_and_in_its_domain() {
    let since = "2026-11-20T09:00:00Z".parse().unwrap();
    let home = target("https://cm.example/api/", Some("root"));
    let start = PendingStart::new(home.clone(), bulk(), BODY.to_owned(), since);
    let restored = PendingStart::load(&start.save()).unwrap();
    assert_eq!(restored, start);
    assert_eq!((restored.since(), restored.body.as_str()), (since, BODY));
    assert_eq!(restored.family_at(&home), Some(bulk()));
    for other in
        [target("https://cm.example/api/", Some("other")), target("https://b/", Some("root"))]
    {
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
    ] {
        assert_eq!(PendingStart::load(text), None, "{text}");
    }
    let unknown = saved.replace("aws/bulkjob", "no/such-jobs");
    assert_eq!(PendingStart::load(&unknown).unwrap().family_at("t"), None);
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
    for is_resolved in [false, true] {
        let mut request = StartRequest::restored();
        assert!(request.is_pending());
        assert!(request.leave_to_other_tab(is_resolved));
        assert_eq!(*request.stage(), StartStage::InOtherTab { is_resolved });
        assert!(!request.is_unresolved() && !request.is_editable() && !request.is_pending());
        assert_eq!((request.send_again(), request.confirm()), (None, None));
        request.dismiss();
        assert!(request.is_editable());
    }
    // Its answer may still come.
    let mut sent = StartRequest::default();
    let number = sent.confirm().unwrap();
    assert!(!sent.leave_to_other_tab(true) && sent.is_pending());
    sent.finish(number, StartOutcome::Refused);
    assert_eq!(*sent.stage(), StartStage::Refused);
}
