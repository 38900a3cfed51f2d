//! Cancelling, deleting and starting again, for every family of the simulator's table, also when
//! answers are lost. The faults do not reset connections, because browsers repeat a request after a reset.

use cckm_simulator::family::{FAMILIES, Family};
use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::job::Failures;
use e2e::{Page, Setup, family, json_answer, scenarios, seconds};
use thirtyfour::Key;

use crate::copy;

scenarios! {
    Setup::default().without_polling() =>
        cancel_is_offered_only_where_the_family_has_it,
        delete_is_offered_only_where_the_family_has_it,
        refused_cancel_shows_the_servers_message, lost_cancel_is_checked_and_not_repeated,
        lost_delete_is_checked, lost_cancel_whose_check_fails_is_checked_on_request,
        cancel_by_keyboard_moves_the_focus, failed_job_links_to_filled_start_forms;
    Setup::default().polling_fast() =>
        confirmation_survives_refreshes, cancelled_job_stays_cancelled_when_a_node_lags,
        cancelled_large_job_stays_cancelled_when_a_node_lags, deleted_job_is_not_shown_again;
}

const BULK: &str = "aws/bulkjob";

/// Opens a running or an ended job.
async fn open(page: &Page, family: &Family, id: &str, running: bool) {
    let mut job = page.running_job(family.path, id, 4);
    if !running {
        job.created_at = page.now() - seconds(3600);
    }
    page.add_jobs([job]);
    page.open_signed_in(&format!("?job={}/{id}", family.path)).await;
    page.link(copy::START_AGAIN).wait().await;
}

/// Opens a job from the list of its family, or by its id if the family has no list.
async fn open_from_list(page: &Page, family: &Family, id: &str) {
    page.go_to(&format!("?jobs={}", family.path)).await;
    if family.verbs.list {
        page.job(id).click().await;
    } else {
        page.field(copy::JOB_ID).submit(id).await;
    }
    page.link(copy::START_AGAIN).wait().await;
}

async fn cancel_is_offered_only_where_the_family_has_it(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    for family in FAMILIES {
        let path = family.path;
        page.add_jobs([page.running_job(path, "to-cancel", 4)]);
        open_from_list(page, family, "to-cancel").await;
        assert!(!page.button(copy::DELETE_JOB).exists().await, "{path} is running");
        if !family.verbs.cancel {
            assert!(!page.button(copy::CANCEL_JOB).exists().await, "{path}");
            continue;
        }
        page.button(copy::CANCEL_JOB).click().await;
        page.wait_for_texts(&[
            copy::CANCEL_THIS_JOB,
            "Cancelling ends the job early",
            "end as completed",
        ])
        .await;
        let cancel_request = format!("POST /api/v1/cckm/{path}/to-cancel/cancel");
        assert_eq!(page.count_requests(&cancel_request), 0, "before the confirmation");
        page.button(copy::CANCEL_THE_JOB).click().await;
        page.wait_for_text(copy::CANCELLING).await;
        page.wait_for_text_gone(copy::CANCEL_THIS_JOB).await;
        assert_eq!(page.count_requests(&cancel_request), 1);
        assert!(!page.button(copy::CANCEL_JOB).exists().await, "{path} is being cancelled");
        page.advance(seconds(120));
        page.button(copy::REFRESH).click().await;
        page.wait_for_text(copy::FINISHED).await;
        page.wait_for_text(copy::THE_API_HAS_NO_WORD_FOR).await;
        assert!(!page.button(copy::CANCEL_JOB).exists().await, "{path} has ended");
    }
}

async fn delete_is_offered_only_where_the_family_has_it(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    let mut deleted = 0;
    for family in FAMILIES {
        let path = family.path;
        let job = page.ended_job(path, "to-delete", 4);
        page.add_jobs([job]);
        open_from_list(page, family, "to-delete").await;
        assert!(!page.button(copy::CANCEL_JOB).exists().await, "{path} has ended");
        if !family.verbs.delete {
            assert!(!page.button(copy::DELETE_JOB).exists().await, "{path}");
            continue;
        }
        deleted += 1;
        page.button(copy::DELETE_JOB).click().await;
        page.wait_for_texts(&["Delete this job?", "of 4", "for good"]).await;
        page.button(copy::DO_NOTHING).click().await;
        page.wait_for_text_gone("Delete this job?").await;
        assert_eq!(page.count_requests("DELETE"), 0);
        page.button(copy::DELETE_JOB).click().await;
        page.button(copy::DELETE_THE_JOB).click().await;
        page.wait_for_query(&format!("?jobs={path}")).await;
        page.wait_until("the job is not listed", async || {
            let ids = page.job_ids().await;
            !ids.is_empty() && !ids.iter().any(|id| id == "to-delete")
        })
        .await;
        assert_eq!(page.count_requests("DELETE"), 1);
    }
    assert!(deleted > 0);
}

