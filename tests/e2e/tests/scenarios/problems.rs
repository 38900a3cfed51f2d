//! Why a job failed, and retrying only what failed for one reason: within how many clicks.

use cckm_simulator::job::{Failures, Items};
use e2e::{Locator, Page, Setup, family, json_answer, scenarios, seconds};
use thirtyfour::Key;

use crate::copy;
use crate::items::list_is_in_view;

scenarios! {
    Setup::default().polling_fast() =>
        cause_is_one_click_from_the_list, throttled_regions_are_retried_in_three_clicks,
        throttled_keys_are_retried_in_three_clicks, cause_leads_to_its_items_in_view,
        tabs_follow_the_address_and_the_arrow_keys, problem_while_reading_keeps_the_tab,
        failed_run_without_items_shows_its_messages, run_before_is_compared;
    Setup::default().polling_fast().dark().narrow() =>
        narrow_dark_causes_lead_to_items_in_view(cause_leads_to_its_items_in_view);
}

const AWS: &str = "aws/synchronization-jobs";
const THROTTLED: &str = "ThrottlingException: Rate exceeded (request id 3f2b8a10)";
const DENIED: &str = "AccessDeniedException: no permission";

/// Counts the clicks of a person.
struct Clicks(u32);

impl Clicks {
    async fn click(&mut self, element: Locator<'_>) {
        element.click().await;
        self.0 += 1;
    }
}

/// Adds an ended synchronization: two regions of one KMS were throttled, one was denied.
fn add_job(page: &Page, id: &str, kms: &[&str], failures: &[(usize, &str)]) {
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let mut job = page.ended_job(AWS, id, 1);
    job.items =
        Items::Grid { kms: names(kms), regions: names(&["eu-west-1", "eu-west-2", "eu-west-3"]) };
    let failures = failures.iter().map(|&(at, text)| (at, text.to_owned()));
    job.failures = Failures::At(failures.collect());
    page.add_jobs([job]);
}

const FAILURES: &[(usize, &str)] = &[(0, THROTTLED), (1, THROTTLED), (2, DENIED)];

async fn cause_is_one_click_from_the_list(page: &Page) {
    add_job(page, "the-job", &["prod-core"], FAILURES);
    page.open_signed_in("?jobs=aws/synchronization-jobs").await;
    page.job("the-job").wait().await;
    let mut clicks = Clicks(0);
    clicks.click(page.job("the-job")).await;
    page.wait_for_texts(&["ThrottlingException", THROTTLED, "AccessDeniedException", DENIED]).await;
    page.wait_for_text("Failed").await;
    assert!(clicks.0 <= 1);
    page.check_view("job-causes").await;
}

async fn throttled_regions_are_retried_in_three_clicks(page: &Page) {
    add_job(page, "the-job", &["prod-core"], FAILURES);
    page.open_signed_in("?job=aws/synchronization-jobs/the-job").await;
    let before = page.jobs(family(AWS)).len();
    let mut clicks = Clicks(0);
    clicks.click(page.link("Retry 2 failed items…")).await;
    page.wait_for_text("Filled in with what failed of the job").await;
    assert_eq!(
        page.field(copy::REGIONS).value().await.as_deref(),
        Some("eu-west-1\neu-west-2"),
        "only what was throttled"
    );
    clicks.click(page.button(copy::REVIEW)).await;
    clicks.click(page.button(copy::START_THE_JOB)).await;
    page.wait_for_text("0 of 2 regions finished").await;
    assert!(clicks.0 <= 3);
    assert_eq!(page.jobs(family(AWS)).len(), before + 1);
}

async fn throttled_keys_are_retried_in_three_clicks(page: &Page) {
    let mut job = page.ended_job("aws/bulkjob", "the-job", 6);
    job.operation = Some("enablekey".into());
    let failures = FAILURES.iter().map(|&(at, text)| (at, text.to_owned()));
    page.add_jobs([job.with_failures(Failures::At(failures.collect()))]);
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    let mut clicks = Clicks(0);
    clicks.click(page.link("Retry 2 failed items…")).await;
    page.wait_for_text("2 keys recognised").await;
    clicks.click(page.button(copy::START_BUTTON)).await;
    clicks.click(page.button(copy::START_1_JOB)).await;
    page.wait_for_text("1 of 1 job started").await;
    assert!(clicks.0 <= 3);
}

