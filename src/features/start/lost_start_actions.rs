//! What a person can do about a start whose result is unknown: look again, repeat it, or return to the form.

use leptos::prelude::*;

use super::labels::StartLabels;
use super::review::Review;
use super::start_controller::StartController;
use crate::components::Button;

/// The actions, or the question whether to repeat the start.
#[component]
pub fn LostStartActions(
    /// Controls the form.
    controller: StartController,
    /// The texts of the form.
    labels: StartLabels,
) -> impl IntoView {
    let (is_confirming, set_confirming) = signal(false);
    let again = labels.again.trim_end_matches('?');
    let has_list = controller.form.route.with_value(|route| route.family.list.is_some());
    let on_yes = Callback::new(move |()| {
        set_confirming.set(false);
        controller.send_again();
    });
    let on_no = Callback::new(move |()| set_confirming.set(false));
    let actions = move || {
        let look_up = has_list.then(|| {
            view! { <Button on_press=move |()| controller.look_up()>"Check again"</Button> }
        });
        view! {
            <p class="confirm__actions">
                {look_up}
                <Button on_press=move |()| set_confirming.set(true)>{format!("{again}…")}</Button>
                <Button on_press=move |()| controller.dismiss()>"Back to the form"</Button>
            </p>
        }
    };
    view! {
        <Show when=move || is_confirming.get() fallback=actions>
            <Review
                controller
                labels
                title=labels.again
                warning=labels.risk
                on_yes
                on_no
            />
        </Show>
    }
}
