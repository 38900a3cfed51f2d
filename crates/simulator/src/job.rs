//! Jobs as functions of time: a job is planned when it starts, and its state follows from the time.

mod causes;
mod failures;
mod items;
mod message;
mod observed_causes;
mod plan;
mod planned;
mod precision;
mod progress;
mod render;

pub use causes::{CAUSES, Cause};
pub use failures::Failures;
pub(crate) use failures::failure_text;
pub use items::Items;
pub use plan::Job;
pub use planned::PlannedFailures;
pub use precision::Precision;
pub use progress::Progress;
pub use render::JobAt;
pub(crate) use render::{ACCOUNT, APPLICATION, DEV_ACCOUNT};
