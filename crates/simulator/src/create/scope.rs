//! Synchronizations: chosen containers, or everything (CONTRACT.md 3, families 1, 3 to 6, 8, 10,
//! 11, 13 to 17). Must not know bulk operations.

use super::{Body, Order};
use crate::error::ApiError;
use crate::family::{Family, Item};
use crate::inventory::{self, Kind, REGIONS};
use crate::job::Items;

/// `kms` and `regions` (omitted: all), or `synchronize_all`; `synchronize_all: false` may stand
/// beside them, as the sample sends it.
pub fn regions(body: &Body) -> Result<Order, ApiError> {
    let (kms, regions) = (body.strings("kms")?, body.strings("regions")?);
    let all = body.flag("synchronize_all")?;
    exclusive(
        all,
        !kms.is_empty() || !regions.is_empty(),
        "kms and regions",
    )?;
    let every_region = || REGIONS.iter().map(|region| (*region).to_owned()).collect();
    if !all && kms.is_empty() {
        return Err(ApiError::validation(
            "kms",
            "is required unless synchronize_all is true",
        ));
    }
    Ok(Order::about(Items::Grid {
        kms: if all { every(Kind::Kms) } else { kms },
        regions: if regions.is_empty() {
            every_region()
        } else {
            regions
        },
    }))
}

/// Containers by name or id, or `synchronize_all`; the job lists what was resolved.
pub fn containers(family: &Family, name: &str, body: &Body) -> Result<Order, ApiError> {
    let (given, all) = choice(name, body)?;
    body.flag("take_cloud_key_backup")?;
    let Item::Container(kind) = family.item else {
        return Ok(Order::about(Items::Named(given)));
    };
    if all {
        return Ok(everything(family));
    }
    Ok(Order::about(Items::named(
        given.iter().map(|one| inventory::resolve(kind, one)),
    )))
}

/// Every container. A POST without any body means this too, since nothing was chosen (I).
pub fn everything(family: &Family) -> Order {
    Order::about(Items::Named(match family.item {
        Item::Container(kind) => every(kind),
        _ => Vec::new(),
    }))
}

/// The containers under a name, or whether `synchronize_all` says all of them.
///
/// # Errors
///
/// 400 for both, for neither, and for wrong types.
pub fn choice(name: &str, body: &Body) -> Result<(Vec<String>, bool), ApiError> {
    let (given, all) = (body.strings(name)?, body.flag("synchronize_all")?);
    exclusive(all, !given.is_empty(), name)?;
    if !all && given.is_empty() {
        return Err(ApiError::validation(
            name,
            "is required unless synchronize_all is true",
        ));
    }
    Ok((given, all))
}

fn exclusive(all: bool, chosen: bool, names: &str) -> Result<(), ApiError> {
    if all && chosen {
        let message = format!("excludes {names}");
        return Err(ApiError::validation("synchronize_all", &message));
    }
    Ok(())
}

fn every(kind: Kind) -> Vec<String> {
    (0..inventory::count(kind))
        .map(|index| inventory::name(kind, index).into_owned())
        .collect()
}
