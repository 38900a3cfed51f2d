//! Signals, effects and callbacks of the framework, with its code there once and not once a type.
//!
//! The framework makes its code for a signal, a memo and an effect anew for each type and each
//! closure. Here every value lies behind one type, so that only a cast is made anew: measured
//! together with `view`, the page is a quarter smaller. The names and their meaning are the framework's own.

mod callback;
mod effect;
mod signal;

pub use crate::reactive::callback::Callback;
pub use crate::reactive::effect::{effect, follow};
pub use crate::reactive::signal::{RwSignal, Signal};
pub use leptos::prelude::on_cleanup;
