//! Lists of jobs: pages, order, addresses, jobs that arrive while paging.

use e2e::{Page, SAMPLE_ID, Setup, family, scenarios, seconds};

use crate::copy;

scenarios! {
    Setup::default() =>
        pager_and_history_show_each_page, page_size_changes_the_request,
        order_changes_the_request, order_is_hidden_where_the_api_does_not_sort,
        bad_address_parts_are_reported, page_past_the_end_links_to_the_last,
        empty_list_is_reported_until_a_job_starts, jobs_arriving_while_paging_are_reported,
        navigation_opens_families, unlisted_family_opens_a_job_by_id,
        link_to_the_current_page_adds_no_history;
}

async fn pager_and_history_show_each_page(page: &Page) {
    page.add_ended_jobs("aws/bulkjob", 1233);
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–20 of 1,234").await;
    page.wait_for_marks("list-ready", 1).await;
    let first = page.job_ids().await;
    assert_eq!(first.len(), 20);
    assert_eq!(page.count_requests("/aws/bulkjob"), 1, "the list is requested once");
    assert_eq!(
        (page.link(copy::FIRST).href().await, page.link(copy::PREVIOUS).href().await),
        (None, None)
    );
    assert_eq!(page.link(copy::NEXT).href().await.as_deref(), Some("?jobs=aws/bulkjob&skip=20"));
    assert_eq!(page.link(copy::LAST).href().await.as_deref(), Some("?jobs=aws/bulkjob&skip=1220"));

    page.link(copy::NEXT).click().await;
    page.wait_for_text("21–40 of 1,234").await;
    page.wait_for_marks("list-ready", 2).await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob&skip=20");
    let second = page.job_ids().await;
    assert!(second.iter().all(|id| !first.contains(id)), "no job is on both pages");
    page.link(copy::LAST).click().await;
    page.wait_for_text("1,221–1,234 of 1,234").await;
    assert_eq!(
        (page.link(copy::NEXT).href().await, page.link(copy::LAST).href().await),
        (None, None)
    );
    page.link(copy::PREVIOUS).click().await;
    page.wait_for_text("1,201–1,220 of 1,234").await;
    page.link(copy::FIRST).click().await;
    page.wait_for_text("1–20 of 1,234").await;
    assert_eq!(page.job_ids().await, first);

    page.back().await;
    page.wait_for_text("1,201–1,220 of 1,234").await;
    page.back().await;
    page.back().await;
    page.wait_for_text("21–40 of 1,234").await;
    assert_eq!(page.job_ids().await, second);
    page.forward().await;
    page.wait_for_text("1,221–1,234 of 1,234").await;
}

async fn page_size_changes_the_request(page: &Page) {
    page.add_ended_jobs("aws/bulkjob", 120);
    page.open_signed_in("?jobs=aws/bulkjob&skip=40").await;
    page.wait_for_text("41–60 of 121").await;
    assert_eq!(page.field(copy::PER_PAGE).options().await, ["10", "20", "50", "100"]);
    page.field(copy::PER_PAGE).select("50").await;
    page.wait_for_text("1–50 of 121").await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob&limit=50");
    assert_eq!(page.job_ids().await.len(), 50);
    page.wait_for_request("skip=0&limit=50").await;
    page.link(copy::NEXT).click().await;
    page.wait_for_text("51–100 of 121").await;
    page.back().await;
    page.back().await;
    page.wait_for_text("41–60 of 121").await;
    assert_eq!(page.field(copy::PER_PAGE).value().await.as_deref(), Some("20"));

    page.open_signed_in("?jobs=aws/bulkjob&limit=7").await;
    page.wait_for_text("1–7 of 121").await;
    assert_eq!(page.field(copy::PER_PAGE).value().await.as_deref(), Some("7"));
}

