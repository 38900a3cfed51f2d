//! Values that tell when they change.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{Get, GetUntracked, Memo, Set};

/// A value of any type; [`cast`] gives it back as what it is.
type Value = Arc<dyn Any + Send + Sync>;
type Compute = Box<dyn Fn(Option<Value>) -> (Value, bool) + Send + Sync>;

/// A value that can be read and set.
pub struct RwSignal<T>(leptos::prelude::RwSignal<Value>, PhantomData<fn() -> T>);

/// A value that can be read.
pub struct Signal<T>(Source, PhantomData<fn() -> T>);

#[derive(Clone, Copy)]
enum Source {
    Kept(leptos::prelude::RwSignal<Value>),
    Derived(Memo<Value>),
}

impl<T: Send + Sync + 'static> RwSignal<T> {
    /// A signal that holds `value`.
    pub fn new(value: T) -> Self {
        Self(make(Arc::new(value)), PhantomData)
    }

    /// Sets it, and tells those who follow it.
    pub fn set(self, value: T) {
        put(self.0, Arc::new(value));
    }

    /// Does something with what it holds, which is not followed.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        Signal::from(self).with_untracked(read)
    }

    /// Does something with what it holds.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        Signal::from(self).with(read)
    }
}

impl<T: Clone + Send + Sync + 'static> RwSignal<T> {
    /// What it holds.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// What it holds, not followed.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// Changes what it holds; nothing happens when its owner is gone.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        if let Some(value) = self.0.try_get_untracked() {
            let mut value = cast::<T>(&value).clone();
            change(&mut value);
            self.set(value);
        }
    }
}

impl<T: PartialEq + Send + Sync + 'static> RwSignal<T> {
    /// Sets it if that is a change; nothing happens when its owner is gone.
    pub fn set_changed(self, value: T) {
        let old = self.0.try_get_untracked();
        if old.is_some_and(|old| *cast::<T>(&old) != value) {
            self.set(value);
        }
    }
}

impl<T: Send + Sync + 'static> Signal<T> {
    /// What `compute` makes of other signals; changes whenever one of them does.
    pub fn derive(compute: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::computed(Box::new(move |_| (Arc::new(compute()), true)))
    }

    /// What `compute` makes of other signals and of its own value before; changes only when what
    /// is made does.
    pub fn memo(compute: impl Fn(Option<&T>) -> T + Send + Sync + 'static) -> Self
    where
        T: PartialEq,
    {
        Self::computed(Box::new(move |before| {
            let before = before.as_ref().map(cast::<T>);
            let value = compute(before);
            let changed = before != Some(&value);
            (Arc::new(value), changed)
        }))
    }

    fn computed(compute: Compute) -> Self {
        Self(Source::Derived(make_memo(compute)), PhantomData)
    }

    /// Does something with what it holds.
    pub fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(cast(&now(self.0)))
    }

    /// Does something with what it holds, which is not followed.
    pub fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(cast(&now_untracked(self.0)))
    }
}

impl<T: Clone + Send + Sync + 'static> Signal<T> {
    /// What it holds.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// What it holds, not followed.
    pub fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self(Source::Kept(signal.0), PhantomData)
    }
}

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

fn cast<T: 'static>(value: &Value) -> &T {
    match value.downcast_ref() {
        Some(value) => value,
        None => mistaken(),
    }
}

/// Each signal holds only what its own type has put there.
#[cold]
fn mistaken() -> ! {
    unreachable!("a signal holds a value of its own type")
}

// The framework's code, made once each.

#[inline(never)]
fn make(value: Value) -> leptos::prelude::RwSignal<Value> {
    leptos::prelude::RwSignal::new(value)
}

#[inline(never)]
fn make_memo(compute: Compute) -> Memo<Value> {
    Memo::new_owning(compute)
}

#[inline(never)]
fn put(signal: leptos::prelude::RwSignal<Value>, value: Value) {
    // The part of the page that it belongs to may be gone by now.
    _ = signal.try_set(value);
}

#[inline(never)]
fn now(source: Source) -> Value {
    match source {
        Source::Kept(signal) => signal.get(),
        Source::Derived(memo) => memo.get(),
    }
}

#[inline(never)]
fn now_untracked(source: Source) -> Value {
    match source {
        Source::Kept(signal) => signal.get_untracked(),
        Source::Derived(memo) => memo.get_untracked(),
    }
}
