//! The placeholder for one word: an id, an address, a number, a name.

use crate::job::cause::{address, constant, noun, region, time};

/// Words before the id of a request.
#[rustfmt::skip]
const REQUEST_IDS: [&str; 12] = [
    "requestid", "request-id", "opc-request-id", "x-ms-request-id", "x-amzn-requestid", "x-request-id",
    "correlationid", "correlation-id", "traceid", "trace-id", "ray", "activityid",
];
/// Words before `id` or directly before the id of a request.
const REQUEST_NOUNS: [&str; 8] =
    ["request", "trace", "correlation", "activity", "session", "transaction", "ray", "incident"];
/// Words before the number of a status of HTTP.
#[rustfmt::skip]
const STATUS_NOUNS: [&str; 12] = [
    "error", "status", "statuscode", "http", "http/1.1", "http/2", "code", "returned", "response", "responded",
    "got", "answered",
];
/// The first words of the reasons of HTTP, after the number.
#[rustfmt::skip]
const REASONS: [&str; 14] = [
    "bad", "unauthorized", "forbidden", "not", "method", "request", "conflict", "gone", "precondition", "too",
    "internal", "service", "gateway", "proxy",
];

/// What is around a word.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The normalised text before it.
    pub pattern: &'a str,
    /// The two words before it, in lower case; empty if there is none or it is a placeholder.
    pub before: [&'a str; 2],
    /// The text after it.
    pub follow: &'a str,
}

/// The placeholder for `word`; `None` if it is no variable. The product in front of a version is kept.
pub fn placeholder(word: &str, context: Context<'_>) -> Option<&'static str> {
    let [before, noun] = context.before;
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    let is_request = REQUEST_IDS.contains(&noun)
        || REQUEST_NOUNS.contains(&noun) && word.len() >= 8 && has_digit
        || noun == "id" && REQUEST_NOUNS.contains(&before);
    if is_request && (has_digit || word.len() >= 12) {
        return Some("‹request id›");
    }
    if product_length(word).is_some() {
        return None;
    }
    // Most words have only letters: of all forms, only the regions of Azure have so, too.
    let is_letters = word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let shape = if is_letters { letters_shape(word) } else { shape(word, has_digit) };
    let found = shape.or_else(|| {
        if has_digit {
            number(word, noun, context.follow)
        } else {
            let is_lower = !word.bytes().any(|byte| byte.is_ascii_uppercase());
            let is_joined = is_lower && word.contains(['-', '_']) && !word.starts_with("not-");
            let is_name = noun == "name/id"
                || is_joined && noun::is_named(noun)
                || is_lower && is_hyphenated(word);
            is_name.then_some("‹name›")
        }
    });
    let is_name = match found {
        Some("‹region›") => false,
        Some("‹host›") => noun == "host",
        // The same thing can be named by a word, a number, an id or an ARN.
        Some(_) => noun::is_named(noun),
        // `p2` is a parameter elsewhere, but a name after "policy".
        None if has_digit && word.len() > 3 && constant::is_term(word) => false,
        None => noun::is_plain_name(word, noun, context.pattern, context.follow),
    };
    if is_name { Some("‹name›") } else { found }
}

/// Whether `word` has at least three parts joined by hyphens, as vaults and key rings are named.
fn is_hyphenated(word: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    word.split('-').count() >= 3 && word.split('-').all(is_part) && !REQUEST_IDS.contains(&word)
}

/// The placeholder for a word of letters.
fn letters_shape(word: &str) -> Option<&'static str> {
    if region::is_region(word) {
        Some("‹region›")
    } else {
        address::is_uuid(word).then_some("‹uuid›")
    }
}

/// The placeholder for a word with the form of an id, an address or a path.
fn shape(word: &str, has_digit: bool) -> Option<&'static str> {
    if word.starts_with("arn:") {
        return Some("‹arn›");
    }
    if word.starts_with("ocid1.") {
        return Some("‹ocid›");
    }
    if word.contains('@') && word.contains('.') {
        return Some("‹email›");
    }
    if address::is_uuid(word.strip_prefix("mrk-").unwrap_or(word)) {
        return Some("‹uuid›");
    }
    if address::is_ip(word) || word.contains('.') && address::is_host(word) {
        return Some("‹host›");
    }
    if region::is_region(word) {
        return Some("‹region›");
    }
    // A user of CipherTrust Manager is named by its connection and its id: `local|…`.
    if word.contains('|') {
        return Some("‹name›");
    }
    is_path(word, has_digit).then_some("‹path›")
}

fn is_path(word: &str, has_digit: bool) -> bool {
    let slashes = word.bytes().filter(|&byte| byte == b'/').count();
    if slashes == 0 || word.starts_with("HTTP/") || word.starts_with("roles/") {
        return false;
    }
    let (first, last) = word.split_once('/').unwrap_or_default();
    let is_id = has_digit && last.bytes().any(|byte| byte.is_ascii_digit());
    slashes > 1
        || is_id
        || first.is_empty()
        || matches!(first, "key" | "keys" | "alias" | "projects")
}

/// The length of the product in `word`, which is a product with its version such as `nginx/1.25.3`.
pub fn product_length(word: &str) -> Option<usize> {
    let (product, version) = word.split_once('/')?;
    let is_version = version.contains('.')
        && version.starts_with(|first: char| first.is_ascii_digit())
        && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_product = product.starts_with(|first: char| first.is_ascii_alphabetic())
        && product.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    (is_version && is_product && product != "HTTP").then_some(product.len())
}

/// The placeholder for a word with a digit.
fn number(word: &str, noun: &str, follow: &str) -> Option<&'static str> {
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit() || b".,%+-".contains(&byte));
    if is_number {
        return if is_code(word, noun, follow) {
            None
        } else if time::unit_length(follow) > 0 {
            Some("‹duration›")
        } else {
            Some("‹number›")
        };
    }
    let is_hex = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if let Some(digits) = word.strip_prefix("0x").filter(|digits| is_hex(digits)) {
        // The codes of PKCS #11 are short, addresses of memory long.
        let is_address = digits.len() > 8 || digits.starts_with("c0");
        return is_address.then_some("‹number›");
    }
    if constant::is_term(word) {
        return None;
    }
    let mut letters =
        word.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty());
    let is_amount = word.starts_with(|first: char| first.is_ascii_digit())
        && word.len() <= 12
        && letters.all(|part| part.len() <= 3)
        && !word.contains(['-', '_']);
    Some(if is_amount {
        "‹duration›"
    } else if word.len() >= 20 {
        "‹id›"
    } else {
        "‹name›"
    })
}

/// Whether the number `word` is a status of HTTP or another code.
fn is_code(word: &str, noun: &str, follow: &str) -> bool {
    if ["code", "errno", "rv"].contains(&noun) && word.len() <= 6 {
        return true;
    }
    let is_http = word.len() == 3 && (b'1'..=b'5').contains(&word.as_bytes()[0]);
    let next = follow.trim_start();
    let end = next.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(next.len());
    let next = &next[..end];
    let is_reason = || REASONS.iter().any(|reason| reason.eq_ignore_ascii_case(next));
    is_http && (STATUS_NOUNS.contains(&noun) || is_reason() || is_camel_case(next))
}

/// Whether `word` consists of several words with capitals, as `InvalidParameter` does.
pub fn is_camel_case(word: &str) -> bool {
    let starts = word
        .as_bytes()
        .windows(2)
        .filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    word.len() >= 8
        && word.starts_with(|first: char| first.is_ascii_uppercase())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && starts.count() >= 1
}
