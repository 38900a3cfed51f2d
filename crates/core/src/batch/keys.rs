//! Keys as people have them: pasted, or in a file. A key is opaque: nothing is known of how it looks.

use std::collections::HashSet;

use crate::format::json;
use crate::format::text::{counted, grouped, plain_list};

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 20_000_000;
/// As many lines, or keys, as a file may have.
pub const MOST_LINES: usize = 1_000_000;
/// A key longer than this, in characters, looks odd.
const LONG: usize = 200;
/// What the first line of a table may be called where the others are keys.
const HEADS: [&str; 8] = [
    "key", "keys", "id", "ids", "key_id", "keyid", "key id", "name",
];

/// What keys were given, put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// Each key once, in the order given.
    pub keys: Vec<String>,
    /// How many were given before already.
    pub repeated: usize,
    /// How many entries were blank.
    pub blank: usize,
    /// Those of the keys that hardly are any: with spaces, very long, or the head of a table.
    pub odd: Vec<String>,
}

impl Gathered {
    /// The same without those that look odd.
    #[must_use]
    pub fn without_odd(mut self) -> Self {
        let odd: HashSet<String> = self.odd.drain(..).collect();
        self.keys.retain(|key| !odd.contains(key));
        self
    }

    /// What was recognised and what was left out, in words.
    pub fn summary(&self) -> String {
        let said = counted(self.keys.len(), "key", "keys");
        let mut said = vec![format!("{said} recognised")];
        for (count, what) in [(self.repeated, "repeated"), (self.blank, "blank")] {
            if count > 0 {
                said.push(format!("{} {what} left out", grouped(count)));
            }
        }
        said.join(", ")
    }
}

/// Puts entries together: trimmed, blank ones left out, each key once.
pub fn gather<'a>(entries: impl IntoIterator<Item = &'a str>) -> Gathered {
    let mut gathered = Gathered::default();
    let mut seen = HashSet::new();
    for entry in entries {
        let key = entry.trim();
        if key.is_empty() {
            gathered.blank += 1;
        } else if seen.insert(key) {
            let is_head = gathered.keys.is_empty() && HEADS.contains(&&*key.to_ascii_lowercase());
            if is_head || key.contains(char::is_whitespace) || key.chars().nth(LONG).is_some() {
                gathered.odd.push(key.to_owned());
            }
            gathered.keys.push(key.to_owned());
        } else {
            gathered.repeated += 1;
        }
    }
    gathered
}

/// The entries of a text that was typed or pasted: one a line, or with commas between them.
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    // A line's own end is no blank line, neither is a field in which nothing stands.
    text.lines().flat_map(|line| line.split(','))
}

/// The entries of a file: one a line, the first column of a table, a JSON list of texts, or the
/// keys of a job as the console saves it. Whether the table has other columns, which are not read.
///
/// # Errors
/// Why it cannot be used, and what could be.
pub fn read_file(bytes: &[u8]) -> Result<(Vec<String>, bool), String> {
    if bytes.len() > MOST_BYTES {
        let most = grouped(MOST_BYTES / 1_000_000);
        return Err(format!("It is larger than {most} MB. Split it."));
    }
    if bytes.contains(&0) {
        return Err(
            "It is no plain text. A table has to be saved as CSV, in UTF-8, first.".to_owned(),
        );
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = grouped(error.valid_up_to());
        format!("It is no text in UTF-8: the byte at {at} is of no character. Save it as UTF-8.")
    })?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err("It is empty.".to_owned());
    }
    let read = if text.starts_with(['[', '{']) {
        (from_json(text)?, false)
    } else if text.lines().nth(MOST_LINES).is_some() {
        return Err(too_many());
    } else {
        let cells = text.lines().map(first_cell);
        let other = cells.clone().any(|(_, other)| other);
        (cells.map(|(cell, _)| cell).collect(), other)
    };
    if read.0.len() > MOST_LINES {
        return Err(too_many());
    }
    Ok(read)
}

fn too_many() -> String {
    format!("It has more than {} lines. Split it.", grouped(MOST_LINES))
}

/// The first field of a line of a table, without its quotes, and whether there are others.
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
                let other = quoted[at + 1..].trim_start().starts_with(SEPARATORS);
                return (cell, other);
            }
        }
        // The quote was never closed, so it belongs to the key.
    }
    match line.split_once(SEPARATORS) {
        Some((cell, _)) => (cell.to_owned(), true),
        None => (line.to_owned(), false),
    }
}

const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// The texts of a list, or what a job was asked for.
fn from_json(text: &str) -> Result<Vec<String>, String> {
    let other = || {
        "It is JSON, and neither a list of texts nor a job with keys: [\"key\", …] or {\"keys\": [\"key\", …]}"
            .to_owned()
    };
    if text.starts_with('[') {
        return list(text).ok_or_else(other);
    }
    let members = json::members(text).map_err(|error| format!("It cannot be read: {error}"))?;
    if let Some(keys) = json::last(&members, "keys").and_then(list) {
        return Ok(keys);
    }
    let items = json::last(&members, "detailed_status").ok_or_else(other)?;
    let items = json::members(items).map_err(|_| other())?;
    let items: Vec<String> = items.into_iter().map(|item| item.name).collect();
    if items.is_empty() {
        return Err(other());
    }
    Ok(items)
}

/// Of a list of numbers nobody knows whether these are keys.
fn list(raw: &str) -> Option<Vec<String>> {
    let entries = plain_list(raw)?;
    let texts: Option<Vec<String>> = serde_json::from_str(raw).ok();
    texts.filter(|texts| *texts == entries && !texts.is_empty())
}
