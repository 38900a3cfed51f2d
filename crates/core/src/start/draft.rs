//! The texts of a start form, as typed, and the request body that they make.

use std::borrow::Cow;

use crate::entries;
use crate::family::start_api::{Field, FieldKind, StartApi};
use crate::format::{json, text};
use crate::start::EntryChoice;

/// The text of a flag that is set.
const SET: &str = "true";

/// The form of a start with the texts that were typed into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The fields of the form, from the table of the API.
    pub api: &'static StartApi,
    pub(super) texts: Vec<String>,
    /// How the entries of each list are read.
    pub(super) choices: Vec<EntryChoice>,
    /// The texts and choices before any change, if the form edits something that exists.
    pub(super) original: Option<(Vec<String>, Vec<EntryChoice>)>,
}

/// The value of a field, as it can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// A list of texts, each once; not empty.
    Texts(Vec<String>),
    /// A text, a choice or a time; not empty.
    Text(String),
    /// JSON as typed.
    Json(String),
    /// A flag that is set.
    Flag,
    /// A number.
    Number(u32),
}

impl FieldValue {
    fn to_json(&self) -> String {
        match self {
            Self::Texts(list) => serde_json::to_string(list).unwrap_or_default(),
            Self::Text(text) => json::quote(text),
            Self::Json(json) => json.clone(),
            Self::Flag => SET.to_owned(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Draft {
    /// An empty form. A choice with one value has that value.
    pub fn new(api: &'static StartApi) -> Self {
        let text = |field: &Field| match field.kind {
            FieldKind::Choice([only]) => only.value.to_owned(),
            _ => String::new(),
        };
        let choices = vec![EntryChoice::default(); api.fields.len()];
        Self { api, texts: api.fields.iter().map(text).collect(), choices, original: None }
    }

    /// The form that sends `body`, a JSON object that a form has sent before.
    pub fn from_body(api: &'static StartApi, body: &str) -> Self {
        let mut draft = Self::new(api);
        let members = json::parse_object(body).unwrap_or_default();
        for (index, field) in api.fields.iter().enumerate() {
            let nested =
                json::find(&members, field.parent).and_then(|raw| json::parse_object(raw).ok());
            let members = if field.parent.is_empty() { Some(&members) } else { nested.as_ref() };
            if let Some(raw) = members.and_then(|members| json::find(members, field.member)) {
                let list =
                    text::parse_list(raw).filter(|_| matches!(field.kind, FieldKind::Texts(_)));
                let text = match list {
                    Some(list) => {
                        entries::write(&list.into_iter().map(Cow::into_owned).collect::<Vec<_>>())
                    }
                    None => text::display(raw),
                };
                draft.set_reported(index, text);
            }
        }
        let whole = api.fields.iter().position(|field| field.kind == FieldKind::Json);
        if let Some(index) = whole.filter(|_| draft.body() != body) {
            draft = Self::new(api);
            draft.set(index, body.to_owned());
        }
        draft
    }

    /// The text of the field at `index`, as typed.
    pub fn text(&self, index: usize) -> &str {
        self.texts.get(index).map_or("", String::as_str)
    }

    /// Sets the text of the field at `index`.
    pub fn set(&mut self, index: usize, text: String) {
        if let Some(current) = self.texts.get_mut(index) {
            *current = text;
        }
    }

    /// Sets the flag at `index`.
    pub fn set_flag(&mut self, index: usize, is_set: bool) {
        self.set(index, if is_set { SET } else { "" }.to_owned());
    }

    /// Whether the form shows the field at `index`: the choices before it include the field.
    pub fn is_shown(&self, index: usize) -> bool {
        self.shown_fields().contains(&index)
    }

    /// The indices of all fields that the form shows.
    pub fn shown_fields(&self) -> Vec<usize> {
        let mut chosen: Vec<&str> = Vec::new();
        let fields = self.api.fields.iter().enumerate();
        fields
            .filter(|(index, field)| {
                let only_for = field.only_for;
                let is_shown =
                    only_for.is_empty() || only_for.iter().any(|value| chosen.contains(value));
                if is_shown && matches!(field.kind, FieldKind::Choice(_)) {
                    chosen.push(self.text(*index));
                }
                is_shown
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// The body that replaces all other fields, if one was typed.
    pub fn raw_body(&self) -> Option<&str> {
        let is_json = |field: &Field| field.kind == FieldKind::Json;
        let index = self.api.fields.iter().position(is_json)?;
        Some(self.text(index).trim()).filter(|body| !body.is_empty())
    }

    /// The value of the field at `index`; `None` if the field is hidden, empty or not readable.
    pub fn value(&self, index: usize) -> Option<FieldValue> {
        let text = self.text(index).trim();
        if text.is_empty() || !self.is_shown(index) {
            return None;
        }
        match self.api.fields.get(index)?.kind {
            FieldKind::Texts(_) => Some(self.entries(index).ok()?.list.included)
                .filter(|list| !list.is_empty())
                .map(FieldValue::Texts),
            FieldKind::Flag => (text == SET).then_some(FieldValue::Flag),
            FieldKind::Days(..) => text.parse().ok().map(FieldValue::Number),
            FieldKind::Text | FieldKind::Instant | FieldKind::Cron | FieldKind::Choice(_) => {
                Some(FieldValue::Text(text.to_owned()))
            }
            FieldKind::Object => Some(FieldValue::Json(text.to_owned())),
            FieldKind::Json => None,
        }
    }

    /// The value of the field for the member `member` of the request. As [`value`](Self::value).
    pub fn value_of(&self, member: &str) -> Option<FieldValue> {
        self.value(self.api.position(member)?)
    }

    /// The request body: the values in the order of the fields, then the nested objects. An edit sends
    /// only the fields that differ.
    pub fn body(&self) -> String {
        if let Some(body) = self.raw_body() {
            return body.to_owned();
        }
        let fields = self.api.fields;
        let object = |parent: &str, nested: &[(&str, String)]| {
            let values: Vec<(&str, String)> = (0..fields.len())
                .filter(|&index| fields[index].parent == parent && self.is_sent(index))
                .filter_map(|index| Some((fields[index].member, self.json(index)?)))
                .collect();
            let members: Vec<(&str, &str)> =
                values.iter().chain(nested).map(|(name, json)| (*name, json.as_str())).collect();
            json::write_object(&members)
        };
        let mut parents: Vec<&str> = fields.iter().map(|field| field.parent).collect();
        parents.dedup();
        let nested: Vec<(&str, String)> = parents
            .into_iter()
            .filter(|parent| !parent.is_empty())
            .map(|parent| (parent, object(parent, &[])))
            .filter(|(_, json)| json != "{}")
            .collect();
        object("", &nested)
    }

    /// The JSON that is sent for the field at `index`; `None` if it is not sent.
    fn json(&self, index: usize) -> Option<String> {
        self.value(index)
            .map(|value| value.to_json())
            .or_else(|| self.cleared(index).map(ToOwned::to_owned))
    }
}
