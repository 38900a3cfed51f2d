//! The due times of schedules (CONTRACT.md 3, family 18): `run_at`, dates, and the clock.

use std::time::Duration;

use cckm_simulator::scheduler::MAX_RUNS;
use proptest::prelude::*;
use serde_json::json;

use crate::support::{
    CONFIGS, Client, RUNS, backup, code, create, nightly, noon, one_run, one_schedule, run_now,
    run_times, with,
};

const DAY: u64 = 24 * 3600;

/// When a schedule runs within some hours after noon of 31 January 2026, a Saturday.
fn due(run_at: &str, hours: u64) -> Vec<String> {
    let mut client = Client::admin();
    create(&mut client, &backup(run_at));
    client.advance(3600 * hours);
    run_times(&mut client)
}

#[test]
fn schedule_runs_once_at_each_due_time() {
    let mut client = Client::admin();
    let schedule = create(&mut client, &backup("30 12 * * *"));
    client.advance(30 * 60 - 1);
    assert_eq!(run_times(&mut client), [""; 0]);
    client.advance(1);
    assert_eq!(run_times(&mut client), ["2026-01-31T12:30:00Z"]);
    let run = client.read_target(RUNS)["resources"][0].clone();
    assert_eq!(run["job_config_id"], schedule["id"]);
    assert_eq!(run["status"], "scheduled");
    assert_eq!(run_times(&mut client).len(), 1, "once");
    client.advance(2 * DAY);
    let all = ["2026-01-31T12:30:00Z", "2026-02-01T12:30:00Z", "2026-02-02T12:30:00Z"];
    assert_eq!(run_times(&mut client), all);
    assert_eq!(client.read_target(&one_run(&run))["status"], "completed");
}

#[test]
fn runs_do_not_depend_on_the_times_of_requests() {
    let lists = |steps: u64| {
        let mut client = Client::admin();
        client.sim.behaviour.run_failures_per_mille = 300;
        create(&mut client, &nightly("n"));
        for _ in 0..steps {
            client.advance(12 * DAY / steps);
            client.read_target(RUNS);
        }
        let runs = client.read_target(&format!("{RUNS}?limit=-1"));
        (runs, client.read("google/synchronization-jobs?limit=-1"))
    };
    let once = lists(1);
    assert_eq!(once.0["total"], 12);
    assert_eq!(once, lists(100));
}

#[test]
fn cron_is_evaluated_in_utc() {
    for (run_at, hours, expected) in [
        ("0 18 * * *", 24, &["2026-01-31T18:00:00Z"][..]),
        ("50/5 13 * * *", 24, &["2026-01-31T13:50:00Z", "2026-01-31T13:55:00Z"]),
        ("0 0 ? * MON", 24 * 7, &["2026-02-02T00:00:00Z"]),
        ("0 0 * * 0", 24 * 7, &["2026-02-01T00:00:00Z"]),
        ("0 0 1 * *", 24 * 40, &["2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"]),
        ("0 0 29 2 *", 24 * 800, &["2028-02-29T00:00:00Z"]),
        ("0 0 31 2 *", 24 * 800, &[]),
    ] {
        assert_eq!(due(run_at, hours), expected, "{run_at}");
    }
    for (run_at, hours, count) in [
        ("0 13,15 * * *", 24, 2),
        ("*/20 13-14 * * *", 24, 6),
        ("10-30/10 13 * * ?", 24, 3),
        ("0 0 * feb-Mar 1-5", 24 * 7, 5),
        // The 3rd is a Tuesday, the 10th another: either day field is enough.
        ("0 0 3 * TUE", 24 * 11, 2),
        ("0 0 4 * TUE", 24 * 11, 3),
    ] {
        assert_eq!(due(run_at, hours).len(), count, "{run_at}");
    }
}

