//! The page used by keyboard only.

use e2e::{Page, SAMPLE_ID, Setup, scenarios, seconds};
use thirtyfour::Key;

use crate::copy;

scenarios! {
    Setup::default() =>
        keyboard_reaches_an_item_from_sign_in, dialog_traps_and_returns_the_focus,
        arrow_keys_select_items_in_view, skip_link_moves_the_focus_to_the_content;
}

async fn keyboard_reaches_an_item_from_sign_in(page: &Page) {
    page.open("?jobs=aws/bulkjob").await;
    page.wait_for_text(copy::USERNAME).await;
    page.wait_for_focus(copy::USERNAME).await;
    page.press("admin").await;
    page.press(Key::Tab).await;
    page.wait_for_focus(copy::PASSWORD).await;
    page.press("KeySecure!2024").await;
    page.press(Key::Enter).await;
    page.wait_for_text("1–1 of 1").await;
    tab_to(page, SAMPLE_ID).await;
    page.press(Key::Enter).await;
    page.wait_for_text("2 of 2 keys finished").await;
    // Tab continues in the job, not at the top of the document.
    page.press(Key::Tab).await;
    page.wait_for_focus(copy::BACK_TO_AWS_BULK_OPERATIONS).await;
    tab_to(page, "Items").await;
    page.press(Key::Down).await;
    page.press(Key::Down).await;
    page.wait_until("the panel shows the second item", async || {
        let item = page.region(copy::CHOSEN_ITEM).text().await.unwrap_or_default();
        item.contains("2387500d-bcac-4055-a48d-19592c3332fg") && item.contains("Success")
    })
    .await;
    assert!(focus_is_visible(page).await, "the focus can be seen");
}

async fn arrow_keys_select_items_in_view(page: &Page) {
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 500)]);
    page.advance(seconds(6000));
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("500 of 500 keys finished").await;
    tab_to(page, "Items").await;
    for (key, position) in
        [(Key::Down, 1), (Key::Down, 2), (Key::End, 500), (Key::Up, 499), (Key::Home, 1)]
    {
        page.press(key).await;
        page.wait_until(&format!("item {position} is selected"), async || {
            selected_position(page).await == position
        })
        .await;
    }
    page.press(Key::PageDown).await;
    page.wait_until("the selection moves by a page", async || selected_position(page).await > 3)
        .await;
}

/// The position of the selected item if it is in view, else 0.
async fn selected_position(page: &Page) -> u64 {
    let position = "
        const list = document.querySelector('[role=listbox]');
        const row = document.getElementById(list.getAttribute('aria-activedescendant') ?? '');
        if (row?.getAttribute('aria-selected') !== 'true') return 0;
        const [outer, inner] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
        return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1 ? Number(row.getAttribute('aria-posinset')) : 0";
    page.eval(position, &[]).await.as_u64().unwrap_or_default()
}

async fn dialog_traps_and_returns_the_focus(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    page.end_sessions();
    page.button(copy::REFRESH).click().await;
    page.wait_for_text(copy::SIGN_IN_AGAIN).await;
    page.wait_for_focus(copy::PASSWORD).await;
    for _ in 0..12 {
        page.press(Key::Tab).await;
        let inside = "const at = document.activeElement; return at === document.body || at.closest('dialog') !== null";
        assert_eq!(page.eval(inside, &[]).await, true, "{}", page.focused().await);
    }
    // The dialog cannot be closed: without a session there is nothing to show.
    page.press(Key::Escape).await;
    page.press(Key::Escape).await;
    page.press(Key::Escape).await;
    page.wait_for_text(copy::SIGN_IN_AGAIN).await;
    page.field(copy::PASSWORD).fill("KeySecure!2024").await;
    page.press(Key::Enter).await;
    page.wait_for_text_gone(copy::SIGN_IN_AGAIN).await;
    page.wait_for_text("1–1 of 1").await;
    page.wait_for_focus(copy::REFRESH).await;
}

async fn skip_link_moves_the_focus_to_the_content(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    tab_to(page, "Skip to the content").await;
    page.press(Key::Enter).await;
    let main = "return document.activeElement.tagName";
    page.wait_until("the content has the focus", async || page.eval(main, &[]).await == "MAIN")
        .await;
    page.wait_for_text("1–1 of 1").await;
}

/// Presses Tab until the element with this name has the focus.
async fn tab_to(page: &Page, name: &str) {
    let mut passed = Vec::new();
    while passed.len() < 60 {
        page.press(Key::Tab).await;
        let focused = page.focused().await;
        // The name of a link to a job ends in the id of the job.
        if focused == name || focused.ends_with(&format!(" {name}")) {
            return;
        }
        passed.push(focused.chars().take(40).collect::<String>());
    }
    page.fail(&format!("Tab does not lead to {name}, but to {passed:?}")).await;
}

/// Whether the focused element has an outline or a shadow.
async fn focus_is_visible(page: &Page) -> bool {
    let visible = "const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement);
        return outlineStyle !== 'none' || boxShadow !== 'none'";
    page.eval(visible, &[]).await == true
}
