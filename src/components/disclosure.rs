//! A part of the page that a button opens and closes.

use leptos::prelude::*;

use super::Button;

/// A button and, after the person has opened it, its children. They are rendered again each time it is opened.
#[component]
pub fn Disclosure(
    /// The label of the button.
    label: &'static str,
    /// What is shown while it is open.
    children: ChildrenFn,
) -> impl IntoView {
    let (is_open, set_open) = signal(false);
    let content = move || is_open.get().then(|| children());
    view! {
        <section class="raw">
            <Button
                quiet=true
                attr:aria-expanded=move || is_open.get().to_string()
                on_press=move |()| set_open.update(|open| *open = !*open)
            >
                {label}
            </Button>
            {content}
        </section>
    }
}
