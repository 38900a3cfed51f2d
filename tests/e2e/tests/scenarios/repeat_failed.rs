//! Starting again what failed of a synchronization of several KMS: the plan, and that exactly its jobs are started.

use cckm_simulator::fault::{Effect, Fault, ListChanges};
use cckm_simulator::job::{Failures, Items};
use e2e::{Page, Setup, family, json_answer, scenarios, seconds};

use crate::copy;

scenarios! {
    Setup::default().polling_fast() =>
        failed_regions_are_repeated_by_jobs_of_exactly_them, repetition_waits_while_the_server_is_busy,
        refused_retry_of_a_lost_repetition_finds_the_first_job, failures_that_are_left_out_are_named,
        plan_of_a_running_job_says_that_it_runs, plan_of_one_kms_reads_no_other_job,
        plan_of_an_address_without_an_id_sends_nothing, refused_list_can_be_read_again,
        slow_plan_shows_its_progress_and_can_be_cancelled;
    Setup::default().without_polling().dark().narrow() => narrow_dark_plan_is_accessible;
}

const AWS: &str = "aws/synchronization-jobs";
const START: &str = "POST /api/v1/cckm/aws/synchronization-jobs";
const JOB: &str = "/api/v1/cckm/aws/synchronization-jobs/the-job";
const PLAN: &str = "?batch=repeat&from=aws/synchronization-jobs/the-job";
const REGIONS: &[&str] = &["eu-west-1", "eu-west-2", "eu-west-3"];
const NAMES: &[&str] = &["the-job", "core", "data"];

/// Adds an ended synchronization in which the items at these positions failed.
fn add_job(page: &Page, id: &str, kms: &[&str], failed: &[usize]) {
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let mut job = page.ended_job(AWS, id, 1);
    job.items = Items::Grid { kms: names(kms), regions: names(REGIONS) };
    let failures = failed.iter().map(|&at| (at, "timed out".to_owned()));
    job.failures = Failures::At(failures.collect());
    page.add_jobs([job]);
}

/// Two jobs of a single KMS each, and one of four in which regions of these two failed.
async fn open_plan(page: &Page) {
    add_job(page, "core", &["prod-core"], &[]);
    add_job(page, "data", &["prod-data"], &[]);
    add_job(page, "the-job", &["prod-core", "prod-data", "prod-edge", "crm"], &[0, 1, 5]);
    page.open_signed_in("?job=aws/synchronization-jobs/the-job").await;
    page.clear_requests();
    page.link("Retry 3 failed items…").click().await;
    page.wait_for_texts(&["2 jobs, 3 regions", "1 job, 12 regions"]).await;
}

async fn confirm(page: &Page) {
    page.button("Start 2 jobs for 3 regions…").click().await;
    page.wait_for_text("Synchronizes 3 regions: exactly what failed.").await;
    page.button("Start 2 jobs for 3 regions").click().await;
}

/// The items of the jobs that were started, sorted.
fn started(page: &Page) -> Vec<String> {
    let jobs = page.jobs(family(AWS));
    let jobs = jobs.iter().filter(|job| !NAMES.contains(&&*job.id) && job.id != e2e::SAMPLE_ID);
    let mut names: Vec<String> =
        jobs.flat_map(|job| job.items.names().map(String::from).collect::<Vec<_>>()).collect();
    names.sort();
    names
}

