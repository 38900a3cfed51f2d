//! What an operator does with a job that is there: cancel it, delete it, start it again, by the
//! simulator's own table of families, and with answers that get lost: cut short or spoiled, since a
//! request whose connection is reset before any answer is sent once more by the browsers themselves.

use cckm_simulator::family::{FAMILIES, Family};
use cckm_simulator::fault::{Effect, Fault};
use cckm_simulator::job::Failures;
use e2e::{Page, Setting, in_both_browsers};
use thirtyfour::Key;

use crate::shop::{Shop, before, second};

in_both_browsers!(calm(); every_family_that_cancels, every_family_that_deletes, a_refused_cancel,
    a_lost_cancel, a_lost_delete, nothing_can_be_seen, by_keyboard, again);
in_both_browsers!(Setting::default().polling_fast(); a_question_outlives_refreshes);

const BULK: &str = "aws/bulkjob";

/// Nothing moves but by the person's hand.
fn calm() -> Setting {
    Setting::default().config(r#"{"poll":{"runningSeconds":300,"idleSeconds":300}}"#)
}

/// A job that runs, and one that is over, open in the console.
async fn open(page: &Page, family: &Family, id: &str, runs: bool) {
    let mut job = page.job(family.path, id, 4);
    if !runs {
        job.created_at = before(page.now(), second(3600));
    }
    page.add([job]);
    page.open(&format!("?job={}/{id}", family.path)).await;
    page.sign_in().await;
    page.has("link", "Start again…").await;
}

async fn has_button(page: &Page, name: &str) -> bool {
    let found = "return find('button', arguments[0]) !== null";
    page.ask(found, &[name.into()]).await == true
}

async fn every_family_that_cancels(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    for family in FAMILIES {
        let path = family.path;
        page.add([page.job(path, "to-cancel", 4)]);
        page.follow_to(&format!("?jobs={path}")).await;
        if family.verbs.list {
            page.follow("to-cancel").await;
        } else {
            page.enter_into("Job id", "to-cancel").await;
        }
        page.has("link", "Start again…").await;
        assert!(!has_button(page, "Delete job…").await, "{path} runs");
        if !family.verbs.cancel {
            assert!(!has_button(page, "Cancel job…").await, "{path}");
            continue;
        }
        page.press("Cancel job…").await;
        page.sees_all(&["Cancel this job?", "asked to end early", "end as completed"])
            .await;
        let asked = format!("POST /api/v1/cckm/{path}/to-cancel/cancel");
        assert_eq!(page.count_requests(&asked), 0, "asked before a yes");
        page.press("Cancel the job").await;
        page.sees("Cancelling").await;
        page.misses("Cancel this job?").await;
        assert_eq!(page.count_requests(&asked), 1);
        assert!(!has_button(page, "Cancel job…").await, "{path} was asked");
        page.advance(second(120));
        page.press("Refresh").await;
        page.sees("Final, no longer refreshed").await;
        page.sees("The API has no word for cancelled").await;
        assert!(!has_button(page, "Cancel job…").await, "{path} is over");
    }
}

async fn every_family_that_deletes(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    let mut deleted = 0;
    for family in FAMILIES {
        let path = family.path;
        let mut job = page.job(path, "to-delete", 4);
        job.created_at = before(page.now(), second(3600));
        page.add([job]);
        page.follow_to(&format!("?jobs={path}")).await;
        if family.verbs.list {
            page.follow("to-delete").await;
        } else {
            page.enter_into("Job id", "to-delete").await;
        }
        page.has("link", "Start again…").await;
        assert!(!has_button(page, "Cancel job…").await, "{path} is over");
        if !family.verbs.delete {
            assert!(!has_button(page, "Delete job…").await, "{path}");
            continue;
        }
        deleted += 1;
        page.press("Delete job…").await;
        page.sees_all(&["Delete this job?", "of 4", "for good"])
            .await;
        page.press("Do nothing").await;
        page.misses("Delete this job?").await;
        assert_eq!(page.count_requests("DELETE"), 0);
        page.press("Delete job…").await;
        page.press("Delete the job").await;
        page.until("the list is there", async || {
            page.query().await == format!("?jobs={path}")
        })
        .await;
        page.until("the job is not listed", async || {
            let ids = page.job_ids().await;
            !ids.is_empty() && !ids.iter().any(|id| id == "to-delete")
        })
        .await;
        assert_eq!(page.count_requests("DELETE"), 1);
    }
    assert!(deleted > 0);
}

/// The server's own words, and nothing is sent twice.
async fn a_refused_cancel(page: &Page) {
    let family = cckm_simulator::family::by_path("google/synchronization-jobs").unwrap();
    page.simulator(|simulator| simulator.behaviour.cancel_finished = false);
    open(page, family, "ends-early", true).await;
    page.press("Cancel job…").await;
    page.sees("Cancel this job?").await;
    page.advance(second(120));
    page.press("Cancel the job").await;
    page.sees("The job was not cancelled: The server is in conflict with this")
        .await;
    page.sees("Only jobs in progress can be cancelled.").await;
    page.sees("Completed").await;
    assert!(!has_button(page, "Cancel job…").await);
    assert_eq!(page.count_requests("/cancel"), 1);

    // A server that lacks the verb.
    page.add([page.job(family.path, "not-there", 4)]);
    page.follow_to("?jobs=google/synchronization-jobs").await;
    page.follow("not-there").await;
    page.fault(Fault::status(405).path("/cancel"));
    page.press("Cancel job…").await;
    page.press("Cancel the job").await;
    page.sees("or this server does not let such a job be cancelled")
        .await;
    page.sees("In progress").await;
}

async fn a_lost_cancel(page: &Page) {
    let family = cckm_simulator::family::by_path(BULK).unwrap();
    open(page, family, "lost-after", true).await;
    page.fault(
        Fault::new(Effect::Truncate(9))
            .method("POST")
            .path("/cancel")
            .times(1),
    );
    page.press("Cancel job…").await;
    page.press("Cancel the job").await;
    page.sees("The answer was lost").await;
    page.sees("The job shows that it was asked to end.").await;
    page.sees("Cancelling").await;
    assert_eq!(page.count_requests("/cancel"), 1);

    page.add([page.job(BULK, "lost-before", 4)]);
    page.follow_to("?jobs=aws/bulkjob").await;
    page.follow("lost-before").await;
    page.fault(
        Fault::new(Effect::Html)
            .method("POST")
            .path("/cancel")
            .times(1),
    );
    page.forget_requests();
    page.press("Cancel job…").await;
    page.press("Cancel the job").await;
    page.sees("The job shows that it was not asked to end.")
        .await;
    page.sees("In progress").await;
    assert_eq!(page.count_requests("/cancel"), 1, "never by itself");
    page.press("Cancel job…").await;
    page.press("Cancel the job").await;
    page.sees("Cancelling").await;
    page.misses("The answer was lost").await;
    assert_eq!(page.count_requests("/cancel"), 2);
}

async fn a_lost_delete(page: &Page) {
    let family = cckm_simulator::family::by_path("azure/bulkjobs").unwrap();
    open(page, family, "lost", false).await;
    let lose = || {
        Fault::status(502)
            .method("DELETE")
            .path("/azure/bulkjobs")
            .times(1)
    };
    page.fault(lose());
    page.press("Delete job…").await;
    page.press("Delete the job").await;
    page.sees("It is still there: it was not deleted.").await;
    page.sees("The server failed (502)").await;
    page.fault(lose().processed());
    page.press("Delete job…").await;
    page.press("Delete the job").await;
    page.sees("It is not there any more: it was deleted.").await;
    assert_eq!(page.count_requests("DELETE"), 2);
}

/// Neither the answer nor a look: it says so, and looks again when told.
async fn nothing_can_be_seen(page: &Page) {
    let family = cckm_simulator::family::by_path(BULK).unwrap();
    open(page, family, "dark", true).await;
    page.fault(Fault::status(503).path("/bulkjob/dark"));
    page.press("Cancel job…").await;
    page.press("Cancel the job").await;
    page.sees("It could not be looked at either").await;
    page.sees("Nothing is sent again.").await;
    page.heal();
    page.press("Look again").await;
    page.sees("The job shows that it was not asked to end.")
        .await;
    assert_eq!(page.count_requests("/cancel"), 1);
}

/// The focus is in the question, and afterwards where it was.
async fn by_keyboard(page: &Page) {
    let family = cckm_simulator::family::by_path(BULK).unwrap();
    open(page, family, "by-keyboard", true).await;
    page.press("Cancel job…").await;
    page.until("the question has the focus", async || {
        page.focused().await == "Cancel this job?"
    })
    .await;
    page.is_accessible("question").await;
    page.picture("question").await;
    page.keys(Key::Escape).await;
    page.misses("Cancel this job?").await;
    page.until("the row has the focus", async || {
        page.focused().await == "What can be done with this job"
    })
    .await;
    page.keys(Key::Tab).await;
    page.until("the button is next", async || {
        page.focused().await == "Cancel job…"
    })
    .await;
    page.keys(Key::Enter).await;
    page.sees("Cancel this job?").await;
    page.until("the question has the focus", async || {
        page.focused().await == "Cancel this job?"
    })
    .await;
    page.keys(Key::Tab).await;
    page.keys(Key::Enter).await;
    page.sees("Cancelling").await;
}

async fn again(page: &Page) {
    let seed = 3;
    let mut job = page.job(BULK, "with failures", 20);
    job.created_at = before(page.now(), second(3600));
    page.add([job.with_failures(Failures::PerMille { seed, rate: 500 })]);
    page.enter("?job=aws/bulkjob/with failures").await;
    page.has("link", "Start again…").await;
    assert_eq!(
        page.link("Start again…").await.as_deref(),
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
        page.link(&name).await.as_deref(),
        Some("?start=aws/bulkjob&from=with+failures&only=failed")
    );
    page.follow("Start again…").await;
    page.sees("Start AWS bulk operations").await;
}

/// The question stays, its numbers go on, and it closes when the job is over.
async fn a_question_outlives_refreshes(page: &Page) {
    let family = cckm_simulator::family::by_path(BULK).unwrap();
    open(page, family, "goes-on", true).await;
    page.press("Cancel job…").await;
    page.sees("4 of 4 keys not finished yet").await;
    page.until("the question has the focus", async || {
        page.focused().await == "Cancel this job?"
    })
    .await;
    page.advance(second(21));
    page.sees("2 of 4 keys not finished yet").await;
    assert_eq!(page.focused().await, "Cancel this job?");
    page.advance(second(60));
    page.sees("there is nothing to cancel").await;
    page.misses("Cancel this job?").await;
    assert_eq!(page.count_requests("/cancel"), 0);
}
