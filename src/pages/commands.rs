//! What is on screen, and what can be done with it, as commands for a terminal.

use leptos::prelude::expect_context;

use crate::components::{CommandText, command_texts};
use crate::reactive::{Callback, RwSignal, Signal};
use crate::state::place;
use crate::state::raw::copy_text;
use crate::view::{View, dynamic, el};
use cckm_core::api::command;
use cckm_core::api::command::Command;
use cckm_core::api::request::Request;
use cckm_core::config::Config;
use cckm_core::family::status_filter;
use cckm_core::route::{AllRoute, JobRoute, JobsRoute};

/// The commands for a list.
pub fn list_commands(route: Signal<JobsRoute>) -> View {
    let base = base();
    commands(Callback::new(move |()| {
        vec![command::list(&base, &route.get())]
    }))
}

/// The commands for the lists of all families that `route` is about.
pub fn all_commands(route: Signal<AllRoute>) -> View {
    let base = base();
    commands(Callback::new(move |()| {
        let route = route.get();
        let lists = route.families().map(|family| {
            let mut list = JobsRoute::of(family);
            let status = status_filter(family).filter(|_| !route.status.is_empty());
            list.filters
                .extend(status.map(|name| (name, route.status.clone())));
            Command {
                title: family.path,
                ..command::list(&base, &list)
            }
        });
        lists.collect()
    }))
}

/// The command for starting the first job of a batch: the others differ by their keys.
pub fn batch_commands(first: Callback<(), Option<Request>>) -> View {
    let base = base();
    commands(Callback::new(move |()| {
        let first = first.run(());
        let first = first.map(|request| command::sent(&base, "Start its first job", &request));
        first.into_iter().collect()
    }))
}

/// The commands for a job.
pub fn job_commands(route: Signal<JobRoute>) -> View {
    let base = base();
    commands(Callback::new(move |()| command::job(&base, &route.get())))
}

/// The whole address of the API.
pub fn base() -> String {
    let config: Config = expect_context();
    place::absolute(&config.api_base)
}

/// What `make` makes, opened on request; it may follow signals.
pub fn commands(make: Callback<(), Vec<Command>>) -> View {
    let open = RwSignal::new(false);
    let copy = Callback::new(|(text, said)| copy_text(text, said, "Copied".to_owned()));
    dynamic(move || {
        let is_open = open.get();
        let opened = is_open.then(|| {
            let note = "The token is not part of a command: put it into the variable JWT of the shell. \
                        ksctl has a sign-in of its own.";
            let texts = make.run(()).into_iter().flat_map(texts).collect();
            let note = el("p").class("command__note").child(note);
            View::Several(vec![note.into(), command_texts(texts, &copy).into()])
        });
        let button = el("button")
            .attr("type", "button")
            .class("button button--quiet")
            .attr("aria-expanded", if is_open { "true" } else { "false" })
            .on("click", move |_| open.set(!is_open))
            .child("Copy as command");
        el("section").class("raw").child(button).child(opened)
    })
}

fn texts(command: Command) -> [CommandText; 2] {
    let note = if command.ksctl.is_none() {
        "No command of ksctl is known for this.".to_owned()
    } else if command.left_out.is_empty() {
        String::new()
    } else {
        let left_out = command.left_out.join(", ");
        format!("No flag of ksctl is known for: {left_out}. They are left out.")
    };
    let title = command.title;
    [
        CommandText {
            title: format!("{title}: curl"),
            text: Some((command.curl, "Copy curl")),
            note: String::new(),
        },
        CommandText {
            title: format!("{title}: ksctl"),
            text: command.ksctl.map(|text| (text, "Copy ksctl")),
            note,
        },
    ]
}
