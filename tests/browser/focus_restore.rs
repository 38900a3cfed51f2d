//! Rows keep their element, the focus and the text selection while polls reorder them.

use cckm_console::hooks::{provide_location, use_activity, use_focus_restore};
use leptos::html;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::support::{Stage, rendered};

type Rows = RwSignal<Vec<&'static str>>;

/// A list of links, one a row, with or without the hook.
fn list(initial: &[&'static str], keeps_focus: bool) -> (Stage, Rows, impl Drop) {
    let rows = RwSignal::new(initial.to_vec());
    let stage = Stage::new();
    let mounted = mount_to(stage.0.clone(), move || {
        provide_location();
        let container = NodeRef::<html::Ul>::new();
        if keeps_focus {
            use_focus_restore(
                move || container.get().map(Into::into),
                Signal::<Vec<&str>>::from(rows),
            );
        }
        view! {
            <ul node_ref=container>
                <For each=move || rows.get() key=|row| *row let:row>
                    <li id=row>
                        <a href="?">{row}</a>
                    </li>
                </For>
            </ul>
        }
    });
    (stage, rows, mounted)
}

fn focused() -> String {
    let active = document().active_element();
    active.map(|active| active.text_content().unwrap_or_default()).unwrap_or_default()
}

fn select_text(link: &HtmlElement) {
    let selection =
        window().get_selection().expect("the browser does it").expect("the browser does it");
    selection.select_all_children(link).expect("the browser does it");
}

fn selected() -> String {
    String::from(
        window()
            .get_selection()
            .expect("the browser does it")
            .expect("the browser does it")
            .to_string(),
    )
}

/// Before, after, the row with focus and selection, the row with the focus afterwards.
const CASES: [(&[&str], &[&str], &str, &str); 11] = [
    (&["A", "B", "C"], &["N", "A", "B", "C"], "B", "B"),
    (&["A", "B", "C"], &["C", "B", "A"], "B", "B"),
    (&["A", "B", "C"], &["N", "B", "C", "A"], "B", "B"),
    (&["A", "B", "C"], &["B", "C", "A"], "B", "B"),
    (&["A", "B", "C"], &["C", "A", "B"], "B", "B"),
    (&["A", "B", "C"], &["C", "A", "B"], "C", "C"),
    (&["A", "B", "C", "D", "E"], &["C", "A", "B", "D", "E"], "C", "C"),
    (&["A", "B", "C"], &["A", "C"], "B", "C"),
    (&["A", "B", "C"], &["A", "B"], "C", "B"),
    (&["A", "B", "C"], &["X", "Y"], "A", "X"),
    (&["A", "B", "C"], &["C", "N", "A"], "A", "A"),
];

#[wasm_bindgen_test]
async fn rows_keep_focus_and_selection_when_they_move() {
    for (before, after, row, expected) in CASES {
        let (stage, rows, _mounted) = list(before, true);
        let link = stage.find(&format!("#{row} a"));
        link.focus().expect("the browser does it");
        select_text(&link);

        rows.set(after.to_vec());
        rendered().await;

        let case = format!("{before:?} → {after:?}, focus in {row}");
        assert_eq!(focused(), expected, "{case}");
        if after.contains(&row) {
            assert!(stage.find(&format!("#{row} a")).is_same_node(Some(&link)), "{case}");
            assert_eq!(selected(), row, "selection, {case}");
        }
    }
}

#[wasm_bindgen_test]
async fn ten_reorderings_keep_element_focus_and_selection() {
    let (stage, rows, _mounted) = list(&["A", "B", "C", "D", "E"], true);
    let link = stage.find("#C a");
    link.focus().expect("the browser does it");
    select_text(&link);
    for turn in 0..10 {
        rows.update(|rows| {
            rows.rotate_left(1 + turn % 3);
            rows.swap(0, 3);
        });
        rendered().await;
        assert_eq!((focused().as_str(), selected().as_str()), ("C", "C"), "turn {turn}");
        assert!(stage.find("#C a").is_same_node(Some(&link)));
    }
}

/// The guarantee is the hook's: without it the framework's list loses the focus. When this fails, the hook can go.
#[wasm_bindgen_test]
async fn rows_without_the_hook_lose_the_focus_when_they_move() {
    let (stage, rows, _mounted) = list(&["A", "B", "C"], false);
    stage.find("#B a").focus().expect("the browser does it");
    rows.set(vec!["B", "C", "A"]);
    rendered().await;
    assert_ne!(focused(), "B");
}

#[wasm_bindgen_test]
async fn focus_that_the_person_moved_meanwhile_stays_there() {
    let (stage, rows, _mounted) = list(&["A", "B", "C"], true);
    stage.find("#B a").focus().expect("the browser does it");
    rows.set(vec!["A", "B", "C", "D"]);
    stage.find("#A a").focus().expect("the browser does it");
    rendered().await;
    assert_eq!(focused(), "A");
}

#[wasm_bindgen_test]
async fn focus_goes_to_the_content_when_no_row_is_left() {
    let (stage, rows, _mounted) = list(&["A"], true);
    stage.find("#A a").focus().expect("the browser does it");
    rows.set(Vec::new());
    rendered().await;
    assert_eq!(stage.count("li"), 0);
}

#[wasm_bindgen_test]
async fn restored_focus_does_not_count_as_activity() {
    let activities = RwSignal::new(0);
    let owner = Owner::new();
    owner.with(|| use_activity(move || activities.update(|count| *count += 1), || ()));
    let (stage, rows, _mounted) = list(&["A", "B", "C"], true);
    stage.find("#B a").focus().expect("the browser does it");
    assert_eq!(activities.get_untracked(), 1);
    rows.set(vec!["A", "C"]);
    rendered().await;
    assert_eq!((focused(), activities.get_untracked()), ("C".to_owned(), 1));
}
