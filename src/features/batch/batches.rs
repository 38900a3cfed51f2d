//! The batches of this browser. They live as long as the page, so that one continues while other pages are
//! shown. One tab at a time sends the jobs of a batch: the one in which a person last resumed it.
//!
//! Each change is saved before its request is sent, so that after a reload a start that was in flight counts
//! as lost and never as waiting.

use std::collections::HashMap;

use cckm_core::api::error::ApiError;
use cckm_core::batch::{Batch, new_name, requests};
use cckm_core::config::Config;
use cckm_core::family::Family;
use cckm_core::route::JobRoute;
use cckm_core::session::phase::Phase;
use cckm_core::start::Accounts;
use gloo_timers::callback::Interval;
use leptos::ev;
use leptos::prelude::*;

use super::batch_store;
use super::runtime::{BatchContext, BatchRuntime};
use crate::browser::storage::NotStored;
use crate::browser::{clock, lease};
use crate::hooks::{use_session, use_window_event};

/// The batches of this browser. From [`use_batches`].
#[derive(Clone, Copy)]
pub struct Batches {
    /// The names of the saved batches, newest first.
    pub names: RwSignal<Vec<String>>,
    /// Notifies when another tab saves something of a batch that is open here.
    pub storage_changed: Trigger,
    runtimes: StoredValue<HashMap<String, BatchRuntime>>,
    /// What is known of the accounts of AWS, by the target and the family of the jobs that show it.
    accounts: StoredValue<HashMap<(String, &'static str), Accounts>>,
    /// Owns the runtimes.
    owner: StoredValue<Owner>,
    context: BatchContext,
}

/// Gives the batches of this browser to all components.
pub fn provide_batches(config: &Config) {
    let session = use_session();
    let batches = Batches {
        names: RwSignal::new(batch_store::names()),
        storage_changed: Trigger::new(),
        runtimes: StoredValue::new(HashMap::new()),
        accounts: StoredValue::new(HashMap::new()),
        owner: StoredValue::new(Owner::new()),
        context: BatchContext { session, target: session.target, bounds: config.poll },
    };
    Effect::new(move |before: Option<u32>| {
        let user = session.user_epoch.get();
        // Before the first sign-in there is nothing to forget.
        if before.is_some_and(|before| before != 0 && before != user) {
            batches.for_each(|_, runtime| runtime.reset());
            batches.accounts.update_value(HashMap::clear);
        }
        user
    });
    Effect::new(move |_| {
        if session.phase.get() != Phase::SignedIn {
            let reason = requests::pause_reason(None, &ApiError::SignedOut, clock::now());
            batches.for_each(|_, runtime| runtime.pause_sending(&reason));
        }
    });
    use_window_event(ev::storage, move |event| batches.reload(event.key().as_deref()));
    use_window_event(ev::pagehide, move |_| {
        batches.for_each(|name, runtime| {
            if runtime.is_sender.get_untracked() {
                lease::release(name);
            }
        });
    });
    StoredValue::new_local(Interval::new(lease::RENEW_EVERY_MS, move || batches.renew_leases()));
    provide_context(batches);
}

/// The batches of this browser. Panics if `app.rs` has not provided them.
pub fn use_batches() -> Batches {
    expect_context()
}

impl Batches {
    /// Reads the names of the saved batches again.
    pub fn refresh_names(self) {
        self.names.set(batch_store::names());
    }

    /// The batch `name`; `None` if no readable batch is saved under this name.
    pub fn open(self, name: &str) -> Option<BatchRuntime> {
        self.runtimes.with_value(|runtimes| runtimes.get(name).copied()).or_else(|| {
            let (batch, saved) = batch_store::load(name)?;
            Some(self.insert(name, batch, saved))
        })
    }

