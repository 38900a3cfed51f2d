//! Reads the entries of a typed or pasted list.

use std::collections::HashSet;

use crate::format::text;
use crate::format::text::group_digits;

/// The entries of a typed list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// The entries in order, each once.
    pub list: Vec<String>,
    /// The number of repeated entries, which are left out.
    pub repeated: usize,
    /// The number of empty entries, which are left out. Those at the end do not count.
    pub blank: usize,
}

impl Entries {
    /// A sentence about what was left out; empty if nothing was.
    pub fn left_out(&self) -> String {
        let parts: Vec<String> = [(self.repeated, "repeated"), (self.blank, "empty")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", group_digits(count)))
            .collect();
        if parts.is_empty() {
            return String::new();
        }
        format!("Left out: {}", parts.join(", "))
    }
}

impl From<&str> for Entries {
    /// Reads entries on separate lines or between commas, or a JSON list of texts.
    fn from(typed: &str) -> Self {
        let typed = typed.trim();
        let list = typed.starts_with('[').then(|| text::parse_list(typed)).flatten();
        match list {
            Some(list) => list.iter().map(|entry| &**entry).collect(),
            None => typed
                .lines()
                .map(str::trim)
                .flat_map(|line| line.strip_suffix(',').unwrap_or(line).split(','))
                .collect(),
        }
    }
}

impl<'a> FromIterator<&'a str> for Entries {
    fn from_iter<I: IntoIterator<Item = &'a str>>(parts: I) -> Self {
        let mut entries = Self::default();
        let mut seen = HashSet::new();
        let mut blank = 0;
        for part in parts.into_iter().map(str::trim) {
            if part.is_empty() {
                blank += 1;
                continue;
            }
            entries.blank += std::mem::take(&mut blank);
            if seen.insert(part) {
                entries.list.push(part.to_owned());
            } else {
                entries.repeated += 1;
            }
        }
        entries
    }
}
