//! What `config.json` says, checked. Pure: it reads no file.
//!
//! Every member is optional. A wrong one is an error that names it, an unknown one a warning.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::format::json;
use crate::format::json::{Member, last as member};

/// The configuration of this page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `apiBase`: what stands before `/v1/…`: a path of this page's origin, or an `https` address.
    pub api_base: String,
    /// `title`: the product's name on the page.
    pub title: String,
    /// `idleMinutes`: the time without activity after which the session is signed out.
    pub idle: Duration,
    /// `answerSeconds`: how long the server may take to begin an answer.
    pub answer: Duration,
    /// `poll`: how often the page asks again.
    pub poll: PollBounds,
}

/// How long to wait after an answer before asking again; `running <= idle <= max`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PollBounds {
    /// `poll.runningSeconds`: while something on the page is in progress.
    pub running: Duration,
    /// `poll.idleSeconds`: while nothing is.
    pub idle: Duration,
    /// `poll.maxSeconds`: the longest wait after repeated errors.
    pub max: Duration,
}

/// Why the configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The member at fault, such as `poll.idleSeconds`; none when the text is no JSON object.
    pub member: Option<&'static str>,
    /// What is wrong with it and what is expected.
    pub message: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_base: "/api".into(),
            title: "CCKM jobs".into(),
            idle: Duration::from_secs(600),
            answer: Duration::from_secs(30),
            poll: PollBounds::default(),
        }
    }
}

impl Default for PollBounds {
    fn default() -> Self {
        Self {
            running: Duration::from_secs(2),
            idle: Duration::from_secs(30),
            max: Duration::from_secs(300),
        }
    }
}

/// Reads the text of `config.json`. With the configuration come warnings: the unknown members.
///
/// # Errors
/// [`ConfigError`] when the text is no JSON object, or a member is of a wrong type or out of bounds.
pub fn parse(text: &str) -> Result<(Config, Vec<String>), ConfigError> {
    let fail = |message| ConfigError {
        member: None,
        message,
    };
    let root = json::members(text.trim_start_matches('\u{feff}')).map_err(|error| {
        fail(if error.is_data() {
            "It must be a JSON object: { … }.".into()
        } else {
            format!("It is not valid JSON: {error}.")
        })
    })?;
    let mut config = Config::default();
    let known = ["apiBase", "title", "idleMinutes", "answerSeconds", "poll"];
    let mut warnings = unknown(&root, "", &known);
    if let Some(base) = member(&root, "apiBase") {
        config.api_base = api_base(base)?;
    }
    if let Some(title) = member(&root, "title") {
        config.title = read_title(title)?;
    }
    if let Some(minutes) = member(&root, "idleMinutes") {
        let minutes = number("idleMinutes", minutes, 0.1..=480.0, "0.1 to 480")?;
        config.idle = Duration::from_secs_f64((minutes * 60.0).round());
    }
    if let Some(seconds) = member(&root, "answerSeconds") {
        let seconds = number("answerSeconds", seconds, 1.0..=3600.0, "1 to 3600")?;
        config.answer = Duration::from_secs_f64(seconds);
    }
    if let Some(poll) = member(&root, "poll") {
        let Ok(poll) = json::members(poll) else {
            return Err(wrong("poll", "It must be an object: { … }."));
        };
        let known = ["runningSeconds", "idleSeconds", "maxSeconds"];
        warnings.extend(unknown(&poll, "poll.", &known));
        config.poll = poll_bounds(&poll)?;
    }
    Ok((config, warnings))
}

fn poll_bounds(poll: &[Member]) -> Result<PollBounds, ConfigError> {
    let seconds = |name, path, default| match member(poll, name) {
        Some(raw) => number(path, raw, 0.2..=3600.0, "0.2 to 3600").map(Duration::from_secs_f64),
        None => Ok(default),
    };
    let usual = PollBounds::default();
    let running = seconds("runningSeconds", "poll.runningSeconds", usual.running)?;
    // Raising one bound past the default of the next must not be an error of the one not written.
    let idle_default = usual.idle.max(running);
    let idle = seconds("idleSeconds", "poll.idleSeconds", idle_default)?;
    let max = seconds("maxSeconds", "poll.maxSeconds", usual.max.max(idle))?;
    if running > idle {
        return Err(wrong(
            "poll.idleSeconds",
            "It must not be less than poll.runningSeconds.",
        ));
    }
    if idle > max {
        return Err(wrong(
            "poll.maxSeconds",
            "It must not be less than poll.idleSeconds.",
        ));
    }
    Ok(PollBounds { running, idle, max })
}

fn api_base(raw: &str) -> Result<String, ConfigError> {
    const EXPECTED: &str = "It must be a path of this page's own origin such as /api, an https \
                            address such as https://cm.example.com/api, or http to this machine.";
    let fail = |why: &str| wrong("apiBase", format!("{why} {EXPECTED}"));
    let Some(text) = json::string(raw) else {
        return Err(fail("It is not a text."));
    };
    if text.is_empty() {
        return Err(fail("It is empty."));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) || text.contains(['\\', '?', '#', '@']) {
        return Err(fail(
            "It holds a character that an address base cannot have.",
        ));
    }
    let trimmed = text.trim_end_matches('/');
    if trimmed.ends_with("/v1") {
        return Err(wrong(
            "apiBase",
            "Leave out the /v1 at its end; the page adds it.",
        ));
    }
    let lower = text.to_ascii_lowercase();
    let fits = if let Some(rest) = lower.strip_prefix("https://") {
        !host(rest).is_empty()
    } else if let Some(rest) = lower.strip_prefix("http://") {
        matches!(host(rest), "localhost" | "127.0.0.1" | "[::1]")
    } else {
        (text.starts_with('/') && !text.starts_with("//")) || text.starts_with("./")
    };
    if fits {
        Ok(trimmed.to_owned())
    } else {
        Err(fail("It leads to another place."))
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

fn read_title(raw: &str) -> Result<String, ConfigError> {
    let title = json::string(raw).unwrap_or_default();
    let title = title.trim();
    if title.is_empty() || title.chars().count() > 80 || title.contains(char::is_control) {
        return Err(wrong("title", "It must be a text of 1 to 80 characters."));
    }
    Ok(title.to_owned())
}

fn number(
    member: &'static str,
    raw: &str,
    bounds: RangeInclusive<f64>,
    in_words: &str,
) -> Result<f64, ConfigError> {
    match json::number(raw) {
        Some(number) if bounds.contains(&number) => Ok(number),
        _ => Err(wrong(
            member,
            format!("It must be a number from {in_words}."),
        )),
    }
}

fn wrong(member: &'static str, message: impl Into<String>) -> ConfigError {
    ConfigError {
        member: Some(member),
        message: message.into(),
    }
}

fn unknown(members: &[Member], prefix: &str, known: &[&str]) -> Vec<String> {
    let names = members.iter().map(|member| member.name.as_str());
    names
        .filter(|name| !known.contains(name))
        .map(|name| format!("config.json: the member {prefix}{name} is unknown and has no effect."))
        .collect()
}
