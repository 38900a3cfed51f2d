//! The form that edits something that exists: it finds the differences, and sends nothing else.

use crate::family::start_api::FieldKind;
use crate::start::{Draft, FieldError};

impl Draft {
    /// Turns the form into an edit of the present texts.
    #[must_use]
    pub fn into_edit(self) -> Self {
        Self { original: Some((self.texts.clone(), self.choices.clone())), ..self }
    }

    /// Whether the form edits something that exists.
    pub fn is_edit(&self) -> bool {
        self.original.is_some()
    }

    /// Whether the field at `index` can no longer be changed.
    pub fn is_fixed(&self, index: usize) -> bool {
        self.is_edit() && self.api.fields.get(index).is_some_and(|field| field.fixed)
    }

    /// Whether the field at `index` differs from the original.
    pub fn is_changed(&self, index: usize) -> bool {
        self.original.as_ref().is_some_and(|(texts, choices)| {
            texts.get(index).is_some_and(|text| text.trim() != self.text(index).trim())
                || choices.get(index).is_some_and(|choice| *choice != self.choice(index))
        })
    }

    /// Whether the field at `index` is sent. An edit sends only what differs: the server does not change an absent
    /// member (CONTRACT.md 11.4). A nested object is sent whole or not at all, because it is not documented
    /// whether the server merges a part of it.
    pub(super) fn is_sent(&self, index: usize) -> bool {
        if !self.is_edit() {
            return true;
        }
        let fields = self.api.fields;
        let parent = fields[index].parent;
        if parent.is_empty() {
            return self.is_changed(index) && !self.is_fixed(index);
        }
        // A field that is hidden again changes nothing.
        (0..fields.len()).any(|other| {
            fields[other].parent == parent && self.is_changed(other) && self.is_shown(other)
        })
    }

    /// The JSON that is sent for a cleared field. It cannot be omitted: the server does not change an absent member.
    pub(super) fn cleared(&self, index: usize) -> Option<&'static str> {
        let field = self.api.fields.get(index)?;
        // An object is sent whole, which clears its absent members. An absent flag might not be cleared.
        let must_be_sent = field.parent.is_empty() || field.kind == FieldKind::Flag;
        let is_cleared = must_be_sent && self.is_changed(index) && self.is_shown(index);
        is_cleared.then_some(match field.kind {
            FieldKind::Flag => "false",
            FieldKind::Texts(_) => "[]",
            _ => "\"\"",
        })
    }

    /// The error of a form that changes nothing.
    pub(super) fn nothing_changed(&self) -> Option<FieldError> {
        let first = self.api.fields.iter().position(|field| !field.fixed);
        (self.is_edit() && self.body() == "{}")
            .then(|| FieldError::new(first.unwrap_or_default(), "Nothing is changed yet"))
    }
}
