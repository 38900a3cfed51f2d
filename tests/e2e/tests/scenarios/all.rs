//! The list of all jobs: its order while jobs arrive, its filters, and lists that fail.

use cckm_simulator::auth::{OPERATOR_PASSWORD, OPERATOR_USER};
use cckm_simulator::family::FAMILIES;
use cckm_simulator::fault::Fault;
use cckm_simulator::generate;
use e2e::{Page, Setup, ended, family, json_answer, scenarios, seconds};

use crate::copy;

scenarios! {
    Setup::default().without_polling() =>
        twelve_thousand_jobs_keep_their_order_while_jobs_arrive,
        failed_list_is_named_and_retried, forbidden_list_is_named_without_retry,
        filters_select_across_all_families, link_back_from_a_job_returns_to_the_page,
        unknown_family_is_shown_as_received;
    Setup::default().narrow().dark() => narrow_dark_list_fits;
    Setup::default().polling_fast() => running_jobs_update_and_newer_jobs_load_on_request;
}

/// The paths of twelve families with a list.
fn listed_paths() -> impl Iterator<Item = &'static str> {
    let listed = FAMILIES.iter().filter(|family| family.verbs.list);
    listed.map(|family| family.path).take(12)
}

/// Adds `count` jobs to each of twelve families, no two created at the same time.
fn fill_all(page: &Page, count: usize) {
    for (at, path) in (0..).zip(listed_paths()) {
        let family = family(path);
        let until = page.now() - seconds(3600 + 5 * at);
        let jobs = generate::jobs_of(family, 7 + at, count, 3, until, seconds(86_400));
        page.add_jobs(jobs.into_iter().map(|job| ended(job, "completed")));
    }
}

/// The ids of all jobs, newest first.
fn sorted_ids(page: &Page) -> Vec<String> {
    let listed = FAMILIES.iter().filter(|family| family.verbs.list);
    let jobs = listed.flat_map(|family| page.jobs(family));
    let mut keys: Vec<_> = jobs.map(|job| (job.created_at, job.id)).collect();
    keys.sort();
    keys.into_iter().rev().map(|(_, id)| id).collect()
}

/// Goes to the page of the list at `skip`, like a link.
async fn jump(page: &Page, skip: usize) {
    page.go_to(&format!("?jobs=all&skip={skip}")).await;
}

/// Waits until the table shows the jobs of `all` from `skip` on.
async fn wait_for_page(page: &Page, skip: usize, all: &[String]) {
    let expected = &all[skip..(skip + 20).min(all.len())];
    page.wait_until(&format!("the jobs from {skip} on are there in order"), async || {
        page.job_ids().await == expected
    })
    .await;
}

async fn twelve_thousand_jobs_keep_their_order_while_jobs_arrive(page: &Page) {
    fill_all(page, 1_000);
    let all = sorted_ids(page);
    assert!(all.len() > 12_000);
    page.open_signed_in("?jobs=all").await;
    page.wait_for_text(&format!("1–20 of {},{:03}", all.len() / 1000, all.len() % 1000)).await;
    wait_for_page(page, 0, &all).await;
    let lists = page.count_requests("/cckm/");
    assert!(lists <= 16, "one request for each list is enough, not {lists}");
    let paths: Vec<&str> = listed_paths().collect();
    for turn in 1..=12 {
        page.advance(seconds(1));
        let path = paths[turn % 12];
        page.add_jobs([page.running_job(path, &format!("arrived-{turn}"), 2)]);
        page.link(copy::NEXT).click().await;
        wait_for_page(page, turn * 20, &all).await;
    }
    jump(page, 5_000).await;
    wait_for_page(page, 5_000, &all).await;
    page.link(copy::PREVIOUS).click().await;
    wait_for_page(page, 4_980, &all).await;
    page.link(copy::LAST).click().await;
    wait_for_page(page, (all.len() - 1) / 20 * 20, &all).await;
    page.link(copy::FIRST).click().await;
    wait_for_page(page, 0, &all).await;

    // After a refresh the new jobs are in their order.
    page.button(copy::REFRESH).click().await;
    wait_for_page(page, 0, &sorted_ids(page)).await;
    let all = sorted_ids(page);
    assert!(all[0].starts_with("arrived"));
    page.open_signed_in("?jobs=all&skip=5000").await;
    wait_for_page(page, 5_000, &all).await;
    page.link(copy::NEXT).click().await;
    wait_for_page(page, 5_020, &all).await;
}

