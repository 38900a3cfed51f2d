//! Lists and runs the scenarios as `cargo test` does: filters, threads and a summary line.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use futures_util::FutureExt;
use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Runtime;
use tokio::time::timeout;

use crate::browser::Browser;
use crate::page::Page;
use crate::session::Pool;
use crate::setup::Setup;

/// How long a scenario may take.
const SCENARIO_TIMEOUT: Duration = Duration::from_secs(600);
/// How long saving the evidence of a failure may take.
const EVIDENCE_TIMEOUT: Duration = Duration::from_secs(30);

type Run = for<'a> fn(&'a Page) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

/// A scenario and its initial state.
#[derive(Clone)]
pub struct Scenario {
    name: String,
    setup: fn() -> Setup,
    run: Run,
}

impl Scenario {
    /// A scenario of a module of the test program.
    pub fn new(module: &str, name: &str, setup: fn() -> Setup, run: Run) -> Self {
        let module = module.rsplit("::").next().unwrap_or(module);
        let name = format!("{module}::{name}");
        Self { name, setup, run }
    }

    /// Runs the scenario in a browser, then checks that the page caused no errors.
    async fn run(self, browser: Browser, test: &str, pool: &Pool) -> Result<(), Failed> {
        let setup = (self.setup)();
        let session = pool.take(browser, setup.theme).await;
        let page = Page::start(session, setup).await;
        let scenario = async {
            (self.run)(&page).await;
            page.assert_no_errors().await;
        };
        let outcome = AssertUnwindSafe(timeout(SCENARIO_TIMEOUT, scenario)).catch_unwind().await;
        let problem = match outcome {
            Ok(Ok(())) => {
                pool.put(page.end().await).await;
                return Ok(());
            }
            Ok(Err(_)) => format!("it takes longer than {SCENARIO_TIMEOUT:?}"),
            Err(panic) => message(panic.as_ref()),
        };
        let saving =
            AssertUnwindSafe(timeout(EVIDENCE_TIMEOUT, page.save_evidence(test, &problem)));
        let saved = match saving.catch_unwind().await {
            Ok(Ok(folder)) => format!("Screenshot, HTML and log: {}", folder.display()),
            _ => "The browser does not respond.".to_owned(),
        };
        page.session.close().await;
        Err(format!("{problem}\n{saved}").into())
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|&text| text.to_owned()))
        .unwrap_or_else(|| "it panicked".to_owned())
}

/// Runs the scenarios that the command line selects, in both browsers.
pub fn run(scenarios: Vec<Scenario>) -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Scenarios mostly wait, so run more of them than there are cores.
    let threads = || available_parallelism().map_or(2, |cores| cores.get() * 2);
    arguments.test_threads.get_or_insert_with(threads);
    let runtime = Arc::new(Runtime::new().expect("tokio starts"));
    let pool = Arc::new(Pool::default());
    let trials = [Browser::Chromium, Browser::Firefox].into_iter().flat_map(|browser| {
        let (runtime, pool) = (&runtime, &pool);
        scenarios.iter().cloned().map(move |scenario| {
            let (runtime, pool) = (Arc::clone(runtime), Arc::clone(pool));
            let name = format!("{}::{}", scenario.name, browser.name());
            let test = name.clone();
            Trial::test(name, move || runtime.block_on(scenario.run(browser, &test, &pool)))
        })
    });
    let conclusion = libtest_mimic::run(&arguments, trials.collect());
    runtime.block_on(pool.close());
    conclusion.exit_code()
}

/// Defines the scenarios of a module: `scenarios! { Setup::default() => one, another; … }`.
///
/// `name(function)` runs a function under another name, to use it in several setups.
#[macro_export]
macro_rules! scenarios {
    ($($setup:expr => $($name:ident $(($function:ident))?),+ $(,)?);+ $(;)?) => {
        pub fn scenarios() -> Vec<$crate::Scenario> {
            vec![$($($crate::Scenario::new(
                module_path!(),
                stringify!($name),
                || $setup,
                |page| Box::pin($crate::scenarios!(@ $name $($function)?)(page)),
            )),+),+]
        }
    };
    (@ $name:ident) => { $name };
    (@ $name:ident $function:ident) => { $function };
}