    /// Saves a new batch and begins to send it. Returns its name.
    ///
    /// # Errors
    /// [`NotStored`]. Nothing is sent then.
    pub fn start(self, batch: Batch) -> Result<String, NotStored> {
        let batch = batch.bound_to(self.context.target.get_untracked());
        let name = new_name(clock::now(), js_sys::Math::random());
        let saved = batch.save();
        let stored = batch_store::save_new(&name, &batch, &saved)
            .and_then(|()| lease::acquire(&name).then_some(()).ok_or(NotStored));
        if let Err(error) = stored {
            batch_store::remove(&name);
            return Err(error);
        }
        let runtime = self.insert(&name, batch, saved);
        runtime.is_sender.set(true);
        runtime.drive();
        self.refresh_names();
        Ok(name)
    }

    /// The batches that repeat what failed of the job `named`, newest first, with their names.
    pub fn repetitions(self, named: &JobRoute) -> Vec<(String, Batch)> {
        let target = self.context.target.get();
        let is_of_job = |batch: &Batch| {
            batch.is_bound_to(&target)
                && *batch.family() == *named.family
                && batch.repeated_job() == Some(&*named.id)
        };
        // What is saved of a batch that is open here lags behind it.
        let runtime = |name: &str| self.runtimes.with_value(|runtimes| runtimes.get(name).copied());
        let batch = |name: &str| match runtime(name) {
            Some(runtime) => runtime.batch.try_get(),
            None => Some(batch_store::load(name)?.0),
        };
        let names = self.names.get().into_iter();
        let batches = names.filter_map(|name| Some((batch(&name)?, name)));
        batches.filter(|(batch, _)| is_of_job(batch)).map(|(batch, name)| (name, batch)).collect()
    }

    /// What jobs of `family` have shown of the accounts, here and to this user.
    pub fn accounts(self, family: &'static Family) -> Accounts {
        let key = (self.context.target.get_untracked(), family.path);
        self.accounts.with_value(|known| known.get(&key).cloned()).unwrap_or_default()
    }

    /// Remembers what jobs of `family` have shown of the accounts.
    pub fn set_accounts(self, family: &'static Family, accounts: Accounts) {
        let key = (self.context.target.get_untracked(), family.path);
        self.accounts.update_value(|known| _ = known.insert(key, accounts));
    }

    /// Forgets a batch. Jobs that were started continue.
    pub fn forget(self, name: &str) {
        batch_store::remove(name);
        if let Some(runtime) = self.remove(name) {
            runtime.close();
        }
        self.refresh_names();
    }

    fn insert(self, name: &str, batch: Batch, saved: String) -> BatchRuntime {
        let new = || BatchRuntime::new(name.to_owned(), batch, saved, self.context);
        // Not owned by the page that opens it.
        let runtime = self.owner.with_value(|owner| owner.with(new));
        self.runtimes.update_value(|runtimes| _ = runtimes.insert(name.to_owned(), runtime));
        runtime
    }

    fn remove(self, name: &str) -> Option<BatchRuntime> {
        self.runtimes.try_update_value(|runtimes| runtimes.remove(name)).flatten()
    }

    /// Another tab has changed the browser's `key`, or removed all of them if `None`. Other tabs change keys that are of no
    /// batch every few seconds, and a batch may be large, so only what has changed is read.
    fn reload(self, key: Option<&str>) {
        self.for_each(|name, runtime| {
            if key.is_none_or(|key| batch_store::is_of(key, name)) {
                if !runtime.is_leased() && !runtime.reload() {
                    self.remove(name);
                }
                self.storage_changed.notify();
            }
        });
        if key.is_none_or(batch_store::is_progress) {
            self.refresh_names();
        }
    }

    fn renew_leases(self) {
        self.for_each(|name, runtime| {
            let is_lost =
                runtime.is_sender.get_untracked() && !(lease::is_own(name) && lease::acquire(name));
            if is_lost && !runtime.reload() {
                self.remove(name);
            }
        });
    }

    fn for_each(self, act: impl Fn(&str, BatchRuntime)) {
        for (name, runtime) in self.runtimes.get_value() {
            act(&name, runtime);
        }
    }
}
