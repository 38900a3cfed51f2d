//! The corpus of messages in `tests/data/causes/`, and the causes that are found in it.

use std::collections::HashMap;

use cckm_core::job::cause::Cause;
use cckm_core::job::item_status::ItemStatus;

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

#[test]
fn name_of_a_cause_is_short_and_readable() {
    for Block { messages, .. } in corpus() {
        let cause = &Cause::all(&items(&[&messages[0]]), true)[0];
        let length = cause.name.chars().count();
        assert!(length <= 49 && !cause.name.trim().is_empty(), "{}", cause.name);
    }
    for (message, name) in [
        ("googleapi: Error 403: Permission 'a.b.c' denied., forbidden", "403 Forbidden"),
        ("rpc error: code = ResourceExhausted desc = slow down", "RESOURCE_EXHAUSTED"),
        ("<html><head><title>502 Bad Gateway</title></head></html>", "502 Bad Gateway"),
        (r#"{"message":"Tenant is locked by its owner"}"#, "Tenant is locked by its owner"),
        ("Get \"https://a.example/keys\": malformed answer", "malformed answer"),
        (
            "the key cannot be rotated because its policy forbids it",
            "the key cannot be rotated because its…",
        ),
        ("-----", "-----"),
    ] {
        assert_eq!(Cause::all(&items(&[message]), true)[0].name, name, "{message}");
    }
}

#[test]
fn status_of_the_corpus_is_failed_where_the_text_is_clear() {
    // In these the words do not say that something failed, or not in English.
    const UNCLEAR: [&str; 20] = [
        "Benutzer",
        "IncorrectState: The key ocid1",
        "Tenant secret of type",
        "quorum approval",
        "Operation requires quorum",
        "Skipped",
        "Der Schlüssel",
        "鍵",
        "La clé",
        "The key’s owner",
        "Maintenance until",
        "<script>",
        "null",
        "‹id›",
        "\u{202e}gnirts",
        "{\"error\":",
        "SAP Data Custodian returned",
        "[{\"message\":\"You need",
        "{\"errorCode\":\"KMS_KEY_ALREADY_DISABLED",
        "RegionDisabledException",
    ];
    let mut wrong = Vec::new();
    for message in corpus().into_iter().flat_map(|block| block.messages) {
        let status = ItemStatus::classify(&message);
        let is_unclear = UNCLEAR.iter().any(|start| message.starts_with(start));
        if status != ItemStatus::Failed && !(is_unclear && status == ItemStatus::Other) {
            wrong.push(format!("{status:?}: {message}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    for success in [
        "Key disabled successfully",
        "Key rotated successfully; the old version cannot encrypt",
        "completed after throttling",
        "Successfully removed a key that is not active",
        "Success: the expired key could not be found and was skipped",
        "key ring synchronized successfully",
    ] {
        assert_ne!(ItemStatus::classify(success), ItemStatus::Failed, "{success}");
    }
}
