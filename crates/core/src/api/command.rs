//! Requests as shell commands: `curl`, and `ksctl` if its command is known.
//!
//! All values are quoted, so that each text is exactly one command. No command contains a token: it reads the shell
//! variable `JWT`.

use std::fmt::Write;

use crate::api::request::{Method, Request};
use crate::api::requests;
use crate::family::{Ksctl, Resource};
use crate::route::{AllJobsRoute, JobListRoute, JobRoute};

/// The commands for one view or operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// What it does, as a heading.
    pub title: &'static str,
    /// As `curl`.
    pub curl: String,
    /// As `ksctl`; `None` if its command is not known.
    pub ksctl: Option<String>,
    /// The query parameters that the `ksctl` command omits because no flag is known for them.
    pub omitted: Vec<String>,
}

/// Gets the list that `route` shows. `base` is the absolute URL of the API.
pub fn list(base: &str, route: &JobListRoute) -> Command {
    let request = requests::list(route);
    let mut omitted = Vec::new();
    let ksctl = route.family.ksctl.as_ref().and_then(|ksctl| {
        let mut words = vec![ksctl.list.to_owned()];
        for (name, value) in &request.query {
            let flag_name = ksctl.flags.iter().find(|(parameter, _)| parameter == name);
            // It is not known how a flag takes more than one value.
            let times = request.query.iter().filter(|(other, _)| other == name).count();
            match flag_name {
                Some((_, name)) if times == 1 => words.push(flag(name, value)?),
                _ if omitted.contains(name) => {}
                _ => omitted.push(name.clone()),
            }
        }
        Some(line(ksctl, &words))
    });
    Command { title: "This list", curl: curl(base, &request), ksctl, omitted }
}

/// Gets the lists of all families that `route` shows. The title of each is the path of its family.
pub fn all_lists(base: &str, route: &AllJobsRoute) -> Vec<Command> {
    let lists = route
        .families()
        .map(|family| Command { title: family.path, ..list(base, &route.list_of(family)) });
    lists.collect()
}

/// Gets the job of `route`, and the operations that its family supports.
pub fn job(base: &str, route: &JobRoute) -> Vec<Command> {
    let family = route.family;
    let command = |title, verb: &'static str, request: &Request| Command {
        title,
        curl: curl(base, request),
        ksctl: family.ksctl.as_ref().and_then(|ksctl| {
            let words = [verb.to_owned(), flag("--id", &route.id)?];
            Some(line(ksctl, &words))
        }),
        omitted: Vec::new(),
    };
    let mut commands = vec![command("This job", "get", &requests::get(route))];
    if family.resource == Resource::Schedules {
        commands.push(curl_only(base, "Run it now", &requests::run_now(route)));
        let disable = requests::set_disabled(route, true);
        let enable = requests::set_disabled(route, false);
        commands.push(curl_only(base, "Disable it", &disable));
        commands.push(curl_only(base, "Enable it", &enable));
    }
    if family.can_cancel {
        commands.push(command("Cancel it", "cancel", &requests::cancel(route)));
    }
    if family.can_delete {
        commands.push(command("Delete it", "delete", &requests::delete(route)));
    }
    commands
}

/// Sends `request`. There is no `ksctl` command: it would read the body from a file of an undocumented format.
pub fn curl_only(base: &str, title: &'static str, request: &Request) -> Command {
    Command { title, curl: curl(base, request), ksctl: None, omitted: Vec::new() }
}

/// `request` as a `curl` command. `base` is the absolute URL of the API. The shell inserts `$JWT`.
pub fn curl(base: &str, request: &Request) -> String {
    let verb = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    };
    let url = quoted(&request.url(base));
    let mut text = format!(
        "curl --request {verb} {url} \\\n  --header \"Authorization: Bearer $JWT\" \\\n  \
         --header 'Accept: application/json'"
    );
    if let Some(body) = &request.body {
        // A command must not contain a password.
        let body = if request.secret.is_empty() { body } else { "{}" };
        text.push_str(" \\\n  --header 'Content-Type: application/json' \\\n  --data-raw ");
        text.push_str(&quoted(&escaped(body)));
    }
    text
}

fn line(ksctl: &Ksctl, words: &[String]) -> String {
    format!("ksctl {} {}", ksctl.group, words.join(" "))
}

/// The flag `name=value` as one shell word, so that a value that begins with a hyphen is not read as a flag. `None`
/// if the value has characters that a terminal interprets or displays as something else.
fn flag(name: &str, value: &str) -> Option<String> {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:,@%+".contains(&byte);
    if value.bytes().all(is_bare) {
        return Some(format!("{name}={value}"));
    }
    let is_safe = !value.chars().any(is_unsafe);
    is_safe.then(|| format!("{name}={}", quoted(value)))
}

/// `text` in single quotes, within which the shell interprets nothing but the closing quote.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// JSON without characters that a terminal interprets or displays as something else. They are escaped inside strings
/// and become spaces between values.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '\0'..=' ' => escaped.push(' '),
            letter if is_unsafe(letter) => {
                // Writing to a string cannot fail.
                _ = write!(escaped, "\\u{:04x}", u32::from(letter));
            }
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// Whether it is a control character, a line separator or a mark of text direction.
fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
