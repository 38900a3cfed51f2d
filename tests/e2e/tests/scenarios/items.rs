//! The items of a job: search, filter, order, copying, long texts.

use cckm_simulator::job::{Failures, Items, Job};
use e2e::{Page, Setup, json_answer, scenarios, seconds};
use thirtyfour::Key;

use crate::copy;

scenarios! {
    Setup::default() =>
        search_and_filter_select_items, cleared_search_fills_the_visible_list,
        address_selects_items_and_unknown_parts_are_reported, id_and_names_are_copied,
        order_sorts_items, typing_keeps_the_focus_and_the_search,
        rare_status_texts_open_on_request, long_text_is_complete_in_the_panel,
        markup_in_names_and_texts_is_shown_as_text;
    Setup::default().without_polling() =>
        selected_item_stays_selected_while_items_reorder,
        answer_for_another_job_is_reported;
}

/// Adds a job of twelve key backups, two of them failed.
fn add_twelve_items(page: &Page) {
    let names = (0..12).map(|number| format!("backup-{:02}", number * 5 % 12));
    let job = Job::new("azure/bulkjobs", "the-job", page.now(), Items::named(names));
    let failures = [(3, "Error: not found".to_owned()), (7, "Vault is locked".to_owned())];
    page.add_jobs([job.unwrap().with_failures(Failures::At(failures.into()))]);
    page.advance(seconds(600));
}

async fn search_and_filter_select_items(page: &Page) {
    add_twelve_items(page);
    page.open_signed_in("?job=azure/bulkjobs/the-job&tab=items").await;
    page.wait_for_text("12 of 12 items").await;
    page.field(copy::SEARCH).fill("BACKUP-0").await;
    page.wait_for_text("10 of 12 items").await;
    assert_eq!(page.query().await, "?job=azure/bulkjobs/the-job&search=BACKUP-0");
    page.field(copy::SEARCH).fill("not found").await;
    page.wait_for_text("1 of 12 items").await;
    assert_eq!(page.item_rows().await, [["backup-03", "Failed", "Error: not found"]]);
    page.field(copy::SEARCH).fill("nowhere").await;
    page.wait_for_text(copy::NOTHING_MATCHES_THE_SEARCH_AND_THE).await;
    page.link(copy::SHOW_ALL).click().await;
    page.wait_for_text("12 of 12 items").await;

    page.link("Done 10").click().await;
    page.wait_for_text("10 of 12 items").await;
    page.region("Show").find(page.link("Problems 2")).click().await;
    page.wait_for_text("2 of 12 items").await;
    page.link("Other message 1").click().await;
    page.wait_for_text("1 of 12 items").await;
    assert_eq!(page.item_rows().await, [["backup-11", "Other message", "Vault is locked"]]);
    page.link("All 12").click().await;
    page.wait_for_text("12 of 12 items").await;

    // A count links to its items and back. The list is in view then.
    page.region(copy::MESSAGES).find(page.role("link")).click().await;
    page.wait_for_text("10 of 12 items").await;
    assert!(list_is_in_view(page).await);
    assert_eq!(page.query().await, "?job=azure/bulkjobs/the-job&text=Success");
    page.region(copy::MESSAGES).find(page.role("link")).click().await;
    page.wait_for_text("12 of 12 items").await;
}

/// Whether the top of the list is within the window.
pub async fn list_is_in_view(page: &Page) -> bool {
    let top = page.role("listbox").get("found.getBoundingClientRect().top / innerHeight").await;
    top.as_f64().is_some_and(|top| (0.0..0.7).contains(&top))
}

/// When the search is cleared, rows fill the visible part of the list again.
async fn cleared_search_fills_the_visible_list(page: &Page) {
    page.add_jobs([page.running_job("azure/bulkjobs", "the-job", 60)]);
    page.advance(seconds(6000));
    page.open_signed_in("?job=azure/bulkjobs/the-job").await;
    page.wait_for_text("60 of 60 items").await;
    let name = page.item_rows().await[5][0].clone();
    page.field(copy::SEARCH).fill(&name).await;
    page.wait_for_text("1 of 60 items").await;
    page.field(copy::SEARCH).fill("").await;
    page.wait_for_text("60 of 60 items").await;
    let covered = "
        const list = document.querySelector('[role=listbox]').getBoundingClientRect();
        const rows = [...document.querySelectorAll('[role=option]')];
        return list.height > 400 && rows.at(-1).getBoundingClientRect().bottom >= list.bottom - 2";
    page.wait_until("rows fill the list", async || page.eval(covered, &[]).await == true).await;
}

