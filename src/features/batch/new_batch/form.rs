//! The state of the form for a new batch.

use std::sync::Arc;

use cckm_core::batch::{
    Batch, KeyList, MAX_FILE_BYTES, Task, collect_keys, max_keys, parse_key_file, split_keys,
};
use cckm_core::format::text::pluralize;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::browser::file::read_chosen;

/// Keys from a file, or from a job that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySource {
    /// A label for the page.
    pub label: String,
    /// The entries as received.
    pub entries: Arc<Vec<String>>,
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
    /// Whether suspicious keys are left out.
    pub without_suspicious: RwSignal<bool>,
    /// The operation.
    pub task: RwSignal<Task>,
    /// The keys from all sources.
    pub keys: Memo<KeyList>,
    /// The plan, or what is missing.
    pub plan: Memo<Result<Arc<Batch>, String>>,
}

impl BatchForm {
    /// An empty form.
    pub fn new() -> Self {
        let sources = RwSignal::new(Vec::<KeySource>::new());
        let typed = RwSignal::new(String::new());
        let without_suspicious = RwSignal::new(false);
        let task = RwSignal::new(Task::default());
        let keys = Memo::new(move |_| {
            let (sources, typed) = (sources.read(), typed.read());
            let entries = sources.iter().flat_map(|source| source.entries.iter());
            // Trimmed, since an empty field is not a blank line.
            let keys = collect_keys(entries.map(String::as_str).chain(split_keys(typed.trim())));
            if without_suspicious.get() { keys.without_suspicious() } else { keys }
        });
        let plan = Memo::new(move |_| {
            let keys = keys.read();
            if keys.keys.is_empty() {
                return Err("There are no keys yet".to_owned());
            }
            let task = task.get();
            match task.problem() {
                Some(problem) => Err(problem),
                None => Ok(Arc::new(Batch::plan(task, keys.keys.clone(), max_keys()))),
            }
        });
        Self {
            sources,
            errors: RwSignal::new(Vec::new()),
            typed,
            without_suspicious,
            task,
            keys,
            plan,
        }
    }

    /// Adds `entries` with the label `what`, for example the name of a file.
    pub fn add(self, what: &str, entries: Vec<String>) {
        let label = format!("{}: {what}", pluralize(entries.len(), "entry", "entries"));
        let entries = Arc::new(entries);
        self.sources.try_update(|sources| sources.push(KeySource { label, entries }));
    }

    /// Records that the keys of `name` could not be read.
    pub fn add_error(self, name: String, reason: String) {
        self.errors.try_update(|errors| errors.push(SourceError { name, reason }));
    }

    /// Reads the files that the person chose in `input`.
    pub fn read_files(self, input: &HtmlInputElement) {
        self.errors.set(Vec::new());
        read_chosen(input, MAX_FILE_BYTES as u64, move |name, bytes| {
            match bytes.and_then(|bytes| parse_key_file(&bytes)) {
                Ok(file) if file.has_other_columns => {
                    self.add(&format!("{name}, the first column of each line"), file.entries);
                }
                Ok(file) => self.add(&name, file.entries),
                Err(reason) => self.add_error(name, reason),
            }
        });
    }
}
