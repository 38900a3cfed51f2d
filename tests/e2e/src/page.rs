//! The page in a browser, with the simulator behind it: going somewhere and signing in.

use std::sync::Mutex;

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use cckm_simulator::server::{self, Server};
use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};

use crate::browser::Browser;
use crate::driver::Driver;
use crate::setting::Setting;
use crate::wait::until;

/// A browser with the page. Its verbs are spread over the modules of this crate.
pub struct Page {
    pub(crate) driver: WebDriver,
    pub(crate) server: Server,
    pub(crate) program: Driver,
    browser: Browser,
    setting: Setting,
    pub(crate) forgiven: Mutex<Vec<String>>,
}

impl Page {
    /// Starts the simulator, the driver and the browser.
    pub(crate) async fn start(browser: Browser, setting: Setting) -> Self {
        let server = server::start(setting.options())
            .await
            .expect("the simulator starts");
        let program = Driver::start(browser).await;
        let capabilities: Capabilities = browser.capabilities(&setting);
        let driver = WebDriver::new(program.url(), capabilities)
            .await
            .unwrap_or_else(|error| panic!("{} does not start: {error}", browser.name()));
        let page = Self {
            driver,
            server,
            program,
            browser,
            setting,
            forgiven: Mutex::default(),
        };
        page.dress().await;
        page
    }

    /// Gives the window its size, and Chromium its theme.
    async fn dress(&self) {
        let width = self.setting.width;
        if self.browser == Browser::Chromium {
            let theme =
                json!({ "name": "prefers-color-scheme", "value": self.setting.theme.name() });
            let media = json!({ "features": [theme] });
            self.order("Emulation.setEmulatedMedia", media).await;
            self.resize(width).await;
        } else if width < 500 {
            // Firefox makes no window so narrow, but popups.
            let features = format!("popup,noopener,width={width},height=900");
            self.js(
                "window.open('about:blank', '_blank', arguments[0])",
                &[json!(features)],
            )
            .await;
            let popup = until(async || {
                let windows = self.driver.windows().await.ok()?;
                (windows.len() > 1).then(|| windows.last().cloned())?
            });
            let popup = popup.await.expect("the popup opens");
            let switched = self.driver.switch_to_window(popup).await;
            switched.expect("the popup can be driven");
        } else {
            self.resize(width).await;
        }
    }

    /// Makes the window this wide; 500 pixels is the least that Firefox does.
    pub async fn resize(&self, width: u32) {
        if self.browser == Browser::Chromium {
            let metrics =
                json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
            self.order("Emulation.setDeviceMetricsOverride", metrics)
                .await;
        } else {
            let resized = self.driver.set_window_rect(0, 0, width, 985).await;
            resized.expect("Firefox takes the size");
        }
        let is_so = async || self.js("return innerWidth", &[]).await == json!(width);
        self.until(&format!("the window is {width} wide"), is_so)
            .await;
    }

    /// Orders Chromium something over the DevTools protocol.
    async fn order(&self, method: &str, params: Value) {
        let sent = self.driver.cdp().send_raw(method, params).await;
        sent.expect("Chromium takes the order");
    }

    /// Takes the network away from the browser, or gives it back. Firefox's driver has no such
    /// order: there the page is only told so, by the event that the browser would send.
    pub async fn set_offline(&self, offline: bool) {
        if self.browser == Browser::Chromium {
            let none = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
            self.order("Network.enable", json!({})).await;
            self.order("Network.emulateNetworkConditions", none).await;
        } else {
            let event = if offline { "offline" } else { "online" };
            self.js("dispatchEvent(new Event(arguments[0]))", &[json!(event)])
                .await;
        }
    }

    /// The browser that it is in.
    pub fn browser(&self) -> Browser {
        self.browser
    }

    /// What it was started from.
    pub fn setting(&self) -> &Setting {
        &self.setting
    }

    /// Goes to the page with this query, as in `?jobs=aws/bulkjob`, as if it were typed into the
    /// address bar. The console starts anew, so nobody is signed in afterwards.
    pub async fn open(&self, query: &str) {
        let url = self.server.page_url() + query;
        // The same address again would not load the page anew.
        if self
            .driver
            .current_url()
            .await
            .is_ok_and(|now| now.as_str() == url)
        {
            self.reload().await;
            return;
        }
        let opened = self.driver.goto(url.as_str()).await;
        opened.unwrap_or_else(|error| panic!("{url} does not open: {error}"));
        let width = self.js("return innerWidth", &[]).await;
        assert_eq!(width, json!(self.setting.width), "the width of the page");
    }

    /// Loads the page anew; nobody is signed in afterwards.
    pub async fn reload(&self) {
        self.driver.refresh().await.expect("the page reloads");
    }

    /// Opens a query and signs in as the administrator.
    pub async fn enter(&self, query: &str) {
        self.open(query).await;
        self.sign_in().await;
    }

    /// Signs in as the administrator, by whichever form is on the page, and waits for the console.
    pub async fn sign_in(&self) {
        self.sign_in_as(ADMIN_USER, ADMIN_PASSWORD).await;
    }

    /// The same as somebody else.
    pub async fn sign_in_as(&self, user: &str, password: &str) {
        self.try_sign_in(user, password).await;
        self.until("the form is gone", async || !self.has_sign_in_form().await)
            .await;
        self.sees("Sign out").await;
    }

    /// Fills the form in and sends it, whatever comes of it.
    pub async fn try_sign_in(&self, user: &str, password: &str) {
        self.fill("Username", user).await;
        self.fill("Password", password).await;
        self.press("Sign in").await;
    }

    /// Whether a sign-in form is on the page.
    pub async fn has_sign_in_form(&self) -> bool {
        let script = "return document.querySelector('input[name=username]') !== null";
        self.js(script, &[]).await == Value::Bool(true)
    }

    /// What a script in the page returns. One that fails is tried again: the page may just be loading.
    pub async fn js(&self, script: &str, args: &[Value]) -> Value {
        let mut failed = String::new();
        let ran = until(
            async || match self.driver.execute(script, args.to_vec()).await {
                Ok(ran) => Some(ran.json().clone()),
                Err(error) => {
                    failed = error.to_string();
                    None
                }
            },
        );
        match ran.await {
            Some(value) => value,
            None => panic!("the script fails: {failed}\n{script}"),
        }
    }

    /// Lets errors in the console pass that contain one of these, since the scenario causes them.
    pub fn forgives(&self, errors: &[&str]) {
        let errors = errors.iter().map(|&error| error.to_owned());
        self.forgiven
            .lock()
            .expect("nobody panicked")
            .extend(errors);
    }
}
