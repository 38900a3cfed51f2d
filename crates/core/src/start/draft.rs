//! What someone has typed into the form of a start: what is wrong with it, and the body it makes.
//! Keeps every text as it was typed.

use std::collections::HashSet;

use crate::family::start_api::{Field, Kind, StartApi};
use crate::format::json;
use crate::format::json::quoted;
use crate::format::text;
use crate::format::text::{counted, grouped};
use crate::format::time::Timestamp;
use crate::schedule::cron::Cron;

/// The text of a flag that is on.
const ON: &str = "true";

/// A form of a start with what was typed into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What the start takes.
    pub api: &'static StartApi,
    pub(super) typed: Vec<String>,
    /// What stood in the fields before, where something that is there is changed.
    pub(super) before: Option<Vec<String>>,
}

/// What a field was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Entries, each once.
    Texts(Vec<String>),
    /// A text, an operation, an instant.
    Text(String),
    /// JSON as it was typed.
    Raw(String),
    /// Yes.
    Flag,
    /// A number.
    Number(u32),
}

/// Something that keeps the form from being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The place of the field in [`StartApi::fields`].
    pub field: usize,
    /// What is wrong with it, and what to do.
    pub text: String,
    /// Whether there is more than one job takes: several jobs would do.
    pub too_many: bool,
}

/// The entries of a list as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// Each once, in order.
    pub list: Vec<String>,
    /// How many were there before and are left out.
    pub repeated: usize,
    /// How many were empty and are left out, those at the very end not counted.
    pub blank: usize,
}

/// Reads a list, one entry to a line or with commas between them, or a JSON list of texts as it is
/// copied from elsewhere.
pub fn entries(typed: &str) -> Entries {
    let typed = typed.trim();
    if let Some(list) = typed.starts_with('[').then(|| text::plain_list(typed))
        && let Some(list) = list
    {
        return collect(list.iter().map(String::as_str));
    }
    let lines = typed.lines();
    collect(lines.flat_map(|line| {
        let line = line.trim();
        line.strip_suffix(',').unwrap_or(line).split(',')
    }))
}

fn collect<'a>(parts: impl Iterator<Item = &'a str>) -> Entries {
    let mut entries = Entries::default();
    let mut seen = HashSet::new();
    let mut blank = 0;
    for part in parts.map(str::trim) {
        if part.is_empty() {
            blank += 1;
            continue;
        }
        entries.blank += std::mem::take(&mut blank);
        if seen.insert(part) {
            entries.list.push(part.to_owned());
        } else {
            entries.repeated += 1;
        }
    }
    entries
}

impl Entries {
    /// What was left out, in words; empty if nothing was.
    pub fn left_out(&self) -> String {
        let repeated = (self.repeated > 0).then(|| counted(self.repeated, "repeated", "repeated"));
        let blank = (self.blank > 0).then(|| counted(self.blank, "empty", "empty"));
        let parts: Vec<String> = [repeated, blank].into_iter().flatten().collect();
        if parts.is_empty() {
            return String::new();
        }
        format!("Left out: {}", parts.join(", "))
    }
}

impl Draft {
    /// An empty form. A choice of one is made.
    pub fn of(api: &'static StartApi) -> Self {
        let typed = api.fields.iter().map(|field| match field.kind {
            Kind::Choice([only]) => only.value.to_owned(),
            _ => String::new(),
        });
        let typed = typed.collect();
        let before = None;
        Self { api, typed, before }
    }

    /// What stands in the field at `at`, as typed.
    pub fn text(&self, at: usize) -> &str {
        self.typed.get(at).map_or("", String::as_str)
    }

    /// Puts `text` into the field at `at`.
    pub fn set(&mut self, at: usize, text: String) {
        if let Some(typed) = self.typed.get_mut(at) {
            *typed = text;
        }
    }

    /// Sets the flag at `at`.
    pub fn set_flag(&mut self, at: usize, on: bool) {
        self.set(at, if on { ON } else { "" }.to_owned());
    }

