//! The filters that the API has for each list, and no others.

use cckm_simulator::Timestamp;
use cckm_simulator::family::by_path;
use cckm_simulator::job::Items;
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::Shop;

in_both_browsers!(Setting::default(); filter_by_status, filter_by_several_kms, filter_by_id, nothing_matches);

async fn filter_by_status(page: &Page) {
    page.fill_with("aws/bulkjob", 50);
    page.add([page.job("aws/bulkjob", "running", 5)]);
    page.enter("?jobs=aws/bulkjob&skip=20").await;
    page.sees("21–40 of 52").await;
    let statuses = ["Any", "In progress", "Completed", "Failed", "Error"];
    assert_eq!(page.options("Status").await, statuses);
    page.forget_requests();
    page.choose("Status", "In progress").await;
    page.sees("1–1 of 1").await;
    assert_eq!(page.job_ids().await, ["running"]);
    page.is_asked("overall_status=in_progress").await;
    assert_eq!(
        page.query().await,
        "?jobs=aws/bulkjob&overall_status=in_progress"
    );

    page.choose("Status", "Completed").await;
    page.sees("1–6 of 6").await;
    assert!(page.rows().await.iter().all(|row| row[1] == "Completed"));
    page.back().await;
    page.sees("1–1 of 1").await;
    assert_eq!(page.value("Status").await.as_deref(), Some("In progress"));
    page.choose("Status", "Any").await;
    page.sees("1–20 of 52").await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob");

    // A word that no document tells of is asked for all the same, and shown.
    page.enter("?jobs=aws/bulkjob&overall_status=paused").await;
    page.sees("No job matches the filters").await;
    assert_eq!(page.value("Status").await.as_deref(), Some("paused"));
}

async fn filter_by_several_kms(page: &Page) {
    page.fill_with("aws/synchronization-jobs", 60);
    page.enter("?jobs=aws/synchronization-jobs").await;
    page.sees("1–20 of 61").await;
    let named = page.simulator(|simulator| {
        let family = by_path("aws/synchronization-jobs").unwrap();
        let now = Timestamp::MAX;
        let jobs = simulator.jobs.begun(family, 0, now);
        let mut named: Vec<String> = jobs
            .filter_map(|job| match &job.items {
                Items::Grid { kms, .. } => kms.first().cloned(),
                _ => None,
            })
            .filter(|kms| kms != "kms")
            .collect();
        named.sort();
        named.dedup();
        named
    });
    let other = &named[0];
    page.forget_requests();
    page.enter_into("KMS", "kms").await;
    page.is_asked("kms=kms&").await;
    page.enter_into("KMS", other).await;
    page.is_asked(&format!("kms=kms&kms={other}&")).await;
    assert_eq!(
        page.query().await,
        format!("?jobs=aws/synchronization-jobs&kms=kms&kms={other}")
    );
    page.until("the rows are of these", async || {
        let rows = page.rows().await;
        !rows.is_empty()
            && rows
                .iter()
                .all(|row| row[2].contains("kms") || row[2].contains(other))
    })
    .await;
    page.follow("Remove KMS kms").await;
    page.until("one is left", async || {
        page.query().await == format!("?jobs=aws/synchronization-jobs&kms={other}")
    })
    .await;
    page.back().await;
    page.has("link", "Remove KMS kms").await;
    page.has("link", &format!("Remove KMS {other}")).await;
}

async fn filter_by_id(page: &Page) {
    page.fill_with("google/synchronization-jobs", 30);
    page.enter("?jobs=google/synchronization-jobs").await;
    page.sees("1–20 of 31").await;
    page.enter_into("Job id", " 1f1d1b1b-a17c-486f-b864-db894af6efac ")
        .await;
    page.sees("1–1 of 1").await;
    assert_eq!(
        page.job_ids().await,
        ["1f1d1b1b-a17c-486f-b864-db894af6efac"]
    );
    page.is_asked("id=1f1d1b1b-a17c-486f-b864-db894af6efac")
        .await;
    page.follow("1f1d1b1b-a17c-486f-b864-db894af6efac").await;
    page.sees("1 of 1 key ring").await;
    // The way back leads to the list as it was.
    page.follow("Back to Google key synchronizations").await;
    page.sees("1–1 of 1").await;
    let id = page.value("Job id").await;
    assert_eq!(id.as_deref(), Some("1f1d1b1b-a17c-486f-b864-db894af6efac"));
}

async fn nothing_matches(page: &Page) {
    page.enter("?jobs=aws/bulkjob&overall_status=error&id=nobody")
        .await;
    page.sees("No job matches the filters").await;
    page.follow("Show all").await;
    page.sees("1–1 of 1").await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob");
}
