//! A problem as components show it, whatever its source. It never contains a token.

/// What went wrong, what it means, and what the user can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// A short heading without a full stop.
    pub title: String,
    /// Sentences: what happened, what it means for the data on the page, what to do.
    pub explanation: String,
    /// The message of the server, if there is one. Shown below the explanation.
    pub server_text: Option<ServerText>,
    /// Whether the same request may succeed later.
    pub can_retry: bool,
}

/// A message of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerText {
    /// The text as received; may have several lines.
    pub text: String,
    /// Whether `text` is the source of a web page, as a proxy sends it. Shown collapsed.
    pub is_html: bool,
}

impl Problem {
    /// A problem that the console found itself, without a message of the server.
    pub fn local(title: impl Into<String>, explanation: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            explanation: explanation.into(),
            server_text: None,
            can_retry: false,
        }
    }
}
