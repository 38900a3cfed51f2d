//! Starting jobs: every family through its form, what the form refuses, what the server refuses,
//! and the start of which nobody knows whether it was done.

use cckm_simulator::family::{Create, FAMILIES, Family, by_path};
use cckm_simulator::fault::{Effect, Fault, FaultBody};
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::second;

in_both_browsers!(Setting::default();
    every_family_is_started, what_cannot_be_sent, destruction_wants_its_count, refusals_keep_the_form,
    too_many_for_one_job, started_without_a_word);

pub const BULK: &str = "POST /api/v1/cckm/aws/bulkjob";

pub fn count(page: &Page, family: &'static Family) -> usize {
    let until = cckm_simulator::Timestamp::MAX;
    page.simulator(|simulator| simulator.jobs.begun(family, 0, until).count())
}

/// Fills the form of a family in, by what the simulator wants of it.
pub async fn fill_in(page: &Page, family: &Family) {
    match family.create {
        Create::Regions => {
            page.fill("KMS", "prod-core\nprod-data").await;
            page.fill("Regions", "eu-west-1, eu-west-2").await;
        }
        Create::Scope(name) => {
            let label = match name {
                "key_vaults" => "Key vaults",
                "key_rings" => "Key rings",
                "organization_ids" => "Organizations",
                "vaults" => "Vaults",
                "groups" => "Groups",
                "partitions" => "Partitions",
                "domains" => "Domains",
                other => panic!("the form of {} has no field for {other}", family.path),
            };
            page.fill(label, "one\ntwo").await;
        }
        Create::Keys => {
            page.choose("Operation", "Enable").await;
            page.fill("Keys", "key-1\nkey-2\nkey-2").await;
            page.sees("2 keys. Left out: 1 repeated").await;
        }
        Create::Backups => page.fill("Backups", "backup-1\nbackup-2").await,
        Create::Versions => {
            page.choose("Operation", "Disable").await;
            page.fill("Key id", "key-1").await;
        }
        Create::Open => page.fill("Body as JSON", "{\"anything\": 1}").await,
    }
}

async fn every_family_is_started(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    for family in FAMILIES {
        let path = family.path;
        let before = count(page, family);
        page.follow_to(&format!("?jobs={path}")).await;
        page.until("the list is there", async || {
            page.query().await == format!("?jobs={path}")
        })
        .await;
        page.follow("Start…").await;
        page.has("button", "Review…").await;
        fill_in(page, family).await;
        page.press("Review…").await;
        page.sees("Start this job?").await;
        if matches!(family.create, Create::Backups) {
            page.fill("Type 2 to go on", "2").await;
        }
        page.press("Start the job").await;
        page.sees("In progress").await;
        assert_eq!(count(page, family), before + 1, "{path}");
        let own = page.text_of("h1").await.unwrap_or_default();
        assert_eq!(page.query().await, format!("?job={path}/{own}"));
        let there = page.simulator(|simulator| simulator.jobs.get(family, &own).is_some());
        assert!(there, "{path}: {own}");
        assert_eq!(page.count_requests(&format!("POST /api/v1/cckm/{path}")), 1);
    }
}

