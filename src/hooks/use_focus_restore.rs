//! Keeps the focus and the text selection in a list whose rows move.

use leptos::prelude::*;
use leptos::reactive::effect::ImmediateEffect;
use web_sys::Element;

use super::use_location;
use crate::browser::focus::SavedFocus;

/// Keeps the focus and the selection inside `container` whenever `rows` changes. `<For>` keeps the element of a key, but
/// what it moves loses both. If the focused row is removed, the row in its place takes the focus.
///
/// `container` is the parent element of the rows. Call this before the view reads `rows`.
pub fn use_focus_restore<T: Send + Sync + 'static>(
    container: impl Fn() -> Option<Element> + Copy + Send + Sync + 'static,
    rows: Signal<T>,
) {
    let content = use_location().content;
    let saved = StoredValue::new_local(None::<SavedFocus>);
    // Runs at once, before the list is rendered again.
    ImmediateEffect::new_scoped(move || {
        rows.track();
        let Some(container) = untrack(container) else {
            return;
        };
        // Two changes within one frame are restored from what was before the first.
        if saved.try_with_value(Option::is_some) != Some(false) {
            return;
        }
        if let Some(captured) = SavedFocus::capture(&container) {
            saved.set_value(Some(captured));
            request_animation_frame(move || {
                if let Some(captured) = saved.try_update_value(Option::take).flatten() {
                    let fallback = content.get_untracked();
                    captured.restore(fallback.as_ref());
                }
            });
        }
    });
}
