//! Changing what is there with the same form: what differs from before, and only that. Must not send.

use crate::family::start_api::Kind;
use crate::start::{Draft, FieldError};

impl Draft {
    /// The same form for changing what now stands in it.
    #[must_use]
    pub fn editing(self) -> Self {
        let before = Some(self.typed.clone());
        Self { before, ..self }
    }

    /// Whether it changes something that is there.
    pub fn is_edit(&self) -> bool {
        self.before.is_some()
    }

    /// Whether the field at `at` stands as it is for ever.
    pub fn is_fixed(&self, at: usize) -> bool {
        self.is_edit() && self.api.fields.get(at).is_some_and(|field| field.fixed)
    }

    /// Whether the field at `at` is another than before.
    pub fn is_changed(&self, at: usize) -> bool {
        let before = self.before.as_ref().and_then(|before| before.get(at));
        before.is_some_and(|before| before.trim() != self.text(at).trim())
    }

    /// Whether the field at `at` goes into the body. An object in the body goes whole or not at all:
    /// whether the server would join a part of it to the old one is not documented.
    pub(super) fn is_sent(&self, at: usize) -> bool {
        if !self.is_edit() {
            return true;
        }
        let fields = self.api.fields;
        let inside = fields[at].inside;
        if inside.is_empty() {
            return self.is_changed(at) && !self.is_fixed(at);
        }
        (0..fields.len()).any(|other| fields[other].inside == inside && self.is_changed(other))
    }

    /// What is sent for a field at `at` that was emptied: a member that is left out stays as it is.
    pub(super) fn emptied(&self, at: usize) -> Option<&'static str> {
        let field = self.api.fields.get(at)?;
        let is_flag = field.kind == Kind::Flag;
        let whole = field.inside.is_empty() || is_flag;
        let emptied = whole && self.is_changed(at) && self.shows(at);
        emptied.then_some(match field.kind {
            Kind::Flag => "false",
            Kind::Texts(_) => "[]",
            _ => "\"\"",
        })
    }

    /// That nothing is changed yet.
    pub(super) fn unchanged(&self) -> Option<FieldError> {
        let same = self.is_edit() && self.body() == "{}";
        let field = self.api.fields.iter().position(|field| !field.fixed);
        same.then(|| FieldError {
            field: field.unwrap_or_default(),
            text: "Nothing is changed yet".to_owned(),
            too_many: false,
        })
    }
}
