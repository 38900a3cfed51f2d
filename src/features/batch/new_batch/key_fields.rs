//! The keys of a new batch: the text field, files, and what was recognised.

use std::sync::Arc;

use cckm_core::batch::KeyList;
use cckm_core::format::text::{group_digits, truncate};
use leptos::prelude::*;

use super::form::{BatchForm, KeySource, SourceError};
use crate::components::Button;

/// How many suspicious keys are shown.
const MAX_SUSPICIOUS: usize = 20;

/// The fields for the keys.
#[component]
pub fn KeyFields(
    /// The form.
    form: BatchForm,
) -> impl IntoView {
    let errors = move || {
        let errors = form.errors.get().into_iter();
        let line = |SourceError { name, reason }| {
            view! { <p class="batch__wrong">{truncate(name)} ": " {reason}</p> }
        };
        errors.map(line).collect_view()
    };
    view! {
        <div class="batch__fields">
            <label class="field">
                <span class="field__label">"One key a line, or with commas between them"</span>
                <textarea
                    class="field__input batch__keys"
                    name="keys"
                    rows="8"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    on:input:target=move |event| form.typed.set(event.target().value())
                ></textarea>
            </label>
            <label class="field">
                <span class="field__label">
                    "From a file: one key a line, the first column of a table, a JSON list, or a job as downloaded"
                </span>
                <input
                    class="batch__file"
                    type="file"
                    name="file"
                    multiple
                    on:change:target=move |event| form.read_files(&event.target())
                />
            </label>
            <ul class="batch__sources">
                <For
                    each=move || form.sources.get()
                    key=|source| Arc::as_ptr(&source.entries).addr()
                    let:source
                >
                    <Source source form/>
                </For>
            </ul>
            <div role="alert">{errors}</div>
        </div>
    }
}

/// One source of keys, which can be removed.
#[component]
fn Source(
    /// The source.
    source: KeySource,
    /// The form.
    form: BatchForm,
) -> impl IntoView {
    let entries = Arc::clone(&source.entries);
    let remove = move |()| {
        form.sources.update(|sources| {
            sources.retain(|source| !Arc::ptr_eq(&source.entries, &entries));
        });
    };
    view! {
        <li>
            <span>{truncate(source.label.clone())}</span>
            <Button quiet=true attr:aria-label=format!("Remove {}", source.label) on_press=remove>
                "Remove"
            </Button>
        </li>
    }
}

/// How many keys were recognised, and those that look odd.
#[component]
pub fn KeySummary(
    /// The form.
    form: BatchForm,
) -> impl IntoView {
    let (keys, left_out) = (form.keys, form.without_suspicious);
    let suspicious = Memo::new(move |_| keys.read().suspicious.len());
    let label = move || {
        if left_out.get() {
            "Keep what looks odd".to_owned()
        } else {
            format!("Leave out the {} that look odd", group_digits(suspicious.get()))
        }
    };
    view! {
        <p class="batch__summary" role="status">{move || keys.read().summary()}</p>
        <Show when=move || suspicious.get() != 0>
            <SuspiciousKeys keys/>
        </Show>
        <Show when=move || suspicious.get() != 0 || left_out.get()>
            <Button quiet=true on_press=move |()| left_out.update(|left_out| *left_out = !*left_out)>
                {label}
            </Button>
        </Show>
    }
}

/// The first of the suspicious keys.
#[component]
fn SuspiciousKeys(
    /// The keys of the form.
    keys: Memo<KeyList>,
) -> impl IntoView {
    let count = move || keys.read().suspicious.len();
    let title = move || {
        let (count, look) = (count(), if count() == 1 { "looks" } else { "look" });
        let count = group_digits(count);
        format!(
            "{count} {look} odd: with spaces, longer than 200 characters, or the header of a column"
        )
    };
    let first = move || {
        let keys = keys.read();
        let first = keys.suspicious.iter().take(MAX_SUSPICIOUS);
        first.map(|key| view! { <li><code>{truncate(key.clone())}</code></li> }).collect_view()
    };
    let more = move || {
        let more = count().saturating_sub(MAX_SUSPICIOUS);
        (more > 0).then(|| view! { <p>"and " {group_digits(more)} " more"</p> })
    };
    view! {
        <div>
            <p>{title}</p>
            <ul class="batch__odd">{first}</ul>
            {more}
        </div>
    }
}
