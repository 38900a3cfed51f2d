//! Starting a job again, and the accessibility of all start pages.

use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::job::{Failures, Items};
use e2e::{Page, SAMPLE_ID, Setup, scenarios, seconds};

use crate::copy;
use crate::start::start;

scenarios! {
    Setup::default() => form_is_filled_from_a_job, form_is_filled_from_failed_items,
        repetition_of_more_than_failed_names_its_number;
    Setup::default().without_polling().running_clock() => start_views_are_accessible;
    Setup::default().without_polling().running_clock().dark().narrow() => narrow_dark_start_views_are_accessible(start_views_are_accessible);
}

async fn form_is_filled_from_a_job(page: &Page) {
    page.open_signed_in(&format!("?start=aws/bulkjob&from={SAMPLE_ID}")).await;
    page.wait_for_text("Filled in from the job").await;
    let keys = page.field(copy::KEYS_TEXT).value().await.unwrap_or_default();
    assert_eq!(keys.lines().count(), 2, "{keys}");
    let known = page.field(copy::OPERATION).value().await.unwrap_or_default();
    assert_ne!(known, "Choose…");
    // A missing job.
    page.go_to("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    page.open_signed_in("?start=aws/bulkjob&from=nobody").await;
    page.wait_for_text(copy::NOT_FOUND).await;
    page.link("Begin with an empty form").click().await;
    page.button(copy::REVIEW).wait().await;
    assert_eq!(page.field(copy::KEYS_TEXT).value().await.as_deref(), Some(""));
    // The form lists the fields that the job does not report.
    page.add_jobs([page.running_job("azure/bulkjobs", "the-job", 3)]);
    page.open_signed_in("?start=azure/bulkjobs&from=the-job").await;
    page.wait_for_text("The job does not report these, so enter them again: Of one key").await;
}

async fn form_is_filled_from_failed_items(page: &Page) {
    page.open_signed_in("?start=aws/synchronization-jobs").await;
    page.simulator(|simulator| {
        simulator.behaviour.item_failures = vec![("eu-west-2".to_owned(), "timed out".to_owned())];
    });
    page.field(copy::KMS).fill("prod-core\nprod-data").await;
    page.field(copy::REGIONS).fill("eu-west-1\neu-west-2").await;
    start(page).await;
    page.wait_for_text(copy::IN_PROGRESS_JOB).await;
    let id = page.css(".job__id code").text().await.unwrap();
    page.advance(seconds(60));
    page.open_signed_in(&format!("?start=aws/synchronization-jobs&from={id}&only=failed")).await;
    page.wait_for_text("Filled in with what failed of the job").await;
    // It failed in both KMS, so exactly what failed is repeated.
    assert!(!page.has_text("The job names accounts by number").await);
    assert_eq!(page.field(copy::REGIONS).value().await.as_deref(), Some("eu-west-2"));
    assert_eq!(page.field(copy::KMS).value().await.as_deref(), Some("prod-core\nprod-data"));
    start(page).await;
    page.wait_for_text("0 of 2 regions finished").await;

    let job = page.running_job("aws/bulkjob", "the-job", 4);
    let failed = Failures::At([(2, "NCERRConflict".to_owned())].into());
    page.add_jobs([job.with_failures(failed)]);
    page.advance(seconds(60));
    page.open_signed_in("?start=aws/bulkjob&from=the-job&only=failed").await;
    page.wait_for_text("Filled in with what failed of the job").await;
    let keys = page.field(copy::KEYS_TEXT).value().await.unwrap_or_default();
    assert_eq!(keys.lines().count(), 1, "{keys}");
}

async fn repetition_of_more_than_failed_names_its_number(page: &Page) {
    let mut job = page.ended_job("aws/synchronization-jobs", "the-job", 1);
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    job.items = Items::Grid {
        kms: names(&["prod-core", "prod-data", "prod-edge"]),
        regions: names(&["eu-west-1", "eu-west-2"]),
    };
    job.failures = Failures::At([(1, "timed out".to_owned())].into());
    page.add_jobs([job]);
    page.open_signed_in("?job=aws/synchronization-jobs/the-job").await;
    page.link("Retry 1 failed item…").click().await;
    // No job shows which KMS has the account that failed.
    page.wait_for_text("It has read 2 jobs, and does not know the KMS of 1 failed region.").await;
    page.wait_for_text("several jobs would not work on fewer than one job does").await;
    page.assert_accessible("plan of one job").await;
    page.link("Start one job for 3 regions…").click().await;
    page.wait_for_text("1 region failed, and this form repeats 3.").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("Synchronizes 1 region of 3 KMS: 3 regions in all").await;
    page.wait_for_text("Only 1 region failed in the job that is repeated, and this starts all 3")
        .await;
    page.assert_accessible("review of a repetition").await;
    page.button("Start the job for 3 regions").wait().await;
    // The person reduces it to what failed.
    page.button(copy::DO_NOTHING).click().await;
    page.field(copy::KMS).fill("prod-core").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("Synchronizes 1 region of 1 KMS").await;
    assert!(!page.has_text("failed in the job that is repeated").await);
    page.button(copy::START_THE_JOB).wait().await;
}

async fn start_views_are_accessible(page: &Page) {
    page.open_signed_in("?start=aws/bulkjob").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("fields have to be corrected").await;
    page.check_view("start-wrong").await;
    page.field(copy::OPERATION).select(copy::SCHEDULE_KEY_DELETION).await;
    page.field(copy::KEYS_TEXT).fill(&format!("key-1\nkey-1\n{}", "x".repeat(200))).await;
    page.field(copy::DAYS_UNTIL_THE_DELETION).fill("7").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text(copy::START_THIS_JOB).await;
    page.button(copy::WHAT_IS_SENT).click().await;
    page.check_view("start-question").await;
    page.add_fault(Fault::new(Effect::Html).method("POST").path("/cckm/").processed());
    page.field(copy::TYPE_2_TO_CONTINUE).fill("2").await;
    page.button(copy::START_THE_JOB).click().await;
    page.wait_for_text("1 possible job was created").await;
    page.check_view("start-lost").await;
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_text(copy::SEE_WHAT_IS_KNOWN).await;
    page.check_view("start-unresolved").await;
    page.open_signed_in("?start=hsm/luna/refresh").await;
    page.wait_for_text("No document says what this request takes").await;
    page.check_view("start-inferred").await;
}
