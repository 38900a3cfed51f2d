//! Actions on a job: when they are allowed, and that each confirmation sends once.

use cckm_core::api::decode;
use cckm_core::family::{FAMILIES, Family, Resource};
use cckm_core::job::Job;
use cckm_core::job::action::{Action, ActionStage, Observation, unfinished_items};
use cckm_core::job::counts::Progress;
use cckm_core::problem::Problem;
use proptest::prelude::*;

fn job(json: &str) -> Job {
    decode::job(json.as_bytes()).unwrap()
}

fn family(path: &str) -> &'static Family {
    Family::by_path(path).unwrap()
}

fn problem() -> Problem {
    Problem::local("The server cannot be reached", "")
}

fn allowed(family: &Family, json: &str) -> Vec<Action> {
    let job = job(json);
    let all = Action::ALL.into_iter();
    all.filter(|action| action.is_allowed(family, &job)).collect()
}

#[test]
fn job_action_is_allowed_by_status_and_family() {
    use Action::{Cancel, Delete};
    for (status, expected) in [
        (r#""overall_status":"in_progress","abort":false"#, &[Cancel][..]),
        (r#""overall_status":"in_progress""#, &[Cancel]),
        (r#""overall_status":"in_progress","abort":true"#, &[]),
        (r#""overall_status":"completed","abort":false"#, &[Delete]),
        (r#""overall_status":"completed","abort":true"#, &[Delete]),
        (r#""overall_status":"failed""#, &[Delete]),
        (r#""overall_status":"IN_PROGRESS""#, &[Cancel]),
        // An unknown status without an end may still run.
        (r#""overall_status":"paused""#, &[Cancel]),
        (r#""overall_status":"paused","abort":true"#, &[]),
        (r#""overall_status":"paused","completed_at":"2026-11-21T10:00:00Z""#, &[Delete]),
        (r#""overall_status":["in_progress"]"#, &[Cancel]),
        (r#""overall_status":null"#, &[Cancel]),
        (r#""abort":true"#, &[]),
    ] {
        let json = format!(r#"{{"id":"1",{status}}}"#);
        for family in FAMILIES.iter().filter(|family| family.resource == Resource::Jobs) {
            let can = |action: &&Action| match action {
                Cancel => family.can_cancel,
                _ => family.can_delete,
            };
            let expected: Vec<Action> = expected.iter().filter(can).copied().collect();
            assert_eq!(allowed(family, &json), expected, "{} {status}", family.path);
        }
    }
}

#[test]
fn schedule_action_is_allowed_by_disabled() {
    use Action::{Delete, Disable, Enable, RunNow};
    let schedules = family("scheduler/job-configs");
    for (json, expected) in [
        (r#"{"id":"1","disabled":false}"#, [RunNow, Disable, Delete]),
        (r#"{"id":"1"}"#, [RunNow, Disable, Delete]),
        (r#"{"id":"1","disabled":true}"#, [RunNow, Enable, Delete]),
    ] {
        assert_eq!(allowed(schedules, json), expected, "{json}");
    }
}

#[test]
fn observation_from_job_prefers_abort() {
    use Action::{Cancel, Disable, Enable};
    for (action, members, expected) in [
        (Cancel, r#""overall_status":"in_progress","abort":true"#, Observation::Aborted),
        (Cancel, r#""overall_status":"completed","abort":true"#, Observation::Aborted),
        (Cancel, r#""overall_status":"completed""#, Observation::Over),
        (Cancel, r#""overall_status":"in_progress","abort":"true""#, Observation::Running),
        (Disable, r#""disabled":true"#, Observation::Disabled),
        (Enable, r#""disabled":true"#, Observation::Disabled),
        (Enable, r#""disabled":false"#, Observation::Enabled),
    ] {
        let job = job(&format!(r#"{{"id":"1",{members}}}"#));
        assert_eq!(Observation::from_job(action, &job), expected, "{action:?} {members}");
    }
}

#[test]
fn observation_from_runs_counts_only_runs_of_the_schedule_since_the_request() {
    use Observation::{NotRan, Ran};
    let since = "2026-11-21T10:00:00Z".parse().unwrap();
    let (old, new) = ("2026-11-21T09:59:59.999Z", "2026-11-21T10:00:00Z");
    for (runs, total, expected) in [
        (&[][..], "", Some(NotRan)),
        (&[(old, "s")], r#","total":1"#, Some(NotRan)),
        (&[("at some time", "s")], r#","total":1"#, Some(NotRan)),
        (&[(new, "s")], "", Some(Ran)),
        // A server that ignores the filter.
        (&[(new, "other"), (old, "s")], "", Some(NotRan)),
        // Further runs, of which the newest first is not certain.
        (&[(old, "s")], r#","total":9"#, None),
        (&[("2026-11-21T08:00:00Z", "s"), (old, "s")], r#","total":9"#, None),
    ] {
        let list: Vec<String> = runs
            .iter()
            .map(|(at, id)| format!(r#"{{"id":"r","createdAt":"{at}","job_config_id":"{id}"}}"#))
            .collect();
        let page = format!(r#"{{"resources":[{}]{total}}}"#, list.join(","));
        let page = decode::job_page(page.as_bytes()).unwrap();
        assert_eq!(Observation::from_runs(&page, "s", since), expected, "{runs:?}");
    }
}

#[test]
fn check_by_a_lagging_node_is_corrected_by_a_later_answer() {
    let mut stage = ActionStage::default();
    stage.request(Action::Cancel);
    stage.confirm();
    stage.answer_lost(problem());
    stage.checked(Some(Observation::Running));
    stage.job_changed(|_| true, |_| Observation::Over);
    assert!(matches!(stage, ActionStage::Checked(_, _, Observation::Running)));
    stage.job_changed(|_| false, |_| Observation::Aborted);
    assert!(matches!(stage, ActionStage::Checked(_, _, Observation::Aborted)));
}

#[test]
fn unfinished_items_are_counted_as_far_as_known() {
    let (azure, aws) = (family("azure/bulkjobs"), family("aws/bulkjob"));
    let some = Some(Progress { done: 1, total: 4 });
    for (family, progress, expected) in [
        (azure, None, "Cancelling ends the job early. It has not reported any items yet."),
        (
            azure,
            some,
            "Cancelling ends the job early. It has reported 4 items so far, 1 of them finished.",
        ),
        (aws, some, "Cancelling ends the job early: 3 of 4 keys not finished yet."),
    ] {
        assert_eq!(unfinished_items(family, progress), expected);
    }
}

#[test]
fn question_becomes_obsolete_when_the_job_no_longer_allows_it() {
    let mut stage = ActionStage::default();
    stage.request(Action::Cancel);
    stage.job_changed(|_| true, |_| Observation::Running);
    assert_eq!(stage, ActionStage::Requested(Action::Cancel));
    stage.job_changed(|_| false, |_| Observation::Over);
    assert_eq!(stage, ActionStage::Obsolete(Action::Cancel));
    assert_eq!(stage.confirm(), None, "too late");
    stage.dismiss();
    assert_eq!(stage, ActionStage::Idle);
}

#[test]
fn lost_answer_is_checked_until_a_check_succeeds() {
    let mut stage = ActionStage::default();
    stage.request(Action::Delete);
    assert_eq!(stage.confirm(), Some(Action::Delete));
    assert_eq!(stage.confirm(), None, "a second press");
    stage.answer_lost(problem());
    stage.request(Action::Delete);
    assert_eq!(stage, ActionStage::Checking(Action::Delete, problem()));
    stage.checked(None);
    assert_eq!(stage.confirm(), None);
    stage.check_again();
    assert_eq!(stage, ActionStage::Checking(Action::Delete, problem()));
    stage.checked(Some(Observation::Gone));
    let checked = ActionStage::Checked(Action::Delete, problem(), Observation::Gone);
    assert_eq!(stage, checked);
    stage.check_again();
    assert_eq!(stage, checked);
}

#[test]
fn restored_action_is_checked_before_another_can_begin() {
    let mut stage = ActionStage::restored(Action::RunNow);
    stage.request(Action::RunNow);
    assert_eq!((stage.is_busy(), stage.confirm()), (true, None));
    assert_eq!(stage, ActionStage::restored(Action::RunNow));
    stage.checked(Some(Observation::NotRan));
    stage.request(Action::RunNow);
    assert_eq!(stage.confirm(), Some(Action::RunNow));
}

#[test]
fn action_is_pending_until_the_person_has_read_its_result() {
    use Action::{Cancel, RunNow};
    let pending = |stage: &ActionStage| (stage.is_pending(), stage.unresolved());
    let after = |stage: &ActionStage, event: fn(&mut ActionStage)| {
        let mut stage = stage.clone();
        event(&mut stage);
        pending(&stage)
    };
    let mut stage = ActionStage::default();
    stage.request(RunNow);
    assert_eq!(pending(&stage), (false, None), "nothing was sent");
    assert_eq!(after(&stage, ActionStage::leave), (false, None));
    stage.confirm();
    assert_eq!(pending(&stage), (true, None), "its answer may still come");
    assert_eq!(after(&stage, ActionStage::leave), (true, None));
    assert_eq!(after(&stage, |stage| stage.rejected(problem())), (false, None));
    assert_eq!(after(&stage, ActionStage::accepted), (false, None));
    stage.answer_lost(problem());
    assert_eq!(pending(&stage), (true, Some(RunNow)));
    stage.checked(None);
    assert!(!stage.allows_another());
    assert_eq!(after(&stage, |stage| stage.request(Action::Delete)), (true, Some(RunNow)));
    // The node that was asked may lag.
    for _ in 0..2 {
        assert_eq!(after(&stage, ActionStage::leave), (true, Some(RunNow)));
        assert_eq!(after(&stage, ActionStage::dismiss), (false, None));
        stage.check_again();
        assert_eq!(stage, ActionStage::Checking(RunNow, problem()));
        stage.checked(Some(Observation::NotRan));
        assert_eq!(pending(&stage), (true, Some(RunNow)));
    }
    stage.request(RunNow);
    assert_eq!(pending(&stage), (false, None), "the person has read what is known");
    for (observation, unresolved) in [
        (Observation::Aborted, None),
        (Observation::Over, None),
        (Observation::Running, Some(Cancel)),
    ] {
        let mut stage = ActionStage::restored(Cancel);
        stage.checked(Some(observation));
        assert_eq!(pending(&stage), (true, unresolved), "{observation:?}");
        assert_eq!(after(&stage, ActionStage::leave), (unresolved.is_some(), unresolved));
    }
}

#[test]
fn failed_check_is_replaced_by_what_the_job_shows() {
    for (action, shown) in
        [(Action::Cancel, Observation::Aborted), (Action::Delete, Observation::Gone)]
    {
        let mut stage = ActionStage::restored(action);
        stage.checked(None);
        stage.job_changed(|_| true, |_| Observation::Running);
        assert_eq!(stage.unresolved(), Some(action), "no effect is shown");
        stage.job_changed(|_| false, |_| shown);
        assert_eq!(stage.unresolved(), None);
        assert!(matches!(stage, ActionStage::Checked(..)));
    }
}

/// What can happen to a stage, in any order.
#[derive(Clone, Copy, Debug)]
enum Event {
    Request(Action),
    Dismiss,
    Confirm,
    JobChanged(bool),
    Accepted,
    Rejected,
    AnswerLost,
    CheckAgain,
    Checked(Option<Observation>),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => prop::sample::select(Action::ALL.to_vec()).prop_map(Event::Request),
        1 => Just(Event::Dismiss),
        4 => Just(Event::Confirm),
        2 => any::<bool>().prop_map(Event::JobChanged),
        1 => Just(Event::Accepted),
        1 => Just(Event::Rejected),
        2 => Just(Event::AnswerLost),
        1 => Just(Event::CheckAgain),
        1 => Just(Event::Checked(None)),
        1 => Just(Event::Checked(Some(Observation::Running))),
    ]
}

proptest! {
    /// Each request has its own question before it, and only one is in flight.
    #[test]
    fn action_is_sent_once_for_each_confirmation(events in prop::collection::vec(event(), 0..60)) {
        let mut stage = ActionStage::default();
        let (mut requested, mut in_flight) = (None, false);
        for event in events {
            match event {
                Event::Request(action) => {
                    if !stage.is_busy() {
                        requested = Some(action);
                    }
                    stage.request(action);
                }
                Event::Dismiss => {
                    stage.dismiss();
                    if !stage.is_busy() {
                        requested = None;
                    }
                }
                Event::Confirm => if let Some(sent) = stage.confirm() {
                    prop_assert_eq!(requested.take(), Some(sent));
                    prop_assert!(!in_flight);
                    in_flight = true;
                },
                Event::JobChanged(is_allowed) => stage.job_changed(|_| is_allowed, |_| Observation::Running),
                Event::Accepted | Event::Rejected | Event::AnswerLost if !in_flight => {}
                Event::Accepted => { stage.accepted(); in_flight = false; }
                Event::Rejected => { stage.rejected(problem()); in_flight = false; }
                Event::AnswerLost => { stage.answer_lost(problem()); in_flight = false; }
                Event::CheckAgain => stage.check_again(),
                Event::Checked(observation) => stage.checked(observation),
            }
            prop_assert_eq!(matches!(stage, ActionStage::Sent(_)), in_flight);
            prop_assert!(stage.is_pending() || !in_flight, "it must stay saved");
        }
    }
}
