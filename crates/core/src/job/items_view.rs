//! Which items of a job are shown, and in what order.

use std::cmp::Ordering;

use strum::{EnumString, IntoStaticStr};

use crate::job::cause::CauseFilter;
use crate::job::item_status::ItemStatus;
use crate::job::items::{ItemText, Items};

/// Which items to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ItemFilter {
    /// All items.
    #[default]
    All,
    /// Those of a status.
    Status(ItemStatus),
    /// Those with exactly this status text, or with the digest that [`ItemFilter::for_text`] makes of a long one.
    Text(String),
    /// The problems of the job ([`ItemStatus::is_problem`]).
    Problems,
    /// The problems with the cause of this key ([`Cause::key`](crate::job::cause::Cause::key)).
    Cause(String),
}

/// The longest status text in an address, in bytes. Hosts refuse long addresses.
const MAX_TEXT: usize = 200;

impl ItemFilter {
    /// Selects the items with exactly the status text `text`. A text that is too long for an address is replaced
    /// by a digest of it (FNV-1a). The digest must not change, since people save addresses.
    pub fn for_text(text: &str) -> Self {
        if text.len() <= MAX_TEXT {
            return Self::Text(text.to_owned());
        }
        let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let digest = text.bytes().fold(0xcbf2_9ce4_8422_2325, step);
        Self::Text(format!("~{digest}"))
    }

    /// Whether it selects the items with `text`. `cause` is the filter of its cause, if it has one.
    fn selects(&self, text: &ItemText, is_finished: bool, cause: &mut CauseFilter) -> bool {
        match self {
            Self::All => true,
            Self::Status(status) => text.status == *status,
            Self::Text(wanted) => *text.text == **wanted || *self == Self::for_text(&text.text),
            Self::Problems => text.status.is_problem(is_finished),
            Self::Cause(_) => text.status.is_problem(is_finished) && cause.selects(text),
        }
    }
}

/// The order of the items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum ItemOrder {
    /// As received.
    #[default]
    Received,
    /// By name, character by character: `key-10` comes before `key-9`.
    Name,
    /// By name, last first.
    #[strum(serialize = "-name")]
    NameDescending,
    /// Most urgent first, then by text.
    Status,
}

impl ItemOrder {
    /// All orders, as the picker lists them.
    pub const ALL: [Self; 4] = [Self::Received, Self::Name, Self::NameDescending, Self::Status];

    /// The name in the URL; [`FromStr`](std::str::FromStr) parses it.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The label for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Received => "As received",
            Self::Name => "Name, A to Z",
            Self::NameDescending => "Name, Z to A",
            Self::Status => "Status, failed first",
        }
    }
}

/// Which items are shown, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemsView {
    /// Text that the name or the status text must contain, ignoring case.
    pub search: String,
    /// Which items.
    pub filter: ItemFilter,
    /// Their order.
    pub order: ItemOrder,
}

impl ItemsView {
    /// The indices of the items shown, in order. `is_finished` says whether the job has ended, which decides what
    /// is a problem.
    pub fn select(&self, items: &Items, is_finished: bool) -> Vec<u32> {
        let needle = self.search.trim().to_lowercase();
        let key = match &self.filter {
            ItemFilter::Cause(key) => key,
            _ => "",
        };
        let mut cause = CauseFilter::new(key);
        // Of each distinct text: whether the filter selects it, and whether it contains the search.
        let texts: Vec<(bool, bool)> = (items.texts().iter())
            .map(|text| {
                let is_selected =
                    text.count > 0 && self.filter.selects(text, is_finished, &mut cause);
                (is_selected, contains(&text.text, &needle))
            })
            .collect();
        let is_selected = |index: usize| {
            let text = items.text_id(index).and_then(|id| texts.get(id));
            text.is_some_and(|&(is_selected, is_found)| {
                is_selected && (is_found || contains(items.name(index), &needle))
            })
        };
        let mut indices: Vec<u32> = (0..items.len())
            .filter(|&index| is_selected(index))
            .filter_map(|index| u32::try_from(index).ok())
            .collect();
        self.sort(items, &mut indices);
        indices
    }

    /// Sorts the ascending `indices`; items that compare equal keep their order.
    fn sort(&self, items: &Items, indices: &mut [u32]) {
        let name = |index: u32| items.name(index as usize);
        let rank = |index: u32| {
            let text = items.text(index as usize);
            text.map(|text| (text.status, &text.text))
        };
        if self.order == ItemOrder::Received {
            return;
        }
        indices.sort_unstable_by(|&a, &b| {
            let order = match self.order {
                ItemOrder::Received => Ordering::Equal,
                ItemOrder::Name => name(a).cmp(name(b)),
                ItemOrder::NameDescending => name(b).cmp(name(a)),
                ItemOrder::Status => rank(a).cmp(&rank(b)),
            };
            order.then(a.cmp(&b))
        });
    }
}

/// Whether `text` contains `needle`, which is in lower case, in whatever case.
fn contains(text: &str, needle: &str) -> bool {
    if needle.is_empty() {
        return true;
    }
    if !text.is_ascii() {
        return text.to_lowercase().contains(needle);
    }
    let windows = text.as_bytes().windows(needle.len());
    windows.into_iter().any(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}
