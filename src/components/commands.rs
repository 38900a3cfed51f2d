//! Terminal commands that fetch the data on screen or act on it.

use cckm_core::api::command::Command;
use leptos::prelude::*;

use super::{CopyButton, Disclosure};
use crate::browser::url;
use crate::hooks::use_config;

/// A panel of commands, opened on request.
///
/// ```ignore
/// <Commands make=move |base: String| vec![command::list(&base, &route.read())]/>
/// ```
#[component]
pub fn Commands(
    /// Makes the commands from the absolute URL of the API. It may read signals: the open panel follows them.
    #[prop(into)]
    make: Callback<String, Vec<Command>>,
) -> impl IntoView {
    let base = use_config().with_value(|config| url::absolute(&config.api_base));
    let base = StoredValue::new(base);
    let commands = move || {
        let commands = make.run(base.get_value());
        commands.into_iter().map(|command| view! { <CommandTexts command/> }).collect_view()
    };
    view! {
        <Disclosure label="Copy as command">
            <p class="command__note">
                "The token is not part of a command: put it into the variable JWT of the shell. "
                "ksctl has a sign-in of its own."
            </p>
            <div class="commands">{commands}</div>
        </Disclosure>
    }
}

/// One command for curl and for ksctl.
#[component]
fn CommandTexts(
    /// The command.
    command: Command,
) -> impl IntoView {
    let Command { title, curl, ksctl, omitted } = command;
    let note = if ksctl.is_none() {
        Some("No command of ksctl is known for this.".to_owned())
    } else if omitted.is_empty() {
        None
    } else {
        let omitted = omitted.join(", ");
        Some(format!("No flag of ksctl is known for: {omitted}. They are left out."))
    };
    view! {
        <CommandText title=format!("{title}: curl") text=Some(curl) copy="Copy curl" note=None/>
        <CommandText title=format!("{title}: ksctl") text=ksctl copy="Copy ksctl" note/>
    }
}

/// One text to read, select and copy.
#[component]
fn CommandText(
    /// What the command does, and for which program.
    title: String,
    /// The command, if there is one.
    text: Option<String>,
    /// The label of the copy button.
    copy: &'static str,
    /// A remark below it.
    note: Option<String>,
) -> impl IntoView {
    let label = title.clone();
    let text = text.map(|text| {
        view! {
            <pre class="raw__text" tabindex="0" role="region" aria-label=label>{text.clone()}</pre>
            <CopyButton label=copy text=Signal::stored(text)/>
        }
    });
    view! {
        <div class="command">
            <h3>{title}</h3>
            {text}
            {note.map(|note| view! { <p class="command__note">{note}</p> })}
        </div>
    }
}
