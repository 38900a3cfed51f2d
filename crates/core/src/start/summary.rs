//! What a start will cause, in words, and what someone types to show that they mean it. Says only
//! what the form says: what the server will find is not known beforehand.

use crate::family::start_api::{Kind, Operation};
use crate::format::text::{counted, cut};
use crate::schedule::cron::Cron;
use crate::start::{Draft, Given};

/// What someone has to type before something is destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Nothing: nothing is destroyed.
    Nothing,
    /// The number of what is named.
    Count(usize),
    /// The id of the one thing that is named: how much it holds is not known beforehand, and `1`
    /// would be typed without a look.
    Name(String),
}

/// What the start of `draft` does to how many, a sentence each, the main one first.
pub fn summary(draft: &Draft) -> Vec<String> {
    if draft.raw().is_some() || matches!(draft.api.fields, [only] if only.kind == Kind::Json) {
        let what = "Sends the body as it is. What it does, this console cannot tell: it may change or \
                    destroy keys.";
        return vec![what.to_owned()];
    }
    if draft
        .api
        .fields
        .iter()
        .any(|field| field.kind == Kind::Cron)
    {
        return schedule(draft);
    }
    let fields = || draft.api.fields.iter().enumerate();
    let (mut everything, mut parts, mut days) = (None, Vec::new(), String::new());
    let mut more = Vec::new();
    for (at, field) in fields() {
        let given = draft.given(at);
        match (field.kind, given) {
            (Kind::Flag, Some(_)) if !field.all.is_empty() => everything = Some(field.all),
            (Kind::Flag, Some(_)) => more.push(field.label.to_owned()),
            (Kind::Days(..), Some(Given::Number(number))) => {
                days = format!(" in {}", counted(number as usize, "day", "days"));
            }
            (Kind::Texts(_), Some(Given::Texts(list))) => {
                parts.push(counted(list.len(), field.noun.0, field.noun.1));
            }
            (Kind::Texts(_), None) if !field.all.is_empty() => parts.push(field.all.to_owned()),
            (Kind::Text, Some(Given::Text(text))) => {
                // What is not what the job is about is only told.
                if field.only.is_empty() {
                    parts.push(format!("1 {}", field.noun.0));
                }
                more.push(format!("{}: {}", field.label, cut(text)));
            }
            (Kind::Instant, Some(Given::Text(text))) => {
                more.push(format!("Only what was {}: {text}", lower(field.label)));
            }
            _ => {}
        }
    }
    // Containers stand before what they contain.
    parts.reverse();
    let parts = everything.map_or_else(|| parts.join(" of "), str::to_owned);
    let operation = operation(draft);
    let verb = operation.map_or(draft.api.verb, |operation| operation.effect);
    let mut effects = vec![format!("{verb} {parts}{days}")];
    effects.append(&mut more);
    let destroys = operation.is_some_and(|operation| operation.destroys);
    if destroys && !is_counted(draft) {
        effects.push("How many that are is not known beforehand".to_owned());
    }
    effects
}

/// What a schedule will do, or how it changes.
fn schedule(draft: &Draft) -> Vec<String> {
    let text = |member| match draft.given_to(member) {
        Some(Given::Text(text)) => text,
        _ => String::new(),
    };
    let name = cut(text("name"));
    let mut effects = vec![if draft.is_edit() {
        format!("Changes the schedule “{name}”")
    } else {
        format!("{} “{name}”", draft.api.verb)
    }];
    for at in draft.shown() {
        let field = &draft.api.fields[at];
        if draft.is_edit() && !draft.is_changed(at) || field.member == "name" {
            continue;
        }
        let value = match draft.given(at) {
            None if draft.is_edit() => "no more".to_owned(),
            None => continue,
            Some(Given::Flag) => "yes".to_owned(),
            Some(Given::Number(number)) => number.to_string(),
            Some(Given::Texts(list)) => counted(list.len(), field.noun.0, field.noun.1),
            Some(Given::Raw(json)) => cut(json),
            Some(Given::Text(text)) => match field.kind {
                Kind::Cron => Cron::read(&text).map_or(text, |cron| cron.words()),
                Kind::Choice(known) => {
                    let known = known.iter().find(|known| known.value == text);
                    known.map_or(text, |known| known.label.to_owned())
                }
                _ => cut(text),
            },
        };
        effects.push(format!("{}: {value}", field.label));
    }
    effects
}

/// What has to be typed before the start of `draft`.
pub fn proof(draft: &Draft) -> Proof {
    if !operation(draft).is_some_and(|operation| operation.destroys) {
        return Proof::Nothing;
    }
    let fields = draft.api.fields.iter().enumerate().rev();
    let mut named = fields.filter(|(_, field)| field.only.is_empty());
    let proof = named.find_map(|(at, field)| match (field.kind, draft.given(at)?) {
        (Kind::Texts(_), Given::Texts(list)) => Some(Proof::Count(list.len())),
        (Kind::Text, Given::Text(text)) => Some(Proof::Name(text)),
        _ => None,
    });
    proof.unwrap_or(Proof::Nothing)
}

/// Whether all that will be destroyed is listed.
fn is_counted(draft: &Draft) -> bool {
    let mut fields = draft.api.fields.iter().enumerate();
    let all = fields.all(|(at, field)| field.all.is_empty() || draft.given(at).is_some());
    all && matches!(proof(draft), Proof::Count(_))
}

/// The operation that is chosen.
fn operation(draft: &Draft) -> Option<&'static Operation> {
    let mut operations = draft
        .api
        .fields
        .iter()
        .filter_map(|field| match field.kind {
            Kind::Choice(operations) => Some(operations),
            _ => None,
        });
    let chosen = draft.operation();
    operations
        .next()?
        .iter()
        .find(|operation| operation.value == chosen)
}

/// A label within a sentence.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
