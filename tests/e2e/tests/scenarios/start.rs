//! Starting jobs: every family's form, its validation, the server's refusals, starts without an id.

use cckm_simulator::family::{Create, FAMILIES, Family};
use cckm_simulator::fault::FaultBody;
use e2e::{Page, Setup, answer, family, json_answer, scenarios, seconds};

use crate::copy;

scenarios! {
    Setup::default() =>
        every_family_starts_from_its_form, invalid_form_is_explained_and_kept,
        destructive_start_requires_its_count, refused_start_keeps_the_form,
        too_many_keys_lead_to_a_batch, start_without_an_id_links_to_the_list;
}

pub const BULK: &str = "POST /api/v1/cckm/aws/bulkjob";

/// Fills in the form of a family with what the simulator requires.
pub async fn fill_in(page: &Page, family: &Family) {
    match family.create {
        Create::Regions => {
            page.field(copy::KMS).fill("prod-core\nprod-data").await;
            page.field(copy::REGIONS).fill("eu-west-1, eu-west-2").await;
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
            page.field(label).fill("one\ntwo").await;
        }
        Create::Keys => {
            page.field(copy::OPERATION).select(copy::ENABLE_KEYS).await;
            page.field(copy::KEYS_TEXT).fill("key-1\nkey-2\nkey-2").await;
            page.wait_for_text("2 keys. Left out: 1 repeated").await;
        }
        Create::Backups => page.field("Backups").fill("backup-1\nbackup-2").await,
        Create::Versions => {
            page.field(copy::OPERATION).select("Disable all versions").await;
            page.field(copy::KEY_ID).fill("key-1").await;
        }
        Create::Open => page.field("Body as JSON").fill("{\"anything\": 1}").await,
    }
}

async fn every_family_starts_from_its_form(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    for family in FAMILIES {
        let path = family.path;
        let before = page.jobs(family).len();
        page.go_to(&format!("?jobs={path}")).await;
        page.wait_for_query(&format!("?jobs={path}")).await;
        page.link(copy::START_BUTTON).click().await;
        page.button(copy::REVIEW).wait().await;
        fill_in(page, family).await;
        page.button(copy::REVIEW).click().await;
        page.wait_for_text(copy::START_THIS_JOB).await;
        if matches!(family.create, Create::Backups) {
            page.field(copy::TYPE_2_TO_CONTINUE).fill("2").await;
        }
        confirm_start(page).await;
        page.wait_for_text(copy::IN_PROGRESS_JOB).await;
        assert_eq!(page.jobs(family).len(), before + 1, "{path}");
        let id = page.css(".job__id code").text().await.unwrap_or_default();
        assert_eq!(page.query().await, format!("?job={path}/{id}"));
        let exists = page.simulator(|simulator| simulator.jobs.get(family, &id).is_some());
        assert!(exists, "{path}: {id}");
        assert_eq!(page.count_requests(&format!("POST /api/v1/cckm/{path}")), 1);
    }
}

