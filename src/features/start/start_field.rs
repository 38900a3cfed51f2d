//! A field of a start form, as the table of the API describes it: label, input, hint and error.

use cckm_core::entries::{Column, EntryList, Shape, ShapeGroup};
use cckm_core::family::start_api::{Field, FieldKind};
use cckm_core::route::{BatchRoute, NEW_BATCH, Route, encode};
use cckm_core::start::{EntryChoice, FieldError};
use leptos::html;
use leptos::html::ElementType;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::start_forms::StartForm;
use crate::components::{ColumnChoice, ShapeGroups};

/// A field of a form.
#[derive(Clone, Copy)]
pub struct FieldHandle {
    /// The form.
    pub form: StartForm,
    /// The index of the field.
    pub index: usize,
    /// The errors of the form.
    pub errors: Memo<Vec<FieldError>>,
    /// Set to the index of the field that is to take the focus.
    pub focused_field: RwSignal<Option<usize>>,
}

impl FieldHandle {
    fn field(self) -> &'static Field {
        &self.form.draft.read_untracked().api.fields[self.index]
    }

    fn text(self) -> String {
        self.form.draft.read().text(self.index).to_owned()
    }

    fn set(self, text: String) {
        self.form.draft.update(|draft| draft.set(self.index, text));
    }

    fn error(self) -> Option<FieldError> {
        let errors = self.errors.read();
        errors.iter().find(|error| error.field == self.index).cloned()
    }

    fn hint_id(self) -> String {
        format!("start-{}-hint", self.index)
    }

    fn error_id(self) -> String {
        format!("start-{}-wrong", self.index)
    }

    /// Gives `input` the focus when it is requested.
    fn focus_on_request<E>(self, input: NodeRef<E>)
    where
        E: ElementType,
        E::Output: JsCast + Clone + 'static,
    {
        Effect::new(move |_| {
            if self.focused_field.get() == Some(self.index)
                && let Some(input) = input.get_untracked()
            {
                _ = input.unchecked_ref::<HtmlElement>().focus();
            }
        });
    }
}

/// A field with its label, hint and error.
#[component]
pub fn StartField(
    /// The field.
    handle: FieldHandle,
) -> impl IntoView {
    let field = handle.field();
    let label = field.label;
    let attributes = view! {
        <{..}
            disabled=move || handle.form.draft.read().is_fixed(handle.index)
            aria-describedby=format!("{} {}", handle.hint_id(), handle.error_id())
            aria-invalid=move || handle.error().is_some().to_string()
        />
    };
    let input = match field.kind {
        FieldKind::Flag => view! { <FlagInput handle {..attributes}/> }.into_any(),
        FieldKind::Choice(_) => view! { <ChoiceInput handle {..attributes}/> }.into_any(),
        FieldKind::Texts(_) | FieldKind::Json | FieldKind::Object => {
            view! { <LongTextInput handle {..attributes}/> }.into_any()
        }
        FieldKind::Text | FieldKind::Instant | FieldKind::Cron | FieldKind::Days(..) => {
            view! { <TextInput handle {..attributes}/> }.into_any()
        }
    };
    let labelled = if field.kind == FieldKind::Flag {
        view! { <label class="start__flag">{input} " " {label}</label> }.into_any()
    } else {
        view! {
            <label class="field">
                <span class="field__label">{label}</span>
                {input}
            </label>
        }
        .into_any()
    };
    let is_list = matches!(field.kind, FieldKind::Texts(_));
    let too_many = move || handle.error().is_some_and(|error| error.too_many);
    view! {
        <div class="start__field">
            {labelled}
            <p class="start__hint" id=handle.hint_id()>{field.hint}</p>
            {is_list.then(|| view! { <EntryCount handle/> })}
            <Show when=too_many>
                <p>
                    "A batch starts several jobs. "
                    <a href=encode(&Route::Batch(BatchRoute::new(NEW_BATCH)))>"Start a batch"</a>
                </p>
            </Show>
            <p class="start__wrong" id=handle.error_id()>
                {move || handle.error().map(|error| error.message)}
            </p>
        </div>
    }
}

