//! Starts with a lost answer that the browser has saved: several of one kind, in several tabs, and in a full storage.

use cckm_simulator::fault::{Effect, Fault};
use e2e::{Page, Setup, family, scenarios, seconds};
use serde_json::json;

use crate::copy;
use crate::start::{BULK, confirm_start, enable_two, start};

scenarios! {
    Setup::default().running_clock() =>
        second_saved_start_is_shown_too, start_held_by_another_tab_is_not_sent_again,
        start_repeated_in_a_full_storage_is_forgotten_when_it_succeeds,
        repeated_start_that_is_refused_stays_unknown, saved_start_belongs_to_its_tenant,
        unreadable_saved_requests_are_removed, unresolved_starts_are_told_apart,
        start_of_a_closed_tab_is_taken_by_an_open_one, start_left_to_a_tab_that_is_closed_is_taken_back,
        start_answered_after_the_sign_out_is_looked_for_at_the_next_sign_in,
        start_answered_in_another_domain_is_looked_for_in_its_own;
}

const IS_LOST: &str = "Whether the job was started is not known";
const NAME: &str =
    "const name = Object.keys(localStorage).find((name) => name.startsWith('cckm-jobs.start.'));";

/// Runs a script that knows the `name` of the saved start.
async fn with_saved_start(page: &Page, script: &str) -> serde_json::Value {
    page.eval(&format!("{NAME} {script}"), &[json!(0)]).await
}

async fn second_saved_start_is_shown_too(page: &Page) {
    let bulk = family("aws/bulkjob");
    page.open_signed_in("?start=aws/bulkjob").await;
    page.add_fault(Fault::latency(seconds(3600)).method("POST").path("/cckm/").processed());
    enable_two(page).await;
    page.wait_for_request(BULK).await;
    page.clear_faults();
    let before = page.jobs(bulk).len();
    // As if another tab had sent it and was closed.
    let duplicate = "const text = localStorage.getItem(name).replace('key-1', 'key-9');
        localStorage.setItem(`${name}-2`, text)";
    with_saved_start(page, duplicate).await;
    page.reload_signed_in().await;
    page.wait_for_texts(&[IS_LOST, "1 possible job was created"]).await;
    page.link(copy::SEE_WHAT_IS_KNOWN).click().await;
    page.wait_for_text("No job with the same request was created").await;
    assert_eq!(page.field(copy::KEYS_TEXT).value().await.as_deref(), Some("key-9\nkey-2"));
    page.assert_accessible("second saved start").await;
    // It is dismissed by itself: the first stays.
    page.button("Back to the form").click().await;
    page.wait_for_text_gone(IS_LOST).await;
    page.reload_signed_in().await;
    page.wait_for_text("Whether AWS bulk operations were started is not known").await;
    page.link(copy::SEE_WHAT_IS_KNOWN).click().await;
    page.wait_for_text("1 possible job was created").await;
    assert_eq!((page.count_requests(BULK), page.jobs(bulk).len()), (1, before));
}

/// Loses a start of a bulk operation, which is not carried out.
async fn lose_a_start(page: &Page) {
    page.open_signed_in("?start=aws/bulkjob").await;
    page.add_fault(Fault::new(Effect::Html).method("POST").path("/cckm/"));
    enable_two(page).await;
    page.wait_for_texts(&[IS_LOST, "No job with the same request was created"]).await;
    page.clear_faults();
}

