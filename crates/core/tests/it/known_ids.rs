//! The ids that the browser stores.

use cckm_core::family::FAMILIES;
use cckm_core::start::known_ids::{KnownIds, MAX_IDS, storage_key};
use proptest::prelude::*;

fn known(ids: &[&str]) -> KnownIds {
    let mut known = KnownIds::default();
    for id in ids.iter().rev() {
        known.remember((*id).to_owned());
    }
    known
}

#[test]
fn stored_text_of_another_form_is_ignored() {
    for text in [
        "",
        " ",
        "null",
        "{}",
        r#"{"ids":["a"]}"#,
        r#"["a""#,
        r#"["a"] and more"#,
        r#""a""#,
        r#"["a",["b"]]"#,
        r#"["a",null]"#,
        r#"{"version":2,"ids":["a"]}"#,
        r#"{"version":1,"ids":[null]}"#,
        "<script>alert(1)</script>",
        "\u{feff}[\"a\"]",
        "\u{fffd}\u{fffd}",
        r#"["\ud800"]"#,
    ] {
        assert_eq!(KnownIds::from(text), KnownIds::default(), "{text}");
    }
    let huge = format!("[\"{}\"]", "a".repeat(10_000_000));
    assert_eq!(KnownIds::from(huge.as_str()), KnownIds::default());
}

#[test]
fn stored_text_of_each_version_is_read() {
    for text in [r#"["a","b"]"#, r#"{"version":1,"ids":["a","b"]}"#] {
        assert_eq!(KnownIds::from(text).ids(), ["a", "b"], "{text}");
    }
}

#[test]
fn entry_that_cannot_be_an_id_is_ignored() {
    let long = "a".repeat(501);
    let text = format!(r#"["", ".", "..", "{long}", "good", "good", "…", "a/b?c"]"#);
    assert_eq!(KnownIds::from(text.as_str()).ids(), ["good", "…", "a/b?c"]);
    let mut known = KnownIds::default();
    known.remember(long);
    known.remember(String::new());
    assert_eq!(known.to_string(), "");
}

#[test]
fn too_many_ids_keep_the_newest() {
    let many: Vec<String> = (0..1000).map(|index| format!("\"{index}\"")).collect();
    let read = KnownIds::from(format!("[{}]", many.join(",")).as_str());
    assert_eq!(read.ids().len(), MAX_IDS);
    assert_eq!(read.ids()[0], "0", "the first is the newest");
}

#[test]
fn remembered_id_comes_first_and_once() {
    let mut known = known(&["a", "b", "c"]);
    known.remember("c".into());
    assert_eq!(known.ids(), ["c", "a", "b"]);
    known.forget("a");
    known.forget("never there");
    assert_eq!(known.ids(), ["c", "b"]);
    assert_eq!(known.to_string(), r#"{"version":1,"ids":["c","b"]}"#);
}

#[test]
fn storage_key_is_unique_for_family_and_server() {
    let mut names: Vec<String> = FAMILIES
        .iter()
        .flat_map(|family| ["https://a/api", "https://b/api"].map(|base| storage_key(base, family)))
        .collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 2 * FAMILIES.len());
}

proptest! {
    #[test]
    fn stored_ids_are_read_back(ids in prop::collection::vec("\\PC{1,40}", 0..50)) {
        let mut known = KnownIds::default();
        for id in ids {
            known.remember(id);
        }
        prop_assert_eq!(KnownIds::from(known.to_string().as_str()), known);
    }

    #[test]
    fn any_stored_text_is_read_without_panic(text in any::<String>()) {
        let known = KnownIds::from(text.as_str());
        prop_assert!(known.ids().len() <= MAX_IDS);
    }
}
