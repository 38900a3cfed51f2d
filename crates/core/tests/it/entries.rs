//! Lists from people: pasted texts, tables, JSON and files, and what is left out of them.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use cckm_core::entries::{
    self, Column, EntryKind, EntryList, EntryTable, MAX_FILE_BYTES, MAX_FILE_ENTRIES, Shape,
    ShapeChoices,
};
use proptest::prelude::*;

/// The CCKM id with this number.
fn id(at: usize) -> String {
    format!("3f2b8a10-77aa-4c1e-9d00-{at:012}")
}

fn read_column(table: &EntryTable, chosen: Option<Column>) -> EntryList {
    let column = table.column(chosen, EntryKind::KeyIds);
    EntryList::new(&[table.entries(column)], EntryKind::KeyIds, ShapeChoices::default())
}

fn read(text: &str) -> EntryList {
    read_column(&EntryTable::parse(text).unwrap(), None)
}

/// The number and the shape of what is left out.
fn left_out(list: &EntryList) -> Vec<(usize, Shape)> {
    list.left_out().map(|group| (group.count, group.shape)).collect()
}

#[test]
fn file_unusable_explained() {
    let large = vec![b'a'; MAX_FILE_BYTES + 1];
    let long = "a\n".repeat(MAX_FILE_ENTRIES + 1);
    let long_json = format!("[{}\"a\"]", "\"a\",".repeat(MAX_FILE_ENTRIES));
    for (bytes, why) in [
        (&b""[..], "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04\x00\x00", "not plain text"),
        (b"k\0e\0y\0", "not plain text"),
        (b"key\xff\n", "the byte at 3"),
        (&large, "larger than 20 MB"),
        (long.as_bytes(), "more than 1,000,000 entries"),
        (long_json.as_bytes(), "more than 1,000,000 entries"),
        (b"{", "cannot be read"),
        (b"{}", "neither a list"),
        (b"{\"keys\":[]}", "neither a list"),
        (b"{\"keys\":{}}", "neither a list"),
        (b"{\"detailed_status\":{}}", "neither a list"),
        (b"{\"detailed_status\":\"done\"}", "neither a list"),
        (b"{\"skip\":0,\"limit\":10,\"total\":0,\"resources\":[]}", "neither a list"),
        (b"{\"resources\":[{\"id\":\"j\",\"overall_status\":\"completed\"}]}", "neither a list"),
    ] {
        let error = EntryTable::parse_file(bytes).unwrap_err();
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        assert!(error.contains(why), "{head:?}: {error:?}, not {why:?}");
    }
}

#[test]
fn text_any_notation_same_entries() {
    let ids = [id(1), id(2), id(3)];
    let [a, b, c] = &ids;
    for text in [
        format!("{a}\n{b}\n{c}"),
        format!("\u{feff}{a}\r\n{b}\r\n{c}\r\n"),
        format!("{a}\r{b}\r{c}"),
        format!("{a},{b},{c}"),
        format!("{a}; {b}; {c};"),
        format!("{a}\t{b}\t{c}"),
        format!("{a},\n{b},\n{c},"),
        format!("{a},{b}\n{c}"),
        format!("\"{a}\"\n\"{b}\"\n\"{c}\""),
        format!("'{a}', '{b}', `{c}`"),
        format!("“{a}” “\n„{b}“\n{c}").replace(" “", ""),
        format!("[\"{a}\",\"{b}\",\"{c}\"]"),
        format!("[{a}, '{b}', \"{c}\",]"),
        format!("[\n  \"{a}\",\n  \"{b}\",\n  \"{c}\"\n]"),
        format!("{{\"id\":\"x\",\"keys\":[\"{a}\",\"{b}\",\"{c}\"]}}"),
        format!("{{\"keys\":null,\"detailed_status\":{{\"{a}\":1,\"{b}\":2,\"{c}\":3}}}}"),
        format!("alias,id\nalias/a,{a}\nalias/b,{b}\nalias/c,{c}"),
        format!("alias;region;key_id\nalias/a;eu;{a}\nalias/b;eu;{b}\n\"alias;c\";eu;\"{c}\"\n"),
        format!("{a}\talias/a\n{b}\talias/b\n{c}\talias/c"),
        format!("\tID\n1\t{a}\n2\t{b}\n3\t{c}"),
        format!("alias/a,{a}\nalias/b,{b}\nalias/c,{c}"),
    ] {
        assert_eq!(read(&text).included, ids, "{text:?}");
        assert_eq!(EntryTable::parse_file(text.as_bytes()), EntryTable::parse(&text), "{text:?}");
    }
    let job = include_str!("../data/samples/aws-bulk-get.json");
    assert!(!read(job).included.is_empty(), "a job as the server sends it");
}

