//! Batches: many keys in jobs of a hundred, from the form to the last key.

use std::time::Duration;

use cckm_simulator::auth::{OPERATOR_PASSWORD, OPERATOR_USER};
use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::job::Failures;
use e2e::{Page, SAMPLE_ID, Setup, family, scenarios, seconds};
use serde_json::json;

use crate::copy;
use crate::known::stored_entries;

scenarios! {
    Setup::default().polling_fast() =>
        batch_starts_all_jobs_and_shows_results, failed_keys_are_retried_in_a_new_batch,
        failed_keys_of_a_job_fill_the_form, batch_without_permission_waits_for_another_user,
        batch_continues_while_another_page_is_open,
        forgotten_batch_stops_and_leaves_no_storage, unreadable_saved_batch_is_reported,
        batch_of_twelve_thousand_keys_runs_and_is_searchable;
    Setup::default().config(r#"{"poll":{"runningSeconds":0.3,"idleSeconds":300}}"#) =>
        job_of_a_batch_with_an_unknown_status_is_read_less_often;
}

pub const START: &str = "POST /api/v1/cckm/aws/bulkjob";
pub const KEYS: &str = "One key a line, or with commas between them";

pub fn keys(count: usize) -> Vec<String> {
    let keys = 0..count;
    keys.map(|at| format!("3f2b8a10-77aa-4c1e-9d00-{at:012}")).collect()
}

/// The keys of all jobs except the documented sample, sorted. A key in two jobs occurs twice.
pub fn requested_keys(page: &Page) -> Vec<String> {
    let jobs = page.jobs(family("aws/bulkjob"));
    let jobs = jobs.iter().filter(|job| job.id != SAMPLE_ID);
    let mut names: Vec<_> = jobs.flat_map(|job| job.items.names().map(String::from)).collect();
    names.sort();
    names
}

/// Fills in the form and confirms.
pub async fn start(page: &Page, keys: &[String], operation: &str) {
    page.field(KEYS).set_text(&keys.join("\n")).await;
    page.field(copy::OPERATION).select(operation).await;
    page.button(copy::START_BUTTON).click().await;
    let jobs = keys.len().div_ceil(100);
    let plural = if jobs == 1 { "" } else { "s" };
    page.button(&format!("Start {jobs} job{plural}")).click().await;
}

/// Fails when a job is started within a time; `sent` is the number of starts so far.
pub async fn assert_no_start(page: &Page, sent: usize, time: Duration) {
    let is_same = async || page.count_requests(START) == sent;
    page.assert_stays("no job is started", time, is_same).await;
}

/// Makes the keys fail whose names contain `part`.
pub fn fail_keys(page: &Page, part: &str) {
    let failure = (part.to_owned(), "AccessDeniedException: no".to_owned());
    page.simulator(|simulator| simulator.behaviour.item_failures.push(failure));
}

async fn batch_starts_all_jobs_and_shows_results(page: &Page) {
    fail_keys(page, "000000000042");
    let keys = keys(250);
    page.open_signed_in("?batch=").await;
    page.wait_for_text(copy::NO_BATCHES_IN_THIS_BROWSER).await;
    page.link(copy::NEW_BATCH).click().await;
    page.wait_for_texts(&["0 keys recognised", "There are no keys yet"]).await;
    page.field(KEYS).set_text(&keys.join("\n")).await;
    page.wait_for_texts(&["250 keys recognised", "Choose what is to be done to the keys"]).await;
    page.field(copy::OPERATION).select(copy::ENABLE_KEYS).await;
    page.wait_for_text("Each of 250 keys is enabled.").await;
    page.wait_for_text("250 keys in 3 jobs of at most 100").await;
    page.assert_accessible("new batch").await;
    page.screenshot("batch-new").await;
    page.button(copy::START_BUTTON).click().await;
    page.wait_for_text("Enable keys: 250 keys?").await;
    page.assert_accessible("new batch, confirmation").await;
    assert_eq!(page.count_requests(START), 0);
    page.button("Start 3 jobs").click().await;
    page.wait_for_texts(&["3 of 3 jobs started", "0 of 250 keys finished"]).await;
    page.advance(seconds(100));
    page.wait_for_text("150 of 250 keys finished").await;
    page.advance(seconds(120));
    page.wait_for_texts(&["250 of 250 keys finished", copy::FINISHED]).await;
    page.wait_for_texts(&["1 failed", "249 done", "AccessDeniedException: no"]).await;
    page.assert_accessible("batch").await;
    page.screenshot("batch").await;
    assert_eq!(page.count_requests(START), 3);
    assert_eq!(requested_keys(page), keys);

    // The filter is part of the address, and a key links to its job.
    page.link("1 failed").click().await;
    page.wait_for_text("1 of 250 keys").await;
    assert!(page.query().await.ends_with("&show=failed"));
    page.items().click().await;
    page.wait_for_text("Job 1: ").await;
    page.region(copy::CHOSEN_ITEM).find(page.role("link")).click().await;
    page.wait_for_text("100 of 100 keys finished").await;
    page.back().await;
    page.wait_for_text("1 of 250 keys").await;
    // Ended jobs are not fetched again.
    page.clear_requests();
    page.assert_no_requests(seconds(1)).await;
    page.link(copy::BACK_TO_ALL_BATCHES).click().await;
    page.wait_for_texts(&["Enable keys: 250 keys", "3 of 3 jobs started"]).await;
    page.assert_accessible("batches").await;
    page.screenshot("batches").await;
}

async fn failed_keys_are_retried_in_a_new_batch(page: &Page) {
    let keys = keys(120);
    let failed: Vec<String> = keys.iter().filter(|key| key.ends_with('7')).cloned().collect();
    let failures = failed.iter().map(|key| (key.clone(), "Failed: no".to_owned())).collect();
    page.simulator(|simulator| simulator.behaviour.item_failures = failures);
    page.open_signed_in("?batch=new").await;
    start(page, &keys, "Disable keys").await;
    page.wait_for_text("2 of 2 jobs started").await;
    page.advance(seconds(300));
    page.wait_for_text("120 of 120 keys finished").await;
    let count = failed.len();
    page.link(&format!("Retry {count} failed items…")).click().await;
    page.wait_for_text(&format!("{count} keys recognised")).await;
    assert_eq!(page.field(copy::OPERATION).value().await.as_deref(), Some("Disable keys"));
    page.simulator(|simulator| simulator.behaviour.item_failures.clear());
    page.button(copy::START_BUTTON).click().await;
    page.button(copy::START_1_JOB).click().await;
    page.wait_for_text("1 of 1 job started").await;
    page.advance(seconds(300));
    page.wait_for_text(&format!("{count} of {count} keys finished")).await;
    page.wait_for_text_gone("failed…").await;
    let mut all = [keys, failed].concat();
    all.sort();
    assert_eq!(requested_keys(page), all);
    // The link has the same keys after a reload, when the console reads the jobs again.
    page.link(copy::BACK_TO_ALL_BATCHES).click().await;
    page.link("Disable keys: 120 keys").click().await;
    let address = page.link(&format!("Retry {count} failed items…")).href().await.unwrap();
    page.open_signed_in(&address).await;
    page.wait_for_text(&format!("{count} keys recognised")).await;
}

async fn failed_keys_of_a_job_fill_the_form(page: &Page) {
    let failures = (0..30).map(|at| (at, "Failed: throttled".to_owned())).collect();
    let job = page.running_job("aws/bulkjob", "the-job", 100).operation("enablekey");
    page.add_jobs([job.with_failures(Failures::At(failures))]);
    page.advance(seconds(2_000));
    page.open_signed_in("?batch=new&from=aws/bulkjob/the-job").await;
    page.wait_for_text("30 keys recognised").await;
    assert_eq!(page.field(copy::OPERATION).value().await.as_deref(), Some("Enable keys"));
    page.button(copy::START_BUTTON).click().await;
    page.button(copy::START_1_JOB).click().await;
    page.wait_for_texts(&["1 of 1 job started", "0 of 30 keys finished"]).await;
    assert_eq!(page.count_requests(START), 1);
    page.open_signed_in("?batch=new&from=aws/bulkjob/no-such-job").await;
    page.wait_for_text(copy::NOT_FOUND).await;
    page.open_signed_in("?batch=new&from=nothing").await;
    page.wait_for_text("Nothing to retry").await;
}

async fn batch_without_permission_waits_for_another_user(page: &Page) {
    page.open("?batch=new").await;
    page.sign_in_as(OPERATOR_USER, OPERATOR_PASSWORD).await;
    start(page, &keys(150), "Enable keys").await;
    page.wait_for_text("The permission keybulkoperation is missing").await;
    page.wait_for_texts(&["User does not have the permission", "0 of 2 jobs started"]).await;
    assert_eq!(page.count_requests(START), 0, "the permission is checked before the first start");
    // A user with the permission can resume.
    page.button(copy::SIGN_OUT).click().await;
    page.sign_in().await;
    page.wait_for_texts(&["0 of 2 jobs started", "Someone else has signed in"]).await;
    page.wait_for_text_gone("User does not have the permission").await;
    page.button(copy::RESUME).click().await;
    page.wait_for_text("2 of 2 jobs started").await;
    assert_eq!(requested_keys(page), keys(150));
}

async fn batch_continues_while_another_page_is_open(page: &Page) {
    let slow = Fault::latency(seconds(1)).method("POST").path("bulkjob");
    page.add_fault(slow);
    page.open_signed_in("?batch=new").await;
    start(page, &keys(600), "Enable keys").await;
    page.wait_until("a job is started", async || page.count_requests(START) >= 1).await;
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_until("all jobs are started", async || page.count_requests(START) == 6).await;
    assert_eq!(page.query().await, "?jobs=azure/bulkjobs");
    page.link("Batches").click().await;
    page.link("Enable keys: 600 keys").click().await;
    page.wait_for_texts(&["6 of 6 jobs started", "0 of 600 keys finished"]).await;
    assert_eq!(requested_keys(page), keys(600));
}

async fn forgotten_batch_stops_and_leaves_no_storage(page: &Page) {
    let slow = Fault::latency(seconds(2)).method("POST").path("bulkjob");
    page.add_fault(slow);
    page.open_signed_in("?batch=new").await;
    start(page, &keys(500), "Enable keys").await;
    page.wait_until("a job is started", async || page.count_requests(START) >= 1).await;
    page.button("Forget…").click().await;
    page.wait_for_text("It is not over").await;
    page.button("Forget it").click().await;
    page.wait_for_text(copy::NO_BATCHES_IN_THIS_BROWSER).await;
    assert_eq!(stored_entries(page).await, []);
    let sent = page.count_requests(START);
    assert_no_start(page, sent, seconds(4)).await;
    page.back().await;
    page.wait_for_text("A batch is known only to the browser in which it was made").await;
}

async fn unreadable_saved_batch_is_reported(page: &Page) {
    page.open("?batch=").await;
    let write = "localStorage.setItem('cckm-jobs.batch.0mdz1abcd-0000', arguments[0])";
    page.eval(write, &[json!("operation=enablekey&most=100&waiting=")]).await;
    page.sign_in().await;
    page.wait_for_text("What the browser saved of it cannot be read").await;
    page.link("0mdz1abcd-0000").click().await;
    page.wait_for_text("Another program may have changed what the browser saved").await;
    page.button("Forget it").click().await;
    page.wait_for_text(copy::NO_BATCHES_IN_THIS_BROWSER).await;
}

/// The list of keys has the same search as the items of a job.
async fn batch_of_twelve_thousand_keys_runs_and_is_searchable(page: &Page) {
    page.simulator(|simulator| {
        simulator.behaviour.item_duration = Duration::ZERO;
    });
    let keys = keys(12_000);
    page.open_signed_in("?batch=new").await;
    start(page, &keys, "Enable keys").await;
    page.wait_for_texts(&["120 of 120 jobs started", "12,000 of 12,000 keys finished"]).await;
    page.field(copy::SEARCH).fill("000000011999").await;
    page.wait_for_text("1 of 12,000 keys").await;
    assert_eq!(requested_keys(page), keys);
    assert_eq!(page.count_requests(START), 120);
}

/// Nothing says when such a job ends, so it is read as often as a list in which nothing runs.
async fn job_of_a_batch_with_an_unknown_status_is_read_less_often(page: &Page) {
    const GET: &str = "GET /api/v1/cckm/aws/bulkjob/";
    page.open_signed_in("?batch=new").await;
    start(page, &keys(3), "Enable keys").await;
    page.wait_until("a running job is read often", async || page.count_requests(GET) > 2).await;
    let with = r#"{"overall_status":"postponed","detailed_status":{}}"#.to_owned();
    page.add_fault(Fault::new(Effect::ReplaceBody { with }).method("GET").path("bulkjob/"));
    page.wait_for_text("postponed").await;
    let sent = page.count_requests(GET);
    let is_same = async || page.count_requests(GET) == sent;
    page.assert_stays("the job is not read", seconds(2), is_same).await;
}
