//! A bulk operation with the value of its parameter. The operations and their parameters come from the start
//! form of AWS bulk operations (CONTRACT.md 3, family 2).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::family::start_api::{Field, FieldKind, Operation};
use crate::family::{FAMILIES, Family};
use crate::format::text::{parse_digits, pluralize};

/// The family of the jobs that batches start.
pub fn family() -> &'static Family {
    Family::by_path("aws/bulkjob").unwrap_or(&FAMILIES[0])
}

/// Every operation, in the order of the picker.
pub fn operations() -> &'static [Operation] {
    fields()
        .find_map(|field| match field.kind {
            FieldKind::Choice(operations) => Some(operations),
            _ => None,
        })
        .unwrap_or_default()
}

/// The largest number of keys in one job.
pub fn max_keys() -> usize {
    fields()
        .find_map(|field| match field.kind {
            FieldKind::Texts(max) => Some(max),
            _ => None,
        })
        .unwrap_or(1)
}

fn fields() -> impl Iterator<Item = &'static Field> {
    family().start.iter().flat_map(|start| start.fields)
}

/// One operation with the value of its parameter. Both are the same in the request of each job.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The value of `operation`.
    pub operation: String,
    /// The value of its parameter; empty if it has none.
    pub value: String,
}

#[derive(Serialize)]
struct StartBody<'a> {
    operation: &'a str,
    keys: &'a [String],
    #[serde(flatten)]
    parameter: BTreeMap<&'static str, Value>,
}

impl Task {
    /// The operation, if it is documented.
    fn known(&self) -> Option<&'static Operation> {
        operations().iter().find(|known| known.value == self.operation)
    }

    /// The name of the operation on the page. An undocumented operation is shown by its API name.
    pub fn label(&self) -> &str {
        self.known().map_or(&self.operation, |known| known.label)
    }

    /// Whether it destroys keys for good.
    pub fn destroys(&self) -> bool {
        self.known().is_some_and(|known| known.destroys)
    }

    /// The field of the operation's parameter, if it has one.
    pub fn parameter(&self) -> Option<&'static Field> {
        fields().find(|field| field.only_for.contains(&&*self.operation))
    }

    /// Why the task cannot be sent; `None` if it can.
    pub fn problem(&self) -> Option<String> {
        if self.known().is_none() {
            return Some("Choose what is to be done to the keys".to_owned());
        }
        let parameter = self.parameter()?;
        let label = parameter.label;
        if self.parameter_value().is_some() {
            return None;
        }
        Some(match parameter.kind {
            FieldKind::Days(min, max) => format!("{label}: a whole number from {min} to {max}"),
            _ => format!("{label}: it is missing"),
        })
    }

    /// The effect on `keys` keys, as a sentence.
    pub fn effect(&self, keys: usize) -> String {
        let value = self.value.trim();
        let effect = match &*self.operation {
            "enablekey" => "is enabled".to_owned(),
            "disablekey" => {
                "is disabled: nothing can be encrypted or decrypted with it until it is enabled again"
                    .to_owned()
            }
            "cancelkeydeletion" => "is no longer going to be deleted".to_owned(),
            "schedulekeydeletion" => format!(
                "is deleted after {value} days, and nothing that it encrypted can be read any more; until \
                 then the deletion can be cancelled"
            ),
            "applypolicytemplate" => format!(
                "gets the policy of the template {value}, which must be of the same AWS KMS account"
            ),
            _ => "is changed".to_owned(),
        };
        let each = if keys == 1 { "" } else { "Each of " };
        format!("{each}{} {effect}.", pluralize(keys, "key", "keys"))
    }

    /// The body of the request for `keys`.
    pub fn body(&self, keys: &[String]) -> String {
        let parameter = self.parameter().map(|parameter| parameter.member);
        let body = StartBody {
            operation: &self.operation,
            keys,
            parameter: parameter.zip(self.parameter_value()).into_iter().collect(),
        };
        serde_json::to_string(&body).unwrap_or_default()
    }

    /// The value of the parameter as JSON, if it is valid.
    fn parameter_value(&self) -> Option<Value> {
        let value = self.value.trim();
        match self.parameter()?.kind {
            FieldKind::Days(min, max) => {
                parse_digits(value).filter(|days| (min..=max).contains(days)).map(Value::from)
            }
            _ => (!value.is_empty()).then(|| value.into()),
        }
    }
}
