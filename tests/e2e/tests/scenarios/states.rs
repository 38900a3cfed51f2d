//! Every state that a page can be in but the usual one: what it says, and what stays.

use cckm_simulator::fault::{Effect, Fault, FaultBody};
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::{Shop, second};

in_both_browsers!(Setting::default().config(r#"{"poll":{"runningSeconds":300,"idleSeconds":300}}"#);
    loading, stale_after_an_error, a_job_stale_after_an_error, not_found, forbidden, a_page_in_place_of_json,
    a_cut_answer, an_unreadable_answer, null_resources, an_empty_answer, unreachable, sign_in_unreachable, no_items_yet, the_latest_wins,
    forbidden_without_a_word, json_of_another_type, a_program_that_stops);
in_both_browsers!(Setting::default().config(r#"{"answerSeconds":2,"poll":{"runningSeconds":300,"idleSeconds":300}}"#);
    a_server_that_falls_silent);
in_both_browsers!(Setting::default().polling_fast(); an_answer_that_is_no_job);
in_both_browsers!(Setting::default(); a_host_that_falls_silent);
in_both_browsers!(Setting::default().config(r#"{"idleMinutes":"ten"}"#); broken_config);
in_both_browsers!(Setting::default().config("{ this is no JSON"); unreadable_config);
in_both_browsers!(Setting::default().config(r#"{"title":"Keys of the north","future":1}"#); a_title_of_its_own);
in_both_browsers!(Setting::default(); no_program, a_wrong_program);

/// What the console may say when the program is not what it should be.
const PROGRAM: [&str; 3] = [
    "integrity",
    "was answered with 404",
    "is not the file of this build",
];
const ID: &str = "e612b64f-6364-48ce-92ec-c6dd608d7ad0";

async fn loading(page: &Page) {
    page.fault(Fault::latency(second(2)).path("/cckm/"));
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("Loading jobs…").await;
    page.sees("1–1 of 1").await;
    page.misses("Loading").await;
    // A refresh is no loading: what is known stays.
    page.press("Refresh").await;
    page.is_asked("bulkjob").await;
    assert!(page.shows(ID).await);
    page.follow(ID).await;
    page.sees("Loading job…").await;
    page.sees("2 of 2 keys finished").await;
}

async fn stale_after_an_error(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    page.fault(Fault::status(500).path("/cckm/"));
    page.press("Refresh").await;
    page.sees("The server failed (500)").await;
    page.sees("unexpected error").await;
    page.sees_all(&["1–1 of 1", ID]).await;
    page.heal();
    page.press("Try again").await;
    page.misses("The server failed (500)").await;
    page.sees(ID).await;
    // Nothing is kept that another list showed.
    page.fault(Fault::status(503).path("/cckm/azure"));
    page.follow_to("?jobs=azure/bulkjobs").await;
    page.sees("The server failed (503)").await;
    assert!(!page.shows(ID).await);
}

async fn a_job_stale_after_an_error(page: &Page) {
    page.add([page.job("aws/bulkjob", "the-job", 4)]);
    page.enter("?job=aws/bulkjob/the-job").await;
    page.sees("0 of 4 keys finished").await;
    page.fault(Fault::new(Effect::Reset).path("/cckm/"));
    page.press("Refresh").await;
    page.sees("The server cannot be reached").await;
    page.sees("0 of 4 keys finished").await;
    page.heal();
    page.press("Try again").await;
    page.misses("The server cannot be reached").await;
}

async fn not_found(page: &Page) {
    page.enter("?job=aws/bulkjob/nobody").await;
    page.sees_all(&["No such job", "nobody"]).await;
    assert!(
        !page.shows("The server knows nothing").await,
        "once is enough"
    );
    page.follow("See all AWS bulk operations").await;
    page.sees("1–1 of 1").await;
}

async fn forbidden(page: &Page) {
    page.fault(Fault::status(403).path("/cckm/"));
    page.enter(&format!("?job=aws/bulkjob/{ID}")).await;
    page.sees("The permission keybulkoperation is missing")
        .await;
    page.sees("User does not have the permission 'keybulkoperation' for this operation.")
        .await;
    assert!(!page.shows("Success").await);
    assert!(!page.shows("Try again").await, "it would not help");
}

async fn forbidden_without_a_word(page: &Page) {
    page.fault(Fault::new(answer(403, FaultBody::None)).path("/cckm/"));
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("Not permitted").await;
    page.sees("This usually needs the permission keybulkoperation.")
        .await;
    page.follow_to("?jobs=aws/synchronization-jobs").await;
    page.sees("This usually needs the permission keysynchronize.")
        .await;
}

async fn json_of_another_type(page: &Page) {
    let list = r#"{"total":0,"resources":[]}"#.to_owned();
    let body = FaultBody::Custom("text/plain".to_owned(), list);
    page.fault(Fault::new(answer(200, body)).path("/cckm/"));
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("No AWS bulk operations yet").await;
}

/// As of a gateway whose server is just starting: not the job, and not its end.
async fn an_answer_that_is_no_job(page: &Page) {
    page.add([page.job("aws/bulkjob", "the-job", 4)]);
    page.enter("?job=aws/bulkjob/the-job").await;
    page.sees("0 of 4 keys finished").await;
    let body = r#"{"message":"starting"}"#.to_owned();
    let body = FaultBody::Custom("application/json".to_owned(), body);
    page.fault(Fault::new(answer(200, body)).path("/cckm/"));
    page.sees("The answer cannot be read").await;
    page.sees_all(&["the-job", "In progress", "0 of 4 keys finished"])
        .await;
    page.heal();
    page.misses("The answer cannot be read").await;
    page.advance(second(15));
    page.sees("1 of 4 keys finished").await;
}

async fn a_server_that_falls_silent(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    page.sees("Updated").await;
    page.fault(Fault::latency(second(3600)).path("/cckm/"));
    page.press("Refresh").await;
    page.sees("Refreshing…").await;
    assert!(!page.shows("Updated").await);
    page.sees("The server cannot be reached").await;
    page.sees("it took too long").await;
    page.sees_all(&["Updated", "1–1 of 1", ID]).await;
    assert!(!page.shows("Refreshing…").await);
    page.heal();
    page.press("Try again").await;
    page.misses("The server cannot be reached").await;
}

async fn a_host_that_falls_silent(page: &Page) {
    page.fault(Fault::latency(second(3600)).path("config.json"));
    page.open("").await;
    page.sees("config.json could not be read").await;
    page.simulator(|simulator| simulator.faults.clear());
    page.press("Try again").await;
    page.sees("Username").await;
}

/// What a panic is to the page, in an event and in a promise. The events are the driver's: of an
/// error in its own scripts browsers tell the page nothing.
async fn a_program_that_stops(page: &Page) {
    for event in [
        "new ErrorEvent('error', { error })",
        "new PromiseRejectionEvent('unhandledrejection', { promise: Promise.resolve(), reason: error })",
    ] {
        page.enter("?jobs=aws/bulkjob").await;
        page.sees(ID).await;
        let error = "const error = new WebAssembly.RuntimeError('unreachable executed');";
        page.js(&format!("{error} dispatchEvent({event})"), &[])
            .await;
        page.sees("The console has stopped").await;
        page.follow("Reload").await;
        page.sees("Username").await;
    }
}

fn answer(status: u16, body: FaultBody) -> Effect {
    Effect::Status {
        status,
        body,
        retry_after: None,
    }
}

async fn a_page_in_place_of_json(page: &Page) {
    page.fault(Fault::new(Effect::Html).path("/cckm/"));
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("The answer is not from the API").await;
    page.press("The server's words").await;
    page.sees("<html").await;
    page.heal();
    page.press("Try again").await;
    page.sees("1–1 of 1").await;
}

async fn a_cut_answer(page: &Page) {
    page.fault(Fault::new(Effect::Truncate(80)).path("/cckm/"));
    page.enter(&format!("?job=aws/bulkjob/{ID}")).await;
    // Cut on the way it is a broken connection, cut before it is unreadable.
    page.until("it tells of it", async || {
        page.shows("The server cannot be reached").await
            || page.shows("The answer cannot be read").await
    })
    .await;
    page.heal();
    page.press("Try again").await;
    page.sees("2 of 2 keys finished").await;
}

/// JSON that ends too soon, though all of it came.
async fn an_unreadable_answer(page: &Page) {
    let half = r#"{"id": "e612b64f", "overall_status": "compl"#;
    let body = FaultBody::Custom("application/json".to_owned(), half.to_owned());
    let effect = answer(200, body);
    page.enter(&format!("?job=aws/bulkjob/{ID}")).await;
    page.sees("2 of 2 keys finished").await;
    page.fault(Fault::new(effect).path("/cckm/"));
    page.press("Refresh").await;
    page.sees("The answer cannot be read").await;
    page.sees(half).await;
    page.sees("2 of 2 keys finished").await;
}

async fn null_resources(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    page.fault(Fault::new(Effect::NullResources).path("/cckm/"));
    page.press("Refresh").await;
    // Null is an empty page, though the total says otherwise.
    page.misses(ID).await;
    page.sees("The server counts 1 job but sent none").await;
    page.sees("0 of 1").await;
    page.press("JSON as received").await;
    page.sees("null").await;
}

async fn an_empty_answer(page: &Page) {
    page.fault(Fault::new(Effect::Empty).path("/cckm/"));
    page.enter("?jobs=aws/bulkjob").await;
    page.until("it tells of it", async || {
        page.shows("The answer is not from the API").await
            || page.shows("The answer cannot be read").await
    })
    .await;
    page.has("button", "Try again").await;
}

async fn unreachable(page: &Page) {
    page.fault(Fault::new(Effect::Reset).path("/cckm/"));
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("The server cannot be reached").await;
    page.heal();
    page.press("Try again").await;
    page.sees("1–1 of 1").await;
}

async fn sign_in_unreachable(page: &Page) {
    page.fault(Fault::new(Effect::Reset).path("/auth/tokens/"));
    page.open("?jobs=aws/bulkjob").await;
    page.try_sign_in("admin", "KeySecure!2024").await;
    page.sees("The server cannot be reached").await;
    page.heal();
    page.fault(Fault::status(500).path("/auth/tokens/").times(1));
    page.press("Sign in").await;
    page.sees("The server failed (500)").await;
    assert!(!page.shows("an earlier answer").await);
    page.press("Sign in").await;
    page.sees("1–1 of 1").await;
}

async fn no_items_yet(page: &Page) {
    page.add([page.job("azure/bulkjobs", "the-job", 0)]);
    page.enter("?job=azure/bulkjobs/the-job").await;
    page.sees("No items yet").await;
}

/// A slow answer never takes the place of a later one.
async fn the_latest_wins(page: &Page) {
    page.fill_with("aws/bulkjob", 50);
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–20 of 51").await;
    page.fault(Fault::latency(second(3)).path("skip=20&"));
    page.follow("Next").await;
    page.is_asked("skip=20").await;
    page.choose("Status", "Completed").await;
    page.sees("1–6 of 6").await;
    page.stays("the slow answer is dropped", second(4), async || {
        page.shows("1–6 of 6").await
    })
    .await;
}

async fn broken_config(page: &Page) {
    page.open("").await;
    page.sees("config.json: idleMinutes cannot be used").await;
    page.sees("It must be a number from 0.1 to 480.").await;
    assert!(!page.has_sign_in_form().await);
    page.simulator(|simulator| simulator.faults.clear());
    page.press("Try again").await;
    page.sees("Username").await;
}

async fn unreadable_config(page: &Page) {
    page.open("?jobs=aws/bulkjob").await;
    page.sees("config.json cannot be used").await;
    page.sees("It is not valid JSON").await;
    assert_eq!(page.requests(), [""; 0]);
}

async fn a_title_of_its_own(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("Keys of the north").await;
    let title = page.js("return document.title", &[]).await;
    assert!(title.as_str().unwrap().contains("Keys of the north"));
}

async fn no_program(page: &Page) {
    page.forgives(&PROGRAM);
    page.fault(Fault::status(404).path(".wasm"));
    page.open("").await;
    page.sees("The console could not start").await;
    page.sees("404").await;
    page.heal();
    page.follow("Reload").await;
    page.sees("Username").await;
}

async fn a_wrong_program(page: &Page) {
    page.forgives(&PROGRAM);
    page.fault(Fault::new(Effect::Html).path(".wasm"));
    page.open("").await;
    page.sees("The console could not start").await;
    page.sees("is not the file of this build").await;
}
