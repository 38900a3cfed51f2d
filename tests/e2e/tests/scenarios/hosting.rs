//! The page in a folder, at every address that people write.

use e2e::{Browser, Page, Setting, in_both_browsers};

in_both_browsers!(Setting::default().at("/a/b/").config(r#"{"title":"In a folder"}"#); in_a_folder);
in_both_browsers!(Setting::default(); addresses, links_open_in_tabs, light_to_load);

async fn in_a_folder(page: &Page) {
    page.open("?jobs=aws/bulkjob").await;
    page.sees("In a folder").await;
    page.sign_in().await;
    page.sees("1–1 of 1").await;
    page.follow("e612b64f-6364-48ce-92ec-c6dd608d7ad0").await;
    page.sees("2 of 2 keys finished").await;
    let path = "return location.pathname";
    assert_eq!(page.js(path, &[]).await, "/a/b/");
    page.back().await;
    page.sees("1–1 of 1").await;
    page.follow("In a folder").await;
    page.sees("1–4 of 4").await;
    assert_eq!(page.js(path, &[]).await, "/a/b/");
    page.enter("index.html?job=azure/bulkjobs/ee4482eb-0b97-4702-8ef6-7e86df66eaa5")
        .await;
    page.sees("1 of 1 item").await;
}

async fn addresses(page: &Page) {
    let id = "e612b64f-6364-48ce-92ec-c6dd608d7ad0";
    for address in [
        format!("?job=aws/bulkjob/{id}"),
        format!("?job=aws%2Fbulkjob%2F{id}"),
        format!("?job=aws%2fbulkjob/{id}#main"),
        format!("index.html?job=/aws/bulkjob/{id}"),
    ] {
        page.enter(&address).await;
        page.sees("2 of 2 keys finished").await;
    }
    for address in [
        "?jobs=aws/bulkjob&skip=0",
        "?jobs=aws%2Fbulkjob",
        "?skip=0&jobs=aws%2fbulkjob",
    ] {
        page.enter(address).await;
        page.sees("1–1 of 1").await;
        page.sees(id).await;
    }
    page.enter("?jobs=aws/bulkjob&skip=10").await;
    page.sees("This page lies behind the last one").await;
}

/// Links are real: a new tab opens what they name, and asks to sign in.
async fn links_open_in_tabs(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    let link = page.link("e612b64f-6364-48ce-92ec-c6dd608d7ad0").await;
    let link = link.expect("the job is a link");
    assert_eq!(
        link,
        "?job=aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0"
    );
    page.open(&link).await;
    page.sees("Username").await;
}

/// What came over the wire for the first list, the host sending the compressed files of the build.
async fn light_to_load(page: &Page) {
    page.enter("?").await;
    page.sees("1–4 of 4").await;
    let script = "const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
        const files = all.filter(({ name }) => !/\\/api\\/|config\\.json/.test(name));
        return files.map(({ name, encodedBodySize, decodedBodySize }) => [name, encodedBodySize, decodedBodySize]);";
    let files: Vec<(String, u64, u64)> =
        serde_json::from_value(page.js(script, &[]).await).expect("rows of name and sizes");
    assert!(
        files.iter().any(|(name, ..)| name.contains(".wasm")),
        "{files:?}"
    );
    let (sent, plain) = files
        .iter()
        .fold((0, 0), |sum, file| (sum.0 + file.1, sum.1 + file.2));
    assert!(plain > 2 * sent, "compressed: {files:?}");
    // Without TLS, Firefox takes no Brotli.
    if page.browser() == Browser::Chromium {
        assert!(sent <= 256_000, "{sent} bytes: {files:?}");
    }
}
