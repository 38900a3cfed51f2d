//! Schedules and their runs: what an operator reads of them and does with them.

use cckm_simulator::Timestamp;
use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::scheduler::Schedule;
use e2e::{Page, Setup, scenarios, seconds};

scenarios! {
    Setup::default() =>
        schedules_are_listed_and_opened, schedule_is_created_changed_run_and_deleted,
        invalid_schedule_is_explained, lost_run_is_checked_and_not_repeated;
}

/// Adds a schedule of the administrator, as its POST would.
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
    page.wait_for_texts(&["Next runs", "cloud_name", "synchronize_all", "30 2 * * MON-FRI"]).await;
    assert_eq!(page.title().text().await.as_deref(), Some("nightly"));
    let runs = page.region("Next runs").find(page.role("listitem"));
    assert_eq!(runs.count().await, 5);
    page.screenshot("schedule").await;
    page.link("Its runs").click().await;
    page.wait_for_text("No job matches the filters").await;
    assert_eq!(page.query().await, "?jobs=scheduler/jobs&job_config_id=nightly-id");
}

/// Created by the form, changed, run when it is due, switched off and deleted.
async fn schedule_is_created_changed_run_and_deleted(page: &Page) {
    page.open_signed_in("?jobs=scheduler/job-configs").await;
    page.link("Create…").click().await;
    page.field("Name").fill("every minute").await;
    page.field("When").fill("0 0 1 1 *").await;
    page.field("What it does").select("Synchronize").await;
    page.field("Cloud").select("AWS").await;
    page.field("KMS").fill("prod-core").await;
    page.button("Review…").click().await;
    page.wait_for_texts(&[
        "Create this schedule?",
        "every minute",
        "When: at 00:00 on day 1 in January",
        "Cloud: AWS",
        "KMS: 1 KMS",
    ])
    .await;
    page.button("Create the schedule").click().await;
    page.wait_for_texts(&["Next runs", "Enabled", "prod-core"]).await;
    let here = page.query().await;

    page.link("Change…").click().await;
    page.wait_for_text("Change CipherTrust schedules").await;
    page.button("Review…").click().await;
    page.wait_for_text("Nothing is changed yet").await;
    page.field("When").fill("* * * * *").await;
    page.button("Review…").click().await;
    page.wait_for_texts(&["Change this schedule?", "When: every minute"]).await;
    page.button("What is sent").click().await;
    page.wait_for_text(r#"{"run_at":"* * * * *"}"#).await;
    page.button("Change the schedule").click().await;
    page.wait_for_query(&here).await;
    page.wait_for_text("every minute").await;
    assert_eq!(page.count_requests("PATCH"), 1);

    // Due at 09:01:00, in progress two seconds later, and over within a minute.
    page.advance(seconds(61));
    page.link("Its runs").click().await;
    page.wait_for_text("Scheduled").await;
    page.advance(seconds(4));
    page.button("Refresh").click().await;
    page.wait_for_text("In progress").await;
    page.advance(seconds(50));
    page.button("Refresh").click().await;
    page.wait_for_text("Completed").await;
    let id = page.job_ids().await.pop().expect("a run");
    page.link(&id).click().await;
    page.wait_for_texts(&["cckm_synchronization", "Schedule id"]).await;

    // It has started a job like any other.
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
    page.wait_for_text("No CipherTrust schedules yet").await;
}

/// Bad input is told at its field, and what the server refuses keeps the form.
async fn invalid_schedule_is_explained(page: &Page) {
    page.open_signed_in("?start=scheduler/job-configs").await;
    page.button("Review…").click().await;
    page.wait_for_text("3 fields have to be corrected").await;
    page.field("Name").fill("odd").await;
    page.field("When").fill("61 * * * *").await;
    page.wait_for_text("“61” is no minute").await;
    page.field("When").fill("0 0 * *").await;
    page.wait_for_text("A schedule has five fields").await;
    page.field("When").fill("0 0 * * *").await;
    page.field("What it does").select("Rotate keys").await;
    page.field("Parameters of the rotation").fill("[]").await;
    page.button("Review…").click().await;
    page.wait_for_text("This is no JSON object").await;
    page.field("Parameters of the rotation").fill(r#"{"cloud_name":"moon"}"#).await;
    page.button("Review…").click().await;
    page.button("Create the schedule").click().await;
    page.wait_for_texts(&["cloud_name", "Nothing was created"]).await;
    assert_eq!(page.field("Name").value().await.as_deref(), Some("odd"));
    // What belongs to another choice is neither shown nor sent.
    page.field("What it does").select("Synchronize").await;
    page.wait_for_text_gone("Parameters of the rotation").await;
    page.field("Cloud").select("Google").await;
    page.field("Key rings").fill("ring").await;
    page.field("Cloud").select("Azure").await;
    page.wait_for_text_gone("Key rings").await;
    page.field("What of the vaults").select("Secrets").await;
    page.checkbox("Everything of the cloud").click().await;
    page.button("Review…").click().await;
    page.button("Create the schedule").click().await;
    page.wait_for_texts(&["Next runs", "AzureCloud", "secret"]).await;
    let made = page.simulator(|simulator| simulator.scheduler.schedules(0).count());
    assert_eq!(made, 1);
}

/// The server runs it, and its answer never comes: it is looked for among the runs, and not asked for again.
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
    page.button("Run now…").click().await;
    page.button("Run it now").click().await;
    page.wait_for_text("A run of it was made since").await;
    let runs = |page: &Page| {
        let now = page.now();
        page.simulator(|simulator| simulator.scheduler.runs(0, now).count())
    };
    assert_eq!(runs(page), 1);
    assert_eq!(page.count_requests("/run-now"), 1);
    // And when it was lost on its way there.
    page.advance(seconds(600));
    page.clear_faults();
    page.clear_requests();
    page.button("Refresh").click().await;
    page.wait_for_request("job-configs/yearly-id").await;
    page.wait_until_idle().await;
    page.add_fault(lost());
    page.button("Run now…").click().await;
    page.button("Run it now").click().await;
    page.wait_for_text("No run of it was made since").await;
    assert_eq!(runs(page), 1);
}
