//! The page that leads to each form: by cloud, then by kind.

use cckm_core::family::{FAMILIES, Family, Resource};
use cckm_core::format::text::capitalize;
use cckm_core::route::{BatchRoute, NEW_BATCH, Route, StartRoute, encode};
use leptos::prelude::*;

/// Links to the forms of all jobs, of batches and of schedules.
#[component]
#[inline(never)]
pub fn NewPage() -> impl IntoView {
    let clouds = FAMILIES.chunk_by(|one, next| one.cloud == next.cloud).map(|families| {
        let jobs = families.iter().filter(|family| family.resource == Resource::Jobs);
        let links = jobs.filter(|family| family.can_start()).map(|family| {
            let label = format!("{}: {}", family.cloud, capitalize(family.title));
            view! { <NewLink route=form(family) label text=family.action.to_owned()/> }
        });
        (families[0].cloud, links.collect::<Vec<_>>())
    });
    let clouds = clouds.filter(|(_, links)| !links.is_empty()).map(|(cloud, links)| {
        view! {
            <section class="new__group">
                <h2>{cloud}</h2>
                <ul>{links}</ul>
            </section>
        }
    });
    let schedules = FAMILIES.iter().filter(|family| family.resource == Resource::Schedules);
    let schedules = schedules.filter(|family| family.can_start()).map(|family| {
        view! { <NewLink route=form(family) text="Schedule".to_owned()/> }
    });
    view! {
        <h1 class="page__title">"New"</h1>
        <div class="new">
            {clouds.collect_view()}
            <section class="new__group">
                <h2>"More than one job"</h2>
                <ul>
                    <NewLink
                        route=Route::Batch(BatchRoute::new(NEW_BATCH))
                        text="Batch of AWS keys".to_owned()
                    />
                    {schedules.collect_view()}
                </ul>
            </section>
        </div>
    }
}

fn form(family: &'static Family) -> Route {
    Route::Start(StartRoute::new(family))
}

#[component]
fn NewLink(
    /// The form.
    route: Route,
    /// The accessible name, if the text alone is not unique.
    #[prop(optional, into)]
    label: Option<String>,
    /// The text.
    text: String,
) -> impl IntoView {
    view! { <li><a class="new__link" href=encode(&route) aria-label=label>{text}</a></li> }
}
