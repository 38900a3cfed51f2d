//! The message of the server in an error response.
//!
//! No Thales page documents an error body (CONTRACT.md 7), so no member is required.

use crate::format::json;
use crate::format::json::Member;

/// The number of bytes that are kept of an unexpected body.
const HEAD: usize = 2_000;

/// Longer bodies are not parsed.
const LONGEST: usize = 1 << 20;

/// The server's error body, every member optional (CONTRACT.md 7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerMessage {
    /// The product's own number of the error, `code`.
    pub code: Option<i64>,
    /// The class label, `codeDesc`, such as `NCERRResourceNotFound: Resource not found`.
    pub code_desc: Option<String>,
    /// The useful detail, `message`.
    pub message: Option<String>,
    /// `requestID`.
    pub request_id: Option<String>,
    /// The beginning of the body as it came, when it was not of the documented form or held more.
    pub raw: Option<String>,
    /// `raw` is the source of a web page, as from a proxy; nothing to show unfolded.
    pub is_html: bool,
}

impl ServerMessage {
    /// Parses the body of an error response. Accepts anything.
    pub fn parse(body: &[u8]) -> Self {
        let members = match json::parse_object(str::from_utf8(body).unwrap_or_default()) {
            Ok(members) if body.len() <= LONGEST => members,
            _ => return Self::raw(body),
        };
        let mut words = Self::default();
        let mut more = false;
        for Member { name, raw } in &members {
            match name.as_str() {
                "code" => {
                    words.code = integer(raw);
                    more |= words.code.is_none() && raw != "null";
                }
                "codeDesc" => words.code_desc = text(raw),
                "message" => words.message = text(raw),
                "requestID" => words.request_id = text(raw),
                _ => more = true,
            }
        }
        if more || words == Self::default() {
            words.raw = Self::raw(body).raw;
        }
        words
    }

    fn raw(body: &[u8]) -> Self {
        let raw = Some(excerpt(body)).filter(|raw| !raw.trim().is_empty());
        let html = raw.as_deref().is_some_and(is_html);
        Self { raw, is_html: html, ..Self::default() }
    }

    /// The name of the permission that a refusal names: the `usual` one as a word of its own, or
    /// one in quotes. The CCKM permissions about keys are one word in lower case such as
    /// `keybulkoperation` (CONTRACT.md 3). The source of a web page names none.
    pub fn permission<'a>(&'a self, usual: Option<&'a str>) -> Option<&'a str> {
        const NOT_PERMISSIONS: [&str; 3] = ["keystores", "keyvaults", "keychains"];
        let texts = || [&self.message, &self.code_desc].into_iter().flatten();
        let is_word = |text: &str, wanted: &str| {
            let mut words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
            words.any(|word| word == wanted)
        };
        let raw = self.raw.iter().filter(|_| !self.is_html);
        let usual = usual.filter(|usual| texts().chain(raw).any(|text| is_word(text, usual)));
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
        usual.or_else(quoted)
    }

    /// Whether the refusal speaks of a licence, as `License not installed yet for feature X`.
    pub fn mentions_licence(&self) -> bool {
        [&self.message, &self.code_desc]
            .into_iter()
            .flatten()
            .any(|text| text.to_ascii_lowercase().contains("license"))
    }
}

/// The beginning of a body as text, cut between characters, with `…` where it was cut.
pub fn excerpt(body: &[u8]) -> String {
    let mut cut = body.len().min(HEAD);
    while cut > HEAD - 4 && body.get(cut).is_some_and(|byte| byte & 0xC0 == 0x80) {
        cut -= 1;
    }
    let mut head = String::from_utf8_lossy(&body[..cut]).into_owned();
    if cut < body.len() {
        head.push('…');
    }
    head
}

/// Whether a text is the source of a web page.
pub fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    ["<!doctype", "<html", "<head", "<body", "<!--"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|found| found.eq_ignore_ascii_case(tag)))
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