/// The focus stays in the search, whether something is found or not.
async fn typing_keeps_the_focus_and_the_search(page: &Page) {
    add_twelve_items(page);
    page.open_signed_in("?job=azure/bulkjobs/the-job&tab=items").await;
    page.wait_for_text("12 of 12 items").await;
    page.field(copy::SEARCH).click().await;
    for letter in "backup-99".chars() {
        page.press(letter.to_string()).await;
    }
    page.wait_for_texts(&["0 of 12 items", copy::NOTHING_MATCHES_THE_SEARCH_AND_THE]).await;
    page.press(Key::Backspace).await;
    page.press(Key::Backspace).await;
    page.press("11").await;
    page.wait_for_text("1 of 12 items").await;
    assert_eq!(page.focused().await, "Search");
    assert_eq!(page.field(copy::SEARCH).value().await.as_deref(), Some("backup-11"));
    // A count links to its items, and keeps search and order.
    page.field(copy::ORDER).select("Name, A to Z").await;
    page.link("10 done").click().await;
    page.wait_for_query("?job=azure/bulkjobs/the-job&search=backup-11&show=done&order=name").await;
}

/// Makes the server send this answer for the job.
fn set_answer(page: &Page, body: &str) {
    page.clear_faults();
    page.add_fault(json_answer(200, body).path("/cckm/"));
}

