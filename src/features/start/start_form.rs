//! The fields of a start form, and the question before it is sent.

use cckm_core::format::text::pluralize;
use leptos::prelude::*;
use leptos::{ev, html};

use super::labels::StartLabels;
use super::review::Review;
use super::start_controller::StartController;
use super::start_field::{FieldHandle, StartField};

/// The form. It cannot be changed while the question is open, nor after it was sent.
#[component]
pub fn StartFormView(
    /// Controls the form.
    controller: StartController,
    /// Its texts.
    labels: StartLabels,
) -> impl IntoView {
    let form = controller.form;
    let (is_confirming, set_confirming) = signal(false);
    let (is_validated, set_validated) = signal(false);
    let focused_field = RwSignal::new(None);
    let is_editable = Memo::new(move |_| form.progress.read().request.is_editable());
    let is_open = move || is_editable.get() && !is_confirming.get();
    let fields = Memo::new(move |_| form.draft.read().shown_fields());
    // Errors appear after the first attempt to send, and from then on at each change.
    let errors = Memo::new(move |_| {
        if is_validated.get() {
            form.draft.read().validate_at(controller.now())
        } else {
            Vec::new()
        }
    });
    let error_count = move || {
        let count = errors.read().len();
        (count > 0).then(|| {
            let fields = pluralize(count, "field has", "fields have");
            format!("{fields} to be corrected")
        })
    };
    let review = move |event: ev::SubmitEvent| {
        event.prevent_default();
        set_validated.set(true);
        let first = errors.read_untracked().first().map(|error| error.field);
        match first {
            Some(field) => focused_field.set(Some(field)),
            None => set_confirming.set(true),
        }
    };
    let review_button = NodeRef::<html::Button>::new();
    let on_yes = Callback::new(move |()| {
        set_confirming.set(false);
        controller.confirm();
    });
    let on_no = Callback::new(move |()| {
        set_confirming.set(false);
        // The button is back in the page by then.
        request_animation_frame(move || {
            if let Some(button) = review_button.try_get_untracked().flatten() {
                _ = button.focus();
            }
        });
    });
    view! {
        <form class="start" method="dialog" novalidate on:submit=review>
            <fieldset class="start__set" disabled=move || !is_open()>
                <legend class="visually-hidden">"What to start"</legend>
                <div class="start__fields">
                    <For each=move || fields.get() key=|index| *index let:index>
                        <StartField handle=FieldHandle { form, index, errors, focused_field }/>
                    </For>
                </div>
                <p role="alert" class="start__wrong">{error_count}</p>
                <Show when=is_open>
                    <button type="submit" class="button button--primary" node_ref=review_button>
                        "Review…"
                    </button>
                </Show>
            </fieldset>
        </form>
        <Show when=move || is_editable.get() && is_confirming.get()>
            <Review controller labels title=labels.question on_yes on_no/>
        </Show>
    }
}
