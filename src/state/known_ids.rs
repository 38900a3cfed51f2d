//! The ids of jobs that the API cannot list, in the browser's storage: read and written anew each
//! time, since another tab may have done so.

use leptos::prelude::expect_context;

use crate::state::{kept, place};
use cckm_core::config::Config;
use cckm_core::family::Family;
use cckm_core::start::known_ids::{KnownIds, name};

/// Where the ids of one family are kept.
#[derive(Clone)]
pub struct Keeper(String);

/// The keeper of the ids of `family` at the API of this page; needs the configuration around it.
pub fn keeper(family: &Family) -> Keeper {
    let config: Config = expect_context();
    Keeper(name(&place::absolute(&config.api_base), family))
}

impl Keeper {
    /// What is kept.
    pub fn load(&self) -> KnownIds {
        KnownIds::read(&kept::load(&self.0).unwrap_or_default())
    }

    /// Keeps `id` as the newest.
    pub fn remember(&self, id: String) {
        self.change(|known| known.remember(id));
    }

    /// Forgets `id`.
    pub fn forget(&self, id: &str) {
        self.change(|known| known.forget(id));
    }

    /// Forgets all.
    pub fn forget_all(&self) {
        self.change(|known| *known = KnownIds::default());
    }

    fn change(&self, change: impl FnOnce(&mut KnownIds)) {
        let mut known = self.load();
        change(&mut known);
        // A browser that keeps nothing says so on the page of the family.
        kept::save(&self.0, &known.write());
    }
}
