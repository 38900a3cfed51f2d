//! Very large jobs.

use cckm_simulator::fault::Fault;
use cckm_simulator::job::{Failures, Items, Job};
use e2e::{Page, SAMPLE_ID, Setup, scenarios, seconds};
use thirtyfour::Key;

use crate::{copy, schedules};

scenarios! {
    Setup::default() =>
        hundred_thousand_items_are_searchable, half_a_million_items_scroll_to_the_last,
        long_member_is_truncated_on_the_page_and_complete_in_the_download,
        long_transfer_shows_its_progress_and_can_be_cancelled,
        cancelled_first_load_can_be_loaded;
}

async fn hundred_thousand_items_are_searchable(page: &Page) {
    let items = Items::Uuids { seed: 3, count: 100_000 };
    let (last, failed) = (items.name(99_999).into_owned(), items.name(50_000).into_owned());
    let created = page.now() - seconds(3600);
    let job = Job::new("azure/bulkjobs", "huge", created, items).expect("the family exists");
    let failures = [(50_000, "The backup is in use.".to_owned()), (70_000, "Error 500".to_owned())];
    page.add_jobs([job.with_duration(seconds(600)).with_failures(Failures::At(failures.into()))]);

    page.open_signed_in("?job=azure/bulkjobs/huge").await;
    // The problems are shown first.
    page.wait_for_texts(&["The backup is in use.", "Error 500"]).await;
    page.wait_for_marks("job-ready", 1).await;
    page.tab(copy::ITEMS).click().await;
    page.wait_for_text("100,000 of 100,000 items").await;
    page.wait_for_marks("job-ready", 1).await;
    page.wait_for_texts(&["99,998 Done Success", "1 Other message The backup is in use."]).await;
    page.wait_for_text("1 Failed Error 500").await;
    assert!(page.item_rows().await.len() < 200, "only visible items are in the document");

    page.items().click().await;
    page.press(Key::End).await;
    page.wait_for_text(&last).await;
    let rows = page.item_rows().await;
    assert_eq!(rows.last().map(|row| row[0].as_str()), Some(last.as_str()));
    page.press(Key::Home).await;
    page.wait_until("the first item is in the document", async || {
        page.eval("return document.getElementById('item-0') !== null", &[]).await == true
    })
    .await;

    page.field(copy::SEARCH).fill(&failed[..13]).await;
    page.wait_for_text("1 of 100,000 items").await;
    page.wait_for_text(&failed).await;
    page.field(copy::SEARCH).fill("error").await;
    page.wait_for_text("1 of 100,000 items").await;
    page.field(copy::SEARCH).fill("").await;
    page.wait_for_text("100,000 of 100,000 items").await;
    page.link("Failed 1").click().await;
    page.wait_for_text("1 of 100,000 items").await;
    page.link("All 100,000").click().await;
    page.wait_for_text("100,000 of 100,000 items").await;
    page.field(copy::ORDER).select("Status, failed first").await;
    page.wait_until("the failed item is first", async || {
        page.item_rows().await.first().is_some_and(|row| row[2] == "Error 500")
    })
    .await;
    assert_eq!(page.query().await, "?job=azure/bulkjobs/huge&order=status");
}

/// Half a million rows are higher than Firefox allows. The last row can be reached nevertheless.
async fn half_a_million_items_scroll_to_the_last(page: &Page) {
    let items = Items::Uuids { seed: 3, count: 500_000 };
    let first = items.name(0).into_owned();
    let last = items.name(499_999).into_owned();
    let middle = items.name(250_000).into_owned();
    let created = page.now() - seconds(3600);
    let job = Job::new("azure/bulkjobs", "huge", created, items).expect("the family exists");
    page.add_jobs([job.with_duration(seconds(600))]);
    page.open_signed_in("?job=azure/bulkjobs/huge").await;
    page.wait_for_text("500,000 of 500,000 items").await;
    page.items().click().await;
    page.press(Key::End).await;
    wait_until_in_view(page, &last).await;
    let list = page.role("listbox");
    let height = "found.scrollHeight - found.clientHeight";
    list.get(&format!("found.scrollTop = 0.5 * ({height})")).await;
    wait_until_in_view(page, &middle).await;
    list.get(&format!("found.scrollTop = {height}")).await;
    wait_until_in_view(page, &last).await;
    // Another filter starts at the top.
    page.link("Done 500,000").click().await;
    wait_until_in_view(page, &first).await;
}

/// Waits until an item is completely visible in the list.
async fn wait_until_in_view(page: &Page, name: &str) {
    let is_visible = "
        const list = document.querySelector('[role=listbox]').getBoundingClientRect();
        const row = [...document.querySelectorAll('[role=option]')].find((row) => row.textContent.includes(arguments[0]));
        const at = row?.getBoundingClientRect();
        return at !== undefined && at.top >= list.top - 1 && at.bottom <= list.bottom + 1";
    page.wait_until(&format!("{name} is in view"), async || {
        page.eval(is_visible, &[name.into()]).await == true
    })
    .await;
}

