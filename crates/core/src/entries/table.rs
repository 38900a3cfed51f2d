//! Reads a text from a person as a list, or as a table with columns.

use serde_json::value::RawValue;

use crate::entries::cells::{Cells, SEPARATORS, lines, trim};
use crate::entries::column::{self, Column, header_rank};
use crate::entries::{EntryKind, SourceEntries};
use crate::format::json;
use crate::format::text::group_digits;

/// The size of the largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 20_000_000;
/// The largest number of entries in a file.
pub const MAX_FILE_ENTRIES: usize = 1_000_000;
/// The largest number of columns of a list of objects.
const MAX_COLUMNS: usize = 50;
/// How much of a cell the label of its column shows.
const MAX_LABEL_CHARS: usize = 40;

/// A text that was read: its cells, of which a [`Column`] holds the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryTable {
    cells: Vec<String>,
    /// The end of each row in `cells`; empty for a list, in which each cell is an entry.
    ends: Vec<usize>,
    /// A label for each column; empty for a list.
    columns: Vec<String>,
    has_header: bool,
    /// The names of the columns, if they are not cells.
    names: Vec<String>,
    is_json: bool,
    /// How many more elements an answer of the API counts.
    missing: usize,
}

impl EntryTable {
    /// Reads JSON (a list of texts or of objects, an answer of the API with such a list, or a job with its keys), a table with tabs, semicolons or commas, or a list with any of these
    /// or line breaks between the entries.
    ///
    /// # Errors
    /// If the text is a JSON object without keys: why, in a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        // A tab at the start of a table is an empty cell.
        let lines = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).trim_end();
        let text = trim(text);
        if let Some(table) = Self::parse_objects(text) {
            return Ok(table);
        }
        if text.starts_with('{') {
            return Ok(Self { cells: keys_of_job(text)?, is_json: true, ..Self::default() });
        }
        let Some(inner) = text.strip_prefix('[') else {
            return Ok(Self::parse_lines(lines));
        };
        if let Ok(members) = serde_json::from_str::<Vec<&RawValue>>(text) {
            let cells = members.into_iter().map(|member| json_text(member.get())).collect();
            return Ok(Self { cells, is_json: true, ..Self::default() });
        }
        // Written by hand, such as `[a, b]`. If the end is missing, the bracket stays, and the entry stands out.
        Ok(Self::parse_lines(inner.strip_suffix(']').unwrap_or(text)))
    }

    /// Reads a file as [`parse`](Self::parse) reads a text.
    ///
    /// # Errors
    /// Why the file cannot be used, and what to do, in sentences.
    pub fn parse_file(bytes: &[u8]) -> Result<Self, String> {
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
        if trim(text).is_empty() {
            return Err("It is empty.".to_owned());
        }
        let table = Self::parse(text)?;
        if table.len() > MAX_FILE_ENTRIES {
            let max = group_digits(MAX_FILE_ENTRIES);
            return Err(format!("It has more than {max} entries. Split it."));
        }
        Ok(table)
    }

    /// The table of JSON objects, such as the keys that another client of the API prints: a list, an answer of the API with
    /// a list, or one object after the other. It has a column for each member that is a text, a number or a Boolean in one
    /// of the objects. An element that is no object fills its row. `None` for any other text, and for a list of jobs.
    fn parse_objects(text: &str) -> Option<Self> {
        let answer = json::parse_object(text).ok();
        let list = answer.as_deref().and_then(|answer| json::find(answer, "resources"));
        let elements = json_values(list.unwrap_or(text))?;
        let objects = elements.iter().map(|element| json::parse_object(element.get()).ok());
        let objects: Vec<_> = objects.collect();
        let mut names: Vec<&str> = Vec::new();
        for member in objects.iter().flatten().flatten() {
            let is_cell = !member.raw.starts_with(['{', '[', 'n']);
            if is_cell && names.len() < MAX_COLUMNS && !names.contains(&&*member.name) {
                names.push(&member.name);
            }
        }
        let is_table = objects.iter().flatten().count() * 2 >= objects.len() && !names.is_empty();
        // The ids of a list of jobs are not those of keys.
        if !is_table || names.contains(&"overall_status") {
            return None;
        }
        let mut table = Self { is_json: true, ..Self::default() };
        for (object, element) in objects.iter().zip(&elements) {
            let raw = |name| match object {
                Some(members) => json::find(members, name),
                None => Some(element.get()),
            };
            table
                .cells
                .extend(names.iter().map(|name| raw(name).map(json_text).unwrap_or_default()));
            table.ends.push(table.cells.len());
        }
        let columns = names.iter().zip(1..);
        table.columns =
            columns.map(|(name, number)| format!("{number}: {}", short(name))).collect();
        let total = answer.as_deref().and_then(|answer| json::find(answer, "total")?.parse().ok());
        table.missing = total.unwrap_or(0_usize).saturating_sub(elements.len());
        table.names = names.into_iter().map(str::to_owned).collect();
        Some(table)
    }

    fn parse_lines(text: &str) -> Self {
        for separator in [&['\t'][..], &[';'], &[',']] {
            if let Some(table) = Self::parse_grid(text, separator) {
                return table;
            }
        }
        if text.is_empty() {
            return Self::default();
        }
        let mut cells = Vec::new();
        for line in lines(text) {
            let line = trim(line);
            let line = line.strip_suffix(SEPARATORS).unwrap_or(line);
            cells.extend(Cells::new(line, SEPARATORS).map(String::from));
        }
        let has_header = cells.first().is_some_and(|cell| header_rank(cell) > 0);
        Self { cells, has_header, ..Self::default() }
    }

    /// The table whose columns are parted by `separator`; `None` if the lines have no columns.
    fn parse_grid(text: &str, separator: &'static [char]) -> Option<Self> {
        let rows = lines(text).filter(|line| !trim(line).is_empty());
        let first: Vec<_> = Cells::new(rows.clone().next()?, separator).collect();
        if first.len() < 2 {
            return None;
        }
        let has_header = first.iter().any(|cell| header_rank(cell) > 0);
        let (mut count, mut regular, mut filled) = (0, 0, 0);
        for row in rows {
            let (mut cells, mut used) = (0, 0);
            for cell in Cells::new(row, separator) {
                cells += 1;
                used += usize::from(!cell.is_empty());
            }
            count += 1;
            regular += usize::from(cells == first.len());
            filled += usize::from(used > 1);
        }
        // A list with a separator at the end of each line has no second cell. A broken row does not make a list.
        let has_columns = has_header || regular * 10 >= count * 9;
        if count < 2 || filled * 2 <= count || !has_columns {
            return None;
        }
        let columns = first.iter().zip(1..);
        let columns = columns.map(|(cell, number)| format!("{number}: {}", short(cell))).collect();
        let mut table = Self { columns, has_header, ..Self::default() };
        for line in lines(text) {
            table.cells.extend(Cells::new(line, separator).map(String::from));
            table.ends.push(table.cells.len());
        }
        Some(table)
    }

    /// A label for each column, with the text of its first cell; empty for a list.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Whether the first row, or the first entry, is a header.
    pub fn has_header(&self) -> bool {
        self.has_header
    }

    /// What the text calls the column at `index`, if it says so.
    pub fn header(&self, index: usize) -> Option<&str> {
        let row = if self.has_header { &self.cells } else { &self.names };
        row.get(index).map(String::as_str)
    }

    /// Whether the text was JSON, which leaves no doubt about where an entry begins and ends.
    pub fn is_json(&self) -> bool {
        self.is_json
    }

    /// The number of rows, or of the entries of a list.
    pub fn len(&self) -> usize {
        if self.columns.is_empty() { self.cells.len() } else { self.ends.len() }
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The number of all cells.
    pub fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// The column that the person has chosen, if the table has it, or else the one that probably holds what is
    /// `expected`.
    pub fn column(&self, chosen: Option<Column>, expected: EntryKind) -> Column {
        let exists = |column: &Column| match column {
            Column::All => true,
            Column::At(index) => *index < self.columns.len(),
        };
        chosen.filter(exists).unwrap_or_else(|| column::guess(self, expected))
    }

    /// The entries in `column`. A row that is too short has a blank one.
    pub fn entries(&self, column: Column) -> SourceEntries<'_> {
        let (headers, missing) = (usize::from(self.has_header), self.missing);
        let Column::At(index) = column else {
            let width = self.ends.first().copied().unwrap_or(1);
            let texts = self.cells.iter().map(String::as_str).collect();
            let is_list = self.columns.is_empty();
            let headers = headers * width;
            return SourceEntries {
                texts,
                headers,
                missing,
                is_list,
                is_exact: self.is_json,
                ..SourceEntries::default()
            };
        };
        let mut start = 0;
        let mut texts = Vec::with_capacity(self.ends.len());
        for &end in &self.ends {
            let cell = self.cells[start..end].get(index);
            texts.push(cell.map_or("", String::as_str));
            start = end;
        }
        SourceEntries { texts, headers, missing, ..SourceEntries::default() }
    }
}