/// The selected item stays selected in whatever order the server reports the items.
async fn selected_item_stays_selected_while_items_reorder(page: &Page) {
    let job = |detail: &str| {
        let members = r#""id":"the-job","overall_status":"in_progress","createdAt":"2024-02-06T09:00:00Z","keys":["a","b","c","d"]"#;
        format!(r#"{{{members},"detailed_status":{{{detail}}}}}"#)
    };
    let names = async || {
        let items = page.item_rows().await.into_iter();
        items.map(|item| item[0].clone()).collect::<Vec<_>>()
    };
    set_answer(page, &job(""));
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("0 of 4 keys finished").await;
    page.items().nth(1).click().await;
    page.wait_until("b is selected", async || selected_item(page).await == "b").await;
    for (detail, finished, order) in [
        (r#""c":"Success""#, "1 of 4", ["a", "b", "c", "d"]),
        (r#""d":"Success","c":"Success""#, "2 of 4", ["a", "b", "d", "c"]),
        (
            r#""d":"Success","c":"Success","b":"Success","a":"Success""#,
            "4 of 4",
            ["d", "c", "b", "a"],
        ),
    ] {
        set_answer(page, &job(detail));
        page.button(copy::REFRESH).click().await;
        page.wait_for_text(&format!("{finished} keys finished")).await;
        assert_eq!(names().await, order);
        page.wait_until("b is still selected", async || selected_item(page).await == "b").await;
        let item = page.region(copy::CHOSEN_ITEM).text().await.unwrap_or_default();
        assert_eq!(item.lines().nth(1), Some("b"), "{item}");
    }
}

/// The name of the selected item.
async fn selected_item(page: &Page) -> String {
    let row = page.css("[role=option][aria-selected=true]").text().await.unwrap_or_default();
    row.lines().next().unwrap_or_default().to_owned()
}

/// An answer with another id or without an id does not change links and title.
async fn answer_for_another_job_is_reported(page: &Page) {
    for id in [r#""id":"another","#, ""] {
        let body = format!(
            r#"{{{id}"overall_status":"completed","detailed_status":{{"a":"Success","b":""}}}}"#
        );
        set_answer(page, &body);
        page.open_signed_in("?job=azure/bulkjobs/the-job").await;
        page.wait_for_text("2 of 2 items finished").await;
        assert_eq!(page.css(".job__id code").text().await.as_deref(), Some("the-job"));
        page.tab(copy::ITEMS).click().await;
        let reported = page.has_text("The server returned a different job: another");
        assert_eq!(reported.await, !id.is_empty());
        // An empty value is visible.
        assert_eq!(page.item_rows().await[1], ["b", "Other message", "\"\""]);
        page.link("1 done").click().await;
        page.wait_for_text("1 of 2 items").await;
        assert_eq!(page.query().await, "?job=azure/bulkjobs/the-job&show=done");
    }
}

/// More status texts than shown at first, each too long for an address.
async fn rare_status_texts_open_on_request(page: &Page) {
    let long = |number: usize| format!("{number:02} {}", "A very long story. ".repeat(250));
    let failures: Vec<_> = (0..40).map(|at| (at, long(at))).collect();
    let job = page.running_job("azure/bulkjobs", "the-job", 60);
    page.add_jobs([job.with_failures(Failures::At(failures.into_iter().collect()))]);
    page.advance(seconds(6000));
    page.open_signed_in("?job=azure/bulkjobs/the-job&tab=items").await;
    page.wait_for_text("60 of 60 items").await;
    let lines = page.region(copy::MESSAGES).find(page.role("listitem"));
    assert_eq!(lines.count().await, 10);
    page.button("Show all 41").click().await;
    page.wait_until("all texts are listed", async || lines.count().await == 41).await;
    page.assert_accessible("job-many-texts").await;
    page.region(copy::MESSAGES).find(page.role("link").nth(19)).click().await;
    page.wait_for_text("1 of 60 items").await;
    assert!(page.query().await.len() < 100, "the address stays short");
    page.reload_signed_in().await;
    page.wait_for_texts(&["1 of 60 items", "18 A very long story."]).await;
}

async fn address_selects_items_and_unknown_parts_are_reported(page: &Page) {
    add_twelve_items(page);
    page.open_signed_in("?job=azure/bulkjobs/the-job&show=failed&order=-name&search=a").await;
    page.wait_for_text("1 of 12 items").await;
    assert_eq!(page.field(copy::SEARCH).value().await.as_deref(), Some("a"));
    let current = page.css(".chips [aria-current=true]").text().await;
    assert_eq!(current.as_deref(), Some("Failed 1"));
    assert_eq!(page.field(copy::ORDER).value().await.as_deref(), Some("Name, Z to A"));

    page.open_signed_in("?job=azure/bulkjobs/the-job&tab=items&show=purple&order=7&nothing=1")
        .await;
    page.wait_for_text("12 of 12 items").await;
    page.wait_for_texts(&[
        "show=“purple” is not known",
        "order=“7” is not known",
        "“nothing” has no meaning",
    ])
    .await;
}

async fn order_sorts_items(page: &Page) {
    add_twelve_items(page);
    page.open_signed_in("?job=azure/bulkjobs/the-job&tab=items").await;
    page.wait_for_text("12 of 12 items").await;
    let first = async |name: &str| page.item_rows().await.first().is_some_and(|row| row[0] == name);
    assert!(first("backup-00").await);
    for (order, name) in [
        ("Name, Z to A", "backup-11"),
        ("Name, A to Z", "backup-00"),
        ("Status, failed first", "backup-03"),
        ("As received", "backup-00"),
    ] {
        page.field(copy::ORDER).select(order).await;
        page.wait_until(&format!("{order}: {name} is first"), async || first(name).await).await;
    }
    let second = page.item_rows().await[1][0].clone();
    assert_eq!(second, "backup-05", "the order of the server");
}

async fn id_and_names_are_copied(page: &Page) {
    add_twelve_items(page);
    page.open_signed_in("?job=azure/bulkjobs/the-job&show=failed").await;
    page.wait_for_text("1 of 12 items").await;
    page.button("Copy id").click().await;
    page.wait_for_text(copy::COPIED).await;
    assert_eq!(clipboard(page).await, "the-job");
    page.field(copy::SEARCH).fill("").await;
    page.button("Copy names").click().await;
    page.wait_for_text("Copied 1").await;
    assert_eq!(clipboard(page).await, "backup-03");
}

/// The text of the clipboard, pasted into the search.
async fn clipboard(page: &Page) -> String {
    page.field(copy::SEARCH).paste().await;
    page.wait_until("a text was pasted", async || {
        page.field(copy::SEARCH).value().await.is_some_and(|text| !text.is_empty())
    })
    .await;
    let pasted = page.field(copy::SEARCH).value().await.unwrap_or_default();
    page.field(copy::SEARCH).fill("").await;
    page.wait_for_text("1 of 12 items").await;
    pasted
}

async fn long_text_is_complete_in_the_panel(page: &Page) {
    let text = format!("{}the end of it", "A very long story, ".repeat(60));
    let job =
        page.running_job("aws/bulkjob", "the-job", 3).with_failures(Failures::All(text.clone()));
    page.add_jobs([job]);
    page.advance(seconds(60));
    page.open_signed_in("?job=aws/bulkjob/the-job&tab=items").await;
    page.wait_for_text("3 of 3 keys").await;
    page.items().click().await;
    page.wait_until("the text is complete", async || {
        let item = page.region(copy::CHOSEN_ITEM).text().await.unwrap_or_default();
        item.contains(&text)
    })
    .await;
}

/// Markup from the server is shown as text.
async fn markup_in_names_and_texts_is_shown_as_text(page: &Page) {
    let name = "<img src=x onerror=alert(1)>";
    let text = "\"quoted\" </script><b>bold</b> \u{202e}desrever\u{202c} 🔑 \\n {{x}}";
    let items = Items::named([name, "", " spaces ", "a/b?c=d&e=f#g"]);
    let job = Job::new("azure/bulkjobs", "a b/c?d&e=f#g%2F", page.now(), items);
    page.add_jobs([job.unwrap().with_failures(Failures::All(text.to_owned()))]);
    page.advance(seconds(60));
    page.open_signed_in("?jobs=azure/bulkjobs").await;
    page.wait_for_text("1–2 of 2").await;
    page.job("a b/c?d&e=f#g%2F").click().await;
    page.wait_for_text("</script><b>bold</b>").await;
    page.tab(copy::ITEMS).click().await;
    page.wait_for_text("4 of 4 items").await;
    page.wait_for_text(name).await;
    page.wait_for_text("</script><b>bold</b>").await;
    let elements = "return document.querySelectorAll('main img, main b, main script').length";
    assert_eq!(page.eval(elements, &[]).await, 0);
    page.reload_signed_in().await;
    page.wait_for_text("4 of 4 items").await;
}
