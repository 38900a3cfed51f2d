//! The current domain, and switching to another.

use cckm_simulator::fault::{Effect, Fault};
use e2e::{Page, SAMPLE_ID, Setup, json_answer, scenarios};

use crate::copy;

scenarios! {
    Setup::default() =>
        switched_domain_shows_its_jobs, cancelled_switch_keeps_the_session,
        unusable_domain_list_hides_the_switch;
}

const SWITCH: &str = "Switch domain…";

fn add_job_of_emea(page: &Page) {
    let job = page.running_job("aws/bulkjob", "of-the-other-domain", 2);
    page.add_jobs([job.with_domain(1)]);
}

async fn switched_domain_shows_its_jobs(page: &Page) {
    add_job_of_emea(page);
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text(SAMPLE_ID).await;
    page.wait_for_text(copy::DOMAIN_ROOT).await;
    page.button(SWITCH).click().await;
    page.button("emea").wait().await;
    page.assert_accessible("domains").await;
    page.screenshot("domains").await;
    page.button("emea").click().await;
    page.wait_for_text(copy::SWITCH_TO_THE_DOMAIN_EMEA).await;
    page.assert_accessible("switch").await;
    page.screenshot("switch").await;
    assert_eq!(page.field(copy::USERNAME).value().await.as_deref(), Some("admin"));
    assert_eq!(page.field(copy::DOMAIN).value().await.as_deref(), Some("emea"));
    page.wait_for_focus(copy::PASSWORD).await;

    // A wrong password changes nothing.
    page.field(copy::PASSWORD).fill("wrong").await;
    page.button(copy::SIGN_IN).click().await;
    page.wait_for_text("Wrong username or password").await;
    assert!(page.document_has_text(SAMPLE_ID).await);

    page.field(copy::PASSWORD).fill("KeySecure!2024").await;
    page.button(copy::SIGN_IN).click().await;
    page.wait_for_texts(&["Domain emea", "of-the-other-domain"]).await;
    assert!(!page.document_has_text(SAMPLE_ID).await, "of the other domain");
    assert_eq!(page.query().await, "?jobs=aws/bulkjob");
    page.wait_for_request("POST /api/v1/auth/logout").await;

    page.button(SWITCH).click().await;
    page.button("root").click().await;
    page.field(copy::PASSWORD).fill("KeySecure!2024").await;
    page.button(copy::SIGN_IN).click().await;
    page.wait_for_text(SAMPLE_ID).await;
    page.wait_for_text(copy::DOMAIN_ROOT).await;
    assert!(!page.document_has_text("of-the-other-domain").await);
}

async fn cancelled_switch_keeps_the_session(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text(SAMPLE_ID).await;
    page.button(SWITCH).click().await;
    page.button("emea").click().await;
    page.wait_for_text(copy::SWITCH_TO_THE_DOMAIN_EMEA).await;
    page.button("Stay in this domain").click().await;
    page.wait_for_text_gone(copy::SWITCH_TO_THE_DOMAIN_EMEA).await;
    page.wait_for_text(SAMPLE_ID).await;
    page.button(SWITCH).click().await;
    page.button("emea").click().await;
    page.wait_for_text(copy::SWITCH_TO_THE_DOMAIN_EMEA).await;
    page.press(thirtyfour::Key::Escape).await;
    page.wait_for_text_gone(copy::SWITCH_TO_THE_DOMAIN_EMEA).await;
    page.button(copy::REFRESH).click().await;
    page.wait_for_text(SAMPLE_ID).await;
    page.wait_for_text(copy::DOMAIN_ROOT).await;
    assert_eq!(page.count_requests("POST /api/v1/auth/tokens/"), 1);
}

/// Without a usable list of several domains the console offers no switch.
async fn unusable_domain_list_hides_the_switch(page: &Page) {
    for fault in [
        Fault::status(404),
        Fault::status(403),
        Fault::status(500),
        Fault::new(Effect::Html),
        Fault::new(Effect::Truncate { bytes: 9 }),
        json_answer(200, r#"{"resources":[{"id":"1","name":"one"}]}"#),
        json_answer(200, r#"{"resources":"many"}"#),
    ] {
        page.add_fault(fault.path("/self/domains"));
        page.open_signed_in("?jobs=aws/bulkjob").await;
        page.wait_for_text(SAMPLE_ID).await;
        page.wait_for_request("/self/domains").await;
        page.wait_for_text(copy::DOMAIN_ROOT).await;
        assert!(!page.button(SWITCH).exists().await);
        assert!(!page.has_text(copy::THE_SERVER_FAILED).await);
        page.clear_faults();
        page.clear_requests();
    }
}
