//! The state of the form for a new batch.

use std::sync::Arc;

use cckm_core::batch::{Batch, Task, max_keys};
use cckm_core::entries::{
    Column, EntryKind, EntryList, EntryTable, MAX_FILE_BYTES, ShapeChoices, SourceEntries,
};
use cckm_core::format::text::{parse_digits, pluralize};
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::browser::file::read_chosen;

/// Keys from a file, or from a job that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySource {
    /// A label for the page.
    pub label: String,
    /// What was read.
    pub content: Arc<SourceContent>,
    /// The column that the person has chosen.
    pub column: Option<Column>,
}

/// What a source holds.
#[derive(Debug, PartialEq, Eq)]
pub enum SourceContent {
    /// A file.
    File(EntryTable),
    /// The keys that a job or a batch reports.
    Reported(Vec<String>),
}

/// A source whose keys could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SourceError {
    /// Its name.
    pub name: String,
    /// The reason, in sentences.
    pub reason: String,
}

/// The form, as signals.
#[derive(Clone, Copy)]
pub struct BatchForm {
    /// Where keys come from beside the text field.
    pub sources: RwSignal<Vec<KeySource>>,
    /// The sources that could not be read.
    pub errors: RwSignal<Vec<SourceError>>,
    /// The content of the text field.
    pub typed: RwSignal<String>,
    /// The text field as it was read, or why it cannot be.
    pub typed_table: Memo<Result<Arc<EntryTable>, String>>,
    /// The column of the text field that the person has chosen.
    pub typed_column: RwSignal<Option<Column>>,
    /// The shapes of keys that the person wants to keep or to leave out.
    pub choices: RwSignal<ShapeChoices>,
    /// The operation.
    pub task: RwSignal<Task>,
    /// After how many failed keys the batch pauses, as typed.
    pub failure_limit: RwSignal<String>,
    /// The keys from all sources.
    pub keys: Memo<EntryList>,
    /// The plan, or what is missing.
    pub plan: Memo<Result<Arc<Batch>, String>>,
}

impl KeySource {
    /// The entries in the chosen column.
    fn entries(&self) -> SourceEntries<'_> {
        match &*self.content {
            SourceContent::File(table) => key_entries(table, self.column),
            SourceContent::Reported(keys) => SourceEntries {
                texts: keys.iter().map(String::as_str).collect(),
                is_reported: true,
                ..SourceEntries::default()
            },
        }
    }
}

/// The entries of `table` in the column `chosen`, or else in the one that probably holds key ids.
fn key_entries(table: &EntryTable, chosen: Option<Column>) -> SourceEntries<'_> {
    table.entries(table.column(chosen, EntryKind::KeyIds))
}

/// The number in `text`; `None` if it is empty.
fn parse_limit(text: &str) -> Result<Option<usize>, String> {
    match text.trim() {
        "" => Ok(None),
        text => match parse_digits(text).filter(|limit| *limit > 0) {
            Some(limit) => Ok(Some(limit)),
            None => Err("Pause after failed keys: a whole number from 1, or nothing".to_owned()),
        },
    }
}

impl BatchForm {
    /// An empty form.
    pub fn new() -> Self {
        let sources = RwSignal::new(Vec::<KeySource>::new());
        let typed = RwSignal::new(String::new());
        let typed_column = RwSignal::new(None);
        let choices = RwSignal::new(ShapeChoices::default());
        let task = RwSignal::new(Task::default());
        let failure_limit = RwSignal::new(String::new());
        let typed_table = Memo::new(move |_| EntryTable::parse(&typed.read()).map(Arc::new));
        let keys = Memo::new(move |_| {
            let (sources, typed) = (sources.read(), typed_table.read());
            let typed = typed.as_ref().ok().map(|table| key_entries(table, typed_column.get()));
            let entries: Vec<SourceEntries> =
                sources.iter().map(KeySource::entries).chain(typed).collect();
            EntryList::new(&entries, EntryKind::KeyIds, choices.get())
        });
        let plan = Memo::new(move |_| {
            if let Err(problem) = &*typed_table.read() {
                return Err(problem.clone());
            }
            let keys = keys.read();
            if keys.included.is_empty() {
                return Err("There are no keys yet".to_owned());
            }
            let task = task.get();
            if let Some(problem) = task.problem() {
                return Err(problem);
            }
            let limit = parse_limit(&failure_limit.read())?;
            let batch = Batch::plan(task, keys.included.clone(), max_keys());
            Ok(Arc::new(batch.pausing_after(limit)))
        });
        let errors = RwSignal::new(Vec::new());
        Self {
            sources,
            errors,
            typed,
            typed_table,
            typed_column,
            choices,
            task,
            failure_limit,
            keys,
            plan,
        }
    }

    /// Adds `keys` that a job or a batch reports, with the label `what`.
    pub fn add_reported(self, what: &str, keys: Vec<String>) {
        self.add(what, keys.len(), SourceContent::Reported(keys));
    }

    /// Adds the file `name` with the entries or rows of `table`.
    fn add_file(self, name: &str, table: EntryTable) {
        self.add(name, table.len(), SourceContent::File(table));
    }

    fn add(self, what: &str, count: usize, content: SourceContent) {
        let label = format!("{}: {what}", pluralize(count, "entry", "entries"));
        let source = KeySource { label, content: Arc::new(content), column: None };
        self.sources.try_update(|sources| sources.push(source));
    }

    /// Records that the keys of `name` could not be read.
    pub fn add_error(self, name: String, reason: String) {
        self.errors.try_update(|errors| errors.push(SourceError { name, reason }));
    }

    /// Reads the files that the person chose in `input`.
    pub fn read_files(self, input: &HtmlInputElement) {
        self.errors.set(Vec::new());
        read_chosen(input, MAX_FILE_BYTES as u64, move |name, bytes| {
            match bytes.and_then(|bytes| EntryTable::parse_file(&bytes)) {
                Ok(table) => self.add_file(&name, table),
                Err(reason) => self.add_error(name, reason),
            }
        });
    }
}
