//! Describes in sentences what a start will do, and what a person types to confirm it. The texts come from the
//! form alone, because the console does not know what the server will find.

use crate::family::start_api::{Field, FieldKind, Operation};
use crate::format::text::{pluralize, truncate};
use crate::schedule::cron::Cron;
use crate::start::{Draft, FieldValue, Proof};

/// A start synchronizes each region in each KMS (CONTRACT.md 3, families 1 and 3).
pub(super) const CONTAINERS: &str = "kms";
pub(super) const CONTENTS: &str = "regions";

impl Draft {
    /// The effects of sending the form, one per sentence, the main effect first.
    pub fn summary(&self) -> Vec<String> {
        let fields = self.api.fields;
        if self.is_opaque() {
            let what = "Sends the body as it is. This console cannot tell what it does: it may change or destroy keys.";
            return vec![what.to_owned()];
        }
        if fields.iter().any(|field| field.kind == FieldKind::Cron) {
            return self.schedule_summary();
        }
        self.job_summary()
    }

    /// The main effect of sending the form, in a few words: `Enables 2 keys`. `None` if this console cannot tell.
    pub fn effect(&self) -> Option<String> {
        if self.is_opaque() { None } else { self.summary().into_iter().next() }
    }

    /// Whether the form sends a body that this console does not read.
    fn is_opaque(&self) -> bool {
        let is_json = matches!(self.api.fields, [only] if only.kind == FieldKind::Json);
        self.raw_body().is_some() || is_json
    }

    fn job_summary(&self) -> Vec<String> {
        let (mut everything, mut parts, mut days) = (None, Vec::new(), String::new());
        let mut details = Vec::new();
        for (index, field) in self.api.fields.iter().enumerate() {
            match (field.kind, self.value(index)) {
                (FieldKind::Flag, Some(_)) if !field.all.is_empty() => everything = Some(field.all),
                (FieldKind::Flag, Some(_)) => details.push(field.label.to_owned()),
                (FieldKind::Days(..), Some(FieldValue::Number(number))) => {
                    days = format!(" in {}", pluralize(number as usize, "day", "days"));
                }
                (FieldKind::Texts(_), Some(FieldValue::Texts(list))) => {
                    parts.push(pluralize(list.len(), field.noun.0, field.noun.1));
                }
                (FieldKind::Texts(_), None) if !field.all.is_empty() => {
                    parts.push(field.all.to_owned());
                }
                (FieldKind::Text, Some(FieldValue::Text(text))) => {
                    // A field of one operation is a detail, not what the job works on.
                    if field.only_for.is_empty() {
                        parts.push(format!("1 {}", field.noun.0));
                    }
                    details.push(format!("{}: {}", field.label, truncate(text)));
                }
                (FieldKind::Instant, Some(FieldValue::Text(text))) => {
                    let label = field.label.to_ascii_lowercase();
                    details.push(format!("Only what was {label}: {text}"));
                }
                _ => {}
            }
        }
        // In the table, containers come before their contents.
        parts.reverse();
        let object = everything.map_or_else(|| parts.join(" of "), str::to_owned);
        let operation = self.operation();
        let verb = operation.map_or(self.api.verb, |operation| operation.effect);
        let total = self.total().filter(|_| everything.is_none());
        let total = total.map(|total| format!(": {total} in all")).unwrap_or_default();
        let mut summary = vec![format!("{verb} {object}{days}{total}")];
        summary.append(&mut details);
        if operation.is_some_and(|operation| operation.destroys) && !self.names_everything() {
            summary.push("Their number is not known in advance".to_owned());
        }
        summary
    }

    /// How many items the job works on, with their noun, if it works on each entry of one list in each entry of
    /// another: `100,000 regions`. `None` if one list alone says it.
    pub fn total(&self) -> Option<String> {
        let (count, noun) = self.combinations()?;
        Some(pluralize(count, noun.0, noun.1))
    }

