//! Which tab of this browser sends the jobs of a batch, or has sent a saved request.
//!
//! A lease is a saved note that one tab holds the batch or request. The tab renews it. Storage has no locks, so a tab reads
//! the note again before each step: a tab that slept past the end of its lease finds the name of another tab
//! there, and does nothing.

use js_sys::Math;

use crate::browser::{clock, storage};

/// How often a tab renews the leases that it holds, in milliseconds.
pub const RENEW_EVERY_MS: u32 = 10_000;
/// How long a lease holds without renewal, in milliseconds: browsers run the timers of hidden tabs once a minute.
const DURATION_MS: i64 = 90_000;
/// The prefix of the storage key of a lease.
pub const PREFIX: &str = "lease.";

thread_local! {
    /// The name of this tab until it is reloaded.
    static TAB: String = format!("{:.0}", Math::random() * 1e15);
}

/// Takes the batch `name` for this tab, or renews its lease. Returns false while another tab holds it, or if the
/// browser saves nothing. If two tabs take it at the same moment, [`is_own`] shows shortly after which one has it.
pub fn acquire(name: &str) -> bool {
    let end = clock::now().as_ms() + DURATION_MS;
    !is_foreign(name) && TAB.with(|tab| storage::save(&key(name), &format!("{tab} {end}")).is_ok())
}

/// Whether this tab holds `name`. An expired lease of its own counts until another tab takes the batch.
pub fn is_own(name: &str) -> bool {
    holder(name).is_some_and(|(holder, _)| is_this_tab(&holder))
}

/// Whether another tab holds `name`. Ignores implausibly late expiry times: that clock was wrong.
pub fn is_foreign(name: &str) -> bool {
    let now = clock::now().as_ms();
    holder(name).is_some_and(|(holder, end)| {
        !is_this_tab(&holder) && (now..=now.saturating_add(DURATION_MS)).contains(&end)
    })
}

/// Releases `name`, if this tab holds it.
pub fn release(name: &str) {
    if is_own(name) {
        remove(name);
    }
}

/// Removes the lease of `name`, even if another tab holds it.
pub fn remove(name: &str) {
    storage::remove(&key(name));
}

fn is_this_tab(holder: &str) -> bool {
    TAB.with(|tab| *tab == *holder)
}

fn holder(name: &str) -> Option<(String, i64)> {
    let note = storage::load(&key(name))?;
    let (holder, end) = note.split_once(' ')?;
    Some((holder.to_owned(), end.parse().ok()?))
}

fn key(name: &str) -> String {
    format!("{PREFIX}{name}")
}
