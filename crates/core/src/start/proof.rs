//! What a person types to show that they mean it.

use crate::format::text::{group_digits, truncate};

/// What a person has to type before something is destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nothing: nothing is destroyed.
    None,
    /// How many things are destroyed.
    Count(usize),
    /// The name of the one thing that is destroyed. How much it holds is not known in advance, and a `1`
    /// would be typed without looking.
    Name(String),
}

impl Proof {
    /// The label of the field to type it into; `None` if there is nothing to type.
    pub fn label(&self) -> Option<String> {
        let wanted = match self {
            Self::None => return None,
            Self::Count(count) => group_digits(*count),
            Self::Name(name) => truncate(name.clone()),
        };
        Some(format!("Type {wanted} to go on"))
    }

    /// Whether `typed` is the proof. A number may be typed with its digits grouped.
    pub fn accepts(&self, typed: &str) -> bool {
        match self {
            Self::None => true,
            Self::Count(count) => typed.trim().replace(',', "") == count.to_string(),
            Self::Name(name) => typed.trim() == name,
        }
    }
}
