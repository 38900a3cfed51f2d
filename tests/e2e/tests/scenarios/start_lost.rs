//! Starts whose answer is lost: the console searches for the job and never repeats the start by itself.

use cckm_simulator::fault::{Effect, Fault};
use e2e::{Page, Setup, family, scenarios, seconds};

use crate::copy;
use crate::start::{BULK, enable_two, start};

scenarios! {
    Setup::default().running_clock() =>
        lost_answer_is_found_without_a_second_start,
        lost_request_is_repeated_only_on_request,
        lost_start_of_an_unlisted_family_cannot_be_checked,
        lost_start_is_reported_on_other_pages, started_job_is_shown_before_the_server_shows_it,
        start_in_flight_during_a_reload_is_looked_for, id_that_cannot_be_stored_is_shown,
        start_in_flight_at_the_sign_out_is_remembered,
        page_with_a_start_in_flight_asks_before_it_is_left, request_repeated_by_the_browser_is_reported;
}

/// The server starts the job, but its answer is lost.
async fn lost_answer_is_found_without_a_second_start(page: &Page) {
    let bulk = family("aws/bulkjob");
    page.add_ended_jobs("aws/bulkjob", 30);
    let before = page.jobs(bulk).len();
    page.open_signed_in("?start=aws/bulkjob").await;
    page.add_fault(Fault::new(Effect::Html).method("POST").path("/cckm/").processed());
    enable_two(page).await;
    page.wait_for_text("Whether the job was started is not known").await;
    page.wait_for_texts(&["1 possible job was created", "with the same request"]).await;
    assert_eq!(page.jobs(bulk).len(), before + 1);
    assert_eq!(page.count_requests(BULK), 1, "{:?}", page.requests());
    // Checking again sends no start.
    page.clear_requests();
    page.button(copy::CHECK_AGAIN).click().await;
    page.wait_for_request("GET /api/v1/cckm/aws/bulkjob").await;
    page.wait_for_text("1 possible job was created").await;
    // Leaving the page and returning sends no start either.
    page.link(copy::BACK_TO_AWS_BULK_OPERATIONS).click().await;
    page.wait_for_text("Whether AWS bulk operations were started is not known").await;
    page.link(copy::SEE_WHAT_IS_KNOWN).click().await;
    page.wait_for_text("1 possible job was created").await;
    assert_eq!(page.count_requests("POST"), 0);
    page.role("button").named_like("This is the job").click().await;
    page.wait_for_text("of 2 keys finished").await;
    assert_eq!(page.jobs(bulk).len(), before + 1);
    assert_eq!(page.count_requests("POST"), 0);
    // The notice disappears when the user has chosen the job.
    page.link(copy::BACK_TO_AWS_BULK_OPERATIONS).click().await;
    page.wait_for_text("1–20 of").await;
    assert!(!page.has_text("is not known").await);
}

/// The request does not reach the server. Only the user can repeat it.
async fn lost_request_is_repeated_only_on_request(page: &Page) {
    let family = family("aws/synchronization-jobs");
    let before = page.jobs(family).len();
    let post = "POST /api/v1/cckm/aws/synchronization-jobs";
    page.open_signed_in("?start=aws/synchronization-jobs").await;
    page.add_fault(Fault::status(503).method("POST").path("/cckm/"));
    page.add_fault(Fault::status(500).method("GET").path("/cckm/").times(1));
    page.field(copy::KMS).fill("prod-core").await;
    start(page).await;
    page.wait_for_text("Looking for the job failed").await;
    page.button(copy::CHECK_AGAIN).click().await;
    page.wait_for_text("No job with the same request was created").await;
    page.wait_for_texts(&["by the server's clock", "check again in a minute"]).await;
    page.button(copy::START_IT_AGAIN).click().await;
    page.wait_for_text("this starts a second job").await;
    page.button(copy::DO_NOTHING).click().await;
    assert_eq!(page.count_requests(post), 1);
    page.button("Back to the form").click().await;
    assert_eq!(page.field(copy::KMS).value().await.as_deref(), Some("prod-core"));
    start(page).await;
    page.wait_for_text("No job with the same request was created").await;
    assert_eq!((page.count_requests(post), page.jobs(family).len()), (2, before));
    page.clear_faults();
    page.button(copy::START_IT_AGAIN).click().await;
    page.button(copy::START_THE_JOB).click().await;
    page.wait_for_text(copy::IN_PROGRESS_JOB).await;
    assert_eq!((page.count_requests(post), page.jobs(family).len()), (3, before + 1));
}