#[test]
fn entries_that_are_no_key_ids_left_out_by_shape() {
    use Shape::{Alias, Arn, Broken, Header, Other, Placeholder, Prose};
    let ids = format!("{}\n{}\n{}", id(1), id(2), id(3));
    for (text, expected) in [
        ("alias/a\nALIAS/b", &[(2, Alias)][..]),
        ("arn:aws:kms:eu-west-1:1:key/x", &[(1, Arn)]),
        ("???", &[(1, Placeholder)]),
        ("-\nnull\nN/A", &[(3, Placeholder)]),
        ("[\"a", &[(1, Broken)]),
        ("<img src=x>\nb\"c\n(d)", &[(3, Broken)]),
        ("two words", &[(1, Prose)]),
        ("key-1", &[(1, Other)]),
        ("mrk-1234abcd", &[(1, Other)]),
        // The last block of a documented sample is no hexadecimal number (CONTRACT.md 2.1).
        ("3f2b8a10-77aa-4c1e-9d00-00000f3332fg", &[]),
    ] {
        let list = read(&format!("{ids}\n{text}"));
        assert_eq!(left_out(&list), expected, "{text:?}");
        assert_eq!(list.included[..3], [id(1), id(2), id(3)], "{text:?}");
    }
    assert_eq!(left_out(&read(&format!("Key ID\n{ids}"))), [(1, Header)]);
    assert_eq!(left_out(&read(&"k".repeat(201))), [(1, Prose)]);
    // The format of ids is not documented, so nothing is left out of a list of equal forms or of mostly other ones.
    assert_eq!(left_out(&read("key-1\nkey-2")), []);
    assert_eq!(left_out(&read(&format!("key-1\nkey-2\n{}\n{}", id(1), id(2)))), []);
    // 208 aliases are not 208 keys, even without one id among them.
    let aliases: Vec<String> = (0..208).map(|at| format!("alias/a{at}")).collect();
    let list = read(&aliases.join("\n"));
    assert_eq!((list.included.len(), left_out(&list)), (0, vec![(208, Alias)]));
    let group = &list.groups[0];
    assert_eq!(
        (group.label(), group.range()),
        ("208 aliases".into(), "alias/a0 … alias/a207".into())
    );
    assert_eq!(list.summary(("key", "keys")), "0 keys. Left out: 208 aliases");
}

#[test]
fn shape_chosen_by_the_person_kept_or_left_out() {
    let table = EntryTable::parse(&format!("{}\nalias/a\n{}", id(1), id(2))).unwrap();
    let mut choices = ShapeChoices::default();
    choices.set(Shape::Alias, true);
    let list = EntryList::new(&[table.entries(Column::All)], EntryKind::KeyIds, choices);
    assert_eq!(list.included, [id(1), "alias/a".into(), id(2)]);
    choices.set(Shape::Id, false);
    let list = EntryList::new(&[table.entries(Column::All)], EntryKind::KeyIds, choices);
    assert_eq!(list.included, ["alias/a"]);
    // What a job reports was a key to the server.
    let mut part = table.entries(Column::All);
    part.is_reported = true;
    let list = EntryList::new(&[part], EntryKind::KeyIds, ShapeChoices::default());
    assert_eq!(list.included.len(), 3);
}

#[test]
fn forgotten_quote_swallows_nothing() {
    for text in [
        format!("\"{}\n{}\n{}", id(1), id(2), id(3)),
        format!("\"{},{},{}", id(1), id(2), id(3)),
        format!("\"{}\n{},\"{}\"", id(1), id(2), id(3)),
    ] {
        let list = read(&text);
        assert_eq!(list.included, [id(2), id(3)], "{text:?}");
        assert_eq!(left_out(&list), [(1, Shape::Broken)], "{text:?}");
    }
    let table = format!("id,name\n\"{},a\n{},b\n{},\"c\n{},d", id(1), id(2), id(3), id(4));
    let list = read(&table);
    assert_eq!(list.included, [id(2), id(3), id(4)]);
    assert_eq!(left_out(&list), [(1, Shape::Header), (1, Shape::Broken)]);
    assert_eq!(
        read("\"a,b\",1\n\"c\"\"d\",2").groups.len(),
        2,
        "a comma and a quote within quotes"
    );
}

