//! Waits for conditions by checking them repeatedly. No test sleeps for a fixed time.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long a condition may take to become true; long enough for a busy machine.
pub const TIMEOUT: Duration = Duration::from_secs(90);

/// The longest pause between two checks.
const MAX_PAUSE: Duration = Duration::from_millis(100);

/// Calls `check` until it returns a value; `None` if it returns none within [`TIMEOUT`].
pub async fn wait_for<T>(mut check: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + TIMEOUT;
    let mut pause = Duration::from_millis(10);
    loop {
        if let Some(value) = check().await {
            return Some(value);
        }
        if Instant::now() > deadline {
            return None;
        }
        sleep(pause).await;
        pause = (pause * 2).min(MAX_PAUSE);
    }
}
