//! The items of a job, in columns.
//!
//! `detailed_status` can have a million entries. All names are stored in one string, and each item has the number of
//! its status text: most items share few texts. The order and repeated names are preserved.

use std::borrow::Cow;
use std::collections::HashMap;
use std::mem;
use std::ops::Range;

use crate::format::{json, text};
use crate::job::digest_cell::DigestCell;
use crate::job::item_status::ItemStatus;

/// One distinct status text and how many items have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemText {
    /// The JSON of the value as received; empty for a text of the console.
    pub raw: Box<str>,
    /// The value as text for people: a string without quotes, an array with commas; the JSON itself if that
    /// would be blank.
    pub text: Box<str>,
    /// What it probably means.
    pub status: ItemStatus,
    /// The members of the value when it is a list of strings or numbers.
    pub list: Option<Vec<String>>,
    /// The number of items with this text.
    pub count: usize,
    /// The digest of its cause, which is computed when it is needed.
    pub(in crate::job) cause: DigestCell,
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
    /// Appends to the name of the next item; [`Items::push`] completes it.
    pub fn extend_name(&mut self, part: &str) {
        self.names.push_str(part);
    }

    /// Completes the item named by [`Items::extend_name`]; `raw` is the JSON of its value.
    pub fn push(&mut self, raw: &str) {
        // Many items in a row have the same text, which is then found without hashing it.
        let last = self.text_of.last().copied();
        let text = last
            .filter(|&last| *self.texts[last as usize].raw == *raw)
            .unwrap_or_else(|| self.intern(raw, ItemText::from_json));
        self.texts[text as usize].count += 1;
        self.append("", text);
    }

    /// Completes the item with a text of the console instead of a value.
    pub fn push_derived(&mut self, text: &'static str, status: ItemStatus) {
        let id = self.intern(text, |_| ItemText::derived(text, status));
        self.texts[id as usize].count += 1;
        self.append("", id);
    }

    /// Sets the value of item `index` to the JSON `raw`.
    pub fn set(&mut self, index: usize, raw: &str) {
        let text = self.intern(raw, ItemText::from_json);
        self.set_text(index, text);
    }

    /// Sets a text of the console instead of a value at item `index`. The text is not JSON, so that it differs
    /// from every value.
    pub fn set_derived(&mut self, index: usize, text: &'static str, status: ItemStatus) {
        let id = self.intern(text, |_| ItemText::derived(text, status));
        self.set_text(index, id);
    }

    fn set_text(&mut self, index: usize, text: u32) {
        if let Some(current) = self.text_of.get_mut(index) {
            self.texts[*current as usize].count -= 1;
            *current = text;
            self.texts[text as usize].count += 1;
        }
    }

    /// Inserts requested items that the job has not reported, each with the index of the item that it precedes,
    /// in ascending order.
    pub fn insert_unreported(&mut self, missing: Vec<(usize, String)>) {
        if missing.is_empty() {
            return;
        }
        let unreported =
            self.intern("", |_| ItemText::derived("not reported", ItemStatus::Unreported));
        self.texts[unreported as usize].count += missing.len();
        let reported = mem::take(&mut self.names);
        let (ends, text_of) = (mem::take(&mut self.ends), mem::take(&mut self.text_of));
        let mut missing = missing.into_iter().peekable();
        let mut start = 0;
        for (index, (end, text)) in ends.into_iter().zip(text_of).enumerate() {
            while let Some((_, name)) = missing.next_if(|(before, _)| *before <= index) {
                self.append(&name, unreported);
            }
            self.append(&reported[start..end], text);
            start = end;
        }
        for (_, name) in missing {
            self.append(&name, unreported);
        }
    }

    /// The index of the item `name`: `near` if that is it, otherwise the first of that name.
    pub fn find(&self, name: &str, near: usize) -> Option<usize> {
        if near < self.len() && self.name(near) == name {
            return Some(near);
        }
        self.names().position(|other| other == name)
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
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        (0..self.len()).map(|index| self.name(index))
    }

    /// The names of the items of `status`, in order.
    pub fn names_of(&self, status: ItemStatus) -> impl Iterator<Item = &str> {
        let is_of = move |index| self.text(index).is_some_and(|text| text.status == status);
        self.names().enumerate().filter(move |&(index, _)| is_of(index)).map(|(_, name)| name)
    }

    /// The number of items of `status`.
    pub fn count(&self, status: ItemStatus) -> usize {
        let texts = self.texts.iter().filter(|text| text.status == status);
        texts.map(|text| text.count).sum()
    }

    fn name_range(&self, index: usize) -> Range<usize> {
        let Some(&end) = self.ends.get(index) else {
            return 0..0;
        };
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..end
    }

    /// Completes an item with the rest of its name.
    fn append(&mut self, name: &str, text: u32) {
        self.names.push_str(name);
        self.ends.push(self.names.len());
        self.text_of.push(text);
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
    fn from_json(raw: &str) -> Self {
        let string = json::parse_string(raw);
        let list = text::parse_list(raw)
            .map(|list| list.into_iter().map(Cow::into_owned).collect::<Vec<_>>());
        let status = match (&string, &list) {
            (Some(text), _) => ItemStatus::classify(text),
            (None, Some(_)) => ItemStatus::List,
            (None, None) => ItemStatus::Other,
        };
        let joined = || list.as_ref().map(|list| list.join(", "));
        let text = string.or_else(joined).filter(|text| !text.trim().is_empty());
        Self {
            raw: raw.into(),
            text: text.map_or_else(|| raw.into(), Into::into),
            status,
            list,
            count: 0,
            cause: DigestCell::default(),
        }
    }

    fn derived(text: &'static str, status: ItemStatus) -> Self {
        Self {
            raw: "".into(),
            text: text.into(),
            status,
            list: None,
            count: 0,
            cause: DigestCell::default(),
        }
    }
}
