//! Waiting for what is meant, by asking again and again until a deadline. Nothing in these tests
//! waits for a time to pass.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long anything that is to come may take, on a slow and busy machine too.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// The pause between two questions.
const PAUSE: Duration = Duration::from_millis(40);

/// Asks until there is an answer; `None` when there is none within [`PATIENCE`].
pub async fn until<T>(mut ask: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask().await {
            return Some(answer);
        }
        if Instant::now() > deadline {
            return None;
        }
        sleep(PAUSE).await;
    }
}
