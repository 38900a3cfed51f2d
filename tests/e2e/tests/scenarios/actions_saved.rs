//! Actions on a job or a schedule that the browser saves before they are sent: after a reload, after the page was left, in
//! several tabs, and without storage. Nothing is sent twice.

use cckm_simulator::fault::Fault;
use e2e::{Page, Setup, scenarios, seconds};
use serde_json::json;

use crate::copy;
use crate::schedules::add;
use crate::start_saved::{leave_tab, wait_for_late_answer};

scenarios! {
    Setup::default().without_polling() =>
        action_in_flight_during_a_reload_is_checked, run_that_the_server_never_got_is_offered_again_after_a_reload,
        action_lost_on_a_left_page_is_reported_on_other_pages, page_opened_again_awaits_the_answer_in_flight,
        action_answered_after_the_sign_out_is_checked_at_the_next_sign_in,
        action_held_by_another_tab_is_left_to_it, action_that_is_no_longer_saved_is_still_reported,
        action_of_a_closed_tab_is_taken_by_an_open_one, action_rejected_on_a_left_page_is_reported, action_without_storage_is_reported_until_the_reload;
}

const LEFT: &str = "The page was left or loaded again before the answer came";
const NOT_KNOWN: &str = "reached the server is not known";
const RUNS_NOW: &str = "POST /api/v1/scheduler/job-configs/yearly-id/run-now";
const HELD: u64 = 3600;
const ACTION: &str =
    "const name = Object.keys(localStorage).find((name) => name.startsWith('cckm-jobs.action.'));";

/// Whether the browser has saved an action.
async fn is_saved(page: &Page) -> bool {
    let names =
        "return Object.keys(localStorage).some((name) => name.startsWith('cckm-jobs.action.'))";
    page.eval(names, &[]).await == json!(true)
}

/// Whether the button `name` does nothing at present.
async fn is_busy(page: &Page, name: &str) -> bool {
    page.button(name).get("found?.getAttribute('aria-disabled')").await == json!("true")
}

/// Presses the buttons `button` and `confirm`, and waits until the server has got `request`, whose answer does not come.
async fn send(page: &Page, button: &str, confirm: &str, request: &str) {
    page.button(button).click().await;
    page.button(confirm).click().await;
    page.wait_for_request(request).await;
    page.clear_faults();
}

/// Opens a schedule that does not run by itself.
async fn open_schedule(page: &Page) {
    let body = r#"{"name":"yearly","operation":"database_backup","run_at":"0 0 1 jan ?","database_backup_params":{}}"#;
    add(page, "yearly-id", body);
    page.open_signed_in("?job=scheduler/job-configs/yearly-id").await;
    page.button(copy::RUN_NOW).wait().await;
}

/// Requests a run whose answer is lost and that does not happen, then leaves the page of the schedule.
async fn lose_run_and_leave(page: &Page) {
    open_schedule(page).await;
    page.add_fault(Fault::status(502).path("/run-now"));
    page.button(copy::RUN_NOW).click().await;
    page.button(copy::RUN_IT_NOW).click().await;
    page.wait_for_text("The schedule has not run since").await;
    page.clear_faults();
    page.go_to("?jobs=aws/bulkjob").await;
}

fn runs(page: &Page) -> usize {
    let now = page.now();
    page.simulator(|simulator| simulator.scheduler.runs(0, now).count())
}

/// Opens a running job.
async fn open_job(page: &Page, id: &str) {
    page.add_jobs([page.running_job("aws/bulkjob", id, 4)]);
    page.open_signed_in(&format!("?job=aws/bulkjob/{id}")).await;
    page.button(copy::CANCEL_JOB).wait().await;
}

