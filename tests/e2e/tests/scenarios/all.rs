//! The list of all jobs: its order while jobs arrive, its filters, and lists that fail.

use cckm_simulator::Timestamp;
use cckm_simulator::auth::{OPERATOR_PASSWORD, OPERATOR_USER};
use cckm_simulator::family::FAMILIES;
use cckm_simulator::fault::{Effect, Fault, FaultBody};
use cckm_simulator::generate;
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::{Shop, before, second};

in_both_browsers!(Setting::default().config(r#"{"poll":{"runningSeconds":300,"idleSeconds":300}}"#);
    twelve_thousand_jobs_in_order_while_jobs_arrive, a_list_that_fails, what_someone_may_not_read, filters_of_all,
    there_and_back, another_kind);
in_both_browsers!(Setting::default().narrow().dark(); narrow_and_dark);
in_both_browsers!(Setting::default().polling_fast(); running_jobs_and_newer_ones);

/// The paths of twelve kinds that can be listed.
fn twelve() -> impl Iterator<Item = &'static str> {
    let listed = FAMILIES.iter().filter(|family| family.verbs.list);
    listed.map(|family| family.path).take(12)
}

/// Gives twelve kinds so many jobs each, no two of which began at the same time.
fn fill_all(page: &Page, count: usize) {
    for (at, path) in (0..).zip(twelve()) {
        let family = cckm_simulator::family::by_path(path).expect("the family exists");
        let until = before(page.now(), second(3600 + 5 * at));
        let jobs = generate::jobs_of(family, 7 + at, count, 3, until, second(86_400));
        page.add(jobs.into_iter().map(|mut job| {
            (job.domain, job.stalled_at, job.aborted_at) = (0, None, None);
            job.with_duration(second(30)).with_final_status("completed")
        }));
    }
}

/// The ids of all jobs, sorted at once, the newest first.
fn sorted(page: &Page) -> Vec<String> {
    page.simulator(|simulator| {
        let listed = FAMILIES.iter().filter(|family| family.verbs.list);
        let mut jobs: Vec<(Timestamp, String)> = listed
            .flat_map(|family| simulator.jobs.begun(family, 0, Timestamp::MAX))
            .map(|job| (job.created_at, job.id.clone()))
            .collect();
        jobs.sort();
        jobs.into_iter().rev().map(|(_, id)| id).collect()
    })
}

/// Goes to another place in the list, as a link on the page would.
async fn jump(page: &Page, skip: usize) {
    let go = "history.pushState(null, '', '?jobs=all&skip=' + arguments[0]); dispatchEvent(new PopStateEvent('popstate'))";
    page.js(go, &[skip.into()]).await;
}

async fn shows_page(page: &Page, skip: usize, all: &[String]) {
    let expected = &all[skip..(skip + 20).min(all.len())];
    page.until(
        &format!("the jobs from {skip} on are there in order"),
        async || page.job_ids().await == expected,
    )
    .await;
}

async fn twelve_thousand_jobs_in_order_while_jobs_arrive(page: &Page) {
    fill_all(page, 1_000);
    let all = sorted(page);
    assert!(all.len() > 12_000);
    page.enter("?jobs=all").await;
    page.sees(&format!(
        "1–20 of {},{:03}",
        all.len() / 1000,
        all.len() % 1000
    ))
    .await;
    shows_page(page, 0, &all).await;
    let lists = page.count_requests("/cckm/");
    assert!(
        lists <= 16,
        "one request for each list is enough, not {lists}"
    );
    let paths: Vec<&str> = twelve().collect();
    for turn in 1..=12 {
        page.advance(second(1));
        let path = paths[turn % 12];
        page.add([page.job(path, &format!("arrived-{turn}"), 2)]);
        page.follow("Next").await;
        shows_page(page, turn * 20, &all).await;
    }
    jump(page, 5_000).await;
    shows_page(page, 5_000, &all).await;
    page.follow("Previous").await;
    shows_page(page, 4_980, &all).await;
    page.follow("Last").await;
    shows_page(page, (all.len() - 1) / 20 * 20, &all).await;
    page.follow("First").await;
    shows_page(page, 0, &all).await;

    // Read anew, those that arrived stand where they belong.
    page.press("Refresh").await;
    shows_page(page, 0, &sorted(page)).await;
    let all = sorted(page);
    assert!(all[0].starts_with("arrived"));
    page.enter("?jobs=all&skip=5000").await;
    shows_page(page, 5_000, &all).await;
    page.follow("Next").await;
    shows_page(page, 5_020, &all).await;
}

