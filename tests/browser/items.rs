//! The items of a job: only visible rows are rendered, and rows, the active item and the search survive new answers.

use cckm_console::components::items::{ItemList, ItemRow, ItemsLocation, ItemsSection, ROW_HEIGHT};
use cckm_console::hooks::{Answer, Fetched, provide_location};
use cckm_core::api::decode;
use cckm_core::api::request::Request;
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::items_view::{ItemOrder, ItemsView};
use cckm_core::route::Route;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::support::{Stage, press, rendered, type_into};

const STYLE: &str = include_str!("../../style/items.css");

fn scroll(list: &web_sys::HtmlElement, row: usize, pixels: usize) {
    list.set_scroll_top(i32::try_from(row * ROW_HEIGHT + pixels).expect("a small number"));
}

#[wasm_bindgen_test]
async fn item_list_renders_visible_rows_and_reuses_them() {
    let stage = Stage::new();
    stage.add_style(STYLE);
    let (active, made) = (RwSignal::new(None), StoredValue::new(0));
    let status = RwSignal::new("Success");
    let view = RwSignal::new(ItemsView::default());
    let row = move |at: usize| {
        made.update_value(|made| *made += 1);
        Some(ItemRow {
            name: format!("key {at}"),
            text: status.get().to_owned(),
            status: ItemStatus::Done,
            is_finished: true,
        })
    };
    let mounted = mount_to(stage.0.clone(), move || {
        provide_location();
        view! {
            <ItemList
                count=100_000
                row=Callback::new(row)
                active
                on_activate=Callback::new(move |at| active.set(Some(at)))
                view
            />
        }
    });
    rendered().await;
    let list = stage.find("[role=listbox]");
    let drawn = || stage.count("[role=option]");
    assert!((10..60).contains(&drawn()), "{} rows are rendered", drawn());

    press(&list, "End");
    rendered().await;
    let id = list.get_attribute("aria-activedescendant").expect("a row is active");
    let last = stage.find(&format!("#{id}"));
    assert!(last.text_content().unwrap_or_default().contains("key 99999"));
    assert_eq!(last.get_attribute("aria-selected").as_deref(), Some("true"));
    assert_eq!(last.get_attribute("aria-posinset").as_deref(), Some("100000"));

    scroll(&list, 2_000, 0);
    rendered().await;
    assert_eq!(list.get_attribute("aria-activedescendant"), None, "it is not rendered");
    assert!((10..60).contains(&drawn()), "{} rows are rendered", drawn());
    // Less than a row further makes no row. A row further keeps the elements of the others.
    let made_before = made.get_value();
    scroll(&list, 2_000, 30);
    rendered().await;
    assert_eq!(made.get_value(), made_before);
    let kept = stage.find("#item-2003");
    scroll(&list, 2_001, 10);
    rendered().await;
    assert!(stage.find("#item-2003").is_same_node(Some(&kept)));
    status.set("Failure");
    rendered().await;
    assert!(stage.find("#item-2003").is_same_node(Some(&kept)));
    assert!(kept.text_content().unwrap_or_default().contains("Failure"));

    view.update(|view| view.order = ItemOrder::Name);
    rendered().await;
    assert_eq!(list.scroll_top(), 0, "another selection begins at its top");
    drop(mounted);
}

fn job(items: &[&str]) -> Answer<Job> {
    let items: Vec<_> = items.iter().map(|name| format!(r#""{name}":"Success""#)).collect();
    let body = format!(r#"{{"id":"1","detailed_status":{{{}}}}}"#, items.join(","));
    Answer::new(Fetched {
        request: Request::get("v1/cckm/aws/bulkjob/1"),
        value: decode::job(body.as_bytes()).expect("a job"),
        body: body.into_bytes(),
        at: Timestamp::from_ms(0),
    })
}

#[wasm_bindgen_test]
async fn items_section_keeps_active_item_and_search_while_the_job_changes() {
    let stage = Stage::new();
    stage.add_style(STYLE);
    let answer = RwSignal::new(job(&["a", "b", "c"]));
    let shown = RwSignal::new(ItemsView::default());
    let mounted = mount_to(stage.0.clone(), move || {
        provide_location();
        let location =
            ItemsLocation { view: shown.into(), route: Callback::new(|_| Route::default()) };
        let on_change = Callback::new(move |view| shown.set(view));
        view! { <ItemsSection answer noun=("key", "keys") location on_change/> }
    });
    rendered().await;
    assert_eq!(stage.text("[role=search] .filters__summary"), "3 of 3 keys");
    stage.find("#item-1").click();
    rendered().await;
    assert_eq!(stage.text("[aria-label='Chosen item'] .item__name"), "b");

    answer.set(job(&["x", "a", "c", "b"]));
    rendered().await;
    assert_eq!(stage.text("[aria-selected=true] .items__name"), "b");
    assert_eq!(stage.text("[aria-label='Chosen item'] .item__name"), "b");

    let search = stage.find("input[type=search]");
    search.focus().expect("the search takes the focus");
    type_into(&search, "no such key");
    rendered().await;
    assert_eq!(stage.text("[role=search] .filters__summary"), "0 of 4 keys");
    answer.set(job(&["x", "a", "c", "b", "d"]));
    rendered().await;
    assert_eq!(stage.text("[role=search] .filters__summary"), "0 of 5 keys");
    let focused = document().active_element().expect("something has the focus");
    assert!(focused.is_same_node(Some(&search)));
    assert_eq!(search.unchecked_ref::<HtmlInputElement>().value(), "no such key");
    drop(mounted);
}

#[wasm_bindgen_test]
async fn selected_text_stays_with_its_item_when_another_is_inserted_before() {
    let stage = Stage::new();
    stage.add_style(STYLE);
    let names = RwSignal::new(vec!["a", "b", "b", "c"]);
    let row = move |at: usize| {
        let name = (*names.read().get(at)?).to_owned();
        Some(ItemRow {
            name,
            text: "Success".to_owned(),
            status: ItemStatus::Done,
            is_finished: true,
        })
    };
    let mounted = mount_to(stage.0.clone(), move || {
        provide_location();
        view! {
            <ItemList
                count=Signal::derive(move || names.read().len())
                row=Callback::new(row)
                active=None
                on_activate=Callback::new(|_| ())
                view=ItemsView::default()
            />
        }
    });
    rendered().await;
    let names_of = || {
        let rows = stage.0.query_selector_all("[role=option]").expect("a selector");
        let row = |at| rows.item(at).expect("a row").unchecked_into::<web_sys::Element>();
        let rows = (0..rows.length()).map(|at| {
            let name = row(at).query_selector(".items__name").expect("a selector");
            (row(at).id(), name.expect("a name").text_content().unwrap_or_default())
        });
        let mut rows: Vec<(String, String)> = rows.collect();
        rows.sort();
        rows.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    let selection = window().get_selection().expect("a document").expect("a selection");
    let text = stage.find("#item-3 .items__name").first_child().expect("a text");
    selection.set_base_and_extent(&text, 0, &text, 1).expect("it is selected");

    names.set(vec!["x", "c", "a", "b", "b"]);
    rendered().await;
    assert_eq!(names_of(), ["x", "c", "a", "b", "b"]);
    assert_eq!(String::from(selection.to_string()), "c");
    drop(mounted);
}
