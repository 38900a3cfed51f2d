//! Signing in: a page while nobody is signed in, and a dialog over the page when a session has ended by itself or the
//! person switches to another domain.
//!
//! It never touches the address, so a deep link is still there after signing in.

mod dialog;
mod fields;
mod form;
mod gate;

pub use gate::SignInGate;
