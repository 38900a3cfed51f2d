//! Every view in light, dark and narrow: accessible by axe's rules and no wider than the window. Saves
//! screenshots.

use cckm_simulator::family::FAMILIES;
use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::generate;
use e2e::{Page, SAMPLE_ID, Setup, Theme, family, json_answer, scenarios, seconds};
use serde_json::json;

use crate::copy;

scenarios! {
    Setup::default().without_polling() =>
        every_view_is_accessible(every_view), every_state_is_accessible(every_state),
        views_fit_every_width, refresh_text_covers_no_control;
    Setup::default().without_polling().dark() =>
        every_dark_view_is_accessible(every_view), every_dark_state_is_accessible(every_state);
    Setup::default().without_polling().narrow() =>
        every_narrow_view_is_accessible(every_view), long_words_fit_a_narrow_window,
        narrow_window_shows_where_it_is;
    Setup::default().without_polling().dark().narrow() =>
        every_narrow_dark_view_is_accessible(every_view);
}

async fn every_view(page: &Page) {
    let jobs = generate::demo(1, 400, 2000, page.now());
    page.add_jobs(jobs);

    page.open("?jobs=aws/bulkjob").await;
    page.wait_for_text(copy::USERNAME).await;
    let theme = format!(
        "return matchMedia('(prefers-color-scheme: {})').matches",
        page.setup().theme.as_str()
    );
    assert_eq!(page.eval(&theme, &[]).await, true);
    page.check_view("sign-in").await;
    page.button(copy::TENANT_DOMAIN_AND_CONNECTION).click().await;
    page.submit_sign_in("admin", "wrong").await;
    page.wait_for_text("NCERRUnauthorizedAccess").await;
    page.check_view("sign-in-refused").await;
    page.radio(copy::API_TOKEN).click().await;
    page.field(copy::TOKEN).wait().await;
    page.check_view("sign-in-token").await;
    page.radio(copy::PASSWORD).click().await;
    page.sign_in().await;

    page.wait_for_text("1–20 of").await;
    page.check_view("list-bulk").await;
    page.go_to("?jobs=aws/synchronization-jobs").await;
    page.wait_until("the rows are there", async || page.job_ids().await.len() == 20).await;
    page.check_view("list").await;
    if page.setup().width > 1000 && page.setup().theme == Theme::Light {
        page.readme_screenshot("jobs-light").await;
    }
    page.job(generate::HUGE_ID).click().await;
    page.wait_for_text("2,000 of 2,000 regions finished").await;
    page.check_view("job-problems").await;
    for (tab, view) in [("Timeline", "job-timeline"), (copy::DETAILS, "job-details")] {
        page.tab(tab).click().await;
        page.wait_until("it is selected", async || {
            page.tab(tab).get("found.getAttribute('aria-selected')").await == "true"
        })
        .await;
        if tab == copy::DETAILS {
            page.button(copy::JSON_AS_RECEIVED).click().await;
        }
        page.check_view(view).await;
    }
    page.tab(copy::ITEMS).click().await;
    page.wait_for_text("2,000 of 2,000 regions").await;
    page.check_view("job").await;
    page.items().click().await;
    page.wait_for_text("As received").await;
    page.check_view("job-item").await;
    page.field(copy::SEARCH).fill("no such item").await;
    page.wait_for_text(copy::NOTHING_MATCHES_THE_SEARCH_AND_THE).await;
    page.check_view("job-nothing-matches").await;

    page.go_to("?jobs=google/update-all-versions-jobs").await;
    page.wait_for_text(copy::THE_API_HAS_NO_LIST_OF).await;
    page.check_view("unlisted").await;
    page.field(copy::JOB_ID).submit("778a1024-dc18-49cb-833b-cfd6c000c090").await;
    page.wait_for_text("2 of 2 versions finished").await;
    page.check_view("job-versions").await;
    page.go_to("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–20 of").await;
    page.field(copy::STATUS).select(copy::ERROR).await;
    page.wait_for_text(copy::NO_JOB_MATCHES_THE_FILTERS).await;
    page.check_view("empty").await;

    page.field(copy::STATUS).select("Any").await;
    page.wait_for_text("1–20 of").await;
    page.add_fault(Fault::status(500).path("/cckm/"));
    page.button(copy::REFRESH).click().await;
    page.wait_for_text(copy::SERVER_FAILED_500).await;
    page.check_view("error-with-rows").await;
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_until("there are no rows", async || page.job_ids().await.is_empty()).await;
    page.wait_for_text(copy::SERVER_FAILED_500).await;
    page.check_view("error").await;
    page.clear_faults();
    page.add_fault(Fault::latency(seconds(5)).path("/cckm/google"));
    page.go_to("?jobs=google/synchronization-jobs").await;
    page.wait_for_text(copy::LOADING_JOBS).await;
    page.check_view("loading").await;
    page.wait_for_text("1–20 of").await;

    page.end_sessions();
    page.button(copy::REFRESH).click().await;
    page.wait_for_text(copy::SIGN_IN_AGAIN).await;
    page.check_view("dialog").await;

    page.open_signed_in("?jobs=ibm//bulkjob&colour=red").await;
    page.wait_for_text(copy::PARTS_OF_THIS_ADDRESS_COULD_NOT).await;
    page.check_view("notices").await;
}

