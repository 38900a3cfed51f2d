//! A choice of one among a few values.

use std::borrow::Cow;

use leptos::prelude::*;

/// Values with their labels.
pub type Choices = Vec<(Cow<'static, str>, Cow<'static, str>)>;

/// Choices that never change, as value and label.
pub fn choices(options: &'static [(&'static str, &'static str)]) -> Signal<Choices> {
    let choices = options.iter();
    Signal::stored(choices.map(|&(value, label)| (value.into(), label.into())).collect())
}

/// A labelled select. A value outside the choices, as from an address, is offered as it is.
#[component]
pub fn Choice(
    /// Its label.
    label: &'static str,
    /// Its name in the form.
    name: &'static str,
    /// The values to choose from.
    #[prop(into)]
    choices: Signal<Choices>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Gets the value that the person chooses.
    on_change: Callback<String>,
) -> impl IntoView {
    let offered = move || {
        let mut choices = choices.get();
        let value = value.get();
        if !choices.iter().any(|(own, _)| *own == value) {
            choices.push((value.clone().into(), value.into()));
        }
        choices
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <select
                class="field__input"
                name=name
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                <For each=offered key=Clone::clone let((own, label))>
                    <option value=own.clone() prop:selected=move || *value.read() == own>
                        {label}
                    </option>
                </For>
            </select>
        </label>
    }
}
