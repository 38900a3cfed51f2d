//! Schedules and their runs.

use cckm_simulator::Timestamp;
use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::scheduler::Schedule;
use e2e::{Page, Setup, scenarios, seconds};

use crate::copy;

scenarios! {
    Setup::default() =>
        schedules_are_listed_and_opened, schedule_is_created_changed_run_and_deleted,
        invalid_schedule_is_explained, lost_run_is_checked_and_not_repeated;
}

/// Adds a schedule, as a POST of the administrator would.
fn add(page: &Page, id: &str, body: &str) {
    let now: Timestamp = page.now();
    let config = Schedule::create(body.as_bytes(), id.to_owned(), 0, now).expect("a schedule");
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
        "at 02:30 on Monday to Friday",
        "off",
        "Disabled",
        "at 00:00 on day 1 in January",
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
        "When: at 00:00 on day 1 in January",
        "Cloud: AWS",
        "KMS: 1 KMS",
    ])
    .await;
    page.button(copy::CREATE_THE_SCHEDULE).click().await;
    page.wait_for_texts(&[copy::NEXT_RUNS, "Enabled", "prod-core"]).await;
    let here = page.query().await;

    page.link("Change…").click().await;
    page.wait_for_text("Change CipherTrust schedules").await;
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
    page.wait_for_text("Scheduled").await;
    page.advance(seconds(4));
    page.button(copy::REFRESH).click().await;
    page.wait_for_text(copy::IN_PROGRESS).await;
    page.advance(seconds(50));
    page.button(copy::REFRESH).click().await;
    page.wait_for_text(copy::COMPLETED).await;
    let id = page.job_ids().await.pop().expect("a run");
    page.link(&id).click().await;
    page.wait_for_texts(&["cckm_synchronization", "Schedule id"]).await;

    // The run has started a job.
    page.link_to("?jobs=aws/synchronization-jobs").click().await;
    page.wait_for_text("prod-core").await;

    page.link_to("?jobs=scheduler/job-configs").click().await;
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
