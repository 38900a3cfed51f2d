//! Synchronizations: chosen containers, or all of them (CONTRACT.md 3, families 1, 3 to 6, 8, 10, 11,
//! 13 to 17).

use super::content::JobContent;
use crate::body::{Object, member, unique};
use crate::error::ApiError;
use crate::family::{Family, Item};
use crate::inventory::{self, Kind, REGIONS};
use crate::job::Items;

const SYNCHRONIZE_ALL: &str = "synchronize_all";

/// `kms` and `regions` (omitted: all regions), or `synchronize_all`. The sample sends
/// `synchronize_all: false` next to them.
pub fn regions(body: &Object) -> Result<JobContent, ApiError> {
    let regions = unique(member(body, "regions")?);
    if !regions.is_empty() && synchronizes_all(body)? {
        return Err(excludes("kms and regions"));
    }
    let kms = containers(body, "kms")?.unwrap_or_else(|| named_containers(Kind::Kms));
    let all_regions = || REGIONS.iter().map(|region| (*region).to_owned()).collect();
    let regions = if regions.is_empty() { all_regions() } else { regions };
    Ok(Items::Grid { kms, regions }.into())
}

/// Containers by name or id, or `synchronize_all`; the job lists the resolved names. A POST without a
/// body selects everything, since it chooses nothing (I).
pub fn job_content(
    family: &Family,
    name: &str,
    body: Option<&Object>,
) -> Result<JobContent, ApiError> {
    let chosen = body.map_or(Ok(None), |body| {
        member::<bool>(body, "take_cloud_key_backup")?;
        containers(body, name)
    })?;
    let items = match (family.item, chosen) {
        (Item::Container(kind), Some(chosen)) => {
            Items::named(chosen.iter().map(|given| inventory::resolve(kind, given)))
        }
        (Item::Container(kind), None) => Items::Named(named_containers(kind)),
        (_, chosen) => Items::Named(chosen.unwrap_or_default()),
    };
    Ok(items.into())
}

/// The containers in the member `name`, or none if `synchronize_all` selects all of them.
///
/// # Errors
///
/// 400 if both or neither are given, and for wrong types.
pub fn containers(body: &Object, name: &str) -> Result<Option<Vec<String>>, ApiError> {
    let given = unique(member(body, name)?);
    match (synchronizes_all(body)?, given.is_empty()) {
        (true, false) => Err(excludes(name)),
        (true, true) => Ok(None),
        (false, false) => Ok(Some(given)),
        (false, true) => {
            let message = "is required unless synchronize_all is true";
            Err(ApiError::validation(name, message))
        }
    }
}

fn synchronizes_all(body: &Object) -> Result<bool, ApiError> {
    Ok(member(body, SYNCHRONIZE_ALL)?.unwrap_or(false))
}

fn excludes(names: &str) -> ApiError {
    ApiError::validation(SYNCHRONIZE_ALL, &format!("excludes {names}"))
}

fn named_containers(kind: Kind) -> Vec<String> {
    (0..inventory::count(kind)).map(|index| inventory::name(kind, index).into_owned()).collect()
}
