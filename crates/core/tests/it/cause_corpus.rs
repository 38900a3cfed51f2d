//! The corpus of messages in `tests/data/causes/`, and the causes that are found in it.

use std::collections::HashMap;

use cckm_core::job::cause::Cause;

use crate::cause::items;

/// One cause of the corpus.
pub struct Block {
    /// The file that contains it.
    pub file: &'static str,
    /// The error class; `None` if the messages name none.
    pub class: Option<String>,
    /// The messages of the cause. A `⏎` in the file is a line break.
    pub messages: Vec<String>,
}

/// All causes of the corpus.
pub fn corpus() -> Vec<Block> {
    macro_rules! files {
        ($($name:literal),*) => {
            [$(($name, include_str!(concat!("../data/causes/", $name, ".txt")))),*]
        };
    }
    let files = files!("causes", "aws", "azure", "google", "saas", "hsm", "network", "people");
    let blocks = files.into_iter().flat_map(|(file, text)| {
        text.trim_end().split("\n\n").map(move |block| {
            let mut lines = block.lines().filter(|line| !line.starts_with('#'));
            let class = lines.next().filter(|class| *class != "-").map(str::to_owned);
            let messages = lines.map(|line| line.replace('⏎', "\n")).collect();
            Block { file, class, messages }
        })
    });
    blocks.collect()
}

#[test]
fn no_cause_of_the_corpus_is_split_or_merged() {
    let mut seen: HashMap<String, String> = HashMap::new();
    let mut wrong = Vec::new();
    for Block { file, class, messages } in corpus() {
        let texts: Vec<&str> = messages.iter().map(String::as_str).collect();
        let causes = Cause::all(&items(&texts), true);
        if causes.len() != 1 {
            let patterns: Vec<&str> = causes.iter().map(|cause| &*cause.pattern).collect();
            wrong.push(format!("{file}: split: {patterns:#?}"));
        }
        for cause in causes {
            if cause.class != class {
                let Cause { pattern, class: found, .. } = &cause;
                wrong.push(format!("{file}: class {found:?}, not {class:?}: {pattern}"));
            }
            if let Some(other) = seen.insert(cause.key, messages[0].clone()) {
                wrong.push(format!("{file}: merged: {other}\n  and {}", messages[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
