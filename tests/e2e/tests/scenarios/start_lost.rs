//! The start of which nobody knows whether it was done: it is looked for, and never sent again unasked.

use cckm_simulator::fault::{Effect, Fault};
use e2e::{Page, Setup, family, scenarios, seconds};

use crate::start::{BULK, count, enable_two, start};

scenarios! {
    Setup::default().running_clock() =>
        lost_answer_is_found_without_a_second_start,
        lost_request_is_repeated_only_on_request,
        lost_start_of_an_unlisted_family_cannot_be_checked,
        lost_start_is_reported_on_other_pages, request_repeated_by_the_browser_is_reported;
}

/// The server does it, and its answer never comes.
async fn lost_answer_is_found_without_a_second_start(page: &Page) {
    let bulk = family("aws/bulkjob");
    page.add_ended_jobs("aws/bulkjob", 30);
    let before = count(page, bulk);
    page.open_signed_in("?start=aws/bulkjob").await;
    page.add_fault(Fault::new(Effect::Html).method("POST").path("/cckm/").processed());
    enable_two(page).await;
    page.wait_for_text("Whether the job was started is not known").await;
    page.wait_for_texts(&["1 job that may be it was created", "asks for the same"]).await;
    assert_eq!(count(page, bulk), before + 1);
    assert_eq!(page.count_requests(BULK), 1, "{:?}", page.requests());
    // Looking, as often as one likes, sends nothing.
    page.clear_requests();
    page.button("Look again").click().await;
    page.wait_for_request("GET /api/v1/cckm/aws/bulkjob").await;
    page.wait_for_text("1 job that may be it was created").await;
    // Neither does going away and coming back.
    page.link("Back to AWS bulk operations").click().await;
    page.wait_for_text("Whether AWS bulk operations were started is not known").await;
    page.link("See what is known").click().await;
    page.wait_for_text("1 job that may be it was created").await;
    assert_eq!(page.count_requests("POST"), 0);
    page.role("button").named_like("It is this one").click().await;
    page.wait_for_text("of 2 keys finished").await;
    assert_eq!(count(page, bulk), before + 1);
    assert_eq!(page.count_requests("POST"), 0);
    // What is resolved is told no more.
    page.link("Back to AWS bulk operations").click().await;
    page.wait_for_text("1–20 of").await;
    assert!(!page.has_text("is not known").await);
}

/// The request is lost on its way: nothing was done, and only the person sends it again.
async fn lost_request_is_repeated_only_on_request(page: &Page) {
    let family = family("aws/synchronization-jobs");
    let before = count(page, family);
    let post = "POST /api/v1/cckm/aws/synchronization-jobs";
    page.open_signed_in("?start=aws/synchronization-jobs").await;
    page.add_fault(Fault::status(503).method("POST").path("/cckm/"));
    page.add_fault(Fault::status(500).method("GET").path("/cckm/").times(1));
    page.field("KMS").fill("prod-core").await;
    start(page).await;
    page.wait_for_text("Looking for the job failed").await;
    page.button("Look again").click().await;
    page.wait_for_text("No job that asks for the same was created").await;
    page.wait_for_texts(&["by the server's clock", "look again in a minute"]).await;
    page.button("Start it again…").click().await;
    page.wait_for_text("this starts a second job").await;
    page.button("Do nothing").click().await;
    assert_eq!(page.count_requests(post), 1);
    page.button("Leave it").click().await;
    assert_eq!(page.field("KMS").value().await.as_deref(), Some("prod-core"));
    start(page).await;
    page.wait_for_text("No job that asks for the same was created").await;
    assert_eq!((page.count_requests(post), count(page, family)), (2, before));
    page.clear_faults();
    page.button("Start it again…").click().await;
    page.button("Start the job").click().await;
    page.wait_for_text("In progress").await;
    assert_eq!((page.count_requests(post), count(page, family)), (3, before + 1));
}

async fn lost_start_of_an_unlisted_family_cannot_be_checked(page: &Page) {
    page.open_signed_in("?start=google/update-all-versions-jobs").await;
    page.add_fault(Fault::new(Effect::Html).method("POST").path("/cckm/").processed());
    page.field("Operation").select("Enable").await;
    page.field("Key id").fill("key-1").await;
    start(page).await;
    page.wait_for_text(
        "The API has no list of these jobs, so that this console cannot look for it",
    )
    .await;
    assert!(!page.has_text("Look again").await);
    page.button("Start it again…").wait().await;
    assert_eq!(page.count_requests("POST /api/v1/cckm/google"), 1);
}

/// The answer is lost while the person is on another page.
async fn lost_start_is_reported_on_other_pages(page: &Page) {
    page.open_signed_in("?start=aws/bulkjob").await;
    page.field("Operation").select("Enable").await;
    page.field("Keys").fill("key-1").await;
    let lost = Fault::status(504).method("POST").path("/cckm/").processed();
    page.add_fault(Fault { latency: seconds(2), ..lost });
    start(page).await;
    page.wait_for_request(BULK).await;
    page.link_to("?jobs=azure/bulkjobs").click().await;
    page.wait_for_text("Whether AWS bulk operations were started is not known").await;
    page.link("See what is known").click().await;
    page.wait_for_text("1 job that may be it was created").await;
    assert_eq!(page.count_requests(BULK), 1);
}

/// A connection that was in use before breaks without an answer. Browsers then send the request again by
/// themselves, which no page can forbid; what came of it is told.
async fn request_repeated_by_the_browser_is_reported(page: &Page) {
    let bulk = family("aws/bulkjob");
    let before = count(page, bulk);
    page.open_signed_in("?start=aws/bulkjob").await;
    let reset = Fault::new(Effect::Reset).method("POST").path("/cckm/");
    page.add_fault(reset.clone().times(1).processed());
    enable_two(page).await;
    page.wait_until("it tells what came of it", async || {
        page.has_text("ask for the same and were created at once").await
            || page.has_text("1 job that may be it was created").await
    })
    .await;
    let sent = page.count_requests(BULK);
    assert_eq!(count(page, bulk), before + sent, "each request made a job");
    let told = page.has_text("ask for the same and were created at once").await;
    assert_eq!(told, sent > 1, "told if and only if the browser did it");
    if told {
        page.button("I have seen it").click().await;
        page.wait_for_text_gone("ask for the same and were created at once").await;
    }
    // Lost each time, as often as there are connections: all are found.
    page.open("?start=google/synchronization-jobs").await;
    page.sign_in().await;
    page.clear_faults();
    page.add_fault(reset.processed());
    page.field("Key rings").fill("ring-1").await;
    start(page).await;
    page.wait_for_text("Whether the job was started is not known").await;
    let sent = page.count_requests("POST /api/v1/cckm/google");
    let found = match sent {
        1 => "1 job that may be it was created".to_owned(),
        _ => format!("{sent} jobs that may be it were created"),
    };
    page.wait_for_text(&found).await;
    assert_eq!(page.has_text("browsers send a request a second time").await, sent > 1);
}
