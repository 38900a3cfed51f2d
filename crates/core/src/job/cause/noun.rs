//! What the words before and after a word say about it: whether it is a name, a code or an ordinary word.

/// Words before a code, a state or an action, which is no variable even in quotes.
#[rustfmt::skip]
const KEPT: [&str; 36] = [
    "code", "errorcode", "error", "status", "state", "message", "reason", "type", "__type", "permission",
    "permissions", "action", "operation", "method", "metric", "limit", "service", "algorithm", "purpose", "feature",
    "parameter", "field", "attribute", "property", "usage", "detail", "description", "title", "errormessage",
    "protocol", "scope", "api", "step", "command", "header", "option",
];

/// Words before a name.
#[rustfmt::skip]
const NAMED: [&str; 34] = [
    "key", "keys", "keyring", "ring", "kms", "vault", "secret", "certificate", "alias", "name", "named",
    "connection", "user", "initiator", "owner", "caller", "group", "partition", "slot", "label", "tenant",
    "project", "domain", "subscription", "name/id", "resource", "policy", "template", "organization", "host",
    "token", "container", "account", "cluster",
];

/// Words that make the word between them and a noun a name: "domain sales is", "key crm not".
#[rustfmt::skip]
const PREDICATES: [&str; 62] = [
    "is", "isn't", "was", "wasn't", "are", "were", "has", "hasn't", "had", "have", "does", "doesn't", "did",
    "didn't", "do", "could", "couldn't", "can", "can't", "cannot", "must", "may", "will", "should", "would", "not",
    "no", "already", "still", "never", "currently", "lacks", "needs", "requires", "exists", "belongs", "contains",
    "in", "on", "at", "of", "for", "from", "to", "because", "version", "failed", "expired", "disabled", "enabled",
    "deleted", "missing", "returned", "rejected", "refused", "timed", "denied", "skipped", "and", "or", "as", "but",
];

/// Ordinary words that follow a noun: "key rotation is disabled", "the vault is".
#[rustfmt::skip]
const ORDINARY: [&str; 122] = [
    "a", "an", "the", "this", "that", "it", "its", "if", "when", "while", "until", "after", "before", "by", "with",
    "without", "than", "which", "who", "whose", "you", "we", "be", "been", "being", "reset", "lost", "full",
    "empty", "active", "inactive", "offline", "online", "invalid", "valid", "unknown", "ready", "wrong",
    "incorrect", "too", "pending", "existing", "using", "wrapping", "signing", "running", "waiting", "handling",
    "sharing", "rotation", "deletion", "creation", "encryption", "decryption", "validation", "verification",
    "synchronization", "replication", "migration", "authentication", "authorization", "operation", "activation",
    "deactivation", "destruction", "generation", "registration", "configuration", "information", "description",
    "expiration", "resolution", "attestation", "derivation", "permission", "permissions", "management", "manager",
    "assignment", "membership", "material", "spec", "usage", "state", "status", "type", "size", "length", "format",
    "algorithm", "origin", "id", "ids", "identifier", "identity", "number", "handle", "pair", "store", "chain",
    "authority", "request", "document", "statement", "string", "pool", "attempt", "import", "export", "backup",
    "restore", "access", "quota", "limit", "limits", "error", "failure", "timeout", "mismatch", "conflict",
    "violation", "controller",
];

/// Whether a name follows the word `noun`.
pub fn is_named(noun: &str) -> bool {
    NAMED.contains(&noun)
}

/// Whether a code, state or action follows the word `noun`.
pub fn is_kept(noun: &str) -> bool {
    KEPT.contains(&noun)
}

/// Whether `word` without a quote or a digit is a name. It follows the word `noun` and one of `" "`, `": "` and `"="`,
/// which `before` ends with, and is followed by `follow`.
pub fn is_plain_name(word: &str, noun: &str, before: &str, follow: &str) -> bool {
    if !is_named(noun) || noun == "token" || word.len() > 64 || is_ordinary(word) {
        return false;
    }
    let is_part = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    if !word.chars().all(is_part) {
        return false;
    }
    let is_end = !follow.starts_with([' ', '(', '=', '[', '{', '‹']);
    if before.ends_with('=') {
        return true;
    }
    if before.ends_with(": ") {
        // The SDKs of AWS name the operation of a service so: `KMS: CreateKey`.
        return is_end && noun != "kms";
    }
    if !before.ends_with(' ') {
        return false;
    }
    let next = follow.trim_start_matches([' ', '(']);
    let end = next.find(|letter: char| !letter.is_ascii_alphabetic() && letter != '\'');
    let next = &next[..end.unwrap_or(next.len())];
    is_end || PREDICATES.iter().any(|word| word.eq_ignore_ascii_case(next))
}

fn is_ordinary(word: &str) -> bool {
    let is_any = |words: &[&str]| words.iter().any(|ordinary| ordinary.eq_ignore_ascii_case(word));
    let is_derived = || {
        let lower = word.to_ascii_lowercase();
        lower.len() > 4 && ["ed", "able", "ible"].iter().any(|suffix| lower.ends_with(suffix))
    };
    is_any(&ORDINARY) || is_any(&PREDICATES) || is_any(&NAMED) || is_derived()
}
