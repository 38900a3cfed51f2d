//! Who sends a request: the `Authorization` header, checked. Errors tell a token's age, never the
//! token (CONTRACT.md 7).

use jiff::Timestamp;

use super::users::{self, User};
use super::{Auth, jwt};
use crate::error::ApiError;
use crate::http::Request;

/// The user behind a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub user: &'static User,
    /// Where, an index into the domains.
    pub domain: usize,
    /// The session of the token.
    pub session: String,
}

impl Caller {
    /// Refuses users without the permission, naming it.
    pub(crate) fn need(&self, acl: &str) -> Result<(), ApiError> {
        if self.user.may(acl) {
            Ok(())
        } else {
            Err(ApiError::forbidden(Some(acl)))
        }
    }
}

impl Auth {
    /// Who sends this request, or why nobody does.
    pub(crate) fn caller(&self, now: Timestamp, request: &Request) -> Result<Caller, ApiError> {
        let header = request.get_header("authorization").unwrap_or_default();
        let (scheme, token) = header.trim().split_once(' ').unwrap_or((header.trim(), ""));
        if !scheme.eq_ignore_ascii_case("bearer") || token.trim().is_empty() {
            return Err(ApiError::unauthorized(
                "Unauthorized: Bearer token missing.",
            ));
        }
        let malformed = || ApiError::unauthorized("Unauthorized: Bearer token malformed.");
        let claims = jwt::verify(&self.key, token.trim()).map_err(|_| malformed())?;
        let age = now.as_second() - claims.expires;
        if age >= 0 {
            let message =
                format!("Unauthorized: Bearer token malformed: Token is expired by {age}s");
            return Err(ApiError::unauthorized(message));
        }
        if !self.sessions.lives(&claims.session) {
            return Err(ApiError::unauthorized(
                "Unauthorized: Bearer token revoked.",
            ));
        }
        Ok(Caller {
            user: users::by_id(&claims.user).ok_or_else(malformed)?,
            domain: users::domain(&claims.domain).ok_or_else(malformed)?,
            session: claims.session,
        })
    }
}
