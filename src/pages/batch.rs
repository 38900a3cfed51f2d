//! Many keys as one operation: planning, sending and following it.

use crate::view::{View, el};

/// The batches that this browser knows, or the one called `name`.
pub fn batch_page(name: String) -> View {
    let title = if name.is_empty() { "Batches" } else { "Batch" };
    el("h1").class("page__title").child(title).into()
}