    /// The operation that is chosen; empty for none.
    pub fn operation(&self) -> &str {
        let choice = |field: &Field| matches!(field.kind, Kind::Choice(_));
        let at = self.api.fields.iter().position(choice);
        at.map_or("", |at| self.text(at))
    }

    /// Whether the field at `at` belongs to what is chosen before it.
    pub fn shows(&self, at: usize) -> bool {
        let mut chosen: Vec<&str> = Vec::new();
        for (own, field) in self.api.fields.iter().enumerate() {
            let shown =
                field.only.is_empty() || field.only.iter().any(|only| chosen.contains(only));
            if own == at {
                return shown;
            }
            if shown && matches!(field.kind, Kind::Choice(_)) {
                chosen.push(self.text(own));
            }
        }
        false
    }

    /// The places of all fields that belong to what is chosen.
    pub fn shown(&self) -> Vec<usize> {
        let all = 0..self.api.fields.len();
        all.filter(|&at| self.shows(at)).collect()
    }

    /// The body that stands in place of all other fields, if one is given.
    pub fn raw(&self) -> Option<&str> {
        let mut fields = self.api.fields.iter();
        let at = fields.position(|field| field.kind == Kind::Json)?;
        Some(self.text(at).trim()).filter(|raw| !raw.is_empty())
    }

    /// What the field at `at` was given, if anything that can be sent.
    pub fn given(&self, at: usize) -> Option<Given> {
        let field = self.api.fields.get(at).filter(|_| self.shows(at))?;
        let text = self.text(at).trim();
        match field.kind {
            Kind::Texts(_) => Some(Given::Texts(entries(text).list))
                .filter(|given| *given != Given::Texts(Vec::new())),
            Kind::Flag => (text == ON).then_some(Given::Flag),
            Kind::Days(..) => text.parse().ok().map(Given::Number),
            Kind::Text | Kind::Instant | Kind::Cron | Kind::Choice(_) => {
                (!text.is_empty()).then(|| Given::Text(text.to_owned()))
            }
            Kind::Object => (!text.is_empty()).then(|| Given::Raw(text.to_owned())),
            Kind::Json => None,
        }
    }

    /// What the field `member` was given.
    pub fn given_to(&self, member: &str) -> Option<Given> {
        self.given(self.api.at(member)?)
    }

