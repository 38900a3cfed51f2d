//! Addresses and ids: URLs, hosts with ports, IP addresses, UUIDs.

/// The last labels of the hosts that are recognised.
const TOPS: [&str; 17] = [
    "com", "net", "org", "io", "cloud", "local", "internal", "corp", "lan", "de", "eu", "fr", "uk",
    "dev", "example", "test", "gov",
];

/// Whether `word` is a UUID, with or without hyphens.
pub fn is_uuid(word: &str) -> bool {
    let bytes = word.as_bytes();
    match bytes.len() {
        32 => bytes.iter().all(u8::is_ascii_hexdigit),
        36 => bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        }),
        _ => false,
    }
}

/// Whether the colons in `word` belong to one ARN, IP address or host with its port.
pub fn is_address(word: &str) -> bool {
    word.starts_with("arn:") || is_ip(word) || is_host(word)
}

/// Whether `word` is an IP address, with or without a port.
pub fn is_ip(word: &str) -> bool {
    let (address, port) = word.rsplit_once(':').unwrap_or((word, "0"));
    let is_digits = |text: &str| {
        !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit())
    };
    let is_v4 =
        is_digits(port) && address.split('.').count() == 4 && address.split('.').all(is_digits);
    is_v4 || is_v6(word)
}

fn is_v6(word: &str) -> bool {
    let (address, _) = word.split_once('%').unwrap_or((word, ""));
    address.bytes().filter(|&byte| byte == b':').count() >= 2
        && address.split(':').all(|group| {
            group.len() <= 4 && group.bytes().all(|byte| byte.is_ascii_hexdigit())
                || group.contains('.') && is_ip(group)
        })
}

/// Whether `word` is the name of a host, with or without a port. The names of Google's services do not vary.
pub fn is_host(word: &str) -> bool {
    let (host, port) = word.split_once(':').unwrap_or((word, ""));
    let is_label =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    let top = host.rsplit_once('.').map(|(_, top)| top);
    top.is_some_and(|top| TOPS.contains(&top))
        && !host.ends_with(".googleapis.com")
        && host.trim_start_matches("*.").bytes().all(is_label)
        && port.bytes().all(|b| b.is_ascii_digit())
}

/// The length of an IPv6 address in brackets with its port at the beginning of `text`; 0 if there is none.
pub fn bracketed_length(text: &str) -> usize {
    let Some((address, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) else {
        return 0;
    };
    if !is_v6(address) {
        return 0;
    }
    let port = rest.strip_prefix(':').unwrap_or_default();
    let digits = port.bytes().take_while(u8::is_ascii_digit).count();
    address.len() + 2 + if digits > 0 { 1 + digits } else { 0 }
}

/// The length of the URL at the beginning of `text`; 0 if there is none.
pub fn url_length(text: &str) -> usize {
    let scheme = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if scheme == 0 || !text[scheme..].starts_with("://") {
        return 0;
    }
    let end = text.find([' ', '"', '\'', '`', '<', '>', ']', '}', '‹', '›', '”', '’']);
    let url = &text[..end.unwrap_or(text.len())];
    let closes: &[char] = if url.contains('(') { &[] } else { &[')'] };
    let ends: &[char] = &['.', ',', ':', ';'];
    let url = url.trim_end_matches(ends).trim_end_matches(closes).trim_end_matches(ends);
    url.len().max(scheme + 3)
}
