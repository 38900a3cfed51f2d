//! The error class that a normalised text names.

use crate::job::cause::constant::OAUTH;
use crate::job::cause::http;
use crate::job::cause::word::is_camel_case;

/// The beginnings of codes that are classes wherever they stand.
const PREFIXES: [&str; 5] = ["CKR_", "AADSTS", "AKV", "ORA-", "LUNA_RET_"];

/// The codes of gRPC in the spelling of Go. In the spelling of Google's APIs, such as `PERMISSION_DENIED`, they are
/// classes wherever they stand.
const RPC_CODES: [(&str, &str); 16] = [
    ("Canceled", "CANCELLED"),
    ("Unknown", "UNKNOWN"),
    ("InvalidArgument", "INVALID_ARGUMENT"),
    ("DeadlineExceeded", "DEADLINE_EXCEEDED"),
    ("NotFound", "NOT_FOUND"),
    ("AlreadyExists", "ALREADY_EXISTS"),
    ("PermissionDenied", "PERMISSION_DENIED"),
    ("ResourceExhausted", "RESOURCE_EXHAUSTED"),
    ("FailedPrecondition", "FAILED_PRECONDITION"),
    ("Aborted", "ABORTED"),
    ("OutOfRange", "OUT_OF_RANGE"),
    ("Unimplemented", "UNIMPLEMENTED"),
    ("Internal", "INTERNAL"),
    ("Unavailable", "UNAVAILABLE"),
    ("DataLoss", "DATA_LOSS"),
    ("Unauthenticated", "UNAUTHENTICATED"),
];

/// Other codes in capital letters, which are classes wherever they stand.
const CODES: [&str; 3] = ["INVALID_SESSION_ID", "REQUEST_LIMIT_EXCEEDED", "GOAWAY"];

/// Failures of connections in the words of Go's clients and of proxies.
const FAILURES: [&str; 14] = [
    "no such host",
    "connection refused",
    "connection reset by peer",
    "TLS handshake timeout",
    "i/o timeout",
    "context deadline exceeded",
    "context canceled",
    "certificate signed by unknown authority",
    "certificate has expired",
    "no route to host",
    "network is unreachable",
    "broken pipe",
    "unexpected EOF",
    "Proxy Authentication Required",
];

/// Words before a colon that are no class.
#[rustfmt::skip]
const GENERAL: [&str; 12] = [
    "Error", "Failed", "Failure", "Warning", "Message", "Reason", "Status", "Skipped", "Post", "Head", "Delete",
    "Null",
];

/// The class that `pattern` names. The most specific one wins: a code that is a class wherever it stands, a code that
/// the text calls one, the word before the first colon, a failure of the connection, the status of HTTP.
pub fn find(pattern: &str) -> Option<String> {
    let specific = known(pattern).or_else(|| named(pattern)).or_else(|| leading(pattern));
    let class = specific.or_else(|| {
        let failure = FAILURES.iter().copied().find(|failure| pattern.contains(failure));
        failure.or_else(|| pattern.ends_with(": EOF").then_some("EOF"))
    });
    class.map(|class| rpc_code(class).unwrap_or(class).to_owned()).or_else(|| http::class(pattern))
}

/// The code of gRPC in the spelling of Google's APIs.
fn rpc_code(class: &str) -> Option<&'static str> {
    let is_code = |(go, _): &&(&str, &str)| *go == class;
    // These words are classes of other services, too.
    let is_other = matches!(class, "NotFound" | "Unknown" | "Internal");
    RPC_CODES.iter().find(is_code).filter(|_| !is_other).map(|(_, code)| *code)
}

/// The first code in `pattern` that is a class wherever it stands.
fn known(pattern: &str) -> Option<&str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    let words = || pattern.split(move |letter| !is_part(letter)).filter(|word| word.len() > 3);
    let is_code = |word: &&str| {
        let is_prefixed =
            PREFIXES.iter().any(|prefix| word.len() > prefix.len() && word.starts_with(prefix));
        let is_capital = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        let is_rpc = || RPC_CODES.iter().any(|(_, code)| code == word);
        is_prefixed
            || word.len() > "Exception".len() && word.ends_with("Exception")
            || is_capital && *word != "UNKNOWN" && (CODES.contains(word) || is_rpc())
    };
    let of_grpc = || {
        let (_, rest) = pattern.split_once("rpc error: code = ")?;
        let code = rest.split(' ').next()?;
        RPC_CODES.iter().find(|(go, _)| *go == code).map(|(_, code)| *code)
    };
    // CipherTrust Manager wraps the errors of the clouds, which say more.
    words()
        .find(is_code)
        .or_else(of_grpc)
        .or_else(|| words().find(|word| word.starts_with("NCERR") && word.len() > "NCERR".len()))
}

/// The last code that the text calls a code, which is the most specific, or a code of OAuth.
fn named(pattern: &str) -> Option<&str> {
    let code_after = |(at, name): (usize, &str)| {
        let rest = pattern[at + name.len()..].trim_start_matches(['"', '\'', ':', '=', ' ']);
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
        let code = &rest[..end.unwrap_or(rest.len())];
        let is_code = code.len() > 3
            && code.starts_with(|letter: char| letter.is_ascii_uppercase())
            && (!name.ends_with(':') || is_camel_case(code));
        is_code.then_some((at, code))
    };
    let codes = ["code", "Code", "CODE", "error:", "Error:"].iter();
    codes
        .flat_map(|name| pattern.match_indices(*name))
        .filter_map(code_after)
        .max_by_key(|(at, _)| *at)
        .map(|(_, code)| code)
        .or_else(|| after_status(pattern))
        .or_else(|| OAUTH.iter().copied().find(|code| pattern.contains(code)))
}

/// The code directly after a status of HTTP, as in `404 InvalidParameter`.
fn after_status(pattern: &str) -> Option<&str> {
    let (at, _) = http::find(pattern)?;
    let rest = pattern[at + 3..].strip_prefix(' ')?;
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
    Some(&rest[..end]).filter(|word| is_camel_case(word))
}

/// The one word before a colon or in brackets at the beginning, or a code in capital letters before a later colon.
fn leading(pattern: &str) -> Option<&str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let word_of = |text: &'_ str| text.find(|letter| !is_part(letter)).unwrap_or(text.len());
    let start = pattern.trim_start_matches(['(', '[']);
    let word = &start[..word_of(start)];
    let rest = &start[word.len()..];
    let is_bracketed = start.len() < pattern.len() && rest.starts_with([')', ']']);
    let is_general = GENERAL.iter().any(|general| general.eq_ignore_ascii_case(word));
    if word.len() > 3
        && word.starts_with(|letter: char| letter.is_ascii_uppercase())
        && (rest.is_empty() || rest.starts_with(':') || is_bracketed)
        && !is_general
    {
        return Some(word);
    }
    let is_capital = |word: &str| {
        word.len() >= 8
            && word.contains('_')
            && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    };
    let mut parts = std::iter::once(pattern)
        .chain(pattern.match_indices(": ").map(|(at, colon)| &pattern[at + colon.len()..]));
    parts.find_map(|part| {
        let word = &part[..word_of(part)];
        let rest = &part[word.len()..];
        (is_capital(word) && (rest.starts_with(':') || rest.starts_with(" ("))).then_some(word)
    })
}
