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

/// The names that follow `path` in `code`: one name, or the first name of each entry of a group in braces.
fn names_after<'a>(code: &'a str, path: &str) -> Vec<&'a str> {
    let first_name = |text: &'a str| {
        text.trim_start().split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()
    };
    let follow = code.match_indices(path).map(|(at, _)| &code[at + path.len()..]);
    follow
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        })
        .filter_map(first_name)
        .collect()
}

/// The modules directly below `folder`, a folder of the crate whose sources are in `root`, and the others of them
/// that each uses.
fn uses(root: &str, folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut uses = BTreeMap::<_, BTreeSet<_>>::new();
    let by_crate = format!("crate{}::", folder[root.len()..].replace('/', "::"));
    for (path, text) in sources(folder) {
        let path = &path[folder.len() + 1..];
        let (module, rest) = path.split_once(['/', '.']).unwrap_or_default();
        if ["lib", "main", "app", "mod"].contains(&module) {
            continue;
        }
        let code = code(&text).collect::<Vec<_>>().join("\n");
        let mut used = names_after(&code, &by_crate);
        // Elsewhere `super` is another folder.
        if ["rs", "mod.rs"].contains(&rest) {
            used.extend(names_after(&code, "super::"));
        }
        let others = used.into_iter().filter(|used| *used != module).map(str::to_owned);
        uses.entry(module.to_owned()).or_default().extend(others);
    }
    uses
}

/// The folder `root` and all folders below it that contain sources.
fn folders(root: &str) -> BTreeSet<String> {
    let parent = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    sources(root).iter().filter_map(|(path, _)| parent(path)).collect()
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
    for root in ["crates/core/src", "crates/simulator/src", "src"] {
        for folder in folders(root) {
            assert_eq!(cyclic(uses(root, &folder)), [""; 0], "{folder}");
        }
    }
}

#[test]
fn cycle_of_two_modules_is_found() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let uses = [("a", names(&["b"])), ("b", names(&["a", "c"])), ("c", names(&[]))];
    let uses = uses.map(|(module, used)| (module.to_owned(), used)).into();
    assert_eq!(cyclic(uses).len(), 2);
}
