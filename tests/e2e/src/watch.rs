//! What must not happen in any scenario, read from the reports and logs when it is over.

use crate::browser::Browser;
use crate::page::Page;

impl Page {
    /// Fails if the page broke its policy, wrote an error to the console, or panicked.
    pub(crate) async fn is_innocent(&self) {
        let reports: Vec<String> = self.server.with_world(|world| {
            let reports = world.csp_reports.iter();
            reports.map(|report| report.raw.clone()).collect()
        });
        assert!(
            reports.is_empty(),
            "the page broke its policy: {reports:#?}"
        );
        let mut errors = self.console_errors().await;
        let forgiven = self.forgiven.lock().expect("nobody panicked").clone();
        errors.retain(|error| !forgiven.iter().any(|part| error.contains(part)));
        assert!(errors.is_empty(), "errors in the console: {errors:#?}");
        let text = self.text().await;
        assert!(!text.contains("panicked at"), "the page panicked:\n{text}");
    }

    /// Errors in the browser's console, but failed requests, which are for the page to tell of.
    async fn console_errors(&self) -> Vec<String> {
        if self.browser() == Browser::Chromium {
            let log = self
                .driver
                .browser_log()
                .await
                .expect("chromedriver has a log");
            let errors = log.into_iter().filter(|entry| entry.level == "SEVERE");
            let errors = errors.filter(|entry| entry.source.as_deref() != Some("network"));
            return errors.map(|entry| entry.message).collect();
        }
        let output = self.program.output().into_iter();
        output.filter(|line| is_of_page(line)).collect()
    }
}

/// Whether a line is an error of the page; Firefox's own parts name themselves without quotes.
fn is_of_page(line: &str) -> bool {
    let starts = [
        "console.error: \"",
        "console.error: (",
        "JavaScript error: http",
    ];
    starts.iter().any(|start| line.starts_with(start))
}