async fn action_in_flight_during_a_reload_is_checked(page: &Page) {
    open_job(page, "to-cancel").await;
    page.add_fault(Fault::latency(seconds(HELD)).path("/cancel").processed());
    send(page, copy::CANCEL_JOB, copy::CANCEL_THE_JOB, "/to-cancel/cancel").await;
    let saved = page.eval("return JSON.stringify(localStorage)", &[]).await.to_string();
    assert!(saved.contains("to-cancel") && !saved.contains("eyJ"), "{saved}");
    page.reload_signed_in().await;
    page.wait_for_texts(&[
        "The answer to the cancellation of this job was lost",
        LEFT,
        "The job shows that its cancellation was requested.",
        copy::CANCELLING,
    ])
    .await;
    assert!(!page.has_text(NOT_KNOWN).await, "the page itself says it");
    page.assert_accessible("restored cancellation").await;
    page.button(copy::DISMISS).click().await;
    page.wait_for_text_gone(LEFT).await;
    assert!(!is_saved(page).await);

    page.add_jobs([page.ended_job("azure/bulkjobs", "to-delete", 4)]);
    page.open_signed_in("?job=azure/bulkjobs/to-delete").await;
    page.add_fault(Fault::latency(seconds(HELD)).method("DELETE").processed());
    send(page, copy::DELETE_JOB, copy::DELETE_THE_JOB, "DELETE").await;
    page.reload_signed_in().await;
    page.wait_for_texts(&[LEFT, "It no longer exists: it was deleted."]).await;
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_text_gone(LEFT).await;
    assert!(!is_saved(page).await, "the person has read it");

    open_schedule(page).await;
    page.add_fault(Fault::latency(seconds(HELD)).path("/run-now").processed());
    send(page, copy::RUN_NOW, copy::RUN_IT_NOW, RUNS_NOW).await;
    // It runs for a while before the page is loaded again.
    page.advance(seconds(300));
    page.reload_signed_in().await;
    page.wait_for_texts(&[
        "The answer to the request to run this schedule was lost",
        LEFT,
        "The schedule has run since, possibly from this request",
    ])
    .await;
    let sent = ["/cancel", "DELETE", "/run-now"].map(|request| page.count_requests(request));
    assert_eq!((sent, runs(page)), ([1, 1, 1], 1));
    // As a page does that is being loaded again, and checks once more: nobody may have read the result.
    page.reload_signed_in().await;
    page.wait_for_text("The schedule has run since, possibly from this request").await;
    page.button(copy::DISMISS).click().await;
    page.wait_for_text_gone(LEFT).await;
    page.reload_signed_in().await;
    page.button(copy::RUN_NOW).wait().await;
    assert!(!page.has_text("was lost").await && !is_saved(page).await);
}

async fn action_rejected_on_a_left_page_is_reported(page: &Page) {
    open_job(page, "to-cancel").await;
    page.add_fault(Fault { latency: seconds(3), ..Fault::status(403).path("/cancel") });
    send(page, copy::CANCEL_JOB, copy::CANCEL_THE_JOB, "/to-cancel/cancel").await;
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_text("The server rejected the cancellation of AWS bulk operation to-cancel")
        .await;
    assert!(!is_saved(page).await, "its result is known");
    page.assert_accessible("action rejected on a left page").await;
    page.link("See why").click().await;
    page.wait_for_text("The job was not cancelled").await;
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_query("?jobs=azure/bulkjobs").await;
    page.wait_for_text_gone("The job was not cancelled").await;
    assert!(!page.has_text("The server rejected").await, "the person has read it");
    assert_eq!(page.count_requests("/cancel"), 1);
}

async fn run_that_the_server_never_got_is_offered_again_after_a_reload(page: &Page) {
    open_schedule(page).await;
    page.add_fault(Fault { latency: seconds(HELD), ..Fault::status(502).path("/run-now") });
    send(page, copy::RUN_NOW, copy::RUN_IT_NOW, RUNS_NOW).await;
    page.add_fault(Fault::status(503).method("GET").path("/scheduler/jobs"));
    page.reload_signed_in().await;
    page.wait_for_text("Checking whether it was done").await;
    assert!(is_busy(page, copy::RUN_NOW).await, "not before the check");
    page.wait_for_texts(&[LEFT, "The check failed too", "Nothing is sent again."]).await;
    page.clear_faults();
    page.button(copy::CHECK_AGAIN).click().await;
    page.wait_for_text("The schedule has not run since. Run it again if you still want to.").await;
    assert!(is_saved(page).await, "the node that answered may lag");
    // The person has read it.
    page.button(copy::DISMISS).click().await;
    page.wait_for_text_gone(LEFT).await;
    assert!(!is_saved(page).await);
    assert_eq!((page.count_requests("/run-now"), runs(page)), (1, 0));
    page.button(copy::RUN_NOW).click().await;
    page.button(copy::RUN_IT_NOW).click().await;
    page.wait_for_text("The server has started a run").await;
    assert_eq!((page.count_requests("/run-now"), runs(page)), (2, 1));
    assert!(!is_saved(page).await);
}

/// The answer is lost while another page is open.
async fn action_lost_on_a_left_page_is_reported_on_other_pages(page: &Page) {
    open_job(page, "left").await;
    let lost = Fault::status(504).path("/cancel").processed();
    page.add_fault(Fault { latency: seconds(2), ..lost });
    send(page, copy::CANCEL_JOB, copy::CANCEL_THE_JOB, "/left/cancel").await;
    page.go_to("?jobs=azure/bulkjobs").await;
    let banner =
        "Whether the cancellation of AWS bulk operation left reached the server is not known";
    page.wait_for_text(banner).await;
    page.assert_accessible("unresolved cancellation").await;
    page.reload_signed_in().await;
    page.wait_for_text(banner).await;
    page.button(copy::SIGN_OUT).click().await;
    page.sign_in().await;
    page.wait_for_text(banner).await;
    page.link(copy::SEE_WHAT_IS_KNOWN).click().await;
    page.wait_for_text("The job shows that its cancellation was requested.").await;
    assert!(!page.has_text(NOT_KNOWN).await);
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_query("?jobs=azure/bulkjobs").await;
    page.wait_for_text_gone("The job shows that its cancellation was requested.").await;
    assert!(!page.has_text(NOT_KNOWN).await);
    assert_eq!(page.count_requests("/cancel"), 1);
}

