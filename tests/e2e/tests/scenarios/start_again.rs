//! Starting a job once more, and how all of starting looks.

use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::job::Failures;
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::{Shop, second};
use crate::start::start;

in_both_browsers!(Setting::default(); once_more, once_more_for_what_failed);

async fn once_more(page: &Page) {
    page.enter("?start=aws/bulkjob&from=e612b64f-6364-48ce-92ec-c6dd608d7ad0")
        .await;
    page.sees("Filled in from the job").await;
    let keys = page.value("Keys").await.unwrap_or_default();
    assert_eq!(keys.lines().count(), 2, "{keys}");
    let known = page.value("Operation").await.unwrap_or_default();
    assert_ne!(known, "Choose…");
    // Another job, and one that is not there.
    page.follow_to("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    page.open("?start=aws/bulkjob&from=nobody").await;
    page.sign_in().await;
    page.sees("Not found").await;
    page.follow("Begin with an empty form").await;
    page.has("button", "Review…").await;
    assert_eq!(page.value("Keys").await.as_deref(), Some(""));
    // What the job does not tell is said.
    page.add([page.job("azure/bulkjobs", "the-job", 3)]);
    page.open("?start=azure/bulkjobs&from=the-job").await;
    page.sign_in().await;
    page.sees("The job does not tell these, so enter them again: Of one key")
        .await;
}

async fn once_more_for_what_failed(page: &Page) {
    page.enter("?start=aws/synchronization-jobs").await;
    page.simulator(|simulator| {
        simulator.behaviour.item_failures = vec![("eu-west-2".to_owned(), "timed out".to_owned())];
    });
    page.fill("KMS", "prod-core\nprod-data").await;
    page.fill("Regions", "eu-west-1\neu-west-2").await;
    start(page).await;
    page.sees("In progress").await;
    let id = page.text_of("h1").await.unwrap();
    page.advance(second(60));
    page.open(&format!(
        "?start=aws/synchronization-jobs&from={id}&only=failed"
    ))
    .await;
    page.sign_in().await;
    page.sees("Filled in with what failed of the job").await;
    page.sees("The job names accounts by number").await;
    assert_eq!(page.value("Regions").await.as_deref(), Some("eu-west-2"));
    assert_eq!(
        page.value("KMS").await.as_deref(),
        Some("prod-core\nprod-data")
    );
    start(page).await;
    page.sees("0 of 2 regions finished").await;

    let job = page.job("aws/bulkjob", "the-job", 4);
    let failed = Failures::At([(2, "NCERRConflict".to_owned())].into_iter().collect());
    page.add([job.with_failures(failed)]);
    page.advance(second(60));
    page.open("?start=aws/bulkjob&from=the-job&only=failed")
        .await;
    page.sign_in().await;
    page.sees("Filled in with what failed of the job").await;
    let keys = page.value("Keys").await.unwrap_or_default();
    assert_eq!(keys.lines().count(), 1, "{keys}");
}

in_both_browsers!(calm(); looks_well);
in_both_browsers!(calm().dark().narrow(); looks_well_when_narrow);

fn calm() -> Setting {
    Setting::default()
        .config(r#"{"poll":{"runningSeconds":300,"idleSeconds":300}}"#)
        .running()
}

async fn looks_well_when_narrow(page: &Page) {
    looks_well(page).await;
}

async fn looks_well(page: &Page) {
    page.enter("?start=aws/bulkjob").await;
    page.press("Review…").await;
    page.sees("fields have to be corrected").await;
    looks(page, "start-wrong").await;
    page.choose("Operation", "Schedule the deletion").await;
    page.fill("Keys", &format!("key-1\nkey-1\n{}", "x".repeat(300)))
        .await;
    page.fill("Days until the deletion", "7").await;
    page.press("Review…").await;
    page.sees("Start this job?").await;
    page.press("What is sent").await;
    looks(page, "start-question").await;
    page.fault(
        Fault::new(Effect::Html)
            .method("POST")
            .path("/cckm/")
            .processed(),
    );
    page.fill("Type 2 to go on", "2").await;
    page.press("Start the job").await;
    page.sees("1 job that may be it was created").await;
    looks(page, "start-lost").await;
    page.follow_to("?jobs=azure/bulkjobs").await;
    page.sees("See what is known").await;
    looks(page, "start-unresolved").await;
    page.open("?start=hsm/luna/refresh").await;
    page.sign_in().await;
    page.sees("No document tells what this request takes").await;
    looks(page, "start-inferred").await;
}

async fn looks(page: &Page, view: &str) {
    page.picture(view).await;
    page.is_accessible(view).await;
    let wide = "return document.documentElement.scrollWidth - innerWidth";
    let wide = page.js(wide, &[]).await.as_i64().unwrap_or_default();
    assert!(wide <= 0, "{view} is {wide} pixels too wide");
}
