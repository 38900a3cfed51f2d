//! Lists of jobs: pages, filters, order, addresses, and what happens while someone pages.

use cckm_simulator::family::by_path;
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::{Shop, second};

in_both_browsers!(Setting::default();
    paging, page_size, order, no_order_where_the_api_has_none, bad_addresses, behind_the_last_page, nothing_yet,
    jobs_arrive_while_paging, kinds, no_list_of_a_kind, the_same_place);

async fn paging(page: &Page) {
    page.fill_with("aws/bulkjob", 1233);
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–20 of 1,234").await;
    page.is_marked("list-ready", 1).await;
    let first = page.job_ids().await;
    assert_eq!(first.len(), 20);
    assert_eq!(
        (page.link("First").await, page.link("Previous").await),
        (None, None)
    );
    assert_eq!(
        page.link("Next").await.as_deref(),
        Some("?jobs=aws/bulkjob&skip=20")
    );
    assert_eq!(
        page.link("Last").await.as_deref(),
        Some("?jobs=aws/bulkjob&skip=1220")
    );

    page.follow("Next").await;
    page.sees("21–40 of 1,234").await;
    page.is_marked("list-ready", 2).await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob&skip=20");
    let second = page.job_ids().await;
    assert!(
        second.iter().all(|id| !first.contains(id)),
        "no row stands on both pages"
    );
    page.follow("Last").await;
    page.sees("1,221–1,234 of 1,234").await;
    assert_eq!(
        (page.link("Next").await, page.link("Last").await),
        (None, None)
    );
    page.follow("Previous").await;
    page.sees("1,201–1,220 of 1,234").await;
    page.follow("First").await;
    page.sees("1–20 of 1,234").await;
    assert_eq!(page.job_ids().await, first);

    page.back().await;
    page.sees("1,201–1,220 of 1,234").await;
    page.back().await;
    page.back().await;
    page.sees("21–40 of 1,234").await;
    assert_eq!(page.job_ids().await, second);
    page.forward().await;
    page.sees("1,221–1,234 of 1,234").await;
}

async fn page_size(page: &Page) {
    page.fill_with("aws/bulkjob", 120);
    page.enter("?jobs=aws/bulkjob&skip=40").await;
    page.sees("41–60 of 121").await;
    assert_eq!(page.options("Per page").await, ["10", "20", "50", "100"]);
    page.choose("Per page", "50").await;
    page.sees("1–50 of 121").await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob&limit=50");
    assert_eq!(page.job_ids().await.len(), 50);
    page.is_asked("skip=0&limit=50").await;
    page.follow("Next").await;
    page.sees("51–100 of 121").await;
    page.back().await;
    page.back().await;
    page.sees("41–60 of 121").await;
    assert_eq!(page.value("Per page").await.as_deref(), Some("20"));

    page.enter("?jobs=aws/bulkjob&limit=7").await;
    page.sees("1–7 of 121").await;
    assert_eq!(page.value("Per page").await.as_deref(), Some("7"));
}

async fn order(page: &Page) {
    page.fill_with("azure/bulkjobs", 30);
    page.enter("?jobs=azure/bulkjobs").await;
    page.sees("1–20 of 31").await;
    page.is_asked("sort=-createdAt").await;
    assert_eq!(page.value("Order").await.as_deref(), Some("Newest first"));
    let newest = page.job_ids().await;
    page.choose("Order", "Oldest first").await;
    page.is_asked("sort=createdAt").await;
    page.until("the oldest stands first", async || {
        page.job_ids()
            .await
            .first()
            .is_some_and(|id| id == "ee4482eb-0b97-4702-8ef6-7e86df66eaa5")
    })
    .await;
    assert_eq!(page.query().await, "?jobs=azure/bulkjobs&sort=createdAt");
    page.follow("Last").await;
    page.sees("21–31 of 31").await;
    assert_eq!(page.job_ids().await.last(), newest.first());
    assert_eq!(page.value("Order").await.as_deref(), Some("Oldest first"));
}

async fn no_order_where_the_api_has_none(page: &Page) {
    page.enter("?jobs=aws/synchronization-jobs&sort=createdAt")
        .await;
    page.sees("1–1 of 1").await;
    page.sees("The API does not sort AWS key synchronizations")
        .await;
    assert_eq!(page.options("Order").await, [""; 0]);
    assert_eq!(page.count_requests("sort="), 0);
    // Nor can a click on the table sort one page as if it were the whole list.
    let sorted = "return document.querySelectorAll('th button, th a, [aria-sort]').length";
    assert_eq!(page.js(&sorted.replace("th a", "thead a"), &[]).await, 0);
}

