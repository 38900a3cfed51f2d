//! Errors and other unusual states: which message the page shows, and which data stays visible.

use cckm_simulator::fault::{Effect, Fault, FaultBody};
use e2e::{Page, SAMPLE_ID, Setup, answer, json_answer, scenarios, seconds};

use crate::copy;

scenarios! {
    Setup::default().without_polling() =>
        loading_is_shown_only_at_first, list_keeps_rows_while_refresh_fails,
        list_that_is_gone_shows_its_error_at_once, job_stays_while_refresh_fails, missing_job_links_to_the_list,
        forbidden_job_names_the_permission, html_answer_is_explained,
        truncated_answer_is_explained, unreadable_answer_keeps_the_job,
        null_resources_show_an_empty_page, empty_answer_is_explained,
        unreachable_server_is_retried, failed_sign_in_is_retried, job_without_items_is_reported,
        late_answer_does_not_replace_a_newer_one,
        forbidden_without_message_suggests_the_permission,
        json_of_another_media_type_is_read, trapped_program_is_reported;
    Setup::default().config(r#"{"answerSeconds":2,"poll":{"runningSeconds":300,"idleSeconds":300}}"#) =>
        silent_server_times_out;
    Setup::default().polling_fast() => answer_without_job_keeps_the_job;
    Setup::default() => silent_config_times_out;
    Setup::default().config(r#"{"idleMinutes":"ten"}"#) => invalid_config_is_explained;
    Setup::default().config("{ this is no JSON") => unreadable_config_is_explained;
    Setup::default().config(r#"{"title":"Keys of the north","future":1}"#) =>
        configured_title_is_shown;
    Setup::default() => missing_program_is_explained, wrong_program_is_explained;
}

/// Errors in the browser's console when the program is missing or wrong.
const PROGRAM_ERRORS: [&str; 2] = ["was answered with 404", "CompileError"];

async fn loading_is_shown_only_at_first(page: &Page) {
    page.add_fault(Fault::latency(seconds(2)).path("/cckm/"));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_texts(&[copy::LOADING_JOBS, "1–1 of 1"]).await;
    page.wait_for_text_gone("Loading").await;
    // A refresh keeps the rows.
    page.button(copy::REFRESH).click().await;
    page.wait_for_request("bulkjob").await;
    assert!(page.has_text(SAMPLE_ID).await);
    page.job(SAMPLE_ID).click().await;
    page.wait_for_texts(&["Loading job…", "2 of 2 keys finished"]).await;
}

async fn list_keeps_rows_while_refresh_fails(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    page.add_fault(Fault::status(500).path("/cckm/"));
    page.button(copy::REFRESH).click().await;
    page.wait_for_texts(&[copy::SERVER_FAILED_500, "unexpected error"]).await;
    page.wait_for_texts(&["1–1 of 1", SAMPLE_ID]).await;
    page.clear_faults();
    page.button(copy::TRY_AGAIN).click().await;
    page.wait_for_text_gone(copy::SERVER_FAILED_500).await;
    page.wait_for_text(SAMPLE_ID).await;
    page.wait_until("the focus stays on the page", async || {
        page.eval("return document.activeElement.tagName", &[]).await == "MAIN"
    })
    .await;
    // Another list shows none of these rows.
    page.add_fault(Fault::status(503).path("/cckm/azure"));
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_text("The server failed (503)").await;
    assert!(!page.has_text(SAMPLE_ID).await);
}

async fn list_that_is_gone_shows_its_error_at_once(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    page.add_fault(Fault::status(404).path("/cckm/"));
    page.clear_requests();
    page.button(copy::REFRESH).click().await;
    page.wait_for_texts(&[copy::NOT_FOUND, SAMPLE_ID]).await;
    assert_eq!(page.count_requests("bulkjob"), 1, "{:?}", page.requests());
    assert!(!page.has_text("although it exists").await);
}

async fn job_stays_while_refresh_fails(page: &Page) {
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 4)]);
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("0 of 4 keys finished").await;
    page.add_fault(Fault::new(Effect::Reset).path("/cckm/"));
    page.button(copy::REFRESH).click().await;
    page.wait_for_texts(&[copy::THE_SERVER_CANNOT_BE_REACHED, "0 of 4 keys finished"]).await;
    page.clear_faults();
    page.button(copy::TRY_AGAIN).click().await;
    page.wait_for_text_gone(copy::THE_SERVER_CANNOT_BE_REACHED).await;
}

async fn missing_job_links_to_the_list(page: &Page) {
    page.open_signed_in("?job=aws/bulkjob/nobody").await;
    page.wait_for_texts(&[copy::NO_SUCH_JOB, "nobody"]).await;
    assert!(!page.has_text("The server knows nothing").await, "only one message is shown");
    page.link("See all AWS bulk operations").click().await;
    page.wait_for_text("1–1 of 1").await;
}

