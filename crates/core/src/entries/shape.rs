//! What an entry looks like. The format of CCKM ids is not documented (CONTRACT.md 2.1: not always legal UUIDs), so a
//! shape only decides what is left out until the person chooses otherwise.

use strum::{EnumIter, IntoEnumIterator};

/// What a list is expected to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EntryKind {
    /// CCKM key ids.
    KeyIds,
    /// Names or ids of anything, which may have any form.
    #[default]
    Names,
}

/// What an entry looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter)]
pub enum Shape {
    /// Five groups of letters and digits with `-` between them, as in a UUID.
    Id,
    /// A name that a job or a batch of this console reports, whatever it looks like.
    Reported,
    /// Anything else.
    Other,
    /// The alias of a key in AWS: `alias/…`.
    Alias,
    /// An Amazon Resource Name: `arn:…`.
    Arn,
    /// The header of a column.
    Header,
    /// With white space inside, or longer than 200 characters.
    Prose,
    /// With brackets, braces or quotes.
    Broken,
    /// No value: `???`, `-`, `null`.
    Placeholder,
}

/// An entry of more characters than this is no key id. The ids in the documentation have 36.
const MAX_CHARS: usize = 200;
/// Characters that are left over when a list was not split as its author meant.
const MARKS: &[char] = &['[', ']', '{', '}', '(', ')', '<', '>', '"', '\'', '`', '“', '”'];
const NO_VALUES: [&str; 7] = ["null", "none", "nil", "n/a", "na", "undefined", "unknown"];

impl Shape {
    /// The shape of the trimmed `text` in a list of `expected`.
    pub fn new(text: &str, expected: EntryKind) -> Self {
        let starts_with = |prefix: &str| {
            text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        match expected {
            _ if !text.contains(char::is_alphanumeric) => Self::Placeholder,
            EntryKind::Names if has_unmatched_mark(text) => Self::Broken,
            EntryKind::Names => Self::Other,
            EntryKind::KeyIds if text.contains(MARKS) => Self::Broken,
            _ if NO_VALUES.iter().any(|word| word.eq_ignore_ascii_case(text)) => Self::Placeholder,
            _ if text.contains(char::is_whitespace) => Self::Prose,
            _ if text.chars().nth(MAX_CHARS).is_some() => Self::Prose,
            _ if starts_with("alias/") => Self::Alias,
            _ if starts_with("arn:") => Self::Arn,
            _ if is_id(text) => Self::Id,
            EntryKind::KeyIds => Self::Other,
        }
    }

    /// Whether such an entry is certainly no key id.
    pub fn is_never_id(self) -> bool {
        !matches!(self, Self::Id | Self::Reported | Self::Other)
    }

    /// The noun for one, and for several.
    pub fn nouns(self) -> (&'static str, &'static str) {
        match self {
            Self::Id => ("id like a UUID", "ids like a UUID"),
            Self::Reported => ("key from a job", "keys from jobs"),
            Self::Other => ("entry of another form", "entries of another form"),
            Self::Alias => ("alias", "aliases"),
            Self::Arn => ("ARN", "ARNs"),
            Self::Header => ("column header", "column headers"),
            Self::Prose => ("entry with spaces or very long", "entries with spaces or very long"),
            Self::Broken => ("entry with brackets or quotes", "entries with brackets or quotes"),
            Self::Placeholder => ("placeholder", "placeholders"),
        }
    }
}

/// Five groups of letters and digits, about as long as a UUID.
fn is_id(text: &str) -> bool {
    let is_group =
        |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (30..=40).contains(&text.len()) && text.split('-').count() == 5 && text.split('-').all(is_group)
}

/// Whether `text` begins or ends with a bracket or a quote without its counterpart in it.
fn has_unmatched_mark(text: &str) -> bool {
    let pairs = [('[', ']'), ('{', '}'), ('"', '"'), ('“', '”')];
    pairs.iter().any(|&(open, close)| {
        let (opens, closes) = (text.starts_with(open), text.ends_with(close));
        let count = text.matches([open, close]).count();
        (opens || closes) && !count.is_multiple_of(2)
    })
}

/// What the person has decided about shapes; `None` for one that they left to the console.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShapeChoices([Option<bool>; 9]);

impl ShapeChoices {
    /// Whether entries of `shape` are to be included, if decided.
    pub fn get(self, shape: Shape) -> Option<bool> {
        self.0.get(shape as usize).copied().flatten()
    }

    /// Decides whether entries of `shape` are included.
    pub fn set(&mut self, shape: Shape, is_included: bool) {
        if let Some(choice) = self.0.get_mut(shape as usize) {
            *choice = Some(is_included);
        }
    }

    /// All shapes, those that are probably expected first.
    pub fn shapes() -> impl Iterator<Item = Shape> {
        Shape::iter()
    }
}
