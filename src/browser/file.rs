//! Files that a person chooses.

use gloo_file::FileList;
use gloo_file::futures::read_as_bytes;
use leptos::task::spawn_local;
use web_sys::HtmlInputElement;

/// Reads the files that are chosen in `input`, one after another, and gives each to `done` with its name. A file of
/// more than `max_bytes`, or one that cannot be read, gives a sentence instead.
///
/// Empties `input`, so that the same file can be chosen again.
pub fn read_chosen(
    input: &HtmlInputElement,
    max_bytes: u64,
    done: impl Fn(String, Result<Vec<u8>, String>) + 'static,
) {
    let files = input.files().map(FileList::from);
    let files: Vec<_> = files.iter().flat_map(|files| files.iter().cloned()).collect();
    input.set_value("");
    spawn_local(async move {
        for file in files {
            let read = if file.size() > max_bytes {
                let limit = max_bytes / 1_000_000;
                Err(format!("It is larger than {limit} MB. Split it."))
            } else {
                let bytes = read_as_bytes(&file).await;
                bytes.map_err(|_| "The browser could not read it.".to_owned())
            };
            done(file.name(), read);
        }
    });
}