/// The person leaves the page and comes back before the answer.
async fn page_opened_again_awaits_the_answer_in_flight(page: &Page) {
    open_job(page, "back").await;
    page.add_fault(Fault::latency(seconds(3)).path("/cancel"));
    send(page, copy::CANCEL_JOB, copy::CANCEL_THE_JOB, "/back/cancel").await;
    page.go_to("?jobs=aws/bulkjob").await;
    page.job("back").click().await;
    page.wait_for_text("Requesting the cancellation…").await;
    page.wait_for_text(copy::CANCELLING).await;
    page.wait_for_text_gone("Requesting the cancellation…").await;
    assert!(!page.has_text("was lost").await && !is_saved(page).await);
    assert_eq!(page.count_requests("/cancel"), 1);
}

async fn action_answered_after_the_sign_out_is_checked_at_the_next_sign_in(page: &Page) {
    open_job(page, "to-cancel").await;
    page.add_fault(Fault::latency(seconds(4)).path("/cancel"));
    send(page, copy::CANCEL_JOB, copy::CANCEL_THE_JOB, "/to-cancel/cancel").await;
    page.button(copy::SIGN_OUT).click().await;
    wait_for_late_answer(page, "/to-cancel/cancel").await;
    page.sign_in().await;
    page.wait_for_texts(&[LEFT, "The job shows that its cancellation was requested."]).await;
    assert_eq!(page.count_requests("/cancel"), 1);
}

async fn action_held_by_another_tab_is_left_to_it(page: &Page) {
    lose_run_and_leave(page).await;
    let banner =
        "Whether the request to run CipherTrust schedule yearly-id reached the server is not known";
    page.wait_for_text(banner).await;
    page.while_hidden(async || {
        page.open_signed_in("?job=scheduler/job-configs/yearly-id").await;
        page.button(copy::RUN_NOW).wait().await;
        assert!(!page.has_text("was lost").await, "the other tab holds it");
        let take_over = "localStorage.setItem(`cckm-jobs.lease.${name.slice(10)}`, `other ${window.Date.now() + 60000}`)";
        page.eval(&format!("{ACTION} {take_over}"), &[]).await;
    })
    .await;
    page.wait_for_text_gone(NOT_KNOWN).await;
    // What a tab does when the person dismisses an action that it has taken over.
    page.eval(&format!("{ACTION} localStorage.removeItem(name)"), &[]).await;
    page.back().await;
    page.button(copy::RUN_NOW).wait().await;
    assert!(!page.has_text("was lost").await, "it is resolved");
    assert_eq!((page.count_requests("/run-now"), runs(page)), (1, 0));
}

/// The open tab shows the job of the action.
async fn action_of_a_closed_tab_is_taken_by_an_open_one(page: &Page) {
    open_job(page, "to-cancel").await;
    page.while_hidden(async || {
        page.open_signed_in("?job=aws/bulkjob/to-cancel").await;
        page.add_fault(Fault::latency(seconds(HELD)).path("/cancel").processed());
        send(page, copy::CANCEL_JOB, copy::CANCEL_THE_JOB, "/to-cancel/cancel").await;
        leave_tab(page).await;
    })
    .await;
    page.wait_for_texts(&[
        "The answer to the cancellation of this job was lost",
        "The job shows that its cancellation was requested.",
    ])
    .await;
    page.button(copy::DISMISS).click().await;
    page.wait_for_text_gone("was lost").await;
    assert!(!is_saved(page).await);
    assert_eq!(page.count_requests("/cancel"), 1);
}

/// It is removed, as another page of the host or the person can do.
async fn action_that_is_no_longer_saved_is_still_reported(page: &Page) {
    lose_run_and_leave(page).await;
    page.wait_for_text(NOT_KNOWN).await;
    // The event of another tab.
    let remove = "localStorage.removeItem(name); window.dispatchEvent(new StorageEvent('storage'))";
    page.eval(&format!("{ACTION} {remove}"), &[]).await;
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_query("?jobs=azure/bulkjobs").await;
    page.wait_for_text(NOT_KNOWN).await;
    page.link(copy::SEE_WHAT_IS_KNOWN).click().await;
    page.wait_for_text("The schedule has not run since").await;
}

async fn action_without_storage_is_reported_until_the_reload(page: &Page) {
    open_job(page, "unsaved").await;
    page.eval("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }", &[])
        .await;
    page.add_fault(Fault::status(502).path("/cancel"));
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_text("The job shows that its cancellation was not requested.").await;
    page.clear_faults();
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_text("the cancellation of AWS bulk operation unsaved reached the server").await;
    page.link(copy::SEE_WHAT_IS_KNOWN).click().await;
    page.wait_for_text("The job shows that its cancellation was not requested.").await;
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_text(copy::CANCELLING).await;
    assert_eq!(page.count_requests("/cancel"), 2);
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_text_gone(copy::CANCELLING).await;
    assert!(!page.has_text(NOT_KNOWN).await);
}
