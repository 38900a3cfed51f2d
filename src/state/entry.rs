//! What was typed into the sign-in form, read once from its fields. Keeps nothing.

use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement,
};

use crate::reactive::effect;
use cckm_core::session::auth::Credentials;

/// The id of the form. There is never more than one.
pub const FORM: &str = "sign-in-form";

/// The names of the fields, as `components/sign_in_form.rs` writes them; the last two are secrets.
const TEXTS: [&str; 5] = ["username", "domain", "connection", "password", "token"];
const SECRETS: [&str; 2] = ["password", "token"];

/// What a person signs in with.
pub enum Entry {
    /// A user name and a password.
    Password(Credentials),
    /// A token as it was pasted.
    Token(String),
}

/// Reads the fields of a form that is on the page.
pub fn read() -> Option<Entry> {
    let form: HtmlFormElement = form()?.dyn_into().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    let text = |name: &str| data.get(name).as_string().unwrap_or_default();
    if text("method") == "token" {
        return Some(Entry::Token(text("token")));
    }
    let trimmed = |name: &str| text(name).trim().to_owned();
    Some(Entry::Password(Credentials {
        username: trimmed("username"),
        password: text("password"),
        domain: trimmed("domain"),
        connection: trimmed("connection"),
    }))
}

/// Empties the fields that hold secrets.
pub fn forget_secrets() {
    for name in SECRETS {
        if let Some(field) = field(name) {
            if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
                input.set_value("");
            } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
                area.set_value("");
            }
        }
    }
}

/// Puts the cursor into the first empty field, once the form is on the page.
pub fn focus_when_shown() {
    // After the dialog around it has opened, which moves the focus itself.
    effect(|| request_animation_frame(focus_first_empty));
}

/// Puts the cursor into the secret that was not accepted, its text selected.
pub fn focus_secret() {
    for name in SECRETS {
        if let Some(field) = field(name).filter(is_usable) {
            _ = field.focus();
            if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
                input.select();
            } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
                area.select();
            }
        }
    }
}

fn focus_first_empty() {
    let empty = |field: &HtmlElement| {
        let input = field
            .dyn_ref::<HtmlInputElement>()
            .map(HtmlInputElement::value);
        let area = field
            .dyn_ref::<HtmlTextAreaElement>()
            .map(HtmlTextAreaElement::value);
        input.or(area).is_some_and(|value| value.is_empty())
    };
    let mut order = ["username", "password", "token"].into_iter();
    let first = order.find_map(|name| field(name).filter(is_usable).filter(empty));
    if let Some(field) = first {
        _ = field.focus();
    }
}

fn form() -> Option<Element> {
    document().get_element_by_id(FORM)
}

fn field(name: &str) -> Option<HtmlElement> {
    debug_assert!(TEXTS.contains(&name), "a field that the form has");
    let found = form()?.query_selector(&format!("[name={name}]"));
    found.ok().flatten()?.dyn_into().ok()
}

/// Whether a field takes part: the fieldset of the method not chosen is disabled.
fn is_usable(field: &HtmlElement) -> bool {
    field.matches(":enabled").unwrap_or(false)
}
