//! The configuration of the page, as `config.json` gives it.
//!
//! Every member is optional. A wrong member is an error that names it; an unknown member is a warning.

use std::ops::RangeInclusive;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::{Map, Value};

use crate::session::auth::{InvalidTenant, parse_tenant};

/// The configuration of the page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Config {
    /// `apiBase`: what precedes `/v1/…`: a path of this page's origin, or an `https` address. No slash at its end.
    #[serde(deserialize_with = "api_base")]
    pub api_base: String,
    /// `title`: the name of the console on the page.
    #[serde(deserialize_with = "title")]
    pub title: String,
    /// `tenant`: the tenant that the sign-in form is filled in with; empty for none.
    #[serde(deserialize_with = "tenant")]
    pub tenant: String,
    /// `idleMinutes`: the time without activity after which the person is signed out.
    #[serde(rename = "idleMinutes", deserialize_with = "idle_minutes")]
    pub idle_timeout: Duration,
    /// `answerSeconds`: how long the server may take to begin an answer, and to continue it.
    #[serde(rename = "answerSeconds", deserialize_with = "answer_seconds")]
    pub answer_timeout: Duration,
    /// `stuckMinutes`: how long a running job may stay unchanged before it counts as stuck.
    #[serde(rename = "stuckMinutes", deserialize_with = "stuck_minutes")]
    pub stuck_after: Duration,
    /// `poll`: how often the page polls.
    pub poll: PollBounds,
}

/// How long to wait between an answer and the next poll; `running <= idle <= max`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "PollMembers")]
pub struct PollBounds {
    /// `poll.runningSeconds`: while something on the page runs.
    pub running: Duration,
    /// `poll.idleSeconds`: while nothing on the page runs.
    pub idle: Duration,
    /// `poll.maxSeconds`: the longest wait after repeated errors.
    pub max: Duration,
}

/// The members of `poll` as written.
#[derive(Default, Deserialize)]
#[serde(default)]
struct PollMembers {
    #[serde(rename = "runningSeconds", deserialize_with = "poll_seconds")]
    running: Option<Duration>,
    #[serde(rename = "idleSeconds", deserialize_with = "poll_seconds")]
    idle: Option<Duration>,
    #[serde(rename = "maxSeconds", deserialize_with = "poll_seconds")]
    max: Option<Duration>,
}

/// Why the configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The path of the wrong member, such as `poll.idleSeconds`; `None` if the text is not a JSON object.
    pub member: Option<String>,
    /// What is wrong and what is expected, in sentences.
    pub message: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_base: "/api".to_owned(),
            title: "CCKM jobs".to_owned(),
            tenant: String::new(),
            idle_timeout: Duration::from_secs(600),
            answer_timeout: Duration::from_secs(30),
            stuck_after: Duration::from_secs(30 * 60),
            poll: PollBounds::default(),
        }
    }
}

impl Default for PollBounds {
    fn default() -> Self {
        PollMembers::default().into()
    }
}

/// A bound above the default of the next one raises that default too.
impl From<PollMembers> for PollBounds {
    fn from(members: PollMembers) -> Self {
        let running = members.running.unwrap_or(Duration::from_secs(2));
        let idle = members.idle.unwrap_or(Duration::from_secs(30).max(running));
        let max = members.max.unwrap_or(Duration::from_secs(300).max(idle));
        Self { running, idle, max }
    }
}

/// Reads the text of `config.json`. Returns a warning for each unknown member with the configuration.
///
/// # Errors
/// [`ConfigError`] if the text is not a JSON object, or a member has a wrong type or is out of bounds.
pub fn parse(text: &str) -> Result<(Config, Vec<String>), ConfigError> {
    let members: Map<String, Value> = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| ConfigError {
            member: None,
            message: if error.is_data() {
                "It must be a JSON object: { … }.".to_owned()
            } else {
                format!("It is not valid JSON: {error}.")
            },
        })?;
    // serde also accepts an array of the values of a struct, in order.
    if members.get("poll").is_some_and(|poll| !poll.is_object()) {
        return Err(wrong("poll", "It must be an object: { … }."));
    }
    let mut warnings = Vec::new();
    let mut note_unknown = |path: serde_ignored::Path| {
        warnings.push(format!("config.json: the member {path} is unknown and has no effect."));
    };
    let members = Value::Object(members);
    let config: Config = serde_path_to_error::deserialize(serde_ignored::Deserializer::new(
        members,
        &mut note_unknown,
    ))
    .map_err(|error| wrong(error.path(), error.inner()))?;
    if config.poll.running > config.poll.idle {
        let message = "It must not be less than poll.runningSeconds.";
        return Err(wrong("poll.idleSeconds", message));
    }
    if config.poll.idle > config.poll.max {
        let message = "It must not be less than poll.idleSeconds.";
        return Err(wrong("poll.maxSeconds", message));
    }
    Ok((config, warnings))
}

