//! Reads keys from pasted text and files. A key is opaque: its format is not documented.

use std::collections::HashSet;

use crate::format::json;
use crate::format::text::{group_digits, pluralize};

/// The size of the largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 20_000_000;
/// The largest number of lines, or keys, in a file.
pub const MAX_FILE_KEYS: usize = 1_000_000;
/// A key of more characters than this is suspicious.
const LONG: usize = 200;
/// Common headers of the key column of a table.
const HEADERS: [&str; 8] = ["key", "keys", "id", "ids", "key_id", "keyid", "key id", "name"];
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// The keys from all sources together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyList {
    /// Each key once, in the order given.
    pub keys: Vec<String>,
    /// The number of repeated entries, which are left out.
    pub repeated: usize,
    /// The number of blank entries, which are left out.
    pub blank: usize,
    /// Entries of `keys` that are probably not keys: with spaces, very long, or the header of a column.
    pub suspicious: Vec<String>,
}

impl KeyList {
    /// This list without the suspicious keys.
    #[must_use]
    pub fn without_suspicious(mut self) -> Self {
        let suspicious: HashSet<String> = self.suspicious.drain(..).collect();
        self.keys.retain(|key| !suspicious.contains(key));
        self
    }

    /// A text with the number of recognised keys and of entries that were left out.
    pub fn summary(&self) -> String {
        let left_out = [(self.repeated, "repeated"), (self.blank, "blank")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!(", {} {what} left out", group_digits(count)));
        let keys = pluralize(self.keys.len(), "key", "keys");
        format!("{keys} recognised{}", left_out.collect::<String>())
    }
}

/// Trims the entries, and drops blank and repeated ones.
pub fn collect_keys<'a>(entries: impl IntoIterator<Item = &'a str>) -> KeyList {
    let mut list = KeyList::default();
    let mut seen = HashSet::new();
    for key in entries.into_iter().map(str::trim) {
        if key.is_empty() {
            list.blank += 1;
        } else if seen.insert(key) {
            let is_header = list.keys.is_empty() && HEADERS.contains(&&*key.to_ascii_lowercase());
            if is_header || key.contains(char::is_whitespace) || key.chars().nth(LONG).is_some() {
                list.suspicious.push(key.to_owned());
            }
            list.keys.push(key.to_owned());
        } else {
            list.repeated += 1;
        }
    }
    list
}

/// The entries of a typed or pasted text: one per line, or separated by commas.
pub fn split_keys(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split(','))
}

/// The entries of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyFile {
    /// The entries as they are in the file.
    pub entries: Vec<String>,
    /// Whether the file is a table with further columns, which are ignored.
    pub has_other_columns: bool,
}

/// Reads a file: one key per line, the first column of a table, a JSON list of texts, or the keys of a job
/// as the console saves it.
///
/// # Errors
/// Why the file cannot be used, and what to do, in sentences.
pub fn parse_key_file(bytes: &[u8]) -> Result<KeyFile, String> {
    if bytes.len() > MAX_FILE_BYTES {
        let max = group_digits(MAX_FILE_BYTES / 1_000_000);
        return Err(format!("It is larger than {max} MB. Split it."));
    }
    if bytes.contains(&0) {
        return Err("It is not plain text. Save a table as CSV, in UTF-8, first.".to_owned());
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = group_digits(error.valid_up_to());
        format!("It is not text in UTF-8: the byte at {at} is invalid. Save it as UTF-8.")
    })?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err("It is empty.".to_owned());
    }
    let file = if text.starts_with(['[', '{']) {
        KeyFile { entries: parse_json(text)?, has_other_columns: false }
    } else {
        parse_table(text)
    };
    if file.entries.len() > MAX_FILE_KEYS {
        let max = group_digits(MAX_FILE_KEYS);
        return Err(format!("It has more than {max} lines. Split it."));
    }
    Ok(file)
}

fn parse_table(text: &str) -> KeyFile {
    let mut file = KeyFile::default();
    // One more than allowed, so that the caller sees that there are too many.
    for (entry, has_others) in text.lines().take(MAX_FILE_KEYS + 1).map(first_cell) {
        file.entries.push(entry);
        file.has_other_columns |= has_others;
    }
    file
}

/// The first cell of a line without its quotes, and whether other cells follow. No CSV reader is used here:
/// after a forgotten quote it would swallow the following lines and their keys.
fn first_cell(line: &str) -> (String, bool) {
    let line = line.trim();
    if let Some(quoted) = line.strip_prefix('"') {
        let mut cell = String::new();
        let mut rest = quoted.char_indices().peekable();
        while let Some((at, letter)) = rest.next() {
            if letter != '"' {
                cell.push(letter);
            } else if rest.next_if(|(_, next)| *next == '"').is_some() {
                cell.push('"');
            } else {
                let has_others = quoted[at + 1..].trim_start().starts_with(SEPARATORS);
                return (cell, has_others);
            }
        }
        // The quote was never closed, so it is part of the key.
    }
    match line.split_once(SEPARATORS) {
        Some((cell, _)) => (cell.to_owned(), true),
        None => (line.to_owned(), false),
    }
}

/// The texts of a list, or the keys of a job: the requested ones, or else the reported ones.
fn parse_json(text: &str) -> Result<Vec<String>, String> {
    let texts =
        |raw: &str| serde_json::from_str(raw).ok().filter(|texts: &Vec<String>| !texts.is_empty());
    let keys = if text.starts_with('[') {
        texts(text)
    } else {
        let members =
            json::parse_object(text).map_err(|error| format!("It cannot be read: {error}"))?;
        let items = || json::parse_object(json::find(&members, "detailed_status")?).ok();
        json::find(&members, "keys").and_then(texts).or_else(|| {
            let names = items()?.into_iter().map(|item| item.name).collect();
            Some(names).filter(|names: &Vec<String>| !names.is_empty())
        })
    };
    keys.ok_or_else(|| {
        "It is JSON, and neither a list of texts nor a job with keys: [\"key\", …] or {\"keys\": [\"key\", …]}"
            .to_owned()
    })
}
