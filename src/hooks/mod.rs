//! State that the application provides to components: the session, the location, remote data, polling, the clock.

mod latest;
mod other_documents;
mod pending_actions;
mod remote;
pub mod saved_requests;
mod server;
mod use_activity;
mod use_cancellations;
mod use_changed_jobs;
mod use_clock;
mod use_config;
mod use_focus_restore;
mod use_focus_return;
mod use_job_actions;
mod use_known_ids;
mod use_list_sizes;
mod use_location;
mod use_polling;
mod use_remote;
mod use_server_clock;
mod use_session;
mod use_stuck_rule;
mod use_switching;
mod use_title;
mod use_window_event;

pub use latest::latest;
pub use pending_actions::{
    PendingActions, ReportedAction, provide_pending_actions, use_pending_actions,
};
pub use remote::{Answer, Fetched, Remote};
pub use server::ServerTime;
pub use use_activity::use_activity;
pub use use_cancellations::{Cancellations, UseCancellations, use_cancellations};
pub use use_changed_jobs::{
    ChangedJobs, known_remote, provide_changed_jobs, use_changed_jobs, was_cancelled,
};
pub use use_clock::{provide_clock, use_clock};
pub use use_config::{provide_config, read_config, use_config};
pub use use_focus_restore::use_focus_restore;
pub use use_focus_return::use_focus_return;
pub use use_job_actions::{UseJobActions, use_job_actions};
pub use use_known_ids::{KnownIdStore, remember_at, use_known_ids};
pub use use_list_sizes::{ListSizes, provide_list_sizes, use_list_sizes};
pub use use_location::{UseLocation, provide_location, use_location};
pub use use_polling::{Liveness, UsePolling, use_offline, use_polling};
pub use use_remote::{RefetchHandle, UseRemote, use_remote, use_remote_from};
pub use use_server_clock::use_server_clock;
pub use use_session::{Session, SignIn, provide_session, use_session};
pub use use_stuck_rule::use_stuck_rule;
pub use use_switching::{UseSwitching, provide_switching, use_switching};
pub use use_title::use_title;
pub use use_window_event::use_window_event;
