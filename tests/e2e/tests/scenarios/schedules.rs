//! Schedules and their runs.

use std::collections::HashSet;

use cckm_simulator::Timestamp;
use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::generate;
use cckm_simulator::scheduler::Schedule;
use e2e::{Page, Setup, json_answer, scenarios, seconds};

use crate::copy;

scenarios! {
    Setup::default() =>
        schedules_are_listed_and_opened, schedule_is_created_changed_run_and_deleted,
        invalid_schedule_is_explained, lost_run_is_checked_and_not_repeated,
        description_of_odd_schedule_is_changed_alone,
        schedule_that_never_runs_or_is_ambiguous_is_explained,
        refused_change_after_a_lost_one_leaves_open_what_was_changed,
        schedule_changed_by_a_node_whose_clock_is_behind_is_shown,
        next_runs_in_the_list_are_by_the_servers_clock;
    Setup::default().time_zone("Asia/Kolkata") => every_time_names_its_zone;
}

/// Adds a schedule, as a POST of the administrator would.
pub fn add(page: &Page, id: &str, body: &str) {
    add_changed(page, id, body, |_| ());
}

/// Adds a schedule after a change that no request could make.
fn add_changed(page: &Page, id: &str, body: &str, change: impl FnOnce(&mut Schedule)) {
    let now: Timestamp = page.now();
    let mut config = Schedule::create(body.as_bytes(), id.to_owned(), 0, now).expect("a schedule");
    change(&mut config);
    page.simulator(|simulator| simulator.scheduler.add(config));
}

async fn schedules_are_listed_and_opened(page: &Page) {
    add(
        page,
        "nightly-id",
        r#"{"name":"nightly","operation":"cckm_synchronization","run_at":"30 2 * * MON-FRI",
            "cckm_synchronization_params":{"cloud_name":"aws","synchronize_all":true}}"#,
    );
    add(
        page,
        "off-id",
        r#"{"name":"off","operation":"database_backup","run_at":"0 0 1 jan ?","disabled":true,
            "database_backup_params":{}}"#,
    );
    page.open_signed_in("?jobs=scheduler/job-configs").await;
    page.wait_for_texts(&[
        "nightly",
        "Enabled",
        "at 02:30 UTC on Monday to Friday",
        "off",
        "Disabled",
        "at 00:00 UTC on day 1 in January",
    ])
    .await;
    page.screenshot("schedules").await;
    page.field("State").select("Disabled").await;
    page.wait_for_text_gone("nightly").await;
    page.wait_for_text("off").await;
    page.field("State").select("Any").await;
    page.link("nightly").click().await;
    page.wait_for_texts(&[copy::NEXT_RUNS, "cloud_name", "synchronize_all", "30 2 * * MON-FRI"])
        .await;
    assert_eq!(page.title().text().await.as_deref(), Some("nightly"));
    let runs = page.region(copy::NEXT_RUNS).find(page.role("listitem"));
    assert_eq!(runs.count().await, 5);
    page.screenshot("schedule").await;
    page.link("Its runs").click().await;
    page.wait_for_text(copy::NO_JOB_MATCHES_THE_FILTERS).await;
    assert_eq!(page.query().await, "?jobs=scheduler/jobs&job_config_id=nightly-id");
}

