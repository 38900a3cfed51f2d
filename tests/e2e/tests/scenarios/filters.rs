//! The filters that the API has for each list.

use cckm_simulator::job::Items;
use e2e::{Page, Setup, family, scenarios};

use crate::copy;

scenarios! {
    Setup::default() =>
        status_filter_selects_and_survives_back, kms_filter_adds_and_removes_values,
        id_filter_survives_a_visit_to_the_job, empty_result_links_to_all_jobs;
}

async fn status_filter_selects_and_survives_back(page: &Page) {
    page.add_ended_jobs("aws/bulkjob", 50);
    page.add_jobs([page.running_job("aws/bulkjob", "running", 5)]);
    page.open_signed_in("?jobs=aws/bulkjob&skip=20").await;
    page.wait_for_text("21–40 of 52").await;
    let statuses = ["Any", "In progress", "Completed", "Failed", "Error"];
    assert_eq!(page.field(copy::STATUS).options().await, statuses);
    page.clear_requests();
    page.field(copy::STATUS).select(copy::IN_PROGRESS).await;
    page.wait_for_text("1–1 of 1").await;
    assert_eq!(page.job_ids().await, ["running"]);
    page.wait_for_request("overall_status=in_progress").await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob&overall_status=in_progress");

    page.field(copy::STATUS).select(copy::COMPLETED).await;
    page.wait_for_text("1–6 of 6").await;
    assert!(
        page.job_rows()
            .await
            .iter()
            .all(|row| ["OK", "Partly failed", "Failed"].contains(&&*row[0]))
    );
    page.back().await;
    page.wait_for_text("1–1 of 1").await;
    assert_eq!(page.field(copy::STATUS).value().await.as_deref(), Some("In progress"));
    page.field(copy::STATUS).select("Any").await;
    page.wait_for_text("1–20 of 52").await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob");

    // An undocumented status is requested and shown too.
    page.open_signed_in("?jobs=aws/bulkjob&overall_status=paused").await;
    page.wait_for_text(copy::NO_JOB_MATCHES_THE_FILTERS).await;
    assert_eq!(page.field(copy::STATUS).value().await.as_deref(), Some("paused"));
}

async fn kms_filter_adds_and_removes_values(page: &Page) {
    page.add_ended_jobs("aws/synchronization-jobs", 60);
    page.open_signed_in("?jobs=aws/synchronization-jobs").await;
    page.wait_for_text("1–20 of 61").await;
    let jobs = page.jobs(family("aws/synchronization-jobs"));
    let first_kms = jobs.iter().filter_map(|job| match &job.items {
        Items::Grid { kms, .. } => kms.first(),
        _ => None,
    });
    let other = first_kms.filter(|kms| *kms != "kms").min().expect("another KMS");
    page.clear_requests();
    page.field(copy::KMS).submit("kms").await;
    page.wait_for_request("kms=kms&").await;
    page.field(copy::KMS).submit(other).await;
    page.wait_for_request(&format!("kms=kms&kms={other}&")).await;
    assert_eq!(page.query().await, format!("?jobs=aws/synchronization-jobs&kms=kms&kms={other}"));
    page.wait_until("the rows have these KMS", async || {
        let rows = page.job_rows().await;
        !rows.is_empty() && rows.iter().all(|row| row[1].contains("kms") || row[1].contains(other))
    })
    .await;
    page.link("Remove KMS kms").click().await;
    page.wait_for_query(&format!("?jobs=aws/synchronization-jobs&kms={other}")).await;
    page.back().await;
    page.link("Remove KMS kms").wait().await;
    page.link(&format!("Remove KMS {other}")).wait().await;
}

async fn id_filter_survives_a_visit_to_the_job(page: &Page) {
    page.add_ended_jobs("google/synchronization-jobs", 30);
    page.open_signed_in("?jobs=google/synchronization-jobs").await;
    page.wait_for_text("1–20 of 31").await;
    page.field(copy::JOB_ID).submit(" 1f1d1b1b-a17c-486f-b864-db894af6efac ").await;
    page.wait_for_text("1–1 of 1").await;
    assert_eq!(page.job_ids().await, ["1f1d1b1b-a17c-486f-b864-db894af6efac"]);
    page.wait_for_request("id=1f1d1b1b-a17c-486f-b864-db894af6efac").await;
    page.job("1f1d1b1b-a17c-486f-b864-db894af6efac").click().await;
    page.wait_for_text("1 of 1 key ring").await;
    // The link back keeps the filter.
    page.link("Back to Google key synchronizations").click().await;
    page.wait_for_text("1–1 of 1").await;
    let id = page.field(copy::JOB_ID).value().await;
    assert_eq!(id.as_deref(), Some("1f1d1b1b-a17c-486f-b864-db894af6efac"));
}

async fn empty_result_links_to_all_jobs(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob&overall_status=error&id=nobody").await;
    page.wait_for_text(copy::NO_JOB_MATCHES_THE_FILTERS).await;
    page.link(copy::SHOW_ALL).click().await;
    page.wait_for_text("1–1 of 1").await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob");
}
