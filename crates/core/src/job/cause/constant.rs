//! Codes, states and actions, which name a cause although they look like names.

/// States of keys. Two states are two causes.
#[rustfmt::skip]
const STATES: [&str; 12] = [
    "enabled", "disabled", "destroyed", "destroy_scheduled", "pendingdeletion", "pending_deletion", "pendingimport",
    "scheduling_deletion", "deleted", "active", "inactive", "creating",
];

/// The error codes of OAuth 2 (RFC 6749 and 6750).
pub const OAUTH: [&str; 10] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "access_denied",
    "temporarily_unavailable",
    "invalid_token",
    "insufficient_scope",
];

/// The beginnings of error codes that contain digits.
const CODES: [&str; 8] = ["AADSTS", "AKV", "ORA-", "TNS-", "CKR_", "IDX", "NCERR", "LUNA_RET_"];

/// Parts of the names of algorithms, protocols and services that contain digits.
#[rustfmt::skip]
const TERMS: [&str; 36] = [
    "tls", "ssl", "sha", "rsa", "aes", "hmac", "ec", "ecc", "ecdsa", "ed", "md", "pkcs", "http", "oauth", "x",
    "ipv", "base", "utf", "s", "oaep", "sign", "encrypt", "decrypt", "pss", "gcm", "cbc", "p", "v", "secp", "k",
    "r", "rs", "es", "bit", "int", "wrap",
];

/// Whether a quoted word is an action such as `kms:Decrypt` or `cloudkms.cryptoKeys.list`, a state or a code of OAuth.
pub fn is_constant(word: &str) -> bool {
    let is_letters = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphabetic());
    let is_action = word.split_once(':').is_some_and(|(service, action)| {
        is_letters(service)
            && is_letters(action)
            && action.starts_with(|c: char| c.is_ascii_uppercase())
    });
    let parts = || word.split('.');
    let has_case = || parts().skip(1).any(|part| part.bytes().any(|b| b.is_ascii_uppercase()));
    let is_permission = parts().count() >= 3 && parts().all(is_letters) && has_case();
    let is_state = STATES.iter().any(|state| state.eq_ignore_ascii_case(word));
    is_state || is_action || is_permission || OAUTH.contains(&word)
}

/// Whether a word with a digit is an error code or the name of an algorithm, a protocol or a service.
pub fn is_term(word: &str) -> bool {
    if CODES.iter().any(|code| word.starts_with(code)) {
        return true;
    }
    let is_known = |part: &str| TERMS.iter().any(|term| term.eq_ignore_ascii_case(part));
    let mut letters =
        word.split(|c: char| !c.is_ascii_alphabetic()).filter(|part| !part.is_empty());
    !word.starts_with(|first: char| first.is_ascii_digit()) && letters.all(is_known)
}
