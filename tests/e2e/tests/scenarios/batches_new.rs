//! The form of a new batch: keys from text and files, their validation, the confirmation.

use cckm_simulator::fault::Fault;
use cckm_simulator::job::{Failures, Items};
use e2e::{Page, Setup, scenarios, seconds};

use crate::batches::{KEYS, START, keys, requested_keys};
use crate::copy;

scenarios! {
    Setup::default().polling_fast() =>
        destructive_batch_requires_its_count, files_and_text_are_merged_into_keys,
        unusable_files_are_explained, entries_that_are_no_keys_are_left_out,
        column_of_a_table_is_chosen;
    Setup::default().polling_fast().narrow().dark() => narrow_dark_batch_fits;
}

const FILE: &str = "From a file: one key a line, a table, a JSON list, or a job as downloaded";

async fn destructive_batch_requires_its_count(page: &Page) {
    page.simulator(|simulator| simulator.behaviour.strict_bulk = true);
    page.open_signed_in("?batch=new").await;
    page.field(KEYS).set_text(&keys(1_100).join(",")).await;
    page.field(copy::OPERATION).select(copy::SCHEDULE_KEY_DELETION).await;
    page.wait_for_text("Days until the deletion: a whole number from 7 to 30").await;
    page.field(copy::DAYS_UNTIL_THE_DELETION_7_TO).fill("31").await;
    page.wait_for_text("a whole number from 7 to 30").await;
    page.field(copy::DAYS_UNTIL_THE_DELETION_7_TO).fill("7").await;
    page.wait_for_text("Each of 1,100 keys is deleted after 7 days").await;
    page.button(copy::START_BUTTON).click().await;
    assert!(!page.button(copy::START_11_JOBS).is_enabled().await);
    page.field("Type 1,100 to continue").fill("110").await;
    assert!(!page.button(copy::START_11_JOBS).is_enabled().await);
    page.field("Type 1,100 to continue").fill("1,100").await;
    page.add_fault(Fault::latency(seconds(1)).method("POST").path("bulkjob"));
    page.button(copy::START_11_JOBS).click().await;
    page.wait_until("three jobs are started", async || page.count_requests(START) >= 3).await;
    // The number of days is part of the request and survives a reload.
    page.reload_signed_in().await;
    page.clear_faults();
    let sent = page.count_requests(START);
    page.button(copy::RESUME).click().await;
    page.wait_for_text("Schedule key deletion: resume?").await;
    page.assert_accessible("batch, confirmation before it resumes").await;
    let field = page.role("alertdialog").find(page.role("field"));
    let label = field.get("accessibleName(found)").await;
    let label = label.as_str().unwrap();
    let count = label.trim_start_matches("Type ").trim_end_matches(" to continue");
    assert_ne!(count, "1,100", "some jobs were started before the reload");
    let resume = page.button(&format!("Resume with {count} keys"));
    assert!(!resume.is_enabled().await);
    assert_eq!(page.count_requests(START), sent);
    page.field(label).fill(count).await;
    resume.click().await;
    page.wait_for_text("11 of 11 jobs started").await;
    assert_eq!(requested_keys(page), keys(1_100));
    assert_eq!(page.count_responses(400), 0, "each request had its days");
}

async fn files_and_text_are_merged_into_keys(page: &Page) {
    page.open_signed_in("?batch=new").await;
    page.field(FILE).attach("keys.txt", b"a1\r\n\r\na2\r\n").await;
    page.wait_for_texts(&["3 entries: keys.txt", "2 keys recognised. Left out: 1 blank"]).await;
    page.field(FILE).attach("table.csv", b"a2,eu\na3,us\n").await;
    page.wait_for_text("2 entries: table.csv").await;
    page.wait_for_text("3 keys recognised. Left out: 1 repeated, 1 blank").await;
    page.field(FILE).attach("list.json", b"[\"a4\",\"a,5\"]").await;
    page.wait_for_text("5 keys recognised").await;
    let job = br#"{"id":"j","keys":["a6"],"detailed_status":{"a6":"Success"}}"#;
    page.field(FILE).attach("job.json", job).await;
    page.wait_for_text("6 keys recognised").await;
    page.field(KEYS).set_text("a7, a8\n").await;
    page.wait_for_text("8 keys recognised").await;
    page.button("Remove 2 entries: list.json").click().await;
    page.wait_for_text("6 keys recognised").await;
    page.field(copy::OPERATION).select(copy::ENABLE_KEYS).await;
    page.button(copy::START_BUTTON).click().await;
    page.button(copy::START_1_JOB).click().await;
    page.wait_for_text("1 of 1 job started").await;
    assert_eq!(requested_keys(page), ["a1", "a2", "a3", "a6", "a7", "a8"]);
}

async fn unusable_files_are_explained(page: &Page) {
    page.open_signed_in("?batch=new").await;
    let large = vec![b'a'; 20_000_001];
    let long = "a\n".repeat(1_000_001);
    for (name, content, why) in [
        ("empty.txt", &b""[..], "empty.txt: It is empty."),
        ("table.xlsx", b"PK\x03\x04\x00", "table.xlsx: It is not plain text."),
        ("latin.txt", b"cl\xe9\n", "latin.txt: It is not text in UTF-8: the byte at 2"),
        ("large.txt", &large, "large.txt: It is larger than 20 MB."),
        ("long.txt", long.as_bytes(), "long.txt: It has more than 1,000,000 entries."),
        ("list.json", b"{\"total\":0}", "list.json: It is JSON, and neither"),
    ] {
        page.field(FILE).attach(name, content).await;
        page.wait_for_text(why).await;
    }
    page.wait_for_text("0 keys recognised").await;
    page.assert_accessible("bad file").await;
    page.field(FILE).attach("good.txt", b"a").await;
    page.wait_for_text_gone("It is").await;
    page.wait_for_text("1 key recognised").await;
}

