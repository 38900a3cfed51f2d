//! What a schedule can do, as data: the operations with their parameter objects, and the clouds
//! with what a synchronization of theirs is about (CONTRACT.md 3, family 18). Must not start anything.

use crate::create::{Body, choice};
use crate::error::ApiError;

/// One operation; a row of the table.
#[derive(Debug)]
pub struct Operation {
    /// The member `operation`.
    pub name: &'static str,
    /// The request's member with the parameters.
    pub params: &'static str,
    check: fn(&Body) -> Result<(), ApiError>,
}

/// One cloud; a row of the table.
#[derive(Debug)]
pub struct Cloud {
    /// The member `cloud_name`.
    pub name: &'static str,
    /// The member with the containers. The contract lists these names; which cloud each belongs to
    /// follows from the families of jobs.
    pub containers: &'static str,
    /// Each `sync_item` with the path of the family whose jobs it starts, the usual one first. That
    /// Salesforce means keys, and Azure too when nothing is said, is chosen.
    pub items: &'static [(&'static str, &'static str)],
}

/// The operations whose API names are known; ksctl has more, whose names are not. Others are
/// refused.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        name: SYNCHRONIZATION,
        params: "cckm_synchronization_params",
        check: synchronization,
    },
    Operation {
        name: "cckm_key_rotation",
        params: "cckm_key_rotation_params",
        check: key_rotation,
    },
    Operation {
        name: "cckm_xks_credential_rotation",
        params: "cckm_xks_credential_rotation_params",
        check: cloud_alone,
    },
    Operation {
        name: "database_backup",
        params: "database_backup_params",
        // Its members are not in the contract: any object.
        check: |_| Ok(()),
    },
];

/// The operation whose runs start jobs.
pub const SYNCHRONIZATION: &str = "cckm_synchronization";

/// The `sync_item` that means all of them.
const ALL_ITEMS: &str = "all";

const CLOUDS: &[Cloud] = &[
    cloud("aws", "kms", &[("key", "aws/synchronization-jobs")]),
    cloud("hsm-luna", "partitions", &[("key", "hsm/luna/refresh")]),
    cloud("dsm", "domains", &[("key", "dsm/refresh")]),
    cloud("oci", "oci_vaults", &[("key", "oci/synchronization-jobs")]),
    cloud(
        "sfdc",
        "organizations",
        &[("key", "sfdc/keys/synchronization-jobs")],
    ),
    cloud(
        "gcp",
        "key_rings",
        &[("key", "google/synchronization-jobs")],
    ),
    cloud("sap", "groups", &[("key", "sap/synchronization-jobs")]),
    cloud(
        "AzureCloud",
        "key_vaults",
        &[
            ("key", "azure/synchronization-jobs"),
            ("secret", "azure/secrets/synchronization-jobs"),
            ("certificate", "azure/certificates/synchronization-jobs"),
        ],
    ),
];

const fn cloud(
    name: &'static str,
    containers: &'static str,
    items: &'static [(&'static str, &'static str)],
) -> Cloud {
    Cloud {
        name,
        containers,
        items,
    }
}

impl Operation {
    /// The operation of this name.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        OPERATIONS.iter().find(|operation| operation.name == name)
    }

    /// The parameters of this operation in a body, if they are there.
    ///
    /// # Errors
    ///
    /// 400 for those of another operation, and for members that do not fit.
    pub fn read<'a>(&self, body: &Body<'a>) -> Result<Option<Body<'a>>, ApiError> {
        let others = OPERATIONS.iter().filter(|other| other.name != self.name);
        if let Some(other) = others.into_iter().find(|other| body.has(other.params)) {
            let message = format!("does not belong to the operation {}", self.name);
            return Err(ApiError::validation(other.params, &message));
        }
        let params = body.object(self.params)?;
        if let Some(params) = &params {
            (self.check)(params)?;
        }
        Ok(params)
    }
}

impl Cloud {
    /// The cloud that parameters name.
    ///
    /// # Errors
    ///
    /// 400 for a `cloud_name` that is not documented. The values are those of synchronizations; that
    /// they hold for rotations too is chosen.
    pub fn of(params: &Body) -> Result<&'static Self, ApiError> {
        let names: Vec<&str> = CLOUDS.iter().map(|cloud| cloud.name).collect();
        let name = params.one_of("cloud_name", &names)?;
        let cloud = CLOUDS.iter().find(|cloud| cloud.name == name);
        cloud.ok_or_else(|| ApiError::validation("cloud_name", "is not known"))
    }

    /// The paths of the families whose jobs a `sync_item` starts.
    ///
    /// # Errors
    ///
    /// 400 for a word that this cloud does not have. Only Azure is said to have any.
    pub fn families(&self, params: &Body) -> Result<Vec<&'static str>, ApiError> {
        let wanted = params.string("sync_item")?;
        let words: Vec<&str> = self.items.iter().map(|(item, _)| *item).collect();
        if let Some(wanted) = wanted {
            if words.len() < 2 {
                let message = format!("does not belong to the cloud {}", self.name);
                return Err(ApiError::validation("sync_item", &message));
            }
            if wanted != ALL_ITEMS && !words.contains(&wanted) {
                let message = format!("must be one of {}, {ALL_ITEMS}", words.join(", "));
                return Err(ApiError::validation("sync_item", &message));
            }
        }
        let wanted = wanted.or(words.first().copied()).unwrap_or_default();
        let meant = move |item: &str| wanted == ALL_ITEMS || wanted == item;
        let items = self.items.iter().filter(move |(item, _)| meant(item));
        Ok(items.map(|(_, path)| *path).collect())
    }
}

/// Chosen containers or everything, as with the jobs that it starts; containers of another cloud are
/// refused, which is chosen.
fn synchronization(params: &Body) -> Result<(), ApiError> {
    let cloud = Cloud::of(params)?;
    let others = CLOUDS.iter().filter(|other| other.name != cloud.name);
    for other in others {
        if !params.strings(other.containers)?.is_empty() {
            let message = format!("does not belong to the cloud {}", cloud.name);
            return Err(ApiError::validation(other.containers, &message));
        }
    }
    choice(cloud.containers, params)?;
    cloud.families(params)?;
    params.flag("take_cloud_key_backup")?;
    Ok(())
}

/// The types of `expiration`, `expire_in` and `rotation_after` are not in the contract.
fn key_rotation(params: &Body) -> Result<(), ApiError> {
    cloud_alone(params)?;
    if let Some(aws) = params.object("aws_param")? {
        aws.flag("retain_alias")?;
        aws.flag("rotate_material")?;
    }
    Ok(())
}

fn cloud_alone(params: &Body) -> Result<(), ApiError> {
    Cloud::of(params).map(|_| ())
}