async fn failed_regions_are_repeated_by_jobs_of_exactly_them(page: &Page) {
    let before = started(page);
    open_plan(page).await;
    page.wait_for_texts(&["prod-core", "eu-west-1, eu-west-2", "eu-west-3"]).await;
    page.check_view("repeat-plan").await;
    assert_eq!(page.count_requests(START), 0);
    assert_eq!(
        page.count_requests("GET /api/v1/cckm/aws/synchronization-jobs"),
        2,
        "the job and one page"
    );
    // What is known of the accounts is remembered.
    page.link("Back to the job").click().await;
    page.link("Retry 3 failed items…").click().await;
    page.wait_for_texts(&["2 jobs, 3 regions", "1 job, 12 regions"]).await;
    let pages = page.count_requests("GET /api/v1/cckm/aws/synchronization-jobs?skip=0&limit=100");
    assert_eq!(pages, 1, "{:?}", page.requests());
    let jobs = page.jobs(family(AWS));
    let job = jobs.iter().find(|job| job.id == "the-job").expect("it was added");
    let failed = [0, 1, 5].map(|at| job.items.name(at).into_owned());
    // The answer to the second start is lost.
    let lost = Fault::new(Effect::Html).method("POST").path("synchronization-jobs");
    page.add_fault(lost.after(1).times(1).processed());
    confirm(page).await;
    page.wait_for_text("2 of 2 jobs started").await;
    page.wait_for_text("AWS key synchronizations again: 3 failed regions").await;
    page.check_view("repetition").await;
    page.reload_signed_in().await;
    page.wait_for_text("2 of 2 jobs started").await;
    assert_eq!(page.count_requests(START), 2, "no start was sent twice");
    let mut expected = [before, failed.to_vec()].concat();
    expected.sort();
    assert_eq!(started(page), expected);
    page.advance(seconds(60));
    page.wait_for_text("3 of 3 regions finished").await;
    // The plan and its question say that it was started.
    page.link("the-job").click().await;
    page.link("Retry 3 failed items…").click().await;
    page.wait_for_texts(&["2 jobs, 3 regions", "Already started again on "]).await;
    page.button("Start 2 jobs for 3 regions…").click().await;
    page.wait_for_text("Start 2 jobs?").await;
    let texts = page.text().await;
    assert_eq!(texts.matches("3 failed regions (2 of 2 jobs started).").count(), 2, "{texts}");
    page.check_view("repeat-plan-already-started").await;
    page.link("AWS key synchronizations again: 3 failed regions").click().await;
    page.wait_for_text("Repeats what failed of the job").await;
}

async fn repetition_waits_while_the_server_is_busy(page: &Page) {
    page.simulator(|simulator| simulator.behaviour.one_sync_at_a_time = true);
    open_plan(page).await;
    confirm(page).await;
    page.wait_for_texts(&["1 of 2 jobs started", "resume when that has ended"]).await;
    page.advance(seconds(60));
    page.button(copy::RESUME).click().await;
    page.wait_for_text("2 of 2 jobs started").await;
    assert_eq!(page.count_requests(START), 3, "one was refused");
    assert_eq!(page.count_responses(409), 1);
}

/// The list cannot be read to its end at first, and the server refuses a second job because the first one runs.
async fn refused_retry_of_a_lost_repetition_finds_the_first_job(page: &Page) {
    page.simulator(|simulator| simulator.behaviour.newest_first = false);
    open_plan(page).await;
    let before = started(page).len();
    let lost = Fault::new(Effect::Html).method("POST").path("synchronization-jobs");
    page.add_fault(lost.times(1).processed());
    let first_row = ListChanges { max_rows: Some(1), ignore_skip: true, ..ListChanges::default() };
    page.add_fault(Fault::new(Effect::List(first_row)).method("GET").path("synchronization-jobs?"));
    confirm(page).await;
    page.wait_for_texts(&["could not be read to its end", "1 of 2 jobs started, 1 unknown"]).await;
    page.assert_accessible("repetition, list not read").await;
    page.clear_faults();
    page.add_fault(Fault::status(409).method("POST").path("synchronization-jobs"));
    page.role("button").named_like("Send again…").click().await;
    page.button("Send again and resume").click().await;
    page.wait_for_texts(&["resume when that has ended", "Being searched for"]).await;
    page.button(copy::RESUME).click().await;
    page.wait_for_text("2 of 2 jobs started").await;
    assert_eq!(page.count_requests(START), 3, "a plain resume sends nothing again");
    assert_eq!(started(page).len(), before + 3);
}

/// Answers for the job `the-job` with this request, in which four items failed.
fn add_odd_job(page: &Page, request: &str) {
    let items = r#""1/us-east-1":"failed","1/us-gov-west-1":"failed","2/eu-west-1":"failed","nofail":"failed""#;
    let job = format!(
        r#"{{"id":"the-job","overall_status":"completed",{request},"detailed_status":{{{items}}}}}"#
    );
    page.add_fault(json_answer(200, &job).path(JOB));
}

