//! Bulk operations and update-all-versions (CONTRACT.md 3, families 2, 7 and 9). Must not know
//! synchronizations.

use super::{Body, Order};
use crate::error::ApiError;
use crate::job::Items;
use crate::random::{Random, at, hash};

const MOST_KEYS: usize = 100;
const DELETE_BACKUPS: &str = "delete-key-backups";

/// AWS bulk. The page calls `days` and `policy_template_id` optional; `strict` requires them where
/// they have a meaning, as Thales' own client does.
pub fn keys(body: &Body, strict: bool) -> Result<Order, ApiError> {
    let operation = body.one_of(
        "operation",
        &[
            "enablekey",
            "disablekey",
            "cancelkeydeletion",
            "schedulekeydeletion",
            "applypolicytemplate",
        ],
    )?;
    let keys = body.strings("keys")?;
    if keys.is_empty() || keys.len() > MOST_KEYS {
        return Err(ApiError::validation("keys", "must hold 1 to 100 key ids"));
    }
    let days = body.integer("days")?;
    let template = body.string("policy_template_id")?;
    let fits = days.map_or(!strict, |days| (7..=30).contains(&days));
    if operation == "schedulekeydeletion" && !fits {
        return Err(ApiError::validation("days", "must be between 7 and 30"));
    }
    if strict && operation == "applypolicytemplate" && template.is_none_or(str::is_empty) {
        return Err(ApiError::validation("policy_template_id", "is required"));
    }
    Ok(Order {
        items: Items::Named(keys),
        operation: Some(operation),
        key_id: None,
    })
}

/// Azure bulk: at most one of `key_id`, `keys` and `vault_id` says whose backups. The operation may
/// be left out, as in the page's own command: there is only one.
pub fn backups(body: &Body, random: &mut Random) -> Result<Order, ApiError> {
    let operation = if body.has("operation") {
        body.one_of("operation", &[DELETE_BACKUPS])?
    } else {
        DELETE_BACKUPS.to_owned()
    };
    let mut items = Items::Uuids {
        seed: random.number(),
        count: 3,
    };
    if let Some(param) = body.object("delete_key_backups_param")? {
        let owners = ["key_id", "keys", "vault_id"];
        if owners.iter().filter(|name| param.has(name)).count() > 1 {
            let message = "key_id, keys and vault_id are mutually exclusive";
            return Err(ApiError::validation("delete_key_backups_param", message));
        }
        for name in ["created_after", "created_before"] {
            param.time(name)?;
        }
        let (key, _vault) = (param.string("key_id")?, param.string("vault_id")?);
        let (keys, backups) = (param.one_or_more("keys")?, param.one_or_more("backups")?);
        if !backups.is_empty() {
            items = Items::Named(backups);
        } else if !keys.is_empty() {
            items = Items::Named(keys);
        } else if let Some(key) = key {
            items = Items::named([key]);
        }
    }
    Ok(Order {
        items,
        operation: Some(operation),
        key_id: None,
    })
}

/// Google update-all-versions; the key's resource name and versions follow from its id.
pub fn versions(body: &Body, random: &mut Random) -> Result<Order, ApiError> {
    let key_id = body.required("key_id")?.to_owned();
    let operation = body.one_of(
        "operation",
        &["enable", "disable", "schedule_destroy", "cancel_destroy"],
    )?;
    let ring = crate::inventory::name(crate::inventory::Kind::KeyRing, random.index(8));
    let number = hash(&key_id);
    let items = Items::Versions {
        key: format!("{ring}/cryptoKeys/key-{:04}", number % 10_000),
        count: 2 + usize::try_from(at(number, 0) % 7).unwrap_or(0),
    };
    Ok(Order {
        items,
        operation: Some(operation),
        key_id: Some(key_id),
    })
}
