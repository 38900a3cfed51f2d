//! Explains errors to people: what happened, what it means for the data on screen, and what to do. The message of the
//! server is added unchanged.

use crate::api::error::ApiError;
use crate::api::server_text::{ServerMessage, is_markup};
use crate::problem::{Problem, ServerText};

const EARLIER_DATA: &str = " What is on the page is from an earlier answer and may be out of date.";

/// The circumstances of an error that its explanation depends on.
#[derive(Clone, Copy, Default)]
pub struct ErrorContext {
    /// Whether an earlier answer stays on the page.
    pub shows_earlier_data: bool,
    /// The permission that the request needs, if one is documented.
    pub permission: Option<&'static str>,
}

impl ApiError {
    /// A short heading.
    fn title(&self, permission: Option<&str>) -> String {
        match self {
            Self::Unreachable { .. } => "The server cannot be reached".into(),
            Self::SignedOut => "The session has ended".into(),
            Self::NotSent { .. } => "The change was not sent".into(),
            Self::Gateway { status, .. } => gateway_title(*status),
            Self::Redirected => "Something in front of the API redirects the request".into(),
            Self::Unauthorized(_) => "The sign-in is not accepted".into(),
            Self::Forbidden(message) => match message.permission(permission) {
                Some(name) => format!("The permission {name} is missing"),
                None if message.mentions_licence() => "A licence is missing".into(),
                None => "Not permitted".into(),
            },
            Self::NotFound(_) => "Not found".into(),
            Self::Status { status, .. } => status_title(*status),
            Self::NotJson { .. } => "The answer is not from the API".into(),
            Self::Unreadable { .. } => "The answer cannot be read".into(),
        }
    }

    /// Sentences: what happened, what it means for the data shown, what to do.
    fn explanation(&self, permission: Option<&str>) -> String {
        match self {
            Self::Unreachable { detail } => format!(
                "No answer was received ({detail}). Check the network and the address of the server, then try again."
            ),
            Self::SignedOut => {
                "The data on the page is no longer updated. Sign in again to continue.".into()
            }
            Self::NotSent { cause } => format!(
                "The token of the session could not be renewed, so nothing was sent and nothing was changed. You are still \
                 signed in; try again. The reason: {}. {}",
                cause.title(permission),
                cause.explanation(permission)
            ),
            Self::Gateway { status, .. } => {
                format!("{NOT_FROM_THE_API} {}", gateway_advice(*status))
            }
            Self::Redirected => {
                "The answer sends the browser to another address. The page does not follow it, because the token must \
                 reach only the API. Often a proxy or gateway wants you to sign in to it first, or apiBase in config.json is \
                 not the exact address of the API. This says nothing about your user, password or token. The page sends no \
                 cookies, so a sign-in to the gateway does not help: it must let requests to the API through. Ask who \
                 runs it."
                    .into()
            }
            Self::Unauthorized(_) => "The server does not accept this user, password or token. \
                                      Nothing was loaded. Sign in again."
                .into(),
            Self::Forbidden(message) => forbidden(message, permission),
            Self::NotFound(_) => "The server knows nothing under this address. It may have been \
                                  deleted, belong to another domain, or be mistyped. Check the \
                                  address, or sign in to the domain that it belongs to."
                .into(),
            Self::Status { status, retry_after, .. } => {
                let wait = retry_after.map_or(String::new(), |wait| {
                    format!(" It asks to wait {} s.", wait.as_secs())
                });
                format!("{}{wait} {}", status_cause(*status), status_advice(*status))
            }
            Self::NotJson { head, .. } if is_markup(head.as_bytes()) => {
                "The answer is a web page, not JSON: a proxy or another server has answered, or apiBase in config.json is \
                 wrong. Check them, then try again."
                    .into()
            }
            Self::NotJson { content_type, .. } => format!(
                "The answer is {}, not JSON: a proxy or another server has answered, or apiBase in \
                 config.json is wrong. Check them, then try again.",
                content_type.as_deref().unwrap_or("of no stated type")
            ),
            Self::Unreadable { reason, .. } => format!(
                "The answer was cut short or is not of the expected form ({reason}). Try \
                 again; if that does not help, send the text below to the support."
            ),
        }
    }

