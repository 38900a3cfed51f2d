//! The sender of a request, from the `Authorization` header. Errors may contain the age of a token,
//! never the token (CONTRACT.md 7).

use http::header::AUTHORIZATION;
use jiff::Timestamp;

use super::authority::Auth;
use super::jwt;
use super::users::{self, User};
use crate::error::ApiError;
use crate::message::{Request, header};

/// The user who sends a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The user.
    pub user: &'static User,
    /// The domain of the token, an index into [`super::DOMAINS`].
    pub domain: usize,
    /// The session of the token.
    pub session: String,
}

impl Caller {
    /// Checks that the user has a permission.
    ///
    /// # Errors
    ///
    /// 403 that names the permission.
    pub(crate) fn require(&self, acl: &str) -> Result<(), ApiError> {
        if self.user.has_permission(acl) { Ok(()) } else { Err(ApiError::forbidden(Some(acl))) }
    }
}

impl Auth {
    /// The sender of a request.
    ///
    /// # Errors
    ///
    /// 401 if the token is missing, malformed, expired or revoked.
    pub(crate) fn caller(&self, now: Timestamp, request: &Request) -> Result<Caller, ApiError> {
        let unauthorized =
            |reason: &str| ApiError::unauthorized(format!("Unauthorized: Bearer token {reason}"));
        let header = header(request, AUTHORIZATION).trim();
        let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
        if !scheme.eq_ignore_ascii_case("bearer") || token.trim().is_empty() {
            return Err(unauthorized("missing."));
        }
        let malformed = || unauthorized("malformed.");
        let claims = jwt::verify(&self.key, token.trim()).map_err(|_| malformed())?;
        let age = now.as_second() - claims.exp;
        if age >= 0 {
            return Err(unauthorized(&format!("malformed: Token is expired by {age}s")));
        }
        if !self.sessions.is_active(&claims.cust.sid) {
            return Err(unauthorized("revoked."));
        }
        Ok(Caller {
            user: users::by_subject(&claims.sub).ok_or_else(malformed)?,
            domain: users::domain(&claims.cust.domain_id).ok_or_else(malformed)?,
            session: claims.cust.sid,
        })
    }
}
