//! The filters that the API has for a list, its order and its page size.
//!
//! It offers only filters of the server: one page that the console filters or sorts would look like the whole list.

use cckm_core::family::{Filter, FilterKind};
use cckm_core::route::{DEFAULT_SORT, JobListRoute, PAGE_SIZES, Route, encode};
use leptos::prelude::*;

use crate::components::{Choice, choices};
use crate::hooks::{UseLocation, use_location};

/// The orders that can be chosen.
const SORTS: [(&str, &str); 3] = [
    (DEFAULT_SORT, "Newest first"),
    ("createdAt", "Oldest first"),
    ("-updatedAt", "Last changed first"),
];

/// The controls of a list. Each change is a new address.
#[component]
pub fn FilterBar(
    /// The list.
    route: Memo<JobListRoute>,
) -> impl IntoView {
    let location = use_location();
    let family = route.read_untracked().family;
    let filters = family.filters().iter();
    let filters = filters.map(|filter| view! { <FilterControl filter route/> });
    let set_sort = Callback::new(move |sort| {
        let list = route.get_untracked().with_skip(0);
        location.navigate(&Route::JobList(JobListRoute { sort, ..list }));
    });
    let sort = family.can_sort().then(|| {
        view! {
            <Choice
                label="Order"
                name="sort"
                choices=choices(&SORTS)
                value=Signal::derive(move || route.read().sort.clone())
                on_change=set_sort
            />
        }
    });
    let set_limit = Callback::new(move |limit: String| {
        if let Ok(limit) = limit.parse() {
            let list = route.get_untracked().with_skip(0);
            location.navigate(&Route::JobList(JobListRoute { limit, ..list }));
        }
    });
    view! {
        <div class="filters" role="search" aria-label="Filter the list">
            {filters.collect_view()}
            {sort}
            <Choice
                label="Per page"
                name="limit"
                choices=choices(&PAGE_SIZES)
                value=Signal::derive(move || route.read().limit.to_string())
                on_change=set_limit
            />
        </div>
    }
}

#[component]
fn FilterControl(
    /// The filter.
    filter: &'static Filter,
    /// The list.
    route: Memo<JobListRoute>,
) -> impl IntoView {
    let location = use_location();
    let values = Memo::new(move |_| {
        let route = route.read();
        route.filter_values(filter.name).map(str::to_owned).collect::<Vec<_>>()
    });
    let value = Memo::new(move |_| values.read().first().cloned().unwrap_or_default());
    let set = move |value: String| {
        set_filter(location, route, filter, &[value.trim().to_owned()]);
    };
    match filter.kind {
        FilterKind::Choice(options) => view! {
            <Choice
                label=filter.label
                name=filter.name
                choices=choices(options)
                value
                on_change=Callback::new(set)
            />
        }
        .into_any(),
        FilterKind::Text => view! {
            <label class="field">
                <span class="field__label">{filter.label}</span>
                <input
                    class="field__input"
                    type="search"
                    name=filter.name
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=value
                    on:change:target=move |event| set(event.target().value())
                />
            </label>
        }
        .into_any(),
        FilterKind::Texts => view! { <FilterTexts filter route values/> }.into_any(),
    }
}

fn set_filter(
    location: UseLocation,
    route: Memo<JobListRoute>,
    filter: &Filter,
    values: &[String],
) {
    let route = route.read_untracked().with_filter(filter.name, values);
    location.navigate(&Route::JobList(route));
}

/// Any number of values: a link removes a value, Enter adds one.
#[component]
fn FilterTexts(
    /// The filter.
    filter: &'static Filter,
    /// The list.
    route: Memo<JobListRoute>,
    /// Its values in the address.
    values: Memo<Vec<String>>,
) -> impl IntoView {
    let location = use_location();
    let add = move |value: &str| {
        let mut values = values.get_untracked();
        if !value.is_empty() && !values.iter().any(|own| own == value) {
            values.push(value.to_owned());
            set_filter(location, route, filter, &values);
        }
    };
    let indexed = move || values.get().into_iter().enumerate().collect::<Vec<_>>();
    let chip = move |(index, value): (usize, String)| {
        let href = move || {
            let mut rest = values.get();
            if index < rest.len() {
                rest.remove(index);
            }
            encode(&Route::JobList(route.read().with_filter(filter.name, &rest)))
        };
        let label = format!("Remove {} {value}", filter.label);
        view! {
            <a class="chip" href=href aria-label=label>
                <span class="chip__text">{value}</span>
                <span aria-hidden="true">"×"</span>
            </a>
        }
    };
    view! {
        <div class="field">
            <label>
                <span class="field__label">{filter.label}</span>
                <input
                    class="field__input"
                    type="text"
                    name=filter.name
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="Add one…"
                    on:change:target=move |event| {
                        add(event.target().value().trim());
                        event.target().set_value("");
                    }
                />
            </label>
            <span class="field__chips">
                <For each=indexed key=Clone::clone children=chip/>
            </span>
        </div>
    }
}
