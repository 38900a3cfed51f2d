//! A button.

use leptos::prelude::*;

/// A button that does something on the page. It never sends a form.
#[component]
pub fn Button(
    /// Whether it stands out less than others.
    #[prop(optional)]
    quiet: bool,
    /// The person presses it.
    #[prop(into)]
    on_press: Callback<()>,
    /// Its label.
    children: Children,
) -> impl IntoView {
    let class = if quiet { "button button--quiet" } else { "button" };
    view! {
        <button type="button" class=class on:click=move |_| on_press.run(())>{children()}</button>
    }
}
