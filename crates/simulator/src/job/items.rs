//! The items of a job. Their names are stored or computed on demand, so that a job of a million items
//! needs no memory for its names.

use std::borrow::Cow;

use crate::inventory::{self, Kind};
use crate::random;

/// The items of a job, in the order in which they finish.
#[derive(Clone, Debug)]
pub enum Items {
    /// Items with these names.
    Named(Vec<String>),
    /// Uuids derived from a seed.
    Uuids {
        /// Selects the uuids.
        seed: u64,
        /// How many.
        count: usize,
    },
    /// Consecutive containers of the inventory.
    Containers {
        /// Their kind.
        kind: Kind,
        /// The index of the first.
        first: usize,
        /// How many.
        count: usize,
    },
    /// Every region of every account.
    Grid {
        /// The KMS of the accounts, by name or id.
        kms: Vec<String>,
        /// The regions.
        regions: Vec<String>,
    },
    /// The versions of a key, the newest first.
    Versions {
        /// The key's resource name.
        key: String,
        /// How many versions it has.
        count: usize,
    },
}

impl Items {
    /// Items with these names.
    pub fn named<S: Into<String>>(names: impl IntoIterator<Item = S>) -> Self {
        Self::Named(names.into_iter().map(Into::into).collect())
    }

    /// The number of items.
    pub fn count(&self) -> usize {
        match self {
            Self::Named(names) => names.len(),
            Self::Uuids { count, .. }
            | Self::Containers { count, .. }
            | Self::Versions { count, .. } => *count,
            Self::Grid { kms, regions } => kms.len() * regions.len(),
        }
    }

    /// The name of the item at `index`, which must be below the count.
    pub fn name(&self, index: usize) -> Cow<'_, str> {
        match self {
            Self::Named(names) => Cow::Borrowed(&names[index]),
            Self::Uuids { seed, .. } => {
                let number = index as u64;
                random::uuid(random::at(*seed, number), random::at(!seed, number)).into()
            }
            Self::Containers { kind, first, .. } => inventory::name(*kind, first + index),
            Self::Grid { kms, regions } => {
                let (account, region) = (&kms[index / regions.len()], index % regions.len());
                let account = inventory::resolve(Kind::Kms, account);
                let number = inventory::account_number(&account);
                format!("{number}/{}", regions[region]).into()
            }
            Self::Versions { count, .. } => (count - index).to_string().into(),
        }
    }

    /// All names, in order.
    pub fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        (0..self.count()).map(|index| self.name(index))
    }
}
