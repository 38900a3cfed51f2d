//! What is done to the world outside when a signal changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::{Effect, on_cleanup};

use crate::reactive::Signal;

/// Runs `run` soon, and again after each change of a signal that it reads, until its owner is
/// cleaned up.
pub fn effect(run: impl FnMut() + 'static) {
    start(Box::new(run));
}

/// Runs `run` with what `signal` holds now and whenever it changes.
pub fn follow<T: Clone + Send + Sync + 'static>(
    signal: Signal<T>,
    mut run: impl FnMut(T) + 'static,
) {
    effect(move || run(signal.get()));
}

fn start(mut run: Box<dyn FnMut()>) {
    // The framework still runs an effect for the first time whose owner is gone by then, and with it
    // the signals that the effect reads.
    let is_over = Arc::new(AtomicBool::new(false));
    let over = Arc::clone(&is_over);
    on_cleanup(move || over.store(true, Ordering::Relaxed));
    Effect::new(move |_: Option<()>| {
        if !is_over.load(Ordering::Relaxed) {
            run();
        }
    });
}
