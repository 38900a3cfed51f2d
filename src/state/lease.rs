//! Which tab works on something that the browser keeps for all of them.
//!
//! A note that one tab holds it, renewed while it does. Storage has no locks that could be waited
//! for, so the note is read again before anything is done for it: a tab that slept through its end
//! finds another's name there and does nothing.

use js_sys::Math;

use crate::state::{kept, wall_clock};

/// How long a note holds that is not renewed, in milliseconds: browsers wake the timers of hidden
/// tabs once a minute.
const HOLDS: i64 = 90_000;

thread_local! {
    /// A name for this tab, until it is loaded anew.
    static TAB: String = format!("{:.0}", Math::random() * 1e15);
}

/// Takes `name` for this tab, or holds it for longer, unless another tab holds it. Two that take it at
/// the same moment find out by [`is_own`] a little later.
pub fn take(name: &str) -> bool {
    let end = wall_clock::now().ms() + HOLDS;
    !is_foreign(name) && TAB.with(|tab| kept::save(&note(name), &format!("{tab} {end}")))
}

/// Whether this tab holds `name`. Its own note may be past its end, if nobody else took it.
pub fn is_own(name: &str) -> bool {
    read(name).is_some_and(|(holder, _)| is_this(&holder))
}

/// Whether another tab holds it.
pub fn is_foreign(name: &str) -> bool {
    let now = wall_clock::now().ms();
    // One that ends too late was written by a clock that went wrong.
    read(name).is_some_and(|(holder, end)| {
        !is_this(&holder) && (now..=now.saturating_add(HOLDS)).contains(&end)
    })
}

/// Gives `name` up.
pub fn release(name: &str) {
    if is_own(name) {
        kept::save(&note(name), "");
    }
}

fn is_this(holder: &str) -> bool {
    TAB.with(|tab| *tab == *holder)
}

fn read(name: &str) -> Option<(String, i64)> {
    let note = kept::load(&note(name))?;
    let (holder, end) = note.split_once(' ')?;
    Some((holder.to_owned(), end.parse().ok()?))
}

fn note(name: &str) -> String {
    format!("lease.{name}")
}
