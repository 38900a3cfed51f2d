//! The members of a job, as the API names and writes them.

use cckm_core::format::text::pluralize;
use cckm_core::job::details::{Detail, DetailValue};
use leptos::prelude::*;

use super::{LimitedList, Time};
use crate::browser::local_time::local_time;

/// A longer list is folded.
const MAX_UNFOLDED: usize = 5;

/// The members of a job, in the order of the answer.
#[component]
pub fn JobDetails(
    /// The heading.
    title: &'static str,
    /// The members.
    #[prop(into)]
    details: Signal<Vec<Detail>>,
) -> impl IntoView {
    // Without keys: members keep their positions from answer to answer, and names can repeat.
    let entries = move || {
        let details = details.get().into_iter();
        details.map(|detail| view! { <Detail detail/> }).collect_view()
    };
    view! {
        <section class="job__facts" aria-labelledby="facts-title">
            <h2 id="facts-title">{title}</h2>
            <dl class="facts">{entries}</dl>
        </section>
    }
}

#[component]
fn Detail(
    /// The member.
    detail: Detail,
) -> impl IntoView {
    let value = match detail.value {
        DetailValue::Instant(instant, text) => view! {
            <Time at=local_time(instant)/>
            <span class="facts__raw">{text}</span>
        }
        .into_any(),
        DetailValue::Text(text) => view! { <span class="facts__text">{text}</span> }.into_any(),
        DetailValue::List(first, count) => {
            let list = view! {
                <LimitedList first count class="facts__list" entry_class="facts__line"/>
            };
            if count > MAX_UNFOLDED {
                view! {
                    <details>
                        <summary>{pluralize(count, "entry", "entries")}</summary>
                        {list}
                    </details>
                }
                .into_any()
            } else {
                list.into_any()
            }
        }
    };
    view! {
        <div class="facts__entry">
            <dt>{detail.label} <code class="facts__member">{detail.member}</code></dt>
            <dd>{value}</dd>
        </div>
    }
}
