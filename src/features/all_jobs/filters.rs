//! The filters of the list of all jobs: cloud, kind and status.

use cckm_core::family::{FAMILIES, Family, STATUS_CHOICES};
use cckm_core::format::text::capitalize;
use cckm_core::route::{AllJobsRoute, Route};
use leptos::prelude::*;

use crate::components::{Choice, Choices, choices};
use crate::hooks::use_location;

/// The filters. Each change is a new address.
#[component]
pub fn AllJobsFilters(
    /// The list.
    route: Memo<AllJobsRoute>,
) -> impl IntoView {
    let location = use_location();
    let navigate = move |change: &dyn Fn(&mut AllJobsRoute)| {
        let mut list = route.get_untracked().with_skip(0);
        change(&mut list);
        location.navigate(&Route::AllJobs(list));
    };
    let set_cloud = move |cloud: String| {
        navigate(&|list| {
            list.cloud.clone_from(&cloud);
            // A kind of another cloud would leave nothing.
            if list.families().next().is_none() {
                list.kind.clear();
            }
        });
    };
    let set_kind = move |kind: String| navigate(&|list| list.kind.clone_from(&kind));
    let set_status = move |status: String| navigate(&|list| list.status.clone_from(&status));
    let clouds = distinct(listed().map(|family| family.cloud));
    let kinds = Signal::derive(move || {
        let route = route.read();
        let is_offered = |family: &&Family| [family.cloud, ""].contains(&&*route.cloud);
        distinct(listed().filter(is_offered).map(|family| family.title))
    });
    let value =
        move |of: fn(&AllJobsRoute) -> &String| Signal::derive(move || of(&route.read()).clone());
    view! {
        <div class="filters" role="search" aria-label="Filter the list">
            <Choice
                label="Cloud"
                name="cloud"
                choices=Signal::stored(clouds)
                value=value(|route| &route.cloud)
                on_change=Callback::new(set_cloud)
            />
            <Choice
                label="Kind"
                name="kind"
                choices=kinds
                value=value(|route| &route.kind)
                on_change=Callback::new(set_kind)
            />
            <Choice
                label="Status"
                name="overall_status"
                choices=choices(&STATUS_CHOICES)
                value=value(|route| &route.status)
                on_change=Callback::new(set_status)
            />
        </div>
    }
}

fn listed() -> impl Iterator<Item = &'static Family> {
    FAMILIES.iter().filter(|family| family.has_job_list())
}

/// "Any", then each of `names` once.
fn distinct(names: impl Iterator<Item = &'static str>) -> Choices {
    let mut choices: Choices = vec![("".into(), "Any".into())];
    for name in names {
        if !choices.iter().any(|(own, _)| own == name) {
            choices.push((name.into(), capitalize(name).into()));
        }
    }
    choices
}
