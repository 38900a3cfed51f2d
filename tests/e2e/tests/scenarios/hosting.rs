//! The page in a folder, encoded addresses, links, the bytes that are sent.

use e2e::{Browser, Page, Setup, scenarios};

use crate::copy;

scenarios! {
    Setup::default().folder("/a/b/").config(r#"{"title":"In a folder"}"#) => page_in_a_folder_works;
    Setup::default() =>
        encoded_addresses_open_the_same_page, job_link_opens_elsewhere_and_asks_to_sign_in,
        files_are_sent_compressed;
}

async fn page_in_a_folder_works(page: &Page) {
    page.open("?jobs=aws/bulkjob").await;
    page.wait_for_text("In a folder").await;
    page.sign_in().await;
    page.wait_for_text("1–1 of 1").await;
    page.link("e612b64f-6364-48ce-92ec-c6dd608d7ad0").click().await;
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
    let id = "e612b64f-6364-48ce-92ec-c6dd608d7ad0";
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

/// The address of a link opens the same job elsewhere, after signing in.
async fn job_link_opens_elsewhere_and_asks_to_sign_in(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    let link = page.link("e612b64f-6364-48ce-92ec-c6dd608d7ad0").href().await;
    let link = link.expect("the job is a link");
    assert_eq!(link, "?job=aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0");
    page.open(&link).await;
    page.wait_for_text(copy::USERNAME).await;
}

/// Bytes sent for the first list by a host that serves the compressed files of the build.
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