async fn cause_leads_to_its_items_in_view(page: &Page) {
    add_job(page, "the-job", &["prod-core", "prod-data"], FAILURES);
    page.open_signed_in("?job=aws/synchronization-jobs/the-job").await;
    page.check_view("job-causes").await;
    page.link("ThrottlingException").click().await;
    page.wait_for_text("2 of 6 regions").await;
    assert!(page.query().await.contains("&cause=ThrottlingException"));
    page.wait_until("the list is in view", async || list_is_in_view(page).await).await;
    page.tab(copy::DETAILS).click().await;
    page.link("3 failed").click().await;
    page.wait_for_text("3 of 6 regions").await;
    page.wait_until("the list is in view", async || list_is_in_view(page).await).await;
    page.items().click().await;
    page.check_view("job-chosen-item").await;
}

async fn tabs_follow_the_address_and_the_arrow_keys(page: &Page) {
    add_job(page, "the-job", &["prod-core"], FAILURES);
    page.open_signed_in("?job=aws/synchronization-jobs/the-job&tab=timeline").await;
    let selected = async |tab: &str| {
        page.wait_until(&format!("{tab} is selected"), async || {
            let name = page.css("[role=tab][aria-selected=true]").text().await;
            name.is_some_and(|name| name.starts_with(tab))
        })
        .await;
    };
    selected("Timeline").await;
    page.wait_for_text("Observed by this page for").await;
    page.tab("Timeline").click().await;
    page.press(Key::Right).await;
    selected("Details").await;
    page.wait_for_focus("Details").await;
    assert_eq!(page.query().await, "?job=aws/synchronization-jobs/the-job&tab=details");
    page.press(Key::Right).await;
    selected(copy::PROBLEMS).await;
    assert_eq!(page.query().await, "?job=aws/synchronization-jobs/the-job");
    page.press(Key::Left).await;
    selected("Details").await;
    page.back().await;
    selected(copy::PROBLEMS).await;
}

async fn problem_while_reading_keeps_the_tab(page: &Page) {
    let failing = Failures::At([(1, THROTTLED.to_owned())].into());
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 10).with_failures(failing)]);
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("0 of 10 keys finished").await;
    page.advance(seconds(55));
    page.wait_for_text("5 of 10 keys finished").await;
    page.items().wait().await;
    page.tab("Problems 1").click().await;
    page.wait_for_text(THROTTLED).await;
}

async fn failed_run_without_items_shows_its_messages(page: &Page) {
    let run = r#"{"id":"the-run","name":"nightly","operation":"cckm_synchronization","status":"failed",
        "job_config_id":"the-schedule","error_message":"connection refused by the cloud"}"#;
    page.add_fault(json_answer(200, run).path("/v1/scheduler/jobs/the-run"));
    page.open_signed_in("?job=scheduler/jobs/the-run").await;
    page.wait_for_texts(&["Failed", "connection refused by the cloud"]).await;
    assert!(!page.has_text("yet").await, "nothing is to come");
    let href = page.link("Its schedule").href().await;
    assert_eq!(href.as_deref(), Some("?job=scheduler/job-configs/the-schedule"));
}

async fn run_before_is_compared(page: &Page) {
    add_job(page, "before", &["prod-core"], &[(1, THROTTLED), (2, DENIED)]);
    page.advance(seconds(3600));
    add_job(page, "the-job", &["prod-core"], FAILURES);
    page.open_signed_in("?job=aws/synchronization-jobs/the-job").await;
    page.wait_for_texts(&["Compared with the run before", "1 newly failed, 2 still failing"]).await;
    page.button("Show the names").click().await;
    page.wait_for_text("1 newly failed: ").await;
    page.link("the run before").click().await;
    page.wait_for_query("?job=aws/synchronization-jobs/before").await;
    page.wait_for_text("No earlier run of the same scope among").await;
}
