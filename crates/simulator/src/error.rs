//! Errors in the documented shape (CONTRACT.md 7). A message never contains a token or a password.

use http::StatusCode;
use serde::Serialize;

use crate::message::{self, Response};

/// Why a request was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// The HTTP status.
    #[serde(skip)]
    pub status: StatusCode,
    /// The member `code`; absent where the contract gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// The member `codeDesc`, a fixed label of the class.
    pub code_desc: &'static str,
    /// The member `message`, the detail.
    pub message: String,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(flatten)]
    error: &'a ApiError,
    #[serde(rename = "requestID")]
    request_id: &'a str,
}

impl ApiError {
    fn new(
        status: StatusCode,
        code: Option<u16>,
        code_desc: &'static str,
        message: impl Into<String>,
    ) -> Self {
        Self { status, code, code_desc, message: message.into() }
    }

    /// 400 for an `Accept` header that excludes JSON.
    pub fn not_acceptable() -> Self {
        let message = "Accept header is invalid.";
        let desc = "NCERRBadRequest: Accept header is invalid.";
        Self::new(StatusCode::BAD_REQUEST, Some(15), desc, message)
    }

    /// 400 for an unreadable body.
    pub fn bad_request(message: impl Into<String>) -> Self {
        let desc = "NCERRBadRequest: Bad HTTP request";
        Self::new(StatusCode::BAD_REQUEST, Some(15), desc, message)
    }

    /// 400 for a query parameter.
    pub fn parameter(name: &str, message: &str) -> Self {
        let message = format!("{name}: {message}");
        let desc = "NCERRInvalidParamValue";
        Self::new(StatusCode::BAD_REQUEST, Some(9), desc, message)
    }

    /// 400 for a member of the body.
    pub fn validation(field: &str, message: &str) -> Self {
        Self::bad_request(format!("Validation errors:\n{field}: {message}"))
    }

    /// 401.
    pub fn unauthorized(message: impl Into<String>) -> Self {
        let desc = "NCERRUnauthorizedAccess";
        Self::new(StatusCode::UNAUTHORIZED, Some(5), desc, message)
    }

    /// 403, naming the permission if it is known.
    pub fn forbidden(acl: Option<&str>) -> Self {
        let message = match acl {
            Some(acl) => format!("User does not have the permission '{acl}' for this operation."),
            None => "User does not have sufficient permissions for this operation.".to_owned(),
        };
        let desc = "NCERRInsufficientPermissions";
        Self::new(StatusCode::FORBIDDEN, None, desc, message)
    }

    /// 404 for a resource.
    pub fn not_found(message: impl Into<String>) -> Self {
        let desc = "NCERRResourceNotFound: Resource not found";
        Self::new(StatusCode::NOT_FOUND, Some(16), desc, message)
    }

    /// 404 for an id that does not exist.
    pub fn unknown_id() -> Self {
        Self::not_found("Resource not found")
    }

    /// 404 for a path that does not exist.
    pub fn unknown_path() -> Self {
        Self::not_found("The requested path does not exist.")
    }

    /// 405. No source shows one (I).
    pub fn method_not_allowed(method: &http::Method) -> Self {
        let message = format!("Method {method} is not allowed for this resource.");
        let desc = "NCERRMethodNotAllowed";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, None, desc, message)
    }

    /// 409.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, None, "NCERRConflict", message)
    }

    /// The documented error of a status, for faults; `acl` is the permission that the request needs.
    pub fn of_status(status: StatusCode, acl: Option<&str>) -> Self {
        match status {
            StatusCode::BAD_REQUEST => Self::bad_request("Bad HTTP request"),
            StatusCode::UNAUTHORIZED => Self::unauthorized("Unauthorized"),
            StatusCode::FORBIDDEN => Self::forbidden(acl),
            StatusCode::NOT_FOUND => Self::unknown_id(),
            StatusCode::METHOD_NOT_ALLOWED => {
                let message = "The method is not allowed for this resource.";
                Self::new(status, None, "NCERRMethodNotAllowed", message)
            }
            StatusCode::CONFLICT => Self::conflict("Conflict"),
            StatusCode::TOO_MANY_REQUESTS => {
                Self::new(status, None, "TooManyRequests", "Too many requests.")
            }
            _ => {
                let desc = "NCERRInternalServerError: unexpected error";
                Self::new(status, Some(14), desc, "unexpected error")
            }
        }
    }

    /// The response with this error as its body.
    pub fn response(&self, request_id: &str) -> Response {
        let body = Body { error: self, request_id };
        message::json(self.status, &body)
    }
}
