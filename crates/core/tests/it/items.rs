//! The items of a job: stored in columns, counted, searched, filtered and sorted.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::items::Items;
use cckm_core::job::items_view::{ItemFilter, ItemOrder, ItemsView};
use proptest::prelude::*;
use serde_json::json;

fn items<S: AsRef<str>>(rows: &[(S, S)]) -> Items {
    let mut items = Items::default();
    for (name, text) in rows {
        items.extend_name(name.as_ref());
        items.push(&json!(text.as_ref()).to_string());
    }
    items
}

#[test]
fn unreported_items_are_counted_separately() {
    let mut items = items(&[("a", "not reported"), ("c", "")]);
    items.insert_unreported(Vec::new());
    assert_eq!((items.len(), items.texts().len()), (2, 2));
    items.insert_unreported(vec![(1, "b".into()), (2, "d".into())]);
    assert_eq!(items.names().collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    assert_eq!(items.count(ItemStatus::Unreported), 2);
    assert_eq!(items.count(ItemStatus::Other), 2);
    assert_eq!(items.texts().len(), 3);
    assert_eq!(items.text(3).map(|text| &*text.raw), Some(""));
    check(
        &items,
        &ItemsView { filter: ItemFilter::Status(ItemStatus::Unreported), ..ItemsView::default() },
        &["b", "d"],
    );
    for (name, near, index) in
        [("c", 2, Some(2)), ("c", 0, Some(2)), ("c", 9, Some(2)), ("", 9, None)]
    {
        assert_eq!(items.find(name, near), index, "{name} near {near}");
    }
}

/// A value that would be invisible is shown as received.
#[test]
fn blank_values_are_shown_as_received() {
    let mut items = Items::default();
    let raw = [r#""""#, "[]", "{}", r#"" ""#, r#"[""]"#, "null", "[1,2]"];
    for raw in raw {
        items.push(raw);
    }
    let shown: Vec<&str> = items.texts().iter().map(|text| &*text.text).collect();
    assert_eq!(shown, [r#""""#, "[]", "{}", r#"" ""#, r#"[""]"#, "null", "1, 2"]);
}

/// A text that is too long for an address is identified by its digest.
#[test]
fn items_with_a_long_text_are_found_by_its_digest() {
    let long = |end: &str| format!("{}{end}", "a long story, ".repeat(300));
    let rows = [("a", long("one")), ("b", long("two")), ("c", long("one")), ("d", "short".into())];
    let items = items(&rows.map(|(name, text)| (name.to_owned(), text)));
    let show =
        |text: &str| ItemsView { filter: ItemFilter::for_text(text), ..ItemsView::default() };
    check(&items, &show(&long("one")), &["a", "c"]);
    check(&items, &show(&long("two")), &["b"]);
    check(&items, &show(&long("three")), &[]);
    check(&items, &show("short"), &["d"]);
    let whole = ItemsView { filter: ItemFilter::Text(long("two")), ..ItemsView::default() };
    check(&items, &whole, &["b"]);
    assert_eq!(ItemFilter::for_text("short"), ItemFilter::Text("short".into()));
    // It is part of addresses that people save.
    assert_eq!(
        ItemFilter::for_text(&"a".repeat(201)),
        ItemFilter::Text("~11107353162219608196".into())
    );
    assert_eq!(ItemFilter::for_text(&"a".repeat(200)), ItemFilter::Text("a".repeat(200)));
}

#[test]
fn index_past_the_end_has_no_item() {
    for items in [Items::default(), items(&[("a", "Success")])] {
        for index in [items.len(), usize::MAX] {
            assert_eq!(items.name(index), "");
            assert!(items.text(index).is_none() && items.text_id(index).is_none());
        }
        assert_eq!(items.is_empty(), items.names().next().is_none());
    }
}

/// Asserts that `view` shows the items with `names`, in order.
fn check(items: &Items, view: &ItemsView, names: &[&str]) {
    let shown: Vec<&str> =
        view.select(items, true).iter().map(|&index| items.name(index as usize)).collect();
    assert_eq!(shown, names, "{view:?}");
}

fn sample() -> Items {
    items(&[
        ("123/eu-west-1", "region synchronized successfully"),
        ("123/Ap-South-1", "Timeout"),
        ("456/eu-west-1", "in_progress"),
        ("größe/ÄRGER", "region synchronized successfully"),
        ("123/ap-east-1", "AccessDenied: no KMS"),
        ("123/eu-west-1", "pending"),
    ])
}

#[test]
fn search_finds_names_and_texts_ignoring_case() {
    for (search, names) in [
        (
            "",
            &[
                "123/eu-west-1",
                "123/Ap-South-1",
                "456/eu-west-1",
                "größe/ÄRGER",
                "123/ap-east-1",
                "123/eu-west-1",
            ][..],
        ),
        (
            " \t",
            &[
                "123/eu-west-1",
                "123/Ap-South-1",
                "456/eu-west-1",
                "größe/ÄRGER",
                "123/ap-east-1",
                "123/eu-west-1",
            ],
        ),
        ("AP-", &["123/Ap-South-1", "123/ap-east-1"]),
        ("  ap-south ", &["123/Ap-South-1"]),
        ("ärger", &["größe/ÄRGER"]),
        ("GRÖ", &["größe/ÄRGER"]),
        ("SYNCHRONIZED", &["123/eu-west-1", "größe/ÄRGER"]),
        ("accessdenied", &["123/ap-east-1"]),
        ("456/eu", &["456/eu-west-1"]),
        ("123/eu-west-1 ", &["123/eu-west-1", "123/eu-west-1"]),
        (".*", &[]),
        ("\0", &[]),
        ("🔑", &[]),
        ("a text longer than any name and any status text of the sample", &[]),
    ] {
        check(&sample(), &ItemsView { search: search.into(), ..ItemsView::default() }, names);
    }
}

#[test]
fn filter_and_search_apply_together() {
    let synced = || ItemFilter::Text("region synchronized successfully".into());
    for (show, search, names) in [
        (ItemFilter::Status(ItemStatus::Failed), "", &["123/Ap-South-1", "123/ap-east-1"][..]),
        (ItemFilter::Status(ItemStatus::Failed), "south", &["123/Ap-South-1"]),
        (ItemFilter::Status(ItemStatus::Done), "", &["123/eu-west-1", "größe/ÄRGER"]),
        (ItemFilter::Status(ItemStatus::List), "", &[]),
        (synced(), "", &["123/eu-west-1", "größe/ÄRGER"]),
        (synced(), "ärger", &["größe/ÄRGER"]),
        (ItemFilter::Text("Region synchronized successfully".into()), "", &[]),
        (ItemFilter::for_text("region synchronized successfully"), "ärger", &["größe/ÄRGER"]),
        (ItemFilter::Text(String::new()), "", &[]),
    ] {
        let view = ItemsView { filter: show, search: search.into(), ..ItemsView::default() };
        check(&sample(), &view, names);
    }
}

#[test]
fn each_order_sorts_as_its_name_says() {
    for (order, names) in [
        (
            ItemOrder::Received,
            [
                "123/eu-west-1",
                "123/Ap-South-1",
                "456/eu-west-1",
                "größe/ÄRGER",
                "123/ap-east-1",
                "123/eu-west-1",
            ],
        ),
        (
            ItemOrder::Name,
            [
                "123/Ap-South-1",
                "123/ap-east-1",
                "123/eu-west-1",
                "123/eu-west-1",
                "456/eu-west-1",
                "größe/ÄRGER",
            ],
        ),
        (
            ItemOrder::NameDescending,
            [
                "größe/ÄRGER",
                "456/eu-west-1",
                "123/eu-west-1",
                "123/eu-west-1",
                "123/ap-east-1",
                "123/Ap-South-1",
            ],
        ),
        // Failed by their text, running, unrecognised, done as they came.
        (
            ItemOrder::Status,
            [
                "123/ap-east-1",
                "123/Ap-South-1",
                "456/eu-west-1",
                "123/eu-west-1",
                "123/eu-west-1",
                "größe/ÄRGER",
            ],
        ),
    ] {
        check(&sample(), &ItemsView { order, ..ItemsView::default() }, &names);
    }
}

/// Rows of few names and texts, so that they repeat.
fn rows() -> impl Strategy<Value = Vec<(String, String)>> {
    let text = prop_oneof![
        prop::sample::select(vec!["Success", "in_progress", "denied", "pending", ""])
            .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(("[abÄß🔑]{0,3}", text), 0..40)
}

/// A text as people read it.
fn shown(text: &str) -> String {
    if text.trim().is_empty() {
        return json!(text).to_string();
    }
    text.to_owned()
}

fn view() -> impl Strategy<Value = ItemsView> {
    let show = prop_oneof![
        Just(ItemFilter::All),
        prop::sample::select(ItemStatus::ALL.to_vec()).prop_map(ItemFilter::Status),
        prop::sample::select(vec!["Success", "pending", "\"\""])
            .prop_map(|text| ItemFilter::Text(text.into())),
        Just(ItemFilter::Problems),
    ];
    ("[abäsSß🔑]{0,2}", show, prop::sample::select(ItemOrder::ALL.to_vec()))
        .prop_map(|(search, show, order)| ItemsView { search, filter: show, order })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn columns_hold_what_the_rows_held(rows in rows()) {
        let items = items(&rows);
        prop_assert_eq!(items.len(), rows.len());
        for (index, (name, text)) in rows.iter().enumerate() {
            prop_assert_eq!(items.name(index), name);
            prop_assert_eq!(&*items.text(index).unwrap().text, shown(text));
        }
        let mut texts: Vec<&str> = items.texts().iter().map(|text| &*text.raw).collect();
        texts.sort_unstable();
        texts.dedup();
        prop_assert_eq!(texts.len(), items.texts().len(), "each text is held once");
        for text in items.texts() {
            let count = rows.iter().filter(|(_, own)| json!(own).to_string().as_str() == &*text.raw).count();
            prop_assert_eq!(text.count, count);
        }
        let by_class: usize = ItemStatus::ALL.into_iter().map(|class| items.count(class)).sum();
        prop_assert_eq!(by_class, items.len());
    }

    #[test]
    fn a_view_shows_exactly_what_was_asked_for(
        rows in rows(),
        view in view(),
        is_finished in any::<bool>(),
    ) {
        let items = items(&rows);
        let needle = view.search.to_lowercase();
        let mut expected: Vec<u32> = (0_u32..).zip(&rows).filter(|(_, (name, text))| {
            let found = name.to_lowercase().contains(&needle) || shown(text).to_lowercase().contains(&needle);
            found && match &view.filter {
                ItemFilter::All => true,
                ItemFilter::Status(class) => ItemStatus::classify(text) == *class,
                ItemFilter::Text(only) => *only == shown(text),
                ItemFilter::Problems => ItemStatus::classify(text).is_problem(is_finished),
                // The tests of causes have this filter.
                ItemFilter::Cause(_) => false,
            }
        }).map(|(index, _)| index).collect();
        let mut selected = view.select(&items, is_finished);
        if view.order == ItemOrder::Received {
            prop_assert_eq!(&selected, &expected);
        }
        let name = |index: &u32| items.name(*index as usize).to_owned();
        let names: Vec<String> = selected.iter().map(name).collect();
        match view.order {
            ItemOrder::Name => prop_assert!(names.is_sorted()),
            ItemOrder::NameDescending => prop_assert!(names.iter().rev().is_sorted()),
            ItemOrder::Status => {
                let class = |index: &u32| items.text(*index as usize).unwrap().status;
                prop_assert!(selected.iter().map(class).is_sorted());
            }
            ItemOrder::Received => {}
        }
        selected.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(selected, expected);
    }
}