async fn forbidden_job_names_the_permission(page: &Page) {
    page.add_fault(Fault::status(403).path("/cckm/"));
    page.open_signed_in(&format!("?job=aws/bulkjob/{SAMPLE_ID}")).await;
    page.wait_for_text("The permission keybulkoperation is missing").await;
    page.wait_for_text("User does not have the permission 'keybulkoperation' for this operation.")
        .await;
    assert!(!page.has_text("Success").await);
    assert!(!page.has_text(copy::TRY_AGAIN).await, "a second attempt would fail too");
}

async fn forbidden_without_message_suggests_the_permission(page: &Page) {
    page.add_fault(answer(403, FaultBody::None).path("/cckm/"));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("Not permitted").await;
    page.wait_for_text("This usually needs the permission keybulkoperation.").await;
    page.go_to("?jobs=aws/synchronization-jobs").await;
    page.wait_for_text("This usually needs the permission keysynchronize.").await;
}

async fn json_of_another_media_type_is_read(page: &Page) {
    let list = r#"{"total":0,"resources":[]}"#.to_owned();
    let body = FaultBody::Custom("text/plain".to_owned(), list);
    page.add_fault(answer(200, body).path("/cckm/"));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("No AWS bulk operations yet").await;
}

/// A gateway may answer like this while its server starts. The job is still running.
async fn answer_without_job_keeps_the_job(page: &Page) {
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 4)]);
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("0 of 4 keys finished").await;
    page.add_fault(json_answer(200, r#"{"message":"starting"}"#).path("/cckm/"));
    page.wait_for_text(copy::THE_ANSWER_CANNOT_BE_READ).await;
    page.wait_for_texts(&["the-job", copy::IN_PROGRESS_JOB, "0 of 4 keys finished"]).await;
    page.clear_faults();
    page.wait_for_text_gone(copy::THE_ANSWER_CANNOT_BE_READ).await;
    page.advance(seconds(15));
    page.wait_for_text("1 of 4 keys finished").await;
}

async fn silent_server_times_out(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_texts(&["1–1 of 1", copy::UPDATED]).await;
    page.add_fault(Fault::latency(seconds(3600)).path("/cckm/"));
    page.button(copy::REFRESH).click().await;
    page.wait_for_text("Refreshing…").await;
    assert!(!page.has_text(copy::UPDATED).await);
    page.wait_for_texts(&[copy::THE_SERVER_CANNOT_BE_REACHED, "it took too long"]).await;
    page.wait_for_texts(&[copy::UPDATED, "1–1 of 1", SAMPLE_ID]).await;
    assert!(!page.has_text("Refreshing…").await);
    page.clear_faults();
    page.button(copy::TRY_AGAIN).click().await;
    page.wait_for_text_gone(copy::THE_SERVER_CANNOT_BE_REACHED).await;
}

async fn silent_config_times_out(page: &Page) {
    page.add_fault(Fault::latency(seconds(3600)).path("config.json"));
    page.open("").await;
    page.wait_for_text("config.json could not be read").await;
    page.simulator(|simulator| simulator.faults.clear());
    page.button(copy::TRY_AGAIN).click().await;
    page.wait_for_text(copy::USERNAME).await;
}

/// A panic reaches the page in an event, from a handler or a promise. The events are synthetic, because
/// browsers do not report errors in a driver's scripts to the page.
async fn trapped_program_is_reported(page: &Page) {
    for event in [
        "new ErrorEvent('error', { error })",
        "new PromiseRejectionEvent('unhandledrejection', { promise: Promise.resolve(), reason: error })",
    ] {
        page.open_signed_in("?jobs=aws/bulkjob").await;
        page.wait_for_text(SAMPLE_ID).await;
        let error = "const error = new WebAssembly.RuntimeError('unreachable executed');";
        page.eval(&format!("{error} dispatchEvent({event})"), &[]).await;
        page.wait_for_text("The console has stopped").await;
        page.link("Reload").click().await;
        page.wait_for_text(copy::USERNAME).await;
    }
}

async fn html_answer_is_explained(page: &Page) {
    page.add_fault(Fault::new(Effect::Html).path("/cckm/"));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("The answer is not from the API").await;
    page.button("Message from the server").click().await;
    page.wait_for_text("<html").await;
    page.clear_faults();
    page.button(copy::TRY_AGAIN).click().await;
    page.wait_for_text("1–1 of 1").await;
}

async fn truncated_answer_is_explained(page: &Page) {
    page.add_fault(Fault::new(Effect::Truncate { bytes: 80 }).path("/cckm/"));
    page.open_signed_in(&format!("?job=aws/bulkjob/{SAMPLE_ID}")).await;
    // Depending on the place of the cut, the connection breaks or the JSON is incomplete.
    page.wait_until("the page reports the error", async || {
        page.has_text(copy::THE_SERVER_CANNOT_BE_REACHED).await
            || page.has_text(copy::THE_ANSWER_CANNOT_BE_READ).await
    })
    .await;
    page.clear_faults();
    page.button(copy::TRY_AGAIN).click().await;
    page.wait_for_text("2 of 2 keys finished").await;
}

/// Incomplete JSON in a complete answer.
async fn unreadable_answer_keeps_the_job(page: &Page) {
    let half = r#"{"id": "e612b64f", "overall_status": "compl"#;
    page.open_signed_in(&format!("?job=aws/bulkjob/{SAMPLE_ID}")).await;
    page.wait_for_text("2 of 2 keys finished").await;
    page.add_fault(json_answer(200, half).path("/cckm/"));
    page.button(copy::REFRESH).click().await;
    page.wait_for_text(copy::THE_ANSWER_CANNOT_BE_READ).await;
    page.wait_for_text(half).await;
    page.wait_for_text("2 of 2 keys finished").await;
}

async fn null_resources_show_an_empty_page(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    page.add_fault(Fault::new(Effect::NullResources).path("/cckm/"));
    page.button(copy::REFRESH).click().await;
    // Null means an empty page, even if the total is not 0.
    page.wait_for_text_gone(SAMPLE_ID).await;
    page.wait_for_texts(&["The server counts 1 job but sent none", "0 of 1"]).await;
    page.button(copy::JSON_AS_RECEIVED).click().await;
    page.wait_for_text("null").await;
}

async fn empty_answer_is_explained(page: &Page) {
    page.add_fault(Fault::new(Effect::Empty).path("/cckm/"));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_until("the page reports the error", async || {
        page.has_text("The answer is not from the API").await
            || page.has_text(copy::THE_ANSWER_CANNOT_BE_READ).await
    })
    .await;
    page.button(copy::TRY_AGAIN).wait().await;
}

async fn unreachable_server_is_retried(page: &Page) {
    page.add_fault(Fault::new(Effect::Reset).path("/cckm/"));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text(copy::THE_SERVER_CANNOT_BE_REACHED).await;
    page.clear_faults();
    page.button(copy::TRY_AGAIN).click().await;
    page.wait_for_text("1–1 of 1").await;
}

async fn failed_sign_in_is_retried(page: &Page) {
    page.add_fault(Fault::new(Effect::Reset).path("/auth/tokens/"));
    page.open("?jobs=aws/bulkjob").await;
    page.submit_sign_in("admin", "KeySecure!2024").await;
    page.wait_for_text(copy::THE_SERVER_CANNOT_BE_REACHED).await;
    page.clear_faults();
    page.add_fault(Fault::status(500).path("/auth/tokens/").times(1));
    page.button(copy::SIGN_IN).click().await;
    page.wait_for_text(copy::SERVER_FAILED_500).await;
    assert!(!page.has_text("an earlier answer").await);
    page.button(copy::SIGN_IN).click().await;
    page.wait_for_text("1–1 of 1").await;
}

async fn job_without_items_is_reported(page: &Page) {
    page.add_jobs([page.running_job("azure/bulkjobs", "the-job", 0)]);
    page.open_signed_in("?job=azure/bulkjobs/the-job").await;
    page.wait_for_text("No items yet").await;
}

async fn late_answer_does_not_replace_a_newer_one(page: &Page) {
    page.add_ended_jobs("aws/bulkjob", 50);
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–20 of 51").await;
    page.add_fault(Fault::latency(seconds(3)).path("skip=20&"));
    page.link(copy::NEXT).click().await;
    page.wait_for_request("skip=20").await;
    page.field(copy::STATUS).select(copy::COMPLETED).await;
    page.wait_for_text("1–6 of 6").await;
    page.assert_stays("the slow answer is dropped", seconds(4), async || {
        page.has_text("1–6 of 6").await
    })
    .await;
}

async fn invalid_config_is_explained(page: &Page) {
    page.open("").await;
    page.wait_for_text("config.json: idleMinutes cannot be used").await;
    page.wait_for_text("It must be a number from 0.1 to 480.").await;
    assert!(!page.has_sign_in_form().await);
    page.simulator(|simulator| simulator.faults.clear());
    page.button(copy::TRY_AGAIN).click().await;
    page.wait_for_text(copy::USERNAME).await;
}

async fn unreadable_config_is_explained(page: &Page) {
    page.open("?jobs=aws/bulkjob").await;
    page.wait_for_texts(&["config.json cannot be used", "It is not valid JSON"]).await;
    assert_eq!(page.requests(), [""; 0]);
}

async fn configured_title_is_shown(page: &Page) {
    page.allow_console_errors(&["future"]);
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("Keys of the north").await;
    let title = page.eval("return document.title", &[]).await;
    assert!(title.as_str().unwrap().contains("Keys of the north"));
}

async fn missing_program_is_explained(page: &Page) {
    page.allow_console_errors(&PROGRAM_ERRORS);
    page.add_fault(Fault::status(404).path(".wasm"));
    page.open("").await;
    page.wait_for_texts(&[copy::THE_CONSOLE_COULD_NOT_START, "404"]).await;
    page.clear_faults();
    page.link("Reload").click().await;
    page.wait_for_text(copy::USERNAME).await;
}

async fn wrong_program_is_explained(page: &Page) {
    page.allow_console_errors(&PROGRAM_ERRORS);
    page.add_fault(Fault::new(Effect::Html).path(".wasm"));
    page.open("").await;
    page.wait_for_texts(&[copy::THE_CONSOLE_COULD_NOT_START, "is not the file of this build"])
        .await;
}
