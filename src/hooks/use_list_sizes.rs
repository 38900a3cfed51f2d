//! How many jobs the list of each family has, as far as an answer told it.

use std::collections::HashMap;

use cckm_core::family::Family;
use leptos::prelude::*;

/// The sizes by family. From [`use_list_sizes`].
#[derive(Clone, Copy)]
pub struct ListSizes(RwSignal<HashMap<&'static str, usize>>);

/// Starts with no size known. Call it once for each user and domain.
pub fn provide_list_sizes() {
    provide_context(ListSizes(RwSignal::default()));
}

/// The sizes. Panics if `app.rs` has not provided them.
pub fn use_list_sizes() -> ListSizes {
    expect_context()
}

impl ListSizes {
    /// The number of jobs in the list of `family`.
    pub fn get(self, family: &Family) -> Option<usize> {
        self.0.read().get(family.path).copied()
    }

    /// The number of jobs in the lists of `families` together, if each is known.
    pub fn sum(self, families: impl IntoIterator<Item = &'static Family>) -> Option<usize> {
        families.into_iter().map(|family| self.get(family)).sum()
    }

    /// Records sizes that an answer told.
    pub fn record(self, sizes: impl IntoIterator<Item = (&'static Family, usize)>) {
        let is_known = |&(family, size): &(&'static Family, usize)| {
            self.0.read_untracked().get(family.path) == Some(&size)
        };
        let new: Vec<_> = sizes.into_iter().filter(|size| !is_known(size)).collect();
        if !new.is_empty() {
            self.0.update(|known| {
                known.extend(new.into_iter().map(|(family, size)| (family.path, size)));
            });
        }
    }
}
