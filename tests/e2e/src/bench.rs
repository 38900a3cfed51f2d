//! How fast the page is, in Chromium, against another built page in the same run: `make bench`.
//!
//! Each measurement loads the page from a new origin, so from no cache, over loopback. The pages take turns, so that
//! other work of the machine affects both; the medians of all rounds are compared.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use cckm_simulator::generate;
use cckm_simulator::job::Items;

use crate::browser::Browser;
use crate::fixtures::seconds;
use crate::page::Page;
use crate::session::Pool;
use crate::setup::{Setup, dist};
use crate::wait::wait_for;

/// Marks when the sign-in form has been painted, and when it is submitted.
const MARKS: &str = "() => {
    const form = new MutationObserver(() => {
        if (!document.querySelector('input[name=username]')) return;
        form.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('form-ready')));
    });
    form.observe(document, { childList: true, subtree: true });
    addEventListener('submit', () => performance.mark('submitted'), { capture: true });
}";

const FORM_READY: &str = "performance.getEntriesByName('form-ready')[0]?.startTime";
const SUBMITTED: &str = "performance.getEntriesByName('submitted')[0]?.startTime";
/// When the answer of the large job began to arrive.
const FIRST_BYTE: &str = "performance.getEntriesByType('resource')
    .find(({ name }) => name.includes('/bulkjobs/huge'))?.responseStart";

/// Factor by which the processor is slowed down for the second half of the measurements.
const THROTTLED: u32 = 4;

/// The measures: a name, and the largest allowed ratio to the median of the base.
const MEASURES: [(&str, f64); 4] = [
    ("load to sign-in form", 1.15),
    ("sign-in to list", 1.0),
    ("sign-in to list of all families", 1.0),
    ("first byte to job of 1,000,000 items", 1.0),
];

/// Milliseconds by measure, of one page at one speed.
type Samples = [Vec<f64>; MEASURES.len()];

/// Measures `CCKM_DIST` and, if set, `BASE`, in `RUNS` rounds (5), and prints medians, ratios and sizes. Fails when
/// a ratio is over its limit.
pub async fn run() -> ExitCode {
    let base = env::var_os("BASE").filter(|base| !base.is_empty());
    let pages: Vec<PathBuf> = [dist()].into_iter().chain(base.map(PathBuf::from)).collect();
    let runs = env::var("RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(5);
    let pool = Pool::default();
    let mut passed = true;
    for throttle in [1, THROTTLED] {
        let mut samples = vec![Samples::default(); pages.len()];
        // Round 0 warms up the machine and the browser.
        for round in 0..=runs {
            eprintln!("round {round} of {runs}, processor slowed down {throttle} times");
            // Each page goes first in every second round.
            for turn in 0..pages.len() {
                let index = (turn + round) % pages.len();
                measure(&pool, &pages[index], throttle, &mut samples[index]).await;
            }
            if round == 0 {
                samples.fill_with(Samples::default);
            }
        }
        passed &= report(throttle, &samples);
    }
    for page in &pages {
        println!("{:>9} bytes in brotli: {}", brotli_size(page), page.display());
    }
    pool.close().await;
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn measure(pool: &Pool, dist: &Path, throttle: u32, samples: &mut Samples) {
    let opened = [
        ("?jobs=aws/bulkjob", "list-ready"),
        ("?jobs=all", "list-ready"),
        ("?job=azure/bulkjobs/huge", "job-ready"),
    ];
    for (index, (query, mark)) in opened.into_iter().enumerate() {
        let setup = Setup::default().without_polling().dist(dist);
        let session = pool.take(Browser::Chromium, setup.theme).await;
        let mut page = Page::start(session, setup).await;
        add_jobs(&page, index == 2);
        page.add_preload_script(MARKS).await;
        page.throttle(throttle).await;
        page.open(query).await;
        samples[0].push(page.time(FORM_READY).await);
        page.submit_sign_in("admin", "KeySecure!2024").await;
        let ready =
            page.time(&format!("performance.getEntriesByName('{mark}')[0]?.startTime")).await;
        // The simulator needs more time to write the large job than the page to show it.
        let start = if mark == "job-ready" { FIRST_BYTE } else { SUBMITTED };
        samples[index + 1].push(ready - page.time(start).await);
        pool.put(page.end().await).await;
    }
}

fn add_jobs(page: &Page, huge: bool) {
    page.add_jobs(generate::demo(1, 400, 2000, page.now()));
    if huge {
        let mut job = page.ended_job("azure/bulkjobs", "huge", 1);
        job.items = Items::Uuids { seed: 3, count: 1_000_000 };
        page.add_jobs([job.with_duration(seconds(600))]);
    }
}

impl Page {
    /// Waits until an expression has a value: milliseconds since the navigation.
    async fn time(&self, expression: &str) -> f64 {
        let script = format!("return {expression} ?? null");
        let time = wait_for(async || self.eval(&script, &[]).await.as_f64()).await;
        time.unwrap_or_else(|| panic!("{expression} has no value"))
    }
}

/// Prints the medians, and returns whether all ratios are within their limits.
fn report(throttle: u32, samples: &[Samples]) -> bool {
    println!("\nMedians in ms, processor slowed down {throttle} times");
    let mut passed = true;
    for (index, (name, limit)) in MEASURES.into_iter().enumerate() {
        let current = median(&samples[0][index]);
        let Some(base) = samples.get(1).map(|base| median(&base[index])) else {
            println!("{name:36} {current:8.0}");
            continue;
        };
        let ratio = current / base;
        let verdict = if ratio <= limit { "" } else { "  OVER" };
        passed &= ratio <= limit;
        println!(
            "{name:36} {current:8.0}  base {base:8.0}  ratio {ratio:5.2} of {limit:4.2}{verdict}"
        );
    }
    passed
}

fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// The bytes that a host sends if it serves the compressed files.
fn brotli_size(dist: &Path) -> u64 {
    let files = fs::read_dir(dist).into_iter().flatten().flatten();
    let compressed = files.filter(|file| file.path().extension().is_some_and(|end| end == "br"));
    compressed.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum()
}
