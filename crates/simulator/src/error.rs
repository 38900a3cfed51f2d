//! Errors in the documented shape (CONTRACT.md 7). Must never repeat a token or a password.

use crate::http::Response;
use crate::json::object;

/// Why a request was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// The member `code`; absent where the contract does not know it.
    pub code: Option<u16>,
    /// The member `codeDesc`, a fixed label of the class.
    pub code_desc: &'static str,
    /// The member `message`, the useful detail.
    pub message: String,
}

impl ApiError {
    fn new(status: u16, code: Option<u16>, code_desc: &'static str, message: String) -> Self {
        Self {
            status,
            code,
            code_desc,
            message,
        }
    }

    /// 400 for an `Accept` header that excludes JSON.
    pub fn accept() -> Self {
        let message = "Accept header is invalid.".to_owned();
        Self::new(
            400,
            Some(15),
            "NCERRBadRequest: Accept header is invalid.",
            message,
        )
    }

    /// 400 for a body that cannot be read.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(
            400,
            Some(15),
            "NCERRBadRequest: Bad HTTP request",
            message.into(),
        )
    }

    /// 400 for one parameter of the query.
    pub fn parameter(message: impl Into<String>) -> Self {
        Self::new(400, Some(9), "NCERRInvalidParamValue", message.into())
    }

    /// 400 for a member of the body.
    pub fn validation(field: &str, message: &str) -> Self {
        Self::bad_request(format!("Validation errors:\n{field}: {message}"))
    }

    /// 401.
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(401, Some(5), "NCERRUnauthorizedAccess", message.into())
    }

    /// 403, naming the permission if it is known.
    pub fn forbidden(acl: Option<&str>) -> Self {
        let message = match acl {
            Some(acl) => format!("User does not have the permission '{acl}' for this operation."),
            None => "User does not have sufficient permissions for this operation.".to_owned(),
        };
        Self::new(403, None, "NCERRInsufficientPermissions", message)
    }

    /// 404.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(
            404,
            Some(16),
            "NCERRResourceNotFound: Resource not found",
            message.into(),
        )
    }

    /// 405. No source shows one (I).
    pub fn method(method: &str) -> Self {
        let message = format!("Method {method} is not allowed for this resource.");
        Self::new(405, None, "NCERRMethodNotAllowed", message)
    }

    /// 409.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(409, None, "NCERRConflict", message.into())
    }

    /// A fault's error, by its status; `acl` is the permission that the request needs.
    pub fn of_status(status: u16, acl: Option<&str>) -> Self {
        let (code, desc, message) = match status {
            400 => return Self::bad_request("Bad HTTP request"),
            401 => return Self::unauthorized("Unauthorized"),
            403 => return Self::forbidden(acl),
            404 => return Self::not_found("Resource not found"),
            409 => return Self::conflict("Conflict"),
            429 => (None, "TooManyRequests", "Too many requests."),
            _ => (
                Some(14),
                "NCERRInternalServerError: unexpected error",
                "unexpected error",
            ),
        };
        Self::new(status, code, desc, message.to_owned())
    }

    /// The answer that says so.
    pub fn response(&self, request_id: &str) -> Response {
        let body = object(|out| {
            if let Some(code) = self.code {
                out.member("code", &code.to_string());
            }
            out.text("codeDesc", self.code_desc);
            out.text("message", &self.message);
            out.text("requestID", request_id);
        });
        Response::json(self.status, body)
    }
}