async fn what_cannot_be_sent(page: &Page) {
    page.enter("?start=aws/synchronization-jobs").await;
    page.press("Review…").await;
    page.sees("Give at least one of these: KMS, All regions of all KMS")
        .await;
    page.until("the field has the focus", async || {
        page.focused().await == "KMS"
    })
    .await;
    page.fill("KMS", "prod-core").await;
    page.misses("Give at least one of these").await;
    page.tick("All regions of all KMS").await;
    page.sees("does not go together with “All regions of all KMS”")
        .await;
    page.tick("All regions of all KMS").await;
    page.misses("does not go together").await;
    page.press("Review…").await;
    page.sees("Synchronizes all regions of 1 KMS").await;
    page.press("Do nothing").await;
    page.misses("Start this job?").await;
    assert_eq!(page.value("KMS").await.as_deref(), Some("prod-core"));

    page.open("?start=aws/bulkjob").await;
    page.sign_in().await;
    page.press("Review…").await;
    page.sees("2 fields have to be corrected").await;
    page.choose("Operation", "Schedule the deletion").await;
    page.fill("Days until the deletion", "31").await;
    page.sees("Enter a whole number from 7 to 30").await;
    // What belongs to another operation is kept, and neither shown nor sent.
    page.choose("Operation", "Enable").await;
    page.misses("Days until the deletion").await;
    page.fill("Keys", "key-1").await;
    page.press("Review…").await;
    page.sees("Enables 1 key").await;
    page.press("What is sent").await;
    page.sees(r#"{"operation":"enablekey","keys":["key-1"]}"#)
        .await;
    page.press("Do nothing").await;
    page.choose("Operation", "Schedule the deletion").await;
    assert_eq!(
        page.value("Days until the deletion").await.as_deref(),
        Some("31")
    );
    // Typed text outlives a look elsewhere.
    page.follow("Back to AWS bulk operations").await;
    page.sees("1–1 of 1").await;
    page.follow("Start…").await;
    assert_eq!(page.value("Keys").await.as_deref(), Some("key-1"));
    assert_eq!(page.count_requests("POST /api/v1/cckm/"), 0);
}

async fn destruction_wants_its_count(page: &Page) {
    page.enter("?start=aws/bulkjob").await;
    page.choose("Operation", "Schedule the deletion").await;
    page.fill("Keys", "a\nb\nc").await;
    page.fill("Days until the deletion", "7").await;
    page.press("Review…").await;
    page.sees("Schedules the deletion of 3 keys in 7 days")
        .await;
    page.fill("Type 3 to go on", "2").await;
    assert!(!may_start(page).await);
    page.fill("Type 3 to go on", "3").await;
    page.until("it can be started", async || may_start(page).await)
        .await;
    page.press("Start the job").await;
    page.sees("In progress").await;

    // Of what is not known beforehand the id is wanted.
    page.open("?start=azure/bulkjobs").await;
    page.sign_in().await;
    page.fill("Of all keys of a vault", "vault-1").await;
    page.press("Review…").await;
    page.sees("Deletes the backups of 1 vault").await;
    page.sees("How many that are is not known beforehand").await;
    page.fill("Type vault-1 to go on", "1").await;
    assert!(!may_start(page).await);
    page.fill("Type vault-1 to go on", "vault-1").await;
    page.press("Start the job").await;
    page.sees("In progress").await;
    page.open("?start=google/update-all-versions-jobs").await;
    page.sign_in().await;
    page.choose("Operation", "Schedule the destruction").await;
    page.fill("Key id", "key-1").await;
    page.press("Review…").await;
    page.has("field", "Type key-1 to go on").await;
}

async fn may_start(page: &Page) -> bool {
    let disabled = "return find('button', 'Start the job')?.disabled ?? true";
    page.ask(disabled, &[]).await == false
}

pub async fn enable_two(page: &Page) {
    page.choose("Operation", "Enable").await;
    page.fill("Keys", "key-1\nkey-2").await;
    start(page).await;
}

pub async fn start(page: &Page) {
    page.press("Review…").await;
    page.press("Start the job").await;
}

async fn refusals_keep_the_form(page: &Page) {
    page.enter("?start=aws/bulkjob").await;
    let said = |status, words: &str| {
        let body = FaultBody::Custom("application/json".to_owned(), words.to_owned());
        let retry_after = None;
        Fault::new(Effect::Status {
            status,
            body,
            retry_after,
        })
        .method("POST")
        .path("/cckm/")
    };
    page.fault(said(
        403,
        r#"{"code":1,"codeDesc":"NCERRInsufficientPermissions"}"#,
    ));
    enable_two(page).await;
    page.sees("This usually needs the permission keybulkoperation")
        .await;
    page.sees("Nothing was started").await;
    for (fault, words) in [
        (
            said(409, r#"{"message":"A job is in progress"}"#),
            "A job is in progress",
        ),
        (
            said(400, r#"{"message":"Validation errors:\nkeys: unknown"}"#),
            "keys: unknown",
        ),
        (said(429, r#"{"message":"Too many"}"#), "Too many"),
    ] {
        page.heal();
        page.fault(fault);
        start(page).await;
        page.sees(words).await;
        assert_eq!(page.value("Keys").await.as_deref(), Some("key-1\nkey-2"));
        assert_eq!(page.value("Operation").await.as_deref(), Some("Enable"));
    }
    page.heal();
    // The server's token is over, of which the browser cannot know: renewed, and started once.
    page.advance(second(301));
    page.forget_requests();
    start(page).await;
    page.sees("In progress").await;
    assert_eq!(page.count_answers(401), 1);
    assert_eq!(count(page, by_path("aws/bulkjob").unwrap()), 2);

    // A session that ends keeps the form too.
    page.open("?start=aws/bulkjob").await;
    page.sign_in().await;
    page.simulator(|simulator| simulator.auth.revoke_all());
    enable_two(page).await;
    page.sees("Sign in again").await;
    page.sign_in().await;
    page.sees("Nothing was started").await;
    assert_eq!(page.value("Keys").await.as_deref(), Some("key-1\nkey-2"));
    start(page).await;
    page.sees("In progress").await;
    assert_eq!(count(page, by_path("aws/bulkjob").unwrap()), 3);
}

async fn too_many_for_one_job(page: &Page) {
    page.enter("?start=aws/bulkjob").await;
    page.choose("Operation", "Enable").await;
    let keys: Vec<String> = (0..101).map(|at| format!("k{at}")).collect();
    page.fill("Keys", &keys.join(",")).await;
    page.press("Review…").await;
    page.sees("101 keys: one job takes 100 at the most").await;
    assert_eq!(
        page.link("Start a batch").await.as_deref(),
        Some("?batch=new")
    );
}

/// As the contract allows: any 2xx, and no body.
async fn started_without_a_word(page: &Page) {
    let effect = |status| Effect::Status {
        status,
        body: FaultBody::None,
        retry_after: None,
    };
    page.enter("?start=aws/bulkjob").await;
    page.fault(
        Fault::new(effect(202))
            .method("POST")
            .path("/cckm/")
            .processed(),
    );
    enable_two(page).await;
    page.sees("The job was started. The server did not tell its id.")
        .await;
    page.follow("See the list").await;
    page.sees("1–2 of 2").await;
    page.follow("Start…").await;
    page.press("Start another").await;
    page.has("button", "Review…").await;
}
