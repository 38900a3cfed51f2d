//! What an operator does with a job that is there: cancel it, delete it, start it again, by the
//! simulator's own table of families, and with answers that get lost: cut short or spoiled, since a
//! request whose connection is reset before any answer is sent once more by the browsers themselves.

use cckm_simulator::family::{FAMILIES, Family};
use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::job::Failures;
use e2e::{Page, Setup, family, scenarios, seconds};
use thirtyfour::Key;

scenarios! {
    Setup::default().without_polling() =>
        cancel_is_offered_only_where_the_family_has_it,
        delete_is_offered_only_where_the_family_has_it,
        refused_cancel_shows_the_servers_message, lost_cancel_is_checked_and_not_repeated,
        lost_delete_is_checked, lost_cancel_whose_check_fails_is_checked_on_request,
        cancel_by_keyboard_moves_the_focus, failed_job_links_to_starting_again;
    Setup::default().polling_fast() => confirmation_survives_refreshes;
}

const BULK: &str = "aws/bulkjob";

/// A job that runs, and one that is over, open in the console.
async fn open(page: &Page, family: &Family, id: &str, runs: bool) {
    let mut job = page.running_job(family.path, id, 4);
    if !runs {
        job.created_at = page.now() - seconds(3600);
    }
    page.add_jobs([job]);
    page.open(&format!("?job={}/{id}", family.path)).await;
    page.sign_in().await;
    page.link("Start again…").wait().await;
}

async fn cancel_is_offered_only_where_the_family_has_it(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    for family in FAMILIES {
        let path = family.path;
        page.add_jobs([page.running_job(path, "to-cancel", 4)]);
        page.link_to(&format!("?jobs={path}")).click().await;
        if family.verbs.list {
            page.link("to-cancel").click().await;
        } else {
            page.field("Job id").submit("to-cancel").await;
        }
        page.link("Start again…").wait().await;
        assert!(!page.button("Delete job…").exists().await, "{path} runs");
        if !family.verbs.cancel {
            assert!(!page.button("Cancel job…").exists().await, "{path}");
            continue;
        }
        page.button("Cancel job…").click().await;
        page.wait_for_texts(&["Cancel this job?", "asked to end early", "end as completed"]).await;
        let asked = format!("POST /api/v1/cckm/{path}/to-cancel/cancel");
        assert_eq!(page.count_requests(&asked), 0, "asked before a yes");
        page.button("Cancel the job").click().await;
        page.wait_for_text("Cancelling").await;
        page.wait_for_text_gone("Cancel this job?").await;
        assert_eq!(page.count_requests(&asked), 1);
        assert!(!page.button("Cancel job…").exists().await, "{path} was asked");
        page.advance(seconds(120));
        page.button("Refresh").click().await;
        page.wait_for_text("Final, no longer refreshed").await;
        page.wait_for_text("The API has no word for cancelled").await;
        assert!(!page.button("Cancel job…").exists().await, "{path} is over");
    }
}

