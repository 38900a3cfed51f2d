//! The causes of problems.

use cckm_core::job::cause::{Cause, MainCause};
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::items::Items;
use cckm_core::job::items_view::{ItemFilter, ItemsView};
use serde_json::json;

/// Items with these texts, named by their position.
pub fn items(texts: &[&str]) -> Items {
    let mut items = Items::default();
    for (index, text) in texts.iter().enumerate() {
        items.extend_name(&index.to_string());
        items.push(&json!(text).to_string());
    }
    items
}

#[test]
fn problem_is_what_did_not_succeed_once_the_job_has_ended() {
    for (status, while_running, finished) in [
        (ItemStatus::Failed, true, true),
        (ItemStatus::Running, false, true),
        (ItemStatus::Unreported, false, true),
        (ItemStatus::Other, false, true),
        (ItemStatus::List, false, false),
        (ItemStatus::Done, false, false),
    ] {
        assert_eq!(status.is_problem(false), while_running, "{status:?}");
        assert_eq!(status.is_problem(true), finished, "{status:?}");
    }
}

#[test]
fn causes_are_counted_named_and_sorted_by_count() {
    let mut items = items(&[
        "Success",
        "pending",
        "ThrottlingException: Rate exceeded (Request ID: 7f1c0d5e-21aa-4a2e-9d4b-0a4b8a6f3b11)",
        "in_progress",
        "ThrottlingException: Rate exceeded (Request ID: 1f1c0d5e-21aa-4a2e-9d4b-0a4b8a6f3b12)",
    ]);
    items.insert_unreported(vec![(0, "x".into()), (1, "y".into()), (1, "z".into())]);
    let causes = Cause::all(&items, true);
    let shown: Vec<(&str, usize)> =
        causes.iter().map(|cause| (&*cause.name, cause.count)).collect();
    assert_eq!(
        shown,
        [("No result", 3), ("ThrottlingException", 2), ("Still in progress", 1), ("pending", 1)]
    );
    let main = MainCause::new(&items, true).unwrap();
    assert_eq!(
        (&*main.name, &*main.key, main.count, main.others),
        ("No result", "no-result", 3, 3)
    );
    let running = MainCause::new(&items, false).unwrap();
    assert_eq!((&*running.name, running.count, running.others), ("ThrottlingException", 2, 0));
    for cause in &causes {
        let filter = ItemFilter::Cause(cause.key.clone());
        let view = ItemsView { filter, ..ItemsView::default() };
        assert_eq!(view.select(&items, true).len(), cause.count, "{cause:?}");
    }
    assert_eq!(MainCause::new(&Items::default(), true), None);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_texts_are_counted_once_in_any_order(
        mut texts in proptest::collection::vec(proptest::prelude::any::<String>(), 0..8),
    ) {
        let groups = |texts: &[String]| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let items = items(&texts);
            let causes = Cause::all(&items, true);
            let problems: usize = causes.iter().map(|cause| cause.count).sum();
            assert_eq!(problems, items.len() - items.count(ItemStatus::Done));
            causes.into_iter().map(|cause| (cause.key, cause.count)).collect::<Vec<_>>()
        };
        let before = groups(&texts);
        texts.reverse();
        proptest::prop_assert_eq!(groups(&texts), before);
    }
}

#[test]
fn very_long_and_hostile_texts_have_a_cause() {
    let long = |text: &str| text.repeat(1_000_000 / text.len());
    for text in
        [long("x"), long("🔑'\""), long("‹"), long("{\"a\":\"\\\""), long("a:b/"), "‹".into()]
    {
        let items = items(&[&text]);
        let causes = Cause::all(&items, true);
        assert!(causes[0].pattern.len() < 2_000 && !causes[0].name.is_empty(), "{causes:?}");
    }
}