async fn schedule_is_created_changed_run_and_deleted(page: &Page) {
    page.open_signed_in("?jobs=scheduler/job-configs").await;
    page.link(copy::CREATE).click().await;
    page.field(copy::NAME).fill("every minute").await;
    page.field(copy::WHEN).fill("0 0 1 1 *").await;
    page.field(copy::WHAT_IT_DOES).select(copy::SYNCHRONIZE).await;
    page.field(copy::CLOUD).select("AWS").await;
    page.field(copy::KMS).fill("prod-core").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_texts(&[
        copy::CREATE_THIS_SCHEDULE,
        "every minute",
        "When: at 00:00 UTC on day 1 in January",
        "Cloud: AWS",
        "KMS: 1 KMS",
    ])
    .await;
    page.button(copy::CREATE_THE_SCHEDULE).click().await;
    page.wait_for_texts(&[copy::NEXT_RUNS, "Enabled", "prod-core"]).await;
    let here = page.query().await;

    page.link("Change…").click().await;
    page.wait_for_text("Change CipherTrust schedule").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("Nothing is changed yet").await;
    page.field(copy::WHEN).fill("* * * * *").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_texts(&["Change this schedule?", "When: every minute"]).await;
    page.button(copy::WHAT_IS_SENT).click().await;
    page.wait_for_text(r#"{"run_at":"* * * * *"}"#).await;
    page.button("Change the schedule").click().await;
    page.wait_for_query(&here).await;
    page.wait_for_text("every minute").await;
    assert_eq!(page.count_requests("PATCH"), 1);

    // The run is due at 09:01:00, in progress two seconds later, and ends within a minute.
    page.advance(seconds(61));
    page.link("Its runs").click().await;
    wait_for_outcome(page, "Scheduled").await;
    page.advance(seconds(4));
    page.button(copy::REFRESH).click().await;
    wait_for_outcome(page, "Running").await;
    page.advance(seconds(50));
    page.button(copy::REFRESH).click().await;
    wait_for_outcome(page, "OK").await;
    let id = page.job_ids().await.pop().expect("a run");
    page.job(&id).click().await;
    page.tab(copy::DETAILS).click().await;
    page.wait_for_texts(&["cckm_synchronization", "Schedule id"]).await;

    // The run has started a job.
    page.go_to("?jobs=aws/synchronization-jobs").await;
    page.wait_for_text("prod-core").await;

    page.go_to("?jobs=scheduler/job-configs").await;
    page.link("every minute").click().await;
    page.button("Disable…").click().await;
    page.wait_for_text("Disable this schedule?").await;
    page.button("Disable the schedule").click().await;
    page.wait_for_text("None: it makes no runs by itself").await;
    page.button("Enable…").click().await;
    page.button("Enable the schedule").click().await;
    page.wait_for_text_gone("None: it makes no runs by itself").await;
    page.button("Delete schedule…").click().await;
    page.button("Delete the schedule").click().await;
    page.wait_for_text(copy::NO_CIPHERTRUST_SCHEDULES_YET).await;
}

/// Errors are shown at their fields, and a refusal keeps the form.
async fn invalid_schedule_is_explained(page: &Page) {
    page.open_signed_in("?start=scheduler/job-configs").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("3 fields have to be corrected").await;
    page.field(copy::NAME).fill("odd").await;
    page.field(copy::WHEN).fill("61 * * * *").await;
    page.wait_for_text("“61” is not a valid minute").await;
    page.field(copy::WHEN).fill("0 0 * *").await;
    page.wait_for_text("A schedule has five fields").await;
    page.field(copy::WHEN).fill("0 0 * * *").await;
    page.field(copy::WHAT_IT_DOES).select("Rotate keys").await;
    page.field(copy::PARAMETERS_OF_THE_ROTATION).fill("[]").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("This is not a JSON object").await;
    page.field(copy::PARAMETERS_OF_THE_ROTATION).fill(r#"{"cloud_name":"moon"}"#).await;
    page.button(copy::REVIEW).click().await;
    page.button(copy::CREATE_THE_SCHEDULE).click().await;
    page.wait_for_texts(&["cloud_name", "Nothing was created"]).await;
    assert_eq!(page.field(copy::NAME).value().await.as_deref(), Some("odd"));
    // Fields of another choice are neither shown nor sent.
    page.field(copy::WHAT_IT_DOES).select(copy::SYNCHRONIZE).await;
    page.wait_for_text_gone(copy::PARAMETERS_OF_THE_ROTATION).await;
    page.field(copy::CLOUD).select("Google").await;
    page.field(copy::KEY_RINGS).fill("ring").await;
    page.field(copy::CLOUD).select("Azure").await;
    page.wait_for_text_gone(copy::KEY_RINGS).await;
    page.field("What of the vaults").select("Secrets").await;
    page.checkbox(copy::EVERYTHING_OF_THE_CLOUD).click().await;
    page.button(copy::REVIEW).click().await;
    page.button(copy::CREATE_THE_SCHEDULE).click().await;
    page.wait_for_texts(&[copy::NEXT_RUNS, "AzureCloud", "secret"]).await;
    let created = page.simulator(|simulator| simulator.scheduler.schedules(0).count());
    assert_eq!(created, 1);
}

/// What the form would not accept stays as it is when something else is changed.
async fn description_of_odd_schedule_is_changed_alone(page: &Page) {
    add_changed(
        page,
        "odd-id",
        r#"{"name":"odd","operation":"cckm_synchronization","run_at":"0 0 30 2 *",
            "cckm_synchronization_params":{"cloud_name":"aws","synchronize_all":true}}"#,
        |schedule| {
            schedule.params.remove("synchronize_all");
            schedule.params.insert("extra".to_owned(), 1.into());
        },
    );
    page.open_signed_in("?job=scheduler/job-configs/odd-id").await;
    page.wait_for_texts(&["Never runs", "None: the days that it names do not exist."]).await;
    page.link("Change…").click().await;
    page.wait_for_text("They stay as they are unless you change another parameter").await;
    page.field("Description").fill("mine").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_texts(&["Change this schedule?", "Description: mine"]).await;
    page.button(copy::WHAT_IS_SENT).click().await;
    page.wait_for_text(r#"{"description":"mine"}"#).await;
    page.button("Change the schedule").click().await;
    page.wait_for_texts(&[copy::NEXT_RUNS, "mine"]).await;
    assert_eq!(page.count_requests("PATCH"), 1);
    let params = page.simulator(|simulator| {
        let mut schedules = simulator.scheduler.schedules(0);
        schedules.next().map(|schedule| schedule.params.len())
    });
    assert_eq!(params, Some(2));
}

/// The form refuses what never runs, and says what the documentation leaves open.
async fn schedule_that_never_runs_or_is_ambiguous_is_explained(page: &Page) {
    page.open_signed_in("?start=scheduler/job-configs").await;
    page.field(copy::NAME).fill("odd").await;
    page.field(copy::WHEN).fill("0 0 30 2 *").await;
    page.field(copy::WHAT_IT_DOES).select(copy::SYNCHRONIZE).await;
    page.field(copy::CLOUD).select("AWS").await;
    page.field(copy::KMS).fill("prod-core").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("This never runs: there is no day 30 in February").await;
    page.field(copy::WHEN).fill("0 9 * * 7").await;
    page.wait_for_text("write 0 or SUN for Sunday").await;
    page.field(copy::WHEN).fill("0 0 1-31 * 1").await;
    page.field("Not after").fill("2020-01-01T00:00:00Z").await;
    page.wait_for_text("It never runs: its end is in the past").await;
    page.field("Not after").fill("").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_texts(&[
        "When: at 00:00 UTC on day 1 to 31 or on Monday",
        "First run: ",
        "12:00:00 AM UTC",
        "this console assumes those that match one of them",
        "the time zone of the server is not documented",
    ])
    .await;
    page.button(copy::CREATE_THE_SCHEDULE).click().await;
    page.wait_for_texts(&[copy::NEXT_RUNS, "this console assumes those that match one of them"])
        .await;
    // Every day, as the words say.
    let runs = page.region(copy::NEXT_RUNS).find(page.role("listitem")).texts().await;
    let days: HashSet<&str> = runs.iter().filter_map(|run| run.split(',').next()).collect();
    assert_eq!(days.len(), 5, "{runs:?}");
    assert_eq!(page.count_requests("POST /api/v1/scheduler"), 1);
}

async fn every_time_names_its_zone(page: &Page) {
    add(
        page,
        "nightly-id",
        r#"{"name":"nightly","operation":"cckm_synchronization","run_at":"30 2 * * *",
            "cckm_synchronization_params":{"cloud_name":"aws","synchronize_all":true}}"#,
    );
    page.add_jobs(generate::demo(1, 400, 10, page.now()));
    page.open_signed_in("?jobs=scheduler/job-configs").await;
    page.wait_for_texts(&[
        "at 02:30 UTC every day",
        "8:00:00 AM GMT+5:30",
        "the time zone of the server is not documented",
    ])
    .await;
    page.link("nightly").click().await;
    page.wait_for_text(copy::NEXT_RUNS).await;
    let runs = page.region(copy::NEXT_RUNS).find(page.role("listitem")).texts().await;
    assert!(runs.iter().all(|run| run.ends_with(" 8:00:00 AM GMT+5:30")), "{runs:?}");
    page.wait_for_text("Created").await;
    // Every time of the page, and its title in UTC.
    let zones = "return [...document.querySelectorAll('time')].every((time) =>
        time.textContent.endsWith(' GMT+5:30') && time.title.endsWith('Z'))";
    assert_eq!(page.eval(zones, &[]).await, true);

    // In a list the head of the column names the zone, and each time has its exact one at hand.
    page.go_to("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–20 of").await;
    page.wait_for_text("Started (GMT+5:30)").await;
    let exact = "return [...document.querySelectorAll('time')].every(({ title }) =>
        / GMT\\+5:30, .*Z$/.test(title))";
    assert_eq!(page.eval(exact, &[]).await, true);
    let lines = "return Math.max(...[...document.querySelectorAll('.jobs__started time')].map(
        (time) => time.getClientRects().length))";
    for width in [1280, 1201, 320] {
        page.resize(width).await;
        page.assert_fits("jobs").await;
        assert_eq!(page.eval(lines, &[]).await, 1, "{width}");
    }
    page.screenshot("times-320").await;
    page.resize(1280).await;
    page.screenshot("times-1280").await;
    let id = page.job_ids().await.pop().expect("a job");
    page.job(&id).click().await;
    page.wait_for_text("GMT+5:30, ").await;
    page.set_offline(true).await;
    page.wait_for_text("What is shown is from ").await;
    let is_named = "return /is from [^.]* GMT\\+5:30\\./.test(document.body.textContent)";
    assert_eq!(page.eval(is_named, &[]).await, true);
    page.set_offline(false).await;
}

