//! Signing in and out.

use cckm_simulator::Simulator;
use cckm_simulator::http::Request;
use e2e::{Page, SAMPLE_ID, Setup, scenarios, seconds};

use crate::copy;

scenarios! {
    Setup::default() =>
        wrong_password_keeps_the_address, pasted_token_signs_in_and_is_revoked,
        domain_and_connection_are_sent, tenant_is_read_from_a_pasted_address, sign_out_hides_everything,
        token_and_password_are_not_stored;
    Setup::default().config(r#"{"tenant":"https://host.example/?tenant=emea"}"#) =>
        configured_tenant_is_sent;
}

async fn wrong_password_keeps_the_address(page: &Page) {
    page.add_ended_jobs("azure/bulkjobs", 25);
    page.open("?jobs=azure%2Fbulkjobs&skip=20").await;
    page.wait_for_text(copy::USERNAME).await;
    assert_eq!(page.focused().await, "Username");
    page.submit_sign_in("admin", "not the password").await;
    // The page shows the message of the server.
    page.wait_for_text("NCERRUnauthorizedAccess").await;
    assert!(page.has_sign_in_form().await);
    assert_eq!(page.focused().await, "Password");

    page.sign_in().await;
    page.wait_for_text("21–26 of 26").await;
    assert_eq!(page.query().await, "?jobs=azure/bulkjobs&skip=20");
}

async fn pasted_token_signs_in_and_is_revoked(page: &Page) {
    let token = page.api_token();
    page.open("?jobs=aws/bulkjob").await;
    page.wait_for_text(copy::USERNAME).await;
    page.radio(copy::API_TOKEN).click().await;
    page.field(copy::TOKEN).fill("this is no token").await;
    page.button(copy::SIGN_IN).click().await;
    page.wait_for_text("This is no token").await;

    page.field(copy::TOKEN).fill(&format!("Bearer {token}")).await;
    page.button(copy::SIGN_IN).click().await;
    page.wait_for_texts(&["1–1 of 1", copy::SIGN_OUT]).await;

    // The server refuses the token after signing out.
    let request = Request::get("/api/v1/auth/self/user")
        .header("Authorization", format!("Bearer {token}"))
        .body(Vec::new())
        .expect("the request is valid");
    let now = page.now();
    let status = async || {
        let handle = |simulator: &mut Simulator| simulator.handle(now, &request).status();
        page.simulator(handle)
    };
    assert_eq!(status().await, 200);
    page.button(copy::SIGN_OUT).click().await;
    page.wait_until("the server refuses the token", async || status().await == 401).await;
}

async fn domain_and_connection_are_sent(page: &Page) {
    let job = page.running_job("aws/bulkjob", "of-the-other-domain", 2).with_domain(1);
    page.add_jobs([job]);
    page.open("?jobs=aws/bulkjob").await;
    page.button(copy::TENANT_DOMAIN_AND_CONNECTION).click().await;
    page.field(copy::DOMAIN).fill("nowhere").await;
    page.field("Connection").fill("local_account").await;
    page.submit_sign_in("admin", "KeySecure!2024").await;
    page.wait_for_text("NCERRUnauthorizedAccess").await;

    page.field(copy::DOMAIN).fill("emea").await;
    page.sign_in().await;
    page.wait_for_text("1–1 of 1").await;
    assert_eq!(page.job_ids().await, ["of-the-other-domain"]);
}

async fn tenant_is_read_from_a_pasted_address(page: &Page) {
    let job = page.running_job("aws/bulkjob", "of-the-tenant", 2).with_domain(1);
    page.add_jobs([job]);
    page.open("?jobs=aws/bulkjob").await;
    page.button(copy::TENANT_DOMAIN_AND_CONNECTION).click().await;
    page.field("Tenant").fill("https://host.example/").await;
    page.submit_sign_in("admin", "KeySecure!2024").await;
    page.wait_for_text("The tenant cannot be used").await;
    assert_eq!(page.requests(), [""; 0]);
    page.field("Tenant").fill("https://host.example/?tenant=emea#/home").await;
    page.sign_in().await;
    page.wait_for_text("1–1 of 1").await;
    assert_eq!(page.job_ids().await, ["of-the-tenant"]);
}

async fn configured_tenant_is_sent(page: &Page) {
    let job = page.running_job("aws/bulkjob", "of-the-tenant", 2).with_domain(1);
    page.add_jobs([job]);
    page.open("?jobs=aws/bulkjob").await;
    page.wait_for_text(copy::USERNAME).await;
    assert_eq!(page.field("Tenant").value().await.as_deref(), Some("emea"));
    page.sign_in().await;
    page.wait_for_text("1–1 of 1").await;
    assert_eq!(page.job_ids().await, ["of-the-tenant"]);
}

async fn sign_out_hides_everything(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    let id = SAMPLE_ID;
    page.job(id).click().await;
    page.wait_for_text("2 of 2 keys finished").await;
    page.button(copy::SIGN_OUT).click().await;
    page.wait_for_text("You have signed out.").await;
    page.wait_for_request("POST /api/v1/auth/revoke").await;
    assert!(!page.document_has_text(id).await);
    page.clear_requests();

    // Going back neither shows nor requests anything.
    page.back().await;
    page.wait_for_query("?jobs=aws/bulkjob").await;
    page.assert_stays("no data is visible", seconds(1), async || {
        !page.document_has_text(id).await && page.has_sign_in_form().await
    })
    .await;
    assert_eq!(page.requests(), [""; 0]);

    page.sign_in().await;
    page.wait_for_text("1–1 of 1").await;
}

/// The token is in memory only, not in the address, title, storage or cookies.
async fn token_and_password_are_not_stored(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    let places = "return [location.href, document.title, document.cookie, JSON.stringify(localStorage), \
                  JSON.stringify(sessionStorage), JSON.stringify(history.state), document.documentElement.outerHTML].join('\\n')";
    let places = page.eval(places, &[]).await;
    let places = places.as_str().unwrap();
    for secret in ["eyJ", "KeySecure!2024"] {
        assert!(!places.contains(secret), "{secret} is in {places}");
    }
    let databases = "return indexedDB.databases ? 'known' : 'unknown'";
    assert_eq!(page.eval(databases, &[]).await, "known");
    page.reload().await;
    page.wait_for_text(copy::USERNAME).await;
    assert_eq!(page.field(copy::PASSWORD).value().await.as_deref(), Some(""));
}
