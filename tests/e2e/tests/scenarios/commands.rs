//! Copying what is on screen as a command: readable where the clipboard is refused, and never with a token.

use cckm_simulator::family::FAMILIES;
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::Shop;

in_both_browsers!(Setting::default(); every_family_as_commands, copied, all_and_what_is_started);

const BUTTON: &str = "Copy as command";

async fn every_family_as_commands(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    let origin = page.js("return location.origin", &[]).await;
    let origin = origin.as_str().unwrap();
    for family in FAMILIES {
        let path = family.path;
        let url = format!("{origin}/api/v1/cckm/{path}");
        page.add([page.job(path, "it's one", 3)]);
        page.follow_to(&format!("?jobs={path}")).await;
        if family.verbs.list {
            page.press(BUTTON).await;
            page.sees(&format!("curl --request GET '{url}?")).await;
            page.follow("it's one").await;
        } else {
            page.enter_into("Job id", "it's one").await;
        }
        page.press(BUTTON).await;
        page.sees(&format!("curl --request GET '{url}/it%27s%20one'"))
            .await;
        let text = page.text().await;
        let has = |verb: &str| text.contains(&format!("curl --request {verb} '{url}/it%27s%20one"));
        assert_eq!(has("POST"), family.verbs.cancel, "{path}");
        assert_eq!(has("DELETE"), family.verbs.delete, "{path}");
        assert!(text.contains("Bearer $JWT"));
        assert!(
            text.contains(r"--id='it'\''s one'") || text.contains("No command of ksctl is known"),
            "{path}"
        );
        assert!(!page.holds("eyJ").await, "a token");
    }
    page.is_accessible("commands").await;
    page.picture("commands").await;
}

async fn all_and_what_is_started(page: &Page) {
    page.enter("?jobs=all&cloud=Azure&overall_status=failed")
        .await;
    page.press(BUTTON).await;
    page.sees("azure/bulkjobs?overall_status=failed").await;
    page.sees("azure/secrets/synchronization-jobs?overall_status=failed")
        .await;
    assert!(!page.shows("aws/bulkjob").await);
    page.open("?start=aws/bulkjob").await;
    page.sign_in().await;
    page.choose("Operation", "Enable").await;
    page.fill("Keys", "it's one").await;
    page.press("Review…").await;
    page.press(BUTTON).await;
    page.sees(r#"--data-raw '{"operation":"enablekey","keys":["it'\''s one"]}'"#)
        .await;
    page.sees("Bearer $JWT").await;
    assert!(!page.holds("eyJ").await, "a token");
    assert_eq!(page.count_requests("POST /api/v1/cckm"), 0);
}

async fn copied(page: &Page) {
    page.enter("?jobs=aws/bulkjob&overall_status=completed")
        .await;
    page.sees("1–1 of 1").await;
    page.press(BUTTON).await;
    page.sees("ksctl cckm aws bulkjob list --overall-status=completed")
        .await;
    // It follows the filters, and stays open.
    page.choose("Status", "Any").await;
    page.misses("--overall-status=completed").await;
    page.press("Copy ksctl").await;
    page.sees("Copied").await;
    page.follow("e612b64f-6364-48ce-92ec-c6dd608d7ad0").await;
    page.sees("2 of 2 keys finished").await;
    page.paste_into("Search").await;
    assert_eq!(
        page.value("Search").await.as_deref(),
        Some("ksctl cckm aws bulkjob list --sort=-createdAt --skip=0 --limit=20")
    );
}
