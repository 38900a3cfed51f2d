//! Schedules and their runs: what an operator reads of them and does with them.

use cckm_simulator::Timestamp;
use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::scheduler::Schedule;
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::second;

in_both_browsers!(Setting::default();
    schedules_are_read, from_creation_to_its_run, what_cannot_be_scheduled, a_lost_run);

/// Adds a schedule of the administrator, as its POST would.
fn add(page: &Page, id: &str, body: &str) {
    let now: Timestamp = page.now();
    let config = Schedule::create(body.as_bytes(), id.to_owned(), 0, now).expect("a schedule");
    page.simulator(|simulator| simulator.scheduler.add(config));
}

async fn schedules_are_read(page: &Page) {
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
    page.enter("?jobs=scheduler/job-configs").await;
    page.sees_all(&[
        "nightly",
        "Enabled",
        "at 02:30 on Monday to Friday",
        "off",
        "Disabled",
        "at 00:00 on day 1 in January",
    ])
    .await;
    page.picture("schedules").await;
    page.choose("State", "Disabled").await;
    page.misses("nightly").await;
    page.sees("off").await;
    page.choose("State", "Any").await;
    page.follow("nightly").await;
    page.sees_all(&[
        "Next runs",
        "cloud_name",
        "synchronize_all",
        "30 2 * * MON-FRI",
    ])
    .await;
    assert_eq!(page.text_of("h1").await.as_deref(), Some("nightly"));
    let runs = "return document.querySelectorAll('.schedule__runs time').length";
    assert_eq!(page.js(runs, &[]).await, 5);
    page.picture("schedule").await;
    page.follow("Its runs").await;
    page.sees("No job matches the filters").await;
    assert_eq!(
        page.query().await,
        "?jobs=scheduler/jobs&job_config_id=nightly-id"
    );
}

/// Created by the form, changed, run when it is due, switched off and deleted.
async fn from_creation_to_its_run(page: &Page) {
    page.enter("?jobs=scheduler/job-configs").await;
    page.follow("Create…").await;
    page.fill("Name", "every minute").await;
    page.fill("When", "0 0 1 1 *").await;
    page.choose("What it does", "Synchronize").await;
    page.choose("Cloud", "AWS").await;
    page.fill("KMS", "prod-core").await;
    page.press("Review…").await;
    page.sees_all(&[
        "Create this schedule?",
        "every minute",
        "When: at 00:00 on day 1 in January",
        "Cloud: AWS",
        "KMS: 1 KMS",
    ])
    .await;
    page.press("Create the schedule").await;
    page.sees_all(&["Next runs", "Enabled", "prod-core"]).await;
    let here = page.query().await;

    page.follow("Change…").await;
    page.sees("Change CipherTrust schedules").await;
    page.press("Review…").await;
    page.sees("Nothing is changed yet").await;
    page.fill("When", "* * * * *").await;
    page.press("Review…").await;
    page.sees_all(&["Change this schedule?", "When: every minute"])
        .await;
    page.press("What is sent").await;
    page.sees(r#"{"run_at":"* * * * *"}"#).await;
    page.press("Change the schedule").await;
    page.until("its page is there", async || page.query().await == here)
        .await;
    page.sees("every minute").await;
    assert_eq!(page.count_requests("PATCH"), 1);

    // Due within a minute, and over within another.
    page.advance(second(61));
    page.follow("Its runs").await;
    page.sees("In progress").await;
    page.advance(second(50));
    page.press("Refresh").await;
    page.sees("Completed").await;
    let id = page.job_ids().await.pop().expect("a run");
    page.follow(&id).await;
    page.sees_all(&["cckm_synchronization", "Schedule id"])
        .await;

    // It has started a job like any other.
    page.follow_to("?jobs=aws/synchronization-jobs").await;
    page.sees("prod-core").await;

    page.follow_to("?jobs=scheduler/job-configs").await;
    page.follow("every minute").await;
    page.press("Disable…").await;
    page.sees("Disable this schedule?").await;
    page.press("Disable the schedule").await;
    page.sees("None: it makes no runs by itself").await;
    page.press("Enable…").await;
    page.press("Enable the schedule").await;
    page.misses("None: it makes no runs by itself").await;
    page.press("Delete schedule…").await;
    page.press("Delete the schedule").await;
    page.sees("No CipherTrust schedules yet").await;
}

/// Bad input is told at its field, and what the server refuses keeps the form.
async fn what_cannot_be_scheduled(page: &Page) {
    page.enter("?start=scheduler/job-configs").await;
    page.press("Review…").await;
    page.sees("3 fields have to be corrected").await;
    page.fill("Name", "odd").await;
    page.fill("When", "61 * * * *").await;
    page.sees("“61” is no minute").await;
    page.fill("When", "0 0 * *").await;
    page.sees("A schedule has five fields").await;
    page.fill("When", "0 0 * * *").await;
    page.choose("What it does", "Rotate keys").await;
    page.fill("Parameters of the rotation", "[]").await;
    page.press("Review…").await;
    page.sees("This is no JSON object").await;
    page.fill("Parameters of the rotation", r#"{"cloud_name":"moon"}"#)
        .await;
    page.press("Review…").await;
    page.press("Create the schedule").await;
    page.sees("cloud_name").await;
    page.sees("Nothing was created").await;
    assert_eq!(page.value("Name").await.as_deref(), Some("odd"));
    // What belongs to another choice is neither shown nor sent.
    page.choose("What it does", "Synchronize").await;
    page.misses("Parameters of the rotation").await;
    page.choose("Cloud", "Google").await;
    page.fill("Key rings", "ring").await;
    page.choose("Cloud", "Azure").await;
    page.misses("Key rings").await;
    page.choose("What of the vaults", "Secrets").await;
    page.tick("Everything of the cloud").await;
    page.press("Review…").await;
    page.press("Create the schedule").await;
    page.sees_all(&["Next runs", "AzureCloud", "secret"]).await;
    let made = page.simulator(|simulator| simulator.scheduler.schedules(0).count());
    assert_eq!(made, 1);
}

/// The server runs it, and its answer never comes: it is looked for among the runs, and not asked for again.
async fn a_lost_run(page: &Page) {
    add(
        page,
        "yearly-id",
        r#"{"name":"yearly","operation":"database_backup","run_at":"0 0 1 jan ?",
            "database_backup_params":{}}"#,
    );
    page.enter("?job=scheduler/job-configs/yearly-id").await;
    page.sees("yearly").await;
    let lost = || Fault::new(Effect::Html).method("POST").path("/run-now");
    page.fault(lost().processed());
    page.press("Run now…").await;
    page.press("Run it now").await;
    page.sees("A run of it was made since").await;
    let runs = |page: &Page| {
        let now = page.now();
        page.simulator(|simulator| simulator.scheduler.runs(0, now).count())
    };
    assert_eq!(runs(page), 1);
    assert_eq!(page.count_requests("/run-now"), 1);
    // And when it was lost on its way there.
    page.advance(second(600));
    page.heal();
    page.forget_requests();
    page.press("Refresh").await;
    page.is_asked("job-configs/yearly-id").await;
    page.is_still().await;
    page.fault(lost());
    page.press("Run now…").await;
    page.press("Run it now").await;
    page.sees("No run of it was made since").await;
    assert_eq!(runs(page), 1);
}
