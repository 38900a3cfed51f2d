//! Batches: many keys in jobs of a hundred, from the form to the last key.

use cckm_simulator::Timestamp;
use cckm_simulator::auth::{OPERATOR_PASSWORD, OPERATOR_USER};
use cckm_simulator::family::by_path;
use cckm_simulator::fault::Fault;
use cckm_simulator::job::Failures;
use e2e::{Page, Setting, in_both_browsers};
use serde_json::json;

use crate::shop::{Shop, second};

in_both_browsers!(Setting::default().polling_fast();
    a_batch_to_its_end, retried_failures, failures_of_a_job, no_permission, goes_on_while_others_are_shown, forgotten, what_is_kept_cannot_be_read, many_keys);

pub const START: &str = "POST /api/v1/cckm/aws/bulkjob";
pub const KEYS: &str = "One key a line, or with commas between them";

pub fn keys(count: usize) -> Vec<String> {
    let keys = 0..count;
    keys.map(|at| format!("3f2b8a10-77aa-4c1e-9d00-{at:012}"))
        .collect()
}

/// The keys of all jobs but the documented one, as often as they were asked for.
pub fn asked(page: &Page) -> Vec<String> {
    page.simulator(|simulator| {
        let family = by_path("aws/bulkjob").unwrap();
        let jobs = simulator.jobs.begun(family, 0, Timestamp::MAX);
        let jobs = jobs.filter(|job| !job.id.starts_with("e612b64f"));
        let names = jobs.flat_map(|job| job.items.names().map(String::from).collect::<Vec<_>>());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    })
}

/// Fills the form in and confirms the plan.
pub async fn start(page: &Page, keys: &[String], operation: &str) {
    page.put_into(KEYS, &keys.join("\n")).await;
    page.choose("Operation", operation).await;
    page.press("Start…").await;
    let jobs = keys.len().div_ceil(100);
    let plural = if jobs == 1 { "" } else { "s" };
    page.press(&format!("Start {jobs} job{plural}")).await;
}

/// Has keys whose names contain this fail.
pub fn failing(page: &Page, part: &str) {
    let failing = (part.to_owned(), "AccessDeniedException: no".to_owned());
    page.simulator(|simulator| simulator.behaviour.item_failures.push(failing));
}

async fn a_batch_to_its_end(page: &Page) {
    failing(page, "000000000042");
    let keys = keys(250);
    page.enter("?batch=").await;
    page.sees("No batches in this browser").await;
    page.follow("New batch…").await;
    page.sees_all(&["0 keys recognised", "There are no keys yet"])
        .await;
    page.put_into(KEYS, &keys.join("\n")).await;
    page.sees_all(&[
        "250 keys recognised",
        "Choose what is to be done to the keys",
    ])
    .await;
    page.choose("Operation", "Enable keys").await;
    page.sees("Each of 250 keys is enabled.").await;
    page.sees("250 keys in 3 jobs of at most 100").await;
    page.is_accessible("new batch").await;
    page.picture("batch-new").await;
    page.press("Start…").await;
    page.sees("Enable keys: 250 keys?").await;
    page.is_accessible("new batch, last question").await;
    assert_eq!(page.count_requests(START), 0);
    page.press("Start 3 jobs").await;
    page.sees("3 of 3 jobs started").await;
    page.sees("0 of 250 keys finished").await;
    page.advance(second(100));
    page.sees("150 of 250 keys finished").await;
    page.advance(second(120));
    page.sees("250 of 250 keys finished").await;
    page.sees("Final, no longer refreshed").await;
    page.sees_all(&["1 failed", "249 done", "AccessDeniedException: no"])
        .await;
    page.is_accessible("batch").await;
    page.picture("batch").await;
    assert_eq!(page.count_requests(START), 3);
    assert_eq!(asked(page), keys);

    // A choice of keys is an address, and a key leads to its job.
    page.follow("1 failed").await;
    page.sees("1 of 250 keys").await;
    assert!(page.query().await.ends_with("&show=failed"));
    page.click_css("[role=option]").await;
    page.sees("Job 1: ").await;
    page.click_css(".item a[href^='?job=aws/bulkjob/']").await;
    page.sees("100 of 100 keys finished").await;
    page.back().await;
    page.sees("1 of 250 keys").await;
    page.forget_requests();
    page.stays("jobs that are over are read once", second(1), async || {
        page.requests().is_empty()
    })
    .await;
    page.follow("Back to all batches").await;
    page.sees_all(&["Enable keys: 250 keys", "3 of 3 jobs started"])
        .await;
    page.is_accessible("batches").await;
    page.picture("batches").await;
}

async fn retried_failures(page: &Page) {
    let keys = keys(120);
    let failed: Vec<String> = keys
        .iter()
        .filter(|key| key.ends_with('7'))
        .cloned()
        .collect();
    let failing = failed
        .iter()
        .map(|key| (key.clone(), "Failed: no".to_owned()));
    let failing: Vec<_> = failing.collect();
    page.simulator(|simulator| simulator.behaviour.item_failures = failing);
    page.enter("?batch=new").await;
    start(page, &keys, "Disable keys").await;
    page.sees("2 of 2 jobs started").await;
    page.advance(second(300));
    page.sees("120 of 120 keys finished").await;
    let count = failed.len();
    page.follow(&format!("Retry {count} failed…")).await;
    page.sees(&format!("{count} keys recognised")).await;
    assert_eq!(
        page.value("Operation").await.as_deref(),
        Some("Disable keys")
    );
    page.simulator(|simulator| simulator.behaviour.item_failures.clear());
    page.press("Start…").await;
    page.press("Start 1 job").await;
    page.sees("1 of 1 job started").await;
    page.advance(second(300));
    page.sees(&format!("{count} of {count} keys finished"))
        .await;
    page.misses("failed…").await;
    let mut all = [keys, failed].concat();
    all.sort();
    assert_eq!(asked(page), all);
    // The same after a reload, when all has to be read again from the jobs.
    page.follow("Back to all batches").await;
    page.follow("Disable keys: 120 keys").await;
    let address = page.link(&format!("Retry {count} failed…")).await.unwrap();
    page.enter(&address).await;
    page.sees(&format!("{count} keys recognised")).await;
}

