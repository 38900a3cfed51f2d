//! The items of a job: searched, filtered, sorted, copied, and read whole.

use cckm_simulator::fault::{Effect, Fault, FaultBody};
use cckm_simulator::job::{Failures, Items, Job};
use e2e::{Page, Setting, in_both_browsers};
use thirtyfour::Key;

use crate::shop::{Shop, second};

in_both_browsers!(Setting::default(); searched_and_filtered, filled_again, addressed, copied, sorted,
    typed, many_texts, long_texts, hostile_texts);
in_both_browsers!(Setting::default().config(r#"{"poll":{"runningSeconds":300,"idleSeconds":300}}"#); out_of_order, another_job);

/// Twelve key backups, of which two failed.
fn twelve(page: &Page) {
    let names = (0..12).map(|number| format!("backup-{:02}", number * 5 % 12));
    let job = Job::new("azure/bulkjobs", "the-job", page.now(), Items::named(names));
    let failures = [
        (3, "Error: not found".to_owned()),
        (7, "Vault is locked".to_owned()),
    ];
    page.add([job.unwrap().with_failures(Failures::At(failures.into()))]);
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

    // The counts are links that show their items, and lead back; the page stays where it is.
    page.js("scrollTo(0, 90)", &[]).await;
    page.click_css(".counts__lines li:first-child a").await;
    page.sees("10 of 12 items").await;
    assert_ne!(page.js("return scrollY", &[]).await, 0);
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

/// Whoever types goes on typing, whether something is found or not.
async fn typed(page: &Page) {
    twelve(page);
    page.enter("?job=azure/bulkjobs/the-job").await;
    page.sees("12 of 12 items").await;
    page.point_to("Search").await;
    for letter in "backup-99".chars() {
        page.keys(letter.to_string()).await;
    }
    page.sees("0 of 12 items").await;
    page.sees("Nothing matches the search and the filter").await;
    page.keys(Key::Backspace).await;
    page.keys(Key::Backspace).await;
    page.keys("11").await;
    page.sees("1 of 12 items").await;
    assert_eq!(page.focused().await, "Search");
    assert_eq!(page.value("Search").await.as_deref(), Some("backup-11"));
    // A number of items leads to them, and leaves the search and the order as they are.
    page.choose("Order", "Name, A to Z").await;
    page.click_css(".count--done").await;
    page.until("the search is kept", async || {
        page.query().await == "?job=azure/bulkjobs/the-job&search=backup-11&show=done&order=name"
    })
    .await;
}

/// What the API answers from now on in place of the job.
fn answers(page: &Page, body: &str) {
    page.heal();
    let effect = Effect::Status {
        status: 200,
        body: FaultBody::Custom("application/json".to_owned(), body.to_owned()),
        retry_after: None,
    };
    page.fault(Fault::new(effect).path("/cckm/"));
}

/// A chosen item stays chosen and in its place, in whatever order the items are reported.
async fn out_of_order(page: &Page) {
    let job = |detail: &str| {
        let asked = r#""id":"the-job","overall_status":"in_progress","createdAt":"2024-02-06T09:00:00Z","keys":["a","b","c","d"]"#;
        format!(r#"{{{asked},"detailed_status":{{{detail}}}}}"#)
    };
    let names = async || {
        let items = page.items().await.into_iter();
        items.map(|item| item[0].clone()).collect::<Vec<_>>()
    };
    answers(page, &job(""));
    page.enter("?job=aws/bulkjob/the-job").await;
    page.sees("0 of 4 keys finished").await;
    page.click_css("#item-1").await;
    page.until("b is chosen", async || chosen(page).await == "b")
        .await;
    for (detail, finished, order) in [
        (r#""c":"Success""#, "1 of 4", ["a", "b", "c", "d"]),
        (
            r#""d":"Success","c":"Success""#,
            "2 of 4",
            ["a", "b", "d", "c"],
        ),
        (
            r#""d":"Success","c":"Success","b":"Success","a":"Success""#,
            "4 of 4",
            ["d", "c", "b", "a"],
        ),
    ] {
        answers(page, &job(detail));
        page.press("Refresh").await;
        page.sees(&format!("{finished} keys finished")).await;
        assert_eq!(names().await, order);
        page.until("b is still chosen", async || chosen(page).await == "b")
            .await;
        let item = page.text_of("[aria-label='Chosen item'] .item__name").await;
        assert_eq!(item.as_deref(), Some("b"));
    }
}

/// The name in the row that is chosen.
async fn chosen(page: &Page) -> String {
    page.text_of("[aria-selected=true] .items__name")
        .await
        .unwrap_or_default()
}

/// An answer with the id of another job, or with none, leads nowhere else.
async fn another_job(page: &Page) {
    for id in [r#""id":"another","#, ""] {
        let body = format!(
            r#"{{{id}"overall_status":"completed","detailed_status":{{"a":"Success","b":""}}}}"#
        );
        answers(page, &body);
        page.enter("?job=azure/bulkjobs/the-job").await;
        page.sees("2 of 2 items").await;
        assert_eq!(page.text_of("h1").await.as_deref(), Some("the-job"));
        let told = page.shows("The answer names another job than the address: another");
        assert_eq!(told.await, !id.is_empty());
        // A blank value can be seen.
        assert_eq!(page.items().await[1], ["b", "Unrecognised", "\"\""]);
        page.follow("1 done").await;
        page.sees("1 of 2 items").await;
        assert_eq!(page.query().await, "?job=azure/bulkjobs/the-job&show=done");
    }
}

/// More status texts than are shown at first, too long for an address.
async fn many_texts(page: &Page) {
    let long = |number: usize| format!("{number:02} {}", "A very long story. ".repeat(250));
    let failures: Vec<_> = (0..40).map(|at| (at, long(at))).collect();
    let job = page.job("azure/bulkjobs", "the-job", 60);
    page.add([job.with_failures(Failures::At(failures.into_iter().collect()))]);
    page.advance(second(6000));
    page.enter("?job=azure/bulkjobs/the-job").await;
    page.sees("60 of 60 items").await;
    let lines = async || {
        let count = "return document.querySelectorAll('.counts__lines li').length";
        page.js(count, &[]).await.as_u64().unwrap_or_default()
    };
    assert_eq!(lines().await, 10);
    page.sees("and 31 rarer texts").await;
    page.press("Show 41 of 41 texts").await;
    page.until("all texts are there", async || lines().await == 41)
        .await;
    page.is_accessible("job-many-texts").await;
    page.click_css(".counts__lines li:nth-child(20) a").await;
    page.sees("1 of 60 items").await;
    assert!(page.query().await.len() < 100, "the address stays short");
    page.reload().await;
    page.sign_in().await;
    page.sees("1 of 60 items").await;
    page.sees("18 A very long story.").await;
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
        .with_failures(Failures::All(text.clone()));
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
    page.add([job.unwrap().with_failures(Failures::All(text.to_owned()))]);
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
