//! What a person does. Each verb waits until it can be done.

use std::{env, fs, process};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Key, TypingData, WebElement};

use crate::page::Page;
use crate::see::script;
use crate::wait::until;

impl Page {
    /// Clicks the link with this text.
    pub async fn follow(&self, link: &str) {
        self.click("link", link).await;
    }

    /// Clicks the link with this address, where its text does not tell it from others.
    pub async fn follow_to(&self, address: &str) {
        self.click_css(&format!("a[href='{address}']")).await;
    }

    /// Clicks the button, or opens or shuts the details, with this text.
    pub async fn press(&self, button: &str) {
        self.click("button", button).await;
    }

    /// Ticks the box with this label.
    pub async fn tick(&self, label: &str) {
        self.click("box", label).await;
    }

    /// Clicks into the field with this label.
    pub async fn point_to(&self, label: &str) {
        self.click("field", label).await;
    }

    /// Replaces the text of the field with this label.
    pub async fn fill(&self, label: &str, text: &str) {
        let text = text.to_owned();
        self.with("field", label, async |field| {
            // As a person does: the driver's own clearing tells the page nothing in some browsers.
            field.send_keys(Key::Control + "a").await?;
            if text.is_empty() {
                return field.send_keys(Key::Delete + "").await;
            }
            field.send_keys(text.as_str()).await
        })
        .await;
    }

    /// Replaces the text of the field with this label and presses Enter in it.
    pub async fn enter_into(&self, label: &str, text: &str) {
        self.fill(label, text).await;
        self.keys(Key::Enter).await;
    }

    /// Gives the field with this label a file that holds this, as someone who chooses one does.
    pub async fn give_file(&self, label: &str, name: &str, content: &[u8]) {
        let folder = env::temp_dir().join(format!(
            "cckm-e2e-{}-{}",
            process::id(),
            self.server.address().port()
        ));
        fs::create_dir_all(&folder).expect("the folder can be made");
        let path = folder.join(name);
        fs::write(&path, content).expect("the file can be written");
        let path = path.display().to_string();
        let choose = async |field: WebElement| field.send_keys(path.as_str()).await;
        self.with("field", label, choose).await;
    }

    /// Puts a long text into the field with this label at once, as by pasting it.
    pub async fn put_into(&self, label: &str, text: &str) {
        self.has("field", label).await;
        let put = "const field = find('field', arguments[0]); field.value = arguments[1]; field.dispatchEvent(new Event('input', { bubbles: true }))";
        self.ask(put, &[json!(label), json!(text)]).await;
    }

    /// Puts what was copied into the empty field with this label.
    pub async fn paste_into(&self, label: &str) {
        self.fill(label, "").await;
        let paste = async |field: WebElement| field.send_keys(Key::Control + "v").await;
        self.with("field", label, paste).await;
    }

    /// Chooses the option with this text in the list with this label.
    pub async fn choose(&self, label: &str, option: &str) {
        let find = script(
            "return [...find('field', arguments[0])?.options ?? []].find((option) => option.label === arguments[1]) ?? null",
        );
        let what = format!("the option {option} of {label}");
        self.with_found(&what, &find, &[json!(label), json!(option)], click)
            .await;
    }

    /// Clicks the first element that a CSS selector names: where no name does.
    pub async fn click_css(&self, selector: &str) {
        let find = "return document.querySelector(arguments[0])";
        self.with_found(selector, find, &[json!(selector)], click)
            .await;
    }

    /// Presses keys, wherever the focus is.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        let typed = self.driver.action_chain().send_keys(keys).perform().await;
        typed.expect("the keys can be pressed");
    }

    /// Goes back as the browser's button does.
    pub async fn back(&self) {
        self.driver.back().await.expect("the browser goes back");
    }

    /// Goes forward as the browser's button does.
    pub async fn forward(&self) {
        self.driver
            .forward()
            .await
            .expect("the browser goes forward");
    }

    /// Does something while another tab lies over the page's.
    pub async fn behind_another_tab(&self, meanwhile: impl AsyncFnOnce()) {
        let own = self.driver.window().await.expect("the page has a window");
        let other = self.driver.new_tab().await.expect("a tab opens");
        let switched = self.driver.switch_to_window(other).await;
        switched.expect("the tab can be switched to");
        meanwhile().await;
        self.driver.close_window().await.expect("the tab closes");
        let switched = self.driver.switch_to_window(own).await;
        switched.expect("the page is there again");
    }

    async fn click(&self, kind: &str, name: &str) {
        self.with(kind, name, click).await;
    }

    /// Does something with the element of a kind and name.
    async fn with(
        &self,
        kind: &str,
        name: &str,
        act: impl AsyncFn(WebElement) -> WebDriverResult<()>,
    ) {
        let find = script("return find(arguments[0], arguments[1])");
        let what = format!("the {kind} “{name}”");
        self.with_found(&what, &find, &[json!(kind), json!(name)], act)
            .await;
    }

    /// Does something with the element that a script returns, as soon as it is there and nothing
    /// lies over it.
    async fn with_found(
        &self,
        what: &str,
        find: &str,
        args: &[Value],
        act: impl AsyncFn(WebElement) -> WebDriverResult<()>,
    ) {
        let mut failed = "it is not there".to_owned();
        let done = until(async || {
            let found = self.driver.execute(find, args.to_vec()).await.ok()?;
            let element = found.element().ok()?;
            match act(element).await {
                Ok(()) => Some(()),
                // Replaced meanwhile, or covered.
                Err(error) => {
                    let told = error.to_string();
                    let told = told.split("Stacktrace").next();
                    told.unwrap_or_default().trim().clone_into(&mut failed);
                    None
                }
            }
        });
        if done.await.is_none() {
            let text = self.text().await;
            panic!("{what} cannot be used: {failed}. The page says:\n{text}");
        }
    }
}

async fn click(element: WebElement) -> WebDriverResult<()> {
    element.click().await
}
