//! The form for a new batch: keys from fields and files, what is wrong with them, and the last question.

use cckm_simulator::fault::Fault;
use cckm_simulator::job::{Failures, Items};
use e2e::{Page, Setting, in_both_browsers};
use serde_json::json;

use crate::batches::{KEYS, START, asked, keys};
use crate::shop::{Shop, second};

in_both_browsers!(Setting::default().polling_fast(); destruction_is_counted, files, bad_files, odd_keys);
in_both_browsers!(Setting::default().polling_fast().narrow().dark(); in_the_dark_on_a_narrow_screen);

const FILE: &str =
    "From a file: one key a line, the first column of a table, a JSON list, or a job as downloaded";

async fn destruction_is_counted(page: &Page) {
    page.simulator(|simulator| simulator.behaviour.strict_bulk = true);
    page.enter("?batch=new").await;
    page.put_into(KEYS, &keys(1_100).join(",")).await;
    page.choose("Operation", "Schedule key deletion").await;
    page.sees("Days until the deletion: a whole number from 7 to 30")
        .await;
    page.fill("Days until the deletion, 7 to 30", "31").await;
    page.sees("a whole number from 7 to 30").await;
    page.fill("Days until the deletion, 7 to 30", "7").await;
    page.sees("Each of 1,100 keys is deleted after 7 days")
        .await;
    page.press("Start…").await;
    let disabled = "return find('button', 'Start 11 jobs').disabled";
    assert_eq!(page.ask(disabled, &[]).await, json!(true));
    page.fill("Type 1,100 to go on", "110").await;
    assert_eq!(page.ask(disabled, &[]).await, json!(true));
    page.fill("Type 1,100 to go on", "1,100").await;
    page.fault(Fault::latency(second(1)).method("POST").path("bulkjob"));
    page.press("Start 11 jobs").await;
    page.until("some are started", async || page.count_requests(START) >= 3)
        .await;
    // The days are a setting of the request, and come through a reload.
    page.reload().await;
    page.sign_in().await;
    page.heal();
    let sent = page.count_requests(START);
    page.press("Go on").await;
    page.sees("Schedule key deletion: go on?").await;
    page.is_accessible("batch, question before it goes on")
        .await;
    let left = "return document.querySelector('[role=alertdialog] .field__label').textContent";
    let left = page.js(left, &[]).await;
    let label = left.as_str().unwrap();
    let count = label
        .trim_start_matches("Type ")
        .trim_end_matches(" to go on");
    assert_ne!(count, "1,100", "some were started before");
    let disabled = format!("return find('button', 'Go on with {count} keys').disabled");
    assert_eq!(page.ask(&disabled, &[]).await, json!(true));
    assert_eq!(page.count_requests(START), sent);
    page.fill(label, count).await;
    page.press(&format!("Go on with {count} keys")).await;
    page.sees("11 of 11 jobs started").await;
    assert_eq!(asked(page), keys(1_100));
    assert_eq!(page.count_answers(400), 0, "each request had its days");
}

async fn files(page: &Page) {
    page.enter("?batch=new").await;
    page.give_file(FILE, "keys.txt", b"a1\r\n\r\na2\r\n").await;
    page.sees_all(&["3 entries: keys.txt", "2 keys recognised, 1 blank left out"])
        .await;
    page.give_file(FILE, "table.csv", b"a2,eu\na3,us\n").await;
    page.sees("2 entries: table.csv, the first column of each line")
        .await;
    page.sees("3 keys recognised, 1 repeated left out").await;
    page.give_file(FILE, "list.json", b"[\"a4\",\"a,5\"]").await;
    page.sees("5 keys recognised").await;
    let job = br#"{"id":"j","keys":["a6"],"detailed_status":{"a6":"Success"}}"#;
    page.give_file(FILE, "job.json", job).await;
    page.sees("6 keys recognised").await;
    page.put_into(KEYS, "a7, a8\n").await;
    page.sees("8 keys recognised").await;
    page.press("Remove 2 entries: list.json").await;
    page.sees("6 keys recognised").await;
    page.choose("Operation", "Enable keys").await;
    page.press("Start…").await;
    page.press("Start 1 job").await;
    page.sees("1 of 1 job started").await;
    assert_eq!(asked(page), ["a1", "a2", "a3", "a6", "a7", "a8"]);
}

async fn bad_files(page: &Page) {
    page.enter("?batch=new").await;
    let large = vec![b'a'; 20_000_001];
    let long = "a\n".repeat(1_000_001);
    for (name, content, why) in [
        ("empty.txt", &b""[..], "empty.txt: It is empty."),
        (
            "table.xlsx",
            b"PK\x03\x04\x00",
            "table.xlsx: It is no plain text.",
        ),
        (
            "latin.txt",
            b"cl\xe9\n",
            "latin.txt: It is no text in UTF-8: the byte at 2",
        ),
        ("large.txt", &large, "large.txt: It is larger than 20 MB."),
        (
            "long.txt",
            long.as_bytes(),
            "long.txt: It has more than 1,000,000 lines.",
        ),
        (
            "list.json",
            b"{\"total\":0}",
            "list.json: It is JSON, and neither",
        ),
    ] {
        page.give_file(FILE, name, content).await;
        page.sees(why).await;
    }
    page.sees("0 keys recognised").await;
    page.is_accessible("bad file").await;
    page.give_file(FILE, "good.txt", b"a").await;
    page.misses("It is").await;
    page.sees("1 key recognised").await;
}

async fn odd_keys(page: &Page) {
    page.enter("?batch=new").await;
    page.put_into(KEYS, "key_id\na1\nb 2\n<img src=x>\u{202e}\n")
        .await;
    page.sees("4 keys recognised").await;
    page.sees("3 look odd").await;
    page.press("Leave out the 3 that look odd").await;
    page.sees("1 key recognised").await;
    page.press("Keep what looks odd").await;
    page.sees("4 keys recognised").await;
    page.choose("Operation", "Apply a policy template").await;
    page.sees("Policy template id: it is missing").await;
    page.fill("Policy template id", "template-1").await;
    page.sees("gets the policy of the template template-1")
        .await;
    // What was asked about is what is started.
    page.press("Start…").await;
    page.sees("Apply a policy template: 4 keys?").await;
    page.press("Leave out the 3 that look odd").await;
    page.misses("Apply a policy template: 4 keys?").await;
    page.press("Start…").await;
    page.press("Do nothing").await;
    page.misses("Apply a policy template: 1 key?").await;
    assert_eq!(page.count_requests(START), 0);
}

async fn in_the_dark_on_a_narrow_screen(page: &Page) {
    let job = page.job("aws/bulkjob", "the-job", 3);
    let items = Items::Named(vec!["b 1".to_owned(), "x".repeat(300), "plain".to_owned()]);
    let mut job = job.with_failures(Failures::All("Failed".to_owned()));
    job.items = items;
    page.add([job]);
    page.advance(second(100));
    page.enter("?batch=new&from=aws/bulkjob/the-job").await;
    page.sees("3 keys recognised").await;
    page.choose("Operation", "Schedule key deletion").await;
    page.fill("Days until the deletion, 7 to 30", "7").await;
    page.press("Start…").await;
    page.is_accessible("new batch").await;
    page.picture("batch-new").await;
    page.fill("Type 3 to go on", "3").await;
    page.press("Start 1 job").await;
    page.sees("1 of 1 job started").await;
    page.is_accessible("batch").await;
    page.picture("batch").await;
    let wide = "return document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(page.js(wide, &[]).await, json!(true), "nothing is cut off");
}
