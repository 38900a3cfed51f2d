//! Every kind of jobs, from the simulator's own table: its list, its pages, its details.

use cckm_simulator::family::FAMILIES;
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::{Shop, second};

in_both_browsers!(Setting::default(); every_family);

async fn every_family(page: &Page) {
    page.enter("?job=aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0")
        .await;
    page.sees("2 of 2 keys finished").await;
    for family in FAMILIES {
        let path = family.path;
        if family.verbs.list {
            page.fill_with(path, 21);
        }
        page.advance(second(1));
        page.add([page.job(path, "the newest", 3)]);
        page.follow_to(&format!("?jobs={path}")).await;
        if family.verbs.list {
            let count = page.simulator(|simulator| {
                simulator
                    .jobs
                    .begun(family, 0, cckm_simulator::Timestamp::MAX)
                    .count()
            });
            page.sees(&format!("1–20 of {count}")).await;
            page.follow("Next").await;
            page.sees(&format!("21–{count} of {count}")).await;
            page.follow("First").await;
            page.sees(&format!("1–20 of {count}")).await;
            page.follow("the newest").await;
        } else {
            page.sees("The API has no list of these jobs").await;
            page.enter_into("Job id", "the newest").await;
        }
        page.sees("In progress").await;
        page.advance(second(60));
        page.press("Refresh").await;
        page.sees("Completed").await;
        page.sees("Final, no longer refreshed").await;
        assert_eq!(page.query().await, format!("?job={path}/the newest"));
        assert_eq!(page.text_of("h1").await.as_deref(), Some("the newest"));
        assert!(!page.items().await.is_empty(), "{path} has items");
    }
}