#[test]
fn table_column_chosen_or_guessed() {
    let text = format!("n,key_id,other\n1,{},{}\n2,{},{}", id(1), id(2), id(3), id(4));
    let table = EntryTable::parse(&text).unwrap();
    assert_eq!(table.columns(), ["1: n", "2: key_id", "3: other"]);
    assert_eq!(table.column(None, EntryKind::KeyIds), Column::At(1));
    assert_eq!(read_column(&table, None).included, [id(1), id(3)]);
    assert_eq!(read_column(&table, Some(Column::At(2))).included, [id(2), id(4)]);
    let all = read_column(&table, Some(Column::All));
    assert_eq!(all.included, [id(1), id(2), id(3), id(4)]);
    assert_eq!(left_out(&all), [(2, Shape::Other), (3, Shape::Header)]);
    // A column that a changed text no longer has.
    assert_eq!(read_column(&table, Some(Column::At(7))).included, [id(1), id(3)]);
    for (text, column) in [
        ("a2,eu\na3,us".to_owned(), Column::At(0)),
        (format!("{},{}\n{},{}", id(1), id(2), id(3), id(4)), Column::All),
        (format!("id,name\n1,{}\n2,{}", id(1), id(2)), Column::At(1)),
        ("name,key_id\nalias/a,k-1\nalias/b,k-2".to_owned(), Column::At(1)),
        ("key_id,id\nalias/a,k-1\nalias/b,k-2".to_owned(), Column::At(1)),
        ("one,two,three".to_owned(), Column::All),
    ] {
        let table = EntryTable::parse(&text).unwrap();
        assert_eq!(table.column(None, EntryKind::KeyIds), column, "{text:?}");
    }
}

