//! The form of a start: fields keep element and focus, errors stand at their fields, and what is typed outlives the page.

use cckm_console::features::start::{StartPage, provide_start_forms};
use cckm_console::hooks::{provide_clock, provide_config, provide_location, provide_session};
use cckm_core::config::Config;
use cckm_core::family::Family;
use cckm_core::route::StartRoute;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlElement, HtmlInputElement};

use crate::support::{Stage, rendered, type_into};

const KEYS: &str = ".start__field textarea";
const OPERATION: &str = ".start__field select";
const REVIEW: &str = "button[type=submit]";
const ANSWERS: &str = ".confirm__actions";

/// The form of an AWS bulk operation, with nobody signed in. Its page can be left and opened again.
fn form() -> (Stage, RwSignal<bool>, impl Drop) {
    let is_shown = RwSignal::new(true);
    let stage = Stage::new();
    let mounted = mount_to(stage.0.clone(), move || {
        let config = Config::default();
        provide_session(&config);
        provide_config(config);
        provide_location();
        provide_clock();
        provide_start_forms();
        let family = Family::by_path("aws/bulkjob").expect("a family");
        view! {
            <Show when=move || is_shown.get()>
                <StartPage start=StartRoute::new(family)/>
            </Show>
        }
    });
    (stage, is_shown, mounted)
}

fn choose(select: &HtmlElement, value: &str) {
    select.unchecked_ref::<HtmlInputElement>().set_value(value);
    select.dispatch_event(&Event::new("change").expect("an event")).expect("it is dispatched");
}

fn value(field: &HtmlElement) -> String {
    field.unchecked_ref::<HtmlInputElement>().value()
}

fn has_focus(element: &HtmlElement) -> bool {
    document().active_element().is_some_and(|active| active.is_same_node(Some(element)))
}

#[wasm_bindgen_test]
async fn empty_form_has_errors_and_focus_at_its_fields() {
    let (stage, _, _mounted) = form();
    assert_eq!(stage.count("[aria-invalid=true]"), 0, "none before an attempt");
    stage.find(REVIEW).click();
    rendered().await;
    assert_eq!(stage.count("[aria-invalid=true]"), 2);
    assert_eq!(stage.text("[role=alert]"), "2 fields have to be corrected");
    let operation = stage.find(OPERATION);
    assert!(has_focus(&operation), "the first field with an error");
    let described_by = operation.get_attribute("aria-describedby");
    let error = described_by.and_then(|ids| ids.split(' ').next_back().map(str::to_owned));
    assert_eq!(stage.text(&format!("#{}", error.expect("an id"))), "Choose one");

    choose(&operation, "enablekey");
    rendered().await;
    assert_eq!(stage.count("[aria-invalid=true]"), 1, "errors follow what is typed");
}

#[wasm_bindgen_test]
async fn typing_keeps_the_element_and_the_focus() {
    let (stage, _, _mounted) = form();
    let keys = stage.find(KEYS);
    keys.focus().expect("the browser does it");
    for text in ["a", "a\nb", "a\nb\nb"] {
        type_into(&keys, text);
        rendered().await;
        assert!(stage.find(KEYS).is_same_node(Some(&keys)), "{text}");
        assert!(has_focus(&keys), "{text}");
        assert_eq!(value(&keys), text);
    }
    assert_eq!(stage.text(".start__hint[role=status]"), "2 keys. Left out: 1 repeated");

    // Fields of one operation come and go around it.
    choose(&stage.find(OPERATION), "schedulekeydeletion");
    rendered().await;
    assert_eq!(stage.count("input[inputmode=numeric]"), 1);
    choose(&stage.find(OPERATION), "enablekey");
    rendered().await;
    assert_eq!(stage.count("input[inputmode=numeric]"), 0);
    assert!(stage.find(KEYS).is_same_node(Some(&keys)) && has_focus(&keys));
}

#[wasm_bindgen_test]
async fn declined_question_returns_to_the_form() {
    let (stage, _, _mounted) = form();
    choose(&stage.find(OPERATION), "enablekey");
    type_into(&stage.find(KEYS), "a");
    stage.find(REVIEW).click();
    rendered().await;
    assert_eq!(stage.text(".start__effect"), "Enables 1 key");
    assert!(has_focus(&stage.find("[role=alertdialog]")));
    assert!(stage.find("fieldset").has_attribute("disabled"));

    stage.find(&format!("{ANSWERS} .button--quiet")).click();
    rendered().await;
    assert_eq!(stage.count("[role=alertdialog]"), 0);
    assert!(!stage.find("fieldset").has_attribute("disabled"));
    assert!(has_focus(&stage.find(REVIEW)));
}

#[wasm_bindgen_test]
async fn refused_form_outlives_its_page() {
    let (stage, is_shown, _mounted) = form();
    choose(&stage.find(OPERATION), "enablekey");
    type_into(&stage.find(KEYS), "a");
    stage.find(REVIEW).click();
    rendered().await;
    stage.find(&format!("{ANSWERS} .button--danger")).click();
    rendered().await;
    // Nobody is signed in.
    assert_eq!(stage.text(".error__title"), "Nothing was started");
    assert!(has_focus(&stage.find(".start__state")));

    is_shown.set(false);
    rendered().await;
    assert!(stage.try_find("form").is_none());
    is_shown.set(true);
    rendered().await;
    assert_eq!(value(&stage.find(OPERATION)), "enablekey");
    assert_eq!(value(&stage.find(KEYS)), "a");
    assert_eq!(stage.text(".error__title"), "Nothing was started");
}
