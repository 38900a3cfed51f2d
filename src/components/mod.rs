//! The parts of the page: values in, callbacks out.
//!
//! They know the domain and the routes, and nothing of requests, the session or the browser.

mod banner;
mod choice;
mod confirm;
mod copy_button;
mod empty_state;
mod entries;
mod error_panel;
mod facts;
mod filter_bar;
mod item_counts;
mod item_list;
mod item_panel;
mod item_toolbar;
mod job_table;
mod kind_nav;
mod notices;
mod pager;
mod part_list;
mod progress_bar;
mod raw_json;
mod refresh_bar;
mod server_words;
mod sign_in_form;
mod skeleton;
mod status_badge;
mod timestamp;
mod versions;

pub use banner::banner;
pub use choice::choice;
pub use confirm::{Question, confirm};
pub use copy_button::copy_button;
pub use empty_state::empty_state;
pub use entries::entries;
pub use error_panel::error_panel;
pub use facts::facts;
pub use filter_bar::filter_bar;
pub use item_counts::{item_counts, texts_shown};
pub use item_list::{ItemRow, LIST, ROW_HEIGHT, item_list};
pub use item_panel::item_panel;
pub use item_toolbar::item_toolbar;
pub use job_table::job_table;
pub use kind_nav::kind_nav;
pub use notices::notices;
pub use pager::pager_bar;
pub use part_list::{PartRow, part_list};
pub use progress_bar::progress_bar;
pub use raw_json::raw_json;
pub use refresh_bar::{Freshness, refresh_bar};
pub use server_words::server_words;
pub use sign_in_form::sign_in_form;
pub use skeleton::skeleton;
pub use status_badge::{class_mark, status_badge, word_mark};
pub use timestamp::time;
pub use versions::versions;
