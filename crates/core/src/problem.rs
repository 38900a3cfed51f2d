//! Something that went wrong, in words for a person. Pure.
//!
//! Components show this and need not know where it came from. No token gets in here.

/// What went wrong, what it means, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// A short heading without a full stop.
    pub title: String,
    /// Sentences: what happened, what it means for the data shown, what to do.
    pub explanation: String,
    /// What the server said, to be shown below and selectable.
    pub server_text: Option<ServerText>,
    /// Whether trying the same again may help.
    pub can_retry: bool,
}

/// The server's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerText {
    /// The text, of one or more lines, as it came.
    pub text: String,
    /// `text` is the source of a web page, as from a proxy: show it folded.
    pub is_html: bool,
}

impl Problem {
    /// A problem that this page found itself, with no server in it.
    pub fn local(title: impl Into<String>, explanation: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            explanation: explanation.into(),
            server_text: None,
            can_retry: false,
        }
    }
}
