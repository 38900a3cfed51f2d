//! Reading `config.json` beside the page when it starts.

use std::time::Duration;

use leptos::logging;

use crate::api_client;
use cckm_core::api::error::{ApiError, refusal};
use cckm_core::api::explain::About;
use cckm_core::api::request::Request;
use cckm_core::api::server_text::is_html;
use cckm_core::config::{Config, ConfigError, parse};
use cckm_core::problem::Problem;

/// How long the host of the page may take to answer.
const WITHIN: Duration = Duration::from_secs(10);

/// Reads the configuration. A file that is not there, or the page that some hosts answer in its
/// place, means the defaults; unknown members are named in the browser's log.
///
/// # Errors
/// What is wrong with the file, naming the member, or why it could not be read.
pub async fn load() -> Result<Config, Problem> {
    // `.` and not a path: the page runs from any folder.
    let file = api_client::fetch(".", &Request::get("config.json"), None, WITHIN).await;
    let file = file.map_err(|error| unread(&error))?;
    let text = String::from_utf8_lossy(&file.body);
    // 403 is what object stores say of a file that is not there.
    if matches!(file.status, 403 | 404 | 410) || (file.status < 300 && is_html(&text)) {
        return Ok(Config::default());
    }
    if !(200..300).contains(&file.status) {
        return Err(unread(&refusal(&file)));
    }
    // Its type is not asked for: not every host knows one for it.
    let (config, warnings) = parse(&text).map_err(broken)?;
    for warning in warnings {
        logging::warn!("{warning}");
    }
    Ok(config)
}

fn broken(error: ConfigError) -> Problem {
    let title = match error.member {
        Some(member) => format!("config.json: {member} cannot be used"),
        None => "config.json cannot be used".into(),
    };
    let what = "Nothing was started. Correct the file beside index.html, then reload the page.";
    Problem {
        retry: true,
        ..Problem::here(title, format!("{} {what}", error.message))
    }
}

fn unread(error: &ApiError) -> Problem {
    let mut problem = error.problem(About::default());
    problem.title = "config.json could not be read".into();
    problem.explanation = "The file beside index.html says where the server is, and it could not \
                           be read. Nothing was started. Reload the page to try again."
        .into();
    problem
}
