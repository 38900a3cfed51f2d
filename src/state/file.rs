//! A file that someone chose, read whole.

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::Uint8Array;
use web_sys::{Event, File, HtmlInputElement};

/// Reads the files that the field of `event` holds, each up to `most` bytes, and gives them to `done`
/// with their names; one that is larger or cannot be read with why. The field is empty then, so that the
/// same file can be chosen again.
pub fn read_chosen(
    event: &Event,
    most: usize,
    done: impl Fn(String, Result<Vec<u8>, String>) + 'static,
) {
    let field = event.target();
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    let files = field.files();
    let count = files.as_ref().map_or(0, web_sys::FileList::length);
    let files: Vec<File> = (0..count)
        .filter_map(|at| files.as_ref()?.get(at))
        .collect();
    field.set_value("");
    spawn_local(async move {
        for file in files {
            let read = read(&file, most).await;
            done(file.name(), read);
        }
    });
}

async fn read(file: &File, most: usize) -> Result<Vec<u8>, String> {
    #[expect(clippy::cast_precision_loss, reason = "a limit of some megabytes")]
    if file.size() > most as f64 {
        return Err(format!(
            "It is larger than {} MB. Split it.",
            most / 1_000_000
        ));
    }
    let bytes = JsFuture::from(file.array_buffer()).await;
    let bytes = bytes.map_err(|_| "The browser could not read it.".to_owned())?;
    Ok(Uint8Array::new(&bytes).to_vec())
}
