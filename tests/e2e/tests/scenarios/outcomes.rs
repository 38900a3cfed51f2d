//! The outcomes of jobs in the lists: what failed, and why.

use std::collections::{BTreeMap, BTreeSet};

use cckm_simulator::generate;
use cckm_simulator::job_store::JobStore;
use e2e::{Page, Setup, scenarios};

use crate::copy;

scenarios! {
    Setup::default().without_polling() =>
        filter_of_failures_finds_every_job_with_failures_and_its_main_cause,
        outcome_of_one_kind_keeps_the_filters_of_the_server,
        unknown_outcome_in_an_address_is_reported;
    Setup::default().without_polling().wide() => twenty_rows_fit_a_window;
}

/// The number of jobs in the world of a day, and how many of them have failures.
const JOBS: usize = 177;
const FAILING: usize = 28;

/// The world of a day, without the documented samples. Returns what names the main cause of each job with failures: a part
/// of its messages that is its error class, and their first words, by which a cause without a class is named.
fn add_day(page: &Page) -> BTreeMap<String, [String; 2]> {
    let day = generate::day(page.now());
    assert_eq!(day.len(), JOBS);
    let now = page.now();
    let causes = day.iter().filter_map(|job| {
        let (cause, _) = job.causes(now).into_iter().next()?;
        let message = cause.message(job.family, 0, "name");
        let begin = message.split(' ').take(2).collect::<Vec<_>>().join(" ");
        Some((job.id.clone(), [cause.class.to_owned(), begin]))
    });
    let causes = causes.collect();
    page.simulator(|simulator| simulator.jobs = JobStore::default());
    page.add_jobs(day);
    causes
}

async fn filter_of_failures_finds_every_job_with_failures_and_its_main_cause(page: &Page) {
    let causes = add_day(page);
    assert_eq!(causes.len(), FAILING);
    page.open_signed_in("?jobs=all").await;
    page.region("Outcome").find(page.role("link").named_like(copy::WITH_FAILURES)).click().await;
    page.wait_for_text(&format!("1–20 of {FAILING}")).await;
    page.wait_for_text(&format!("All {JOBS} jobs read")).await;
    assert_eq!(page.query().await, "?jobs=all&outcome=failures");
    let mut found = BTreeSet::new();
    loop {
        let (ids, rows) = (page.job_ids().await, page.job_rows().await);
        for (id, row) in ids.into_iter().zip(rows) {
            let [outcome, .., cause, _, _, _] = row.as_slice() else { panic!("{row:?}") };
            assert!(["Failed", "Partly failed"].contains(&&**outcome), "{row:?}");
            let names = &causes[&id];
            let is_named = names.iter().any(|name| cause.contains(&**name));
            assert!(is_named, "{id}: {cause}, not {names:?}");
            found.insert(id);
        }
        let Some(next) = page.link(copy::NEXT).href().await else { break };
        page.link(copy::NEXT).click().await;
        page.wait_for_query(&next).await;
        page.wait_for_text(&format!("21–{FAILING} of {FAILING}")).await;
    }
    assert!(found.iter().eq(causes.keys()), "{found:?}");
    page.assert_accessible("failures").await;

    // The numbers on the chips are those of the lists behind them.
    let failed = page.region("Outcome").find(page.role("link").named_like("Failed"));
    let count = failed.text().await.unwrap();
    let count = count.trim_start_matches("Failed ").to_owned();
    failed.click().await;
    page.wait_for_text(&format!("1–{count} of {count}")).await;
}

/// The outcomes of a list with filters of the server apply to what these select.
async fn outcome_of_one_kind_keeps_the_filters_of_the_server(page: &Page) {
    add_day(page);
    page.open_signed_in("?jobs=aws/synchronization-jobs&kms=prod-core").await;
    page.region("Outcome").find(page.role("link").named_like(copy::WITH_FAILURES)).click().await;
    let address = "?jobs=all&cloud=AWS&kind=key synchronizations&outcome=failures&kms=prod-core";
    page.wait_for_query(address).await;
    page.wait_for_request("aws/synchronization-jobs?kms=prod-core").await;
    page.link("Remove kms prod-core").click().await;
    page.wait_for_query("?jobs=all&cloud=AWS&kind=key synchronizations&outcome=failures").await;
}

async fn unknown_outcome_in_an_address_is_reported(page: &Page) {
    page.open_signed_in("?jobs=all&outcome=great").await;
    page.wait_for_text("outcome=“great” is not known; all jobs are shown").await;
    page.wait_for_text("1–4 of 4").await;
}

async fn twenty_rows_fit_a_window(page: &Page) {
    add_day(page);
    page.open_signed_in("?jobs=all").await;
    page.wait_until("there are 20 rows", async || page.job_ids().await.len() == 20).await;
    let last =
        "return document.querySelector('.jobs tbody tr:last-child').getBoundingClientRect().bottom";
    let bottom = page.eval(last, &[]).await.as_f64().unwrap();
    assert!(bottom <= 900.0, "the last row ends at {bottom}");
    page.assert_fits("twenty rows").await;
}
