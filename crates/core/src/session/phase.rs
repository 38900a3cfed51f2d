//! Whether someone is signed in, and if not, why.

use std::time::Duration;

use crate::format::text::pluralize;

/// The state of the session, as the page shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nobody is signed in: the page shows nothing from the server.
    SignedOut(SignedOutBy),
    /// Someone is signed in.
    SignedIn,
    /// The session ended by itself: the page still shows what was loaded, and sends nothing until someone signs in.
    Expired(ExpiredBy),
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedOutBy {
    /// The page was just opened or reloaded.
    Start,
    /// The person signed out.
    Person,
    /// Another document of the console has signed out.
    Elsewhere,
    /// The page came back from the browser's cache, and the browser forbids storage: whether another document of the
    /// console has signed out is not known.
    NoStorage,
    /// There was no activity for this long.
    Idle(Duration),
}

/// Why a session ended by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpiredBy {
    /// The server refused to renew the token, or refused the renewed token.
    Refused,
    /// The lifetime of the token is over and it cannot be renewed. Every pasted token ends like this.
    TokenEnded,
}

impl Phase {
    /// Whether the page must not show anything from the server.
    pub fn is_signed_out(self) -> bool {
        matches!(self, Self::SignedOut(_))
    }

    /// Whether the session ended here in a way that ends the sessions of other documents of the console too.
    pub fn ends_other_documents(self) -> bool {
        matches!(self, Self::SignedOut(SignedOutBy::Person | SignedOutBy::Idle(_)))
    }

    /// Why the sign-in form is shown, in a sentence; `None` if it needs no explanation.
    pub fn notice(self) -> Option<String> {
        Some(match self {
            Self::SignedIn | Self::SignedOut(SignedOutBy::Start) => return None,
            Self::SignedOut(SignedOutBy::Person) => "You have signed out.".to_owned(),
            Self::SignedOut(SignedOutBy::Elsewhere) => {
                "Signed out, because another page of this console in this browser was signed out.".to_owned()
            }
            Self::SignedOut(SignedOutBy::NoStorage) => {
                "Signed out, because this page was left, and the browser does not let it store anything: it cannot know \
                 whether you have signed out in the meantime."
                    .to_owned()
            }
            Self::SignedOut(SignedOutBy::Idle(timeout)) => {
                format!("Signed out after {} without activity.", spelled_out(timeout))
            }
            Self::Expired(ExpiredBy::Refused) => {
                "The server has ended the session. The page keeps what it has loaded; sign in to continue."
                    .to_owned()
            }
            Self::Expired(ExpiredBy::TokenEnded) => {
                "The token has ended and cannot be renewed. The page keeps what it has loaded; sign in to continue."
                    .to_owned()
            }
        })
    }
}

/// A configured time: `1 minute`, `90 seconds`, `10 minutes`.
fn spelled_out(time: Duration) -> String {
    let seconds = usize::try_from(time.as_secs()).unwrap_or(usize::MAX).max(1);
    if seconds.is_multiple_of(60) {
        pluralize(seconds / 60, "minute", "minutes")
    } else {
        pluralize(seconds, "second", "seconds")
    }
}
