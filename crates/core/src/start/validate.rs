//! The checks of a start form before it is sent.

use crate::entries::EntryList;
use crate::family::start_api::{Field, FieldKind};
use crate::format::json;
use crate::format::text::{group_digits, parse_digits, pluralize};
use crate::format::time::Timestamp;
use crate::schedule::cron::Cron;
use crate::start::{Draft, FieldValue};

/// A reason why the form cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The index of the field in [`StartApi::fields`](crate::family::start_api::StartApi::fields).
    pub field: usize,
    /// What is wrong, and what to do.
    pub message: String,
    /// Whether the list is too long for one job, so that a batch of several jobs is needed.
    pub too_many: bool,
}

impl FieldError {
    /// The error `message` of the field at the index `field`.
    pub(super) fn new(field: usize, message: impl Into<String>) -> Self {
        Self { field, message: message.into(), too_many: false }
    }
}

impl Draft {
    /// All errors that prevent sending, in the order of the fields. Only what is sent is checked: what an edit
    /// does not touch may be as odd as the server has it.
    pub fn validate(&self) -> Vec<FieldError> {
        let errors: Vec<FieldError> = self
            .shown_fields()
            .into_iter()
            .filter(|&index| self.is_sent(index))
            .filter_map(|index| self.check(index, &self.api.fields[index]))
            .collect();
        if errors.is_empty() {
            let whole_form = self.nothing_given().or_else(|| self.nothing_changed());
            return whole_form.into_iter().collect();
        }
        errors
    }

    fn check(&self, index: usize, field: &Field) -> Option<FieldError> {
        let message = if self.raw_body().is_some() && field.kind != FieldKind::Json {
            let is_filled = !self.text(index).trim().is_empty();
            is_filled.then(|| "Empty this field or the body as JSON, which replaces it".to_owned())
        } else {
            self.check_value(index, field).or_else(|| self.conflict(field))
        };
        Some(FieldError {
            too_many: matches!(field.kind, FieldKind::Texts(max) if self.count(index) > max),
            ..FieldError::new(index, message?)
        })
    }

    /// The error in the value of a field, regardless of other fields.
    fn check_value(&self, index: usize, field: &Field) -> Option<String> {
        let text = self.text(index).trim();
        let entries = match field.kind {
            FieldKind::Texts(_) => match self.entries(index) {
                Ok(entries) => entries.list,
                Err(problem) => return Some(problem),
            },
            _ => EntryList::default(),
        };
        let is_list = matches!(field.kind, FieldKind::Texts(_));
        if text.is_empty() || (is_list && entries.included.is_empty()) {
            // An empty list can mean everything, so it must not come from a text of which nothing is included.
            if entries.left_out().next().is_some() {
                return Some(
                    "Everything here is left out: include it, or empty the field".to_owned(),
                );
            }
            let required = match field.kind {
                FieldKind::Choice(_) => "Choose one",
                _ => "This field is required",
            };
            return field.required.then(|| required.to_owned());
        }
        match field.kind {
            FieldKind::Texts(max) => Some(entries.included.len())
                .filter(|count| *count > max)
                .map(|count| pluralize(count, field.noun.0, field.noun.1))
                .map(|count| format!("{count}: one job takes at most {}", group_digits(max))),
            FieldKind::Days(min, max) => {
                let fits = parse_digits(text).is_some_and(|days| (min..=max).contains(&days));
                (!fits).then(|| format!("Enter a whole number from {min} to {max}"))
            }
            FieldKind::Instant => {
                let is_time = text.parse::<Timestamp>().is_ok() && text.contains(['T', 't']);
                (!is_time)
                    .then(|| "This is not a time: enter it as 2026-01-31T23:59:00Z".to_owned())
            }
            FieldKind::Cron => text.parse::<Cron>().map_or_else(Some, |cron| cron.error()),
            FieldKind::Json | FieldKind::Object => json::parse_object(text)
                .err()
                .map(|error| format!("This is not a JSON object: {error}")),
            FieldKind::Choice(known) => {
                let is_known = known.iter().any(|operation| operation.value == text);
                (!is_known).then(|| "Choose one".to_owned())
            }
            FieldKind::Text | FieldKind::Flag => None,
        }
    }

    /// The conflict of a field with another one. The message belongs to the list, or to the later of two times.
    fn conflict(&self, field: &Field) -> Option<String> {
        self.value_of(field.member)?;
        let excluded = field.excludes.iter().find(|other| self.value_of(other).is_some());
        if let Some(other) = excluded {
            let other = self.label(other);
            return Some(format!("This does not go together with “{other}”: give one of them"));
        }
        let time = |member| match self.value_of(member)? {
            FieldValue::Text(text) => text.parse::<Timestamp>().ok(),
            _ => None,
        };
        let earlier = match field.member {
            "created_before" => "created_after",
            "end_date" => "start_date",
            _ => return None,
        };
        let is_backwards =
            time(earlier).zip(time(field.member)).is_some_and(|(after, before)| after >= before);
        is_backwards.then(|| format!("This must be later than “{}”", self.label(earlier)))
    }

    /// The error of a form that needs at least one of some fields, sends their object and has none of them.
    fn nothing_given(&self) -> Option<FieldError> {
        let visible: Vec<&str> = self
            .api
            .one_of
            .iter()
            .copied()
            .filter(|member| {
                let index = self.api.position(member);
                index.is_some_and(|index| self.is_shown(index) && self.is_sent(index))
            })
            .collect();
        let first = self.api.position(visible.first()?)?;
        let is_given = self.raw_body().is_some()
            || visible.iter().any(|member| self.value_of(member).is_some());
        (!is_given).then(|| {
            let labels: Vec<&str> = visible.iter().map(|member| self.label(member)).collect();
            let message = format!("Give at least one of these: {}", labels.join(", "));
            FieldError::new(first, message)
        })
    }

    fn count(&self, index: usize) -> usize {
        self.entries(index).map_or(0, |entries| entries.list.included.len())
    }

    fn label(&self, member: &str) -> &'static str {
        self.api.position(member).map_or("", |index| self.api.fields[index].label)
    }
}
