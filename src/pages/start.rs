//! Starting a job.

use crate::route::StartRoute;
use crate::view::{View, el};

/// The form for starting what `named` names.
pub fn start_page(named: StartRoute) -> View {
    let title = format!("Start {}", named.family.name());
    el("h1").class("page__title").child(title).into()
}
