//! Every family of the simulator's table: list, pages, details.

use cckm_simulator::family::FAMILIES;
use e2e::{Page, SAMPLE_ID, Setup, scenarios, seconds};

use crate::copy;

scenarios! {
    Setup::default() => every_family_lists_pages_and_opens;
}

async fn every_family_lists_pages_and_opens(page: &Page) {
    page.open_signed_in(&format!("?job=aws/bulkjob/{SAMPLE_ID}")).await;
    page.wait_for_text("2 of 2 keys finished").await;
    for family in FAMILIES {
        let path = family.path;
        if family.verbs.list {
            page.add_ended_jobs(path, 21);
        }
        page.advance(seconds(1));
        page.add_jobs([page.running_job(path, "the newest", 3)]);
        page.go_to(&format!("?jobs={path}")).await;
        if family.verbs.list {
            let count = page.jobs(family).len();
            page.wait_for_text(&format!("1–20 of {count}")).await;
            page.link(copy::NEXT).click().await;
            page.wait_for_text(&format!("21–{count} of {count}")).await;
            page.link(copy::FIRST).click().await;
            page.wait_for_text(&format!("1–20 of {count}")).await;
            page.job("the newest").click().await;
        } else {
            page.wait_for_text(copy::THE_API_HAS_NO_LIST_OF).await;
            page.field(copy::JOB_ID).submit("the newest").await;
        }
        page.wait_for_text(copy::IN_PROGRESS_JOB).await;
        page.advance(seconds(60));
        page.button(copy::REFRESH).click().await;
        page.wait_for_texts(&[copy::COMPLETED_JOB, copy::FINISHED]).await;
        assert_eq!(page.query().await, format!("?job={path}/the newest"));
        assert_eq!(page.css(".job__id code").text().await.as_deref(), Some("the newest"));
        let title = page.title().text().await.unwrap_or_default();
        assert!(title.contains(" · "), "{title} says what the job does");
        page.tab(copy::ITEMS).click().await;
        page.items().wait().await;
        assert!(!page.item_rows().await.is_empty(), "{path} has items");
    }
}
