//! Shown while something loads for the first time.

use cckm_core::format::text::megabytes;
use leptos::prelude::*;

use super::{Button, Skeleton};
use crate::hooks::UseRemote;

/// A skeleton until the first answer. While a long answer arrives, also how much has arrived, and a button that cancels
/// it. `FetchError` then offers to load it.
#[component]
pub fn FirstLoad<T: Send + Sync + 'static>(
    /// The fetch.
    data: UseRemote<T>,
    /// What is loading.
    what: &'static str,
) -> impl IntoView {
    let received = Memo::new(move |_| data.handle.status.read().received);
    view! {
        <Show when=move || data.is_loading.get()>
            <Skeleton what/>
            <Show when=move || received.get() != 0>
                <p>
                    {move || format!("Received {}…", megabytes(received.get()))} " "
                    <Button quiet=true on_press=move |()| data.handle.cancel()>"Cancel"</Button>
                </p>
            </Show>
        </Show>
    }
}
