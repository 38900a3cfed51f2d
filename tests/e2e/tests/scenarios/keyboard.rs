//! The console by keyboard alone.

use e2e::{Page, Setting, in_both_browsers};
use thirtyfour::Key;

use crate::shop::{Shop, second};

in_both_browsers!(Setting::default(); from_sign_in_to_an_item, the_dialog_keeps_the_focus, items_by_arrow_keys, skip_link);

async fn from_sign_in_to_an_item(page: &Page) {
    page.open("?jobs=aws/bulkjob").await;
    page.sees("Username").await;
    focus_is_on(page, "Username").await;
    page.keys("admin").await;
    page.keys(Key::Tab).await;
    focus_is_on(page, "Password").await;
    page.keys("KeySecure!2024").await;
    page.keys(Key::Enter).await;
    page.sees("1–1 of 1").await;
    tab_to(page, "e612b64f-6364-48ce-92ec-c6dd608d7ad0").await;
    page.keys(Key::Enter).await;
    page.sees("2 of 2 keys finished").await;
    // The next key goes on in the job, not at the top of the document.
    page.keys(Key::Tab).await;
    focus_is_on(page, "Back to AWS bulk operations").await;
    tab_to(page, "Items").await;
    page.keys(Key::Down).await;
    page.keys(Key::Down).await;
    page.until("the second item is read whole", async || {
        let item = page
            .text_of("[aria-label='Chosen item']")
            .await
            .unwrap_or_default();
        item.contains("2387500d-bcac-4055-a48d-19592c3332fg") && item.contains("Success")
    })
    .await;
    assert!(is_visible(page).await, "the focus can be seen");
}

async fn items_by_arrow_keys(page: &Page) {
    page.add([page.job("aws/bulkjob", "the-job", 500)]);
    page.advance(second(6000));
    page.enter("?job=aws/bulkjob/the-job").await;
    page.sees("500 of 500 keys finished").await;
    tab_to(page, "Items").await;
    for (key, place) in [
        (Key::Down, 1),
        (Key::Down, 2),
        (Key::End, 500),
        (Key::Up, 499),
        (Key::Home, 1),
    ] {
        page.keys(key).await;
        page.until(&format!("item {place} is chosen"), async || {
            chosen(page).await == place
        })
        .await;
    }
    page.keys(Key::PageDown).await;
    page.until("a page on", async || chosen(page).await > 3)
        .await;
}

/// The place of the chosen item, which must be in view; 0 when there is none.
async fn chosen(page: &Page) -> u64 {
    let chosen = "
        const list = document.querySelector('[role=listbox]');
        const row = document.getElementById(list.getAttribute('aria-activedescendant') ?? '');
        if (row?.getAttribute('aria-selected') !== 'true') return 0;
        const [outer, inner] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
        return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1 ? Number(row.getAttribute('aria-posinset')) : 0";
    page.js(chosen, &[]).await.as_u64().unwrap_or_default()
}

async fn the_dialog_keeps_the_focus(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    page.simulator(|simulator| simulator.auth.revoke_all());
    page.press("Refresh").await;
    page.sees("Sign in again").await;
    focus_is_on(page, "Password").await;
    for _ in 0..12 {
        page.keys(Key::Tab).await;
        let inside = "const at = document.activeElement; return at === document.body || at.closest('dialog') !== null";
        assert_eq!(page.js(inside, &[]).await, true, "{}", page.focused().await);
    }
    // It cannot be sent away: there is nothing to go on with.
    page.keys(Key::Escape).await;
    page.keys(Key::Escape).await;
    page.keys(Key::Escape).await;
    page.sees("Sign in again").await;
    page.fill("Password", "KeySecure!2024").await;
    page.keys(Key::Enter).await;
    page.misses("Sign in again").await;
    page.sees("1–1 of 1").await;
    focus_is_on(page, "Refresh").await;
}

async fn skip_link(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    tab_to(page, "Skip to the content").await;
    page.keys(Key::Enter).await;
    let main = "return document.activeElement.tagName";
    page.until("the content has the focus", async || {
        page.js(main, &[]).await == "MAIN"
    })
    .await;
    page.sees("1–1 of 1").await;
}

async fn focus_is_on(page: &Page, name: &str) {
    page.until(&format!("{name} has the focus"), async || {
        page.focused().await == name
    })
    .await;
}

/// Presses Tab until something of this name has the focus.
async fn tab_to(page: &Page, name: &str) {
    let mut passed = Vec::new();
    while passed.len() < 60 {
        page.keys(Key::Tab).await;
        let focused = page.focused().await;
        if focused == name {
            return;
        }
        passed.push(focused.chars().take(40).collect::<String>());
    }
    page.fail(&format!("Tab does not lead to {name}, but to {passed:?}"))
        .await;
}

/// Whether what has the focus shows it, by an outline or a shadow.
async fn is_visible(page: &Page) -> bool {
    let visible = "const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement);
        return outlineStyle !== 'none' || boxShadow !== 'none'";
    page.js(visible, &[]).await == true
}
