//! An instant in the user's time zone.

/// An instant as text, in the user's time zone and in UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// In the user's time zone and language, with the name or the offset of the zone.
    pub local: String,
    /// In the user's time zone as briefly as possible, without the zone: `22:39`, `Tue 22:39`, `12 Nov 22:39`.
    pub short: String,
    /// In UTC, as RFC 3339.
    pub utc: String,
}