async fn invalid_form_is_explained_and_kept(page: &Page) {
    page.open_signed_in("?start=aws/synchronization-jobs").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("Give at least one of these: KMS, All regions of all KMS").await;
    page.wait_for_focus(copy::KMS).await;
    page.field(copy::KMS).fill("prod-core").await;
    page.wait_for_text_gone("Give at least one of these").await;
    page.checkbox("All regions of all KMS").click().await;
    page.wait_for_text("does not go together with “All regions of all KMS”").await;
    page.checkbox("All regions of all KMS").click().await;
    page.wait_for_text_gone("does not go together").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("Synchronizes all regions of 1 KMS").await;
    page.button(copy::DO_NOTHING).click().await;
    page.wait_for_text_gone(copy::START_THIS_JOB).await;
    assert_eq!(page.field(copy::KMS).value().await.as_deref(), Some("prod-core"));

    page.open_signed_in("?start=aws/bulkjob").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("2 fields have to be corrected").await;
    page.field(copy::OPERATION).select(copy::SCHEDULE_KEY_DELETION).await;
    page.field(copy::DAYS_UNTIL_THE_DELETION).fill("31").await;
    page.wait_for_text("Enter a whole number from 7 to 30").await;
    // Fields of another operation keep their values, but are neither visible nor sent.
    page.field(copy::OPERATION).select(copy::ENABLE_KEYS).await;
    page.wait_for_text_gone(copy::DAYS_UNTIL_THE_DELETION).await;
    page.field(copy::KEYS_TEXT).fill("key-1").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("Enables 1 key").await;
    page.button(copy::WHAT_IS_SENT).click().await;
    page.wait_for_text(r#"{"operation":"enablekey","keys":["key-1"]}"#).await;
    page.button(copy::DO_NOTHING).click().await;
    page.field(copy::OPERATION).select(copy::SCHEDULE_KEY_DELETION).await;
    assert_eq!(page.field(copy::DAYS_UNTIL_THE_DELETION).value().await.as_deref(), Some("31"));
    // The form survives a visit to another page.
    page.link(copy::BACK_TO_AWS_BULK_OPERATIONS).click().await;
    page.wait_for_text("1–1 of 1").await;
    page.link(copy::START_BUTTON).click().await;
    assert_eq!(page.field(copy::KEYS_TEXT).value().await.as_deref(), Some("key-1"));
    assert_eq!(page.count_requests("POST /api/v1/cckm/"), 0);
}

async fn destructive_start_requires_its_count(page: &Page) {
    page.open_signed_in("?start=aws/bulkjob").await;
    page.field(copy::OPERATION).select(copy::SCHEDULE_KEY_DELETION).await;
    page.field(copy::KEYS_TEXT).fill("a\nb\nc").await;
    page.field(copy::DAYS_UNTIL_THE_DELETION).fill("7").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("Schedules the deletion of 3 keys in 7 days").await;
    page.field(copy::TYPE_3_TO_CONTINUE).fill("2").await;
    assert!(!can_start(page).await);
    page.field(copy::TYPE_3_TO_CONTINUE).fill("3").await;
    page.wait_until("the job can be started", async || can_start(page).await).await;
    page.button(copy::START_THE_JOB).click().await;
    page.wait_for_text(copy::IN_PROGRESS_JOB).await;

    // Where the count is unknown, the id has to be typed.
    page.open_signed_in("?start=azure/bulkjobs").await;
    page.field("Of all keys of a vault").fill("vault-1").await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("Deletes the backups of 1 vault").await;
    page.wait_for_text("Their number is not known in advance").await;
    page.field("Type vault-1 to continue").fill("1").await;
    assert!(!can_start(page).await);
    page.field("Type vault-1 to continue").fill("vault-1").await;
    page.button(copy::START_THE_JOB).click().await;
    page.wait_for_text(copy::IN_PROGRESS_JOB).await;
    page.open_signed_in("?start=google/update-all-versions-jobs").await;
    page.field(copy::OPERATION).select("Destroy all versions").await;
    page.field(copy::KEY_ID).fill("key-1").await;
    page.button(copy::REVIEW).click().await;
    page.field("Type key-1 to continue").wait().await;
}

async fn can_start(page: &Page) -> bool {
    page.button(copy::START_THE_JOB).is_enabled().await
}

/// Fills in the form for two keys and starts the job.
pub async fn enable_two(page: &Page) {
    page.field(copy::OPERATION).select(copy::ENABLE_KEYS).await;
    page.field(copy::KEYS_TEXT).fill("key-1\nkey-2").await;
    start(page).await;
}

/// Reviews the form and starts the job.
pub async fn start(page: &Page) {
    page.button(copy::REVIEW).click().await;
    confirm_start(page).await;
}

/// Confirms the open question, whose button can name the number of items.
pub async fn confirm_start(page: &Page) {
    page.role("alertdialog").find(page.css(".button--danger")).click().await;
}

async fn refused_start_keeps_the_form(page: &Page) {
    page.open_signed_in("?start=aws/bulkjob").await;
    let refusal = |status, json| json_answer(status, json).method("POST").path("/cckm/");
    page.add_fault(refusal(403, r#"{"code":1,"codeDesc":"NCERRInsufficientPermissions"}"#));
    enable_two(page).await;
    page.wait_for_text("This usually needs the permission keybulkoperation").await;
    page.wait_for_text("Nothing was started").await;
    for (fault, message) in [
        (refusal(409, r#"{"message":"A job is in progress"}"#), "A job is in progress"),
        (refusal(400, r#"{"message":"Validation errors:\nkeys: unknown"}"#), "keys: unknown"),
        (refusal(429, r#"{"message":"Too many"}"#), "Too many"),
    ] {
        page.clear_faults();
        page.add_fault(fault);
        start(page).await;
        page.wait_for_text(message).await;
        assert_eq!(page.field(copy::KEYS_TEXT).value().await.as_deref(), Some("key-1\nkey-2"));
        assert_eq!(page.field(copy::OPERATION).value().await.as_deref(), Some(copy::ENABLE_KEYS));
    }
    page.clear_faults();
    // An expired token is renewed and the job started once.
    page.advance(seconds(301));
    page.clear_requests();
    start(page).await;
    page.wait_for_text(copy::IN_PROGRESS_JOB).await;
    assert_eq!(page.count_responses(401), 1);
    assert_eq!(page.jobs(family("aws/bulkjob")).len(), 2);

    // The form survives the end of the session.
    page.open_signed_in("?start=aws/bulkjob").await;
    page.end_sessions();
    enable_two(page).await;
    page.wait_for_text(copy::SIGN_IN_AGAIN).await;
    page.sign_in().await;
    page.wait_for_text("Nothing was started").await;
    assert_eq!(page.field(copy::KEYS_TEXT).value().await.as_deref(), Some("key-1\nkey-2"));
    start(page).await;
    page.wait_for_text(copy::IN_PROGRESS_JOB).await;
    assert_eq!(page.jobs(family("aws/bulkjob")).len(), 3);
}

async fn too_many_keys_lead_to_a_batch(page: &Page) {
    page.open_signed_in("?start=aws/bulkjob").await;
    page.field(copy::OPERATION).select(copy::ENABLE_KEYS).await;
    let keys: Vec<String> = (0..101).map(|at| format!("k{at}")).collect();
    page.field(copy::KEYS_TEXT).fill(&keys.join(",")).await;
    page.button(copy::REVIEW).click().await;
    page.wait_for_text("101 keys: one job takes at most 100").await;
    assert_eq!(page.link("Start a batch").href().await.as_deref(), Some("?batch=new"));
}

/// The contract allows any 2xx status without a body.
async fn start_without_an_id_links_to_the_list(page: &Page) {
    page.open_signed_in("?start=aws/bulkjob").await;
    page.add_fault(answer(202, FaultBody::None).method("POST").path("/cckm/").processed());
    enable_two(page).await;
    page.wait_for_text("The job was started. The server did not send its id.").await;
    page.link("See the list").click().await;
    page.wait_for_text("1–2 of 2").await;
    page.link(copy::START_BUTTON).click().await;
    page.button("Start another").click().await;
    page.button(copy::REVIEW).wait().await;
}
