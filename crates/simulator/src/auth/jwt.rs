//! JSON Web Tokens, HS256, with the documented claims (CONTRACT.md 6). Must not know sessions.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::users::{DOMAINS, User};
use crate::json::object;

/// What a token says, as far as the simulator asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// The user's id, without `local|`.
    pub user: String,
    /// The session, `cust.sid`.
    pub session: String,
    /// The domain's id, `cust.domain_id`.
    pub domain: String,
    /// Seconds since 1970.
    pub issued: i64,
    /// Seconds since 1970.
    pub expires: i64,
}

/// Why a token is no token.
#[derive(Debug, PartialEq, Eq)]
pub struct Malformed;

/// A signed token.
pub fn sign(key: &[u8], user: &User, audience: &str, jwt_id: &str, claims: &Claims) -> String {
    let zone = DOMAINS.first().map_or("", |domain| domain.id);
    let payload = object(|out| {
        out.text("aud", audience);
        out.text("sub", &format!("local|{}", claims.user));
        out.text("iss", "kylo");
        out.text("acc", "kylo");
        out.text("preferred_username", user.name);
        out.name("cust");
        out.open('{');
        out.text("domain_id", &claims.domain);
        out.texts("groups", user.groups);
        out.text("sid", &claims.session);
        out.text("zone_id", zone);
        out.close('}');
        out.text("jwtid", jwt_id);
        out.member("iat", &claims.issued.to_string());
        out.member("exp", &claims.expires.to_string());
    });
    let header = BASE64.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let signed = format!("{header}.{}", BASE64.encode(payload));
    let signature = BASE64.encode(digest(key, &signed).finalize().into_bytes());
    format!("{signed}.{signature}")
}

/// The claims of a token that this key signed.
pub fn verify(key: &[u8], token: &str) -> Result<Claims, Malformed> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(Malformed)?;
    let signature = BASE64.decode(signature).map_err(|_| Malformed)?;
    digest(key, signed)
        .verify_slice(&signature)
        .map_err(|_| Malformed)?;
    if json(header)?.get("alg").and_then(Value::as_str) != Some("HS256") {
        return Err(Malformed);
    }
    read(&json(payload)?).ok_or(Malformed)
}

fn json(part: &str) -> Result<Value, Malformed> {
    let bytes = BASE64.decode(part).map_err(|_| Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| Malformed)
}

fn read(payload: &Value) -> Option<Claims> {
    let cust = |name: &str| payload.get("cust")?.get(name)?.as_str().map(str::to_owned);
    Some(Claims {
        user: payload
            .get("sub")?
            .as_str()?
            .strip_prefix("local|")?
            .to_owned(),
        session: cust("sid")?,
        domain: cust("domain_id")?,
        issued: payload.get("iat")?.as_i64()?,
        expires: payload.get("exp")?.as_i64()?,
    })
}

fn digest(key: &[u8], text: &str) -> Hmac<Sha256> {
    // HMAC takes keys of any length, and a fixed array spares the case that cannot be.
    let mut block = [0; 64];
    let length = key.len().min(block.len());
    block[..length].copy_from_slice(&key[..length]);
    let mut digest = Hmac::<Sha256>::new(&block.into());
    digest.update(text.as_bytes());
    digest
}
