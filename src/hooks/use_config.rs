//! The configuration of this page, read once from `config.json`.

use std::time::Duration;

use cckm_core::api::error::ApiError;
use cckm_core::api::explain::ErrorContext;
use cckm_core::config::{Config, ConfigError, parse};
use cckm_core::format::text::is_html;
use cckm_core::problem::Problem;
use js_sys::Promise;
use leptos::logging;
use leptos::prelude::*;

use crate::api_client;

/// How long the host of the page may take to answer, once the program has started.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// Reads the response to the request for `config.json` beside the page. If the host has no such file, or answers with
/// a web page in its place, the defaults apply. Unknown members are named in the browser's console.
///
/// # Errors
/// Why the file could not be read, or which member of it cannot be used.
pub async fn read_config(response: Promise) -> Result<Config, Problem> {
    let response =
        api_client::receive(response, ANSWER_TIMEOUT).await.map_err(|error| unread(&error))?;
    let text = String::from_utf8_lossy(&response.body);
    // Object stores answer 403 for a file that does not exist.
    let is_missing = matches!(response.status, 403 | 404 | 410);
    if is_missing || (response.status < 300 && is_html(&text)) {
        return Ok(Config::default());
    }
    if !(200..300).contains(&response.status) {
        return Err(unread(&ApiError::from_response(&response)));
    }
    // The content type does not matter: not every host knows one for this file.
    let (config, warnings) = parse(&text).map_err(unusable)?;
    for warning in warnings {
        logging::warn!("{warning}");
    }
    Ok(config)
}

fn unusable(error: ConfigError) -> Problem {
    let title = match error.member {
        Some(member) => format!("config.json: {member} cannot be used"),
        None => "config.json cannot be used".to_owned(),
    };
    let advice = "Nothing was started. Correct the file beside index.html, then reload the page.";
    Problem { can_retry: true, ..Problem::local(title, format!("{} {advice}", error.message)) }
}

fn unread(error: &ApiError) -> Problem {
    Problem {
        title: "config.json could not be read".to_owned(),
        explanation:
            "The file beside index.html says where the server is, and it could not be read. \
                      Nothing was started. Reload the page to try again."
                .to_owned(),
        ..error.problem(ErrorContext::default())
    }
}

/// Gives `config` to all components.
pub fn provide_config(config: Config) {
    provide_context(StoredValue::new(config));
}

/// The configuration. Cheap to copy; read it with `read_value`. Panics if `app.rs` has not provided it.
pub fn use_config() -> StoredValue<Config> {
    expect_context()
}
