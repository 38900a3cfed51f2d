//! The content of one row of a keyed list.

use leptos::prelude::*;

/// Follows the row in `rows` with the key of `initial`; if it is gone, its last content stays. `<For>` keeps the element of
/// a key, and this updates what the element shows.
pub fn latest<T, K: PartialEq>(
    rows: Signal<Vec<T>>,
    initial: T,
    key: impl Fn(&T) -> &K + Send + Sync + 'static,
) -> Memo<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    Memo::new(move |previous: Option<&T>| {
        let current = previous.unwrap_or(&initial);
        let rows = rows.read();
        rows.iter().find(|row| key(row) == key(current)).unwrap_or(current).clone()
    })
}