async fn failed_list_is_named_and_retried(page: &Page) {
    fill_all(page, 3);
    let all = sorted_ids(page);
    page.add_fault(Fault::status(500).path("/cckm/azure/bulkjobs"));
    page.open_signed_in("?jobs=all").await;
    page.wait_for_text(copy::SERVER_FAILED_500).await;
    page.wait_for_texts(&["Not in this list: Azure bulk operations.", "1–20 of 36"]).await;
    page.clear_faults();
    page.button(copy::TRY_AGAIN).click().await;
    page.wait_for_text_gone(copy::THE_SERVER_FAILED).await;
    wait_for_page(page, 0, &all).await;
    // The rows stay while the refresh of one list fails.
    page.add_fault(Fault::status(503).path("/cckm/aws/bulkjob"));
    page.button(copy::REFRESH).click().await;
    page.wait_for_text("Not up to date: AWS bulk operations.").await;
    wait_for_page(page, 0, &all).await;
    page.clear_faults();
    page.button(copy::TRY_AGAIN).click().await;
    page.wait_for_text_gone("Not up to date").await;

    page.add_fault(Fault::status(502).path("/cckm/"));
    page.reload_signed_in().await;
    page.wait_for_text("The server failed (502)").await;
    page.clear_faults();
    page.button(copy::TRY_AGAIN).click().await;
    wait_for_page(page, 0, &all).await;
    page.wait_for_text_gone(copy::THE_SERVER_FAILED).await;
}

async fn forbidden_list_is_named_without_retry(page: &Page) {
    page.open("?jobs=all").await;
    page.sign_in_as(OPERATOR_USER, OPERATOR_PASSWORD).await;
    page.wait_for_text("The permission keybulkoperation is missing").await;
    page.wait_for_text("Not in this list: AWS bulk operations").await;
    page.wait_for_text("Sync keys · AWS").await;
    assert!(!page.has_text(copy::TRY_AGAIN).await, "a second attempt would fail too");
    page.assert_accessible("a permission is missing").await;
}

async fn filters_select_across_all_families(page: &Page) {
    fill_all(page, 30);
    page.add_jobs([
        page.running_job("dsm/refresh", "running", 5),
        page.running_job("aws/bulkjob", "runs-too", 5),
    ]);
    page.open_signed_in("?jobs=all&skip=40").await;
    page.wait_for_text("41–60 of").await;
    page.assert_accessible("all jobs").await;
    page.region("Outcome").find(page.role("link").named_like("Running")).click().await;
    page.wait_for_text("1–2 of 2").await;
    assert_eq!(page.query().await, "?jobs=all&outcome=running");
    page.wait_for_text("Only jobs that the server calls in_progress were read: 3").await;
    page.wait_for_request("aws/bulkjob?overall_status=in_progress").await;
    // The documented sample never ends and has not changed for years.
    page.region("Outcome").find(page.role("link").named_like("Stuck")).click().await;
    page.wait_for_text("1–1 of 1").await;
    page.region("Outcome").find(page.role("link").named_like("Running")).click().await;
    page.region("Cloud").find(page.role("link").named_like("AWS")).click().await;
    page.wait_for_text("1–1 of 1").await;
    assert_eq!(page.job_ids().await, ["runs-too"]);
    let kinds = page.region("Kind").find(page.role("link")).texts().await;
    assert_eq!(kinds.len(), 3, "{kinds:?}");
    for (kind, name) in
        kinds.iter().zip(["Key synchronizations", "Key store synchronizations", "Bulk operations"])
    {
        assert!(kind.starts_with(name), "{kind}");
    }
    page.region("Kind").find(page.role("link").named_like("Bulk operations")).click().await;
    page.wait_for_query("?jobs=all&cloud=AWS&kind=bulk operations&outcome=running").await;
    assert_eq!(page.job_ids().await, ["runs-too"]);
    page.region("Outcome").find(page.role("link").named_like("Any outcome")).click().await;
    page.wait_for_text("1–20 of 32").await;
    page.wait_for_text("All 32 jobs read").await;
    assert!(page.job_rows().await.iter().all(|row| row[1].contains("· AWS")));
    page.region("Cloud").find(page.role("link").named_like("DSM")).click().await;
    page.wait_for_query("?jobs=all&cloud=DSM").await;
    page.region("Outcome").find(page.role("link").named_like("Partly failed")).click().await;
    page.wait_for_text(copy::NO_JOB_MATCHES_THE_FILTERS).await;
    page.link(copy::SHOW_ALL).click().await;
    page.wait_for_text("1–20 of").await;
    page.back().await;
    page.wait_for_text(copy::NO_JOB_MATCHES_THE_FILTERS).await;
}

