//! The shapes of what varies in a text: ids, addresses, times, numbers, names.

/// Words before a code, a state or an action, which is no variable even in quotes.
const KEPT: [&str; 32] = [
    "code",
    "errorcode",
    "error",
    "status",
    "state",
    "message",
    "reason",
    "type",
    "__type",
    "permission",
    "permissions",
    "action",
    "operation",
    "method",
    "metric",
    "limit",
    "service",
    "algorithm",
    "purpose",
    "feature",
    "parameter",
    "field",
    "attribute",
    "property",
    "usage",
    "detail",
    "description",
    "title",
    "errormessage",
    "protocol",
    "scope",
    "api",
];

/// Words before a name.
const NAMED: [&str; 25] = [
    "key",
    "keyring",
    "vault",
    "secret",
    "certificate",
    "alias",
    "name",
    "named",
    "connection",
    "user",
    "group",
    "partition",
    "slot",
    "label",
    "tenant",
    "project",
    "domain",
    "subscription",
    "name/id",
    "resource",
    "policy",
    "organization",
    "host",
    "token",
    "container",
];

/// Words before the id of a request.
const REQUEST_IDS: [&str; 12] = [
    "requestid",
    "request-id",
    "opc-request-id",
    "x-ms-request-id",
    "x-amzn-requestid",
    "x-request-id",
    "correlationid",
    "correlation-id",
    "traceid",
    "trace-id",
    "ray",
    "activityid",
];

const REQUEST_NOUNS: [&str; 8] =
    ["request", "trace", "correlation", "activity", "session", "transaction", "ray", "incident"];

/// Parts of the names of algorithms, protocols and services that contain digits.
const TERMS: [&str; 36] = [
    "tls", "ssl", "sha", "rsa", "aes", "hmac", "ec", "ecc", "ecdsa", "ed", "md", "pkcs", "http",
    "oauth", "x", "ipv", "base", "utf", "s", "oaep", "sign", "encrypt", "decrypt", "pss", "gcm",
    "cbc", "p", "v", "secp", "k", "r", "rs", "es", "bit", "int", "wrap",
];

/// Whether a name follows the word `noun`.
pub fn is_named(noun: &str) -> bool {
    NAMED.contains(&noun)
}

/// Whether a code, state or action follows the word `noun`.
pub fn is_kept(noun: &str) -> bool {
    KEPT.contains(&noun)
}

/// Whether a quoted word is an action such as `kms:Decrypt` or `cloudkms.cryptoKeys.list`, or a well-known state.
pub fn is_constant(word: &str) -> bool {
    const STATES: [&str; 12] = [
        "enabled",
        "disabled",
        "destroyed",
        "destroy_scheduled",
        "pendingdeletion",
        "pending_deletion",
        "pendingimport",
        "scheduling_deletion",
        "deleted",
        "active",
        "inactive",
        "creating",
    ];
    let lower = word.to_ascii_lowercase();
    let is_letters = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphabetic());
    let action = word.split_once(':').is_some_and(|(service, action)| {
        is_letters(service)
            && is_letters(action)
            && action.starts_with(|c: char| c.is_ascii_uppercase())
    });
    let parts = || word.split('.');
    let has_case = parts().skip(1).any(|part| part.bytes().any(|b| b.is_ascii_uppercase()));
    let permission = parts().count() >= 3 && parts().all(is_letters) && has_case;
    STATES.contains(&&*lower) || action || permission
}

