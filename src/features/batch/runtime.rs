//! A batch in this tab: its progress, the known statuses of its keys, and how it is saved.

use cckm_core::batch::{Batch, KeyTable, PauseReason, PollQueue, Sender};
use cckm_core::config::PollBounds;
use cckm_core::family::Family;
use cckm_core::poll::FetchStatus;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::batch_store;
use crate::browser::storage::NotStored;
use crate::browser::{clock, lease};
use crate::hooks::Session;

/// What all batches of this tab share.
#[derive(Clone, Copy)]
pub struct BatchContext {
    /// Sends the requests.
    pub session: Session,
    /// The target of batches that are made now.
    pub target: Memo<String>,
    /// The bounds of polling.
    pub bounds: PollBounds,
}

/// A timer that ends with its owner, or when another timer replaces it.
pub(super) type Timer = StoredValue<Option<Timeout>, LocalStorage>;

/// A batch in this tab. Cheap to copy.
#[derive(Clone, Copy)]
pub struct BatchRuntime {
    /// The plan and its progress.
    pub batch: RwSignal<Batch>,
    /// Whether this tab sends its jobs.
    pub is_sender: RwSignal<bool>,
    /// Whether the browser did not save the last change.
    pub is_unsaved: RwSignal<bool>,
    /// Whether the browser no longer has what was saved: another tab forgot the batch, or the storage was cleared.
    pub is_forgotten: RwSignal<bool>,
    /// The known statuses of its keys. Notifies some time after a change, so that several are rendered together.
    pub table: RwSignal<KeyTable>,
    /// When which of its jobs is fetched.
    pub polls: RwSignal<PollQueue>,
    /// Whether the person paused the fetching.
    pub polls_paused: RwSignal<bool>,
    /// The state of the fetching. [`polls`](Self::polls) knows whether a request is in flight.
    pub last_fetch: RwSignal<FetchStatus>,
    pub(super) sender: StoredValue<Sender>,
    /// How many pages show its jobs.
    pub(super) watchers: StoredValue<u32>,
    /// Starts the fetching of the next job.
    pub(super) poll_timer: Timer,
    /// Repeats a search.
    pub(super) search_timer: Timer,
    /// Waits until a new lease is certain.
    pub(super) lease_timer: Timer,
    /// Notifies of changes in the table.
    pub(super) publish_timer: Timer,
    context: StoredValue<BatchContext>,
    name: StoredValue<String>,
    /// The progress as saved last.
    saved: StoredValue<String>,
}

impl BatchRuntime {
    /// The batch `name`, whose progress is saved as `saved`. It lives as long as the current owner.
    pub fn new(name: String, batch: Batch, saved: String, context: BatchContext) -> Self {
        let table = KeyTable::new(&batch);
        let runtime = Self {
            batch: RwSignal::new(batch),
            is_sender: RwSignal::new(false),
            is_unsaved: RwSignal::new(false),
            is_forgotten: RwSignal::new(false),
            table: RwSignal::new(table),
            polls: RwSignal::new(PollQueue::default()),
            polls_paused: RwSignal::new(false),
            last_fetch: RwSignal::new(FetchStatus::default()),
            sender: StoredValue::new(Sender::default()),
            watchers: StoredValue::new(0),
            poll_timer: StoredValue::new_local(None),
            search_timer: StoredValue::new_local(None),
            lease_timer: StoredValue::new_local(None),
            publish_timer: StoredValue::new_local(None),
            context: StoredValue::new(context),
            name: StoredValue::new(name),
            saved: StoredValue::new(saved),
        };
        runtime.sync();
        runtime
    }

    /// The name of the batch.
    pub fn name(self) -> String {
        self.name.get_value()
    }

    /// The values that all batches share.
    pub(super) fn context(self) -> BatchContext {
        self.context.get_value()
    }

