//! The jobs of all families as one list.

use crate::view::{View, el};

/// The list of all jobs, at the place that the address names.
pub fn all_page() -> View {
    el("h1").class("page__title").child("All jobs").into()
}