    /// The explanation as components show it.
    pub fn problem(&self, context: ErrorContext) -> Problem {
        let server = match (self.server_message(), self.received()) {
            (Some(message), _) => Some(message.to_text()),
            (None, Some((head, is_html))) => Some(ServerText { text: head.to_owned(), is_html }),
            (None, None) => None,
        };
        let mut explanation = self.explanation(context.permission);
        if context.shows_earlier_data {
            explanation.push_str(EARLIER_DATA);
        }
        Problem {
            title: self.title(context.permission),
            explanation,
            server_text: server,
            can_retry: self.is_retryable(),
        }
    }
}

impl ServerMessage {
    /// The message as text: the detail first, then the label, the code and the id of the request.
    pub fn to_text(&self) -> ServerText {
        let code = self.code.map(|code| format!("code {code}"));
        let request = self.request_id.as_ref().map(|id| format!("requestID {id}"));
        let parts = [&self.message, &self.code_desc, &code, &request, &self.raw];
        ServerText {
            text: parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n"),
            is_html: self.is_html,
        }
    }
}

fn forbidden(message: &ServerMessage, documented: Option<&str>) -> String {
    let why = match (message.permission(documented), documented) {
        (Some(name), _) => format!("because the signed-in user lacks {name}"),
        _ if message.mentions_licence() => {
            return "The server refused this because a feature is not licensed. Nothing was \
                    changed. Ask an administrator to install the licence."
                .into();
        }
        (_, Some(documented)) => {
            format!("to the signed-in user. This usually needs the permission {documented}")
        }
        _ => "to the signed-in user".into(),
    };
    format!(
        "The server refused this {why}. Nothing was changed. Ask an administrator for the \
         permission, or sign in as a user who has it."
    )
}

/// What all answers of gateways have in common.
const NOT_FROM_THE_API: &str = "The answer is not from the API, but from something in front of it, such as a proxy or a gateway.";

fn gateway_title(status: u16) -> String {
    match status {
        401 | 407 | 511 => format!("Something in front of the API wants a sign-in ({status})"),
        400..500 => format!("Something in front of the API refuses the request ({status})"),
        _ => format!("Something in front of the API failed ({status})"),
    }
}

fn gateway_advice(status: u16) -> &'static str {
    match status {
        401 | 407 | 511 => {
            "It wants its own sign-in. This says nothing about your user, password or token. The page sends no cookies, so \
             a sign-in to the gateway does not help: it must let requests to the API through. Ask who runs it."
        }
        404 => {
            "It knows nothing under this address, which says nothing about what you asked for. Check that it forwards the \
             API, and apiBase in config.json, then try again."
        }
        400..500 => {
            "It refuses the request, which says nothing about your permissions. Ask who runs it, then try again."
        }
        _ => "It cannot get an answer from the API. Try again later.",
    }
}

fn status_title(status: u16) -> String {
    match status {
        409 => "The server is in conflict with this".into(),
        429 => "Too many requests".into(),
        400..500 => format!("The server rejected the request ({status})"),
        500.. => format!("The server failed ({status})"),
        _ => format!("An unexpected answer ({status})"),
    }
}

fn status_cause(status: u16) -> &'static str {
    match status {
        409 => {
            "Something on the server prevents this request, such as a job that is still running."
        }
        429 => "The server accepts no more requests for now.",
        400..500 => "The server does not accept this request in this form.",
        502..=504 => "The server, or a proxy before it, is not ready.",
        500.. => "Something went wrong inside the server.",
        _ => "The answer is neither a success nor a known error.",
    }
}

fn status_advice(status: u16) -> &'static str {
    match status {
        408 | 425 | 429 | 500.. => "Try again later.",
        _ => "Read the message of the server; the same request will be rejected again.",
    }
}