async fn order_changes_the_request(page: &Page) {
    page.add_ended_jobs("azure/bulkjobs", 30);
    page.open_signed_in("?jobs=azure/bulkjobs").await;
    page.wait_for_text("1–20 of 31").await;
    page.wait_for_request("sort=-createdAt").await;
    assert_eq!(page.field(copy::ORDER).value().await.as_deref(), Some("Newest first"));
    let newest = page.job_ids().await;
    page.field(copy::ORDER).select("Oldest first").await;
    page.wait_for_request("sort=createdAt").await;
    page.wait_until("the oldest job is first", async || {
        page.job_ids().await.first().is_some_and(|id| id == "ee4482eb-0b97-4702-8ef6-7e86df66eaa5")
    })
    .await;
    assert_eq!(page.query().await, "?jobs=azure/bulkjobs&sort=createdAt");
    page.link(copy::LAST).click().await;
    page.wait_for_text("21–31 of 31").await;
    assert_eq!(page.job_ids().await.last(), newest.first());
    assert_eq!(page.field(copy::ORDER).value().await.as_deref(), Some("Oldest first"));
}

async fn order_is_hidden_where_the_api_does_not_sort(page: &Page) {
    page.open_signed_in("?jobs=aws/synchronization-jobs&sort=createdAt").await;
    page.wait_for_texts(&["1–1 of 1", "The API does not sort AWS key synchronizations"]).await;
    assert_eq!(page.field(copy::ORDER).options().await, [""; 0]);
    assert_eq!(page.count_requests("sort="), 0);
    // The table has no sorting of its own, which would sort one page only.
    let sorted = "return document.querySelectorAll('th button, th a, [aria-sort]').length";
    assert_eq!(page.eval(&sorted.replace("th a", "thead a"), &[]).await, 0);
}

async fn bad_address_parts_are_reported(page: &Page) {
    page.add_ended_jobs("aws/bulkjob", 30);
    page.open_signed_in("?jobs=aws/bulkjob&skip=-3&limit=many&sort=a b&colour=red&overall_status=failed&overall_status=error").await;
    page.wait_for_text("1–20 of 27").await;
    page.wait_for_texts(&[
        copy::PARTS_OF_THIS_ADDRESS_COULD_NOT,
        "skip=“-3” is not a number that can be used; 0 is used",
        "limit=“many” is not a number that can be used; 20 is used",
        "sort=“a b” is not a list of names",
        "“colour” has no meaning for this list",
        "overall_status is named more than once; “failed” is used",
    ])
    .await;
    page.link(copy::NEXT).click().await;
    page.wait_for_text("21–27 of 27").await;
    page.wait_for_text_gone("could not be used").await;

    page.open_signed_in("?jobs=aws/bulkjob&skip=99999999999999999999999&limit=100000").await;
    page.wait_for_texts(&["limit=100000 is too large; 1000 is used", "skip="]).await;

    for address in [
        "?jobs=ibm//bulkjob",
        "?job=aws/bulkjob/",
        "?job=nothing",
        "?jobs=%00%ff&&&=",
        "?job=aws/bulkjob/..",
    ] {
        page.open_signed_in(address).await;
        page.wait_for_texts(&[copy::PARTS_OF_THIS_ADDRESS_COULD_NOT, "1–20 of 34"]).await;
    }
}

async fn page_past_the_end_links_to_the_last(page: &Page) {
    page.add_ended_jobs("aws/bulkjob", 44);
    page.open_signed_in("?jobs=aws/bulkjob&skip=1000").await;
    page.wait_for_text(copy::THERE_IS_NO_PAGE).await;
    page.link("Go to the last page").click().await;
    page.wait_for_text("41–45 of 45").await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob&skip=40");
}

async fn empty_list_is_reported_until_a_job_starts(page: &Page) {
    page.simulator(|simulator| {
        let family = family("azure/bulkjobs");
        simulator.jobs.remove(family, "ee4482eb-0b97-4702-8ef6-7e86df66eaa5");
    });
    for null_when_empty in [false, true] {
        page.simulator(|simulator| simulator.behaviour.null_when_empty = null_when_empty);
        page.open_signed_in("?jobs=azure/bulkjobs").await;
        page.wait_for_text(copy::NO_AZURE_BULK_OPERATIONS_YET).await;
    }
    page.add_jobs([page.running_job("azure/bulkjobs", "the-first", 3)]);
    page.button(copy::REFRESH).click().await;
    page.wait_for_text("the-first").await;
    page.wait_for_text_gone(copy::NO_AZURE_BULK_OPERATIONS_YET).await;
}

