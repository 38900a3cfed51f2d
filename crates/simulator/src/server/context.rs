//! The state that every request needs.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use super::files::Files;
use crate::world::World;

/// The state that all connections of a server share.
pub struct Context {
    /// The simulator and its clock.
    pub world: Mutex<World>,
    /// Whether `/simulator/…` is available.
    pub control: bool,
    /// The built page.
    pub files: Files,
}

impl Context {
    /// The world; other requests wait meanwhile.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The simulated time.
    pub fn now(&self) -> Timestamp {
        self.world().now(Timestamp::now())
    }
}