/// The page shows the server's message and sends no request twice.
async fn refused_cancel_shows_the_servers_message(page: &Page) {
    let family = family("google/synchronization-jobs");
    page.simulator(|simulator| simulator.behaviour.cancel_finished = false);
    open(page, family, "ends-early", true).await;
    page.button(copy::CANCEL_JOB).click().await;
    page.wait_for_text(copy::CANCEL_THIS_JOB).await;
    page.advance(seconds(120));
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_text("The job was not cancelled: The server is in conflict with this").await;
    page.wait_for_texts(&["Only jobs in progress can be cancelled.", copy::COMPLETED_JOB]).await;
    assert!(!page.button(copy::CANCEL_JOB).exists().await);
    assert_eq!(page.count_requests("/cancel"), 1);

    // A server without this operation.
    page.add_jobs([page.running_job(family.path, "not-there", 4)]);
    page.go_to("?jobs=google/synchronization-jobs").await;
    page.job("not-there").click().await;
    page.add_fault(Fault::status(405).path("/cancel"));
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_text("or this server does not allow such a job to be cancelled").await;
    page.wait_for_text(copy::IN_PROGRESS_JOB).await;
}

async fn lost_cancel_is_checked_and_not_repeated(page: &Page) {
    let family = family(BULK);
    open(page, family, "lost-after", true).await;
    page.add_fault(
        Fault::new(Effect::Truncate { bytes: 9 }).method("POST").path("/cancel").times(1),
    );
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_texts(&[
        "The answer to the cancellation of this job was lost",
        "The job shows that its cancellation was requested.",
    ])
    .await;
    page.wait_for_text(copy::CANCELLING).await;
    assert_eq!(page.count_requests("/cancel"), 1);

    page.add_jobs([page.running_job(BULK, "lost-before", 4)]);
    page.go_to("?jobs=aws/bulkjob").await;
    page.job("lost-before").click().await;
    page.add_fault(Fault::new(Effect::Html).method("POST").path("/cancel").times(1));
    page.clear_requests();
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_texts(&[
        "The job shows that its cancellation was not requested.",
        copy::IN_PROGRESS_JOB,
    ])
    .await;
    assert_eq!(page.count_requests("/cancel"), 1, "not repeated without confirmation");
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_text(copy::CANCELLING).await;
    page.wait_for_text_gone("The answer to the cancellation of this job was lost").await;
    assert_eq!(page.count_requests("/cancel"), 2);
}

async fn lost_delete_is_checked(page: &Page) {
    let family = family("azure/bulkjobs");
    open(page, family, "lost", false).await;
    let lose = || Fault::status(502).method("DELETE").path("/azure/bulkjobs").times(1);
    page.add_fault(lose());
    page.button(copy::DELETE_JOB).click().await;
    page.button(copy::DELETE_THE_JOB).click().await;
    page.wait_for_text("It is still there: it was not deleted.").await;
    page.wait_for_text("The server failed (502)").await;
    page.add_fault(lose().processed());
    page.button(copy::DELETE_JOB).click().await;
    page.button(copy::DELETE_THE_JOB).click().await;
    page.wait_for_text("It no longer exists: it was deleted.").await;
    assert_eq!(page.count_requests("DELETE"), 2);
}

/// Both the answer and the check fail: the page says so and checks again on request.
async fn lost_cancel_whose_check_fails_is_checked_on_request(page: &Page) {
    let family = family(BULK);
    open(page, family, "dark", true).await;
    page.add_fault(Fault::status(503).path("/bulkjob/dark"));
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_texts(&["The check failed too", "Nothing is sent again."]).await;
    page.clear_faults();
    page.button(copy::CHECK_AGAIN).click().await;
    page.wait_for_text("The job shows that its cancellation was not requested.").await;
    assert_eq!(page.count_requests("/cancel"), 1);
}

/// The confirmation takes the focus and gives it back.
async fn cancel_by_keyboard_moves_the_focus(page: &Page) {
    let family = family(BULK);
    open(page, family, "by-keyboard", true).await;
    page.button(copy::CANCEL_JOB).click().await;
    page.wait_for_focus(copy::CANCEL_THIS_JOB).await;
    page.button(copy::KEEP_RUNNING).wait().await;
    page.assert_accessible("question").await;
    page.screenshot("question").await;
    page.press(Key::Escape).await;
    page.wait_for_text_gone(copy::CANCEL_THIS_JOB).await;
    page.wait_for_focus("What can be done with this job").await;
    page.press(Key::Tab).await;
    page.wait_for_focus(copy::CANCEL_JOB).await;
    page.press(Key::Enter).await;
    page.wait_for_text(copy::CANCEL_THIS_JOB).await;
    page.wait_for_focus(copy::CANCEL_THIS_JOB).await;
    page.press(Key::Tab).await;
    page.press(Key::Enter).await;
    page.wait_for_text(copy::CANCELLING).await;
}

