//! The message for a page number beyond the end of the list.

use cckm_core::list::pager::PastEnd;
use cckm_core::route::{Route, encode};
use leptos::prelude::*;

use super::EmptyState;

/// Says that there is no such page, and links to the last one, or to the first if the last is unknown.
#[component]
pub fn PastEndState(
    /// Where the list ends.
    end: PastEnd,
    /// The list.
    route: Route,
) -> impl IntoView {
    let PastEnd { page, last_page, skip } = end;
    let (title, label) = match last_page {
        Some(last) => {
            (format!("There is no page {page}; the last page is {last}"), "Go to the last page")
        }
        None => ("There are no more jobs".to_owned(), "Go to the first page"),
    };
    view! {
        <EmptyState title>
            <p><a href=encode(&route.with_skip(skip))>{label}</a></p>
        </EmptyState>
    }
}
