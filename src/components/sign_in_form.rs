//! The sign-in form: fields, busy state and what went wrong. It neither reads nor keeps what is typed.
//!
//! `method="dialog"`: should the program stop, the browser sends the fields nowhere. The names of the
//! fields are what `state::entry` reads.

use crate::components::server_words;
use crate::reactive::{Callback, RwSignal, Signal};
use crate::view::{Element, View, dynamic, el, several};
use cckm_core::problem::Problem;

/// The form for signing in, by password or by a token from elsewhere.
///
/// User name and domain stand in their fields from the start. While `busy` an attempt is under way, and nothing
/// is submitted. `submitted` is called to read the fields and to sign in.
pub fn sign_in_form(
    id: &'static str,
    [username, domain]: [String; 2],
    busy: Signal<bool>,
    problem: Signal<Option<Problem>>,
    submitted: Callback<()>,
) -> View {
    let by_token = RwSignal::new(false);
    dynamic(move || {
        let (is_busy, is_by_token) = (busy.get(), by_token.get());
        let (label, disabled) = if is_busy {
            ("Signing in…", "true")
        } else {
            ("Sign in", "false")
        };
        let submitted = submitted.clone();
        el("form")
            .attr("id", id)
            .class("sign-in__form")
            .attr("method", "dialog")
            .on("submit", move |event| {
                event.prevent_default();
                if !is_busy {
                    submitted.run(());
                }
            })
            .child(methods(by_token))
            .child(by_password(&username, &domain, is_by_token))
            .child(by_pasted_token(!is_by_token))
            .child(
                el("div")
                    .class("sign-in__problem")
                    .attr("role", "alert")
                    .child(problem.get().map(wrong)),
            )
            .child(
                el("button")
                    .class("sign-in__submit")
                    .attr("type", "submit")
                    .attr("aria-disabled", disabled)
                    .child(label),
            )
    })
}

fn methods(by_token: RwSignal<bool>) -> Element {
    let method = |value, label, chosen, token| {
        let input = el("input")
            .attr("type", "radio")
            .attr("name", "method")
            .attr("value", value)
            .flag("checked", chosen)
            .on("change", move |_| by_token.set(token));
        let field = el("label").class("sign-in__method").child(input);
        field.child(label)
    };
    el("fieldset")
        .class("sign-in__methods")
        .child(el("legend").child("Sign in with"))
        .child(method("password", "Password", true, false))
        .child(method("token", "API token", false, true))
}

fn by_password(username: &str, domain: &str, hidden: bool) -> Element {
    let username = input("username", "username")
        .set("value", username.to_owned())
        .flag("required", true);
    let password = el("input")
        .attr("name", "password")
        .attr("type", "password")
        .attr("autocomplete", "current-password")
        .flag("required", true);
    fields("Username and password", hidden)
        .child(labelled("Username", username))
        .child(labelled("Password", password))
        .child(optional(domain))
}

fn by_pasted_token(hidden: bool) -> Element {
    let token = el("textarea")
        .attr("name", "token")
        .class("sign-in__token")
        .attr("rows", "4")
        .flag("required", true)
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false");
    fields("API token", hidden)
        .child(labelled("Token", token))
        .child(el("p").class("sign-in__hint").child(
            "A token as the product gives it, with or without “Bearer” before it. It cannot be \
             renewed, so it lasts as long as it was made for, usually 5 minutes.",
        ))
}

fn optional(domain: &str) -> Element {
    let is_given = !domain.is_empty();
    let domain = input("domain", "off").set("value", domain.to_owned());
    let connection = input("connection", "off").attr("placeholder", "local_account");
    el("details")
        .class("sign-in__more")
        .flag("open", is_given)
        .child(el("summary").child("Domain and connection"))
        .child(labelled("Domain", domain))
        .child(labelled("Connection", connection))
        .child(
            el("p")
                .class("sign-in__hint")
                .child("Left empty: the root domain, and the connection that the server chooses."),
        )
}

fn fields(legend: &'static str, hidden: bool) -> Element {
    el("fieldset")
        .class("sign-in__fields")
        .flag("hidden", hidden)
        .flag("disabled", hidden)
        .child(el("legend").class("sign-in__legend").child(legend))
}

fn labelled(label: &'static str, field: Element) -> Element {
    el("label")
        .class("sign-in__field")
        .child(label)
        .child(field)
}

fn input(name: &'static str, autocomplete: &'static str) -> Element {
    el("input")
        .attr("name", name)
        .attr("autocomplete", autocomplete)
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
}

fn wrong(problem: Problem) -> View {
    let title = el("p").class("sign-in__problem-title").child(problem.title);
    let explanation = el("p").child(problem.explanation);
    let server = problem.server.map(server_words);
    several([title.into(), explanation.into(), server.into()])
}
