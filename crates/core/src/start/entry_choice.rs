//! How a list field of a start form is read: by default, and as the person has chosen.

use crate::entries::{Column, EntryList, EntryTable, ShapeChoices, SourceEntries};
use crate::family::start_api::{Field, FieldKind};
use crate::start::Draft;

/// What the person has chosen about the entries of a list field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryChoice {
    /// The column of a table; `None` for the default.
    pub column: Option<Column>,
    /// The shapes that are included or left out.
    pub shapes: ShapeChoices,
}

/// The entries of a list field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldEntries {
    /// A label for each column of the typed table; empty for a list.
    pub columns: Vec<String>,
    /// The column that holds the entries.
    pub column: Column,
    /// The entries.
    pub list: EntryList,
}

impl Draft {
    /// The entries of the list field at `index`.
    ///
    /// # Errors
    /// Why the text cannot be read, in a sentence.
    pub fn entries(&self, index: usize) -> Result<FieldEntries, String> {
        let expected = self.api.fields.get(index).map(Field::expected).unwrap_or_default();
        let choice = self.choice(index);
        let table = EntryTable::parse(self.text(index))?;
        let column = table.column(choice.column, expected);
        let entries: SourceEntries = table.entries(column);
        let list = EntryList::new(&[entries], expected, choice.shapes);
        Ok(FieldEntries { columns: table.columns().to_vec(), column, list })
    }

    /// What the person has chosen about the entries of the field at `index`.
    pub fn choice(&self, index: usize) -> EntryChoice {
        self.choices.get(index).copied().unwrap_or_default()
    }

    /// Sets how the entries of the field at `index` are read.
    pub fn choose(&mut self, index: usize, choice: EntryChoice) {
        if let Some(current) = self.choices.get_mut(index) {
            *current = choice;
        }
    }

    /// Fills in a list that a job reports, all of which is included whatever it looks like.
    pub(super) fn set_reported(&mut self, index: usize, text: String) {
        self.set(index, text);
        let is_list = |kind| matches!(kind, FieldKind::Texts(_));
        if !self.api.fields.get(index).is_some_and(|field| is_list(field.kind)) {
            return;
        }
        let mut choice = self.choice(index);
        for group in self.entries(index).iter().flat_map(|entries| entries.list.left_out()) {
            choice.shapes.set(group.shape, true);
        }
        self.choose(index, choice);
    }
}
