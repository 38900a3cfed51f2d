//! Takes the place of the browser's `fetch`, so that a test sees each request and decides when and how it is answered.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect, TypeError};
use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{AbortSignal, Headers, Request, Response, ResponseInit};

use super::settle;

/// The server. `fetch` is the browser's again when it is dropped.
pub struct FakeServer {
    received: Rc<RefCell<VecDeque<Received>>>,
    fetch: JsValue,
    _fake: Closure<dyn FnMut(Request) -> Promise>,
}

/// A request that waits for its answer.
#[derive(Debug)]
pub struct Received {
    /// The verb and the path with its query, such as `GET /api/v1/jobs?limit=1`.
    pub line: String,
    /// The token in its header.
    pub bearer: Option<String>,
    signal: AbortSignal,
    resolve: Function,
    reject: Function,
}

impl FakeServer {
    /// Takes over `fetch`.
    pub fn start() -> Self {
        let received = Rc::new(RefCell::new(VecDeque::new()));
        let queue = Rc::clone(&received);
        let fake = Closure::new(move |request: Request| {
            Promise::new(&mut |resolve, reject| {
                let received = Received::new(&request, resolve, reject);
                queue.borrow_mut().push_back(received);
            })
        });
        let fetch = Reflect::get(&window(), &"fetch".into()).unwrap();
        Reflect::set(&window(), &"fetch".into(), fake.as_ref()).unwrap();
        Self { received, fetch, _fake: fake }
    }

    /// The next request, which must be `line`. Waits for it.
    pub async fn next(&self, line: &str) -> Received {
        for _ in 0..200 {
            let received = self.received.borrow_mut().pop_front();
            if let Some(received) = received {
                assert_eq!(received.line, line);
                return received;
            }
            TimeoutFuture::new(5).await;
        }
        panic!("no request came, but {line} was expected");
    }

    /// Forgets the requests that have come and are not answered.
    pub fn forget_requests(&self) {
        self.received.borrow_mut().clear();
    }

    /// Asserts that no other request comes.
    pub async fn expect_no_more(&self) {
        settle().await;
        let lines: Vec<String> =
            (self.received.borrow().iter()).map(|received| received.line.clone()).collect();
        assert_eq!(lines, [""; 0]);
    }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        Reflect::set(&window(), &"fetch".into(), &self.fetch).unwrap();
    }
}

impl Received {
    fn new(request: &Request, resolve: Function, reject: Function) -> Self {
        let url = web_sys::Url::new(&request.url()).unwrap();
        let bearer = request.headers().get("Authorization").unwrap();
        Self {
            line: format!("{} {}{}", request.method(), url.pathname(), url.search()),
            bearer: bearer.map(|value| value.trim_start_matches("Bearer ").to_owned()),
            signal: request.signal(),
            resolve,
            reject,
        }
    }

    /// Answers with `status` and the JSON `body`.
    pub async fn answer(self, status: u16, body: &str) {
        self.answer_with(status, &[("Content-Type", "application/json")], body).await;
    }

    /// Answers with `status`, `headers` and `body`.
    pub async fn answer_with(self, status: u16, headers: &[(&str, &str)], body: &str) {
        let named = headers;
        let headers = Headers::new().unwrap();
        for (name, value) in named {
            headers.set(name, value).unwrap();
        }
        let init = ResponseInit::new();
        init.set_status(status);
        init.set_headers(&headers);
        // A response without a body, as 204 is, must not have an empty one.
        let body = (!body.is_empty()).then_some(body);
        let response = Response::new_with_opt_str_and_init(body, &init).unwrap();
        self.resolve.call1(&JsValue::NULL, &response).unwrap();
        settle().await;
    }

    /// Answers with a redirect, as the browser shows it to the page: without a status, headers or a body.
    pub async fn redirect(self) {
        self.resolve.call1(&JsValue::NULL, &Response::error()).unwrap();
        settle().await;
    }

    /// Answers with 200 and a body of `parts` times the text `7`, one every 25 ms, sent at the present time. It ends
    /// after them if `ends`.
    pub async fn stream(self, parts: u32, ends: bool) {
        let script = format!(
            "let left = {parts};
            return new Response(new ReadableStream({{
                start(stream) {{
                    signal.addEventListener('abort', () => stream.error(signal.reason));
                }},
                async pull(stream) {{
                    if (left === 0) return {ends} ? stream.close() : new Promise(() => {{}});
                    await new Promise((next) => setTimeout(next, 25));
                    left -= 1;
                    stream.enqueue(new TextEncoder().encode('7'));
                }},
            }}), {{ headers: {{ 'Content-Type': 'application/json', 'Date': new Date().toUTCString() }} }})"
        );
        let make = Function::new_with_args("signal", &script);
        let response = make.call1(&JsValue::NULL, &self.signal).unwrap();
        self.resolve.call1(&JsValue::NULL, &response).unwrap();
        settle().await;
    }

    /// Breaks the connection.
    pub async fn fail(self) {
        let error = TypeError::new("the connection broke");
        self.reject.call1(&JsValue::NULL, &error).unwrap();
        settle().await;
    }

    /// Whether the page has aborted it.
    pub fn is_aborted(&self) -> bool {
        self.signal.aborted()
    }
}
