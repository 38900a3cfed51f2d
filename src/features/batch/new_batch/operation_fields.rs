//! The operation of a new batch, and its parameter.

use cckm_core::batch::{Task, operations};
use cckm_core::family::start_api::FieldKind;
use leptos::prelude::*;

use crate::components::{Choice, Choices};

/// The choice of the operation, and the field for its parameter.
#[component]
pub fn OperationFields(
    /// The operation with the value of its parameter.
    task: RwSignal<Task>,
) -> impl IntoView {
    let operation = Memo::new(move |_| task.read().operation.clone());
    let choices: Choices = [("".into(), "Choose…".into())]
        .into_iter()
        .chain(operations().iter().map(|known| (known.value.into(), known.label.into())))
        .collect();
    let choose = Callback::new(move |operation| {
        task.set(Task { operation, value: String::new() });
    });
    view! {
        <div class="filters">
            <Choice
                label="Operation"
                name="operation"
                choices=Signal::stored(choices)
                value=operation
                on_change=choose
            />
            {move || {
                operation.read();
                view! { <ParameterField task/> }
            }}
        </div>
    }
}

/// The field for the parameter of the operation, if it has one.
#[component]
fn ParameterField(
    /// The operation with the value of its parameter.
    task: RwSignal<Task>,
) -> impl IntoView {
    let parameter = task.read_untracked().parameter();
    parameter.map(|parameter| {
        let (label, input_mode) = match parameter.kind {
            FieldKind::Days(min, max) => {
                (format!("{}, {min} to {max}", parameter.label), "numeric")
            }
            _ => (parameter.label.to_owned(), "text"),
        };
        view! {
            <label class="field">
                <span class="field__label">{label}</span>
                <input
                    class="field__input"
                    name=parameter.member
                    type="text"
                    inputmode=input_mode
                    autocomplete="off"
                    prop:value=move || task.read().value.clone()
                    on:input:target=move |event| {
                        let value = event.target().value();
                        task.update(|task| task.value = value);
                    }
                />
            </label>
        }
    })
}

/// The field for the number of failed keys after which the batch pauses.
#[component]
pub fn FailureLimit(
    /// The text of the field.
    limit: RwSignal<String>,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field__label">"Pause after this many failed keys (empty: never)"</span>
            <input
                class="field__input batch__limit"
                name="failure_limit"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                on:input:target=move |event| limit.set(event.target().value())
            />
        </label>
    }
}
