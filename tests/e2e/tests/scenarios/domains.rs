//! The domain one is in, and switching to another.

use cckm_simulator::fault::{Effect, Fault, FaultBody};
use e2e::{Page, Setting, in_both_browsers};

use crate::shop::Shop;

in_both_browsers!(Setting::default(); switching, staying, where_nothing_is_offered);

const SAMPLE: &str = "e612b64f-6364-48ce-92ec-c6dd608d7ad0";
const SWITCH: &str = "Switch domain…";

fn add_job_of_emea(page: &Page) {
    let job = page.job("aws/bulkjob", "of-the-other-domain", 2);
    page.add([job.with_domain(1)]);
}

async fn switching(page: &Page) {
    add_job_of_emea(page);
    page.enter("?jobs=aws/bulkjob").await;
    page.sees(SAMPLE).await;
    page.sees("Domain root").await;
    page.press(SWITCH).await;
    page.has("button", "emea").await;
    page.is_accessible("domains").await;
    page.picture("domains").await;
    page.press("emea").await;
    page.sees("Switch to the domain emea").await;
    page.is_accessible("switch").await;
    page.picture("switch").await;
    assert_eq!(page.value("Username").await.as_deref(), Some("admin"));
    assert_eq!(page.value("Domain").await.as_deref(), Some("emea"));
    page.until("the password is next", async || {
        page.focused().await == "Password"
    })
    .await;

    // A wrong password leaves everything as it is.
    page.fill("Password", "wrong").await;
    page.press("Sign in").await;
    page.sees("Wrong username or password").await;
    assert!(page.holds(SAMPLE).await);

    page.fill("Password", "KeySecure!2024").await;
    page.press("Sign in").await;
    page.sees("Domain emea").await;
    page.sees("of-the-other-domain").await;
    assert!(!page.holds(SAMPLE).await, "of the other domain");
    assert_eq!(page.query().await, "?jobs=aws/bulkjob");
    page.is_asked("POST /api/v1/auth/logout").await;

    page.press(SWITCH).await;
    page.press("root").await;
    page.fill("Password", "KeySecure!2024").await;
    page.press("Sign in").await;
    page.sees(SAMPLE).await;
    page.sees("Domain root").await;
    assert!(!page.holds("of-the-other-domain").await);
}

async fn staying(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees(SAMPLE).await;
    page.press(SWITCH).await;
    page.press("emea").await;
    page.sees("Switch to the domain emea").await;
    page.press("Stay in this domain").await;
    page.misses("Switch to the domain emea").await;
    page.sees(SAMPLE).await;
    page.press(SWITCH).await;
    page.press("emea").await;
    page.sees("Switch to the domain emea").await;
    page.keys(thirtyfour::Key::Escape).await;
    page.misses("Switch to the domain emea").await;
    page.press("Refresh").await;
    page.sees(SAMPLE).await;
    page.sees("Domain root").await;
    assert_eq!(page.count_requests("POST /api/v1/auth/tokens/"), 1);
}

/// Where the question is not answered, or by one domain, the console says nothing of it.
async fn where_nothing_is_offered(page: &Page) {
    let custom = |body: &str| {
        let body = FaultBody::Custom("application/json".to_owned(), body.to_owned());
        Fault::new(Effect::Status {
            status: 200,
            body,
            retry_after: None,
        })
    };
    for fault in [
        Fault::status(404),
        Fault::status(403),
        Fault::status(500),
        Fault::new(Effect::Html),
        Fault::new(Effect::Truncate(9)),
        custom(r#"{"resources":[{"id":"1","name":"one"}]}"#),
        custom(r#"{"resources":"many"}"#),
    ] {
        page.fault(fault.path("/self/domains"));
        page.enter("?jobs=aws/bulkjob").await;
        page.sees(SAMPLE).await;
        page.is_asked("/self/domains").await;
        page.sees("Domain root").await;
        let found = "return find('button', arguments[0]) !== null";
        assert_eq!(page.ask(found, &[SWITCH.into()]).await, false);
        assert!(!page.shows("The server failed").await);
        page.heal();
        page.forget_requests();
    }
}
