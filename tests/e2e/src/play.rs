//! One scenario from start to end. Whatever happens, its browser is closed.

use std::any::Any;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::process::Command;
use std::thread;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::browser::Browser;
use crate::page::Page;
use crate::setting::{Setting, workspace};

/// How many browsers run at a time, at the most; cargo runs no more tests at a time than there are cores.
static TURNS: Semaphore = Semaphore::const_new(4);
/// How long a scenario may take.
const LONGEST: Duration = Duration::from_secs(240);
/// How long a browser may take to close.
const CLOSING: Duration = Duration::from_secs(20);

/// Plays a scenario in a setting, then fails if anything happened that must not in any.
pub async fn play(browser: Browser, setting: Setting, scenario: impl AsyncFnOnce(&Page)) {
    let _turn = TURNS.acquire().await;
    let page = Page::start(browser, setting).await;
    let scene = async {
        scenario(&page).await;
        page.is_innocent().await;
    };
    let scene = AssertUnwindSafe(timeout(LONGEST, scene)).catch_unwind();
    let outcome = scene.await;
    if !matches!(outcome, Ok(Ok(()))) {
        _ = AssertUnwindSafe(timeout(CLOSING, evidence(&page)))
            .catch_unwind()
            .await;
    }
    close(page).await;
    match outcome {
        Err(panic) => rethrow(panic),
        Ok(played) => assert!(played.is_ok(), "the scenario takes longer than {LONGEST:?}"),
    }
}

/// Keeps a picture of where it failed, named after the test.
async fn evidence(page: &Page) {
    let test = thread::current()
        .name()
        .unwrap_or("scenario")
        .replace("::", "-");
    let path = workspace().join(format!("tests/output/failures/{test}.png"));
    page.shoot(&path).await;
    eprintln!("A picture of it: {}", path.display());
    for request in page.requests().iter().rev().take(12).rev() {
        eprintln!("asked: {request}");
    }
}

async fn close(page: Page) {
    let process = ["goog:processID", "moz:processID"];
    let capabilities = page.driver.capabilities();
    let process = process
        .iter()
        .find_map(|name| capabilities.get(name)?.as_u64());
    let quit = timeout(CLOSING, page.driver.clone().quit()).await;
    if let (Err(_) | Ok(Err(_)), Some(process)) = (quit, process) {
        _ = Command::new("kill")
            .args(["-9", &process.to_string()])
            .status();
    }
}

fn rethrow(panic: Box<dyn Any + Send>) -> ! {
    resume_unwind(panic)
}