    /// The family of its jobs, which never changes.
    pub fn family(self) -> &'static Family {
        self.batch.read_untracked().family()
    }

    /// Whether it is bound to the server and the domain of the session. Tracks both.
    pub fn is_here(self) -> bool {
        let target = self.context().target.read();
        self.batch.read().is_bound_to(&target)
    }

    /// Whether every job is started or refused, and ended. Tracks both.
    pub fn is_finished(self) -> bool {
        self.batch.read().is_finished() && self.polls.read().is_final()
    }

    /// Whether another tab sends it. Not reactive: a lease ends without an event.
    pub fn is_sent_elsewhere(self) -> bool {
        lease::is_foreign(&self.name())
    }

    /// Whether this tab still sends it: no other tab has taken it.
    pub(super) fn is_leased(self) -> bool {
        self.is_sender.get_untracked() && lease::is_own(&self.name())
    }

    /// Changes the batch, and saves it if this tab sends it.
    ///
    /// # Errors
    /// [`NotStored`]. The change is made nevertheless.
    pub(super) fn change(self, change: impl FnOnce(&mut Batch)) -> Result<(), NotStored> {
        self.batch.update(change);
        let saved = self.save();
        self.is_unsaved.maybe_update(|is_unsaved| {
            let changed = *is_unsaved != saved.is_err();
            *is_unsaved = saved.is_err();
            changed
        });
        self.sync();
        saved
    }

    pub(super) fn save(self) -> Result<(), NotStored> {
        let text = self.batch.read_untracked().save();
        if !self.is_leased() || *self.saved.read_value() == text {
            return Ok(());
        }
        batch_store::save(&self.name(), &text)?;
        self.saved.set_value(text);
        Ok(())
    }

    /// Takes over the progress that another tab has saved. If another tab has taken the batch, this one stops
    /// sending it. Returns false if the batch is no longer saved.
    pub(super) fn reload(self) -> bool {
        let Some((batch, text)) = batch_store::load(&self.name()) else {
            self.is_forgotten.set(true);
            self.close();
            return false;
        };
        let was_sender = self.is_sender.get_untracked();
        if was_sender {
            self.is_sender.set(false);
        }
        if *self.saved.read_value() != text {
            self.saved.set_value(text);
            self.batch.set(batch);
        } else if was_sender && !self.batch.read_untracked().is_finished() {
            self.batch.update(|batch| batch.pause(PauseReason::other_tab()));
        }
        self.sync();
        true
    }

    /// Another user has signed in: forgets what jobs reported, drops the server's texts, and pauses.
    pub(super) fn reset(self) {
        let Some((batch, text)) = batch_store::load(&self.name()) else {
            self.is_forgotten.set(true);
            return self.close();
        };
        self.polls.set(PollQueue::default());
        self.last_fetch.set(FetchStatus::default());
        self.table.set(KeyTable::new(&batch));
        self.saved.set_value(text);
        self.batch.set(batch);
        _ = self.change(|batch| batch.replace_pause(PauseReason::other_user()));
        self.drive();
    }

    /// Stops sending and fetching. The screen stays unchanged.
    pub(super) fn close(self) {
        self.is_sender.set(false);
        self.polls.set(PollQueue::default());
        for timer in [self.poll_timer, self.search_timer, self.lease_timer, self.publish_timer] {
            timer.set_value(None);
        }
    }

    /// Brings the table and the fetching up to the progress of the batch.
    fn sync(self) {
        let batch = self.batch.read_untracked();
        self.table.update_untracked(|table| table.update(&batch));
        self.polls.update(|polls| {
            for (index, chunk) in batch.chunks().iter().enumerate() {
                if chunk.job_id().is_some() {
                    polls.add(index, now_ms());
                }
            }
        });
        self.publish();
    }
}

/// The monotonic time in milliseconds.
pub(super) fn now_ms() -> i64 {
    i64::try_from(clock::elapsed().as_millis()).unwrap_or(i64::MAX)
}

/// Runs `action` after `wait`, and cancels the former action of `timer`.
pub(super) fn run_after(timer: Timer, wait: std::time::Duration, action: impl FnOnce() + 'static) {
    let wait = u32::try_from(wait.as_millis()).unwrap_or(u32::MAX);
    timer.set_value(Some(Timeout::new(wait, move || {
        timer.try_update_value(Option::take);
        action();
    })));
}