    /// What the lists leave out of the texts in their fields, one sentence a list.
    pub fn left_out(&self) -> Vec<String> {
        let fields = self.shown_fields().into_iter().map(|index| (index, &self.api.fields[index]));
        let lists = fields.filter(|(_, field)| matches!(field.kind, FieldKind::Texts(_)));
        let left_out = lists.filter_map(|(index, field)| {
            let list = self.entries(index).ok()?.list;
            list.left_out().next()?;
            Some(format!("{}: {}", field.label, list.summary(field.noun)))
        });
        left_out.collect()
    }

    /// The number of combinations of [`CONTAINERS`] and [`CONTENTS`], if several containers and some contents are given.
    pub(super) fn combinations(&self) -> Option<(usize, (&'static str, &'static str))> {
        let count = |member| match self.value_of(member)? {
            FieldValue::Texts(list) => Some(list.len()),
            _ => None,
        };
        let containers = count(CONTAINERS).filter(|containers| *containers > 1)?;
        let contents = count(CONTENTS)?;
        let field = &self.api.fields[self.api.position(CONTENTS)?];
        Some((containers.saturating_mul(contents), field.noun))
    }

    fn schedule_summary(&self) -> Vec<String> {
        let name = match self.value_of("name") {
            Some(FieldValue::Text(name)) => truncate(name),
            _ => String::new(),
        };
        let main = if self.is_edit() {
            format!("Changes the schedule “{name}”")
        } else {
            format!("{} “{name}”", self.api.verb)
        };
        let details = self
            .shown_fields()
            .into_iter()
            .filter(|&index| !self.is_edit() || self.is_changed(index))
            .map(|index| (index, &self.api.fields[index]))
            .filter(|(_, field)| field.member != "name")
            .filter_map(|(index, field)| {
                let value = match self.value(index) {
                    Some(value) => describe(field, value),
                    None if !self.is_edit() => return None,
                    None if field.kind == FieldKind::Flag => "no".to_owned(),
                    None => "removed".to_owned(),
                };
                Some(format!("{}: {value}", field.label))
            });
        std::iter::once(main).chain(details).collect()
    }

    /// The text that a person has to type before the form is sent.
    pub fn proof(&self) -> Proof {
        if !self.operation().is_some_and(|operation| operation.destroys) {
            return Proof::None;
        }
        let fields = self.api.fields.iter().enumerate().rev();
        fields
            .filter(|(_, field)| field.only_for.is_empty())
            .find_map(|(index, field)| match (field.kind, self.value(index)?) {
                (FieldKind::Texts(_), FieldValue::Texts(list)) => Some(Proof::Count(list.len())),
                (FieldKind::Text, FieldValue::Text(text)) => Some(Proof::Name(text)),
                _ => None,
            })
            .unwrap_or(Proof::None)
    }

    /// Whether everything that will be destroyed is listed.
    fn names_everything(&self) -> bool {
        let mut fields = self.api.fields.iter().enumerate();
        fields.all(|(index, field)| field.all.is_empty() || self.value(index).is_some())
            && matches!(self.proof(), Proof::Count(_))
    }

    /// The value of the first choice.
    fn operation(&self) -> Option<&'static Operation> {
        let mut fields = self.api.fields.iter().enumerate();
        let (index, known) = fields.find_map(|(index, field)| match field.kind {
            FieldKind::Choice(known) => Some((index, known)),
            _ => None,
        })?;
        let chosen = self.text(index);
        known.iter().find(|operation| operation.value == chosen)
    }
}

/// A value in one line.
fn describe(field: &Field, value: FieldValue) -> String {
    match value {
        FieldValue::Flag => "yes".to_owned(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Texts(list) => pluralize(list.len(), field.noun.0, field.noun.1),
        FieldValue::Json(json) => truncate(json),
        FieldValue::Text(text) => match field.kind {
            FieldKind::Cron => match text.parse::<Cron>() {
                Ok(cron) => cron.description(),
                Err(_) => text,
            },
            FieldKind::Choice(known) => known
                .iter()
                .find(|operation| operation.value == text)
                .map_or(text, |operation| operation.label.to_owned()),
            _ => truncate(text),
        },
    }
}