async fn start_held_by_another_tab_is_not_sent_again(page: &Page) {
    lose_a_start(page).await;
    // The tab renews its lease before it ends.
    let shorten = "const [tab] = localStorage.getItem(`cckm-jobs.lease.${name.slice(10)}`).split(' ');
        localStorage.setItem(`cckm-jobs.lease.${name.slice(10)}`, `${tab} ${window.Date.now() + 20000}`)";
    let left =
        "const [, end] = localStorage.getItem(`cckm-jobs.lease.${name.slice(10)}`).split(' ');
        return end - window.Date.now() > 60000";
    with_saved_start(page, shorten).await;
    page.wait_until("the lease is renewed", async || {
        with_saved_start(page, left).await == json!(true)
    })
    .await;
    page.while_hidden(async || {
        page.open_signed_in("?start=aws/bulkjob").await;
        page.button(copy::REVIEW).wait().await;
        assert!(!page.has_text("is not known").await, "the other tab holds it");
        // What a tab does when its person dismisses a start, and what clears the browser's data.
        with_saved_start(page, "localStorage.removeItem(name)").await;
    })
    .await;
    page.wait_for_text("This request is not saved in this browser").await;
    page.assert_accessible("start that is no longer saved").await;
    page.wait_for_texts(&[IS_LOST, "No job with the same request was created"]).await;
    page.clear_requests();
    page.button(copy::CHECK_AGAIN).click().await;
    page.wait_for_request("GET /api/v1/cckm/aws/bulkjob").await;
    page.wait_for_text("No job with the same request was created").await;
    page.button("Back to the form").click().await;
    assert_eq!(page.field(copy::KEYS_TEXT).value().await.as_deref(), Some("key-1\nkey-2"));
    // Another tab takes it over while the question is open.
    page.add_fault(Fault::new(Effect::Html).method("POST").path("/cckm/"));
    start(page).await;
    page.wait_for_text(IS_LOST).await;
    page.clear_faults();
    page.button(copy::START_IT_AGAIN).click().await;
    page.wait_for_text("this starts a second job").await;
    let sent = page.count_requests(BULK);
    let confirm = "localStorage.setItem(`cckm-jobs.lease.${name.slice(10)}`, `other ${window.Date.now() + 60000}`);
        document.querySelector('[role=alertdialog] .button--danger').click()";
    with_saved_start(page, confirm).await;
    page.wait_for_text("Another tab of this browser has taken over this request").await;
    assert_eq!(page.count_requests(BULK), sent);
    // It is the other tab's to dismiss.
    page.button("Back to the form").click().await;
    assert_eq!(with_saved_start(page, "return Boolean(name)").await, json!(true));
}

async fn start_repeated_in_a_full_storage_is_forgotten_when_it_succeeds(page: &Page) {
    lose_a_start(page).await;
    page.eval("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }", &[])
        .await;
    page.button(copy::START_IT_AGAIN).click().await;
    confirm_start(page).await;
    page.wait_for_text("of 2 keys finished").await;
    assert_eq!(page.count_requests(BULK), 2);
    assert_eq!(with_saved_start(page, "return Boolean(name)").await, json!(false));
    page.reload_signed_in().await;
    page.wait_for_text("of 2 keys finished").await;
    assert!(!page.has_text("is not known").await);
}

/// The first request was carried out, which is why the server refuses the second one.
async fn repeated_start_that_is_refused_stays_unknown(page: &Page) {
    let before = page.jobs(family("aws/bulkjob")).len();
    page.open_signed_in("?start=aws/bulkjob").await;
    page.add_fault(Fault::new(Effect::Html).method("POST").path("/cckm/").processed());
    enable_two(page).await;
    page.wait_for_texts(&[IS_LOST, "1 possible job was created"]).await;
    let saved = with_saved_start(page, "return localStorage.getItem(name)").await;
    page.clear_faults();
    page.add_fault(Fault::status(409).method("POST").path("/cckm/"));
    page.button(copy::START_IT_AGAIN).click().await;
    confirm_start(page).await;
    page.wait_for_texts(&[
        IS_LOST,
        "that had no effect: The server is in conflict with this",
        "Message from the server",
        "1 possible job was created",
    ])
    .await;
    assert!(!page.has_text("Nothing was started").await);
    page.assert_accessible("repeated start that is refused").await;
    // It is looked for from the first request on, after a reload too.
    let still = with_saved_start(page, "return localStorage.getItem(name)").await;
    assert_eq!(still, saved);
    page.reload_signed_in().await;
    page.wait_for_texts(&[IS_LOST, "1 possible job was created"]).await;
    assert_eq!(page.count_requests(BULK), 2);
    assert_eq!(page.jobs(family("aws/bulkjob")).len(), before + 1);
}

