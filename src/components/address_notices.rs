//! What of the address could not be used.

use leptos::prelude::*;

use super::{Banner, Tone};
use crate::hooks::use_location;

/// A sentence for each part of the address that was left out; nothing if all of it was used.
#[component]
pub fn AddressNotices() -> impl IntoView {
    let notices = use_location().notices;
    let lines =
        move || notices.get().into_iter().map(|notice| view! { <li>{notice}</li> }).collect_view();
    view! {
        <Show when=move || !notices.read().is_empty()>
            <Banner tone=Tone::Warning>
                <p>"Parts of this address could not be used:"</p>
                <ul>{lines}</ul>
            </Banner>
        </Show>
    }
}
