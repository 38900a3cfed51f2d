//! Everything that can go wrong between a request and its decoded answer.
//!
//! The message of the server is kept for display. An error never contains a token.

use std::time::Duration;

use crate::api::response::Response;
pub use crate::api::server_text::ServerMessage;
use crate::api::server_text::{excerpt, is_markup};
use crate::format::text::is_html;

/// Why a request has no decoded answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// No answer: no network, a refused, broken or silent connection, or a forbidden cross-origin call.
    Unreachable {
        /// The message of the browser.
        detail: String,
    },
    /// The session has ended and could not be renewed; the user must sign in.
    SignedOut,
    /// A change was not sent, because the token could not be renewed. The session continues.
    NotSent {
        /// Why the token was not renewed.
        cause: Box<ApiError>,
    },
    /// Not the API but something between the page and it answered with an error, such as a proxy or a gateway that
    /// wants its own sign-in.
    Gateway {
        /// The HTTP status.
        status: u16,
        /// The text of the answer.
        message: ServerMessage,
        /// How long the answer asks to wait before the next attempt.
        retry_after: Option<Duration>,
    },
    /// A redirect. It is not followed, since the token must reach only the API. The browser hides where it leads.
    Redirected,
    /// 401 on a request that must not lead to renewal, such as signing in itself.
    Unauthorized(ServerMessage),
    /// 403: a permission or a licence is missing.
    Forbidden(ServerMessage),
    /// 404.
    NotFound(ServerMessage),
    /// Any other status outside 2xx.
    Status {
        /// The HTTP status.
        status: u16,
        /// The message of the server.
        message: ServerMessage,
        /// How long the server asks to wait before the next attempt.
        retry_after: Option<Duration>,
    },
    /// A 2xx answer that is not JSON, as from a proxy that serves its own page.
    NotJson {
        /// Its content type.
        content_type: Option<String>,
        /// The beginning of the body.
        head: String,
    },
    /// A 2xx answer whose JSON is invalid or incomplete.
    Unreadable {
        /// Where and why decoding stopped.
        reason: String,
        /// The beginning of the body.
        head: String,
    },
}

/// Returns a successful response with a JSON body or an empty one.
///
/// A body that begins like an object or an array counts as JSON, whatever its content type. A web page never does.
///
/// # Errors
/// The [`ApiError`] of the status, or [`ApiError::NotJson`].
pub fn check_response(reply: Response) -> Result<Response, ApiError> {
    if !(200..300).contains(&reply.status) {
        return Err(ApiError::from_response(&reply));
    }
    let body = reply.body.trim_ascii_start();
    let looks_like_json = matches!(body.first(), None | Some(b'{' | b'['));
    let is_typed_json = reply.content_type.as_deref().is_some_and(is_json);
    if looks_like_json || (is_typed_json && !is_markup(&reply.body)) {
        return Ok(reply);
    }
    Err(ApiError::NotJson { head: excerpt(&reply.body), content_type: reply.content_type })
}

/// Whether it is `application/json` or a `+json` type, with any parameters.
fn is_json(content_type: &str) -> bool {
    let essence = essence(content_type);
    essence == "application/json" || essence.ends_with("+json")
}

/// The media type without its parameters, in lower case.
fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether an answer outside 2xx is not from the API, which answers in JSON and takes only bearer tokens (CONTRACT.md 6
/// and 7). An empty or plain text may be the API's, since no page documents its errors.
fn is_from_gateway(reply: &Response, message: &ServerMessage) -> bool {
    let wants_other_sign_in = reply.challenge.as_deref().is_some_and(|challenge| {
        let scheme = challenge.split_whitespace().next().unwrap_or_default();
        !scheme.eq_ignore_ascii_case("bearer")
    });
    let is_page = is_markup(&reply.body)
        || (!reply.body.trim_ascii().is_empty()
            && reply.content_type.as_deref().is_some_and(is_html_type)
            && !reply.body.trim_ascii_start().starts_with(b"{"));
    // 407 and 511 are defined for what is in between (RFC 9110, RFC 6585).
    let is_api_error = message.code.is_some() || message.code_desc.is_some();
    !is_api_error && (is_page || wants_other_sign_in || matches!(reply.status, 407 | 511))
}

/// Whether it is `text/html` or XHTML, with any parameters.
fn is_html_type(content_type: &str) -> bool {
    matches!(essence(content_type).as_str(), "text/html" | "application/xhtml+xml")
}

impl ApiError {
    /// The error of a response outside 2xx.
    pub fn from_response(reply: &Response) -> Self {
        let message = ServerMessage::parse(&reply.body);
        match reply.status {
            301 | 302 | 303 | 307 | 308 => Self::Redirected,
            status if is_from_gateway(reply, &message) => {
                Self::Gateway { status, message, retry_after: reply.retry_after }
            }
            401 => Self::Unauthorized(message),
            403 => Self::Forbidden(message),
            404 => Self::NotFound(message),
            status => Self::Status { status, message, retry_after: reply.retry_after },
        }
    }

    /// The error of an answer whose JSON cannot be decoded: `reason` says where and why, `body` is the whole answer.
    pub fn unreadable(reason: impl ToString, body: &[u8]) -> Self {
        Self::Unreadable { reason: reason.to_string(), head: excerpt(body) }
    }

    /// Whether the same request may succeed later with nothing else changed.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::NotSent { .. }
            | Self::Gateway { .. }
            | Self::Redirected
            | Self::NotJson { .. }
            | Self::Unreadable { .. } => true,
            Self::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500..),
            Self::SignedOut | Self::Unauthorized(_) | Self::Forbidden(_) | Self::NotFound(_) => {
                false
            }
        }
    }

    /// Whether the server may have executed the request. Only a refusal shows that it did not: a lost,
    /// incomplete or altered answer may follow a success.
    pub fn may_have_acted(&self) -> bool {
        match self {
            // A redirect may follow a success too.
            Self::Unreachable { .. }
            | Self::Redirected
            | Self::NotJson { .. }
            | Self::Unreadable { .. } => true,
            Self::Status { status, .. } => matches!(status, ..400 | 408 | 500..),
            // Some gateways inspect answers, and replace one by 403.
            Self::Gateway { status, .. } => matches!(status, ..400 | 403 | 408 | 500..),
            Self::SignedOut
            | Self::NotSent { .. }
            | Self::Unauthorized(_)
            | Self::Forbidden(_)
            | Self::NotFound(_) => false,
        }
    }

    /// How long the server asks to wait, if it does.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } | Self::Gateway { retry_after, .. } => *retry_after,
            Self::NotSent { cause } => cause.retry_after(),
            _ => None,
        }
    }

    /// The message of the server, if it sent one.
    pub fn server_message(&self) -> Option<&ServerMessage> {
        match self {
            Self::Unauthorized(message) | Self::Forbidden(message) | Self::NotFound(message) => {
                Some(message)
            }
            Self::Status { message, .. } | Self::Gateway { message, .. } => Some(message),
            Self::NotSent { cause } => return cause.server_message(),
            _ => None,
        }
        .filter(|message| **message != ServerMessage::default())
    }

    /// The beginning of an answer that is not readable JSON, and whether it is the source of a web page.
    pub fn received(&self) -> Option<(&str, bool)> {
        match self {
            Self::NotJson { head, .. } | Self::Unreadable { head, .. } => {
                Some((head.as_str(), is_html(head))).filter(|(head, _)| !head.trim().is_empty())
            }
            Self::NotSent { cause } => cause.received(),
            _ => None,
        }
    }
}
