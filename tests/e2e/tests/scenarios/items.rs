//! The items of a job: searched, filtered, sorted, copied, and read whole.

use cckm_simulator::job::{Failures, Items, Job};
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::{Shop, second};

in_both_browsers!(Setting::default(); searched_and_filtered, filled_again, addressed, copied, sorted, long_texts, hostile_texts);

/// Twelve key backups, of which two failed.
fn twelve(page: &Page) {
    let names = (0..12).map(|number| format!("backup-{:02}", number * 5 % 12));
    let job = Job::new("azure/bulkjobs", "the-job", page.now(), Items::named(names));
    let failures = [
        (3, "Error: not found".to_owned()),
        (7, "Vault is locked".to_owned()),
    ];
    page.add([job.unwrap().failing(Failures::At(failures.into()))]);
    page.advance(second(600));
}

async fn searched_and_filtered(page: &Page) {
    twelve(page);
    page.enter("?job=azure/bulkjobs/the-job").await;
    page.sees("12 of 12 items").await;
    page.fill("Search", "BACKUP-0").await;
    page.sees("10 of 12 items").await;
    assert_eq!(
        page.query().await,
        "?job=azure/bulkjobs/the-job&search=BACKUP-0"
    );
    page.fill("Search", "not found").await;
    page.sees("1 of 12 items").await;
    assert_eq!(
        page.items().await,
        [["backup-03", "Failed", "Error: not found"]]
    );
    page.fill("Search", "nowhere").await;
    page.sees("Nothing matches the search and the filter").await;
    page.follow("Show all").await;
    page.sees("12 of 12 items").await;

    page.choose("Show", "Done").await;
    page.sees("10 of 12 items").await;
    page.choose("Show", "Unrecognised").await;
    page.sees("1 of 12 items").await;
    assert_eq!(
        page.items().await,
        [["backup-11", "Unrecognised", "Vault is locked"]]
    );
    page.choose("Show", "All").await;
    page.sees("12 of 12 items").await;

    // The counts are links that show their items, and lead back.
    page.click_css(".counts__lines li:first-child a").await;
    page.sees("10 of 12 items").await;
    assert_eq!(
        page.query().await,
        "?job=azure/bulkjobs/the-job&text=Success"
    );
    page.click_css(".counts__lines li:first-child a").await;
    page.sees("12 of 12 items").await;
}

/// A list that grows, because the search is cleared, is drawn as far as it can be seen.
async fn filled_again(page: &Page) {
    page.add([page.job("azure/bulkjobs", "the-job", 60)]);
    page.advance(second(6000));
    page.enter("?job=azure/bulkjobs/the-job").await;
    page.sees("60 of 60 items").await;
    let name = page.items().await[5][0].clone();
    page.fill("Search", &name).await;
    page.sees("1 of 60 items").await;
    page.fill("Search", "").await;
    page.sees("60 of 60 items").await;
    let covered = "
        const list = document.querySelector('[role=listbox]').getBoundingClientRect();
        const rows = [...document.querySelectorAll('[role=option]')];
        return list.height > 400 && rows.at(-1).getBoundingClientRect().bottom >= list.bottom - 2";
    page.until("rows fill the list", async || {
        page.js(covered, &[]).await == true
    })
    .await;
}

async fn addressed(page: &Page) {
    twelve(page);
    page.enter("?job=azure/bulkjobs/the-job&show=failed&order=-name&search=a")
        .await;
    page.sees("1 of 12 items").await;
    assert_eq!(page.value("Search").await.as_deref(), Some("a"));
    assert_eq!(page.value("Show").await.as_deref(), Some("Failed"));
    assert_eq!(page.value("Order").await.as_deref(), Some("Name, Z to A"));

    page.enter("?job=azure/bulkjobs/the-job&show=purple&order=7&nothing=1")
        .await;
    page.sees("12 of 12 items").await;
    page.sees_all(&[
        "show=“purple” is not known",
        "order=“7” is not known",
        "“nothing” has no meaning",
    ])
    .await;
}

async fn sorted(page: &Page) {
    twelve(page);
    page.enter("?job=azure/bulkjobs/the-job").await;
    page.sees("12 of 12 items").await;
    let first = async |name: &str| page.items().await.first().is_some_and(|row| row[0] == name);
    assert!(first("backup-00").await);
    for (order, name) in [
        ("Name, Z to A", "backup-11"),
        ("Name, A to Z", "backup-00"),
        ("Status, failed first", "backup-03"),
        ("As received", "backup-00"),
    ] {
        page.choose("Order", order).await;
        page.until(&format!("{order}: {name} stands first"), async || {
            first(name).await
        })
        .await;
    }
    let second = page.items().await[1][0].clone();
    assert_eq!(
        second, "backup-05",
        "as received is as the server wrote them"
    );
}

async fn copied(page: &Page) {
    twelve(page);
    page.enter("?job=azure/bulkjobs/the-job&show=failed").await;
    page.sees("1 of 12 items").await;
    page.press("Copy id").await;
    page.sees("Copied").await;
    assert_eq!(clipboard(page).await, "the-job");
    page.fill("Search", "").await;
    page.press("Copy names").await;
    page.sees("Copied 1").await;
    assert_eq!(clipboard(page).await, "backup-03");
}

/// What Ctrl+V puts into the field for a search.
async fn clipboard(page: &Page) -> String {
    page.paste_into("Search").await;
    page.until("something was pasted", async || {
        page.value("Search")
            .await
            .is_some_and(|text| !text.is_empty())
    })
    .await;
    let pasted = page.value("Search").await.unwrap_or_default();
    page.fill("Search", "").await;
    page.sees("1 of 12 items").await;
    pasted
}

async fn long_texts(page: &Page) {
    let text = format!("{}the end of it", "A very long story, ".repeat(60));
    let job = page
        .job("aws/bulkjob", "the-job", 3)
        .failing(Failures::All(text.clone()));
    page.add([job]);
    page.advance(second(60));
    page.enter("?job=aws/bulkjob/the-job").await;
    page.sees("3 of 3 keys").await;
    page.click_css("[role=option]").await;
    page.until("the text is there whole", async || {
        let item = page
            .text_of("[aria-label='Chosen item']")
            .await
            .unwrap_or_default();
        item.contains(&text)
    })
    .await;
}

/// What the server says is text, whatever it looks like.
async fn hostile_texts(page: &Page) {
    let name = "<img src=x onerror=alert(1)>";
    let text = "\"quoted\" </script><b>bold</b> \u{202e}desrever\u{202c} 🔑 \\n {{x}}";
    let items = Items::named([name, "", " spaces ", "a/b?c=d&e=f#g"]);
    let job = Job::new("azure/bulkjobs", "a b/c?d&e=f#g%2F", page.now(), items);
    page.add([job.unwrap().failing(Failures::All(text.to_owned()))]);
    page.advance(second(60));
    page.enter("?jobs=azure/bulkjobs").await;
    page.sees("1–2 of 2").await;
    page.follow("a b/c?d&e=f#g%2F").await;
    page.sees("4 of 4 items").await;
    page.sees(name).await;
    page.sees("</script><b>bold</b>").await;
    let alien = "return document.querySelectorAll('main img, main b, main script').length";
    assert_eq!(page.js(alien, &[]).await, 0);
    page.reload().await;
    page.sign_in().await;
    page.sees("4 of 4 items").await;
}
