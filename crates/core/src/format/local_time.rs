//! An instant as people read it.

/// An instant in the reader's zone, with UTC at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// In the reader's zone and language.
    pub local: String,
    /// In UTC, as RFC 3339.
    pub utc: String,
}
