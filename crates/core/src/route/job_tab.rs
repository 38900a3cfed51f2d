//! The parts of the page of a job, one of which is shown.

use strum::{EnumString, IntoStaticStr};

/// A part of the page of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum JobTab {
    /// The problems by cause.
    Problems,
    /// The list of items.
    Items,
    /// What the console has observed of the job.
    Timeline,
    /// The members of the job, its JSON and its commands.
    Details,
}

impl JobTab {
    /// All tabs in their order.
    pub const ALL: [Self; 4] = [Self::Problems, Self::Items, Self::Timeline, Self::Details];

    /// The tab that a key selects from this one; `None` for other keys.
    pub fn after_key(self, key: &str) -> Option<Self> {
        let at = Self::ALL.iter().position(|tab| *tab == self)?;
        let last = Self::ALL.len() - 1;
        let target = match key {
            "ArrowRight" => (at + 1) % Self::ALL.len(),
            "ArrowLeft" => at.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return None,
        };
        Some(Self::ALL[target])
    }

    /// The name in the URL; [`FromStr`](std::str::FromStr) parses it.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The label for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Problems => "Problems",
            Self::Items => "Items",
            Self::Timeline => "Timeline",
            Self::Details => "Details",
        }
    }
}
