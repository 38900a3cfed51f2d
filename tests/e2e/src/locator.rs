//! Elements of the page, found by role and accessible name each time they are used.

use std::{env, fs, process};

use serde::Serialize;
use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Key, WebElement};

use crate::page::Page;
use crate::text::strings;
use crate::wait::wait_for;

/// One step of the search for an element; see `locateAll` in `page.js`.
#[derive(Clone, Debug, Default, Serialize)]
struct Step {
    role: Option<&'static str>,
    css: Option<String>,
    name: Option<String>,
    prefix: Option<String>,
    suffix: Option<String>,
    index: Option<usize>,
}

/// The visible elements of a role and name. Actions wait until the first one can be used.
#[derive(Clone)]
pub struct Locator<'a> {
    page: &'a Page,
    steps: Vec<Step>,
}

impl Page {
    /// The button with this name, or the summary that opens details.
    pub fn button(&self, name: &str) -> Locator<'_> {
        self.role("button").named(name)
    }

    /// The link with this name.
    pub fn link(&self, name: &str) -> Locator<'_> {
        self.role("link").named(name)
    }

    /// The link to the job `id` in a list of jobs. Its name is the title of the job and its id.
    pub fn job(&self, id: &str) -> Locator<'_> {
        self.css(".jobs__link").narrowed(|step| step.suffix = Some(id.to_owned()))
    }

    /// The tab of the page of a job with this label, whatever its number.
    pub fn tab(&self, label: &str) -> Locator<'_> {
        self.role("tab").named_like(label)
    }

    /// The link with this address, where its name is not unique.
    pub fn link_to(&self, address: &str) -> Locator<'_> {
        self.css(&format!("a[href='{address}']"))
    }

    /// The text field or list box with this label.
    pub fn field(&self, label: &str) -> Locator<'_> {
        self.role("field").named(label)
    }

    /// The check box with this label.
    pub fn checkbox(&self, label: &str) -> Locator<'_> {
        self.role("checkbox").named(label)
    }

    /// The radio button with this label.
    pub fn radio(&self, label: &str) -> Locator<'_> {
        self.role("radio").named(label)
    }

    /// The region, table or navigation with this name.
    pub fn region(&self, name: &str) -> Locator<'_> {
        self.role("region").named(name)
    }

    /// The main heading.
    pub fn title(&self) -> Locator<'_> {
        self.css("h1")
    }

    /// The items of a job in the document: of a long list only those near the visible part.
    pub fn items(&self) -> Locator<'_> {
        self.role("option")
    }

    /// All elements of a role, one of those that `page.js` knows.
    pub fn role(&self, role: &'static str) -> Locator<'_> {
        let role = Some(role);
        Locator { page: self, steps: vec![Step { role, ..Step::default() }] }
    }

    /// The elements of a CSS selector. For elements that have neither a role nor a name.
    pub fn css(&self, selector: &str) -> Locator<'_> {
        let css = Some(selector.to_owned());
        Locator { page: self, steps: vec![Step { css, ..Step::default() }] }
    }
}

