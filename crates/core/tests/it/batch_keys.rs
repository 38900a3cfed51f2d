//! Keys from pasted texts, tables and JSON, and files without keys.
#![allow(clippy::unwrap_used)]

use cckm_core::batch::{
    KeyFile, MAX_FILE_BYTES, MAX_FILE_KEYS, collect_keys, parse_key_file, split_keys,
};
use proptest::prelude::*;

#[test]
fn parse_key_file_unusable_files_explained() {
    let large = vec![b'a'; MAX_FILE_BYTES + 1];
    let long = "a\n".repeat(MAX_FILE_KEYS + 1);
    let long_json = format!("[{}\"a\"]", "\"a\",".repeat(MAX_FILE_KEYS));
    for (bytes, why) in [
        (&b""[..], "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04\x00\x00", "not plain text"),
        (b"k\0e\0y\0", "not plain text"),
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
        (b"{\"skip\":0,\"limit\":10,\"total\":0,\"resources\":[]}", "neither a list of texts"),
    ] {
        let error = parse_key_file(bytes).unwrap_err();
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        assert!(error.contains(why), "{head:?}: {error:?}, not {why:?}");
    }
}

#[test]
fn parse_key_file_supported_formats_entries_read() {
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
        ("{\"detailed_status\":{\"a\":\"Success\",\"b\":\"x\"}}", &["a", "b"], false),
        ("{\"keys\":null,\"detailed_status\":{\"a\":1}}", &["a"], false),
    ] {
        let keys = keys.iter().map(|&key| key.to_owned()).collect();
        let file = KeyFile { entries: keys, has_other_columns: other };
        assert_eq!(parse_key_file(text.as_bytes()), Ok(file), "{text:?}");
    }
    let file = parse_key_file(job.as_bytes()).unwrap();
    assert!(!file.entries.is_empty(), "a job as the server sends it");
}

#[test]
fn collect_keys_left_out_entries_counted() {
    let long = "k".repeat(201);
    let text = format!("key_id\na , b\nb,,c\n\nd e\n{long}\na");
    let found = collect_keys(split_keys(&text));
    assert_eq!(found.keys, ["key_id", "a", "b", "c", "d e", &long]);
    assert_eq!((found.repeated, found.blank), (2, 2));
    assert_eq!(found.suspicious, ["key_id", "d e", &long]);
    assert_eq!(found.summary(), "6 keys recognised, 2 repeated left out, 2 blank left out");
    let found = found.without_suspicious();
    assert_eq!(found.keys, ["a", "b", "c"]);
    assert_eq!(found.summary(), "3 keys recognised, 2 repeated left out, 2 blank left out");
    // Only the first line can be a header.
    assert_eq!(collect_keys(split_keys("a\nid")).suspicious, [""; 0]);
    assert_eq!(collect_keys(split_keys("a")).summary(), "1 key recognised");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn collect_keys_any_entries_each_is_key_repeated_or_blank(entries in prop::collection::vec("[ab ]{0,3}|\\PC{0,6}", 0..40)) {
        let found = collect_keys(entries.iter().map(String::as_str));
        prop_assert_eq!(found.keys.len() + found.repeated + found.blank, entries.len());
        for entry in &entries {
            prop_assert!(entry.trim().is_empty() || found.keys.iter().any(|key| key == entry.trim()));
        }
        prop_assert!(found.suspicious.iter().all(|odd| found.keys.contains(odd)));
    }

    #[test]
    fn parse_key_file_any_bytes_entries_or_error(bytes in prop::collection::vec(any::<u8>(), 0..60), text in "[\\[{\"a,;\n:}\\] ]{0,20}") {
        for bytes in [&bytes, text.as_bytes()] {
            if let Ok(file) = parse_key_file(bytes) {
                prop_assert!(!file.entries.is_empty());
            }
        }
    }

    #[test]
    fn parse_key_file_quoted_first_column_read_back(cells in prop::collection::vec("[a-z\",; ]{0,5}x", 1..9)) {
        let line = |cell: &String| format!("\"{}\",1", cell.replace('"', "\"\""));
        let text: Vec<String> = cells.iter().map(line).collect();
        prop_assert_eq!(parse_key_file(text.join("\n").as_bytes()), Ok(KeyFile { entries: cells, has_other_columns: true }));
    }
}