/// Shows how many entries a list has and what was left out, with the choices about it.
#[component]
fn EntryCount(
    /// The field.
    handle: FieldHandle,
) -> impl IntoView {
    let noun = handle.field().noun;
    let entries = Memo::new(move |_| handle.form.draft.read().entries(handle.index));
    let summary = move || match &*entries.read() {
        Ok(entries) if entries.list == EntryList::default() => String::new(),
        Ok(entries) => entries.list.summary(noun),
        Err(problem) => problem.clone(),
    };
    let columns = Memo::new(move |_| {
        let entries = entries.read();
        entries.as_ref().map(|entries| entries.columns.clone()).unwrap_or_default()
    });
    let column =
        Memo::new(move |_| entries.read().as_ref().map_or(Column::All, |entries| entries.column));
    let groups = Memo::new(move |_| {
        let entries = entries.read();
        let groups = entries.as_ref().map(|entries| entries.list.groups.clone());
        groups.unwrap_or_default()
    });
    // A list of which nothing was left out needs no choice.
    let has_choice = Memo::new(move |_| {
        let choice = handle.form.draft.read().choice(handle.index);
        let is_left_out = |group: &ShapeGroup| !group.is_included;
        groups.read().iter().any(is_left_out) || choice.shapes != EntryChoice::default().shapes
    });
    let choose = move |change: &dyn Fn(&mut EntryChoice)| {
        handle.form.draft.update(|draft| {
            let mut choice = draft.choice(handle.index);
            change(&mut choice);
            draft.choose(handle.index, choice);
        });
    };
    let choose_column = Callback::new(move |column| choose(&|choice| choice.column = Some(column)));
    let choose_shape = Callback::new(move |(shape, is_included): (Shape, bool)| {
        choose(&|choice| choice.shapes.set(shape, is_included));
    });
    view! {
        <p class="start__hint" role="status">{summary}</p>
        {move || {
            let columns = columns.get();
            let label = format!("{}: column", handle.field().label);
            (!columns.is_empty())
                .then(|| view! { <ColumnChoice label columns column on_change=choose_column/> })
        }}
        <Show when=move || has_choice.get()>
            <ShapeGroups groups on_choose=choose_shape/>
        </Show>
    }
}

#[component]
fn FlagInput(
    /// The field.
    handle: FieldHandle,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    handle.focus_on_request(input);
    let set = move |is_set| {
        handle.form.draft.update(|draft| draft.set_flag(handle.index, is_set));
    };
    view! {
        <input
            type="checkbox"
            node_ref=input
            prop:checked=move || !handle.text().is_empty()
            on:change:target=move |event| set(event.target().checked())
        />
    }
}

#[component]
fn ChoiceInput(
    /// The field.
    handle: FieldHandle,
) -> impl IntoView {
    let select = NodeRef::<html::Select>::new();
    handle.focus_on_request(select);
    let known = match handle.field().kind {
        FieldKind::Choice(known) => known,
        _ => &[],
    };
    let none = (known.len() > 1).then_some(("", "Choose…"));
    let options = none
        .into_iter()
        .chain(known.iter().map(|known| (known.value, known.label)))
        .map(|(value, label)| {
            let is_chosen = move || handle.text() == value;
            view! { <option value=value prop:selected=is_chosen>{label}</option> }
        })
        .collect_view();
    view! {
        <select
            class="field__input"
            node_ref=select
            on:change:target=move |event| handle.set(event.target().value())
        >
            {options}
        </select>
    }
}

#[component]
fn LongTextInput(
    /// The field.
    handle: FieldHandle,
) -> impl IntoView {
    let input = NodeRef::<html::Textarea>::new();
    handle.focus_on_request(input);
    view! {
        <textarea
            class="field__input"
            rows="4"
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            node_ref=input
            prop:value=move || handle.text()
            on:input:target=move |event| handle.set(event.target().value())
        ></textarea>
    }
}

#[component]
fn TextInput(
    /// The field.
    handle: FieldHandle,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    handle.focus_on_request(input);
    let input_mode = matches!(handle.field().kind, FieldKind::Days(..)).then_some("numeric");
    view! {
        <input
            class="field__input"
            type="text"
            inputmode=input_mode
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            node_ref=input
            prop:value=move || handle.text()
            on:input:target=move |event| handle.set(event.target().value())
        />
    }
}
