//! Starting a job again, and the accessibility of all start pages.

use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::job::Failures;
use e2e::{Page, SAMPLE_ID, Setup, scenarios, seconds};

use crate::copy;
use crate::start::start;

scenarios! {
    Setup::default() => form_is_filled_from_a_job, form_is_filled_from_failed_items;
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
    page.link_to("?jobs=aws/bulkjob").click().await;
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
    page.wait_for_text(copy::IN_PROGRESS).await;
    let id = page.title().text().await.unwrap();
    page.advance(seconds(60));
    page.open_signed_in(&format!("?start=aws/synchronization-jobs&from={id}&only=failed")).await;
    page.wait_for_text("Filled in with what failed of the job").await;
    page.wait_for_text("The job names accounts by number").await;
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

async fn start_views_are_accessible(page: &Page) {
    page.open_signed_in("?start=aws/bulkjob").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("fields have to be corrected").await;
    page.check_view("start-wrong").await;
    page.field(copy::OPERATION).select(copy::SCHEDULE_KEY_DELETION).await;
    page.field(copy::KEYS_TEXT).fill(&format!("key-1\nkey-1\n{}", "x".repeat(300))).await;
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
    page.link_to("?jobs=azure/bulkjobs").click().await;
    page.wait_for_text(copy::SEE_WHAT_IS_KNOWN).await;
    page.check_view("start-unresolved").await;
    page.open_signed_in("?start=hsm/luna/refresh").await;
    page.wait_for_text("No document says what this request takes").await;
    page.check_view("start-inferred").await;
}
