//! When schedules run by themselves, CONTRACT.md 3, family 18: `run_at`, dates, and the clock.

use std::time::Duration;

use cckm_simulator::scheduler::MOST_RUNS;
use proptest::prelude::*;
use serde_json::json;

use crate::client::{Client, noon};
use crate::runs::{RUNS, backup, path, run_now, times};
use crate::schedules::{CONFIGS, create, nightly, one, read, with};

/// When a schedule runs within a time from noon of 31 January 2026, a Saturday.
fn due(run_at: &str, hours: u64) -> Vec<String> {
    let mut client = Client::admin();
    create(&mut client, &backup(run_at));
    client.later(3600 * hours);
    times(&mut client, "")
}

#[test]
fn a_schedule_runs_when_it_is_due() {
    let mut client = Client::admin();
    let config = create(&mut client, &backup("30 12 * * *"));
    client.later(30 * 60 - 1);
    assert_eq!(times(&mut client, ""), [""; 0]);
    client.later(1);
    assert_eq!(times(&mut client, ""), ["2026-01-31T12:30:00Z"]);
    let run = read(&mut client, RUNS)["resources"][0].clone();
    assert_eq!(
        (&run["job_config_id"], &run["status"]),
        (&config["id"], &"scheduled".into())
    );
    assert_eq!(times(&mut client, "").len(), 1, "once");
    client.later(2 * 24 * 3600);
    let all = [
        "2026-01-31T12:30:00Z",
        "2026-02-01T12:30:00Z",
        "2026-02-02T12:30:00Z",
    ];
    assert_eq!(times(&mut client, ""), all);
    assert_eq!(read(&mut client, &path(&run))["status"], "completed");
}

#[test]
fn runs_depend_on_the_time_and_not_on_who_asked_when() {
    let ask = |steps: u64| {
        let mut client = Client::admin();
        client.sim.behaviour.run_failures_per_mille = 300;
        create(&mut client, &nightly("n"));
        for _ in 0..steps {
            client.later(12 * 24 * 3600 / steps);
            read(&mut client, RUNS);
        }
        (
            read(&mut client, &format!("{RUNS}?limit=-1")),
            client.read("google/synchronization-jobs?limit=-1"),
        )
    };
    let once = ask(1);
    assert_eq!(once.0["total"], 12);
    assert_eq!(once, ask(100));
}

#[test]
fn cron_is_read_in_utc_with_all_of_its_signs() {
    assert_eq!(due("0 18 * * *", 24), ["2026-01-31T18:00:00Z"]);
    assert_eq!(due("0 13,15 * * *", 24).len(), 2);
    assert_eq!(due("*/20 13-14 * * *", 24).len(), 6);
    assert_eq!(
        due("50/5 13 * * *", 24),
        ["2026-01-31T13:50:00Z", "2026-01-31T13:55:00Z"]
    );
    assert_eq!(due("10-30/10 13 * * ?", 24).len(), 3);
    assert_eq!(due("0 0 ? * MON", 24 * 7), ["2026-02-02T00:00:00Z"]);
    assert_eq!(due("0 0 * * 0", 24 * 7), ["2026-02-01T00:00:00Z"]);
    assert_eq!(due("0 0 * feb-Mar 1-5", 24 * 7).len(), 5);
    assert_eq!(
        due("0 0 1 * *", 24 * 40),
        ["2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"]
    );
    assert_eq!(
        due("0 0 3 * TUE", 24 * 11).len(),
        2,
        "the 3rd is a Tuesday, the 10th another"
    );
    assert_eq!(due("0 0 4 * TUE", 24 * 11).len(), 3, "either day will do");
    assert_eq!(due("0 0 29 2 *", 24 * 800), ["2028-02-29T00:00:00Z"]);
    assert_eq!(due("0 0 31 2 *", 24 * 800), [""; 0]);
}

#[test]
fn what_is_no_cron_is_refused() {
    for run_at in [
        "",
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
    ] {
        let (status, error) = Client::admin().send("POST", CONFIGS, Some(&backup(run_at)));
        assert_eq!((status, &error["code"]), (400, &15.into()), "{run_at}");
        let message = error["message"].as_str().unwrap();
        assert!(
            message.starts_with("Validation errors:\nrun_at: "),
            "{message}"
        );
    }
}

proptest! {
    #[test]
    fn any_run_at_is_answered(text in "([*]|[1-9]|1-5|[*]/[1-9]|[?]|feb|29)( ([*]|[1-9]|1-5|[*]/[1-9]|[?]|feb|29)){4}", days in 0..4000_u64) {
        let mut client = Client::admin();
        let (status, _) = client.send("POST", CONFIGS, Some(&backup(&text)));
        prop_assert!(status == 201 || status == 400);
        client.later(days * 24 * 3600);
        prop_assert!(times(&mut client, "").len() <= MOST_RUNS);
    }
}

#[test]
fn a_schedule_keeps_to_its_dates() {
    let mut client = Client::admin();
    let dates = json!({"start_date": "2026-02-02T00:00:00Z", "end_date": "2026-02-04T00:00:00Z"});
    let config = create(&mut client, &with(backup("0 0 * * *"), &dates));
    client.later(30 * 24 * 3600);
    let all = [
        "2026-02-02T00:00:00Z",
        "2026-02-03T00:00:00Z",
        "2026-02-04T00:00:00Z",
    ];
    assert_eq!(times(&mut client, ""), all);
    run_now(&mut client, &config);
    assert_eq!(times(&mut client, "").len(), 4, "by hand at any time");
}

#[test]
fn a_disabled_schedule_runs_by_hand_only() {
    let mut client = Client::admin();
    let config = create(
        &mut client,
        &with(backup("0 * * * *"), &json!({"disabled": true})),
    );
    client.later(24 * 3600);
    assert_eq!(times(&mut client, ""), [""; 0]);
    let enable = |client: &mut Client, disabled: bool| {
        let (status, _) = client.send("PATCH", &one(&config), Some(&json!({"disabled": disabled})));
        assert_eq!(status, 200);
    };
    enable(&mut client, false);
    assert_eq!(
        times(&mut client, ""),
        [""; 0],
        "what was missed stays missed"
    );
    client.later(2 * 3600);
    assert_eq!(times(&mut client, "").len(), 2);
    enable(&mut client, true);
    client.later(24 * 3600);
    assert_eq!(times(&mut client, "").len(), 2);
    run_now(&mut client, &config);
    assert_eq!(times(&mut client, "").len(), 3);
}

#[test]
fn a_leap_of_the_clock_leaves_the_latest_runs() {
    let mut client = Client::admin();
    create(&mut client, &backup("* * * * *"));
    client.later(365 * 24 * 3600);
    let made = times(&mut client, "");
    assert_eq!(made.len(), MOST_RUNS);
    assert_eq!(made.last().unwrap(), "2027-01-31T12:00:00Z");
    assert_eq!(made[0], "2027-01-31T10:21:00Z");
    client.later(60);
    assert_eq!(times(&mut client, "")[0], "2027-01-31T10:22:00Z");
}

#[test]
fn a_clock_that_is_set_back_makes_no_run_twice() {
    let mut client = Client::admin();
    create(&mut client, &backup("0 * * * *"));
    client.later(24 * 3600);
    assert_eq!(times(&mut client, "").len(), 24);
    client.now = noon() + Duration::from_secs(3 * 3600);
    assert_eq!(
        times(&mut client, "").len(),
        3,
        "later ones are not there yet"
    );
    client.later(21 * 3600);
    assert_eq!(times(&mut client, "").len(), 24);
}