async fn a_list_that_fails(page: &Page) {
    fill_all(page, 3);
    let all = sorted(page);
    page.fault(Fault::status(500).path("/cckm/azure/bulkjobs"));
    page.enter("?jobs=all").await;
    page.sees("The server failed (500)").await;
    page.sees("Not in this list: Azure bulk operations.").await;
    page.sees("1–20 of 36").await;
    page.heal();
    page.press("Try again").await;
    page.misses("The server failed").await;
    shows_page(page, 0, &all).await;
    // What is known stays.
    page.fault(Fault::status(503).path("/cckm/aws/bulkjob"));
    page.press("Refresh").await;
    page.sees("Not up to date: AWS bulk operations.").await;
    shows_page(page, 0, &all).await;
    page.heal();
    page.press("Try again").await;
    page.misses("Not up to date").await;

    page.fault(Fault::status(502).path("/cckm/"));
    page.reload().await;
    page.sign_in().await;
    page.sees("The server failed (502)").await;
    page.heal();
    page.press("Try again").await;
    shows_page(page, 0, &all).await;
    page.misses("The server failed").await;
}

async fn what_someone_may_not_read(page: &Page) {
    page.open("?jobs=all").await;
    page.sign_in_as(OPERATOR_USER, OPERATOR_PASSWORD).await;
    page.sees("The permission keybulkoperation is missing")
        .await;
    page.sees("Not in this list: AWS bulk operations").await;
    page.sees("AWS key synchronizations").await;
    assert!(!page.shows("Try again").await, "it would not help");
    page.is_accessible("a permission is missing").await;
}

async fn filters_of_all(page: &Page) {
    fill_all(page, 30);
    page.add([
        page.job("dsm/refresh", "running", 5),
        page.job("aws/bulkjob", "runs-too", 5),
    ]);
    page.enter("?jobs=all&skip=40").await;
    page.sees("41–60 of").await;
    page.is_accessible("all jobs").await;
    page.choose("Status", "In progress").await;
    // With the sample that runs for ever.
    page.sees("1–3 of 3").await;
    assert_eq!(page.query().await, "?jobs=all&overall_status=in_progress");
    page.sees("The API cannot filter these by status, so the console has done it: Salesforce certificate synchronizations, Luna HSM refreshes, DSM refreshes.").await;
    page.is_asked("aws/bulkjob?overall_status=in_progress")
        .await;
    page.choose("Cloud", "AWS").await;
    page.sees("1–1 of 1").await;
    assert_eq!(page.job_ids().await, ["runs-too"]);
    assert_eq!(
        page.options("Kind").await,
        [
            "Any",
            "Key synchronizations",
            "Key store synchronizations",
            "Bulk operations"
        ]
    );
    page.choose("Kind", "Bulk operations").await;
    page.choose("Status", "Any").await;
    page.sees("1–20 of 32").await;
    assert!(
        page.rows()
            .await
            .iter()
            .all(|row| row[0].contains("AWS bulk operations"))
    );
    page.choose("Cloud", "DSM").await;
    page.sees("running").await;
    assert_eq!(page.query().await, "?jobs=all&cloud=DSM");
    page.choose("Status", "Error").await;
    page.sees("No job matches the filters").await;
    page.follow("Show all").await;
    page.sees("1–20 of").await;
    page.back().await;
    page.sees("No job matches the filters").await;
}

