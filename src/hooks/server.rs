//! The server of the session: its address, its clock, and requests as they are.

use std::cell::Cell;
use std::time::Duration;

use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::api::response::Response;
use cckm_core::config::Config;
use cckm_core::format::time::Timestamp;
use leptos::prelude::*;

use crate::api_client;
use crate::browser::clock;

/// The present by the server's clock, as far as it is known.
#[derive(Clone, Copy)]
pub struct ServerTime {
    /// The present instant.
    pub now: Timestamp,
    /// Whether an answer has shown the server's clock. If not, [`now`](Self::now) is the browser's.
    pub is_known: bool,
}

/// The server that the session is with.
#[derive(Clone, Copy)]
pub(super) struct Server {
    settings: StoredValue<Settings>,
    /// By how many milliseconds its clock is ahead of the browser's, once an answer has shown it.
    ahead: RwSignal<Option<i64>>,
}

struct Settings {
    base: String,
    answer_timeout: Duration,
}

/// A smaller difference of the clocks is not told from delays and from the grain of the header `Date`, a second.
const MIN_LEAD_MS: u64 = 3_000;

impl Server {
    /// The server that `config` names.
    pub(super) fn new(config: &Config) -> Self {
        let settings =
            Settings { base: config.api_base.clone(), answer_timeout: config.answer_timeout };
        Self { settings: StoredValue::new(settings), ahead: RwSignal::new(None) }
    }

    /// Sends a request as it is, and reads the server's clock from the answer. `on_received` gets the number of bytes of
    /// the answer so far: 0 when it begins.
    ///
    /// # Errors
    /// Those of [`api_client::send`], and [`ApiError::SignedOut`] once the page is being taken down.
    pub(super) async fn send(
        self,
        request: Request,
        bearer: Option<String>,
        on_received: &dyn Fn(usize),
    ) -> Result<Response, ApiError> {
        let (base, timeout) = self
            .settings
            .try_with_value(|server| (server.base.clone(), server.answer_timeout))
            .ok_or(ApiError::SignedOut)?;
        // The server writes its time before the body, which may take minutes.
        let began_at = Cell::new(clock::now());
        let on_received = |bytes| {
            if bytes == 0 {
                began_at.set(clock::now());
            }
            on_received(bytes);
        };
        let answer =
            api_client::send(&base, &request, bearer.as_deref(), timeout, &on_received).await;
        if let Some(ms) = answer.as_ref().ok().and_then(|response| response.server_time_ms) {
            self.observe_clock(ms.saturating_sub(began_at.get().as_ms()));
        }
        answer
    }

    /// Takes over a lead of its clock, unless it is the known one but for a small difference.
    fn observe_clock(self, lead: i64) {
        let lead = if lead.unsigned_abs() < MIN_LEAD_MS { 0 } else { lead };
        let known = self.ahead.try_get_untracked().flatten();
        if known.is_none_or(|known| known.abs_diff(lead) >= MIN_LEAD_MS) {
            self.ahead.try_set(Some(lead));
        }
    }

    /// By how many milliseconds its clock is ahead of the browser's; 0 if that is not known. Tracks it.
    pub(super) fn clock_lead(self) -> i64 {
        self.ahead.try_get().flatten().unwrap_or(0)
    }

    /// The present by its clock.
    pub(super) fn time(self) -> ServerTime {
        let ahead = self.ahead.try_get_untracked().flatten();
        let now = clock::now().as_ms().saturating_add(ahead.unwrap_or(0));
        ServerTime { now: Timestamp::from_ms(now), is_known: ahead.is_some() }
    }
}
