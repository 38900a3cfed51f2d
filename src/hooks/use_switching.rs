//! Switching to another domain. That takes a new token, so the person has to sign in to it.

use leptos::prelude::*;

use super::use_session;

/// The domain to switch to. From [`use_switching`].
#[derive(Clone, Copy)]
pub struct UseSwitching {
    /// The domain that the person wants to switch to, by name. `None` again after any sign-in or sign-out.
    pub target: Memo<Option<String>>,
    /// The chosen domain, and the session's epoch when it was chosen.
    chosen: RwSignal<Option<(String, u32)>>,
    epoch: Memo<u32>,
}

/// Gives the domain switch to all components. Needs the session.
pub fn provide_switching() {
    let session = use_session();
    let chosen = RwSignal::new(None::<(String, u32)>);
    let target = Memo::new(move |_| {
        let (domain, epoch) = chosen.get()?;
        let is_pending = epoch == session.epoch.get() && !session.phase.get().is_signed_out();
        is_pending.then_some(domain)
    });
    provide_context(UseSwitching { target, chosen, epoch: session.epoch });
}

/// The domain switch of this page. Panics if `app.rs` has not provided it.
pub fn use_switching() -> UseSwitching {
    expect_context()
}

impl UseSwitching {
    /// Asks the person to sign in to `domain`.
    pub fn switch_to(self, domain: String) {
        self.chosen.set(Some((domain, self.epoch.get_untracked())));
    }

    /// Stays in the present domain.
    pub fn cancel(self) {
        self.chosen.set(None);
    }
}
