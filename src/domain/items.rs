//! The items of a job, in columns.
//!
//! `detailed_status` can hold a million entries, so it is kept as one arena for the names and one
//! small integer per item for its interned status text, never as a map of strings. Order and
//! repeated names are kept as they came.

use std::collections::HashMap;
use std::ops::Range;

use super::class::Class;

/// One distinct status text and how many items have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemText {
    /// The value as JSON, exactly as it came; empty for items that were not reported.
    pub raw: Box<str>,
    /// The value as people read it: a string without its quotes, a list of strings with commas.
    pub shown: Box<str>,
    /// What it probably means.
    pub class: Class,
    /// The members of the value when it is a list of strings or numbers.
    pub list: Option<Vec<String>>,
    /// The number of items with this text.
    pub count: usize,
}

/// Every item of a job, with its status text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items {
    names: String,
    ends: Vec<usize>,
    text_of: Vec<u32>,
    texts: Vec<ItemText>,
    by_raw: HashMap<Box<str>, u32>,
}

impl Items {
    /// Appends to the name of the item being read; [`Items::push`] ends it.
    pub fn extend_name(&mut self, part: &str) {
        self.names.push_str(part);
    }

    /// Ends the item whose name was given to [`Items::extend_name`]; `raw` is its value as JSON.
    pub fn push(&mut self, raw: &str) {
        let text = self.intern(raw, ItemText::read);
        self.end_item(text);
    }

    /// Appends an item that was asked for and that the job has not reported.
    pub fn push_unreported(&mut self, name: &str) {
        self.extend_name(name);
        let text = self.intern("", |_| ItemText::unreported());
        self.end_item(text);
    }

    /// The number of items.
    pub fn len(&self) -> usize {
        self.text_of.len()
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.text_of.is_empty()
    }

    /// The name of item `index`; empty past the end.
    pub fn name(&self, index: usize) -> &str {
        &self.names[self.name_range(index)]
    }

    /// The status text of item `index`, if there is such an item.
    pub fn text(&self, index: usize) -> Option<&ItemText> {
        self.texts.get(self.text_id(index)?)
    }

    /// The number of the text of item `index` in [`Items::texts`].
    pub fn text_id(&self, index: usize) -> Option<usize> {
        self.text_of.get(index).map(|&id| id as usize)
    }

    /// The distinct texts in order of first appearance.
    pub fn texts(&self) -> &[ItemText] {
        &self.texts
    }

    /// All names in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.name(index))
    }

    /// How many items are of `class`.
    pub fn count(&self, class: Class) -> usize {
        let texts = self.texts.iter().filter(|text| text.class == class);
        texts.map(|text| text.count).sum()
    }

    fn name_range(&self, index: usize) -> Range<usize> {
        let Some(&end) = self.ends.get(index) else {
            return 0..0;
        };
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..end
    }

    fn end_item(&mut self, text: u32) {
        self.ends.push(self.names.len());
        self.text_of.push(text);
        self.texts[text as usize].count += 1;
    }

    fn intern(&mut self, raw: &str, read: impl FnOnce(&str) -> ItemText) -> u32 {
        if let Some(&id) = self.by_raw.get(raw) {
            return id;
        }
        let id = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(read(raw));
        self.by_raw.insert(raw.into(), id);
        id
    }
}

impl ItemText {
    fn read(raw: &str) -> Self {
        if let Some(text) = super::json::string(raw) {
            return Self {
                raw: raw.into(),
                class: Class::of_text(&text),
                shown: text.into(),
                list: None,
                count: 0,
            };
        }
        match super::text::plain_list(raw) {
            Some(list) => Self {
                raw: raw.into(),
                shown: list.join(", ").into(),
                class: Class::List,
                list: Some(list),
                count: 0,
            },
            None => Self {
                raw: raw.into(),
                shown: raw.into(),
                class: Class::Other,
                list: None,
                count: 0,
            },
        }
    }

    fn unreported() -> Self {
        Self {
            raw: "".into(),
            shown: "not reported".into(),
            class: Class::Unreported,
            list: None,
            count: 0,
        }
    }
}
