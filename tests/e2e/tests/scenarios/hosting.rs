//! The page in a folder, encoded addresses, links, and compressed files.

use e2e::{Browser, Page, SAMPLE_ID, Setup, scenarios};

use crate::copy;

scenarios! {
    Setup::default().folder("/a/b/").config(r#"{"title":"In a folder"}"#) => page_in_a_folder_opens_lists_and_jobs;
    Setup::default() =>
        encoded_addresses_open_the_same_page, job_link_without_session_asks_to_sign_in,
        files_are_sent_compressed;
}

async fn page_in_a_folder_opens_lists_and_jobs(page: &Page) {
    page.open("?jobs=aws/bulkjob").await;
    page.wait_for_text("In a folder").await;
    page.sign_in().await;
    page.wait_for_text("1–1 of 1").await;
    page.job(SAMPLE_ID).click().await;
    page.wait_for_text("2 of 2 keys finished").await;
    let path = "return location.pathname";
    assert_eq!(page.eval(path, &[]).await, "/a/b/");
    page.back().await;
    page.wait_for_text("1–1 of 1").await;
    page.link("In a folder").click().await;
    page.wait_for_text("1–4 of 4").await;
    assert_eq!(page.eval(path, &[]).await, "/a/b/");
    page.open_signed_in("index.html?job=azure/bulkjobs/ee4482eb-0b97-4702-8ef6-7e86df66eaa5").await;
    page.wait_for_text("1 of 1 item").await;
}

async fn encoded_addresses_open_the_same_page(page: &Page) {
    let id = SAMPLE_ID;
    for address in [
        format!("?job=aws/bulkjob/{id}"),
        format!("?job=aws%2Fbulkjob%2F{id}"),
        format!("?job=aws%2fbulkjob/{id}#main"),
        format!("index.html?job=/aws/bulkjob/{id}"),
    ] {
        page.open_signed_in(&address).await;
        page.wait_for_text("2 of 2 keys finished").await;
    }
    for address in ["?jobs=aws/bulkjob&skip=0", "?jobs=aws%2Fbulkjob", "?skip=0&jobs=aws%2fbulkjob"]
    {
        page.open_signed_in(address).await;
        page.wait_for_text("1–1 of 1").await;
        page.wait_for_text(id).await;
    }
    page.open_signed_in("?jobs=aws/bulkjob&skip=10").await;
    page.wait_for_text(copy::THERE_IS_NO_PAGE).await;
}

/// A new tab with the address of a link asks to sign in first.
async fn job_link_without_session_asks_to_sign_in(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    let link = page.job(SAMPLE_ID).href().await;
    let link = link.expect("the job is a link");
    assert_eq!(link, format!("?job=aws/bulkjob/{SAMPLE_ID}"));
    page.open(&link).await;
    page.wait_for_text(copy::USERNAME).await;
}

/// A host that serves the compressed files of the build sends fewer bytes.
async fn files_are_sent_compressed(page: &Page) {
    page.open_signed_in("?").await;
    page.wait_for_text("1–4 of 4").await;
    let script = "const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
        const files = all.filter(({ name }) => !/\\/api\\/|config\\.json/.test(name));
        return files.map(({ name, encodedBodySize, decodedBodySize }) => [name, encodedBodySize, decodedBodySize]);";
    let files: Vec<(String, u64, u64)> =
        serde_json::from_value(page.eval(script, &[]).await).expect("rows of name and sizes");
    assert!(files.iter().any(|(name, ..)| name.contains(".wasm")), "{files:?}");
    let (sent, plain) = files.iter().fold((0, 0), |sum, file| (sum.0 + file.1, sum.1 + file.2));
    assert!(plain > 2 * sent, "compressed: {files:?}");
    // Without TLS, Firefox does not accept Brotli. The bytes of the whole page are checked in tests/dist.mjs.
    if page.browser() == Browser::Chromium {
        assert!(plain > 3 * sent, "compressed with Brotli: {files:?}");
    }
}
