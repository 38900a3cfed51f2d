//! The request that starts a job of a family, as data: the fields of its body (CONTRACT.md 3).

use crate::entries::EntryKind;

/// The request that starts a job of a family.
#[derive(Debug, PartialEq, Eq)]
pub struct StartApi {
    /// The fields in the order of the form, containers before what they contain.
    pub fields: &'static [Field],
    /// The members of which at least one must be given; empty if none must.
    pub one_of: &'static [&'static str],
    /// What such a job does, for families without operations: `Synchronizes`.
    pub verb: &'static str,
    /// What the documentation leaves open about the request, in sentences; empty if it is documented.
    pub note: &'static str,
}

/// A member of the body, or of an object in the body.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The member's name; empty for the field that holds the whole body.
    pub member: &'static str,
    /// The object in the body that the member belongs to; empty for the body itself.
    pub parent: &'static str,
    /// The label.
    pub label: &'static str,
    /// What to enter, if the label is not enough.
    pub hint: &'static str,
    /// The type of its value.
    pub kind: FieldKind,
    /// The noun for one entry, and for several.
    pub noun: (&'static str, &'static str),
    /// The scope of the job if this flag is set or this list is empty: `all regions`.
    pub all: &'static str,
    /// Whether the field must be filled in while it is shown.
    pub required: bool,
    /// The values of earlier choices with which the field is shown; empty for all.
    pub only_for: &'static [&'static str],
    /// The members that cannot be given together with this one.
    pub excludes: &'static [&'static str],
    /// The member of a job that reports this value; empty if none does.
    pub job_member: &'static str,
    /// Whether a job reports the value unchanged. Otherwise it may report a name instead of an id.
    pub exact: bool,
    /// Whether the value can never be changed.
    pub fixed: bool,
}

impl Field {
    /// What the entries of its list are: only `keys` takes nothing but CCKM key ids (CONTRACT.md 3, families 2 and 7).
    pub fn expected(&self) -> EntryKind {
        if self.member == "keys" { EntryKind::KeyIds } else { EntryKind::Names }
    }
}

/// The type of the value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A list of texts, with its maximum length.
    Texts(usize),
    /// One text.
    Text,
    /// Yes or no.
    Flag,
    /// One of these values.
    Choice(&'static [Operation]),
    /// A whole number of days, with its minimum and maximum.
    Days(u32, u32),
    /// A time in RFC 3339.
    Instant,
    /// A cron expression of five fields.
    Cron,
    /// A JSON object, not all of whose members are known.
    Object,
    /// The whole body as a JSON object, instead of all other fields.
    Json,
}

/// A value of a choice.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// The value of the member.
    pub value: &'static str,
    /// The text of the option.
    pub label: &'static str,
    /// What it does, before the object of the sentence: `Schedules the deletion of`.
    pub effect: &'static str,
    /// Whether it destroys what cannot be restored.
    pub destroys: bool,
}

impl Operation {
    /// A value that destroys nothing.
    pub(super) const fn new(
        value: &'static str,
        label: &'static str,
        effect: &'static str,
    ) -> Self {
        Self { value, label, effect, destroys: false }
    }

    /// A value that destroys what cannot be restored.
    pub(super) const fn destroying(
        value: &'static str,
        label: &'static str,
        effect: &'static str,
    ) -> Self {
        Self { destroys: true, ..Self::new(value, label, effect) }
    }
}

/// The maximum length of a list that the API does not limit.
pub const UNLIMITED: usize = usize::MAX;

impl StartApi {
    /// The index of the field `member` in [`fields`](Self::fields).
    pub fn position(&self, member: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.member == member)
    }
}
