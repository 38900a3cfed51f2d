//! Small drawings that stand beside a word, or in its place where the word is the accessible name.

use leptos::prelude::*;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Jobs.
    Jobs,
    /// Batches.
    Batches,
    /// Schedules.
    Schedules,
    /// Something new.
    New,
    /// Help.
    Help,
}

impl Icon {
    /// Its outline in a square of 16.
    fn outline(self) -> &'static str {
        match self {
            Self::Jobs => "M2.5 4h1M6 4h7.5M2.5 8h1M6 8h7.5M2.5 12h1M6 12h7.5",
            Self::Batches => "M8 2l6 3-6 3-6-3zM2 8l6 3 6-3M2 11l6 3 6-3",
            Self::Schedules => "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11M8 5v3.2l2.2 1.4",
            Self::New => "M8 3v10M3 8h10",
            Self::Help => "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12v.4",
        }
    }

    /// Draws it. It is hidden from screen readers.
    pub fn view(self) -> impl IntoView {
        view! {
            <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
                <path d=self.outline()></path>
            </svg>
        }
    }
}