async fn failed_job_links_to_filled_start_forms(page: &Page) {
    let seed = 3;
    let job = page.ended_job(BULK, "with failures", 20);
    page.add_jobs([job.with_failures(Failures::PerMille { seed, rate: 500 })]);
    page.open_signed_in("?job=aws/bulkjob/with failures").await;
    page.link(copy::START_AGAIN).wait().await;
    assert_eq!(
        page.link(copy::START_AGAIN).href().await.as_deref(),
        Some("?start=aws/bulkjob&from=with+failures")
    );
    let text = page.text().await;
    let failed = text
        .lines()
        .find_map(|line| line.split_once("Retry ")?.1.split_once(" failed item"))
        .map(|(count, _)| count)
        .expect("some failed");
    assert_ne!(failed, "0");
    let items = if failed == "1" { "item" } else { "items" };
    let name = format!("Retry {failed} failed {items}…");
    assert_eq!(
        page.link(&name).href().await.as_deref(),
        Some("?batch=new&from=aws/bulkjob/with+failures")
    );
    page.link(copy::START_AGAIN).click().await;
    page.wait_for_text("Start AWS bulk operation").await;
}

/// The confirmation stays open and updates its numbers until the job ends.
async fn confirmation_survives_refreshes(page: &Page) {
    let family = family(BULK);
    open(page, family, "goes-on", true).await;
    page.button(copy::CANCEL_JOB).click().await;
    page.wait_for_text("4 of 4 keys not finished yet").await;
    page.wait_for_focus(copy::CANCEL_THIS_JOB).await;
    page.advance(seconds(21));
    page.wait_for_text("2 of 4 keys not finished yet").await;
    assert_eq!(page.focused().await, "Cancel this job?");
    page.advance(seconds(60));
    page.wait_for_text("there is nothing to cancel").await;
    page.wait_for_text_gone(copy::CANCEL_THIS_JOB).await;
    assert_eq!(page.count_requests("/cancel"), 0);
}

/// The node that answers after the cancellation does not know of it, and neither does the one that reports the end.
async fn cancelled_job_stays_cancelled_when_a_node_lags(page: &Page) {
    let family = family(BULK);
    open(page, family, "lagging", true).await;
    let job = |status: &str| {
        let json = format!(
            r#"{{"id":"lagging","createdAt":"2026-11-20T09:00:00Z","overall_status":"{status}","abort":false,"detailed_status":{{}}}}"#
        );
        json_answer(200, &json).method("GET").path("/bulkjob/lagging")
    };
    page.add_fault(job("in_progress"));
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_text(copy::CANCELLING).await;
    page.wait_for_text("An earlier answer of the server reported the cancellation").await;
    assert!(!page.button(copy::CANCEL_JOB).exists().await);
    // The console still knows it after another page.
    page.go_to("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–2 of 2").await;
    page.back().await;
    page.wait_for_text("An earlier answer of the server reported the cancellation").await;
    assert!(!page.button(copy::CANCEL_JOB).exists().await);
    page.clear_faults();
    page.add_fault(job("completed"));
    page.wait_for_text(copy::FINISHED).await;
    page.wait_for_text(copy::THE_API_HAS_NO_WORD_FOR).await;
    assert_eq!(page.count_requests("/cancel"), 1);
}

/// The answer is too long to be kept, but not that the job was cancelled.
async fn cancelled_large_job_stays_cancelled_when_a_node_lags(page: &Page) {
    page.add_jobs([page.running_job(BULK, "large", 3_000)]);
    page.open_signed_in("?job=aws/bulkjob/large").await;
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_text(copy::CANCELLING).await;
    page.go_to("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–2 of 2").await;
    let json = r#"{"id":"large","createdAt":"2026-11-20T09:00:00Z","overall_status":"in_progress","abort":false,"detailed_status":{}}"#;
    let stale = json_answer(200, json).method("GET").path("/bulkjob/large");
    page.add_fault(Fault { latency: seconds(1), ..stale });
    page.back().await;
    page.wait_for_text("Loading job…").await;
    page.wait_for_text("An earlier answer of the server reported the cancellation").await;
    assert!(!page.button(copy::CANCEL_JOB).exists().await);
}

/// The answer to its cancellation is forgotten.
async fn deleted_job_is_not_shown_again(page: &Page) {
    open(page, family("azure/bulkjobs"), "to-delete", true).await;
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_text(copy::CANCELLING).await;
    page.advance(seconds(120));
    page.wait_for_text(copy::FINISHED).await;
    page.button(copy::DELETE_JOB).click().await;
    page.button(copy::DELETE_THE_JOB).click().await;
    page.wait_for_query("?jobs=azure/bulkjobs").await;
    page.wait_for_text("1–1 of 1").await;
    page.clear_requests();
    page.back().await;
    page.wait_for_text(copy::NO_SUCH_JOB).await;
    assert!(!page.has_text(copy::CANCELLING).await);
    let requests = page.count_requests("GET /api/v1/cckm/azure/bulkjobs/to-delete");
    assert_eq!(requests, 1, "the 404 is final");
}
