//! Requests as commands for a terminal: `curl`, and `ksctl` where its command is known. Pure.
//!
//! Each is one command whatever its values hold, and carries no token: `$JWT` stands in its place.

use std::fmt::Write;

use crate::api::request::{Method, Request};
use crate::api::requests;
use crate::family::{Ksctl, Resource, status_filter};
use crate::route::{AllJobsRoute, JobListRoute, JobRoute};

/// What can be copied for one view or operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// What it does, as a heading.
    pub title: &'static str,
    /// As `curl`.
    pub curl: String,
    /// As `ksctl`; none where its command is not known.
    pub ksctl: Option<String>,
    /// What the command of `ksctl` leaves out, since no flag is known for it.
    pub omitted: Vec<String>,
}

/// The list that `route` shows. `base` is the whole address of the API.
pub fn list(base: &str, route: &JobListRoute) -> Command {
    let request = requests::list(route);
    let mut omitted = Vec::new();
    let ksctl = route.family.ksctl.as_ref().and_then(|ksctl| {
        let mut words = vec![ksctl.list.to_owned()];
        for (name, value) in &request.query {
            let known = ksctl.flags.iter().find(|(own, _)| own == name);
            // How a flag is given more than one value is not known.
            let times = request.query.iter().filter(|(own, _)| own == name).count();
            match known {
                Some((_, name)) if times == 1 => words.push(flag(name, value)?),
                _ if omitted.contains(name) => {}
                _ => omitted.push(name.clone()),
            }
        }
        Some(line(ksctl, &words))
    });
    Command { title: "This list", curl: curl(base, &request), ksctl, omitted }
}

/// The lists of all families that `route` shows, each with the name of its family.
pub fn all_lists(base: &str, route: &AllJobsRoute) -> Vec<Command> {
    let lists = route.families().map(|family| {
        let status = status_filter(family).filter(|_| !route.status.is_empty());
        let filters = status.map(|name| (name, route.status.clone()));
        let list_route =
            JobListRoute { filters: filters.into_iter().collect(), ..JobListRoute::new(family) };
        Command { title: family.path, ..list(base, &list_route) }
    });
    lists.collect()
}

/// The job that `route` names, and what can be done to jobs of its kind.
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
        let switched = [("Disable it", true), ("Enable it", false)];
        commands.extend(
            switched
                .map(|(title, off)| curl_only(base, title, &requests::set_disabled(route, off))),
        );
    }
    if family.can_cancel {
        commands.push(command("Cancel it", "cancel", &requests::cancel(route)));
    }
    if family.can_delete {
        commands.push(command("Delete it", "delete", &requests::delete(route)));
    }
    commands
}

/// Sending `request`, which does what `title` says. With ksctl it would want a file, whose form is not
/// known.
pub fn curl_only(base: &str, title: &'static str, request: &Request) -> Command {
    Command { title, curl: curl(base, request), ksctl: None, omitted: Vec::new() }
}

/// `request` as `curl`, below the whole address `base`. The shell puts `$JWT` in.
pub fn curl(base: &str, request: &Request) -> String {
    let verb = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    };
    let url = single(&request.url(base));
    let mut text = format!(
        "curl --request {verb} {url} \\\n  --header \"Authorization: Bearer $JWT\" \\\n  \
         --header 'Accept: application/json'"
    );
    if let Some(body) = &request.body {
        // A password has no place in a command.
        let body = if request.secret.is_empty() { body } else { "{}" };
        text.push_str(" \\\n  --header 'Content-Type: application/json' \\\n  --data-raw ");
        text.push_str(&single(&plain(body)));
    }
    text
}

fn line(ksctl: &Ksctl, words: &[String]) -> String {
    format!("ksctl {} {}", ksctl.group, words.join(" "))
}

/// The flag `name` with `value`, as one word of the shell, so that a value that begins with a hyphen is
/// no flag of its own; none where a terminal would take a part of it for a key that was pressed, or
/// show it otherwise than it is.
fn flag(name: &str, value: &str) -> Option<String> {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:,@%+".contains(&byte);
    if value.bytes().all(is_bare) {
        return Some(format!("{name}={value}"));
    }
    let is_safe = !value.chars().any(is_unsafe);
    is_safe.then(|| format!("{name}={}", single(value)))
}

/// `text` in single quotes, in which the shell knows only their end.
fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// JSON text with nothing in it that a terminal takes for a key or that changes how it is shown: such
/// characters stand in strings, where they can be escaped, or between values, as white space.
fn plain(json: &str) -> String {
    let mut plain = String::with_capacity(json.len());
    for letter in json.chars() {
        match letter {
            '\0'..=' ' => plain.push(' '),
            letter if is_unsafe(letter) => {
                // A text takes whatever is written to it.
                _ = write!(plain, "\\u{:04x}", u32::from(letter));
            }
            letter => plain.push(letter),
        }
    }
    plain
}

/// Controls, line ends, and marks of direction.
fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
