//! The content of the page: texts, tables, items, address, focus.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use crate::page::Page;
use crate::wait::wait_for;

impl Page {
    /// All visible text, one line a block; while a modal dialog is open, only its own.
    pub async fn text(&self) -> String {
        self.eval_string("return visibleText(root)").await
    }

    /// Waits until a condition is true.
    pub async fn wait_until(&self, what: &str, is_true: impl AsyncFn() -> bool) {
        if wait_for(async || is_true().await.then_some(())).await.is_none() {
            self.fail(&format!("not true: {what}")).await;
        }
    }

    /// Fails when a condition becomes false within a time. For things that must not happen, since no event
    /// reports their absence.
    pub async fn assert_stays(&self, what: &str, time: Duration, is_true: impl AsyncFn() -> bool) {
        let ended = async {
            wait_for(async || (!is_true().await).then_some(())).await;
        };
        if timeout(time, ended).await.is_ok() {
            self.fail(&format!("no longer true: {what}")).await;
        }
    }

    /// Fails with the text of the page.
    pub async fn fail(&self, what: &str) -> ! {
        panic!("{what}. The page shows:\n{}", self.text().await);
    }

    /// Waits until a text is visible. Line breaks count as spaces.
    pub async fn wait_for_text(&self, text: &str) {
        let what = format!("“{text}” is on the page");
        self.wait_until(&what, async || self.has_text(text).await).await;
    }

    /// Waits until each of these texts is visible.
    pub async fn wait_for_texts(&self, texts: &[&str]) {
        for text in texts {
            self.wait_for_text(text).await;
        }
    }

    /// Waits until a text is not visible.
    pub async fn wait_for_text_gone(&self, text: &str) {
        let what = format!("“{text}” is gone");
        self.wait_until(&what, async || !self.has_text(text).await).await;
    }

    /// Whether a text is visible now.
    pub async fn has_text(&self, text: &str) -> bool {
        collapse(&self.text().await).contains(&collapse(text))
    }

    /// Whether a text is visible now, also behind an open dialog.
    pub async fn document_has_text(&self, text: &str) -> bool {
        let all = self.eval_string("return visibleText(document.body)").await;
        collapse(&all).contains(&collapse(text))
    }

    /// The rows of the table by cell; for jobs: id, status, subject, start, duration, items.
    pub async fn job_rows(&self) -> Vec<Vec<String>> {
        self.parts("row", "row.cells").await
    }

    /// The ids in the table of jobs.
    pub async fn job_ids(&self) -> Vec<String> {
        self.role("row").find(self.css("th .jobs__whole-id")).texts().await
    }

    /// The items in the document by part: name, status, status text.
    pub async fn item_rows(&self) -> Vec<Vec<String>> {
        self.parts("option", "row.children").await
    }

    async fn parts(&self, role: &str, parts: &str) -> Vec<Vec<String>> {
        let script = format!(
            "return locateAll([{{ role: '{role}' }}]).map((row) => [...{parts}].map(visibleText))"
        );
        let rows = self.eval(&script, &[]).await;
        rows.as_array().into_iter().flatten().map(strings).collect()
    }

    /// The query in the address bar, decoded.
    pub async fn query(&self) -> String {
        self.eval_string("return decodeURIComponent(location.search.replaceAll('+', ' '))").await
    }

    /// Waits until the decoded query in the address bar is this.
    pub async fn wait_for_query(&self, query: &str) {
        let what = format!("the address is {query}");
        self.wait_until(&what, async || self.query().await == query).await;
    }

    /// The accessible name of the focused element.
    pub async fn focused(&self) -> String {
        self.eval_string("return accessibleName(document.activeElement)").await
    }

    /// Waits until the focused element has this name.
    pub async fn wait_for_focus(&self, name: &str) {
        let what = format!("“{name}” has the focus");
        self.wait_until(&what, async || self.focused().await == name).await;
    }

    /// Waits until the page has set a User Timing mark this many times.
    pub async fn wait_for_marks(&self, mark: &str, times: usize) {
        let marks = "return performance.getEntriesByName(arguments[0], 'mark').length";
        let is_set = async || self.eval(marks, &[json!(mark)]).await == json!(times);
        self.wait_until(&format!("{mark} is set {times} times"), is_set).await;
    }

    /// Fails when the document is wider than the window.
    pub async fn assert_fits(&self, view: &str) {
        let overflow = self.overflow().await;
        assert!(overflow <= 0, "{view} is {overflow} pixels too wide");
    }

    /// By how many pixels the document is wider than the window.
    pub async fn overflow(&self) -> i64 {
        let overflow = "return document.documentElement.scrollWidth - innerWidth";
        self.eval(overflow, &[]).await.as_i64().expect("a number")
    }
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The strings of a JSON array.
pub(crate) fn strings(list: &Value) -> Vec<String> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}
