//! The message of the server in an error response.
//!
//! No Thales page documents an error body (CONTRACT.md 7), so no member is required.

use crate::format::json;
use crate::format::json::Member;
use crate::format::text::is_html;

/// The longest excerpt of an unexpected body, in bytes.
const MAX_EXCERPT: usize = 2_000;

/// The longest body that is parsed, in bytes.
const MAX_PARSED: usize = 1 << 20;

/// The server's error body, every member optional (CONTRACT.md 7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerMessage {
    /// The error number of the product, `code`.
    pub code: Option<i64>,
    /// The label of the kind of error, `codeDesc`, such as `NCERRResourceNotFound: Resource not found`.
    pub code_desc: Option<String>,
    /// The detail, `message`.
    pub message: Option<String>,
    /// The id of the request, `requestID`.
    pub request_id: Option<String>,
    /// The beginning of the body as received, if it is not of the documented form or has other members.
    pub raw: Option<String>,
    /// Whether `raw` is the source of a web page, as from a proxy.
    pub is_html: bool,
}

impl ServerMessage {
    /// Parses the body of an error response. Accepts anything.
    pub fn parse(body: &[u8]) -> Self {
        let members = match json::parse_object(str::from_utf8(body).unwrap_or_default()) {
            Ok(members) if body.len() <= MAX_PARSED => members,
            _ => return Self::raw(body),
        };
        let mut message = Self::default();
        let mut has_more = false;
        for Member { name, raw } in &members {
            match name.as_str() {
                "code" => {
                    message.code = integer(raw);
                    has_more |= message.code.is_none() && raw != "null";
                }
                "codeDesc" => message.code_desc = text(raw),
                "message" => message.message = text(raw),
                "requestID" => message.request_id = text(raw),
                _ => has_more = true,
            }
        }
        if has_more || message == Self::default() {
            message.raw = Self::raw(body).raw;
        }
        message
    }

    fn raw(body: &[u8]) -> Self {
        let raw = Some(excerpt(body)).filter(|raw| !raw.trim().is_empty());
        let is_html = raw.as_deref().is_some_and(is_html);
        Self { raw, is_html, ..Self::default() }
    }

    /// The permission that a refusal names: the `documented` one as a word, or one in quotes. The CCKM permissions
    /// for keys are one word in lower case such as `keybulkoperation` (CONTRACT.md 3). A web page names none.
    pub fn permission<'a>(&'a self, documented: Option<&'a str>) -> Option<&'a str> {
        const NOT_PERMISSIONS: [&str; 3] = ["keystores", "keyvaults", "keychains"];
        let texts = || [&self.message, &self.code_desc].into_iter().flatten();
        let is_word = |text: &str, wanted: &str| {
            let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
            words.any(|word| word == wanted)
        };
        let raw = self.raw.iter().filter(|_| !self.is_html);
        let documented =
            documented.filter(|name| texts().chain(raw).any(|text| is_word(text, name)));
        let quoted = || {
            let mut parts =
                texts().flat_map(|text| text.split(['\'', '"', '`', '‘', '’', '“', '”']));
            parts.find(|part| {
                part.len() >= "keycreate".len()
                    && part.starts_with("key")
                    && part.bytes().all(|letter| letter.is_ascii_lowercase())
                    && !NOT_PERMISSIONS.contains(part)
            })
        };
        documented.or_else(quoted)
    }

    /// Whether the refusal mentions a licence, as `License not installed yet for feature X`.
    pub fn mentions_licence(&self) -> bool {
        [&self.message, &self.code_desc]
            .into_iter()
            .flatten()
            .any(|text| text.to_ascii_lowercase().contains("license"))
    }
}

/// The beginning of a body as text, truncated between characters and then ended with `…`.
pub fn excerpt(body: &[u8]) -> String {
    let mut cut = body.len().min(MAX_EXCERPT);
    while cut > MAX_EXCERPT - 4 && body.get(cut).is_some_and(|byte| byte & 0xC0 == 0x80) {
        cut -= 1;
    }
    let mut head = String::from_utf8_lossy(&body[..cut]).into_owned();
    if cut < body.len() {
        head.push('…');
    }
    head
}

/// Whether a body is markup, such as a web page: no JSON begins with `<`.
pub fn is_markup(body: &[u8]) -> bool {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start().starts_with(b"<")
}

fn integer(raw: &str) -> Option<i64> {
    let text = json::parse_string(raw);
    text.as_deref().unwrap_or(raw).trim().parse().ok()
}

fn text(raw: &str) -> Option<String> {
    if raw == "null" {
        return None;
    }
    let text = json::parse_string(raw).unwrap_or_else(|| raw.to_owned());
    Some(text).filter(|text| !text.trim().is_empty())
}