/// From a job the way back leads to where one was.
async fn there_and_back(page: &Page) {
    fill_all(page, 5);
    let all = sorted(page);
    page.enter("").await;
    shows_page(page, 0, &all).await;
    assert_eq!(page.text_of("h1").await.as_deref(), Some("All jobs"));
    page.follow("Next").await;
    shows_page(page, 20, &all).await;
    page.follow(&all[21]).await;
    page.sees("Final, no longer refreshed").await;
    page.follow("Back to all jobs").await;
    shows_page(page, 20, &all).await;
    assert_eq!(page.query().await, "?jobs=all&skip=20");
}

/// A kind that came to the API after this console was built.
async fn another_kind(page: &Page) {
    let job = r#"{"id":"the-job","createdAt":"2026-01-01T00:00:00Z","overall_status":"in_progress","detailed_status":{"one":"Success"}}"#;
    let json = |body: String| Effect::Status {
        status: 200,
        body: FaultBody::Custom("application/json".to_owned(), body),
        retry_after: None,
    };
    let list = format!(r#"{{"skip":0,"limit":20,"total":1,"resources":[{job}]}}"#);
    page.fault(Fault::new(json(list)).path("/cckm/aws/new-jobs?skip=0&limit=20"));
    page.fault(Fault::new(json(job.to_owned())).path("/cckm/aws/new-jobs/the-job"));
    page.enter("").await;
    page.sees("1–4 of 4").await;
    page.enter_into("Other kind…", "aws/new jobs").await;
    page.sees("This is no path such as aws/bulkjob").await;
    page.enter_into("Other kind…", " /api/v1/cckm/aws/new-jobs/ ")
        .await;
    page.sees("1–1 of 1").await;
    page.sees("This kind is not in the console's table; it is shown as the server tells it.")
        .await;
    assert_eq!(page.query().await, "?jobs=aws/new-jobs");
    assert_eq!(
        page.text_of("h1").await.as_deref(),
        Some("Other: aws/new-jobs")
    );
    page.is_accessible("another kind").await;
    page.follow("the-job").await;
    page.sees("1 Done Success").await;
    page.sees("This kind is not in the console's table").await;
    page.follow("Back to Other: aws/new-jobs").await;
    page.sees("1–1 of 1").await;
    // A mistyped one is asked for all the same.
    page.enter_into("Other kind…", "aws/bulkjobs").await;
    page.sees("The server knows nothing under this address")
        .await;
}

async fn running_jobs_and_newer_ones(page: &Page) {
    fill_all(page, 5);
    page.add([page.job("aws/bulkjob", "the-job", 4)]);
    let all = sorted(page);
    page.enter("?jobs=all").await;
    shows_page(page, 0, &all).await;
    let row = async || page.rows().await.swap_remove(0);
    assert_eq!(row().await[1], "In progress");
    page.advance(second(20));
    page.until("two are done", async || row().await[5].contains("2 done"))
        .await;
    page.advance(second(30));
    page.until("it is over", async || row().await[1] == "Completed")
        .await;
    // What arrives waits until it is asked for.
    page.add([
        page.job("dsm/refresh", "new-1", 1),
        page.job("google/synchronization-jobs", "new-2", 1),
    ]);
    page.sees("2 newer jobs").await;
    assert_eq!(page.job_ids().await, all[..20]);
    page.press("Load them").await;
    shows_page(page, 0, &sorted(page)).await;
    page.misses("newer jobs").await;
    page.press("Pause").await;
    page.sees("Paused").await;
}

async fn narrow_and_dark(page: &Page) {
    fill_all(page, 3);
    page.fault(Fault::status(500).path("/cckm/azure/bulkjobs"));
    page.fault(Fault::status(403).path("/cckm/aws/bulkjob"));
    page.enter("?jobs=all").await;
    page.sees_all(&["The server failed (500)", "is missing", "1–20 of"])
        .await;
    page.is_accessible("all jobs, narrow").await;
    let wide = "return document.documentElement.scrollWidth > innerWidth";
    assert_eq!(page.js(wide, &[]).await, false, "nothing is cut off");
}
