//! The one reader of lists from people: pasted text, files and the list fields of forms.
//!
//! [`EntryTable`] reads a text, [`EntryList`] groups its entries by [`Shape`]. Entries that are probably not what is
//! expected are left out, counted, and included if the person chooses so. No entry disappears without a count.

mod cells;
mod column;
mod list;
mod shape;
mod table;

pub use crate::entries::column::Column;
pub use crate::entries::list::{EntryList, ShapeGroup, SourceEntries};
pub use crate::entries::shape::{EntryKind, Shape, ShapeChoices};
pub use crate::entries::table::{EntryTable, MAX_FILE_BYTES, MAX_FILE_ENTRIES};

/// The text that is read back as exactly `list`: one entry a line, or else a JSON list.
pub fn write(list: &[String]) -> String {
    let lines = list.join("\n");
    let is_same = EntryTable::parse(&lines)
        .is_ok_and(|table| table.columns().is_empty() && table.entries(Column::All).texts == list);
    if is_same { lines } else { serde_json::to_string(list).unwrap_or(lines) }
}