impl Locator<'_> {
    /// Only the elements with this accessible name.
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        self.narrowed(|step| step.name = Some(name.to_owned()))
    }

    /// Only the elements whose accessible name starts with this.
    #[must_use]
    pub fn named_like(self, prefix: &str) -> Self {
        self.narrowed(|step| step.prefix = Some(prefix.to_owned()))
    }

    /// Only the element at this index, counted from 0.
    #[must_use]
    pub fn nth(self, index: usize) -> Self {
        self.narrowed(|step| step.index = Some(index))
    }

    /// The elements that `inner` finds inside these.
    #[must_use]
    pub fn find(mut self, inner: Self) -> Self {
        self.steps.extend(inner.steps);
        self
    }

    fn narrowed(mut self, change: impl FnOnce(&mut Step)) -> Self {
        self.steps.last_mut().map(change);
        self
    }

    /// Clicks the element.
    pub async fn click(&self) {
        self.act(async |element| element.click().await).await;
    }

    /// Replaces the text of the field by typing.
    pub async fn fill(&self, text: &str) {
        self.act(async |field| {
            // With keys, as a user does: some browsers send no event when the driver clears a field.
            field.send_keys(Key::Control + "a").await?;
            if text.is_empty() {
                return field.send_keys(Key::Delete + "").await;
            }
            field.send_keys(text).await
        })
        .await;
    }

    /// Replaces the text of the field by typing, then presses Enter.
    pub async fn submit(&self, text: &str) {
        self.fill(text).await;
        self.page.press(Key::Enter).await;
    }

    /// Replaces the text of the field at once, for texts too long to type.
    pub async fn set_text(&self, text: &str) {
        self.wait().await;
        let set = "const field = locate(arguments[0]); field.value = arguments[1];
            field.dispatchEvent(new Event('input', { bubbles: true }))";
        self.page.eval(set, &[json!(self.steps), json!(text)]).await;
    }

    /// Replaces the text of the field by the text in the clipboard.
    pub async fn paste(&self) {
        self.fill("").await;
        self.act(async |field| field.send_keys(Key::Control + "v").await).await;
    }

    /// Chooses the option with this label.
    pub async fn select(&self, label: &str) {
        let option = "return [...locate(arguments[0])?.options ?? []].find((option) => option.label === arguments[1]) ?? null";
        let args = [json!(self.steps), json!(label)];
        let click = async |option: WebElement| option.click().await;
        self.act_on(&format!("option “{label}” of {self}"), option, &args, click).await;
    }

    /// Chooses a file with this name and content.
    pub async fn attach(&self, name: &str, content: &[u8]) {
        let port = self.page.server.address().port();
        let folder = env::temp_dir().join(format!("cckm-e2e-{}-{port}", process::id()));
        fs::create_dir_all(&folder).expect("the folder can be made");
        let path = folder.join(name);
        fs::write(&path, content).expect("the file can be written");
        let path = path.display().to_string();
        self.act(async |field| field.send_keys(path.as_str()).await).await;
    }

    /// Waits until an element exists.
    pub async fn wait(&self) {
        let exists = async || self.exists().await;
        self.page.wait_until(&format!("{self} exists"), exists).await;
    }

    /// Whether an element exists now.
    pub async fn exists(&self) -> bool {
        self.get("found !== null").await == true
    }

    /// Whether an element exists now that is not disabled.
    pub async fn is_enabled(&self) -> bool {
        self.get("found !== null && !found.disabled").await == true
    }

    /// How many elements exist now.
    pub async fn count(&self) -> usize {
        let count = "return locateAll(arguments[0]).length";
        let count = self.page.eval(count, &[json!(self.steps)]).await;
        count.as_u64().and_then(|count| count.try_into().ok()).unwrap_or_default()
    }

    /// The visible text.
    pub async fn text(&self) -> Option<String> {
        self.get_string("found && visibleText(found)").await
    }

    /// The visible text of each.
    pub async fn texts(&self) -> Vec<String> {
        let texts = "return locateAll(arguments[0]).map(visibleText)";
        strings(&self.page.eval(texts, &[json!(self.steps)]).await)
    }

    /// The accessible name of each.
    pub async fn names(&self) -> Vec<String> {
        let names = "return locateAll(arguments[0]).map(accessibleName)";
        strings(&self.page.eval(names, &[json!(self.steps)]).await)
    }

    /// The `href` of the link.
    pub async fn href(&self) -> Option<String> {
        self.get_string("found?.getAttribute('href') ?? null").await
    }

    /// The text of the field, or the label of the selected option.
    pub async fn value(&self) -> Option<String> {
        self.get_string("found?.selectedOptions?.[0]?.label ?? found?.value ?? null").await
    }

    /// The labels of the field's options.
    pub async fn options(&self) -> Vec<String> {
        strings(&self.get("[...found?.options ?? []].map((option) => option.label)").await)
    }

    /// The value of a JavaScript expression over `found`, the first element or null.
    pub async fn get(&self, expression: &str) -> Value {
        let script = format!("const found = locate(arguments[0]); return {expression}");
        self.page.eval(&script, &[json!(self.steps)]).await
    }

    async fn get_string(&self, expression: &str) -> Option<String> {
        self.get(expression).await.as_str().map(str::to_owned)
    }

    async fn act(&self, action: impl AsyncFn(WebElement) -> WebDriverResult<()>) {
        let locate = "return locate(arguments[0])";
        let args = [json!(self.steps)];
        self.act_on(&self.to_string(), locate, &args, action).await;
    }

    /// Acts on the element that a script returns, as soon as it exists and nothing covers it.
    async fn act_on(
        &self,
        what: &str,
        script: &str,
        args: &[Value],
        action: impl AsyncFn(WebElement) -> WebDriverResult<()>,
    ) {
        let mut problem = "it does not exist".to_owned();
        let done = wait_for(async || {
            let found = self.page.execute(script, args).await.ok()?;
            let element = found.element().ok()?;
            match action(element.clone()).await {
                Ok(()) => Some(()),
                // Replaced in the meantime, or covered by another element.
                Err(error) => {
                    // A bar at an edge of the window may cover it, so scroll as a user does.
                    _ = element.scroll_into_view().await;
                    let error = error.to_string();
                    error
                        .split("Stacktrace")
                        .next()
                        .unwrap_or_default()
                        .trim()
                        .clone_into(&mut problem);
                    None
                }
            }
        });
        if done.await.is_none() {
            self.page.fail(&format!("{what} cannot be used: {problem}")).await;
        }
    }
}

impl std::fmt::Display for Locator<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, step) in self.steps.iter().enumerate() {
            let inside = if at > 0 { " > " } else { "" };
            let what = step.role.or(step.css.as_deref()).unwrap_or_default();
            write!(out, "{inside}{what}")?;
            if let Some(name) = step.name.as_ref().or(step.prefix.as_ref()) {
                write!(out, " “{name}”")?;
            }
        }
        Ok(())
    }
}