fn wrong(member: impl ToString, message: impl ToString) -> ConfigError {
    ConfigError { member: Some(member.to_string()), message: message.to_string() }
}

fn api_base<'de, D: Deserializer<'de>>(member: D) -> Result<String, D::Error> {
    const EXPECTED: &str = "It must be a path of this page's own origin such as /api, an https \
                            address such as https://cm.example.com/api, or http to this machine.";
    let fail = |reason: &str| Err(D::Error::custom(format!("{reason} {EXPECTED}")));
    let Ok(base) = String::deserialize(member) else {
        return fail("It is not a text.");
    };
    if base.is_empty() {
        return fail("It is empty.");
    }
    if !base.bytes().all(|byte| byte.is_ascii_graphic()) || base.contains(['\\', '?', '#', '@']) {
        return fail("It holds a character that an address base cannot have.");
    }
    let trimmed = base.trim_end_matches('/');
    if trimmed.ends_with("/v1") {
        let message = "Leave out the /v1 at its end; the page adds it.";
        return Err(D::Error::custom(message));
    }
    if is_allowed(&base.to_ascii_lowercase()) {
        Ok(trimmed.to_owned())
    } else {
        fail("It leads to another place.")
    }
}

/// Whether a token may be sent to the lower-case address `base`: a path of this origin, any host by https, or this machine.
fn is_allowed(base: &str) -> bool {
    if let Some(rest) = base.strip_prefix("https://") {
        !host(rest).is_empty()
    } else if let Some(rest) = base.strip_prefix("http://") {
        matches!(host(rest), "localhost" | "127.0.0.1" | "[::1]")
    } else {
        (base.starts_with('/') && !base.starts_with("//")) || base.starts_with("./")
    }
}

/// The host of what follows `https://`, without its port.
fn host(rest: &str) -> &str {
    let authority = rest.split('/').next().unwrap_or_default();
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

fn title<'de, D: Deserializer<'de>>(member: D) -> Result<String, D::Error> {
    String::deserialize(member)
        .map(|title| title.trim().to_owned())
        .ok()
        .filter(|title| (1..=80).contains(&title.chars().count()))
        .filter(|title| !title.contains(char::is_control))
        .ok_or_else(|| D::Error::custom("It must be a text of 1 to 80 characters."))
}

fn tenant<'de, D: Deserializer<'de>>(member: D) -> Result<String, D::Error> {
    String::deserialize(member)
        .ok()
        .and_then(|text| parse_tenant(&text).ok())
        .ok_or_else(|| D::Error::custom(InvalidTenant))
}

fn idle_minutes<'de, D: Deserializer<'de>>(member: D) -> Result<Duration, D::Error> {
    number(member, 0.1..=480.0).map(|minutes| Duration::from_secs_f64((minutes * 60.0).round()))
}

fn stuck_minutes<'de, D: Deserializer<'de>>(member: D) -> Result<Duration, D::Error> {
    number(member, 1.0..=10_080.0).map(|minutes| Duration::from_secs_f64((minutes * 60.0).round()))
}

fn answer_seconds<'de, D: Deserializer<'de>>(member: D) -> Result<Duration, D::Error> {
    number(member, 1.0..=3600.0).map(Duration::from_secs_f64)
}

fn poll_seconds<'de, D: Deserializer<'de>>(member: D) -> Result<Option<Duration>, D::Error> {
    number(member, 0.2..=3600.0).map(|seconds| Some(Duration::from_secs_f64(seconds)))
}

fn number<'de, D: Deserializer<'de>>(
    member: D,
    bounds: RangeInclusive<f64>,
) -> Result<f64, D::Error> {
    f64::deserialize(member).ok().filter(|number| bounds.contains(number)).ok_or_else(|| {
        let (min, max) = bounds.into_inner();
        D::Error::custom(format!("It must be a number from {min} to {max}."))
    })
}