async fn entries_that_are_no_keys_are_left_out(page: &Page) {
    page.open_signed_in("?batch=new").await;
    // A list in JSON with one line of a table, and what people leave in their lists.
    page.field(KEYS).set_text(&format!("[\"{}\",\"{}\"]", id(1), id(2))).await;
    page.wait_for_text("2 keys recognised").await;
    page.wait_for_text(&format!("2 ids like a UUID: {} … {}", id(1), id(2))).await;
    let odd = format!("key_id\n\"{}\"\nalias/a; alias/b\n???\nb 2\n<img src=x>\u{202e}\n", id(1));
    page.field(KEYS).set_text(&odd).await;
    page.wait_for_text("1 key recognised. Left out: 2 aliases, 1 column header").await;
    page.wait_for_text("2 aliases, left out: alias/a … alias/b").await;
    page.assert_accessible("keys by shape").await;
    page.button("Include 2 aliases").click().await;
    page.wait_for_text("3 keys recognised").await;
    assert_eq!(page.focused().await, "Leave out 2 aliases");
    page.field(copy::OPERATION).select("Apply a policy template").await;
    page.wait_for_text("Policy template id: it is missing").await;
    page.field("Policy template id").fill("template-1").await;
    page.wait_for_text("gets the policy of the template template-1").await;
    // A change of the keys closes the confirmation.
    page.button(copy::START_BUTTON).click().await;
    page.wait_for_text("Apply a policy template: 3 keys?").await;
    page.button("Leave out 2 aliases").click().await;
    page.wait_for_text_gone("Apply a policy template: 3 keys?").await;
    page.button(copy::START_BUTTON).click().await;
    page.button(copy::DO_NOTHING).click().await;
    page.wait_for_text_gone("Apply a policy template: 1 key?").await;
    assert_eq!(page.count_requests(START), 0);
}

/// The CCKM id with this number.
fn id(at: usize) -> String {
    keys(at + 1).remove(at)
}

async fn column_of_a_table_is_chosen(page: &Page) {
    const COLUMN: &str = "Column of 3 entries: keys.csv with the keys";
    page.open_signed_in("?batch=new").await;
    let table = format!(
        "\u{feff}alias;id;rotated from\r\nalias/a;{};{}\r\nalias/b;\"{}\";{}\r\n",
        id(1),
        id(3),
        id(2),
        id(4)
    );
    page.field(FILE).attach("keys.csv", table.as_bytes()).await;
    page.wait_for_text("2 keys recognised. Left out: 1 column header").await;
    assert_eq!(page.field(COLUMN).value().await.as_deref(), Some("2: id"));
    page.field(COLUMN).select("1: alias").await;
    page.wait_for_text("0 keys recognised. Left out: 2 aliases, 1 column header").await;
    page.field(COLUMN).select("3: rotated from").await;
    page.wait_for_text(&format!("2 ids like a UUID: {} … {}", id(3), id(4))).await;
    // The same table as text is read in the same way.
    page.button("Remove 3 entries: keys.csv").click().await;
    page.wait_for_text("There are no keys yet").await;
    page.field(KEYS).set_text(&table).await;
    page.wait_for_text(&format!("2 ids like a UUID: {} … {}", id(1), id(2))).await;
    page.field("Column of the text with the keys").select("All columns").await;
    page.wait_for_text("4 keys recognised. Left out: 2 aliases, 3 column headers").await;
    page.field("Column of the text with the keys").select("3: rotated from").await;
    page.field(copy::OPERATION).select(copy::ENABLE_KEYS).await;
    page.button(copy::START_BUTTON).click().await;
    page.button(copy::START_1_JOB).click().await;
    page.wait_for_text("1 of 1 job started").await;
    assert_eq!(requested_keys(page), [id(3), id(4)]);
}

async fn narrow_dark_batch_fits(page: &Page) {
    let mut job = page.running_job("aws/bulkjob", "the-job", 3);
    job.items = Items::Named(vec!["b 1".to_owned(), "x".repeat(300), "plain".to_owned()]);
    job.failures = Failures::All("Failed".to_owned());
    page.add_jobs([job]);
    page.advance(seconds(100));
    page.open_signed_in("?batch=new&from=aws/bulkjob/the-job").await;
    page.wait_for_text("3 keys recognised").await;
    page.field(copy::OPERATION).select(copy::SCHEDULE_KEY_DELETION).await;
    page.field(copy::DAYS_UNTIL_THE_DELETION_7_TO).fill("7").await;
    page.button(copy::START_BUTTON).click().await;
    page.assert_accessible("new batch").await;
    page.screenshot("batch-new").await;
    page.field(copy::TYPE_3_TO_CONTINUE).fill("3").await;
    page.button(copy::START_1_JOB).click().await;
    page.wait_for_text("1 of 1 job started").await;
    page.assert_accessible("batch").await;
    page.screenshot("batch").await;
    page.assert_fits("batch").await;
}