/// The placeholder for `word`, which follows the words `before` and `noun`; `None` if it is no variable.
pub fn placeholder(word: &str, before: &str, noun: &str, follow: &str) -> Option<&'static str> {
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    let is_request = REQUEST_IDS.contains(&noun) || noun == "id" && REQUEST_NOUNS.contains(&before);
    if is_request && (has_digit || word.len() >= 12) {
        return Some("‹request id›");
    }
    if word.starts_with("arn:") {
        return Some("‹arn›");
    }
    if word.starts_with("ocid1.") {
        return Some("‹ocid›");
    }
    if word.contains('@') && word.contains('.') {
        return Some("‹email›");
    }
    if is_uuid(word.strip_prefix("mrk-").unwrap_or(word)) {
        return Some("‹uuid›");
    }
    if is_ip(word) {
        return Some("‹ip›");
    }
    if is_region(word) {
        return Some("‹region›");
    }
    let slashes = word.bytes().filter(|&byte| byte == b'/').count();
    if slashes > 0 && !word.starts_with("HTTP/") && !word.starts_with("roles/") {
        let (first, last) = word.split_once('/').unwrap_or_default();
        let is_id = last.bytes().any(|byte| byte.is_ascii_digit());
        if slashes > 1
            || is_id
            || first.is_empty()
            || matches!(first, "key" | "keys" | "alias" | "projects")
        {
            return Some("‹path›");
        }
    }
    if is_host(word) {
        return Some("‹host›");
    }
    let is_hyphenated = word.contains(['-', '_']) && !word.starts_with("not-");
    if !has_digit {
        let is_lower = !word.bytes().any(|byte| byte.is_ascii_uppercase());
        let is_name = noun == "name/id" || is_hyphenated && is_lower && is_named(noun);
        return is_name.then_some("‹name›");
    }
    number(word, noun, follow)
}

/// The placeholder for a word with a digit.
fn number(word: &str, noun: &str, follow: &str) -> Option<&'static str> {
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit() || b".%+-".contains(&byte));
    if is_number {
        const REASONS: [&str; 13] = [
            "bad",
            "unauthorized",
            "forbidden",
            "not",
            "method",
            "request",
            "conflict",
            "gone",
            "precondition",
            "too",
            "internal",
            "service",
            "gateway",
        ];
        let next = follow.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next();
        let next = next.unwrap_or_default().to_ascii_lowercase();
        let is_http = word.len() == 3 && (b'1'..=b'5').contains(&word.as_bytes()[0]);
        let is_status =
            ["error", "status", "statuscode", "http", "http/1.1", "http/2", "code"].contains(&noun);
        let is_code = ["code", "errno", "rv"].contains(&noun) && word.len() <= 6;
        if is_http && (is_status || REASONS.contains(&&*next)) || is_code {
            return None;
        }
        return Some("‹number›");
    }
    let starts_with_digit = word.starts_with(|letter: char| letter.is_ascii_digit());
    if word.starts_with("0x") && word.len() <= 10 {
        return None;
    }
    let letters = word.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty());
    let is_term = letters.clone().all(|part| TERMS.contains(&&*part.to_ascii_lowercase()));
    let is_code = ["AADSTS", "AKV", "ORA-", "TNS-", "CKR_", "IDX", "NCERR"]
        .iter()
        .any(|code| word.starts_with(code));
    if is_code || is_term && !starts_with_digit {
        return None;
    }
    let is_amount =
        starts_with_digit && letters.clone().all(|part| part.len() <= 3) && word.len() <= 12;
    Some(if is_amount && !word.contains(['-', '_']) {
        "‹duration›"
    } else if word.len() >= 20 {
        "‹id›"
    } else {
        "‹name›"
    })
}

/// Whether the colons in `word` belong to one ARN, IP address or host with its port.
pub fn is_address(word: &str) -> bool {
    word.starts_with("arn:") || is_ip(word) || is_host(word)
}

fn is_uuid(word: &str) -> bool {
    let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let groups = || word.split('-');
    let is_grouped = word.len() == 36 && groups().map(str::len).eq([8, 4, 4, 4, 12]);
    is_grouped && groups().all(is_hex) || word.len() == 32 && is_hex(word)
}

fn is_ip(word: &str) -> bool {
    let (address, port) = word.rsplit_once(':').unwrap_or((word, "0"));
    let is_digits = |text: &str| {
        !text.is_empty() && text.len() <= 5 && text.bytes().all(|b| b.is_ascii_digit())
    };
    let v4 =
        is_digits(port) && address.split('.').count() == 4 && address.split('.').all(is_digits);
    let v6 =
        word.matches(':').count() >= 2 && word.bytes().all(|b| b.is_ascii_hexdigit() || b == b':');
    v4 || v6
}

