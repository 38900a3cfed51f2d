//! The page in a browser tab, with the simulator that serves it: opening, signing in, scripts.

use std::sync::Mutex;

use cckm_simulator::Timestamp;
use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use cckm_simulator::server::{self, Server};
use serde_json::{Value, json};
use thirtyfour::bidi::modules::browsing_context::Viewport;
use thirtyfour::bidi::{BiDi, BrowsingContextId, PreloadScriptId};
use thirtyfour::error::WebDriverResult;
use thirtyfour::session::scriptret::ScriptRet;
use thirtyfour::{TypingData, WebDriver};

use crate::browser::Browser;
use crate::session::Session;
use crate::setup::{Setup, start};
use crate::wait::wait_for;

/// The page of one scenario.
pub struct Page {
    pub(crate) server: Server,
    pub(crate) session: Session,
    setup: Setup,
    preload_scripts: Vec<PreloadScriptId>,
    /// How many lines the browser had written before the scenario.
    pub(crate) first_line: usize,
    pub(crate) allowed_errors: Mutex<Vec<String>>,
}

impl Page {
    /// Starts a simulator and prepares the browser; [`Page::open`] opens the page.
    pub(crate) async fn start(session: Session, setup: Setup) -> Self {
        let server = server::start(setup.options()).await.expect("the simulator starts");
        let shift = start().duration_since(Timestamp::now()).as_millis();
        let mut page = Self {
            server,
            setup,
            preload_scripts: Vec::new(),
            first_line: session.program.output().len(),
            session,
            allowed_errors: Mutex::default(),
        };
        page.add_preload_script(&shifted_clock(shift)).await;
        if let Some(zone) = page.setup.time_zone {
            page.add_preload_script(&other_time_zone(zone)).await;
        }
        page.resize(page.setup.width).await;
        page
    }

    /// Returns the browser, without the scripts that were added.
    pub(crate) async fn end(self) -> Session {
        for script in &self.preload_scripts {
            let removed = self.bidi().await.script().remove_preload_script(script.clone()).await;
            removed.expect("a script can be removed");
        }
        self.session
    }

    /// Runs a script in every page that the browser loads, before the page's own scripts.
    pub(crate) async fn add_preload_script(&mut self, script: &str) {
        let added = self.bidi().await.script().add_preload_script(script).await;
        self.preload_scripts.push(added.expect("a script can be added").script);
    }

    /// Slows Chromium's processor down by a factor.
    pub(crate) async fn throttle(&self, factor: u32) {
        self.send_cdp("Emulation.setCPUThrottlingRate", json!({ "rate": factor })).await;
    }

    /// Sends Chromium a command of the DevTools protocol.
    async fn send_cdp(&self, method: &str, params: Value) {
        let sent = self.driver().cdp().send_raw(method, params).await;
        sent.unwrap_or_else(|error| panic!("{method} fails: {error}"));
    }

    pub(crate) fn driver(&self) -> &WebDriver {
        &self.session.driver
    }

    async fn bidi(&self) -> BiDi {
        self.driver().bidi().await.expect("the driver speaks WebDriver BiDi")
    }

    /// The browser of the page.
    pub fn browser(&self) -> Browser {
        self.session.browser
    }

    /// The initial state of the scenario.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Makes the page this many CSS pixels wide and 900 high.
    pub async fn resize(&self, width: u32) {
        let window = self.driver().window().await.expect("the page has a window");
        let context = BrowsingContextId::from(window.to_string());
        let viewport = Some(Viewport { width, height: 900 });
        let sized = self.bidi().await.browsing_context().set_viewport(context, viewport).await;
        sized.expect("the page can be sized");
        let is_sized = async || self.eval("return innerWidth", &[]).await == json!(width);
        self.wait_until(&format!("the page is {width} wide"), is_sized).await;
    }

    /// Disconnects the browser from the network, or connects it again. Firefox's driver cannot do this, so there the
    /// page only gets the event that the browser would send.
    pub async fn set_offline(&self, offline: bool) {
        if self.browser() == Browser::Chromium {
            let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
            self.send_cdp("Network.enable", json!({})).await;
            self.send_cdp("Network.emulateNetworkConditions", conditions).await;
        } else {
            let event = if offline { "offline" } else { "online" };
            self.eval("dispatchEvent(new Event(arguments[0]))", &[json!(event)]).await;
        }
    }

    /// Opens the page at a query such as `?jobs=aws/bulkjob`, as if typed into the address bar: the
    /// page loads, and nobody is signed in.
    pub async fn open(&self, query: &str) {
        let url = self.server.page_url() + query;
        // The same address again would not load.
        if self.driver().current_url().await.is_ok_and(|current| current.as_str() == url) {
            self.reload().await;
            return;
        }
        let opened = self.driver().goto(url.as_str()).await;
        opened.unwrap_or_else(|error| panic!("{url} does not open: {error}"));
    }