/// Views of errors and other unusual states.
async fn every_state(page: &Page) {
    // First, because the browser caches what it has loaded.
    page.allow_console_errors(&["was answered with 404"]);
    page.add_fault(Fault::status(404).path(".wasm"));
    page.open("").await;
    page.wait_for_text(copy::THE_CONSOLE_COULD_NOT_START).await;
    page.check_view("no-program").await;
    page.clear_faults();
    page.add_fault(Fault::latency(seconds(3)).path(".wasm"));
    page.open("?jobs=azure/bulkjobs").await;
    page.wait_for_text("Loading…").await;
    page.check_view("starting").await;
    page.wait_for_text(copy::USERNAME).await;
    page.clear_faults();
    page.sign_in().await;
    page.wait_for_text("1–1 of 1").await;
    let azure = family("azure/bulkjobs");
    page.simulator(|simulator| {
        simulator.jobs.remove(azure, "ee4482eb-0b97-4702-8ef6-7e86df66eaa5")
    });
    page.button(copy::REFRESH).click().await;
    page.wait_for_text(copy::NO_AZURE_BULK_OPERATIONS_YET).await;
    page.check_view("no-jobs-yet").await;
    page.button(copy::PAUSE).click().await;
    page.wait_for_text(copy::PAUSED).await;
    page.check_view("paused").await;

    page.add_ended_jobs("aws/bulkjob", 49);
    page.go_to("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–20 of 50").await;
    page.advance(seconds(1));
    page.add_jobs([
        page.running_job("aws/bulkjob", "running", 20),
        page.running_job("aws/bulkjob", "cancelling", 20),
    ]);
    page.link(copy::NEXT).click().await;
    page.wait_for_text("2 jobs arrived while you paged").await;
    page.check_view("arrived").await;
    page.advance(seconds(55));
    page.link(copy::START_FROM_THE_FIRST_PAGE).click().await;
    page.job("running").click().await;
    page.wait_for_text("5 of 20 keys finished").await;
    page.check_view("job-running").await;
    let now = page.now();
    let bulk = family("aws/bulkjob");
    page.simulator(|simulator| {
        simulator.jobs.get_mut(bulk, "cancelling").unwrap().aborted_at = Some(now);
    });
    page.link(copy::BACK_TO_AWS_BULK_OPERATIONS).click().await;
    page.job("cancelling").click().await;
    page.wait_for_text("A cancellation was requested").await;
    page.check_view("job-cancelling").await;
    page.advance(seconds(600));
    page.button(copy::REFRESH).click().await;
    page.wait_for_text(copy::THE_API_HAS_NO_WORD_FOR).await;
    page.check_view("job-cancelled").await;

    page.open_signed_in("?jobs=aws/bulkjob&skip=1000").await;
    page.wait_for_text(copy::THERE_IS_NO_PAGE).await;
    page.check_view("behind-the-last").await;
    page.open_signed_in("?job=aws/bulkjob/nobody").await;
    page.wait_for_text(copy::NO_SUCH_JOB).await;
    page.check_view("not-found").await;
    for (fault, text, view) in [
        (Fault::status(403), "keybulkoperation", "forbidden"),
        (Fault::new(Effect::Html), "The answer is not from the API", "not-from-the-api"),
        (Fault::new(Effect::Reset), "The server cannot be reached", "unreachable"),
    ] {
        page.add_fault(fault.path("/cckm/"));
        page.open_signed_in("?job=aws/bulkjob/running").await;
        page.wait_for_text(text).await;
        page.check_view(view).await;
        page.clear_faults();
    }
}

