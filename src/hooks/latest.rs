//! The content of one row of a keyed list.

use leptos::prelude::*;

/// The row in `rows` that has the key of `initial`, or that row as it was last. `<For>` keeps the element of a key; this
/// follows its content.
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
