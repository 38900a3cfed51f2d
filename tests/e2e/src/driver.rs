//! The driver program of a browser, on a free port. It ends when its [`Driver`] is dropped. It runs in the
//! process group of the tests, so that ending the group ends it too.

use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

use crate::browser::Browser;
use crate::wait::TIMEOUT;

/// A running driver program.
pub(crate) struct Driver {
    url: String,
    output: Arc<Mutex<Vec<String>>>,
    /// Killed when dropped.
    _child: Child,
}

impl Driver {
    /// Starts the driver program of a browser.
    pub(crate) async fn start(browser: Browser) -> Self {
        let (program, args): (_, &[&str]) = match browser {
            Browser::Chromium => ("chromedriver", &["--port=0"]),
            Browser::Firefox => ("geckodriver", &["--port=0", "--websocket-port=0"]),
        };
        let mut child = Command::new(program)
            .args(args)
            .env("TZ", "UTC")
            .env("MOZ_CRASHREPORTER_DISABLE", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
        let output = Arc::default();
        let (found, mut port) = watch::channel(None);
        listen(child.stdout.take(), Arc::clone(&output), Some(found));
        listen(child.stderr.take(), Arc::clone(&output), None);
        let port = tokio::time::timeout(TIMEOUT, port.wait_for(Option::is_some)).await;
        let port = port.ok().and_then(Result::ok).and_then(|port| *port);
        let Some(port) = port else {
            panic!("{program} reports no port: {:?}", output.lock());
        };
        Self { url: format!("http://127.0.0.1:{port}"), output, _child: child }
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The lines that the driver and its browser have written so far.
    pub(crate) fn output(&self) -> Vec<String> {
        let output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        output.clone()
    }
}

/// Collects the lines, and sends the port that one of them names.
fn listen(
    from: Option<impl tokio::io::AsyncRead + Send + Unpin + 'static>,
    output: Arc<Mutex<Vec<String>>>,
    found: Option<watch::Sender<Option<u16>>>,
) {
    let Some(from) = from else { return };
    tokio::spawn(async move {
        let mut lines = BufReader::new(from).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if let (Some(found), Some(port)) = (&found, port(&line)) {
                found.send_replace(Some(port));
            }
            let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
            output.push(line);
        }
    });
}

/// `… started successfully on port 40123.`, `… Listening on 127.0.0.1:40123`.
fn port(line: &str) -> Option<u16> {
    let (_, rest) = line
        .split_once("successfully on port ")
        .or_else(|| line.split_once("Listening on 127.0.0.1:"))?;
    rest.trim_end_matches('.').parse().ok()
}