async fn lost_start_of_an_unlisted_family_cannot_be_checked(page: &Page) {
    page.open_signed_in("?start=google/update-all-versions-jobs").await;
    page.add_fault(Fault::new(Effect::Html).method("POST").path("/cckm/").processed());
    page.field(copy::OPERATION).select("Enable all versions").await;
    page.field(copy::KEY_ID).fill("key-1").await;
    start(page).await;
    page.wait_for_text(
        "The API has no list of these jobs, so that this console cannot look for it",
    )
    .await;
    assert!(!page.has_text(copy::CHECK_AGAIN).await);
    page.button(copy::START_IT_AGAIN).wait().await;
    assert_eq!(page.count_requests("POST /api/v1/cckm/google"), 1);
}

/// The answer is lost while another page is open.
async fn lost_start_is_reported_on_other_pages(page: &Page) {
    page.open_signed_in("?start=aws/bulkjob").await;
    page.field(copy::OPERATION).select(copy::ENABLE_KEYS).await;
    page.field(copy::KEYS_TEXT).fill("key-1").await;
    let lost = Fault::status(504).method("POST").path("/cckm/").processed();
    page.add_fault(Fault { latency: seconds(2), ..lost });
    start(page).await;
    page.wait_for_request(BULK).await;
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_text("Whether AWS bulk operations were started is not known").await;
    page.link(copy::SEE_WHAT_IS_KNOWN).click().await;
    page.wait_for_text("1 possible job was created").await;
    assert_eq!(page.count_requests(BULK), 1);
}

/// When a reused connection breaks before an answer, browsers repeat the request. No page can prevent
/// that; the console reports duplicates.
async fn request_repeated_by_the_browser_is_reported(page: &Page) {
    let bulk = family("aws/bulkjob");
    let before = page.jobs(bulk).len();
    page.open_signed_in("?start=aws/bulkjob").await;
    let reset = Fault::new(Effect::Reset).method("POST").path("/cckm/");
    page.add_fault(reset.clone().times(1).processed());
    enable_two(page).await;
    page.wait_until("the page reports the result of the search", async || {
        page.has_text("have the same request and were created together").await
            || page.has_text("1 possible job was created").await
    })
    .await;
    let sent = page.count_requests(BULK);
    assert_eq!(page.jobs(bulk).len(), before + sent, "each request created a job");
    let reported = page.has_text("have the same request and were created together").await;
    assert_eq!(reported, sent > 1, "reported only if the browser repeated it");
    if reported {
        page.button("Dismiss").click().await;
        page.wait_for_text_gone("have the same request and were created together").await;
    }
    // Every answer is lost: the console finds all jobs.
    page.open_signed_in("?start=google/synchronization-jobs").await;
    page.clear_faults();
    page.add_fault(reset.processed());
    page.field(copy::KEY_RINGS).fill("ring-1").await;
    start(page).await;
    page.wait_for_text("Whether the job was started is not known").await;
    let sent = page.count_requests("POST /api/v1/cckm/google");
    let found = match sent {
        1 => "1 possible job was created".to_owned(),
        _ => format!("{sent} possible jobs were created"),
    };
    page.wait_for_text(&found).await;
    assert_eq!(page.has_text("browsers send a request again").await, sent > 1);
}

const GOOGLE: &str = "google/update-all-versions-jobs";

/// Fills in and starts an update of all versions, which the API cannot list.
async fn start_update(page: &Page) {
    page.field(copy::OPERATION).select("Enable all versions").await;
    page.field(copy::KEY_ID).fill("key-1").await;
    start(page).await;
}

