//! The keys of a new batch: the text field, files, and what was recognised.

use std::sync::Arc;

use cckm_core::entries::{Column, EntryKind, EntryTable, Shape};
use cckm_core::format::text::truncate;
use leptos::prelude::*;

use super::form::{BatchForm, KeySource, SourceContent, SourceError};
use crate::components::{Button, ColumnChoice, ShapeGroups};

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
            <TypedColumn form/>
            <label class="field">
                <span class="field__label">
                    "From a file: one key a line, a table, a JSON list, or a job as downloaded"
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
                    key=|source| Arc::as_ptr(&source.content).addr()
                    let:source
                >
                    <Source source form/>
                </For>
            </ul>
            <div role="alert">{errors}</div>
        </div>
    }
}

/// Chooses the column of a table in the text field.
#[component]
fn TypedColumn(
    /// The form.
    form: BatchForm,
) -> impl IntoView {
    let columns = Memo::new(move |_| match &*form.typed_table.read() {
        Ok(table) => table.columns().to_vec(),
        Err(_) => Vec::new(),
    });
    let column = Memo::new(move |_| match &*form.typed_table.read() {
        Ok(table) => table.column(form.typed_column.get(), EntryKind::KeyIds),
        Err(_) => Column::All,
    });
    let on_change = Callback::new(move |column| form.typed_column.set(Some(column)));
    move || {
        let columns = columns.get();
        (!columns.is_empty()).then(|| {
            view! { <ColumnChoice label="Column of the text with the keys" columns column on_change/> }
        })
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
    let content = StoredValue::new(Arc::clone(&source.content));
    let is_own =
        move |source: &KeySource| content.with_value(|own| Arc::ptr_eq(&source.content, own));
    let remove = move |()| form.sources.update(|sources| sources.retain(|source| !is_own(source)));
    let columns = match &*source.content {
        SourceContent::File(table) => table.columns().to_vec(),
        SourceContent::Reported(_) => Vec::new(),
    };
    let column = Memo::new(move |_| {
        let sources = form.sources.read();
        let source = sources.iter().find(|source| is_own(source));
        source.map_or(Column::All, |source| match &*source.content {
            SourceContent::File(table) => {
                EntryTable::column(table, source.column, EntryKind::KeyIds)
            }
            SourceContent::Reported(_) => Column::All,
        })
    });
    let on_change = Callback::new(move |column| {
        form.sources.update(|sources| {
            if let Some(source) = sources.iter_mut().find(|source| is_own(source)) {
                source.column = Some(column);
            }
        });
    });
    let label = format!("Column of {} with the keys", truncate(source.label.clone()));
    view! {
        <li>
            <span>{truncate(source.label.clone())}</span>
            <Button quiet=true attr:aria-label=format!("Remove {}", source.label) on_press=remove>
                "Remove"
            </Button>
            {(!columns.is_empty()).then(|| view! { <ColumnChoice label columns column on_change/> })}
        </li>
    }
}

/// How many keys were recognised, what was left out, and the groups of entries that look alike.
#[component]
pub fn KeySummary(
    /// The form.
    form: BatchForm,
) -> impl IntoView {
    let keys = form.keys;
    let summary = move || match &*form.typed_table.read() {
        Ok(_) => keys.read().summary(("key recognised", "keys recognised")),
        Err(problem) => problem.clone(),
    };
    let groups = Memo::new(move |_| keys.read().groups.clone());
    let on_choose = Callback::new(move |(shape, is_included): (Shape, bool)| {
        form.choices.update(|choices| choices.set(shape, is_included));
    });
    view! {
        <p class="batch__summary" role="status">{summary}</p>
        <ShapeGroups groups on_choose/>
    }
}
