//! Every kind of jobs, from the simulator's own table: its list, its pages, its details.

use cckm_simulator::family::FAMILIES;
use e2e::{Page, Setup, scenarios, seconds};

scenarios! {
    Setup::default() => every_family_lists_pages_and_opens;
}

async fn every_family_lists_pages_and_opens(page: &Page) {
    page.open_signed_in("?job=aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0").await;
    page.wait_for_text("2 of 2 keys finished").await;
    for family in FAMILIES {
        let path = family.path;
        if family.verbs.list {
            page.add_ended_jobs(path, 21);
        }
        page.advance(seconds(1));
        page.add_jobs([page.running_job(path, "the newest", 3)]);
        page.link_to(&format!("?jobs={path}")).click().await;
        if family.verbs.list {
            let count = page.simulator(|simulator| {
                simulator.jobs.begun(family, 0, cckm_simulator::Timestamp::MAX).count()
            });
            page.wait_for_text(&format!("1–20 of {count}")).await;
            page.link("Next").click().await;
            page.wait_for_text(&format!("21–{count} of {count}")).await;
            page.link("First").click().await;
            page.wait_for_text(&format!("1–20 of {count}")).await;
            page.link("the newest").click().await;
        } else {
            page.wait_for_text("The API has no list of these jobs").await;
            page.field("Job id").submit("the newest").await;
        }
        page.wait_for_text("In progress").await;
        page.advance(seconds(60));
        page.button("Refresh").click().await;
        page.wait_for_texts(&["Completed", "Final, no longer refreshed"]).await;
        assert_eq!(page.query().await, format!("?job={path}/the newest"));
        assert_eq!(page.title().text().await.as_deref(), Some("the newest"));
        assert!(!page.item_rows().await.is_empty(), "{path} has items");
    }
}
