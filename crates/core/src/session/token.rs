//! The tokens of a session, and the claims of a token.
//!
//! Nothing here prints, stores or compares the text of a token. Nothing is verified: that is the task of the server
//! (CONTRACT.md 6).

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;
use thiserror::Error;

/// The lifetime of a token whose reply and claims do not name one (CONTRACT.md 6).
const DEFAULT_LIFETIME: Duration = Duration::from_secs(300);
/// The longest plausible lifetime; longer ones are shortened to it.
const MAX_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);
/// The maximum length of a token, in bytes.
const MAX_TOKEN_LENGTH: usize = 64 * 1024;

/// Base64url, decoded as leniently as possible, with or without padding.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The result of a sign-in or a renewal. Its texts never leave the memory of the page.
#[derive(Clone)]
pub struct Tokens {
    jwt: String,
    /// The refresh token; `None` for a pasted token.
    pub(super) refresh: Option<String>,
    /// `client_id` of the reply, which a revocation names.
    pub(super) client_id: Option<String>,
    /// How long the token lives, counted from its request.
    pub lifetime: Duration,
    /// The claims of the token: its user and domain.
    pub claims: Claims,
}

/// The claims of a token, each of them optional (CONTRACT.md 6).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claims {
    /// `preferred_username`.
    pub preferred_username: Option<String>,
    /// `sub`, such as `local|<user uuid>`.
    pub subject: Option<String>,
    /// `cust.domain_id`; all zeros for the root domain.
    pub domain_id: Option<String>,
    /// `exp - iat`, if it is at least a second; at most a day.
    pub lifetime: Option<Duration>,
}

/// Why a text is not a token. Does not contain the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidToken {
    /// The text is empty.
    #[error("No token was given.")]
    Empty,
    /// The text does not consist of three parts with dots between them.
    #[error(
        "A token has three parts with dots between them, and this text does not. Copy the whole \
         token, without the text around it."
    )]
    Parts,
    /// The text holds a character that a token cannot have, or is too long.
    #[error(
        "This text holds characters that a token cannot have. Copy the token alone, without the text around it."
    )]
    Characters,
}

impl Tokens {
    /// The token `jwt`, with the `lifetime` of the server's reply. The claims of the token take precedence. Without both,
    /// a token lives 300 s. Only the difference of the server's times counts, never the browser's clock.
    ///
    /// # Errors
    /// [`InvalidToken`] if a header cannot carry `jwt`.
    pub fn new(jwt: String, lifetime: Option<Duration>) -> Result<Self, InvalidToken> {
        if jwt.is_empty() {
            return Err(InvalidToken::Empty);
        }
        if jwt.len() > MAX_TOKEN_LENGTH || !jwt.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidToken::Characters);
        }
        let claims = Claims::new(&jwt);
        Ok(Self {
            lifetime: claims.lifetime.or(lifetime).unwrap_or(DEFAULT_LIFETIME).min(MAX_LIFETIME),
            jwt,
            refresh: None,
            client_id: None,
            claims,
        })
    }

    /// The text for the `Authorization` header. Use it for nothing else.
    pub fn bearer(&self) -> &str {
        &self.jwt
    }

    /// Whether it can be renewed.
    pub fn is_renewable(&self) -> bool {
        self.refresh.is_some()
    }
}

/// Parses a pasted token. White space anywhere, a leading `Bearer ` and quotes around the token are dropped.
///
/// Its lifetime counts from now, since its age cannot be known: the browser's clock may be wrong. The server's 401 ends
/// it earlier.
impl FromStr for Tokens {
    type Err = InvalidToken;

    fn from_str(text: &str) -> Result<Self, InvalidToken> {
        let text = text.trim();
        let text = text
            .split_once(char::is_whitespace)
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map_or(text, |(_, token)| token);
        let jwt: String = text.split_whitespace().collect();
        let jwt = jwt.trim_matches('"');
        if jwt.is_empty() {
            return Err(InvalidToken::Empty);
        }
        if jwt.split('.').count() != 3 || jwt.split('.').any(str::is_empty) {
            return Err(InvalidToken::Parts);
        }
        if !jwt.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.=".contains(&byte)) {
            return Err(InvalidToken::Characters);
        }
        Self::new(jwt.to_owned(), None)
    }
}

impl Claims {
    /// The claims of a JWT, not verified. A claim that cannot be read is absent.
    pub fn new(jwt: &str) -> Self {
        let claims: Value = jwt
            .split('.')
            .nth(1)
            .and_then(|payload| BASE64URL.decode(payload).ok())
            .and_then(|payload| serde_json::from_slice(&payload).ok())
            .unwrap_or_default();
        Self {
            preferred_username: text(&claims["preferred_username"]),
            subject: text(&claims["sub"]),
            domain_id: text(&claims["cust"]["domain_id"]),
            lifetime: lifetime(&claims),
        }
    }
}

/// A string that is not empty.
pub(super) fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The difference of the claims `exp` and `iat`.
fn lifetime(claims: &Value) -> Option<Duration> {
    let seconds = claims["exp"].as_f64()? - claims["iat"].as_f64()?;
    (seconds >= 1.0).then(|| Duration::from_secs_f64(seconds.min(MAX_LIFETIME.as_secs_f64())))
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("lifetime", &self.lifetime)
            .field("renewable", &self.is_renewable())
            .finish_non_exhaustive()
    }
}
