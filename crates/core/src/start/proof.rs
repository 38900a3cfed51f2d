//! The text that a person types to confirm a destructive action.

use crate::format::text::{group_digits, truncate};

/// The text that a person has to type before something is destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// No text, because nothing is destroyed.
    None,
    /// The number of things that are destroyed.
    Count(usize),
    /// The name of the single thing that is destroyed. The number of its contents is not known, and people
    /// type a `1` without looking.
    Name(String),
}

impl Proof {
    /// The label of the input field; `None` if no text is needed.
    pub fn label(&self) -> Option<String> {
        let wanted = match self {
            Self::None => return None,
            Self::Count(count) => group_digits(*count),
            Self::Name(name) => truncate(name.clone()),
        };
        Some(format!("Type {wanted} to continue"))
    }

    /// Whether `typed` is the required text. The digits of a number may be grouped.
    pub fn accepts(&self, typed: &str) -> bool {
        match self {
            Self::None => true,
            Self::Count(count) => typed.trim().replace(',', "") == count.to_string(),
            Self::Name(name) => typed.trim() == name,
        }
    }
}