#[test]
fn list_of_objects_read_as_a_table() {
    let (one, two) = (id(1), id(2));
    let keys = format!(
        r#"[{{"uri":"u","id":"{one}","aws_param":{{"KeyID":"x"}},"size":3}},
            {{"id":"{two}","uri":null,"labels":[],"enabled":true}}]"#
    );
    for text in [keys.clone(), format!(r#"{{"skip":0,"total":2,"resources":{keys}}}"#)] {
        let table = EntryTable::parse(&text).unwrap();
        assert_eq!(table.columns(), ["1: uri", "2: id", "3: size", "4: enabled"]);
        assert_eq!((table.header(1), table.is_json(), table.len()), (Some("id"), true, 2));
        let list = read_column(&table, None);
        assert_eq!((&list.included, left_out(&list)), (&vec![one.clone(), two.clone()], vec![]));
        let uris = read_column(&table, Some(Column::At(0)));
        assert_eq!(uris.included, ["u"]);
        assert_eq!(left_out(&uris), [(1, Shape::Placeholder)]);
    }
    // As another client prints them, one after the other.
    let lines = format!("{{\"id\":\"{one}\"}}\n{{\"id\":\"{two}\"}}");
    assert_eq!(read(&lines).included, [one.clone(), two.clone()]);
    // An element that is no object stays an entry, beside those that are.
    let list =
        read(&format!(r#"{{"resources":[{{"id":"{one}","kms":"k"}},null,{{"id":"{two}"}}]}}"#));
    assert_eq!(list.included, [one.clone(), two]);
    assert_eq!(left_out(&list), [(1, Shape::Placeholder)]);
    // The id of another object is no key.
    let table = EntryTable::parse(&format!(r#"[{{"kms_id":"{one}","alias":"a-1"}}]"#)).unwrap();
    assert_eq!(table.column(None, EntryKind::KeyIds), Column::At(1));
    // Elements without a text of their own stay entries of the list.
    for text in [r#"[{"a":[]}]"#, r#"[{"a":"1"},null,7]"#, "[[]]"] {
        let table = EntryTable::parse(text).unwrap();
        assert!(table.columns().is_empty() && !table.is_empty(), "{text}");
    }
}

#[test]
fn page_of_a_longer_list_says_how_many_are_missing() {
    let page = format!(r#"{{"skip":0,"limit":1,"total":4211,"resources":[{{"id":"{}"}}]}}"#, id(1));
    for column in [None, Some(Column::All)] {
        let list = read_column(&EntryTable::parse(&page).unwrap(), column);
        let expected =
            "1 key. The list on the server has 4,210 more entries: this is one page of it";
        assert_eq!(list.summary(("key", "keys")), expected);
    }
}

#[test]
fn counts_of_what_is_left_out_told() {
    let list = read("key_id\na , b\nb,,c\n\na");
    assert_eq!(list.included, ["a", "b", "c"]);
    let keys = ("key recognised", "keys recognised");
    let expected = "3 keys recognised. Left out: 2 repeated, 2 blank, 1 column header";
    assert_eq!(list.summary(keys), expected);
    assert_eq!(read("a").summary(keys), "1 key recognised");
}

#[test]
fn million_entries_read_in_one_pass() {
    let mut text = "[".to_owned();
    for at in 0..1_000_000 {
        _ = write!(text, "\"{at},");
    }
    // Every entry begins with a quote that is not closed.
    let list = read(&text);
    assert_eq!(left_out(&list), [(1_000_000, Shape::Broken)]);
    let list = read(&"“a,".repeat(1_000_000));
    assert_eq!(list.repeated, 999_999);
}

/// Pieces of lists as people paste them.
const PIECES: &str = "([ab]{1,2}|alias/a|\\?\\?\\?|3f2b8a10-77aa-4c1e-9d00-00000000000[0-3]|[\\[\\]\"'“,;\t\r\n ]|key_id|\\PC){0,24}";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_no_entry_lost(text in PIECES, column in 0_usize..4, alias in any::<Option<bool>>()) {
        let table = EntryTable::parse(&text).unwrap_or_default();
        let chosen = [Column::All, Column::At(0), Column::At(1), Column::At(2)][column];
        let mut choices = ShapeChoices::default();
        if let Some(is_included) = alias {
            choices.set(Shape::Alias, is_included);
        }
        for expected in [EntryKind::KeyIds, EntryKind::Names] {
            let column = table.column(Some(chosen), expected);
            let part = table.entries(column);
            let all = if column == Column::All { table.cell_count() } else { table.len() };
            prop_assert_eq!(part.texts.len(), all);
            let list = EntryList::new(&[part], expected, choices);
            let left_out: usize = list.left_out().map(|group| group.count).sum();
            prop_assert_eq!(list.included.len() + left_out + list.repeated + list.blank, all);
            let counted: usize = list.groups.iter().map(|group| group.count).sum();
            prop_assert_eq!(list.included.len() + left_out, counted);
        }
    }

    #[test]
    fn any_text_every_letter_in_some_cell(text in "[a-z,;\t\n\" ]{0,40}") {
        let table = EntryTable::parse(&text).unwrap();
        let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
        let cells: String = table.entries(Column::All).texts.concat();
        prop_assert_eq!(letters(&cells), letters(&text));
    }

    #[test]
    fn same_ids_in_any_notation_same_entries(numbers in prop::collection::vec(0_usize..50, 2..30)) {
        let ids: Vec<String> = numbers.into_iter().map(id).collect();
        let lines = read(&ids.join("\n"));
        let row = |id: &String| format!("eu;{id};\"alias/{id}\"");
        let table: Vec<String> = ids.iter().map(row).collect();
        for text in [
            ids.join(", "),
            serde_json::to_string(&ids).unwrap(),
            serde_json::to_string_pretty(&ids).unwrap(),
            format!("[{}]", ids.join(",")),
            table.join("\r\n"),
            format!("region;key id;alias\n{}", table.join("\n")),
        ] {
            let list = read(&text);
            prop_assert_eq!(&list.included, &lines.included, "{}", text);
            prop_assert_eq!(list.repeated, lines.repeated);
        }
    }

    #[test]
    fn written_list_read_back(list in prop::collection::vec("\\PC{0,6}|[\\[\\]{}\",;\n\t ab]{0,5}", 0..9)) {
        let table = EntryTable::parse(&entries::write(&list)).unwrap();
        prop_assert_eq!(table.columns().len(), 0);
        prop_assert_eq!(table.entries(Column::All).texts, list);
    }

    #[test]
    fn any_bytes_table_or_error(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        _ = EntryTable::parse_file(&bytes);
    }
}
