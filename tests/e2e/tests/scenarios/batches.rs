//! Batches: many keys in jobs of a hundred, from the form to the last key, through all that goes wrong.

use cckm_simulator::Timestamp;
use cckm_simulator::family::by_path;
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::second;

in_both_browsers!(Setting::default().polling_fast(); a_batch_to_its_end);

const START: &str = "POST /api/v1/cckm/aws/bulkjob";
const KEYS: &str = "One key a line, or with commas between them";

fn keys(count: usize) -> Vec<String> {
    let keys = 0..count;
    keys.map(|at| format!("3f2b8a10-77aa-4c1e-9d00-{at:012}"))
        .collect()
}

/// The keys of all jobs but the documented one, as often as they were asked for.
fn asked(page: &Page) -> Vec<String> {
    page.simulator(|simulator| {
        let family = by_path("aws/bulkjob").unwrap();
        let jobs = simulator.jobs.begun(family, 0, Timestamp::MAX);
        let jobs = jobs.filter(|job| !job.id.starts_with("e612b64f"));
        let names = jobs.flat_map(|job| job.items.names().map(String::from).collect::<Vec<_>>());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    })
}

async fn a_batch_to_its_end(page: &Page) {
    page.simulator(|simulator| {
        let failing = (
            "000000000042".to_owned(),
            "AccessDeniedException: no".to_owned(),
        );
        simulator.behaviour.failing.push(failing);
    });
    let keys = keys(250);
    page.enter("?batch=").await;
    page.sees("No batches in this browser").await;
    page.follow("New batch…").await;
    page.sees_all(&["0 keys recognised", "There are no keys yet"])
        .await;
    page.put_into(KEYS, &keys.join("\n")).await;
    page.sees_all(&[
        "250 keys recognised",
        "Choose what is to be done to the keys",
    ])
    .await;
    page.choose("Operation", "Enable keys").await;
    page.sees("Each of 250 keys is enabled.").await;
    page.sees("250 keys in 3 jobs of at most 100").await;
    page.is_accessible("new batch").await;
    page.picture("batch-new").await;
    assert_eq!(page.count_requests(START), 0);
    page.press("Start…").await;
    page.sees("Enable keys: 250 keys?").await;
    page.press("Start 3 jobs").await;
    page.sees("3 of 3 jobs started").await;
    page.sees("0 of 250 keys finished").await;
    page.advance(second(100));
    page.sees("150 of 250 keys finished").await;
    page.advance(second(120));
    page.sees("250 of 250 keys finished").await;
    page.sees("Final, no longer refreshed").await;
    page.sees_all(&["1 failed", "249 done", "AccessDeniedException: no"])
        .await;
    page.is_accessible("batch").await;
    page.picture("batch").await;
    assert_eq!(page.count_requests(START), 3);
    assert_eq!(asked(page), keys);
}
