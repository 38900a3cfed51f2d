//! The column of a table that holds the entries.

use crate::entries::{EntryKind, EntryTable, Shape};

/// The cells of a text that are its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// All of them.
    All,
    /// Those of the column at this index.
    At(usize),
}

/// Objects of the API that have ids of their own (CONTRACT.md 1, 3).
const OTHER_OBJECTS: [&str; 11] = [
    "account",
    "connection",
    "domain",
    "group",
    "job",
    "kms",
    "policy",
    "store",
    "tenant",
    "user",
    "vault",
];
/// How many rows are read to find the column. Tables are uniform.
const SAMPLED_ROWS: usize = 200;

/// How likely the header `cell` belongs to the ids of keys; 0 if it is not known.
pub fn header_rank(cell: &str) -> usize {
    let letters = cell.chars().filter(|letter| letter.is_alphanumeric());
    match &*letters.collect::<String>().to_lowercase() {
        "keyid" | "keyids" | "cckmid" | "cckmkeyid" | "cckmkeyids" => 6,
        "id" | "ids" | "key" | "keys" => 3,
        "name" | "names" => 1,
        _ => 0,
    }
}

/// Whether the header `cell` names another object than a key, such as `kms_id`.
fn names_other_object(cell: &str) -> bool {
    let cell = cell.to_lowercase();
    header_rank(&cell) == 0 && OTHER_OBJECTS.iter().any(|object| cell.contains(object))
}

/// The column of `table` that probably holds what is `expected`: by its header, and by the shape of its cells.
pub fn guess(table: &EntryTable, expected: EntryKind) -> Column {
    let mut best = (0, None);
    let mut only_ids = !table.has_header();
    for column in 0..table.columns().len() {
        let entries = table.entries(Column::At(column));
        let cells = entries.texts.iter().skip(entries.headers).take(SAMPLED_ROWS);
        let (mut all, mut ids, mut never) = (0, 0, 0);
        for cell in cells.filter(|cell| !cell.is_empty()) {
            let shape = Shape::new(cell, expected);
            all += 1;
            ids += usize::from(shape == Shape::Id);
            never += usize::from(shape.is_never_id());
        }
        only_ids &= ids * 2 > all;
        let header = table.header(column);
        let is_foreign = expected == EntryKind::KeyIds && header.is_some_and(names_other_object);
        let rank = header.map_or(0, header_rank);
        let score = rank + 5 * usize::from(ids * 2 > all);
        let score = if is_foreign || never * 2 > all { 0 } else { score };
        if score > best.0 {
            best = (score, Some(Column::At(column)));
        }
    }
    match (best.1, expected) {
        _ if only_ids => Column::All,
        (Some(column), _) => column,
        // The fewer entries, the less can go wrong. Names in rows are more often just written so.
        (None, EntryKind::KeyIds) if !table.columns().is_empty() => {
            let is_own = |&column: &usize| !table.header(column).is_some_and(names_other_object);
            Column::At((0..table.columns().len()).find(is_own).unwrap_or(0))
        }
        (None, _) => Column::All,
    }
}
