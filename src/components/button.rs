//! A button.

use leptos::html;
use leptos::prelude::*;

use crate::hooks::use_focus_return;

/// A button that does something on the page. It never sends a form. When it disappears with the focus, the content of
/// the page takes the focus.
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
    let button = NodeRef::<html::Button>::new();
    use_focus_return(button);
    view! {
        <button type="button" class=class node_ref=button on:click=move |_| on_press.run(())>
            {children()}
        </button>
    }
}
