//! Waiting for conditions by asking until a deadline. No test sleeps for a fixed time.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long a condition may take to become true; long enough for a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(90);

/// The pauses between two questions grow up to this.
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

/// Asks until there is an answer; `None` when there is none within [`PATIENCE`].
pub async fn wait_for<T>(mut ask: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    let mut pause = Duration::from_millis(10);
    loop {
        if let Some(answer) = ask().await {
            return Some(answer);
        }
        if Instant::now() > deadline {
            return None;
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}
