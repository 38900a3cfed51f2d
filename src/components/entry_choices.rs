//! What a list from a person holds, and the choices about it: the column of a table, and the shapes to keep.

use cckm_core::entries::{Column, Shape, ShapeGroup};
use leptos::prelude::*;

use super::Button;

/// The value of the option for all columns.
const ALL: &str = "all";

/// Chooses the column of a table.
#[component]
pub fn ColumnChoice(
    /// The label: which table.
    #[prop(into)]
    label: String,
    /// A label for each column.
    columns: Vec<String>,
    /// The column that holds the entries.
    #[prop(into)]
    column: Signal<Column>,
    /// Gets the column that the person chooses.
    on_change: Callback<Column>,
) -> impl IntoView {
    let option = move |(index, label): (usize, String)| {
        let is_chosen = move || column.get() == Column::At(index);
        view! { <option value=index.to_string() prop:selected=is_chosen>{label}</option> }
    };
    let options = columns.into_iter().enumerate().map(option).collect_view();
    let choose = move |event| {
        let value = event_target_value(&event);
        on_change.run(value.parse().map_or(Column::All, Column::At));
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <select class="field__input" on:change=choose>
                {options}
                <option value=ALL prop:selected=move || column.get() == Column::All>
                    "All columns"
                </option>
            </select>
        </label>
    }
}

/// The groups of entries by shape, each with its first and last entry, and a button to keep it or to leave it out.
#[component]
pub fn ShapeGroups(
    /// The groups.
    #[prop(into)]
    groups: Signal<Vec<ShapeGroup>>,
    /// Gets a shape, and whether the person wants to keep it.
    on_choose: Callback<(Shape, bool)>,
) -> impl IntoView {
    let shapes = move || groups.read().iter().map(|group| group.shape).collect::<Vec<_>>();
    view! {
        <ul class="shapes">
            <For each=shapes key=|shape| *shape let:shape>
                <ShapeRow shape groups on_choose/>
            </For>
        </ul>
    }
}

/// The group of one shape. Its button keeps the focus when it is pressed.
#[component]
fn ShapeRow(
    /// The shape.
    shape: Shape,
    /// All groups.
    groups: Signal<Vec<ShapeGroup>>,
    /// Gets the shape, and whether the person wants to keep it.
    on_choose: Callback<(Shape, bool)>,
) -> impl IntoView {
    let group = Memo::new(move |_| {
        let groups = groups.read();
        groups.iter().find(|group| group.shape == shape).cloned()
    });
    let is_included = move || group.read().as_ref().is_some_and(|group| group.is_included);
    let label = move || group.read().as_ref().map(ShapeGroup::label).unwrap_or_default();
    let what = move || if is_included() { label() } else { format!("{}, left out", label()) };
    let verb =
        move || format!("{} {}", if is_included() { "Leave out" } else { "Include" }, label());
    let range = move || group.read().as_ref().map(ShapeGroup::range);
    let choose = move |()| on_choose.run((shape, !untrack(is_included)));
    view! {
        <li class="shapes__row">
            <span>{what} ": " <code>{range}</code></span>
            <Button quiet=true on_press=choose>{verb}</Button>
        </li>
    }
}
