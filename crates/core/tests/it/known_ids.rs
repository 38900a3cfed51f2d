//! The ids that the browser keeps: whatever is read back, and whatever was done to them.
#![allow(clippy::unwrap_used)]

use cckm_core::family::FAMILIES;
use cckm_core::start::known_ids::{KnownIds, MOST, name};
use proptest::prelude::*;

fn known(ids: &[&str]) -> KnownIds {
    let mut known = KnownIds::default();
    for id in ids.iter().rev() {
        known.remember((*id).to_owned());
    }
    known
}

#[test]
fn of_what_is_not_ours_nothing_is_read() {
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
        "<script>alert(1)</script>",
        "\u{feff}[\"a\"]",
        "\u{fffd}\u{fffd}",
        r#"["\ud800"]"#,
    ] {
        assert_eq!(KnownIds::read(text), KnownIds::default(), "{text}");
    }
    let huge = format!("[\"{}\"]", "a".repeat(10_000_000));
    assert_eq!(KnownIds::read(&huge), KnownIds::default());
}

#[test]
fn what_can_be_no_id_is_left_out() {
    let long = "a".repeat(501);
    let text = format!(r#"["", ".", "..", "{long}", "good", "good", "…", "a/b?c"]"#);
    assert_eq!(KnownIds::read(&text).ids(), ["good", "…", "a/b?c"]);
    let mut known = KnownIds::default();
    known.remember(long);
    known.remember(String::new());
    assert_eq!(known.write(), "");
}

#[test]
fn too_many_are_cut_to_the_newest() {
    let many: Vec<String> = (0..1000).map(|index| format!("\"{index}\"")).collect();
    let read = KnownIds::read(&format!("[{}]", many.join(",")));
    assert_eq!(read.ids().len(), MOST);
    assert_eq!(read.ids()[0], "0", "the first is the newest");
}

#[test]
fn the_last_opened_comes_first_and_once() {
    let mut known = known(&["a", "b", "c"]);
    known.remember("c".into());
    assert_eq!(known.ids(), ["c", "a", "b"]);
    known.forget("a");
    known.forget("never there");
    assert_eq!(known.ids(), ["c", "b"]);
    assert_eq!(known.write(), r#"["c","b"]"#);
}

#[test]
fn each_family_of_each_server_has_a_name_of_its_own() {
    let mut names: Vec<String> = FAMILIES
        .iter()
        .flat_map(|family| ["https://a/api", "https://b/api"].map(|base| name(base, family)))
        .collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 2 * FAMILIES.len());
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(ids in prop::collection::vec("\\PC{1,40}", 0..50)) {
        let mut known = KnownIds::default();
        for id in ids {
            known.remember(id);
        }
        prop_assert_eq!(KnownIds::read(&known.write()), known);
    }

    #[test]
    fn any_text_can_be_read(text in any::<String>()) {
        let known = KnownIds::read(&text);
        prop_assert!(known.ids().len() <= MOST);
    }
}
