//! What is done to the world outside when a signal changes.

use leptos::prelude::Effect;

use super::Signal;

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
    Effect::new(move |_: Option<()>| run());
}
