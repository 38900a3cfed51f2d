//! The operations of schedules as data: the operations with their parameters, and the clouds with what
//! they can synchronize (CONTRACT.md 3, family 18).

use crate::body::{Object, member, one_of, unique};
use crate::create::containers;
use crate::error::ApiError;

/// One operation; a row of the table.
#[derive(Debug)]
pub struct Operation {
    /// The member `operation`.
    pub name: &'static str,
    /// The request's member with the parameters.
    pub params: &'static str,
    check: fn(&Object) -> Result<(), ApiError>,
}

/// One cloud; a row of the table.
#[derive(Debug)]
pub struct Cloud {
    /// The member `cloud_name`.
    pub name: &'static str,
    /// The member with the containers. The contract lists these names; their clouds follow from the
    /// families of jobs.
    pub containers: &'static str,
    /// Each `sync_item` with the path of the family whose jobs it starts, the default first. That
    /// keys are the default of Salesforce and Azure is an assumption.
    pub items: &'static [(&'static str, &'static str)],
}

/// The operations with known names. ksctl has others, which are refused.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        name: SYNCHRONIZATION,
        params: "cckm_synchronization_params",
        check: synchronization,
    },
    Operation { name: KEY_ROTATION, params: "cckm_key_rotation_params", check: key_rotation },
    Operation {
        name: "cckm_xks_credential_rotation",
        params: "cckm_xks_credential_rotation_params",
        check: only_cloud,
    },
    Operation {
        name: "database_backup",
        params: "database_backup_params",
        // The contract does not list its members: any object.
        check: |_| Ok(()),
    },
];

/// The operations of the schedules that the appliance brings with it; no request creates one. Only their
/// names are documented, and only as names of schedules (CONTRACT.md 11.8).
pub const SYSTEM_OPERATIONS: &[Operation; 2] = &[
    system_operation("system_auto_key_rotation"),
    system_operation("system_auto_user_password_expiry_notification"),
];

const fn system_operation(name: &'static str) -> Operation {
    Operation { name, params: "system_params", check: |_| Ok(()) }
}

/// The operation whose runs start jobs.
pub const SYNCHRONIZATION: &str = "cckm_synchronization";

/// The operation that rotates keys of a cloud.
pub const KEY_ROTATION: &str = "cckm_key_rotation";

/// The `sync_item` that selects all items.
const ALL_ITEMS: &str = "all";

const CLOUDS: &[Cloud] = &[
    cloud("aws", "kms", &[("key", "aws/synchronization-jobs")]),
    cloud("hsm-luna", "partitions", &[("key", "hsm/luna/refresh")]),
    cloud("dsm", "domains", &[("key", "dsm/refresh")]),
    cloud("oci", "oci_vaults", &[("key", "oci/synchronization-jobs")]),
    cloud("sfdc", "organizations", &[("key", "sfdc/keys/synchronization-jobs")]),
    cloud("gcp", "key_rings", &[("key", "google/synchronization-jobs")]),
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
    Cloud { name, containers, items }
}

impl Operation {
    /// The operation with this name.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        OPERATIONS.iter().find(|operation| operation.name == name)
    }

    /// The parameters of this operation in a body; none if they are absent.
    ///
    /// # Errors
    ///
    /// 400 for parameters of another operation, and for invalid members.
    pub fn params(&self, body: &Object) -> Result<Option<Object>, ApiError> {
        let given = |other: &&Self| {
            let params = body.get(other.params);
            other.name != self.name && params.is_some_and(|params| !params.is_null())
        };
        if let Some(other) = OPERATIONS.iter().find(given) {
            let message = format!("does not belong to the operation {}", self.name);
            return Err(ApiError::validation(other.params, &message));
        }
        let params = member(body, self.params)?;
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
    /// rotations have the same is an assumption.
    pub fn from_params(params: &Object) -> Result<&'static Self, ApiError> {
        let names: Vec<&str> = CLOUDS.iter().map(|cloud| cloud.name).collect();
        let name = one_of(member(params, "cloud_name")?, "cloud_name", &names)?;
        CLOUDS
            .iter()
            .find(|cloud| cloud.name == name)
            .ok_or_else(|| ApiError::validation("cloud_name", "is not known"))
    }

    /// The paths of the families whose jobs a `sync_item` starts.
    ///
    /// # Errors
    ///
    /// 400 for an item that this cloud does not have. Only Azure is documented to have any.
    pub fn families(&self, params: &Object) -> Result<Vec<&'static str>, ApiError> {
        let given: Option<String> = member(params, "sync_item")?;
        if given.is_some() && self.items.len() < 2 {
            let message = format!("does not belong to the cloud {}", self.name);
            return Err(ApiError::validation("sync_item", &message));
        }
        let mut items: Vec<&str> = self.items.iter().map(|(item, _)| *item).collect();
        let default = items.first().map(ToString::to_string);
        items.push(ALL_ITEMS);
        let wanted = one_of(given.or(default), "sync_item", &items)?;
        Ok(self
            .items
            .iter()
            .filter(|(item, _)| wanted == ALL_ITEMS || wanted == *item)
            .map(|(_, path)| *path)
            .collect())
    }
}

/// Requires containers or `synchronize_all`, like the POST of the jobs that it starts. That containers of another cloud are
/// refused is an assumption.
fn synchronization(params: &Object) -> Result<(), ApiError> {
    let cloud = Cloud::from_params(params)?;
    for other in CLOUDS.iter().filter(|other| other.name != cloud.name) {
        if !unique(member(params, other.containers)?).is_empty() {
            let message = format!("does not belong to the cloud {}", cloud.name);
            return Err(ApiError::validation(other.containers, &message));
        }
    }
    containers(params, cloud.containers)?;
    cloud.families(params)?;
    member::<bool>(params, "take_cloud_key_backup")?;
    Ok(())
}

/// The contract does not give the types of `expiration`, `expire_in` and `rotation_after`.
fn key_rotation(params: &Object) -> Result<(), ApiError> {
    only_cloud(params)?;
    if let Some(aws) = member::<Object>(params, "aws_param")? {
        member::<bool>(&aws, "retain_alias")?;
        member::<bool>(&aws, "rotate_material")?;
    }
    Ok(())
}

fn only_cloud(params: &Object) -> Result<(), ApiError> {
    Cloud::from_params(params).map(|_| ())
}