async fn bad_addresses(page: &Page) {
    page.fill_with("aws/bulkjob", 30);
    page.enter("?jobs=aws/bulkjob&skip=-3&limit=many&sort=a b&colour=red&overall_status=failed&overall_status=error").await;
    page.sees("1–20 of 27").await;
    page.sees_all(&[
        "Parts of this address could not be used",
        "skip=“-3” is not a number that can be used; 0 is used",
        "limit=“many” is not a number that can be used; 20 is used",
        "sort=“a b” is not a list of names",
        "“colour” has no meaning for this list",
        "overall_status is named more than once; “failed” is used",
    ])
    .await;
    page.follow("Next").await;
    page.sees("21–27 of 27").await;
    page.misses("could not be used").await;

    page.enter("?jobs=aws/bulkjob&skip=99999999999999999999999&limit=100000")
        .await;
    page.sees("limit=100000 is too large; 1000 is used").await;
    page.sees("skip=").await;

    for address in [
        "?jobs=ibm//bulkjob",
        "?job=aws/bulkjob/",
        "?job=nothing",
        "?jobs=%00%ff&&&=",
        "?job=aws/bulkjob/..",
    ] {
        page.enter(address).await;
        page.sees("Parts of this address could not be used").await;
        page.sees("1–20 of 34").await;
    }
}

async fn behind_the_last_page(page: &Page) {
    page.fill_with("aws/bulkjob", 44);
    page.enter("?jobs=aws/bulkjob&skip=1000").await;
    page.sees("This page lies behind the last one").await;
    page.follow("Go to the last page").await;
    page.sees("41–45 of 45").await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob&skip=40");
}

async fn nothing_yet(page: &Page) {
    page.simulator(|simulator| {
        let family = by_path("azure/bulkjobs").unwrap();
        simulator
            .jobs
            .remove(family, "ee4482eb-0b97-4702-8ef6-7e86df66eaa5");
    });
    for null_when_empty in [false, true] {
        page.simulator(|simulator| simulator.behaviour.null_when_empty = null_when_empty);
        page.enter("?jobs=azure/bulkjobs").await;
        page.sees("No Azure bulk operations yet").await;
    }
    page.add([page.job("azure/bulkjobs", "the-first", 3)]);
    page.press("Refresh").await;
    page.sees("the-first").await;
    page.misses("No Azure bulk operations yet").await;
}

async fn jobs_arrive_while_paging(page: &Page) {
    page.fill_with("aws/bulkjob", 49);
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–20 of 50").await;
    let first = page.job_ids().await;
    page.advance(second(1));
    page.add([
        page.job("aws/bulkjob", "arrived-1", 2),
        page.job("aws/bulkjob", "arrived-2", 2),
    ]);
    page.follow("Next").await;
    page.sees("21–40 of 52").await;
    page.sees("2 jobs arrived while you paged").await;
    let rows = page.rows().await;
    let seen: Vec<bool> = rows
        .iter()
        .map(|row| row[0].contains("Seen on another page"))
        .collect();
    assert_eq!(seen[..3], [true, true, false], "{rows:?}");
    let ids = page.job_ids().await;
    assert_eq!(ids[..2], first[18..]);

    page.follow("Start from the first page").await;
    page.sees("1–20 of 52").await;
    assert_eq!(page.job_ids().await[2..], first[..18]);
    page.misses("arrived while you paged").await;
}

async fn kinds(page: &Page) {
    page.enter("").await;
    page.sees("All jobs").await;
    for (address, name) in [
        ("?jobs=aws/bulkjob", "AWS bulk operations"),
        ("?jobs=azure/bulkjobs", "Azure bulk operations"),
        (
            "?jobs=google/synchronization-jobs",
            "Google key synchronizations",
        ),
    ] {
        page.follow_to(address).await;
        page.until(name, async || {
            page.text_of("h1").await.as_deref() == Some(name)
        })
        .await;
        assert_eq!(
            page.js("return scrollY", &[]).await,
            0,
            "{name} is read from its top"
        );
        page.sees("1–1 of 1").await;
        assert_eq!(page.query().await, address);
        let title = page.js("return document.title", &[]).await;
        assert!(title.as_str().unwrap().contains(name), "{title}");
    }
    page.back().await;
    page.sees("ee4482eb-0b97-4702-8ef6-7e86df66eaa5").await;
}

async fn no_list_of_a_kind(page: &Page) {
    page.enter("?jobs=google/update-all-versions-jobs").await;
    page.sees("The API has no list of these jobs").await;
    assert_eq!(page.count_requests("update-all-versions-jobs"), 0);
    page.enter_into("Job id", "778a1024-dc18-49cb-833b-cfd6c000c090")
        .await;
    page.sees("Successfully updated all key versions state.")
        .await;
    assert_eq!(
        page.query().await,
        "?job=google/update-all-versions-jobs/778a1024-dc18-49cb-833b-cfd6c000c090"
    );
}

/// A link to where one is already is no step of its own on the way back.
async fn the_same_place(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    page.follow_to("?jobs=azure/bulkjobs").await;
    page.sees("ee4482eb-0b97-4702-8ef6-7e86df66eaa5").await;
    page.follow_to("?jobs=azure/bulkjobs").await;
    page.follow_to("?jobs=azure/bulkjobs").await;
    page.back().await;
    page.sees("e612b64f-6364-48ce-92ec-c6dd608d7ad0").await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob");
}
