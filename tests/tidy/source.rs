//! Rust sources as the rules of `tidy.rs` see them: text without comments.
//!
//! That is coarse, and enough. Paths are given from the root of the project, with `/`.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A source file: its path below the project, and its lines without comments.
pub struct Source {
    pub path: String,
    pub text: String,
    pub code: Vec<String>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let code = text
            .lines()
            .map(|line| without_comment(line).to_owned())
            .collect();
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            code,
        }
    }

    /// The layer that the file belongs to, if any.
    pub fn layer(&self) -> Option<&str> {
        self.path
            .strip_prefix("src/")?
            .split_once('/')
            .map(|(layer, _)| layer)
    }

    /// The lines, counted from one, on which any of these words stands as a whole word.
    pub fn naming<'a>(&'a self, words: &'a [&str]) -> impl Iterator<Item = (usize, &'a str)> {
        self.code.iter().enumerate().flat_map(move |(at, line)| {
            words
                .iter()
                .filter(|word| has_word(line, word))
                .map(move |word| (at + 1, *word))
        })
    }

    /// The first names that follow `root::`, also in a group over many lines: `use crate::{api::Error, route}`.
    pub fn names_below(&self, root: &str) -> Vec<(usize, String)> {
        let code = self.code.join("\n");
        let start = format!("{root}::");
        let line = |at: usize| code[..at].matches('\n').count() + 1;
        let mut names = Vec::new();
        for (at, _) in code.match_indices(&start) {
            if code[..at].ends_with(is_word) {
                continue;
            }
            let below = &code[at + start.len()..];
            let Some(group) = below.strip_prefix('{') else {
                names.push((line(at), first_word(below)));
                continue;
            };
            let offset = at + start.len() + 1;
            let (mut depth, mut expects) = (0_usize, true);
            for (i, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => expects = true,
                    c if expects && is_word(c) => {
                        names.push((line(offset + i), first_word(&group[i..])));
                        expects = false;
                    }
                    _ => {}
                }
            }
        }
        names
    }
}

pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| is_word(*c)).collect()
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(is_word) && !line[at + word.len()..].starts_with(is_word)
    })
}

/// Cuts at the `//` that opens a comment: at the start or after a space, and not within a text.
fn without_comment(line: &str) -> &str {
    line.match_indices("//")
        .map(|(at, _)| &line[..at])
        .find(|before| {
            (before.is_empty() || before.ends_with(char::is_whitespace))
                && before.matches('"').count() % 2 == 0
        })
        .unwrap_or(line)
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust sources below these folders. One that is missing is a mistake in the rule, not a rule kept.
pub fn sources(folders: &[&str]) -> Vec<Source> {
    let mut sources = Vec::new();
    for folder in folders {
        let found = files(&root().join(folder));
        assert!(
            !found.is_empty(),
            "there is no Rust source in {folder}: was it moved?"
        );
        sources.extend(found.iter().map(|path| {
            let name = path
                .strip_prefix(root())
                .unwrap_or(path)
                .to_string_lossy()
                .replace('\\', "/");
            Source::new(&name, &fs::read_to_string(path).unwrap_or_default())
        }));
    }
    sources
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
        .into_iter()
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else if path.extension().is_some_and(|end| end == "rs") {
                vec![path]
            } else {
                Vec::new()
            }
        })
        .collect()
}

#[test]
fn the_words_bite() {
    let source = Source::new(
        "src/domain/a.rs",
        "let at = \"https://a//b\"; leptos::web_sys::window() // js_sys\nmy_web_sys",
    );
    assert_eq!(
        source.naming(&["web_sys", "js_sys"]).collect::<Vec<_>>(),
        [(1, "web_sys")]
    );
    let grouped = Source::new(
        "src/pages/a.rs",
        "use leptos::{\n    prelude::*,\n    ev,\n};",
    );
    assert_eq!(
        grouped.names_below("leptos"),
        [(2, "prelude".to_owned()), (3, "ev".to_owned())]
    );
}
