//! Keys as people have them: pasted, in tables, in JSON, and files that hold none.
#![allow(clippy::unwrap_used)]

use cckm_core::batch::{MOST_BYTES, MOST_LINES, gather, read_file, split};
use proptest::prelude::*;

#[test]
fn what_is_no_list_of_keys_is_told_apart() {
    let large = vec![b'a'; MOST_BYTES + 1];
    let long = "a\n".repeat(MOST_LINES + 1);
    let long_json = format!("[{}\"a\"]", "\"a\",".repeat(MOST_LINES));
    for (bytes, why) in [
        (&b""[..], "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04\x00\x00", "no plain text"),
        (b"k\0e\0y\0", "no plain text"),
        (b"key\xff\n", "the byte at 3"),
        (&large, "larger than 20 MB"),
        (long.as_bytes(), "more than 1,000,000 lines"),
        (long_json.as_bytes(), "more than 1,000,000 lines"),
        (b"[", "neither a list of texts"),
        (b"[]", "neither a list of texts"),
        (b"[1,2]", "neither a list of texts"),
        (b"[\"a\",1]", "neither a list of texts"),
        (b"[\"a\",\"b\"", "neither a list of texts"),
        (b"{", "cannot be read"),
        (b"{}", "neither a list of texts"),
        (b"{\"keys\":[]}", "neither a list of texts"),
        (b"{\"keys\":{}}", "neither a list of texts"),
        (b"{\"detailed_status\":{}}", "neither a list of texts"),
        (b"{\"detailed_status\":\"done\"}", "neither a list of texts"),
        (
            b"{\"skip\":0,\"limit\":10,\"total\":0,\"resources\":[]}",
            "neither a list of texts",
        ),
    ] {
        let told = read_file(bytes).unwrap_err();
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        assert!(told.contains(why), "{head:?} tells {told:?}, not {why:?}");
    }
}

#[test]
fn files_that_hold_keys() {
    let job = include_str!("../data/samples/aws-bulk-get.json");
    for (text, keys, other) in [
        ("a", &["a"][..], false),
        ("a\r\nb\r\n", &["a", "b"], false),
        ("\u{feff}a\nb", &["a", "b"], false),
        ("a\n\nb", &["a", "", "b"], false),
        ("a,1,x\nb,2,y", &["a", "b"], true),
        ("a;1\nb;2", &["a", "b"], true),
        ("a\t1\nb", &["a", "b"], true),
        ("\"a,b\",1\n\"say \"\"c\"\"\"", &["a,b", "say \"c\""], true),
        ("\"a\nb", &["\"a", "b"], false),
        ("\"a\"", &["a"], false),
        (" [\"a\", \"b, c\"] ", &["a", "b, c"], false),
        ("{\"id\":\"x\",\"keys\":[\"a\",\"b\"]}", &["a", "b"], false),
        (
            "{\"detailed_status\":{\"a\":\"Success\",\"b\":\"x\"}}",
            &["a", "b"],
            false,
        ),
        (
            "{\"keys\":null,\"detailed_status\":{\"a\":1}}",
            &["a"],
            false,
        ),
    ] {
        let keys = keys.iter().map(|&key| key.to_owned()).collect();
        assert_eq!(read_file(text.as_bytes()), Ok((keys, other)), "{text:?}");
    }
    let (keys, _) = read_file(job.as_bytes()).unwrap();
    assert!(!keys.is_empty(), "a job as the server sends it");
}

#[test]
fn what_is_left_out_is_counted() {
    let long = "k".repeat(201);
    let text = format!("key_id\na , b\nb,,c\n\nd e\n{long}\na");
    let found = gather(split(&text));
    assert_eq!(found.keys, ["key_id", "a", "b", "c", "d e", &long]);
    assert_eq!((found.repeated, found.blank), (2, 2));
    assert_eq!(found.odd, ["key_id", "d e", &long]);
    assert_eq!(
        found.summary(),
        "6 keys recognised, 2 repeated left out, 2 blank left out"
    );
    let found = found.without_odd();
    assert_eq!(found.keys, ["a", "b", "c"]);
    assert_eq!(
        found.summary(),
        "3 keys recognised, 2 repeated left out, 2 blank left out"
    );
    // Only the first line can be a head.
    assert_eq!(gather(split("a\nid")).odd, [""; 0]);
    assert_eq!(gather(split("a")).summary(), "1 key recognised");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_entry_is_a_key_a_repetition_or_blank(entries in prop::collection::vec("[ab ]{0,3}|\\PC{0,6}", 0..40)) {
        let found = gather(entries.iter().map(String::as_str));
        prop_assert_eq!(found.keys.len() + found.repeated + found.blank, entries.len());
        for entry in &entries {
            prop_assert!(entry.trim().is_empty() || found.keys.iter().any(|key| key == entry.trim()));
        }
        prop_assert!(found.odd.iter().all(|odd| found.keys.contains(odd)));
    }

    #[test]
    fn any_file_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60), text in "[\\[{\"a,;\n:}\\] ]{0,20}") {
        for bytes in [&bytes, text.as_bytes()] {
            if let Ok((entries, _)) = read_file(bytes) {
                prop_assert!(!entries.is_empty());
            }
        }
    }

    #[test]
    fn a_table_gives_back_what_was_put_into_its_first_column(cells in prop::collection::vec("[a-z\",; ]{0,5}x", 1..9)) {
        let line = |cell: &String| format!("\"{}\",1", cell.replace('"', "\"\""));
        let text: Vec<String> = cells.iter().map(line).collect();
        prop_assert_eq!(read_file(text.join("\n").as_bytes()), Ok((cells, true)));
    }
}