/// The root domains of two tenants have the same id.
async fn saved_start_belongs_to_its_tenant(page: &Page) {
    page.require_tenant(&["first", "second"]);
    let sign_in_to = async |tenant: &str| {
        page.open("?start=aws/bulkjob").await;
        page.button(copy::TENANT_DOMAIN_AND_CONNECTION).click().await;
        page.field("Tenant").fill(tenant).await;
        page.sign_in().await;
    };
    sign_in_to("first").await;
    page.add_fault(Fault::new(Effect::Html).method("POST").path("/cckm/"));
    enable_two(page).await;
    page.wait_for_text(IS_LOST).await;
    page.clear_faults();
    sign_in_to("second").await;
    page.button(copy::REVIEW).wait().await;
    assert!(!page.has_text("is not known").await);
    sign_in_to("first").await;
    page.wait_for_text(IS_LOST).await;
}

async fn unreadable_saved_requests_are_removed(page: &Page) {
    page.open("?start=aws/bulkjob").await;
    page.wait_for_text(copy::USERNAME).await;
    let elsewhere = r#"{"version":1,"target":"elsewhere","family":"aws/bulkjob","body":"{}","since_ms":0,"is_server_time":true}"#;
    let save = "const save = (name, text) => localStorage.setItem(`cckm-jobs.${name}`, text);
        const [elsewhere] = arguments;
        save('start.elsewhere', elsewhere);
        save('start.later', elsewhere.replace('\"version\":1', '\"version\":2'));
        save('start.odd', 'no JSON');
        save('start.unknown', elsewhere.replace('aws/bulkjob', 'no/such-jobs'));
        save('action.odd', '');
        save('start.held', 'no JSON');
        save('lease.start.held', `other ${window.Date.now() + 60000}`)";
    page.eval(save, &[json!(elsewhere)]).await;
    page.sign_in().await;
    let names = "return Object.keys(localStorage).map((name) => name.slice(10))
        .filter((name) => /^(start|action)[.]/.test(name)).sort()";
    let kept = json!(["start.elsewhere", "start.held"]);
    page.wait_until("what cannot be read is removed", async || page.eval(names, &[]).await == kept)
        .await;
    assert!(!page.has_text("is not known").await);
}

const SYNC: &str = "aws/synchronization-jobs";

/// Starts a synchronization, and ends the session before the server answers. Returns after the answer.
async fn end_the_session_during_a_start(page: &Page, end: impl AsyncFnOnce()) {
    let post = format!("POST /api/v1/cckm/{SYNC}");
    page.open_signed_in(&format!("?start={SYNC}")).await;
    page.add_fault(Fault::latency(seconds(4)).method("POST").path("/cckm/"));
    page.field(copy::KMS).fill("prod-core").await;
    start(page).await;
    page.wait_for_request(&post).await;
    page.clear_faults();
    end().await;
    wait_for_late_answer(page, SYNC).await;
}

/// Waits until the browser has the late answer to a request for `path`.
pub async fn wait_for_late_answer(page: &Page, path: &str) {
    let is_late = "return performance.getEntriesByType('resource')
        .some(({ name, duration }) => name.endsWith(arguments[0]) && duration > 2000)";
    page.wait_until("the answer came", async || page.eval(is_late, &[json!(path)]).await == true)
        .await;
}

async fn start_answered_after_the_sign_out_is_looked_for_at_the_next_sign_in(page: &Page) {
    let before = page.jobs(family(SYNC)).len();
    end_the_session_during_a_start(page, async || page.button(copy::SIGN_OUT).click().await).await;
    page.sign_in().await;
    page.wait_for_texts(&[IS_LOST, "1 possible job was created"]).await;
    page.role("button").named_like("This is the job").click().await;
    page.wait_for_text(copy::IN_PROGRESS_JOB).await;
    assert_eq!(with_saved_start(page, "return Boolean(name)").await, json!(false));
    assert_eq!(page.jobs(family(SYNC)).len(), before + 1);
}

