//! The error class that a normalised text names.

/// Codes of gRPC and of services in capital letters, which are classes wherever they stand.
const CODES: [&str; 10] = [
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "NOT_FOUND",
    "FAILED_PRECONDITION",
    "UNAUTHENTICATED",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "INVALID_SESSION_ID",
    "REQUEST_LIMIT_EXCEEDED",
    "ALREADY_EXISTS",
];
/// Failures of connections in the words of Go's clients and of proxies.
const FAILURES: [&str; 12] = [
    "no such host",
    "connection refused",
    "connection reset by peer",
    "TLS handshake timeout",
    "i/o timeout",
    "context deadline exceeded",
    "certificate signed by unknown authority",
    "certificate has expired",
    "502 Bad Gateway",
    "503 Service Unavailable",
    "504 Gateway Timeout",
    "no route to host",
];

/// The class that `pattern` names: a code that is a class wherever it stands, a code that the text calls one, the
/// word before the first colon, or a failure of the connection.
pub fn find(pattern: &str) -> Option<String> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    let words = || pattern.split(|letter| !is_part(letter)).filter(|word| !word.is_empty());
    let known = words().find(|word| {
        let prefixes = ["CKR_", "NCERR", "AADSTS", "AKV", "ORA-"];
        let is_prefixed =
            prefixes.iter().any(|prefix| word.len() > prefix.len() && word.starts_with(prefix));
        is_prefixed
            || word.len() > "Exception".len() && word.ends_with("Exception")
            || CODES.contains(word)
    });
    known.or_else(|| named(pattern)).or_else(|| leading(pattern)).map(str::to_owned).or_else(|| {
        let failure = FAILURES.iter().find(|failure| pattern.contains(**failure));
        failure.map(|failure| (*failure).to_owned())
    })
}

/// The last code that the text calls a code, which is the most specific.
fn named(pattern: &str) -> Option<&str> {
    ["code", "Code"]
        .iter()
        .flat_map(|name| pattern.match_indices(*name))
        .filter_map(|(at, name)| {
            let rest = pattern[at + name.len()..].trim_start_matches(['"', '\'', ':', '=', ' ']);
            let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let code = &rest[..end.unwrap_or(rest.len())];
            let is_code =
                code.len() > 3 && code.starts_with(|letter: char| letter.is_ascii_uppercase());
            is_code.then_some((at, code))
        })
        .max_by_key(|(at, _)| *at)
        .map(|(_, code)| code)
}

/// The one word before the first colon.
fn leading(pattern: &str) -> Option<&str> {
    const GENERAL: [&str; 8] =
        ["Error", "Failed", "Failure", "Warning", "Message", "Reason", "Status", "Get"];
    let (word, _) = pattern.split_once(':').unwrap_or((pattern, ""));
    let is_class = word.len() > 3
        && word.starts_with(|letter: char| letter.is_ascii_uppercase())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !GENERAL.contains(&word);
    is_class.then_some(word)
}

/// The beginning of `pattern`, for a line.
pub fn headline(pattern: &str) -> String {
    const MAX: usize = 80;
    match pattern.char_indices().nth(MAX) {
        Some((end, _)) => format!("{}…", pattern[..end].trim_end()),
        None => pattern.to_owned(),
    }
}
