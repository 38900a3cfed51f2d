//! What a component calls when something was done.

use std::rc::Rc;

/// A function to be called later, cheap to clone.
pub struct Callback<In, Out = ()>(Rc<dyn Fn(In) -> Out>);

impl<In, Out> Callback<In, Out> {
    /// Calls `run` each time.
    pub fn new(run: impl Fn(In) -> Out + 'static) -> Self {
        Self(Rc::new(run))
    }

    /// Calls it.
    pub fn run(&self, value: In) -> Out {
        (self.0)(value)
    }
}

impl<In, Out> Clone for Callback<In, Out> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}
