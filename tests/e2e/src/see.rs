//! What a person sees, and waiting until it is seen.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use crate::page::Page;
use crate::wait::until;

/// A script with the functions of `page.js` before it.
pub(crate) fn script(body: &str) -> String {
    format!("{}\n{body}", include_str!("page.js"))
}

impl Page {
    /// All text that can be seen, a line for each block; of an open dialog only its own.
    pub async fn text(&self) -> String {
        self.ask("return words(top_)", &[])
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// The text of the first element that a CSS selector names, if it can be seen.
    pub async fn text_of(&self, selector: &str) -> Option<String> {
        let found = "const found = top_.querySelector(arguments[0]); return found && shown(found) ? words(found) : null";
        let text = self.ask(found, &[json!(selector)]).await;
        text.as_str().map(str::to_owned)
    }

    /// Waits until something is so.
    pub async fn until(&self, what: &str, is_so: impl AsyncFn() -> bool) {
        if until(async || is_so().await.then_some(())).await.is_none() {
            self.fail(&format!("not so: {what}")).await;
        }
    }

    /// Fails if something ceases to be so within a time: for what must not come, which no event tells.
    pub async fn stays(&self, what: &str, time: Duration, is_so: impl AsyncFn() -> bool) {
        let ended = async {
            until(async || (!is_so().await).then_some(())).await;
        };
        if timeout(time, ended).await.is_ok() {
            self.fail(&format!("no longer so: {what}")).await;
        }
    }

    /// Fails, and says what was on the page instead.
    pub async fn fail(&self, what: &str) -> ! {
        panic!("{what}. The page says:\n{}", self.text().await);
    }

    /// Waits until a text is on the page. Line breaks count as spaces.
    pub async fn sees(&self, text: &str) {
        self.until(&format!("“{text}” is on the page"), async || {
            self.shows(text).await
        })
        .await;
    }

    /// Waits until each of these texts is on the page.
    pub async fn sees_all(&self, texts: &[&str]) {
        for text in texts {
            self.sees(text).await;
        }
    }

    /// Waits until a text is no longer on the page.
    pub async fn misses(&self, text: &str) {
        self.until(&format!("“{text}” is gone"), async || {
            !self.shows(text).await
        })
        .await;
    }

    /// Whether a text is on the page now.
    pub async fn shows(&self, text: &str) -> bool {
        let page = self.text().await;
        joined(&page).contains(&joined(text))
    }

    /// The address of the link with this text; `None` when there is no such link.
    pub async fn link(&self, name: &str) -> Option<String> {
        let href = "return find('link', arguments[0])?.getAttribute('href') ?? null";
        let href = self.ask(href, &[json!(name)]).await;
        href.as_str().map(str::to_owned)
    }

    /// Waits until there is an element of a kind (`link`, `button`, `field`, `region`) so called.
    pub async fn has(&self, kind: &str, name: &str) {
        let found = "return find(arguments[0], arguments[1]) !== null";
        self.until(&format!("there is the {kind} “{name}”"), async || {
            self.ask(found, &[json!(kind), json!(name)]).await == true
        })
        .await;
    }

    /// What stands in the field with this label; of a list what is chosen, as it reads.
    pub async fn value(&self, label: &str) -> Option<String> {
        let value = "const field = find('field', arguments[0]); return field?.selectedOptions?.[0]?.label ?? field?.value ?? null";
        let value = self.ask(value, &[json!(label)]).await;
        value.as_str().map(str::to_owned)
    }

    /// The options of the list with this label.
    pub async fn options(&self, label: &str) -> Vec<String> {
        let options =
            "return [...find('field', arguments[0])?.options ?? []].map((option) => option.label)";
        texts(&self.ask(options, &[json!(label)]).await)
    }

    /// Whether a text stands anywhere in the document, behind an open dialog too.
    pub async fn holds(&self, text: &str) -> bool {
        let all = "return words(document.body)";
        let all = self.ask(all, &[]).await;
        joined(all.as_str().unwrap_or_default()).contains(&joined(text))
    }

    /// The rows of the table of jobs, by cell: job, status, about, started, duration, items.
    pub async fn rows(&self) -> Vec<Vec<String>> {
        let rows =
            "return [...top_.querySelectorAll('tbody tr')].map((row) => [...row.cells].map(words))";
        let rows = self.ask(rows, &[]).await;
        rows.as_array().into_iter().flatten().map(texts).collect()
    }

    /// The ids of the jobs in the table.
    pub async fn job_ids(&self) -> Vec<String> {
        let ids = "return [...top_.querySelectorAll('tbody tr th a')].map(words)";
        texts(&self.ask(ids, &[]).await)
    }

    /// The items that are drawn, by part: name, class, status text. Of a long list only those in view.
    pub async fn items(&self) -> Vec<Vec<String>> {
        let items = "return [...top_.querySelectorAll('[role=option]')].map((row) => [...row.children].map(words))";
        let items = self.ask(items, &[]).await;
        items.as_array().into_iter().flatten().map(texts).collect()
    }

    /// The query in the address bar, decoded.
    pub async fn query(&self) -> String {
        let query = "return decodeURIComponent(location.search.replaceAll('+', ' '))";
        self.ask(query, &[])
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// What has the focus, by its name.
    pub async fn focused(&self) -> String {
        let focused = "return nameOf(document.activeElement)";
        self.ask(focused, &[])
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until there are so many marks of this name in the User Timing.
    pub async fn is_marked(&self, mark: &str, times: usize) {
        let marks = "return performance.getEntriesByName(arguments[0], 'mark').length";
        self.until(
            &format!("the mark {mark} is set {times} times"),
            async || self.js(marks, &[json!(mark)]).await == json!(times),
        )
        .await;
    }

    /// What a script returns that has the functions of `page.js` at hand.
    pub async fn ask(&self, body: &str, args: &[Value]) -> Value {
        self.js(&script(body), args).await
    }
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(list: &Value) -> Vec<String> {
    let texts = list.as_array().into_iter().flatten();
    texts
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}