/// The link back from a job leads to the same page of the list.
async fn link_back_from_a_job_returns_to_the_page(page: &Page) {
    fill_all(page, 5);
    let all = sorted_ids(page);
    page.open_signed_in("").await;
    wait_for_page(page, 0, &all).await;
    assert_eq!(page.title().text().await.as_deref(), Some("Jobs"));
    page.link(copy::NEXT).click().await;
    wait_for_page(page, 20, &all).await;
    page.job(&all[21]).click().await;
    page.wait_for_text(copy::FINISHED).await;
    page.link("Back to all jobs").click().await;
    wait_for_page(page, 20, &all).await;
    assert_eq!(page.query().await, "?jobs=all&skip=20");
}

/// A family that the console does not know.
async fn unknown_family_is_shown_as_received(page: &Page) {
    let job = r#"{"id":"the-job","createdAt":"2026-01-01T00:00:00Z","overall_status":"in_progress","detailed_status":{"one":"Success"}}"#;
    let list = format!(r#"{{"skip":0,"limit":20,"total":1,"resources":[{job}]}}"#);
    page.add_fault(json_answer(200, &list).path("/cckm/aws/new-jobs?skip=0&limit=20"));
    page.add_fault(json_answer(200, job).path("/cckm/aws/new-jobs/the-job"));
    page.open_signed_in("").await;
    page.wait_for_text("1–4 of 4").await;
    page.field(copy::OTHER_KIND).submit("aws/new jobs").await;
    page.wait_for_text("This is no path such as aws/bulkjob").await;
    page.field(copy::OTHER_KIND).submit(" /api/v1/cckm/aws/new-jobs/ ").await;
    page.wait_for_text("1–1 of 1").await;
    page.wait_for_text(
        "The console does not know this kind of job. It shows what the server sends.",
    )
    .await;
    assert_eq!(page.query().await, "?jobs=aws/new-jobs");
    assert_eq!(page.title().text().await.as_deref(), Some("Other: aws/new-jobs"));
    page.assert_accessible("another kind").await;
    page.job("the-job").click().await;
    page.wait_for_texts(&["1 Done Success", "The console does not know this kind of job"]).await;
    page.link("Back to Other: aws/new-jobs").click().await;
    page.wait_for_text("1–1 of 1").await;
    // A mistyped path is requested too.
    page.field(copy::OTHER_KIND).submit("aws/bulkjobs").await;
    page.wait_for_text("The server knows nothing under this address").await;
}

async fn running_jobs_update_and_newer_jobs_load_on_request(page: &Page) {
    fill_all(page, 5);
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 4)]);
    let all = sorted_ids(page);
    page.open_signed_in("?jobs=all").await;
    wait_for_page(page, 0, &all).await;
    let row = async || page.job_rows().await.swap_remove(0);
    assert_eq!(row().await[0], "Running");
    page.advance(seconds(20));
    page.wait_until("two items are done", async || row().await[3] == "2/4").await;
    page.advance(seconds(30));
    page.wait_until("the job has ended", async || row().await[0] == "OK").await;
    // New jobs are not inserted until requested.
    page.add_jobs([
        page.running_job("dsm/refresh", "new-1", 1),
        page.running_job("google/synchronization-jobs", "new-2", 1),
    ]);
    page.wait_for_text("2 newer jobs").await;
    assert_eq!(page.job_ids().await, all[..20]);
    page.button("Load them").click().await;
    wait_for_page(page, 0, &sorted_ids(page)).await;
    page.wait_for_text_gone("newer jobs").await;
    page.button(copy::PAUSE).click().await;
    page.wait_for_text(copy::PAUSED).await;
}

async fn narrow_dark_list_fits(page: &Page) {
    fill_all(page, 3);
    page.add_fault(Fault::status(500).path("/cckm/azure/bulkjobs"));
    page.add_fault(Fault::status(403).path("/cckm/aws/bulkjob"));
    page.open_signed_in("?jobs=all").await;
    page.wait_for_texts(&[copy::SERVER_FAILED_500, "is missing", "1–20 of"]).await;
    page.assert_accessible("all jobs, narrow").await;
    page.assert_fits("all jobs").await;
}