async fn start_answered_in_another_domain_is_looked_for_in_its_own(page: &Page) {
    let switch_to = async |domain: &str| {
        page.button("Switch domain…").click().await;
        page.button(domain).click().await;
        page.field(copy::PASSWORD).fill("KeySecure!2024").await;
        page.button(copy::SIGN_IN).click().await;
        page.wait_for_text(&format!("Domain {domain}")).await;
    };
    end_the_session_during_a_start(page, async || switch_to("emea").await).await;
    page.button(copy::REVIEW).wait().await;
    assert!(!page.has_text("is not known").await, "it is of the other domain");
    switch_to("root").await;
    page.wait_for_texts(&[IS_LOST, "1 possible job was created"]).await;
}

/// Two of one kind, and a schedule.
async fn unresolved_starts_are_told_apart(page: &Page) {
    lose_a_start(page).await;
    // As if they had been sent before in other tabs, which were closed.
    let add = "const add = (suffix, change) => {
            const start = JSON.parse(localStorage.getItem(name));
            change(start);
            localStorage.setItem(name + suffix, JSON.stringify(start));
        };
        add('-2', (start) => {
            start.since_ms -= 7200000;
            start.body = JSON.stringify({ operation: 'disablekey', keys: ['key-9'] });
        });
        add('-3', (start) => {
            start.family = 'scheduler/job-configs';
            start.body = JSON.stringify({ name: 'nightly', operation: 'database_backup', run_at: '0 2 * * *' });
        })";
    with_saved_start(page, add).await;
    page.open_signed_in("?jobs=azure/bulkjobs").await;
    page.wait_for_texts(&[
        "Whether AWS bulk operations were started is not known (sent",
        ": Enables 2 keys).",
        ": Disables 1 key).",
        "Whether CipherTrust schedules were created is not known (sent",
        "“nightly”).",
    ])
    .await;
    let times = "return [...document.querySelectorAll('.banner time')].map((time) => Date.parse(time.dateTime))";
    let times: Vec<i64> =
        serde_json::from_value(page.eval(times, &[]).await).expect("the times are numbers");
    assert_eq!(times.len(), 3, "{times:?}");
    assert_eq!(times[0] - times[1], 7_200_000);
    page.assert_accessible("several unresolved starts").await;
}

/// Does what closing the tab does: on a busy machine, Firefox ends the script of a tab that it closes.
pub async fn leave_tab(page: &Page) {
    page.eval("window.dispatchEvent(new Event('pagehide'))", &[]).await;
}

async fn start_of_a_closed_tab_is_taken_by_an_open_one(page: &Page) {
    page.open_signed_in("?start=aws/bulkjob").await;
    page.field(copy::KEYS_TEXT).fill("typed here").await;
    page.while_hidden(async || {
        lose_a_start(page).await;
        leave_tab(page).await;
    })
    .await;
    page.wait_for_text("Whether AWS bulk operations were started is not known").await;
    page.link(copy::SEE_WHAT_IS_KNOWN).click().await;
    page.wait_for_texts(&[IS_LOST, "No job with the same request was created"]).await;
    assert_eq!(page.field(copy::KEYS_TEXT).value().await.as_deref(), Some("key-1\nkey-2"));
    page.back().await;
    page.wait_for_text_gone(IS_LOST).await;
    assert_eq!(page.field(copy::KEYS_TEXT).value().await.as_deref(), Some("typed here"));
    assert_eq!(page.count_requests(BULK), 1);
}

async fn start_left_to_a_tab_that_is_closed_is_taken_back(page: &Page) {
    lose_a_start(page).await;
    let take_over = "localStorage.setItem(`cckm-jobs.lease.${name.slice(10)}`, `other ${window.Date.now() + 60000}`);
        window.dispatchEvent(new StorageEvent('storage'))";
    with_saved_start(page, take_over).await;
    page.wait_for_text("Another tab of this browser has taken over this request").await;
    let close = "localStorage.removeItem(`cckm-jobs.lease.${name.slice(10)}`);
        window.dispatchEvent(new StorageEvent('storage'))";
    with_saved_start(page, close).await;
    page.wait_for_texts(&[IS_LOST, "No job with the same request was created"]).await;
    assert!(!page.has_text("Another tab of this browser").await);
    page.go_to("?jobs=azure/bulkjobs").await;
    page.wait_for_text("Whether AWS bulk operations were started is not known").await;
}
