//! JSON Web Tokens, HS256, with the documented claims (CONTRACT.md 6).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, Mac};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The claims of a token, in the documented order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// The client, a uuid.
    pub aud: String,
    /// `local|` and the id of the user.
    pub sub: String,
    /// `kylo`.
    pub iss: String,
    /// `kylo`.
    pub acc: String,
    /// The name of the user.
    pub preferred_username: String,
    /// The claims of the product.
    pub cust: CustomClaims,
    /// The id of the token.
    pub jwtid: String,
    /// The time of issue, in seconds since 1970.
    pub iat: i64,
    /// The time of expiry, in seconds since 1970.
    pub exp: i64,
}

/// The member `cust` of the claims.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CustomClaims {
    /// The id of the domain.
    pub domain_id: String,
    /// The groups of the user.
    pub groups: Vec<String>,
    /// The session.
    pub sid: String,
    /// The id of the root domain.
    pub zone_id: String,
}

#[derive(Serialize, Deserialize)]
struct Header {
    alg: String,
    typ: String,
}

/// The token is malformed or has a wrong signature.
#[derive(Debug, PartialEq, Eq)]
pub struct Malformed;

/// A signed token.
pub fn sign(key: &[u8], claims: &Claims) -> String {
    let header = Header { alg: "HS256".to_owned(), typ: "JWT".to_owned() };
    let signed = format!("{}.{}", encode(&header), encode(claims));
    let signature = BASE64.encode(digest(key, &signed).finalize().into_bytes());
    format!("{signed}.{signature}")
}

/// The claims of a token that `key` signed.
///
/// # Errors
///
/// If the token is malformed, has another algorithm or a wrong signature.
pub fn verify(key: &[u8], token: &str) -> Result<Claims, Malformed> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(Malformed)?;
    let signature = BASE64.decode(signature).map_err(|_| Malformed)?;
    digest(key, signed).verify_slice(&signature).map_err(|_| Malformed)?;
    if decode::<Header>(header)?.alg != "HS256" {
        return Err(Malformed);
    }
    decode(payload)
}

fn encode(part: &impl Serialize) -> String {
    BASE64.encode(serde_json::to_vec(part).unwrap_or_default())
}

fn decode<T: DeserializeOwned>(part: &str) -> Result<T, Malformed> {
    let bytes = BASE64.decode(part).map_err(|_| Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| Malformed)
}

fn digest(key: &[u8], text: &str) -> Hmac<Sha256> {
    // `new` takes a block and cannot fail; HMAC pads shorter keys with zeros.
    let mut block = [0; 64];
    let length = key.len().min(block.len());
    block[..length].copy_from_slice(&key[..length]);
    let mut digest = Hmac::<Sha256>::new(&block.into());
    digest.update(text.as_bytes());
    digest
}
