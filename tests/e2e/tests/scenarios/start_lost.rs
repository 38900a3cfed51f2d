//! The start of which nobody knows whether it was done: it is looked for, and never sent again unasked.

use cckm_simulator::family::by_path;
use cckm_simulator::fault::{Effect, Fault};
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::{Shop, second};
use crate::start::{BULK, count, enable_two, start};

in_both_browsers!(Setting::default().running();
    a_lost_answer_makes_no_second_job, a_start_that_was_not_done, nobody_can_look, elsewhere_when_it_is_lost, sent_twice_by_the_browser);

/// The server does it, and its answer never comes.
async fn a_lost_answer_makes_no_second_job(page: &Page) {
    let bulk = by_path("aws/bulkjob").unwrap();
    page.fill_with("aws/bulkjob", 30);
    let before = count(page, bulk);
    page.enter("?start=aws/bulkjob").await;
    page.fault(
        Fault::new(Effect::Html)
            .method("POST")
            .path("/cckm/")
            .processed(),
    );
    enable_two(page).await;
    page.sees("Whether the job was started is not known").await;
    page.sees("1 job that may be it was created").await;
    page.sees("asks for the same").await;
    assert_eq!(count(page, bulk), before + 1);
    assert_eq!(page.count_requests(BULK), 1, "{:?}", page.requests());
    // Looking, as often as one likes, sends nothing.
    page.forget_requests();
    page.press("Look again").await;
    page.is_asked("GET /api/v1/cckm/aws/bulkjob").await;
    page.sees("1 job that may be it was created").await;
    // Neither does going away and coming back.
    page.follow("Back to AWS bulk operations").await;
    page.sees("Whether AWS bulk operations were started is not known")
        .await;
    page.follow("See what is known").await;
    page.sees("1 job that may be it was created").await;
    assert_eq!(page.count_requests("POST"), 0);
    let chosen = "document.querySelector('.start__found button').click()";
    page.js(chosen, &[]).await;
    page.sees("of 2 keys finished").await;
    assert_eq!(count(page, bulk), before + 1);
    assert_eq!(page.count_requests("POST"), 0);
    // What is resolved is told no more.
    page.follow("Back to AWS bulk operations").await;
    page.sees("1–20 of").await;
    assert!(!page.shows("is not known").await);
}

/// The request is lost on its way: nothing was done, and only the person sends it again.
async fn a_start_that_was_not_done(page: &Page) {
    let family = by_path("aws/synchronization-jobs").unwrap();
    let before = count(page, family);
    let post = "POST /api/v1/cckm/aws/synchronization-jobs";
    page.enter("?start=aws/synchronization-jobs").await;
    page.fault(Fault::status(503).method("POST").path("/cckm/"));
    page.fault(Fault::status(500).method("GET").path("/cckm/").times(1));
    page.fill("KMS", "prod-core").await;
    start(page).await;
    page.sees("Looking for the job failed").await;
    page.press("Look again").await;
    page.sees("No job that asks for the same was created").await;
    page.sees("by the server's clock").await;
    page.sees("look again in a minute").await;
    page.press("Start it again…").await;
    page.sees("this starts a second job").await;
    page.press("Do nothing").await;
    assert_eq!(page.count_requests(post), 1);
    page.press("Leave it").await;
    assert_eq!(page.value("KMS").await.as_deref(), Some("prod-core"));
    start(page).await;
    page.sees("No job that asks for the same was created").await;
    assert_eq!(
        (page.count_requests(post), count(page, family)),
        (2, before)
    );
    page.heal();
    page.press("Start it again…").await;
    page.press("Start the job").await;
    page.sees("In progress").await;
    assert_eq!(
        (page.count_requests(post), count(page, family)),
        (3, before + 1)
    );
}

async fn nobody_can_look(page: &Page) {
    page.enter("?start=google/update-all-versions-jobs").await;
    page.fault(
        Fault::new(Effect::Html)
            .method("POST")
            .path("/cckm/")
            .processed(),
    );
    page.choose("Operation", "Enable").await;
    page.fill("Key id", "key-1").await;
    start(page).await;
    page.sees("The API has no list of these jobs, so that this console cannot look for it")
        .await;
    assert!(!page.shows("Look again").await);
    page.has("button", "Start it again…").await;
    assert_eq!(page.count_requests("POST /api/v1/cckm/google"), 1);
}

/// The answer is lost while the person is on another page.
async fn elsewhere_when_it_is_lost(page: &Page) {
    page.enter("?start=aws/bulkjob").await;
    page.choose("Operation", "Enable").await;
    page.fill("Keys", "key-1").await;
    let lost = Fault::status(504).method("POST").path("/cckm/").processed();
    page.fault(Fault {
        latency: second(2),
        ..lost
    });
    start(page).await;
    page.is_asked(BULK).await;
    page.follow_to("?jobs=azure/bulkjobs").await;
    page.sees("Whether AWS bulk operations were started is not known")
        .await;
    page.follow("See what is known").await;
    page.sees("1 job that may be it was created").await;
    assert_eq!(page.count_requests(BULK), 1);
}

/// A connection that was in use before breaks without an answer. Browsers then send the request again by
/// themselves, which no page can forbid; what came of it is told.
async fn sent_twice_by_the_browser(page: &Page) {
    let bulk = by_path("aws/bulkjob").unwrap();
    let before = count(page, bulk);
    page.enter("?start=aws/bulkjob").await;
    let reset = Fault::new(Effect::Reset).method("POST").path("/cckm/");
    page.fault(reset.clone().times(1).processed());
    enable_two(page).await;
    page.until("it tells what came of it", async || {
        page.shows("ask for the same and were created at once")
            .await
            || page.shows("1 job that may be it was created").await
    })
    .await;
    let sent = page.count_requests(BULK);
    assert_eq!(count(page, bulk), before + sent, "each request made a job");
    let told = page
        .shows("ask for the same and were created at once")
        .await;
    assert_eq!(told, sent > 1, "told if and only if the browser did it");
    if told {
        page.press("I have seen it").await;
        page.misses("ask for the same and were created at once")
            .await;
    }
    // Lost each time, as often as there are connections: all are found.
    page.open("?start=google/synchronization-jobs").await;
    page.sign_in().await;
    page.heal();
    page.fault(reset.processed());
    page.fill("Key rings", "ring-1").await;
    start(page).await;
    page.sees("Whether the job was started is not known").await;
    let sent = page.count_requests("POST /api/v1/cckm/google");
    let found = match sent {
        1 => "1 job that may be it was created".to_owned(),
        _ => format!("{sent} jobs that may be it were created"),
    };
    page.sees(&found).await;
    assert_eq!(
        page.shows("browsers send a request a second time").await,
        sent > 1
    );
}
