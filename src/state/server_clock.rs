//! The server's clock, as far as its answers tell it: what was created before a request was sent can
//! only be told by the clock that stamps what is created.

use std::cell::Cell;

use crate::state::wall_clock;
use cckm_core::format::time::Timestamp;

thread_local! {
    /// By how many milliseconds the server's clock is ahead of the browser's.
    static AHEAD: Cell<Option<i64>> = const { Cell::new(None) };
}

/// Takes in what an answer says, if it does: its time in milliseconds since 1970.
pub fn note(server_ms: Option<i64>) {
    if let Some(ms) = server_ms {
        AHEAD.set(Some(ms.saturating_sub(wall_clock::now().ms())));
    }
}

/// The present instant by the server's clock, and true; by the browser's, and false, where no
/// answer has told the server's.
pub fn now() -> (Timestamp, bool) {
    let (own, ahead) = (wall_clock::now(), AHEAD.get());
    let now = Timestamp::from_ms(own.ms().saturating_add(ahead.unwrap_or(0)));
    (now, ahead.is_some())
}