/// The node that is asked for the new job does not know it yet.
async fn started_job_is_shown_before_the_server_shows_it(page: &Page) {
    page.open_signed_in("?start=aws/bulkjob").await;
    page.add_fault(Fault::status(404).method("GET").path("/bulkjob/"));
    enable_two(page).await;
    page.wait_for_text("The server does not show it at the moment").await;
    page.wait_for_texts(&[copy::IN_PROGRESS_JOB, "0 of 2 keys finished"]).await;
    assert!(!page.has_text(copy::NO_SUCH_JOB).await);
    page.clear_faults();
    page.wait_for_text_gone("The server does not show it at the moment").await;
    page.wait_for_text(copy::IN_PROGRESS_JOB).await;
    // Not shown for good: it is gone.
    page.add_fault(Fault::status(404).method("GET").path("/bulkjob/"));
    page.button(copy::REFRESH).click().await;
    page.wait_for_text("The server does not show it at the moment").await;
    page.wait_for_text("The server knows nothing under this address").await;
    assert_eq!(page.count_requests(BULK), 1);
}

/// The page is loaded again before the answer comes.
async fn start_in_flight_during_a_reload_is_looked_for(page: &Page) {
    let bulk = family("aws/bulkjob");
    let before = page.jobs(bulk).len();
    page.open_signed_in("?start=aws/bulkjob").await;
    page.add_fault(Fault::latency(seconds(3600)).method("POST").path("/cckm/").processed());
    enable_two(page).await;
    page.wait_for_request(BULK).await;
    let saved = page.eval("return JSON.stringify(localStorage)", &[]).await.to_string();
    assert!(saved.contains("key-1") && !saved.contains("eyJ"), "{saved}");
    page.clear_faults();
    page.reload_signed_in().await;
    page.wait_for_texts(&[
        "Whether the job was started is not known",
        "The page was left or loaded again before the answer came.",
        "1 possible job was created",
    ])
    .await;
    assert_eq!(page.field(copy::KEYS_TEXT).value().await.as_deref(), Some("key-1\nkey-2"));
    page.role("button").named_like("This is the job").click().await;
    page.wait_for_text("of 2 keys finished").await;
    assert_eq!((page.count_requests(BULK), page.jobs(bulk).len()), (1, before + 1));
    page.reload_signed_in().await;
    page.wait_for_text("of 2 keys finished").await;
    assert!(!page.has_text("is not known").await, "the person has chosen the job");
}

/// The id is the only way to a job that the API cannot list.
async fn id_that_cannot_be_stored_is_shown(page: &Page) {
    page.open_signed_in(&format!("?start={GOOGLE}")).await;
    page.eval("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }", &[])
        .await;
    start_update(page).await;
    page.wait_for_text("the browser could not save its id").await;
    page.go_to("?jobs=aws/bulkjob").await;
    page.wait_for_text("the browser could not save its id").await;
    let text = page.text().await;
    assert!(page.jobs(family(GOOGLE)).iter().any(|job| text.contains(&job.id)), "{text}");
    page.button("Dismiss").click().await;
    page.wait_for_text_gone("the browser could not save its id").await;
}

/// The answer to a start comes after the sign-out: the id of the job is stored all the same.
async fn start_in_flight_at_the_sign_out_is_remembered(page: &Page) {
    page.open_signed_in(&format!("?start={GOOGLE}")).await;
    page.add_fault(Fault::latency(seconds(3)).method("POST").path("/cckm/"));
    start_update(page).await;
    page.wait_for_request("POST /api/v1/cckm/google").await;
    page.button(copy::SIGN_OUT).click().await;
    page.wait_until("the id is stored", async || {
        let saved = page.eval("return JSON.stringify(localStorage)", &[]).await.to_string();
        page.jobs(family(GOOGLE)).iter().any(|job| saved.contains(&job.id))
    })
    .await;
}

/// The event is synthetic, because drivers answer the question of the browser by themselves.
async fn page_with_a_start_in_flight_asks_before_it_is_left(page: &Page) {
    let leave = "return dispatchEvent(new Event('beforeunload', { cancelable: true }))";
    let asks = async || page.eval(leave, &[]).await == false;
    page.open_signed_in("?start=aws/bulkjob").await;
    page.add_fault(Fault::latency(seconds(5)).method("POST").path("/cckm/"));
    assert!(!asks().await, "nothing would be lost");
    enable_two(page).await;
    page.wait_for_request(BULK).await;
    assert!(asks().await, "the result of the start would be lost");
    page.wait_for_text("of 2 keys finished").await;
    assert!(!asks().await, "the result is known");
}