/// After a lost answer the console searches for the run and does not request it again.
async fn lost_run_is_checked_and_not_repeated(page: &Page) {
    add(
        page,
        "yearly-id",
        r#"{"name":"yearly","operation":"database_backup","run_at":"0 0 1 jan ?",
            "database_backup_params":{}}"#,
    );
    page.open_signed_in("?job=scheduler/job-configs/yearly-id").await;
    page.wait_for_text("yearly").await;
    let lost = || Fault::new(Effect::Html).method("POST").path("/run-now");
    page.add_fault(lost().processed());
    page.button(copy::RUN_NOW).click().await;
    page.button(copy::RUN_IT_NOW).click().await;
    page.wait_for_text("The schedule has run since").await;
    let runs = |page: &Page| {
        let now = page.now();
        page.simulator(|simulator| simulator.scheduler.runs(0, now).count())
    };
    assert_eq!(runs(page), 1);
    assert_eq!(page.count_requests("/run-now"), 1);
    // The console also checks if the request did not reach the server.
    page.advance(seconds(600));
    page.clear_faults();
    page.clear_requests();
    page.button(copy::REFRESH).click().await;
    page.wait_for_request("job-configs/yearly-id").await;
    page.wait_until_idle().await;
    page.add_fault(lost());
    page.button(copy::RUN_NOW).click().await;
    page.button(copy::RUN_IT_NOW).click().await;
    page.wait_for_text("The schedule has not run since").await;
    assert_eq!(runs(page), 1);
}

