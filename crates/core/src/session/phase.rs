//! Whether someone is signed in, and why not, as the page shows it. Pure.

use std::time::Duration;

/// Where the session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nobody is signed in: nothing of the server's is on the screen.
    SignedOut(SignedOutBy),
    /// Requests are sent.
    SignedIn,
    /// The session ended by itself: what was loaded stays on the screen, nothing is sent, and
    /// signing in again goes on where it was.
    Expired(ExpiredBy),
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedOutBy {
    /// The page has just been opened or reloaded.
    Start,
    /// The person asked for it.
    Person,
    /// Nothing was done for this long.
    Idle(Duration),
}

/// Why a session ended by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpiredBy {
    /// The server did not renew it, or did not take the renewed token.
    Refused,
    /// The token's life is over and it cannot be renewed, as with every pasted one.
    TokenOver,
}

impl Phase {
    /// Whether nothing of the server's may be on the screen.
    pub fn is_signed_out(self) -> bool {
        matches!(self, Self::SignedOut(_))
    }

    /// What the sign-in form says about how it came to be shown; `None` when there is nothing to say.
    pub fn notice(self) -> Option<String> {
        Some(match self {
            Self::SignedIn | Self::SignedOut(SignedOutBy::Start) => return None,
            Self::SignedOut(SignedOutBy::Person) => "You have signed out.".into(),
            Self::SignedOut(SignedOutBy::Idle(after)) => {
                format!("Signed out after {} without activity.", words(after))
            }
            Self::Expired(ExpiredBy::Refused) => {
                "The server has ended the session. What is shown behind stays as it was; \
                 sign in to go on."
                    .into()
            }
            Self::Expired(ExpiredBy::TokenOver) => {
                "The token has ended and cannot be renewed. What is shown behind stays as it was; \
                 sign in to go on."
                    .into()
            }
        })
    }
}

/// A configured time in words: `1 minute`, `90 seconds`, `10 minutes`.
fn words(time: Duration) -> String {
    let seconds = time.as_secs().max(1);
    let (count, unit) = if seconds.is_multiple_of(60) {
        (seconds / 60, "minute")
    } else {
        (seconds, "second")
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}