#[test]
fn invalid_run_at_is_400() {
    for run_at in [
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 0 *",
        "* * * 13 *",
        "* * * * 7",
        "* * * * -1",
        "*/0 * * * *",
        "5-1 * * * *",
        "? * * * *",
        "* ? * * *",
        "* * * ? *",
        "* * ?,1 * *",
        "x * * * *",
        "+5 * * * *",
        "1,,2 * * * *",
        "1- * * * *",
        "*/ * * * *",
        "* * * jan-foo *",
        "* * * * monday",
        "mon * * * *",
        "* * 1.5 * *",
        "@daily",
        "99999999999 * * * *",
        "",
    ] {
        let reply = Client::admin().send("POST", CONFIGS, Some(&backup(run_at)));
        assert_eq!(code(&reply), (400, Some(15)), "{run_at}");
        let message = reply.1["message"].as_str().unwrap();
        assert!(message.starts_with("Validation errors:\nrun_at: "), "{message}");
    }
}

proptest! {
    #[test]
    fn any_run_at_gives_a_bounded_number_of_runs(
        text in "([*]|[1-9]|1-5|[*]/[1-9]|[?]|feb|29)( ([*]|[1-9]|1-5|[*]/[1-9]|[?]|feb|29)){4}",
        days in 0..4000_u64,
    ) {
        let mut client = Client::admin();
        let (status, _) = client.send("POST", CONFIGS, Some(&backup(&text)));
        prop_assert!(status == 201 || status == 400);
        client.advance(days * DAY);
        prop_assert!(run_times(&mut client).len() <= MAX_RUNS);
    }
}

#[test]
fn schedule_runs_only_between_its_dates_unless_started_manually() {
    let mut client = Client::admin();
    let dates = json!({"start_date": "2026-02-02T00:00:00Z", "end_date": "2026-02-04T00:00:00Z"});
    let schedule = create(&mut client, &with(backup("0 0 * * *"), &dates));
    client.advance(30 * DAY);
    let all = ["2026-02-02T00:00:00Z", "2026-02-03T00:00:00Z", "2026-02-04T00:00:00Z"];
    assert_eq!(run_times(&mut client), all);
    run_now(&mut client, &schedule);
    assert_eq!(run_times(&mut client).len(), 4);
}

#[test]
fn disabled_schedule_runs_only_manually_and_skips_missed_times() {
    let mut client = Client::admin();
    let disabled = with(backup("0 * * * *"), &json!({"disabled": true}));
    let schedule = create(&mut client, &disabled);
    let set_disabled = |client: &mut Client, disabled: bool| {
        let change = json!({"disabled": disabled});
        let (status, _) = client.send("PATCH", &one_schedule(&schedule), Some(&change));
        assert_eq!(status, 200);
    };
    client.advance(DAY);
    assert_eq!(run_times(&mut client).len(), 0);
    set_disabled(&mut client, false);
    assert_eq!(run_times(&mut client).len(), 0);
    client.advance(2 * 3600);
    assert_eq!(run_times(&mut client).len(), 2);
    set_disabled(&mut client, true);
    client.advance(DAY);
    assert_eq!(run_times(&mut client).len(), 2);
    run_now(&mut client, &schedule);
    assert_eq!(run_times(&mut client).len(), 3);
}

#[test]
fn jump_of_the_clock_leaves_only_the_latest_runs() {
    let mut client = Client::admin();
    create(&mut client, &backup("* * * * *"));
    client.advance(365 * DAY);
    let runs = run_times(&mut client);
    assert_eq!(runs.len(), MAX_RUNS);
    assert_eq!(runs[MAX_RUNS - 1], "2027-01-31T12:00:00Z");
    assert_eq!(runs[0], "2027-01-31T10:21:00Z");
    client.advance(60);
    assert_eq!(run_times(&mut client)[0], "2027-01-31T10:22:00Z");
}

#[test]
fn clock_that_is_set_back_creates_no_run_twice() {
    let mut client = Client::admin();
    create(&mut client, &backup("0 * * * *"));
    client.advance(DAY);
    assert_eq!(run_times(&mut client).len(), 24);
    client.now = noon() + Duration::from_secs(3 * 3600);
    assert_eq!(run_times(&mut client).len(), 3, "later runs do not exist yet");
    client.advance(21 * 3600);
    assert_eq!(run_times(&mut client).len(), 24);
}