async fn long_words_fit_a_narrow_window(page: &Page) {
    let long = "x".repeat(300);
    let mut job = page.running_job("aws/bulkjob", &format!("job-{long}"), 3);
    job.operation = Some(long.clone().into());
    page.add_jobs([job.with_failures(cckm_simulator::job::Failures::All(long.clone()))]);
    page.advance(seconds(60));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–2 of 2").await;
    page.assert_fits("list-long-words").await;
    page.job(&format!("job-{long}")).click().await;
    page.wait_for_text("3 of 3 keys finished").await;
    page.check_view("job-problem-of-long-words").await;
    page.tab(copy::ITEMS).click().await;
    page.items().click().await;
    page.check_view("job-long-words").await;
    page.tab(copy::DETAILS).click().await;
    page.button(copy::JSON_AS_RECEIVED).click().await;
    page.check_view("job-details-of-long-words").await;

    // Whatever members a list shows.
    let members = [
        "id",
        "name",
        "operation",
        "description",
        "run_at",
        "overall_status",
        "status",
        "kms",
        "regions",
        "key_rings",
        "key_vaults",
        "vaults",
        "key_id",
        "keys",
        "job_config_id",
    ];
    let members: Vec<String> =
        members.iter().map(|member| format!("\"{member}\":\"{long}\"")).collect();
    let rows = format!("{{\"total\":1,\"resources\":[{{{}}}]}}", members.join(","));
    page.add_fault(json_answer(200, &rows).path("/api/v1/"));
    let listed = FAMILIES.iter().filter(|family| family.verbs.list).map(|family| family.path);
    for path in listed.chain(["scheduler/job-configs", "scheduler/jobs"]) {
        page.go_to(&format!("?jobs={path}")).await;
        page.wait_for_query(&format!("?jobs={path}")).await;
        page.wait_for_text("1–1 of 1").await;
        page.assert_fits(path).await;
    }
}

async fn views_fit_every_width(page: &Page) {
    page.add_jobs(generate::demo(1, 400, 2000, page.now()));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–20 of").await;
    for (address, name) in [
        ("?jobs=aws/bulkjob", "AWS bulk operations"),
        ("?jobs=google/synchronization-jobs", "Google key synchronizations"),
        ("?jobs=aws/synchronization-jobs", "AWS key synchronizations"),
    ] {
        page.go_to(address).await;
        page.wait_until(name, async || page.title().text().await.as_deref() == Some(name)).await;
        page.wait_for_text("1–20 of").await;
        check_every_width(page, name).await;
    }
    page.job(generate::HUGE_ID).click().await;
    page.wait_for_text("2,000 of 2,000 regions finished").await;
    check_every_width(page, "job problems").await;
    page.tab(copy::ITEMS).click().await;
    check_every_width(page, "job").await;
}

async fn check_every_width(page: &Page, view: &str) {
    for width in [500, 640, 768, 900, 1024, 1279, 1280, 1366, 1440, 1920] {
        page.resize(width).await;
        page.assert_fits(&format!("{view} at {width}")).await;
    }
}

async fn narrow_window_shows_where_it_is(page: &Page) {
    page.open_signed_in("?batch=new").await;
    page.wait_for_text("New batch").await;
    page.assert_fits("new batch").await;
    page.go_to("?jobs=scheduler/jobs").await;
    let in_view = "const { left, right } = document.querySelector('nav [aria-current=true]').getBoundingClientRect();
        return document.querySelector('nav [aria-current=true]').textContent.includes('Jobs')
            && left >= 0 && right <= innerWidth";
    page.wait_until("the current section is in view", async || {
        page.eval(in_view, &[]).await == true
    })
    .await;
}

/// During a first load and during a refresh, both slow.
async fn refresh_text_covers_no_control(page: &Page) {
    for width in [1440, 800, 320] {
        page.resize(width).await;
        for (address, content) in [
            ("?jobs=aws/bulkjob".to_owned(), "1–1 of 1"),
            (format!("?job=aws/bulkjob/{SAMPLE_ID}"), "2 of 2 keys finished"),
            (String::new(), "1–"),
        ] {
            page.add_fault(Fault::latency(seconds(3600)).path("/cckm/"));
            page.open_signed_in(&address).await;
            check_refresh_text(page, &format!("a first load of {address} at {width}")).await;
            page.clear_faults();
            page.open_signed_in(&address).await;
            page.wait_for_text(content).await;
            page.wait_until_idle().await;
            page.add_fault(Fault::latency(seconds(3600)).path("/cckm/"));
            // A click of the driver would scroll.
            page.button(copy::REFRESH).get("found.click()").await;
            check_refresh_text(page, &format!("a refresh of {address} at {width}")).await;
            page.clear_faults();
        }
    }
}

/// Asserts that the text that is shown while a request takes long is within the window, and that its box and that of no
/// control, heading or other text of the page's head overlap.
async fn check_refresh_text(page: &Page, during: &str) {
    page.wait_for_text("Refreshing…").await;
    let overlaps = "
        const text = document.querySelector('.refresh__busy');
        const box = text.getBoundingClientRect();
        const overlaps = (other) => other.left < box.right - 0.5 && other.right > box.left + 0.5
            && other.top < box.bottom - 0.5 && other.bottom > box.top + 0.5;
        const others = [...document.querySelectorAll('a[href], button, input, select, summary, h1, h2, p')]
            .filter((other) => isVisible(other) && overlaps(other.getBoundingClientRect()))
            .map(accessibleName);
        const isInside = box.width > 0 && box.left >= 0 && box.right <= innerWidth;
        return isInside ? others : [...others, 'the edge of the window'];";
    let overlaps = page.eval(overlaps, &[]).await;
    assert_eq!(overlaps, json!([]), "covered by the text during {during}");
}