    /// Everything that keeps it from being sent, in the order of the fields.
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let only_raw = self.raw().is_some();
        for (at, field) in self.api.fields.iter().enumerate() {
            if !self.shows(at) || (self.is_edit() && !self.is_changed(at)) {
                continue;
            }
            let wrong = if only_raw && field.kind != Kind::Json {
                let filled = !self.text(at).trim().is_empty();
                filled.then(|| "Empty this, or the body as JSON, which replaces it".to_owned())
            } else {
                self.wrong(at, field).or_else(|| self.clash(field))
            };
            let too_many = matches!(field.kind, Kind::Texts(most) if self.count(at) > most);
            if let Some(text) = wrong {
                faults.push(FieldError {
                    field: at,
                    text,
                    too_many,
                });
            }
        }
        let shown = |member: &&&str| self.api.at(member).is_some_and(|at| self.shows(at));
        let one_of: Vec<&str> = self.api.one_of.iter().filter(shown).copied().collect();
        let missing = one_of.iter().all(|member| self.given_to(member).is_none());
        if missing && !only_raw && !one_of.is_empty() && faults.is_empty() {
            let labels: Vec<&str> = one_of.iter().map(|member| self.label(member)).collect();
            faults.push(FieldError {
                field: self.api.at(one_of[0]).unwrap_or_default(),
                text: format!("Give at least one of these: {}", labels.join(", ")),
                too_many: false,
            });
        }
        if faults.is_empty() {
            faults.extend(self.unchanged());
        }
        faults
    }

    fn count(&self, at: usize) -> usize {
        entries(self.text(at)).list.len()
    }

    fn label(&self, member: &str) -> &'static str {
        let at = self.api.at(member);
        at.map_or("", |at| self.api.fields[at].label)
    }

    /// What is wrong with a field by itself.
    fn wrong(&self, at: usize, field: &Field) -> Option<String> {
        let text = self.text(at).trim();
        let nothing = text.is_empty() || (self.given(at).is_none() && field.kind.is_texts());
        if nothing {
            let needed = match field.kind {
                Kind::Choice(_) => "Choose one",
                _ => "This is needed",
            };
            return field.required.then(|| needed.to_owned());
        }
        match field.kind {
            Kind::Texts(most) => {
                let count = self.count(at);
                (count > most).then(|| {
                    let (count, most) = (counted(count, field.noun.0, field.noun.1), grouped(most));
                    format!("{count}: one job takes {most} at the most")
                })
            }
            Kind::Days(first, last) => {
                let plain = text.bytes().all(|digit| digit.is_ascii_digit());
                let days: Option<u32> = text.parse().ok().filter(|_| plain);
                let fits = days.is_some_and(|days| (first..=last).contains(&days));
                (!fits).then(|| format!("Enter a whole number from {first} to {last}"))
            }
            Kind::Instant if Timestamp::read(text).is_none() || !text.contains(['T', 't']) => {
                Some("This is no instant: enter it as 2026-01-31T23:59:00Z".to_owned())
            }
            Kind::Cron => Cron::read(text).err(),
            Kind::Json | Kind::Object => json::members(text)
                .err()
                .map(|error| format!("This is no JSON object: {error}")),
            Kind::Choice(operations) => {
                let known = operations.iter().any(|operation| operation.value == text);
                (!known).then(|| "Choose one".to_owned())
            }
            Kind::Text | Kind::Flag | Kind::Instant => None,
        }
    }

    /// What does not go together with a field: told at the later of two, or at the list.
    fn clash(&self, field: &Field) -> Option<String> {
        let given = |member: &str| self.given_to(member);
        given(field.member)?;
        let mut excluded = field.excludes.iter();
        if let Some(other) = excluded.find(|other| given(other).is_some()) {
            let other = self.label(other);
            return Some(format!(
                "This does not go together with “{other}”: give one of them"
            ));
        }
        let time = |member| match given(member)? {
            Given::Text(text) => Timestamp::read(&text),
            _ => None,
        };
        let backwards = field.member == "created_before"
            && time("created_after")
                .zip(time("created_before"))
                .is_some_and(|(after, before)| after >= before);
        backwards.then(|| "Nothing is created before this and after the other".to_owned())
    }

    /// The body: only what was given, in the order of the fields, then the objects in it. Where
    /// something is changed, only what is to become different.
    pub fn body(&self) -> String {
        if let Some(raw) = self.raw() {
            return raw.to_owned();
        }
        let mut objects: Vec<(&str, Vec<String>)> = vec![("", Vec::new())];
        for (at, field) in self.api.fields.iter().enumerate() {
            if !self.is_sent(at) {
                continue;
            }
            let value = match self.given(at) {
                None => match self.emptied(at) {
                    Some(empty) => empty.to_owned(),
                    None => continue,
                },
                Some(Given::Texts(list)) => {
                    let list: Vec<String> = list.iter().map(|text| quoted(text)).collect();
                    format!("[{}]", list.join(","))
                }
                Some(Given::Text(text)) => quoted(&text),
                Some(Given::Raw(json)) => json,
                Some(Given::Flag) => ON.to_owned(),
                Some(Given::Number(number)) => number.to_string(),
            };
            let member = format!("{}:{value}", quoted(field.member));
            match objects.iter_mut().find(|(name, _)| *name == field.inside) {
                Some((_, members)) => members.push(member),
                None => objects.push((field.inside, vec![member])),
            }
        }
        let mut objects = objects.into_iter();
        let mut members = objects.next().map(|(_, own)| own).unwrap_or_default();
        members.extend(
            objects.map(|(name, inner)| format!("{}:{{{}}}", quoted(name), inner.join(","))),
        );
        format!("{{{}}}", members.join(","))
    }
}

impl Kind {
    fn is_texts(self) -> bool {
        matches!(self, Self::Texts(_))
    }
}
