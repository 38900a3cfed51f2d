//! What of the address could not be used.

use crate::components::banner;
use crate::view::{Element, el};

/// A sentence for each part that was left out; at least one.
pub fn notices(notices: Vec<String>) -> Element {
    let lines = notices.into_iter().map(|text| el("li").child(text));
    let what = el("p").child("Parts of this address could not be used:");
    banner(
        "warning",
        vec![what.into(), el("ul").children(lines).into()],
    )
}
