//! Schedules and their runs: what an operator reads of them and does with them.

use cckm_simulator::Timestamp;
use cckm_simulator::scheduler::Config;
use e2e::{Page, Setting, in_both_browsers};

in_both_browsers!(Setting::default(); schedules_are_read);

/// Adds a schedule of the administrator, as its POST would.
fn add(page: &Page, id: &str, body: &str) {
    let now: Timestamp = page.now();
    let config = Config::create(body.as_bytes(), id.to_owned(), 0, now).expect("a schedule");
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