/// The page shows part of a very long member, the download all of it.
async fn long_member_is_truncated_on_the_page_and_complete_in_the_download(page: &Page) {
    let names = (0..100_000).map(|number| format!("projects/p/locations/l/keyRings/ring-{number}"));
    let created = page.now() - seconds(3600);
    let job = Job::new("google/synchronization-jobs", "huge", created, Items::named(names));
    page.add_jobs([job.expect("the family exists").with_duration(seconds(600))]);
    page.open_signed_in("?job=google/synchronization-jobs/huge").await;
    page.wait_for_text("100,000 of 100,000 key rings").await;
    page.tab(copy::DETAILS).click().await;
    page.button("100,000 entries").click().await;
    page.wait_for_text("and 99,900 more").await;
    let elements = "return document.getElementsByTagName('*').length";
    let elements = page.eval(elements, &[]).await.as_u64().unwrap_or_default();
    assert!(elements < 2000, "{elements} elements on the page");

    page.button(copy::JSON_AS_RECEIVED).click().await;
    page.wait_for_text("more bytes: use Download JSON to get all").await;
    // Record the files that the browser is asked to save.
    let record = "
        const make = URL.createObjectURL.bind(URL);
        window.saved = [];
        URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return make(blob); };
        const click = HTMLAnchorElement.prototype.click;
        HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download); click.call(this); };";
    page.eval(record, &[]).await;
    page.button("Download JSON").click().await;
    let is_complete = "
        const name = window.saved.find((text) => text.endsWith('.json'));
        const body = window.saved.find((text) => text.startsWith('{'));
        return name !== undefined && body !== undefined && JSON.parse(body).key_rings.length === 100000";
    page.wait_until("the file is complete", async || page.eval(is_complete, &[]).await == true)
        .await;
}

async fn long_transfer_shows_its_progress_and_can_be_cancelled(page: &Page) {
    let items = Items::Uuids { seed: 3, count: 100_000 };
    let created = page.now() - seconds(3600);
    let job = Job::new("azure/bulkjobs", "huge", created, items).expect("the family exists");
    page.add_jobs([job.with_duration(seconds(600))]);
    page.add_fault(Fault::slow_body(400_000).path("/bulkjobs/huge"));
    page.open_signed_in("?job=azure/bulkjobs/huge").await;
    page.wait_for_text("Received 0.").await;
    page.button("Cancel").click().await;
    page.wait_for_text(copy::PAUSED).await;
    assert!(!page.has_text("Received").await);
    page.clear_faults();
    page.button(copy::REFRESH).click().await;
    page.wait_for_text("100,000 of 100,000 items").await;
}

/// On each page that can show a long first transfer.
async fn cancelled_first_load_can_be_loaded(page: &Page) {
    let nightly = r#"{"name":"nightly","operation":"database_backup","run_at":"30 2 * * *","database_backup_params":{}}"#;
    schedules::add(page, "nightly-id", nightly);
    // The content does not matter: it never arrives.
    let long = " ".repeat(20_000_000);
    for (address, content) in [
        (format!("?job=aws/bulkjob/{SAMPLE_ID}"), "2 of 2 keys finished"),
        ("?jobs=aws/bulkjob".to_owned(), "1–1 of 1"),
        ("?jobs=scheduler/job-configs".to_owned(), "nightly"),
        ("?job=scheduler/job-configs/nightly-id".to_owned(), copy::NEXT_RUNS),
    ] {
        let slow = Fault::success_with(&long).bytes_per_second(1_000_000).method("GET");
        page.add_fault(slow.clone().path("/cckm/aws/bulkjob"));
        page.add_fault(slow.path("/v1/scheduler/"));
        page.open_signed_in(&address).await;
        cancel(page).await;
        page.wait_for_text("Loading was cancelled.").await;
        page.wait_for_focus("Load").await;
        assert!(!page.css(".skeleton").exists().await, "nothing is loading");
        assert!(!page.has_text("an earlier answer").await, "there is none");
        page.clear_requests();
        page.press(Key::Enter).await;
        page.wait_for_text("Loading ").await;
        page.wait_until("the focus is on the page", async || focused_tag(page).await == "MAIN")
            .await;
        cancel(page).await;
        page.clear_faults();
        page.button("Load").click().await;
        page.wait_for_text(content).await;
        page.wait_for_text_gone("Loading ").await;
    }
    page.add_fault(Fault::success_with(&long).bytes_per_second(1_000_000).path("/v1/scheduler/"));
    page.button(copy::REFRESH).click().await;
    cancel(page).await;
    page.wait_for_text("Loading was cancelled. What is on the page is from an earlier answer.")
        .await;
    page.wait_for_text(copy::NEXT_RUNS).await;
}

/// Cancels the transfer in flight as soon as it can be cancelled.
async fn cancel(page: &Page) {
    page.wait_for_text("Received ").await;
    page.button("Cancel").click().await;
}

/// The tag of the focused element.
async fn focused_tag(page: &Page) -> String {
    let tag = page.eval("return document.activeElement.tagName", &[]).await;
    tag.as_str().unwrap_or_default().to_owned()
}