    /// Goes to a query within the page, as a link does.
    pub async fn go_to(&self, query: &str) {
        let script = "history.pushState(null, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate'))";
        self.eval(script, &[query.into()]).await;
    }

    /// Loads the page again; nobody is signed in afterwards.
    pub async fn reload(&self) {
        self.driver().refresh().await.expect("the page reloads");
    }

    /// Loads the page again and signs in as the administrator.
    pub async fn reload_signed_in(&self) {
        self.reload().await;
        self.sign_in().await;
    }

    /// Opens the page at a query and signs in as the administrator.
    pub async fn open_signed_in(&self, query: &str) {
        self.open(query).await;
        self.sign_in().await;
    }

    /// Signs in as the administrator and waits for the console.
    pub async fn sign_in(&self) {
        self.sign_in_as(ADMIN_USER, ADMIN_PASSWORD).await;
    }

    /// Signs in as another user and waits for the console.
    pub async fn sign_in_as(&self, user: &str, password: &str) {
        self.submit_sign_in(user, password).await;
        let is_gone = async || !self.has_sign_in_form().await;
        self.wait_until("the sign-in form is gone", is_gone).await;
        self.wait_for_text("Sign out").await;
    }

    /// Submits the sign-in form.
    pub async fn submit_sign_in(&self, user: &str, password: &str) {
        self.field("Username").fill(user).await;
        self.field("Password").fill(password).await;
        self.button("Sign in").click().await;
    }

    /// Whether a sign-in form is on the page.
    pub async fn has_sign_in_form(&self) -> bool {
        let form = "return document.querySelector('input[name=username]') !== null";
        self.eval(form, &[]).await == true
    }

    /// Presses keys, wherever the focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let pressed = self.driver().action_chain().send_keys(keys).perform().await;
        pressed.expect("keys can be pressed");
    }

    /// Leaves the console for an empty page.
    pub async fn leave(&self) {
        self.driver().goto("about:blank").await.expect("an empty page opens");
    }

    /// Goes back in the browser's history.
    pub async fn back(&self) {
        self.driver().back().await.expect("the browser goes back");
    }

    /// Goes forward in the browser's history.
    pub async fn forward(&self) {
        self.driver().forward().await.expect("the browser goes forward");
    }

    /// Runs an action while another tab hides the page. Within the action, the methods of `Page` apply to the other tab.
    pub async fn while_hidden(&self, action: impl AsyncFnOnce()) {
        let tab = self.driver().window().await.expect("the page has a window");
        let other = self.driver().new_tab().await.expect("a tab can be opened");
        self.driver().switch_to_window(other).await.expect("the tab exists");
        action().await;
        self.driver().close_window().await.expect("the tab can be closed");
        self.driver().switch_to_window(tab).await.expect("the page exists");
    }

    /// The value of a script, which may use the functions of `page.js`. A script that fails is repeated, since
    /// the page may be loading.
    pub async fn eval(&self, script: &str, args: &[Value]) -> Value {
        let mut problem = String::new();
        let value = wait_for(async || match self.execute(script, args).await {
            Ok(value) => Some(value.json().clone()),
            Err(error) => {
                problem = error.to_string();
                None
            }
        });
        let value = value.await;
        value.unwrap_or_else(|| panic!("a script fails: {problem}\n{script}"))
    }

    /// The text that a script returns; empty if it returns no text.
    pub(crate) async fn eval_string(&self, script: &str) -> String {
        self.eval(script, &[]).await.as_str().unwrap_or_default().to_owned()
    }

    pub(crate) async fn execute(&self, script: &str, args: &[Value]) -> WebDriverResult<ScriptRet> {
        let script = format!("{}\n{script}", include_str!("page.js"));
        self.driver().execute(script, args.to_vec()).await
    }

    /// Accepts errors in the browser's console that contain one of these texts: the scenario causes them.
    pub fn allow_console_errors(&self, parts: &[&str]) {
        let parts = parts.iter().map(|&part| part.to_owned());
        self.allowed_errors.lock().expect("not poisoned").extend(parts);
    }
}

/// A script that sets `Date` this many milliseconds ahead of the machine's clock.
fn shifted_clock(shift: i128) -> String {
    format!(
        "() => {{
            const MachineDate = Date;
            globalThis.Date = class Date extends MachineDate {{
                constructor(...fields) {{ super(...(fields.length ? fields : [Date.now()])); }}
                static now() {{ return MachineDate.now() + {shift}; }}
            }};
        }}"
    )
}

/// A script that makes `zone` the time zone in which dates are written. Firefox's driver cannot set one.
fn other_time_zone(zone: &str) -> String {
    format!(
        "() => {{
            const Real = Intl.DateTimeFormat;
            Intl.DateTimeFormat = function (locales, options) {{
                return new Real(locales, {{ timeZone: '{zone}', ...options }});
            }};
        }}"
    )
}