async fn jobs_arriving_while_paging_are_reported(page: &Page) {
    page.add_ended_jobs("aws/bulkjob", 49);
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–20 of 50").await;
    let first = page.job_ids().await;
    page.advance(seconds(1));
    page.add_jobs([
        page.running_job("aws/bulkjob", "arrived-1", 2),
        page.running_job("aws/bulkjob", "arrived-2", 2),
    ]);
    page.link(copy::NEXT).click().await;
    page.wait_for_texts(&["21–40 of 52", "2 jobs arrived while you paged"]).await;
    let rows = page.job_rows().await;
    let seen: Vec<bool> = rows.iter().map(|row| row[1].contains("Seen on another page")).collect();
    assert_eq!(seen[..3], [true, true, false], "{rows:?}");
    let ids = page.job_ids().await;
    assert_eq!(ids[..2], first[18..]);

    page.link(copy::START_FROM_THE_FIRST_PAGE).click().await;
    page.wait_for_text("1–20 of 52").await;
    assert_eq!(page.job_ids().await[2..], first[..18]);
    page.wait_for_text_gone("arrived while you paged").await;
}

async fn navigation_opens_families(page: &Page) {
    page.open_signed_in("").await;
    page.wait_for_text("Any outcome").await;
    for (cloud, kind, address, name) in [
        ("AWS", "Bulk operations", "?jobs=aws/bulkjob", "AWS bulk operations"),
        ("Azure", "Bulk operations", "?jobs=azure/bulkjobs", "Azure bulk operations"),
        (
            "Google",
            "Key synchronizations",
            "?jobs=google/synchronization-jobs",
            "Google key synchronizations",
        ),
    ] {
        page.region("Cloud").find(page.role("link").named_like(cloud)).click().await;
        page.region("Kind").find(page.role("link").named_like(kind)).click().await;
        page.wait_until(name, async || page.title().text().await.as_deref() == Some(name)).await;
        assert_eq!(page.eval("return scrollY", &[]).await, 0, "{name} is scrolled to the top");
        page.wait_for_text("1–1 of 1").await;
        assert_eq!(page.query().await, address);
        let title = page.eval("return document.title", &[]).await;
        assert!(title.as_str().unwrap().contains(name), "{title}");
    }
    page.region("Main").find(page.link("Jobs")).click().await;
    page.wait_for_text("All jobs").await;
    page.back().await;
    page.back().await;
    page.back().await;
    page.wait_for_text("ee4482eb-0b97-4702-8ef6-7e86df66eaa5").await;
}

async fn unlisted_family_opens_a_job_by_id(page: &Page) {
    page.open_signed_in("?jobs=google/update-all-versions-jobs").await;
    page.wait_for_text(copy::THE_API_HAS_NO_LIST_OF).await;
    assert_eq!(page.count_requests("update-all-versions-jobs"), 0);
    page.field(copy::JOB_ID).submit("778a1024-dc18-49cb-833b-cfd6c000c090").await;
    page.wait_for_text("Successfully updated all key versions state.").await;
    assert_eq!(
        page.query().await,
        "?job=google/update-all-versions-jobs/778a1024-dc18-49cb-833b-cfd6c000c090"
    );
}

/// A link to the current page adds no entry to the history.
async fn link_to_the_current_page_adds_no_history(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_text("ee4482eb-0b97-4702-8ef6-7e86df66eaa5").await;
    page.link_to("?jobs=azure/bulkjobs").click().await;
    page.link_to("?jobs=azure/bulkjobs").click().await;
    page.back().await;
    page.wait_for_text(SAMPLE_ID).await;
    assert_eq!(page.query().await, "?jobs=aws/bulkjob");
}
