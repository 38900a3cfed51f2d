//! Switching to another domain, which takes a new token: which one is wanted, until someone has signed
//! in to it or stays.

use leptos::prelude::{expect_context, provide_context};

use crate::reactive::{RwSignal, Signal, follow};
use crate::state::session::Session;

/// The wish to switch; to be copied freely.
#[derive(Clone, Copy)]
pub struct Switching(RwSignal<Option<String>>);

/// Gives it to the components below. Any sign-in ends the wish, and so does signing out.
pub fn provide_switching(session: Session) -> Switching {
    let switching = Switching(RwSignal::new(None));
    follow(session.generation(), move |_| switching.stay());
    follow(session.phase(), move |phase| {
        if phase.is_signed_out() {
            switching.stay();
        }
    });
    provide_context(switching);
    switching
}

/// The one given by [`provide_switching`].
///
/// # Panics
/// When there is none above the caller: a mistake in the program, found at its first run.
pub fn use_switching() -> Switching {
    expect_context()
}

impl Switching {
    /// The domain that is wanted, if one is.
    pub fn wanted(self) -> Signal<Option<String>> {
        self.0.into()
    }

    /// Wants to switch to `domain`.
    pub fn to(self, domain: String) {
        self.0.set_changed(Some(domain));
    }

    /// Wants to stay.
    pub fn stay(self) {
        self.0.set_changed(None);
    }
}
