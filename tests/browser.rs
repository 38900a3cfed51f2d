//! What only a browser can show, run in headless Chromium by `make test` and compiled for nothing else.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used)]

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use cckm_console::components::{ItemRow, ROW_HEIGHT, item_list, job_table};
use cckm_console::reactive::{Callback, RwSignal, Signal, on_cleanup};
use cckm_console::state::location::{provide_location, use_location};
use cckm_console::view::{dynamic, el, several};
use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::item_window::Window;
use cckm_core::list::job_row::JobRow;
use cckm_core::route::Route;
use leptos::mount::mount_to_renderer;
use leptos::prelude::{document, window};
use leptos::task::tick;
use leptos::wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// An empty place in the page for one test to mount into.
fn stage() -> web_sys::HtmlElement {
    let place = document().create_element("div").expect("a div is made");
    let body = document().body().expect("the page has a body");
    body.append_child(&place).expect("the body takes it");
    place.unchecked_into()
}

fn find(place: &web_sys::HtmlElement, selector: &str) -> web_sys::HtmlElement {
    let found = place.query_selector(selector).expect("a selector");
    found.expect("it is on the page").unchecked_into()
}

fn bulk() -> &'static Family {
    Family::of_path("aws/bulkjob").expect("a family of the table")
}

/// The rows of bulk jobs with these ids and statuses.
fn rows(jobs: &[(&str, &str)]) -> Vec<JobRow> {
    let jobs = jobs.iter().map(|(id, status)| {
        let job = format!(r#"{{"id":"{id}","overall_status":"{status}"}}"#);
        decode::job(job.as_bytes()).expect("a job")
    });
    JobRow::all(&jobs.collect::<Vec<_>>(), bulk(), &[], |_| None)
}

#[wasm_bindgen_test]
async fn the_focus_stays_in_its_row_while_others_come_and_it_changes() {
    let place = stage();
    let shown = RwSignal::new(rows(&[("first", "in_progress"), ("second", "completed")]));
    let clock = Signal::derive(|| Timestamp::from_ms(0));
    let mounted = mount_to_renderer(&place, move || {
        dynamic(move || job_table(shown.get(), Some(bulk()), clock, false))
    });
    let link = find(&place, "a[href='?job=aws/bulkjob/first']");
    link.focus().expect("a link takes the focus");

    shown.set(rows(&[
        ("new", "in_progress"),
        ("first", "failed"),
        ("second", "completed"),
    ]));
    tick().await;

    let focused = document().active_element().expect("the focus is somewhere");
    assert_eq!(focused.text_content().as_deref(), Some("first"));
    let row = focused
        .closest("tr")
        .expect("a selector")
        .expect("the link is in its row");
    assert!(row.text_content().unwrap_or_default().contains("Failed"));
    assert_eq!(
        row.previous_element_sibling()
            .and_then(|row| row.text_content())
            .map(|text| text.starts_with("new")),
        Some(true)
    );
    drop(mounted);
}

#[wasm_bindgen_test]
async fn a_long_list_draws_what_can_be_seen_and_is_used_with_the_keys() {
    let place = stage();
    let (active, top, made) = (RwSignal::new(None), RwSignal::new(0), RwSignal::new(0));
    let mounted = mount_to_renderer(&place, move || {
        let window = Signal::memo(move |_| {
            let window = Window {
                count: 100_000,
                row_height: ROW_HEIGHT,
                top: top.get(),
                height: 400,
            };
            window.by_rows()
        });
        let row = Callback::new(move |at: usize| {
            made.set(made.get_untracked() + 1);
            Some(ItemRow {
                name: format!("key {at}"),
                text: "Success".into(),
                class: ItemStatus::Done,
            })
        });
        let activate = Callback::new(move |at| {
            active.set(Some(at));
            top.set(at * 40);
        });
        item_list(window, active.into(), row, activate, Callback::new(|()| ()))
    });
    let drawn = || {
        place
            .query_selector_all("[role=option]")
            .expect("a selector")
            .length()
    };
    assert!((10..40).contains(&drawn()), "{} rows are drawn", drawn());

    let list = find(&place, "[role=listbox]");
    let keyboard = web_sys::KeyboardEventInit::new();
    keyboard.set_key("End");
    keyboard.set_bubbles(true);
    let end = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &keyboard);
    list.dispatch_event(&end.expect("an event"))
        .expect("it is taken");
    tick().await;

    let named = list
        .get_attribute("aria-activedescendant")
        .expect("a row is active");
    let last = find(&place, &format!("#{named}"));
    assert!(
        last.text_content()
            .unwrap_or_default()
            .contains("key 99999")
    );
    assert_eq!(last.get_attribute("aria-selected").as_deref(), Some("true"));

    top.set(80_000);
    tick().await;
    assert_eq!(
        list.get_attribute("aria-activedescendant"),
        None,
        "the active row is not drawn"
    );
    // Less than a row on: nothing is made anew. A row on, and those that stay are the same.
    let made_before = made.get_untracked();
    top.set(80_030);
    tick().await;
    assert_eq!(made.get_untracked(), made_before);
    let kept = find(&place, "#item-2003");
    top.set(80_050);
    tick().await;
    assert!(made.get_untracked() > made_before);
    assert!(find(&place, "#item-2003").is_same_node(Some(&kept)));
    drop(mounted);
}

#[wasm_bindgen_test]
async fn a_link_to_a_query_is_followed_without_loading_the_page() {
    let place = stage();
    let mounted = mount_to_renderer(&place, || {
        provide_location();
        let location = use_location();
        let family = move || match location.route().get() {
            Route::Jobs(list) => list.family.name(),
            Route::Job(job) => job.id,
            Route::All(_) => "home".to_owned(),
            other => panic!("{other:?} is not shown here"),
        };
        let link = el("a").attr("href", "?jobs=azure/bulkjobs").child("Go");
        several([el("p").child(dynamic(family)).into(), link.into()])
    });
    assert_eq!(find(&place, "p").inner_text(), "home");

    find(&place, "a").click();
    tick().await;

    assert_eq!(find(&place, "p").inner_text(), "Azure bulk operations");
    let search = window()
        .location()
        .search()
        .expect("the address can be read");
    assert_eq!(search, "?jobs=azure/bulkjobs");
    drop(mounted);
}

/// A part within a part within a part does nothing any more when the outermost has been made anew: what it reads may be gone.
#[wasm_bindgen_test]
async fn a_part_that_was_replaced_does_nothing_more() {
    let place = stage();
    let (around, within) = (RwSignal::new(0), RwSignal::new(0));
    let too_late = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&too_late);
    let mounted = mount_to_renderer(&place, move || {
        dynamic(move || {
            let around = around.get();
            let is_over = Arc::new(AtomicBool::new(false));
            let over = Arc::clone(&is_over);
            on_cleanup(move || over.store(true, Relaxed));
            let seen = Arc::clone(&seen);
            let middle = dynamic(move || {
                let (is_over, seen) = (Arc::clone(&is_over), Arc::clone(&seen));
                let text = move || {
                    seen.fetch_or(is_over.load(Relaxed), Relaxed);
                    format!("{around} {}", within.get())
                };
                el("b").child(dynamic(text))
            });
            el("div").child(el("i").child(middle))
        })
    });
    for round in 1..4 {
        around.set(round);
        within.set(round);
        tick().await;
        let text = find(&place, "b").text_content();
        assert_eq!(text, Some(format!("{round} {round}")));
    }
    assert!(!too_late.load(Relaxed));
    drop(mounted);
}