async fn delete_is_offered_only_where_the_family_has_it(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    let mut deleted = 0;
    for family in FAMILIES {
        let path = family.path;
        let job = page.ended_job(path, "to-delete", 4);
        page.add_jobs([job]);
        page.link_to(&format!("?jobs={path}")).click().await;
        if family.verbs.list {
            page.link("to-delete").click().await;
        } else {
            page.field("Job id").submit("to-delete").await;
        }
        page.link("Start again…").wait().await;
        assert!(!page.button("Cancel job…").exists().await, "{path} is over");
        if !family.verbs.delete {
            assert!(!page.button("Delete job…").exists().await, "{path}");
            continue;
        }
        deleted += 1;
        page.button("Delete job…").click().await;
        page.wait_for_texts(&["Delete this job?", "of 4", "for good"]).await;
        page.button("Do nothing").click().await;
        page.wait_for_text_gone("Delete this job?").await;
        assert_eq!(page.count_requests("DELETE"), 0);
        page.button("Delete job…").click().await;
        page.button("Delete the job").click().await;
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

/// The server's own words, and nothing is sent twice.
async fn refused_cancel_shows_the_servers_message(page: &Page) {
    let family = family("google/synchronization-jobs");
    page.simulator(|simulator| simulator.behaviour.cancel_finished = false);
    open(page, family, "ends-early", true).await;
    page.button("Cancel job…").click().await;
    page.wait_for_text("Cancel this job?").await;
    page.advance(seconds(120));
    page.button("Cancel the job").click().await;
    page.wait_for_text("The job was not cancelled: The server is in conflict with this").await;
    page.wait_for_texts(&["Only jobs in progress can be cancelled.", "Completed"]).await;
    assert!(!page.button("Cancel job…").exists().await);
    assert_eq!(page.count_requests("/cancel"), 1);

    // A server that lacks the verb.
    page.add_jobs([page.running_job(family.path, "not-there", 4)]);
    page.link_to("?jobs=google/synchronization-jobs").click().await;
    page.link("not-there").click().await;
    page.add_fault(Fault::status(405).path("/cancel"));
    page.button("Cancel job…").click().await;
    page.button("Cancel the job").click().await;
    page.wait_for_text("or this server does not let such a job be cancelled").await;
    page.wait_for_text("In progress").await;
}

async fn lost_cancel_is_checked_and_not_repeated(page: &Page) {
    let family = family(BULK);
    open(page, family, "lost-after", true).await;
    page.add_fault(Fault::new(Effect::Truncate(9)).method("POST").path("/cancel").times(1));
    page.button("Cancel job…").click().await;
    page.button("Cancel the job").click().await;
    page.wait_for_texts(&["The answer was lost", "The job shows that it was asked to end."]).await;
    page.wait_for_text("Cancelling").await;
    assert_eq!(page.count_requests("/cancel"), 1);

    page.add_jobs([page.running_job(BULK, "lost-before", 4)]);
    page.link_to("?jobs=aws/bulkjob").click().await;
    page.link("lost-before").click().await;
    page.add_fault(Fault::new(Effect::Html).method("POST").path("/cancel").times(1));
    page.clear_requests();
    page.button("Cancel job…").click().await;
    page.button("Cancel the job").click().await;
    page.wait_for_texts(&["The job shows that it was not asked to end.", "In progress"]).await;
    assert_eq!(page.count_requests("/cancel"), 1, "never by itself");
    page.button("Cancel job…").click().await;
    page.button("Cancel the job").click().await;
    page.wait_for_text("Cancelling").await;
    page.wait_for_text_gone("The answer was lost").await;
    assert_eq!(page.count_requests("/cancel"), 2);
}

async fn lost_delete_is_checked(page: &Page) {
    let family = family("azure/bulkjobs");
    open(page, family, "lost", false).await;
    let lose = || Fault::status(502).method("DELETE").path("/azure/bulkjobs").times(1);
    page.add_fault(lose());
    page.button("Delete job…").click().await;
    page.button("Delete the job").click().await;
    page.wait_for_text("It is still there: it was not deleted.").await;
    page.wait_for_text("The server failed (502)").await;
    page.add_fault(lose().processed());
    page.button("Delete job…").click().await;
    page.button("Delete the job").click().await;
    page.wait_for_text("It is not there any more: it was deleted.").await;
    assert_eq!(page.count_requests("DELETE"), 2);
}

/// Neither the answer nor a look: it says so, and looks again when told.
async fn lost_cancel_whose_check_fails_is_checked_on_request(page: &Page) {
    let family = family(BULK);
    open(page, family, "dark", true).await;
    page.add_fault(Fault::status(503).path("/bulkjob/dark"));
    page.button("Cancel job…").click().await;
    page.button("Cancel the job").click().await;
    page.wait_for_texts(&["It could not be looked at either", "Nothing is sent again."]).await;
    page.clear_faults();
    page.button("Look again").click().await;
    page.wait_for_text("The job shows that it was not asked to end.").await;
    assert_eq!(page.count_requests("/cancel"), 1);
}

/// The focus is in the question, and afterwards where it was.
async fn cancel_by_keyboard_moves_the_focus(page: &Page) {
    let family = family(BULK);
    open(page, family, "by-keyboard", true).await;
    page.button("Cancel job…").click().await;
    page.wait_for_focus("Cancel this job?").await;
    page.assert_accessible("question").await;
    page.screenshot("question").await;
    page.press(Key::Escape).await;
    page.wait_for_text_gone("Cancel this job?").await;
    page.wait_for_focus("What can be done with this job").await;
    page.press(Key::Tab).await;
    page.wait_for_focus("Cancel job…").await;
    page.press(Key::Enter).await;
    page.wait_for_text("Cancel this job?").await;
    page.wait_for_focus("Cancel this job?").await;
    page.press(Key::Tab).await;
    page.press(Key::Enter).await;
    page.wait_for_text("Cancelling").await;
}

async fn failed_job_links_to_starting_again(page: &Page) {
    let seed = 3;
    let job = page.ended_job(BULK, "with failures", 20);
    page.add_jobs([job.with_failures(Failures::PerMille { seed, rate: 500 })]);
    page.open_signed_in("?job=aws/bulkjob/with failures").await;
    page.link("Start again…").wait().await;
    assert_eq!(
        page.link("Start again…").href().await.as_deref(),
        Some("?start=aws/bulkjob&from=with+failures")
    );
    let text = page.text().await;
    let failed = text
        .lines()
        .find_map(|line| line.strip_suffix(" failed…"))
        .and_then(|line| line.rsplit(' ').next())
        .expect("some failed");
    assert_ne!(failed, "0");
    let name = format!("Start again for {failed} failed…");
    assert_eq!(
        page.link(&name).href().await.as_deref(),
        Some("?start=aws/bulkjob&from=with+failures&only=failed")
    );
    page.link("Start again…").click().await;
    page.wait_for_text("Start AWS bulk operations").await;
}

/// The question stays, its numbers go on, and it closes when the job is over.
async fn confirmation_survives_refreshes(page: &Page) {
    let family = family(BULK);
    open(page, family, "goes-on", true).await;
    page.button("Cancel job…").click().await;
    page.wait_for_text("4 of 4 keys not finished yet").await;
    page.wait_for_focus("Cancel this job?").await;
    page.advance(seconds(21));
    page.wait_for_text("2 of 4 keys not finished yet").await;
    assert_eq!(page.focused().await, "Cancel this job?");
    page.advance(seconds(60));
    page.wait_for_text("there is nothing to cancel").await;
    page.wait_for_text_gone("Cancel this job?").await;
    assert_eq!(page.count_requests("/cancel"), 0);
}