fn is_region(word: &str) -> bool {
    const PLACES: [&str; 21] = [
        "af",
        "ap",
        "ca",
        "cn",
        "eu",
        "il",
        "me",
        "mx",
        "sa",
        "us",
        "uk",
        "europe",
        "asia",
        "northamerica",
        "southamerica",
        "australia",
        "africa",
        "central",
        "east",
        "north",
        "west",
    ];
    let Some((place, rest)) = word.split_once('-') else {
        return is_azure_region(word);
    };
    let name = rest.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    let is_name = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && name.len() >= 4;
    PLACES[..17].contains(&place) && is_name && rest.ends_with(|c: char| c.is_ascii_digit())
}

fn is_azure_region(word: &str) -> bool {
    const GEOGRAPHIES: [&str; 18] = [
        "us",
        "europe",
        "asia",
        "india",
        "uk",
        "france",
        "germany",
        "norway",
        "switzerland",
        "sweden",
        "poland",
        "italy",
        "brazil",
        "canada",
        "japan",
        "korea",
        "australia",
        "uae",
    ];
    const DIRECTIONS: [&str; 6] = ["north", "south", "east", "west", "central", "southeast"];
    let mut rest = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let (mut has_place, mut has_direction) = (false, false);
    while !rest.is_empty() {
        let next = GEOGRAPHIES.iter().find_map(|part| rest.strip_prefix(part));
        has_place |= next.is_some();
        let direction = || DIRECTIONS.iter().find_map(|part| rest.strip_prefix(part));
        let Some(next) = next.or_else(|| direction().inspect(|_| has_direction = true)) else {
            return false;
        };
        rest = next;
    }
    has_place && has_direction
}

fn is_host(word: &str) -> bool {
    const TOPS: [&str; 17] = [
        "com", "net", "org", "io", "cloud", "local", "internal", "corp", "lan", "de", "eu", "fr",
        "uk", "dev", "example", "test", "gov",
    ];
    let (host, port) = word.split_once(':').unwrap_or((word, ""));
    let is_label =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    let top = host.rsplit_once('.').map(|(_, top)| top);
    // The names of Google's services, which do not vary.
    let is_service = host.ends_with(".googleapis.com");
    top.is_some_and(|top| TOPS.contains(&top))
        && !is_service
        && host.bytes().all(is_label)
        && port.bytes().all(|b| b.is_ascii_digit())
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
    let url = url.trim_end_matches(['.', ',', ':', ';']).trim_end_matches(closes);
    url.trim_end_matches(['.', ',', ':', ';']).len().max(scheme + 3)
}

/// The length of the date or time of day at the beginning of `text`; 0 if there is none. `d` stands for a digit.
pub fn time_length(text: &str) -> usize {
    const FORMS: [&str; 8] = [
        "dddd-dd-ddTdd:dd:dd",
        "dddd-dd-dd dd:dd:dd",
        "dddd/dd/dd dd:dd:dd",
        "ddddddddTddddddZ",
        "dddd-dd-dd",
        "dd:dd:dd",
        "www, dd www dddd dd:dd:dd",
        "www dd dddd dd:dd:dd",
    ];
    let is_form = |form: &&&str| {
        text.len() >= form.len()
            && form.bytes().zip(text.bytes()).all(|(form, byte)| match form {
                b'd' => byte.is_ascii_digit(),
                b'w' => byte.is_ascii_alphabetic(),
                _ => form == byte,
            })
    };
    let Some(form) = FORMS.iter().find(is_form) else { return 0 };
    let rest = &text[form.len()..];
    let fraction = rest
        .strip_prefix('.')
        .map_or(0, |rest| 1 + rest.bytes().take_while(u8::is_ascii_digit).count());
    let rest = &rest[fraction..];
    let zones = [" +0000 UTC", " +0000", "+00:00", "Z", " UTC", " GMT"];
    let zone = zones.iter().find(|zone| rest.starts_with(**zone)).map_or(0, |zone| zone.len());
    let next = rest[zone..].chars().next();
    if next.is_some_and(|next| next.is_alphanumeric() || next == '-') {
        0
    } else {
        form.len() + fraction + zone
    }
}
