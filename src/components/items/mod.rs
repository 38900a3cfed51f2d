//! The items of a job, or of a whole batch: counts, status texts, filters, and a list of any length.

mod chosen_item;
mod item_chips;
mod item_list;
mod item_panel;
mod item_toolbar;
mod items_section;
mod no_items;
mod selected_items;
mod status_links;
mod status_texts;
mod use_viewport;

pub use item_list::{ItemList, ItemRow, ROW_HEIGHT};
pub use items_section::ItemsSection;
pub use status_links::ItemStatusLinks;

use cckm_core::job::items_view::ItemsView;
use cckm_core::route::{Route, encode};
use leptos::prelude::*;

/// Which items a page shows, and its address with another choice of items.
#[derive(Clone, Copy)]
pub struct ItemsLocation {
    /// The items that the address names.
    pub view: Signal<ItemsView>,
    /// The route of the page with another choice of items.
    pub route: Callback<ItemsView, Route>,
}

impl ItemsLocation {
    /// The address of the page with `view`.
    pub fn href(self, view: ItemsView) -> String {
        encode(&self.route.run(view))
    }
}
