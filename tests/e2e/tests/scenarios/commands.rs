//! Copying a request as a command. The command is also visible text, for browsers that refuse the clipboard,
//! and never contains a token.

use cckm_simulator::family::FAMILIES;
use e2e::{Page, SAMPLE_ID, Setup, scenarios};

use crate::copy;

scenarios! {
    Setup::default() =>
        commands_of_every_family_contain_no_token, command_follows_the_filters_and_is_copied,
        all_lists_and_a_start_have_commands;
}

const BUTTON: &str = "Copy as command";

async fn commands_of_every_family_contain_no_token(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    let origin = page.eval("return location.origin", &[]).await;
    let origin = origin.as_str().unwrap();
    for family in FAMILIES {
        let path = family.path;
        let url = format!("{origin}/api/v1/cckm/{path}");
        page.add_jobs([page.running_job(path, "it's one", 3)]);
        page.go_to(&format!("?jobs={path}")).await;
        if family.verbs.list {
            page.button(BUTTON).click().await;
            page.wait_for_text(&format!("curl --request GET '{url}?")).await;
            page.job("it's one").click().await;
        } else {
            page.field(copy::JOB_ID).submit("it's one").await;
        }
        page.tab(copy::DETAILS).click().await;
        page.button(BUTTON).click().await;
        page.wait_for_text(&format!("curl --request GET '{url}/it%27s%20one'")).await;
        let text = page.text().await;
        let has = |verb: &str| text.contains(&format!("curl --request {verb} '{url}/it%27s%20one"));
        assert_eq!(has("POST"), family.verbs.cancel, "{path}");
        assert_eq!(has("DELETE"), family.verbs.delete, "{path}");
        assert!(text.contains("Bearer $JWT"));
        assert!(
            text.contains(r"--id='it'\''s one'") || text.contains("No command of ksctl is known"),
            "{path}"
        );
        assert!(!page.document_has_text("eyJ").await, "a token");
    }
    page.assert_accessible("commands").await;
    page.screenshot("commands").await;
}

async fn all_lists_and_a_start_have_commands(page: &Page) {
    page.open_signed_in("?jobs=all&cloud=Azure&outcome=running").await;
    page.button(BUTTON).click().await;
    page.wait_for_text("azure/bulkjobs?overall_status=in_progress").await;
    page.wait_for_text("azure/secrets/synchronization-jobs?overall_status=in_progress").await;
    assert!(!page.has_text("aws/bulkjob").await);
    page.open_signed_in("?start=aws/bulkjob").await;
    page.field(copy::OPERATION).select(copy::ENABLE_KEYS).await;
    page.field(copy::KEYS_TEXT).fill("it's one").await;
    page.button("Include 1 entry with brackets or quotes").click().await;
    page.button(copy::REVIEW).click().await;
    page.button(BUTTON).click().await;
    page.wait_for_text(r#"--data-raw '{"operation":"enablekey","keys":["it'\''s one"]}'"#).await;
    page.wait_for_text("Bearer $JWT").await;
    assert!(!page.document_has_text("eyJ").await, "a token");
    assert_eq!(page.count_requests("POST /api/v1/cckm"), 0);
}

async fn command_follows_the_filters_and_is_copied(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob&overall_status=completed").await;
    page.wait_for_text("1–1 of 1").await;
    page.button(BUTTON).click().await;
    page.wait_for_text("ksctl cckm aws bulkjob list --overall-status=completed").await;
    // The command follows the filters and stays open.
    page.field(copy::STATUS).select("Any").await;
    page.wait_for_text_gone("--overall-status=completed").await;
    page.button("Copy ksctl").click().await;
    page.wait_for_text(copy::COPIED).await;
    page.job(SAMPLE_ID).click().await;
    page.wait_for_text("2 of 2 keys finished").await;
    page.field(copy::SEARCH).paste().await;
    assert_eq!(
        page.field(copy::SEARCH).value().await.as_deref(),
        Some("ksctl cckm aws bulkjob list --sort=-createdAt --skip=0 --limit=20")
    );
}
