//! Entries without duplicates, grouped by shape, with those that are left out.

use std::collections::HashSet;

use crate::entries::cells::trim;
use crate::entries::{EntryKind, Shape, ShapeChoices};
use crate::format::text::{group_digits, pluralize, truncate};

/// The entries of one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceEntries<'a> {
    /// The entries.
    pub texts: Vec<&'a str>,
    /// How many at the start are headers.
    pub headers: usize,
    /// How many more entries the list has that the source is a part of: an answer of the API is one page of it.
    pub missing: usize,
    /// Whether they come from a list without columns.
    pub is_list: bool,
    /// Whether a job or a batch reports them. Then their shape does not matter.
    pub is_reported: bool,
    /// Whether it is certain where an entry begins and ends, as in JSON.
    pub is_exact: bool,
}

/// All entries of one shape.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ShapeGroup {
    /// The shape.
    pub shape: Shape,
    /// How many different entries have it.
    pub count: usize,
    /// Whether they are included.
    pub is_included: bool,
    /// The first of them.
    pub first: String,
    /// The last of them.
    pub last: String,
}

/// The entries from all sources together. `included`, the groups that are left out, `repeated` and `blank` add up to all
/// entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryList {
    /// Each entry that is included once, in the order given.
    pub included: Vec<String>,
    /// The number of repeated entries, which are left out.
    pub repeated: usize,
    /// The number of blank entries, which are left out.
    pub blank: usize,
    /// How many entries are on other pages of the lists that were given.
    pub missing: usize,
    /// The groups, those that are probably expected first.
    pub groups: Vec<ShapeGroup>,
}

impl EntryList {
    /// Trims the entries of `sources`, drops blank and repeated ones, and leaves out the shapes that are probably not
    /// what is `expected`, unless `choices` says otherwise.
    pub fn new(sources: &[SourceEntries], expected: EntryKind, choices: ShapeChoices) -> Self {
        let mut list = Self::default();
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for source in sources {
            list.missing += source.missing;
            for (index, text) in source.texts.iter().enumerate() {
                let text = trim(text);
                if text.is_empty() {
                    list.blank += 1;
                } else if seen.insert(text) {
                    found.push((text, source.shape(text, index, expected)));
                } else {
                    list.repeated += 1;
                }
            }
        }
        let count = |shape| found.iter().filter(|(_, own)| *own == shape).count();
        // In a list of ids, the few others are something else.
        let is_foreign = expected == EntryKind::KeyIds && count(Shape::Id) > count(Shape::Other);
        for shape in ShapeChoices::shapes() {
            let mut texts = found.iter().filter(|(_, own)| *own == shape).map(|(text, _)| *text);
            let Some(first) = texts.next() else {
                continue;
            };
            let is_expected = !(shape.is_never_id() || shape == Shape::Other && is_foreign);
            list.groups.push(ShapeGroup {
                shape,
                count: count(shape),
                is_included: choices.get(shape).unwrap_or(is_expected),
                first: first.to_owned(),
                last: texts.next_back().unwrap_or(first).to_owned(),
            });
        }
        let is_included =
            |shape| list.groups.iter().any(|group| group.shape == shape && group.is_included);
        let included = ShapeChoices::shapes().map(is_included).collect::<Vec<_>>();
        let texts = found.iter().filter(|(_, shape)| included[*shape as usize]);
        list.included = texts.map(|(text, _)| (*text).to_owned()).collect();
        list
    }

    /// The groups that are left out.
    pub fn left_out(&self) -> impl Iterator<Item = &ShapeGroup> {
        self.groups.iter().filter(|group| !group.is_included)
    }

    /// What is left out, each with its number: `2 repeated`, `208 aliases`.
    fn left_out_texts(&self) -> Vec<String> {
        let counts = [(self.repeated, "repeated"), (self.blank, "blank")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, what)| format!("{} {what}", group_digits(count)));
        counts.chain(self.left_out().map(ShapeGroup::label)).collect()
    }

    /// The number of entries that are included, and what is left out: `2 keys. Left out: 1 repeated`.
    pub fn summary(&self, (one, many): (&str, &str)) -> String {
        let included = pluralize(self.included.len(), one, many);
        let mut summary = included;
        let left_out = self.left_out_texts();
        if !left_out.is_empty() {
            summary = format!("{summary}. Left out: {}", left_out.join(", "));
        }
        if self.missing > 0 {
            let more = pluralize(self.missing, "more entry", "more entries");
            summary =
                format!("{summary}. The list on the server has {more}: this is one page of it");
        }
        summary
    }
}

impl SourceEntries<'_> {
    fn shape(&self, text: &str, index: usize, expected: EntryKind) -> Shape {
        match expected {
            _ if self.is_reported => Shape::Reported,
            EntryKind::KeyIds if index < self.headers => Shape::Header,
            // Any text can be a name, but a row of names is no header by chance.
            EntryKind::Names if index < self.headers && !self.is_list => Shape::Header,
            EntryKind::Names if self.is_exact => Shape::Other,
            _ => Shape::new(text, expected),
        }
    }
}

impl ShapeGroup {
    /// Their number and what they are: `208 aliases`.
    pub fn label(&self) -> String {
        let (one, many) = self.shape.nouns();
        pluralize(self.count, one, many)
    }

    /// The first and the last of them, on one line.
    pub fn range(&self) -> String {
        let (first, last) = (truncate(self.first.clone()), truncate(self.last.clone()));
        if self.count == 1 { first } else { format!("{first} … {last}") }
    }
}
