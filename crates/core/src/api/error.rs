//! Everything that can go wrong between a request and its decoded answer. Pure.
//!
//! The server's own words are kept for display; a token never gets in here.

use std::time::Duration;

use crate::api::response::Response;
pub use crate::api::server_text::ServerMessage;
use crate::api::server_text::{excerpt, is_html};

/// Why a request did not end in a decoded answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// No answer: no network, a refused, broken or silent connection, or a forbidden cross-origin
    /// call.
    Unreachable {
        /// What the browser says of it.
        detail: String,
    },
    /// There is no session any more and it could not be renewed; the person must sign in.
    SignedOut,
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
        /// What the server said.
        message: ServerMessage,
        /// When it asks to be tried again.
        retry_after: Option<Duration>,
    },
    /// A 2xx answer that is not JSON, as from a proxy that serves its own page.
    NotJson {
        /// Its content type.
        content_type: Option<String>,
        /// The beginning of what came.
        head: String,
    },
    /// A 2xx answer whose JSON cannot be read, or was cut short.
    Unreadable {
        /// Where and why reading stopped.
        reason: String,
        /// The beginning of what came.
        head: String,
    },
}

/// Passes an answer on when it is a success that holds JSON or nothing, else says what it is.
///
/// What begins like an object or an array counts as JSON, whatever type it is said to be.
///
/// # Errors
/// The [`ApiError`] of the status, or [`ApiError::NotJson`].
pub fn check_response(reply: Response) -> Result<Response, ApiError> {
    if !(200..300).contains(&reply.status) {
        return Err(ApiError::from_response(&reply));
    }
    let body = reply.body.trim_ascii_start();
    let json = matches!(body.first(), None | Some(b'{' | b'['));
    if json || reply.content_type.as_deref().is_some_and(is_json) {
        return Ok(reply);
    }
    Err(ApiError::NotJson {
        head: excerpt(&reply.body),
        content_type: reply.content_type,
    })
}

/// `application/json` and the `+json` types, whatever their parameters.
fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

impl ApiError {
    /// What an answer outside 2xx says.
    pub fn from_response(reply: &Response) -> Self {
        let words = ServerMessage::parse(&reply.body);
        match reply.status {
            401 => Self::Unauthorized(words),
            403 => Self::Forbidden(words),
            404 => Self::NotFound(words),
            status => Self::Status {
                status,
                message: words,
                retry_after: reply.retry_after,
            },
        }
    }

    /// An answer whose JSON cannot be read: `reason` says where and why, `body` is what came.
    pub fn unreadable(reason: impl ToString, body: &[u8]) -> Self {
        Self::Unreadable {
            reason: reason.to_string(),
            head: excerpt(body),
        }
    }

    /// Whether the same request may succeed later with nothing else changed.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::NotJson { .. } | Self::Unreadable { .. } => true,
            Self::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500..),
            Self::SignedOut | Self::Unauthorized(_) | Self::Forbidden(_) | Self::NotFound(_) => {
                false
            }
        }
    }

    /// Whether the request may have been carried out all the same. Only an answer that says no
    /// tells that it was not: one that was lost, cut short or spoiled on the way may have come too late.
    pub fn may_have_acted(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::NotJson { .. } | Self::Unreadable { .. } => true,
            Self::Status { status, .. } => matches!(status, ..400 | 408 | 500..),
            Self::SignedOut | Self::Unauthorized(_) | Self::Forbidden(_) | Self::NotFound(_) => {
                false
            }
        }
    }

    /// How long the server asks to be left alone, if it does.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The server's words, if it sent any.
    pub fn server_message(&self) -> Option<&ServerMessage> {
        match self {
            Self::Unauthorized(words) | Self::Forbidden(words) | Self::NotFound(words) => {
                Some(words)
            }
            Self::Status { message: words, .. } => Some(words),
            _ => None,
        }
        .filter(|words| **words != ServerMessage::default())
    }

    /// The beginning of what came instead of readable JSON, and whether it is a web page's source.
    pub fn received(&self) -> Option<(&str, bool)> {
        match self {
            Self::NotJson { head, .. } | Self::Unreadable { head, .. } => {
                Some((head.as_str(), is_html(head))).filter(|(head, _)| !head.trim().is_empty())
            }
            _ => None,
        }
    }
}
