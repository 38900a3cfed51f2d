//! Bulk operations and update-all-versions (CONTRACT.md 3, families 2, 7 and 9).

use jiff::Timestamp;
use serde::Deserialize;

use super::content::JobContent;
use crate::body::{self, Object, OneOrMany, member, one_of, required, unique};
use crate::error::ApiError;
use crate::family::{AWS_BULK_OPERATIONS, GOOGLE_VERSION_OPERATIONS};
use crate::inventory::{Kind, name};
use crate::job::Items;
use crate::random::{Random, at, hash};

const MAX_KEYS: usize = 100;
const DELETE_BACKUPS: &str = "delete-key-backups";

/// The member `delete_key_backups_param` of Azure bulk.
#[derive(Default, Deserialize)]
struct BackupSelection {
    key_id: Option<String>,
    vault_id: Option<String>,
    keys: Option<OneOrMany>,
    backups: Option<OneOrMany>,
    #[serde(default, deserialize_with = "body::time", rename = "created_after")]
    _created_after: Option<Timestamp>,
    #[serde(default, deserialize_with = "body::time", rename = "created_before")]
    _created_before: Option<Timestamp>,
}

/// AWS bulk. The page calls `days` and `policy_template_id` optional; `strict` requires them where they
/// have a meaning, as Thales' own client does.
pub fn keys(body: &Object, strict: bool) -> Result<JobContent, ApiError> {
    let operation = one_of(member(body, "operation")?, "operation", AWS_BULK_OPERATIONS)?;
    let keys = unique(member(body, "keys")?);
    if keys.is_empty() || keys.len() > MAX_KEYS {
        return Err(ApiError::validation("keys", "must hold 1 to 100 key ids"));
    }
    let days: Option<i64> = member(body, "days")?;
    let valid = days.map_or(!strict, |days| (7..=30).contains(&days));
    if operation == "schedulekeydeletion" && !valid {
        return Err(ApiError::validation("days", "must be between 7 and 30"));
    }
    let template = member(body, "policy_template_id")?;
    if strict && operation == "applypolicytemplate" {
        required(template, "policy_template_id")?;
    }
    Ok(JobContent { items: Items::Named(keys), operation: Some(operation), key_id: None })
}

/// Azure bulk: at most one of `key_id`, `keys` and `vault_id` selects the backups. The operation may be
/// omitted, as in the page's own command: there is only one.
pub fn backups(body: &Object, random: &mut Random) -> Result<JobContent, ApiError> {
    let operation = member::<String>(body, "operation")?;
    if operation.is_some() {
        one_of(operation, "operation", &[DELETE_BACKUPS])?;
    }
    let parameter = "delete_key_backups_param";
    // A struct would also accept an array.
    member::<Object>(body, parameter)?;
    let selection: BackupSelection = member(body, parameter)?.unwrap_or_default();
    let owners =
        [selection.key_id.is_some(), selection.keys.is_some(), selection.vault_id.is_some()];
    if owners.into_iter().filter(|given| *given).count() > 1 {
        let message = "key_id, keys and vault_id are mutually exclusive";
        return Err(ApiError::validation(parameter, message));
    }
    let chosen = [
        selection.backups.map(Vec::from),
        selection.keys.map(Vec::from),
        selection.key_id.map(|key| vec![key]),
    ]
    .into_iter()
    .flatten()
    .find(|names| !names.is_empty());
    let seed = random.number();
    let items =
        chosen.map_or(Items::Uuids { seed, count: 3 }, |names| Items::Named(unique(Some(names))));
    Ok(JobContent { items, operation: Some(DELETE_BACKUPS.to_owned()), key_id: None })
}

/// Google update-all-versions. The number of versions follows from the id of the key.
pub fn versions(body: &Object, random: &mut Random) -> Result<JobContent, ApiError> {
    let key_id = required(member(body, "key_id")?, "key_id")?;
    let operation = member(body, "operation")?;
    let operation = one_of(operation, "operation", GOOGLE_VERSION_OPERATIONS)?;
    let ring = name(Kind::KeyRing, random.index(8));
    let number = hash(&key_id);
    let items = Items::Versions {
        key: format!("{ring}/cryptoKeys/key-{:04}", number % 10_000),
        count: 2 + usize::try_from(at(number, 0) % 7).unwrap_or(0),
    };
    Ok(JobContent { items, operation: Some(operation), key_id: Some(key_id) })
}
