//! The versions that an update of all versions lists.

use cckm_core::family::Family;
use cckm_core::format::text::pluralize;
use cckm_core::job::Job;
use cckm_core::job::details::MAX_ENTRIES;
use leptos::prelude::*;

use crate::components::LimitedList;

/// The version numbers of a job, in the groups of its `detailed_status`: only `completed` is documented.
#[component]
pub fn Versions(
    /// The name and the version numbers of each group; shows nothing if there is none.
    groups: Memo<Vec<(String, Vec<String>)>>,
) -> impl IntoView {
    let list = move || {
        let groups = groups.get().into_iter();
        groups.map(|(name, versions)| view! { <Group name versions/> }).collect_view()
    };
    view! {
        <Show when=move || !groups.read().is_empty()>
            <section class="versions" aria-labelledby="versions-title">
                <h2 id="versions-title">"Versions"</h2>
                {list}
            </section>
        </Show>
    }
}

#[component]
fn Group(
    /// The name of the group in the answer.
    name: String,
    /// Its version numbers.
    versions: Vec<String>,
) -> impl IntoView {
    let total = versions.len();
    let count = pluralize(total, "version", "versions");
    let first = versions.into_iter().take(MAX_ENTRIES).collect();
    view! {
        <div class="versions__group">
            <h3 class="versions__name">{name} " " <span class="versions__count">{count}</span></h3>
            <LimitedList first count=total class="versions__list" entry_class="chip"/>
        </div>
    }
}

/// The lists in `detailed_status` with their names, for families that list versions there (CONTRACT.md 2.4).
pub fn version_groups(job: &Job, family: &Family) -> Vec<(String, Vec<String>)> {
    if family.version_count_member.is_none() {
        return Vec::new();
    }
    (0..job.items.len())
        .filter_map(|index| {
            let list = job.items.text(index)?.list.clone()?;
            Some((job.items.name(index).to_owned(), list))
        })
        .collect()
}
