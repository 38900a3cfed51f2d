//! Screenshots, the files that a failed scenario leaves behind, and the errors that fail any scenario.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::browser::Browser;
use crate::page::Page;
use crate::setup::workspace;

impl Page {
    /// Saves `tests/output/screenshots/<view>-<theme>-<width>.png`; in Chromium only.
    pub async fn screenshot(&self, view: &str) {
        if self.browser() == Browser::Chromium {
            let (theme, width) = (self.setup().theme.as_str(), self.setup().width);
            let name = format!("tests/output/screenshots/{view}-{theme}-{width}.png");
            self.save_screenshot(&workspace().join(name)).await;
        }
    }

    /// Saves `tests/screenshots/<name>.png` for the README, under version control, when the variable `SCREENSHOTS`
    /// is set.
    pub async fn readme_screenshot(&self, name: &str) {
        if self.browser() == Browser::Chromium && env::var_os("SCREENSHOTS").is_some() {
            let name = format!("tests/screenshots/{name}.png");
            self.save_screenshot(&workspace().join(name)).await;
        }
    }

    async fn save_screenshot(&self, path: &Path) {
        let image = self.driver().screenshot_as_png().await;
        save(path, &image.expect("the browser takes screenshots"));
    }

    /// Saves `screenshot.png`, `page.html` and `log.txt` of a failed test; returns their folder.
    pub(crate) async fn save_evidence(&self, test: &str, problem: &str) -> PathBuf {
        let folder = workspace().join("tests/output/failures").join(test.replace("::", "-"));
        let requests = self.requests().join("\n");
        let output = self.session.program.output();
        let output = output[self.first_line.min(output.len())..].join("\n");
        let log =
            format!("{problem}\n\n== Requests\n{requests}\n\n== Browser and driver\n{output}\n");
        save(&folder.join("log.txt"), log.as_bytes());
        let html = self.eval_string("return document.documentElement.outerHTML").await;
        save(&folder.join("page.html"), html.as_bytes());
        self.save_screenshot(&folder.join("screenshot.png")).await;
        folder
    }

    /// Fails if the page violated its policy, wrote an error or, in Chromium, a warning to the console, or panicked.
    pub(crate) async fn assert_no_errors(&self) {
        let reports: Vec<String> = self.server.with_world(|world| {
            let reports = world.csp_reports.iter();
            reports.map(|report| report.raw.to_string()).collect()
        });
        assert!(reports.is_empty(), "the page violated its policy: {reports:#?}");
        let mut errors = self.console_errors().await;
        let allowed = self.allowed_errors.lock().expect("not poisoned").clone();
        errors.retain(|error| !allowed.iter().any(|part| error.contains(part)));
        assert!(errors.is_empty(), "errors in the console: {errors:#?}");
        let text = self.text().await;
        assert!(!text.contains("panicked at"), "the page panicked:\n{text}");
    }

    /// Errors in the browser's console, and in Chromium warnings, except failed requests, which the page reports.
    async fn console_errors(&self) -> Vec<String> {
        if self.browser() == Browser::Chromium {
            let log = self.driver().browser_log().await.expect("chromedriver has a log");
            return log
                .into_iter()
                .filter(|entry| {
                    matches!(entry.level.as_str(), "SEVERE" | "WARNING")
                        && entry.source.as_deref() != Some("network")
                })
                .map(|entry| entry.message)
                .collect();
        }
        // Firefox's own modules write without quotes.
        let starts = ["console.error: \"", "console.error: (", "JavaScript error: http"];
        let output = self.session.program.output().into_iter().skip(self.first_line);
        output.filter(|line| starts.iter().any(|start| line.starts_with(start))).collect()
    }
}

fn save(path: &Path, content: &[u8]) {
    fs::create_dir_all(path.parent().unwrap_or(path)).expect("the folder can be made");
    fs::write(path, content).expect("the file can be written");
}
