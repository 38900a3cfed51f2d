//! What can be done to a job that is there: when it is offered, and that it is sent once for each yes.
#![allow(clippy::unwrap_used)]

use cckm_core::api::decode;
use cckm_core::family::{FAMILIES, Family, Resource};
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use cckm_core::job::action::{Action, ActionStage, Observation};
use cckm_core::problem::Problem;
use proptest::prelude::*;

fn job(json: &str) -> Job {
    decode::job(json.as_bytes()).unwrap()
}

fn family(path: &str) -> &'static Family {
    Family::of_path(path).unwrap()
}

fn problem() -> Problem {
    Problem::here("The server cannot be reached", "")
}

#[test]
fn odd_jobs_are_neither_cancelled_nor_deleted() {
    let azure = family("azure/bulkjobs");
    for odd in [
        r#"{"id":"1"}"#,
        r#"{"id":"1","overall_status":null}"#,
        r#"{"id":"1","abort":true}"#,
    ] {
        let odd = job(odd);
        assert!(!Action::Cancel.fits(azure, &odd), "{odd:?}");
        assert!(!Action::Delete.fits(azure, &odd), "{odd:?}");
    }
    // A status that is no text is not one that is known to run, so the job counts as over.
    let list = job(r#"{"id":"1","overall_status":["in_progress"]}"#);
    assert!(!Action::Cancel.fits(azure, &list));
}

#[test]
fn what_is_offered_follows_the_status() {
    for (json, cancels, deletes) in [
        (
            r#"{"id":"1","overall_status":"in_progress","abort":false}"#,
            true,
            false,
        ),
        (r#"{"id":"1","overall_status":"in_progress"}"#, true, false),
        (
            r#"{"id":"1","overall_status":"in_progress","abort":true}"#,
            false,
            false,
        ),
        (
            r#"{"id":"1","overall_status":"completed","abort":false}"#,
            false,
            true,
        ),
        (
            r#"{"id":"1","overall_status":"completed","abort":true}"#,
            false,
            true,
        ),
        (r#"{"id":"1","overall_status":"failed"}"#, false, true),
        (r#"{"id":"1","overall_status":"paused"}"#, false, true),
    ] {
        let job = job(json);
        let jobs = |family: &&Family| family.resource == Resource::Jobs;
        for family in FAMILIES.iter().filter(jobs) {
            assert_eq!(Action::Cancel.fits(family, &job), cancels && family.cancels);
            assert_eq!(Action::Delete.fits(family, &job), deletes && family.deletes);
        }
    }
}

#[test]
fn a_look_tells_abort_before_all_else() {
    let sight = |json| Observation::of(Action::Cancel, &job(json));
    assert_eq!(
        sight(r#"{"id":"1","overall_status":"in_progress","abort":true}"#),
        Observation::Aborted
    );
    assert_eq!(
        sight(r#"{"id":"1","overall_status":"completed","abort":true}"#),
        Observation::Aborted
    );
    assert_eq!(
        sight(r#"{"id":"1","overall_status":"completed"}"#),
        Observation::Over
    );
    assert_eq!(
        sight(r#"{"id":"1","overall_status":"in_progress","abort":"true"}"#),
        Observation::Running
    );
}

#[test]
fn an_open_question_closes_only_when_it_makes_no_sense() {
    let mut stage = ActionStage::default();
    stage.ask(Action::Cancel);
    stage.follow(|_| true);
    assert_eq!(stage, ActionStage::Requested(Action::Cancel));
    stage.follow(|_| false);
    assert_eq!(stage, ActionStage::Obsolete(Action::Cancel));
    assert_eq!(stage.confirm(), None, "too late");
    stage.dismiss();
    assert_eq!(stage, ActionStage::Idle);
}

#[test]
fn a_lost_answer_is_looked_after_until_something_is_seen() {
    let mut stage = ActionStage::default();
    stage.ask(Action::Delete);
    assert_eq!(stage.confirm(), Some(Action::Delete));
    assert_eq!(stage.confirm(), None, "a second press");
    assert!(stage.lost(problem()));
    stage.ask(Action::Delete);
    assert_eq!(stage, ActionStage::Looking(Action::Delete, problem()));
    stage.looked(None);
    assert_eq!(stage.confirm(), None);
    assert!(stage.look());
    stage.looked(Some(Observation::Gone));
    assert_eq!(
        stage,
        ActionStage::Seen(Action::Delete, problem(), Observation::Gone)
    );
    assert!(!stage.look());
}

/// What can happen, in any order.
#[derive(Clone, Copy, Debug)]
enum Event {
    Ask(Action),
    Dismiss,
    Yes,
    Refresh(bool),
    Taken,
    Refused,
    Lost,
    Look,
    Looked(Option<Observation>),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => prop::sample::select(Action::ALL.to_vec()).prop_map(Event::Ask),
        1 => Just(Event::Dismiss),
        4 => Just(Event::Yes),
        2 => any::<bool>().prop_map(Event::Refresh),
        1 => Just(Event::Taken),
        1 => Just(Event::Refused),
        2 => Just(Event::Lost),
        1 => Just(Event::Look),
        1 => Just(Event::Looked(None)),
        1 => Just(Event::Looked(Some(Observation::Running))),
    ]
}

proptest! {
    /// Each sending has a question of its own before it, with nothing sent in between, and no
    /// answer is waited for by two.
    #[test]
    fn nothing_is_sent_without_a_question_of_its_own(events in prop::collection::vec(event(), 0..60)) {
        let mut stage = ActionStage::default();
        let (mut asked, mut under_way) = (None, false);
        for event in events {
            match event {
                Event::Ask(action) => {
                    let busy = stage.is_busy();
                    stage.ask(action);
                    if !busy {
                        asked = Some(action);
                    }
                }
                Event::Dismiss => {
                    stage.dismiss();
                    if !stage.is_busy() {
                        asked = None;
                    }
                }
                Event::Yes => if let Some(sent) = stage.confirm() {
                    prop_assert_eq!(asked.take(), Some(sent));
                    prop_assert!(!under_way);
                    under_way = true;
                },
                Event::Refresh(fits) => stage.follow(|_| fits),
                Event::Taken | Event::Refused | Event::Lost if !under_way => {}
                Event::Taken => { stage.taken(); under_way = false; }
                Event::Refused => { stage.refused(problem()); under_way = false; }
                Event::Lost => { prop_assert!(stage.lost(problem())); under_way = false; }
                Event::Look => _ = stage.look(),
                Event::Looked(sight) => stage.looked(sight),
            }
            prop_assert_eq!(matches!(stage, ActionStage::Sent(_)), under_way);
        }
    }
}

#[test]
fn a_schedule_is_run_switched_and_deleted() {
    use Action::{Delete, Disable, Enable, RunNow};
    let schedules = family("scheduler/job-configs");
    let offered = |json| {
        let job = job(json);
        let all = Action::ALL.into_iter();
        all.filter(|action| action.fits(schedules, &job))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        offered(r#"{"id":"1","disabled":false}"#),
        [RunNow, Disable, Delete]
    );
    assert_eq!(offered(r#"{"id":"1"}"#), [RunNow, Disable, Delete]);
    assert_eq!(
        offered(r#"{"id":"1","disabled":true}"#),
        [RunNow, Enable, Delete]
    );
    let off = job(r#"{"id":"1","disabled":true}"#);
    assert_eq!(Observation::of(Disable, &off), Observation::Disabled);
    assert_eq!(Observation::of(Enable, &off), Observation::Disabled);
    let since = Timestamp::read("2026-11-21T10:00:00Z").unwrap();
    for (created, sight) in [
        ("2026-11-21T09:59:59.999Z", Observation::NotRan),
        ("2026-11-21T10:00:00Z", Observation::Ran),
        ("at some time", Observation::NotRan),
    ] {
        let run = job(&format!(r#"{{"id":"r","createdAt":"{created}"}}"#));
        assert_eq!(Observation::of_runs(&[run], since), sight, "{created}");
    }
    assert_eq!(Observation::of_runs(&[], since), Observation::NotRan);
}
