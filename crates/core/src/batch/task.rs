//! What AWS bulk operations take, as data, and one such operation with its parameter
//! (CONTRACT.md 3, family 2).

use crate::format::json;
use crate::format::text::counted;

/// The family whose jobs do them.
pub const FAMILY: &str = "aws/bulkjob";
/// As many keys as one job takes.
pub const MOST_KEYS: usize = 100;

/// What can be done to keys.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// The value of `operation`.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// What becomes of each key; `{}` stands for the parameter's value.
    pub effect: &'static str,
    /// What it takes beside the keys. The page calls it optional, Thales' own client requires it,
    /// and so does this console.
    pub parameter: Option<Parameter>,
    /// Whether it cannot be taken back once it is done.
    pub destroys: bool,
}

/// A parameter of an operation.
#[derive(Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The member of the request.
    pub name: &'static str,
    /// What people read.
    pub label: &'static str,
    /// The least and the most, where it is a number; else it is a text.
    pub range: Option<(u32, u32)>,
}

/// Every operation, in the order of the picker.
pub static OPERATIONS: [Operation; 5] = [
    Operation {
        name: "enablekey",
        label: "Enable keys",
        effect: "is enabled",
        parameter: None,
        destroys: false,
    },
    Operation {
        name: "disablekey",
        label: "Disable keys",
        effect: "is disabled: nothing can be encrypted or decrypted with it until it is enabled again",
        parameter: None,
        destroys: false,
    },
    Operation {
        name: "cancelkeydeletion",
        label: "Cancel key deletion",
        effect: "is no longer going to be deleted",
        parameter: None,
        destroys: false,
    },
    Operation {
        name: "schedulekeydeletion",
        label: "Schedule key deletion",
        effect: "is deleted after {} days, and nothing that it encrypted can be read any more; until \
                 then the deletion can be cancelled",
        parameter: Some(Parameter {
            name: "days",
            label: "Days until the deletion",
            range: Some((7, 30)),
        }),
        destroys: true,
    },
    Operation {
        name: "applypolicytemplate",
        label: "Apply a policy template",
        effect: "gets the policy of the template {}, which must be of the same AWS KMS account",
        parameter: Some(Parameter {
            name: "policy_template_id",
            label: "Policy template id",
            range: None,
        }),
        destroys: false,
    },
];

/// One operation with the value of its parameter: settings of a request, the same for each job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Task {
    /// The value of `operation`.
    pub operation: String,
    /// The value of its parameter; empty where it has none.
    pub value: String,
}

impl Task {
    /// What the operation is, if the contract has it.
    pub fn known(&self) -> Option<&'static Operation> {
        OPERATIONS.iter().find(|known| known.name == self.operation)
    }

    /// What people call it; an operation that the contract has not, by its own name.
    pub fn label(&self) -> String {
        let known = self.known().map(|known| known.label.to_owned());
        known.unwrap_or_else(|| self.operation.clone())
    }

    /// Why it cannot be sent, if so.
    pub fn problem(&self) -> Option<String> {
        let Some(known) = self.known() else {
            return Some("Choose what is to be done to the keys".to_owned());
        };
        let Parameter { label, range, .. } = known.parameter.as_ref()?;
        match range {
            None => self
                .value
                .trim()
                .is_empty()
                .then(|| format!("{label}: it is missing")),
            Some((least, most)) => self
                .number()
                .is_none_or(|number| !(least..=most).contains(&&number))
                .then(|| format!("{label}: a whole number from {least} to {most}")),
        }
    }

    /// What will happen to `keys` keys.
    pub fn effect(&self, keys: usize) -> String {
        let effect = self.known().map_or("is changed", |known| known.effect);
        let effect = effect.replace("{}", self.value.trim());
        let keys = counted(keys, "key", "keys");
        format!("Each of {keys} {effect}.")
    }

    /// The body of the request that does it to `keys`.
    pub fn body(&self, keys: &[String]) -> String {
        let list: Vec<String> = keys.iter().map(|key| json::quoted(key)).collect();
        let list = format!("[{}]", list.join(","));
        let (mut texts, mut others) = (Vec::new(), vec![("keys", list.as_str())]);
        texts.push(("operation", self.operation.as_str()));
        let number = self.number().unwrap_or_default().to_string();
        if let Some(parameter) = self.known().and_then(|known| known.parameter.as_ref()) {
            match parameter.range {
                None => texts.push((parameter.name, self.value.trim())),
                Some(_) => others.push((parameter.name, number.as_str())),
            }
        }
        json::object(&texts, &others)
    }

    fn number(&self) -> Option<u32> {
        let digits = self.value.trim();
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| plain)
    }
}
