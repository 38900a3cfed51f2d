//! Every view in light, dark and narrow: accessible by axe's rules, no wider than the screen, and
//! its picture kept for people to look at.

use cckm_simulator::family::by_path;
use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::generate;
use e2e::{Page, Setting, Theme, in_both_browsers};

use crate::shop::{Shop, second};

in_both_browsers!(calm(); light, every_state, any_width);
in_both_browsers!(calm().dark(); dark, every_state_in_the_dark);
in_both_browsers!(calm().narrow(); narrow, narrow_with_long_words);
in_both_browsers!(calm().dark().narrow(); narrow_and_dark);

/// Nothing moves while axe looks.
fn calm() -> Setting {
    Setting::default().config(r#"{"poll":{"runningSeconds":300,"idleSeconds":300}}"#)
}

async fn light(page: &Page) {
    every_view(page).await;
}

async fn dark(page: &Page) {
    every_view(page).await;
}

async fn narrow(page: &Page) {
    every_view(page).await;
}

async fn narrow_and_dark(page: &Page) {
    every_view(page).await;
}

async fn every_view(page: &Page) {
    let jobs = generate::demo(1, 400, 2000, page.now());
    page.add(jobs);

    page.open("?jobs=aws/bulkjob").await;
    page.sees("Username").await;
    let theme = format!(
        "return matchMedia('(prefers-color-scheme: {})').matches",
        page.setting().theme.name()
    );
    assert_eq!(page.js(&theme, &[]).await, true);
    looks_well(page, "sign-in").await;
    page.press("Domain and connection").await;
    page.try_sign_in("admin", "wrong").await;
    page.sees("NCERRUnauthorizedAccess").await;
    looks_well(page, "sign-in-refused").await;
    page.tick("API token").await;
    page.has("field", "Token").await;
    looks_well(page, "sign-in-token").await;
    page.tick("Password").await;
    page.sign_in().await;

    page.sees("1–20 of").await;
    looks_well(page, "list-bulk").await;
    page.follow_to("?jobs=aws/synchronization-jobs").await;
    page.until("the rows are there", async || {
        page.job_ids().await.len() == 20
    })
    .await;
    looks_well(page, "list").await;
    if page.setting().width > 1000 && page.setting().theme == Theme::Light {
        page.readme_picture("jobs-light").await;
    }
    page.follow(generate::HUGE_ID).await;
    page.sees("2,000 of 2,000 regions").await;
    looks_well(page, "job").await;
    page.click_css("[role=option]").await;
    page.sees("As received").await;
    page.press("JSON as received").await;
    looks_well(page, "job-item").await;
    page.fill("Search", "no such item").await;
    page.sees("Nothing matches the search and the filter").await;
    looks_well(page, "job-nothing-matches").await;

    page.follow_to("?jobs=google/update-all-versions-jobs")
        .await;
    page.sees("The API has no list of these jobs").await;
    looks_well(page, "unlisted").await;
    page.enter_into("Job id", "778a1024-dc18-49cb-833b-cfd6c000c090")
        .await;
    page.sees("2 of 2 versions finished").await;
    looks_well(page, "job-versions").await;
    page.follow_to("?jobs=aws/bulkjob").await;
    page.sees("1–20 of").await;
    page.choose("Status", "Error").await;
    page.sees("No job matches the filters").await;
    looks_well(page, "empty").await;

    page.choose("Status", "Any").await;
    page.sees("1–20 of").await;
    page.fault(Fault::status(500).path("/cckm/"));
    page.press("Refresh").await;
    page.sees("The server failed (500)").await;
    looks_well(page, "error-with-rows").await;
    page.follow_to("?jobs=azure/bulkjobs").await;
    page.until("there are no rows", async || {
        page.job_ids().await.is_empty()
    })
    .await;
    page.sees("The server failed (500)").await;
    looks_well(page, "error").await;
    page.heal();
    page.fault(Fault::latency(second(5)).path("/cckm/google"));
    page.follow_to("?jobs=google/synchronization-jobs").await;
    page.sees("Loading jobs…").await;
    looks_well(page, "loading").await;
    page.sees("1–20 of").await;

    page.simulator(|simulator| simulator.auth.revoke_all());
    page.press("Refresh").await;
    page.sees("Sign in again").await;
    looks_well(page, "dialog").await;

    page.open("?jobs=ibm//bulkjob&colour=red").await;
    page.sign_in().await;
    page.sees("Parts of this address could not be used").await;
    looks_well(page, "notices").await;
}

async fn every_state_in_the_dark(page: &Page) {
    every_state(page).await;
}

/// What stands on the page only when something is the matter.
async fn every_state(page: &Page) {
    // First of all: what has been loaded once, the browser keeps.
    page.forgives(&["integrity", "was answered with 404"]);
    page.fault(Fault::status(404).path(".wasm"));
    page.open("").await;
    page.sees("The console could not start").await;
    looks_well(page, "no-program").await;
    page.heal();
    page.fault(Fault::latency(second(3)).path(".wasm"));
    page.open("?jobs=azure/bulkjobs").await;
    page.sees("Loading…").await;
    looks_well(page, "starting").await;
    page.sees("Username").await;
    page.heal();
    page.sign_in().await;
    page.sees("1–1 of 1").await;
    let azure = by_path("azure/bulkjobs").unwrap();
    page.simulator(|simulator| {
        simulator
            .jobs
            .remove(azure, "ee4482eb-0b97-4702-8ef6-7e86df66eaa5")
    });
    page.press("Refresh").await;
    page.sees("No Azure bulk operations yet").await;
    looks_well(page, "no-jobs-yet").await;
    page.press("Pause").await;
    page.sees("Paused").await;
    looks_well(page, "paused").await;

    page.fill_with("aws/bulkjob", 49);
    page.follow_to("?jobs=aws/bulkjob").await;
    page.sees("1–20 of 50").await;
    page.advance(second(1));
    page.add([
        page.job("aws/bulkjob", "running", 20),
        page.job("aws/bulkjob", "cancelling", 20),
    ]);
    page.follow("Next").await;
    page.sees("2 jobs arrived while you paged").await;
    looks_well(page, "arrived").await;
    page.advance(second(55));
    page.follow("Start from the first page").await;
    page.follow("running").await;
    page.sees("5 of 20 keys finished").await;
    looks_well(page, "job-running").await;
    let now = page.now();
    let bulk = by_path("aws/bulkjob").unwrap();
    page.simulator(|simulator| {
        simulator
            .jobs
            .get_mut(bulk, "cancelling")
            .unwrap()
            .aborted_at = Some(now);
    });
    page.follow("Back to AWS bulk operations").await;
    page.follow("cancelling").await;
    page.sees("A cancellation was asked for").await;
    looks_well(page, "job-cancelling").await;
    page.advance(second(600));
    page.press("Refresh").await;
    page.sees("The API has no word for cancelled").await;
    looks_well(page, "job-cancelled").await;

    page.enter("?jobs=aws/bulkjob&skip=1000").await;
    page.sees("This page lies behind the last one").await;
    looks_well(page, "behind-the-last").await;
    page.enter("?job=aws/bulkjob/nobody").await;
    page.sees("No such job").await;
    looks_well(page, "not-found").await;
    for (fault, said, view) in [
        (Fault::status(403), "keybulkoperation", "forbidden"),
        (
            Fault::new(Effect::Html),
            "The answer is not from the API",
            "not-from-the-api",
        ),
        (
            Fault::new(Effect::Reset),
            "The server cannot be reached",
            "unreachable",
        ),
    ] {
        page.fault(fault.path("/cckm/"));
        page.enter("?job=aws/bulkjob/running").await;
        page.sees(said).await;
        looks_well(page, view).await;
        page.heal();
    }
}

async fn narrow_with_long_words(page: &Page) {
    let long = "x".repeat(300);
    let mut job = page.job("aws/bulkjob", &format!("job-{long}"), 3);
    job.operation = Some(long.clone().into());
    page.add([job.with_failures(cckm_simulator::job::Failures::All(long.clone()))]);
    page.advance(second(60));
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–2 of 2").await;
    fits(page, "list-long-words").await;
    page.follow(&format!("job-{long}")).await;
    page.sees("3 of 3 keys finished").await;
    page.click_css("[role=option]").await;
    page.press("JSON as received").await;
    looks_well(page, "job-long-words").await;
}

async fn looks_well(page: &Page, view: &str) {
    page.picture(view).await;
    page.is_accessible(view).await;
    fits(page, view).await;
}

async fn any_width(page: &Page) {
    page.add(generate::demo(1, 400, 2000, page.now()));
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–20 of").await;
    for (address, name) in [
        ("?jobs=aws/bulkjob", "AWS bulk operations"),
        (
            "?jobs=google/synchronization-jobs",
            "Google key synchronizations",
        ),
        ("?jobs=aws/synchronization-jobs", "AWS key synchronizations"),
    ] {
        page.follow_to(address).await;
        page.until(name, async || {
            page.text_of("h1").await.as_deref() == Some(name)
        })
        .await;
        page.sees("1–20 of").await;
        every_width(page, name).await;
    }
    page.follow(generate::HUGE_ID).await;
    page.sees("2,000 of 2,000 regions").await;
    every_width(page, "job").await;
}

async fn every_width(page: &Page, view: &str) {
    let mut wide = Vec::new();
    for width in [500, 640, 768, 900, 1024, 1279, 1280, 1366, 1440, 1920] {
        page.resize(width).await;
        wide.extend(overflow(page).await);
    }
    assert!(wide.is_empty(), "{view}: {}", wide.join(", "));
}

/// The document does not scroll sideways.
async fn fits(page: &Page, view: &str) {
    let overflow = overflow(page).await;
    assert_eq!(overflow, None, "{view}");
}

/// How the document is wider than the window, if it is.
async fn overflow(page: &Page) -> Option<String> {
    let widths = "return [document.documentElement.scrollWidth, innerWidth]";
    let widths = page.js(widths, &[]).await;
    let (document, window) = (widths[0].as_u64()?, widths[1].as_u64()?);
    (document > window).then(|| format!("{document} pixels in {window}"))
}