async fn failures_of_a_job(page: &Page) {
    let failures = (0..30)
        .map(|at| (at, "Failed: throttled".to_owned()))
        .collect();
    let job = page
        .job("aws/bulkjob", "the-job", 100)
        .operation("enablekey");
    page.add([job.with_failures(Failures::At(failures))]);
    page.advance(second(2_000));
    page.enter("?batch=new&from=aws/bulkjob/the-job").await;
    page.sees("30 keys recognised").await;
    assert_eq!(
        page.value("Operation").await.as_deref(),
        Some("Enable keys")
    );
    page.press("Start…").await;
    page.press("Start 1 job").await;
    page.sees("0 of 30 keys finished").await;
    assert_eq!(page.count_requests(START), 1);
    page.open("?batch=new&from=aws/bulkjob/no-such-job").await;
    page.sign_in().await;
    page.sees("Not found").await;
    page.open("?batch=new&from=nothing").await;
    page.sign_in().await;
    page.sees("Nothing to retry").await;
}

async fn no_permission(page: &Page) {
    page.open("?batch=new").await;
    page.sign_in_as(OPERATOR_USER, OPERATOR_PASSWORD).await;
    start(page, &keys(150), "Enable keys").await;
    page.sees("The permission keybulkoperation is missing")
        .await;
    page.sees("User does not have the permission").await;
    page.sees("0 of 2 jobs started").await;
    assert_eq!(page.count_requests(START), 0, "asked for before");
    // Whoever has it goes on.
    page.press("Sign out").await;
    page.sign_in().await;
    page.sees("0 of 2 jobs started").await;
    page.sees("Someone else has signed in").await;
    page.misses("User does not have the permission").await;
    page.press("Go on").await;
    page.sees("2 of 2 jobs started").await;
    assert_eq!(asked(page), keys(150));
}

async fn goes_on_while_others_are_shown(page: &Page) {
    let slow = Fault::latency(second(1)).method("POST").path("bulkjob");
    page.fault(slow);
    page.enter("?batch=new").await;
    start(page, &keys(600), "Enable keys").await;
    page.until("some are started", async || page.count_requests(START) >= 1)
        .await;
    page.follow_to("?jobs=azure/bulkjobs").await;
    page.until("all are started", async || page.count_requests(START) == 6)
        .await;
    assert_eq!(page.query().await, "?jobs=azure/bulkjobs");
    page.follow("Batches").await;
    page.follow("Enable keys: 600 keys").await;
    page.sees("6 of 6 jobs started").await;
    page.sees("0 of 600 keys finished").await;
    assert_eq!(asked(page), keys(600));
}

async fn forgotten(page: &Page) {
    let slow = Fault::latency(second(2)).method("POST").path("bulkjob");
    page.fault(slow);
    page.enter("?batch=new").await;
    start(page, &keys(500), "Enable keys").await;
    page.until("some are started", async || page.count_requests(START) >= 1)
        .await;
    page.press("Forget…").await;
    page.sees("It is not over").await;
    page.press("Forget it").await;
    page.sees("No batches in this browser").await;
    let kept = "return Object.keys(localStorage).filter((name) => !name.includes('recent'))";
    assert_eq!(page.js(kept, &[]).await, json!([]));
    let sent = page.count_requests(START);
    page.stays("no more is started", second(4), async || {
        page.count_requests(START) == sent
    })
    .await;
    page.back().await;
    page.sees("A batch is known only to the browser in which it was made")
        .await;
}

async fn what_is_kept_cannot_be_read(page: &Page) {
    page.open("?batch=").await;
    let put = "localStorage.setItem('cckm-jobs.batch.0mdz1abcd-0000', arguments[0])";
    page.js(put, &[json!("operation=enablekey&most=100&waiting=")])
        .await;
    page.sign_in().await;
    page.sees("What the browser kept of it cannot be read")
        .await;
    page.follow("0mdz1abcd-0000").await;
    page.sees("another program may have changed it").await;
    page.press("Forget it").await;
    page.sees("No batches in this browser").await;
}

/// As smooth as the list of a job.
async fn many_keys(page: &Page) {
    page.simulator(|simulator| {
        simulator.behaviour.item_duration = std::time::Duration::ZERO;
    });
    let keys = keys(12_000);
    page.enter("?batch=new").await;
    start(page, &keys, "Enable keys").await;
    page.sees("120 of 120 jobs started").await;
    page.sees("12,000 of 12,000 keys finished").await;
    page.fill("Search", "000000011999").await;
    page.sees("1 of 12,000 keys").await;
    assert_eq!(asked(page), keys);
    assert_eq!(page.count_requests(START), 120);
}
