//! Starting a job, creating or changing a schedule: the form, its confirmation, and the outcome.

mod found_jobs;
mod labels;
mod lookup_notice;
mod lost_start_actions;
mod outcome;
mod prefill;
mod review;
mod saved_starts;
mod start_controller;
mod start_field;
mod start_form;
mod start_forms;
mod start_page;
mod unresolved_starts;

pub use start_forms::provide_start_forms;
pub use start_page::StartPage;
pub use unresolved_starts::UnresolvedStarts;
