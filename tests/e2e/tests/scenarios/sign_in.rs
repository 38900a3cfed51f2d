//! Signing in and out.

use cckm_simulator::Simulator;
use cckm_simulator::http::Request;
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::{Shop, second};

in_both_browsers!(Setting::default(); a_wrong_password, a_pasted_token, domain_and_connection, signing_out, secrets_are_nowhere);

async fn a_wrong_password(page: &Page) {
    page.fill_with("azure/bulkjobs", 25);
    page.open("?jobs=azure%2Fbulkjobs&skip=20").await;
    page.sees("Username").await;
    assert_eq!(page.focused().await, "Username");
    page.try_sign_in("admin", "not the password").await;
    // What the server says, to the letter.
    page.sees("NCERRUnauthorizedAccess").await;
    assert!(page.has_sign_in_form().await);
    assert_eq!(page.focused().await, "Password");

    page.sign_in().await;
    page.sees("21–26 of 26").await;
    assert_eq!(page.query().await, "?jobs=azure/bulkjobs&skip=20");
}

async fn a_pasted_token(page: &Page) {
    let token = page.token();
    page.open("?jobs=aws/bulkjob").await;
    page.sees("Username").await;
    page.tick("API token").await;
    page.fill("Token", "this is no token").await;
    page.press("Sign in").await;
    page.sees("This is no token").await;

    page.fill("Token", &format!("Bearer {token}")).await;
    page.press("Sign in").await;
    page.sees("1–1 of 1").await;
    page.sees("Sign out").await;

    // After signing out nobody can go on with it.
    let request = Request::new("GET", "/api/v1/auth/self/user");
    let request = request.header("Authorization", &format!("Bearer {token}"));
    let now = page.now();
    let status = async || {
        let handle = |simulator: &mut Simulator| simulator.handle(now, &request).status;
        page.simulator(handle)
    };
    assert_eq!(status().await, 200);
    page.press("Sign out").await;
    page.until("the server takes the token no more", async || {
        status().await == 401
    })
    .await;
}

async fn domain_and_connection(page: &Page) {
    let job = page
        .job("aws/bulkjob", "of-the-other-domain", 2)
        .with_domain(1);
    page.add([job]);
    page.open("?jobs=aws/bulkjob").await;
    page.press("Domain and connection").await;
    page.fill("Domain", "nowhere").await;
    page.fill("Connection", "local_account").await;
    page.try_sign_in("admin", "KeySecure!2024").await;
    page.sees("NCERRUnauthorizedAccess").await;

    page.fill("Domain", "emea").await;
    page.sign_in().await;
    page.sees("1–1 of 1").await;
    assert_eq!(page.job_ids().await, ["of-the-other-domain"]);
}

async fn signing_out(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    let id = "e612b64f-6364-48ce-92ec-c6dd608d7ad0";
    page.follow(id).await;
    page.sees("2 of 2 keys finished").await;
    page.press("Sign out").await;
    page.sees("You have signed out.").await;
    page.is_asked("POST /api/v1/auth/revoke").await;
    assert!(!page.holds(id).await);
    page.forget_requests();

    // Neither the way back nor a link shows anything or asks for it.
    page.back().await;
    page.until("the address is the list's", async || {
        page.query().await == "?jobs=aws/bulkjob"
    })
    .await;
    page.stays("nothing is shown", second(1), async || {
        !page.holds(id).await && page.has_sign_in_form().await
    })
    .await;
    assert_eq!(page.requests(), [""; 0]);

    page.sign_in().await;
    page.sees("1–1 of 1").await;
}

/// The token is in memory only: not in the address, the title, the storages or the cookies.
async fn secrets_are_nowhere(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    let places = "return [location.href, document.title, document.cookie, JSON.stringify(localStorage), \
                  JSON.stringify(sessionStorage), JSON.stringify(history.state), document.documentElement.outerHTML].join('\\n')";
    let places = page.js(places, &[]).await;
    let places = places.as_str().unwrap();
    for secret in ["eyJ", "KeySecure!2024"] {
        assert!(!places.contains(secret), "{secret} is in {places}");
    }
    let databases = "return indexedDB.databases ? 'known' : 'unknown'";
    assert_eq!(page.js(databases, &[]).await, "known");
    page.reload().await;
    page.sees("Username").await;
    assert_eq!(page.value("Password").await.as_deref(), Some(""));
}