async fn failures_that_are_left_out_are_named(page: &Page) {
    add_odd_job(page, r#""kms":["a","b"],"regions":["us-east-1","eu-west-1"]"#);
    page.open_signed_in("?job=aws/synchronization-jobs/the-job").await;
    page.link("Retry 2 of 4 failed items…").click().await;
    page.wait_for_texts(&[
        "4 regions failed, 2 of which can be started again.",
        "1 failed region cannot be started again, because it is not in the request that the job reports: 1/us-gov-west-1",
        "1 failed region cannot be started again, because its name is not of an account and a region: nofail",
        "1 job, 4 regions",
    ])
    .await;
    page.check_view("repeat-plan-left-out").await;
    page.clear_faults();
    add_odd_job(page, r#""kms":["a","b"],"regions":null"#);
    page.open_signed_in(PLAN).await;
    page.wait_for_texts(&[
        "The job reports no region as failed that can be started again.",
        "3 failed regions cannot be started again",
    ])
    .await;
    page.link("See everything that failed on the page of the job").click().await;
    page.wait_for_query("?job=aws/synchronization-jobs/the-job&show=problems").await;
}

async fn plan_of_a_running_job_says_that_it_runs(page: &Page) {
    add_job(page, "ended", &["prod-core", "prod-data"], &[0, 1]);
    let mut job = page.running_job(AWS, "the-job", 1).with_duration(seconds(120));
    job.items = Items::Grid {
        kms: vec!["prod-core".to_owned(), "prod-data".to_owned()],
        regions: REGIONS.iter().map(|&region| region.to_owned()).collect(),
    };
    job.failures = Failures::At([(0, "timed out".to_owned())].into());
    page.add_jobs([job]);
    page.advance(seconds(60));
    page.open_signed_in(PLAN).await;
    page.wait_for_texts(&[
        "The job still runs. What it has not reported as failed yet is not in this plan.",
        "1 region failed.",
    ])
    .await;
    page.open_signed_in("?batch=repeat&from=aws/synchronization-jobs/ended").await;
    page.wait_for_text("2 regions failed.").await;
    assert!(!page.has_text("still runs").await);
}

async fn plan_of_one_kms_reads_no_other_job(page: &Page) {
    add_job(page, "the-job", &["prod-core"], &[0, 1]);
    page.open_signed_in(PLAN).await;
    page.wait_for_texts(&["1 job, 2 regions", "Synchronizes 2 regions: exactly what failed."])
        .await;
    assert_eq!(page.count_requests("GET /api/v1/cckm/aws/synchronization-jobs?"), 0);
    assert!(!page.has_text("does not know the KMS").await);
}

async fn plan_of_an_address_without_an_id_sends_nothing(page: &Page) {
    for (address, nothing) in [
        ("?batch=repeat&from=aws/synchronization-jobs/", "Nothing to retry"),
        ("?batch=repeat&from=aws/synchronization-jobs/..", "Nothing to retry"),
        ("?batch=new&from=aws/bulkjob/", "Nothing to retry"),
    ] {
        page.open_signed_in(address).await;
        page.wait_for_text(nothing).await;
        assert_eq!(page.count_requests("GET /api/v1/cckm/aws/"), 0, "{address}");
    }
}

async fn refused_list_can_be_read_again(page: &Page) {
    page.add_fault(Fault::status(403).path("synchronization-jobs?"));
    add_job(page, "core", &["prod-core"], &[]);
    add_job(page, "data", &["prod-data"], &[]);
    add_job(page, "the-job", &["prod-core", "prod-data", "prod-edge", "crm"], &[0, 1, 5]);
    page.open_signed_in(PLAN).await;
    page.wait_for_texts(&["1 job, 12 regions", "read 0 jobs"]).await;
    page.clear_faults();
    page.button("Try again").click().await;
    page.wait_for_text("2 jobs, 3 regions").await;
    assert!(!page.button("Try again").exists().await);
}

async fn slow_plan_shows_its_progress_and_can_be_cancelled(page: &Page) {
    page.add_ended_jobs(AWS, 150);
    add_job(page, "the-job", &["prod-core", "prod-data"], &[0]);
    let long = Fault::success_with(&" ".repeat(20_000_000));
    page.add_fault(long.bytes_per_second(1_000_000).path(JOB));
    page.open_signed_in(PLAN).await;
    page.wait_for_texts(&["Loading job…", "Received 0."]).await;
    assert!(!page.has_text("newest jobs").await);
    page.button("Cancel").click().await;
    page.wait_for_text("Loading was cancelled.").await;
    page.clear_faults();
    add_odd_job(page, r#""kms":["a","b"],"regions":["us-east-1","eu-west-1"]"#);
    page.add_fault(Fault::stalled_body(0).path("skip=100"));
    page.button("Load").click().await;
    page.wait_for_text("100 jobs read so far…").await;
    assert!(!page.has_text("Loading job…").await);
}

async fn narrow_dark_plan_is_accessible(page: &Page) {
    open_plan(page).await;
    page.check_view("repeat-plan").await;
    page.button("Start 2 jobs for 3 regions…").click().await;
    page.wait_for_text("Start 2 jobs?").await;
    page.check_view("repeat-plan-question").await;
}
