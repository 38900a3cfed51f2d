//! Rules about the source text of the project that the compiler cannot check.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file longer than this is hard to read.
const MAX_LINES: usize = 400;

/// The path of each Rust file below `folder` of the project, and its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (mut found, mut folders): (Vec<PathBuf>, _) = (Vec::new(), vec![root.join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let relative =
        |path: &Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap())).collect()
}

/// The lines of `text` without comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The files below `folder` in whose code one of `words` occurs, without those named `except`.
fn containing(folder: &str, words: &[&str], except: &str) -> Vec<String> {
    sources(folder)
        .into_iter()
        .filter(|(path, _)| path != except)
        .filter(|(_, text)| code(text).any(|line| words.iter().any(|word| line.contains(word))))
        .map(|(path, _)| path)
        .collect()
}

/// The modules directly below `folder` that each of them uses by `crate::`.
fn uses(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut uses = BTreeMap::<_, BTreeSet<_>>::new();
    for (path, text) in sources(folder) {
        let path = &path[folder.len() + 1..];
        let module = path.split(['/', '.']).next().unwrap_or_default();
        if ["lib", "main", "app"].contains(&module) {
            continue;
        }
        let used = code(&text)
            .flat_map(|line| line.split("crate::").skip(1))
            .map(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_'))
            .filter_map(|mut words| words.next())
            .filter(|used| !used.is_empty() && *used != module)
            .map(str::to_owned);
        uses.entry(module.to_owned()).or_default().extend(used);
    }
    uses
}

/// The modules of `uses` that belong to a cycle or depend on one.
fn cyclic(mut uses: BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    loop {
        let open: BTreeSet<String> = uses.keys().cloned().collect();
        let before = uses.len();
        uses.retain(|_, used| used.iter().any(|used| open.contains(used)));
        if uses.len() == before {
            return uses.into_iter().map(|(module, used)| format!("{module} → {used:?}")).collect();
        }
    }
}

#[test]
fn files_start_with_a_description_and_stay_short() {
    for folder in ["src", "crates", "tests"] {
        for (path, text) in sources(folder) {
            assert!(text.starts_with("//!"), "{path} does not say what it is");
            let lines = text.lines().count();
            assert!(lines <= MAX_LINES, "{path} has {lines} lines");
        }
    }
}

#[test]
fn application_forbids_markup_from_text_and_inline_style() {
    // The Content-Security-Policy forbids inline styles and handlers; text must stay text.
    let words = [
        "inner_html",
        "outer_html",
        "insert_adjacent_html",
        " style=\"",
        " style=move",
        "attr:style",
        " onclick=",
    ];
    assert_eq!(containing("src", &words, ""), [""; 0]);
}

#[test]
fn application_uses_network_and_storage_in_one_file_each() {
    assert_eq!(containing("src", &["gloo_net"], "src/api_client.rs"), [""; 0]);
    let storage = ["local_storage", "session_storage", "indexed_db", ".cookie(", "set_cookie"];
    assert_eq!(containing("src", &storage, "src/browser/storage.rs"), [""; 0]);
}

#[test]
fn console_and_simulator_do_not_name_each_other() {
    for folder in ["src", "crates/core/src"] {
        assert_eq!(containing(folder, &["cckm_simulator"], ""), [""; 0]);
    }
    assert_eq!(containing("crates/simulator/src", &["cckm_core", "cckm_console"], ""), [""; 0]);
}

#[test]
fn modules_form_no_cycle() {
    for folder in ["crates/core/src", "crates/simulator/src", "src"] {
        assert_eq!(cyclic(uses(folder)), [""; 0], "{folder}");
    }
}

#[test]
fn cycle_of_two_modules_is_found() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let uses = [("a", names(&["b"])), ("b", names(&["a", "c"])), ("c", names(&[]))];
    let uses = uses.map(|(module, used)| (module.to_owned(), used)).into();
    assert_eq!(cyclic(uses).len(), 2);
}
