//! The tokens of a session, and what a token says of itself. Pure.
//!
//! Nothing here prints, stores or compares a token's text, and nothing is verified: that is the
//! server's part (CONTRACT.md 6).

use std::fmt;
use std::time::Duration;

use crate::format::json;

/// The life of a token that does not tell (CONTRACT.md 6).
const USUAL_LIFE: Duration = Duration::from_secs(300);

/// The longest life believed; longer ones are cut to it.
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 60 * 60);

/// A longer text is no token of this server.
const LONGEST_TOKEN: usize = 64 * 1024;

/// What signing in or renewing gave. Its texts never leave the memory of the page.
#[derive(Clone)]
pub struct Tokens {
    jwt: String,
    /// What a renewal is asked with; none for a pasted token.
    pub(super) refresh: Option<String>,
    /// `client_id` of the reply, asked for when revoking.
    pub(super) client_id: Option<String>,
    /// How long the token lives from the moment it was asked for.
    pub life: Duration,
    /// Who it is for.
    pub claims: Claims,
}

/// The claims of a token, every one optional (CONTRACT.md 6).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// `preferred_username`.
    pub preferred_username: Option<String>,
    /// `sub`, such as `local|<user uuid>`.
    pub subject: Option<String>,
    /// `cust.domain_id`; all zeros for the root domain.
    pub domain_id: Option<String>,
    /// `exp - iat`, when both are numbers and it is positive; at most a day.
    pub life: Option<Duration>,
}

/// Why a text is no token. Says nothing of the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAToken {
    /// Nothing was given.
    Empty,
    /// It does not consist of three parts with dots between them.
    Parts,
    /// It holds a character that a token cannot have, or is far too long.
    Characters,
}

impl Tokens {
    /// A token of the server's, with the life that its claims tell, or else `duration`, or else
    /// 300 s. The browser's clock has no say: only the difference of the server's times counts.
    ///
    /// # Errors
    /// [`NotAToken`] when `jwt` cannot be sent in a header.
    pub fn new(jwt: String, duration: Option<Duration>) -> Result<Self, NotAToken> {
        if jwt.is_empty() {
            return Err(NotAToken::Empty);
        }
        if jwt.len() > LONGEST_TOKEN || !jwt.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(NotAToken::Characters);
        }
        let claims = Claims::of(&jwt);
        let told = claims.life.or(duration.filter(|life| !life.is_zero()));
        Ok(Self {
            life: told.unwrap_or(USUAL_LIFE).min(LONGEST_LIFE),
            jwt,
            refresh: None,
            client_id: None,
            claims,
        })
    }

    /// A token as a person pastes it: white space anywhere, `Bearer ` before it or quotes around it
    /// are dropped. It is taken to live its whole life from now, since its age cannot be known
    /// while the browser's clock may be wrong; the server's 401 ends it earlier.
    ///
    /// # Errors
    /// [`NotAToken`] when it has not the form of a JWT.
    pub fn pasted(text: &str) -> Result<Self, NotAToken> {
        let text = text.trim();
        let text = match text.get(..6) {
            Some(scheme)
                if scheme.eq_ignore_ascii_case("bearer")
                    && text[6..].starts_with(char::is_whitespace) =>
            {
                &text[6..]
            }
            _ => text,
        };
        let jwt: String = text.split_whitespace().collect();
        let jwt = jwt.trim_matches('"');
        if jwt.is_empty() {
            return Err(NotAToken::Empty);
        }
        let parts: Vec<&str> = jwt.split('.').collect();
        if parts.len() != 3 || parts.iter().any(|part| part.is_empty()) {
            return Err(NotAToken::Parts);
        }
        let fits =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'=');
        if !jwt.bytes().all(fits) {
            return Err(NotAToken::Characters);
        }
        Self::new(jwt.to_owned(), None)
    }

    /// The text for the `Authorization` header. For sending only.
    pub fn bearer(&self) -> &str {
        &self.jwt
    }

    /// Whether it can be renewed.
    pub fn is_renewable(&self) -> bool {
        self.refresh.is_some()
    }
}

impl Claims {
    /// The claims of a JWT, not verified; those that cannot be read are absent.
    pub fn of(jwt: &str) -> Self {
        let payload = jwt.split('.').nth(1).unwrap_or_default();
        let Some(text) = from_base64url(payload) else {
            return Self::default();
        };
        let claims = json::members(&text).unwrap_or_default();
        let raw = |name: &str| json::last(&claims, name);
        let text = |raw: &str| json::string(raw).filter(|text| !text.is_empty());
        let customs = raw("cust").and_then(|raw| json::members(raw).ok());
        let customs = customs.unwrap_or_default();
        let time = |name| raw(name).and_then(json::number);
        Self {
            preferred_username: raw("preferred_username").and_then(text),
            subject: raw("sub").and_then(text),
            domain_id: json::last(&customs, "domain_id").and_then(text),
            life: life(time("iat"), time("exp")),
        }
    }
}

/// The text that `encoded` holds, with or without padding.
fn from_base64url(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0);
    for letter in encoded.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.extend((bits >> held).to_le_bytes().first());
        }
    }
    String::from_utf8(bytes).ok()
}

/// The seconds between two times of the server.
fn life(issued: Option<f64>, expires: Option<f64>) -> Option<Duration> {
    let seconds = (expires? - issued?).min(LONGEST_LIFE.as_secs_f64());
    (seconds >= 1.0).then(|| Duration::from_secs_f64(seconds))
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("life", &self.life)
            .field("renewable", &self.is_renewable())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for NotAToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "No token was given.",
            Self::Parts => {
                "A token has three parts with dots between them; this has not. Copy it whole, \
                 without the text around it."
            }
            Self::Characters => {
                "This holds characters that a token cannot have. Copy the token alone, without \
                 the text around it."
            }
        })
    }
}