/// A cell as part of a label.
fn short(cell: &str) -> String {
    let mut letters = cell.chars();
    let mut short: String = letters.by_ref().take(MAX_LABEL_CHARS).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}

/// The elements of a JSON list, or JSON values one after the other; `None` if `text` is neither.
fn json_values(text: &str) -> Option<Vec<&RawValue>> {
    if text.starts_with('[') {
        return serde_json::from_str(text).ok();
    }
    let values: Vec<&RawValue> =
        serde_json::Deserializer::from_str(text).into_iter().collect::<Result<_, _>>().ok()?;
    (values.len() > 1).then_some(values)
}

/// The text of a JSON string, or any other value as JSON.
fn json_text(raw: &str) -> String {
    json::parse_string(raw).unwrap_or_else(|| raw.to_owned())
}

/// The keys of a job as the server sends it: the requested ones, or else the reported ones.
fn keys_of_job(text: &str) -> Result<Vec<String>, String> {
    let members =
        json::parse_object(text).map_err(|error| format!("It cannot be read: {error}"))?;
    let texts =
        |raw: &str| serde_json::from_str(raw).ok().filter(|texts: &Vec<String>| !texts.is_empty());
    let items = || json::parse_object(json::find(&members, "detailed_status")?).ok();
    let keys = json::find(&members, "keys").and_then(texts).or_else(|| {
        let names = items()?.into_iter().map(|item| item.name).collect();
        Some(names).filter(|names: &Vec<String>| !names.is_empty())
    });
    keys.ok_or_else(|| {
        "It is JSON, and neither a list nor a job with keys: [\"key\", …], [{\"id\": \"key\"}, …] or \
         {\"keys\": [\"key\", …]}"
            .to_owned()
    })
}
