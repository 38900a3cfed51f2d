//! What starting a job of a family takes, as data: the fields of the request body (CONTRACT.md 3).

/// What the start of a family takes.
#[derive(Debug, PartialEq, Eq)]
pub struct StartApi {
    /// The fields in the order of the form, containers before what they contain.
    pub fields: &'static [Field],
    /// The members one of which must be given; empty where none must.
    pub one_of: &'static [&'static str],
    /// What such a job does, where no operation says so: `Synchronizes`.
    pub verb: &'static str,
    /// What the contract does not tell about the request, in sentences; empty where it is documented.
    pub note: &'static str,
}

/// A member of the body, or of an object in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The member's name; empty for the field that is the body itself.
    pub member: &'static str,
    /// The object in the body that it is a member of; empty for the body itself.
    pub inside: &'static str,
    /// What people read.
    pub label: &'static str,
    /// What to enter, where the label does not say it.
    pub hint: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What one entry is called, and many.
    pub noun: (&'static str, &'static str),
    /// What the job is about when this is ticked, or when a list is left empty: `all regions`.
    pub all: &'static str,
    /// Whether it must be given where it is shown.
    pub required: bool,
    /// The values of choices before it that it belongs to; empty for all.
    pub only: &'static [&'static str],
    /// The members that cannot be given beside it.
    pub excludes: &'static [&'static str],
    /// The member of a job that tells it; empty where none does.
    pub told: &'static str,
    /// Whether a job tells it to the letter, and not by name what was given by id.
    pub exact: bool,
    /// Whether it can never be changed.
    pub fixed: bool,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Texts, this many at the most.
    Texts(usize),
    /// One text.
    Text,
    /// Yes or no.
    Flag,
    /// One of these.
    Choice(&'static [Operation]),
    /// A whole number of days from the first to the second.
    Days(u32, u32),
    /// An instant (RFC 3339).
    Instant,
    /// The five fields of a schedule.
    Cron,
    /// A JSON object, whose members are not all known.
    Object,
    /// The whole body as a JSON object, in place of all other fields.
    Json,
}

/// An operation, and what it does in words.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// The value of the member.
    pub value: &'static str,
    /// What people choose.
    pub label: &'static str,
    /// What it does, before what it does it to: `Schedules the deletion of`.
    pub effect: &'static str,
    /// Whether it destroys what cannot be brought back.
    pub destroys: bool,
}

/// A list without a bound of its own.
pub const ANY_NUMBER: usize = usize::MAX;

impl StartApi {
    /// The place of the field `member`.
    pub fn at(&self, member: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.member == member)
    }
}