async fn refused_change_after_a_lost_one_leaves_open_what_was_changed(page: &Page) {
    let body = r#"{"name":"nightly","operation":"database_backup","run_at":"0 0 * * *",
        "database_backup_params":{}}"#;
    add(page, "nightly-id", body);
    page.open_signed_in("?job=scheduler/job-configs/nightly-id").await;
    page.link("Change…").click().await;
    page.field("Description").fill("mine").await;
    let change = async || {
        page.button(copy::REVIEW).click().await;
        page.button("Change the schedule").click().await;
    };
    page.add_fault(Fault::status(503).method("PATCH").processed());
    change().await;
    page.wait_for_text("Whether the schedule was changed is not known").await;
    page.clear_faults();
    page.add_fault(Fault::status(409).method("PATCH"));
    change().await;
    page.wait_for_text("Whether an earlier one changed the schedule is not known").await;
    assert!(!page.has_text("Nothing was changed").await);
    page.clear_faults();
    change().await;
    page.wait_for_texts(&[copy::NEXT_RUNS, "mine"]).await;
}

async fn schedule_changed_by_a_node_whose_clock_is_behind_is_shown(page: &Page) {
    let answer = |name: &str, updated: &str| {
        let json = format!(
            r#"{{"total":1,"resources":[{{"id":"s","name":"{name}","operation":"database_backup","run_at":"0 0 1 1 *","updatedAt":"{updated}"}}]}}"#
        );
        json_answer(200, &json).method("GET").path("/v1/scheduler/job-configs")
    };
    page.add_fault(answer("before the change", "2026-11-20T08:59:00Z"));
    page.open_signed_in("?jobs=scheduler/job-configs").await;
    page.wait_for_text("before the change").await;
    page.clear_faults();
    page.add_fault(answer("after the change", "2026-11-20T08:58:00Z"));
    page.button(copy::REFRESH).click().await;
    page.wait_for_text("after the change").await;
}

async fn next_runs_in_the_list_are_by_the_servers_clock(page: &Page) {
    page.shift_clock(-6);
    page.advance(seconds(20));
    let body = r#"{"name":"often","operation":"database_backup","run_at":"* * * * *",
        "database_backup_params":{}}"#;
    add(page, "often-id", body);
    page.open_signed_in("?jobs=scheduler/job-configs").await;
    let next = "return document.querySelector('td time')?.dateTime ?? ''";
    page.wait_until("the next run is the server's next minute", async || {
        let next = page.eval(next, &[]).await;
        next.as_str().is_some_and(|next| next.contains("T08:55:00"))
    })
    .await;
}

/// Waits until the first row of the list has this outcome.
async fn wait_for_outcome(page: &Page, outcome: &str) {
    page.wait_until(&format!("the first job is {outcome}"), async || {
        page.job_rows().await.first().is_some_and(|row| row[0] == outcome)
    })
    .await;
}
