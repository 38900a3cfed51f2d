//! A job of 100,000 items, and a server that is slow to tell of them.

use cckm_simulator::job::{Failures, Items, Job};
use e2e::{Page, Setting, in_both_browsers};
use thirtyfour::Key;

use crate::shop::{before, second};

in_both_browsers!(Setting::default(); a_hundred_thousand_items, more_than_a_browser_can_scroll, a_long_list_of_key_rings);

async fn a_hundred_thousand_items(page: &Page) {
    let items = Items::Uuids {
        seed: 3,
        count: 100_000,
    };
    let (last, failed) = (
        items.name(99_999).into_owned(),
        items.name(50_000).into_owned(),
    );
    let created = before(page.now(), second(3600));
    let job = Job::new("azure/bulkjobs", "huge", created, items).expect("the family exists");
    let failures = [
        (50_000, "The backup is in use.".to_owned()),
        (70_000, "Error 500".to_owned()),
    ];
    page.add([job
        .with_duration(second(600))
        .with_failures(Failures::At(failures.into()))]);

    page.enter("?job=azure/bulkjobs/huge").await;
    page.sees("100,000 of 100,000 items").await;
    page.is_marked("job-ready", 1).await;
    page.sees("99,998 Done Success").await;
    page.sees("1 Unrecognised The backup is in use.").await;
    page.sees("1 Failed Error 500").await;
    assert!(
        page.items().await.len() < 200,
        "only what can be seen is drawn"
    );

    page.click_css("[role=option]").await;
    page.keys(Key::End).await;
    page.sees(&last).await;
    let rows = page.items().await;
    assert_eq!(rows.last().map(|row| row[0].as_str()), Some(last.as_str()));
    page.keys(Key::Home).await;
    page.until("the first is there", async || {
        page.js("return document.getElementById('item-0') !== null", &[])
            .await
            == true
    })
    .await;

    page.fill("Search", &failed[..13]).await;
    page.sees("1 of 100,000 items").await;
    page.sees(&failed).await;
    page.fill("Search", "error").await;
    page.sees("1 of 100,000 items").await;
    page.fill("Search", "").await;
    page.sees("100,000 of 100,000 items").await;
    page.choose("Show", "Failed").await;
    page.sees("1 of 100,000 items").await;
    page.choose("Show", "All").await;
    page.choose("Order", "Status, failed first").await;
    page.until("the failed one stands first", async || {
        page.items()
            .await
            .first()
            .is_some_and(|row| row[2] == "Error 500")
    })
    .await;
    assert_eq!(page.query().await, "?job=azure/bulkjobs/huge&order=status");
}

/// Half a million rows are higher than Firefox lets a page be; the last is reached all the same.
async fn more_than_a_browser_can_scroll(page: &Page) {
    let items = Items::Uuids {
        seed: 3,
        count: 500_000,
    };
    let first = items.name(0).into_owned();
    let last = items.name(499_999).into_owned();
    let middle = items.name(250_000).into_owned();
    let created = before(page.now(), second(3600));
    let job = Job::new("azure/bulkjobs", "huge", created, items).expect("the family exists");
    page.add([job.with_duration(second(600))]);
    page.enter("?job=azure/bulkjobs/huge").await;
    page.sees("500,000 of 500,000 items").await;
    page.click_css("[role=option]").await;
    page.keys(Key::End).await;
    is_in_view(page, &last).await;
    let scroll = "const list = document.querySelector('[role=listbox]'); list.scrollTop = arguments[0] * (list.scrollHeight - list.clientHeight)";
    page.js(scroll, &[0.5.into()]).await;
    is_in_view(page, &middle).await;
    page.js(scroll, &[1.into()]).await;
    is_in_view(page, &last).await;
    // Another choice or order is read from its start.
    page.choose("Show", "Done").await;
    is_in_view(page, &first).await;
}

/// The item can be seen whole in the list.
async fn is_in_view(page: &Page, name: &str) {
    let seen = "
        const list = document.querySelector('[role=listbox]').getBoundingClientRect();
        const row = [...document.querySelectorAll('[role=option]')].find((row) => row.textContent.includes(arguments[0]));
        const at = row?.getBoundingClientRect();
        return at !== undefined && at.top >= list.top - 1 && at.bottom <= list.bottom + 1";
    page.until(&format!("{name} is in view"), async || {
        page.js(seen, &[name.into()]).await == true
    })
    .await;
}

/// A member that lists very many is on the page only in part, and whole in what can be saved.
async fn a_long_list_of_key_rings(page: &Page) {
    let names = (0..100_000).map(|number| format!("projects/p/locations/l/keyRings/ring-{number}"));
    let created = before(page.now(), second(3600));
    let job = Job::new(
        "google/synchronization-jobs",
        "huge",
        created,
        Items::named(names),
    );
    page.add([job.expect("the family exists").with_duration(second(600))]);
    page.enter("?job=google/synchronization-jobs/huge").await;
    page.sees("100,000 of 100,000 key rings").await;
    page.press("100,000 entries").await;
    page.sees("and 99,900 more").await;
    let elements = "return document.getElementsByTagName('*').length";
    let elements = page.js(elements, &[]).await.as_u64().unwrap_or_default();
    assert!(elements < 2000, "{elements} elements on the page");

    page.press("JSON as received").await;
    page.sees("bytes more: Download JSON gives all of it").await;
    // What the browser is given to save.
    let listen = "
        const make = URL.createObjectURL.bind(URL);
        window.saved = [];
        URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return make(blob); };
        const click = HTMLAnchorElement.prototype.click;
        HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download); click.call(this); };";
    page.js(listen, &[]).await;
    page.press("Download JSON").await;
    let whole = "
        const name = window.saved.find((text) => text.endsWith('.json'));
        const body = window.saved.find((text) => text.startsWith('{'));
        return name !== undefined && body !== undefined && JSON.parse(body).key_rings.length === 100000";
    page.until("all of it is saved", async || {
        page.js(whole, &[]).await == true
    })
    .await;
}
