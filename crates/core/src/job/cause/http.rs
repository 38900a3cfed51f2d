//! The status of HTTP in a normalised text.

/// The statuses that are errors, with their reasons.
const REASONS: [(&str, &str); 18] = [
    ("400", "Bad Request"),
    ("401", "Unauthorized"),
    ("402", "Payment Required"),
    ("403", "Forbidden"),
    ("404", "Not Found"),
    ("405", "Method Not Allowed"),
    ("407", "Proxy Authentication Required"),
    ("408", "Request Timeout"),
    ("409", "Conflict"),
    ("410", "Gone"),
    ("412", "Precondition Failed"),
    ("413", "Content Too Large"),
    ("422", "Unprocessable Content"),
    ("429", "Too Many Requests"),
    ("500", "Internal Server Error"),
    ("502", "Bad Gateway"),
    ("503", "Service Unavailable"),
    ("504", "Gateway Timeout"),
];

/// The position and the number of the first status in `pattern`. The normalised text has no other numbers of three
/// digits than codes.
pub fn find(pattern: &str) -> Option<(usize, &str)> {
    let is_part = |letter: char| letter.is_alphanumeric() || "._-/‹›".contains(letter);
    let starts = pattern.match_indices(['4', '5']).map(|(at, _)| at);
    let mut statuses = starts.filter_map(|at| {
        let status = pattern.get(at..at + 3)?;
        let is_number = status.bytes().all(|byte| byte.is_ascii_digit());
        let is_alone = !pattern[..at].ends_with(is_part)
            && !pattern[at + 3..].starts_with(|next: char| next.is_alphanumeric() || next == '-');
        (is_number && is_alone).then_some((at, status))
    });
    statuses.next()
}

/// The first status in `pattern` with its reason, as in `502 Bad Gateway`.
pub fn class(pattern: &str) -> Option<String> {
    let (_, status) = find(pattern)?;
    let reason = REASONS.iter().find(|(known, _)| *known == status);
    Some(
        reason.map_or_else(|| format!("HTTP {status}"), |(_, reason)| format!("{status} {reason}")),
    )
}
