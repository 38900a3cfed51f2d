//! Components that several features share: values, signals and handles in, callbacks out. They send no requests.

mod address_notices;
mod banner;
mod choice;
mod confirm;
mod copy_button;
mod empty_state;
mod error_panel;
mod fetch_error;
mod limited_list;
mod pager;
mod progress_bar;
mod received_json;
mod refresh_controls;
mod server_words;
mod skeleton;
mod status_badge;
mod time;

pub use address_notices::AddressNotices;
pub use banner::{Banner, Tone};
pub use choice::{Choice, Choices};
pub use confirm::{Confirm, Proof, Question};
pub use copy_button::CopyButton;
pub use empty_state::EmptyState;
pub use error_panel::ErrorPanel;
pub use fetch_error::FetchError;
pub use limited_list::LimitedList;
pub use pager::PagerBar;
pub use progress_bar::ProgressBar;
pub use received_json::ReceivedJson;
pub use refresh_controls::RefreshControls;
pub use server_words::ServerWords;
pub use skeleton::Skeleton;
pub use status_badge::{ItemStatusMark, Mark, StatusBadge};
pub use time::Time;
