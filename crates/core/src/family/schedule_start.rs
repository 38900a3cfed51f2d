//! The request that creates or changes a schedule (CONTRACT.md 3, family 18). Data only.

use crate::family::start_api::{Field, FieldKind, Operation, StartApi, UNLIMITED};
use crate::family::starts::FIELD;

const SYNCHRONIZATION: &[&str] = &["cckm_synchronization"];
const AZURE: &[&str] = &["AzureCloud"];

/// A member of the parameters of a synchronization.
const PARAMETER: Field = Field { parent: "cckm_synchronization_params", ..FIELD };

/// A list of containers of one cloud, by name or id.
const fn containers(
    member: &'static str,
    cloud: &'static [&'static str],
    label: &'static str,
    noun: (&'static str, &'static str),
) -> Field {
    Field {
        member,
        label,
        hint: "Names or ids, one to a line or with commas between them",
        kind: FieldKind::Texts(UNLIMITED),
        noun,
        only_for: cloud,
        excludes: &["synchronize_all"],
        job_member: member,
        ..PARAMETER
    }
}

/// The parameters of an operation, with few known members.
const fn object(
    member: &'static str,
    label: &'static str,
    operation: &'static [&'static str],
    hint: &'static str,
) -> Field {
    Field {
        member,
        label,
        hint,
        kind: FieldKind::Object,
        only_for: operation,
        required: true,
        job_member: "job_config_params",
        ..FIELD
    }
}

pub static SCHEDULE: StartApi = StartApi {
    fields: &[
        Field {
            member: "name",
            label: "Name",
            required: true,
            fixed: true,
            job_member: "name",
            ..FIELD
        },
        Field {
            member: "run_at",
            label: "When",
            hint: "Minute, hour, day of the month, month and day of the week: 30 2 * * MON-FRI is \
                   02:30 from Monday to Friday",
            kind: FieldKind::Cron,
            required: true,
            job_member: "run_at",
            ..FIELD
        },
        Field {
            member: "start_date",
            label: "Not before",
            hint: "Such as 2026-01-31T00:00:00Z; left empty: from now on",
            kind: FieldKind::Instant,
            job_member: "start_date",
            ..FIELD
        },
        Field {
            member: "end_date",
            label: "Not after",
            hint: "Such as 2027-01-31T00:00:00Z; left empty: for ever",
            kind: FieldKind::Instant,
            job_member: "end_date",
            ..FIELD
        },
        Field { member: "description", label: "Description", job_member: "description", ..FIELD },
        Field {
            member: "run_on",
            label: "Node",
            hint: "A node of the cluster; left empty: any",
            job_member: "run_on",
            ..FIELD
        },
        Field {
            member: "disabled",
            label: "Disabled: it makes no runs by itself until it is enabled",
            kind: FieldKind::Flag,
            job_member: "disabled",
            ..FIELD
        },
        Field {
            member: "operation",
            label: "What it does",
            kind: FieldKind::Choice(&[
                Operation::new("cckm_synchronization", "Synchronize", "synchronizes"),
                Operation::new("cckm_key_rotation", "Rotate keys", "rotates keys"),
                Operation::new(
                    "cckm_xks_credential_rotation",
                    "Rotate credentials of external key stores",
                    "rotates credentials of external key stores",
                ),
                Operation::new("database_backup", "Back the database up", "backs the database up"),
            ]),
            required: true,
            fixed: true,
            job_member: "operation",
            ..FIELD
        },
        Field {
            member: "cloud_name",
            label: "Cloud",
            kind: FieldKind::Choice(&[
                Operation::new("aws", "AWS", "AWS"),
                Operation::new("AzureCloud", "Azure", "Azure"),
                Operation::new("gcp", "Google", "Google"),
                Operation::new("oci", "OCI", "OCI"),
                Operation::new("sap", "SAP", "SAP"),
                Operation::new("sfdc", "Salesforce", "Salesforce"),
                Operation::new("hsm-luna", "Luna HSM", "Luna HSM"),
                Operation::new("dsm", "DSM", "DSM"),
            ]),
            required: true,
            only_for: SYNCHRONIZATION,
            job_member: "cloud_name",
            ..PARAMETER
        },
        Field {
            member: "synchronize_all",
            label: "Everything of the cloud",
            kind: FieldKind::Flag,
            all: "everything",
            only_for: SYNCHRONIZATION,
            job_member: "synchronize_all",
            ..PARAMETER
        },
        containers("kms", &["aws"], "KMS", ("KMS", "KMS")),
        containers("key_vaults", AZURE, "Key vaults", ("key vault", "key vaults")),
        containers("key_rings", &["gcp"], "Key rings", ("key ring", "key rings")),
        // A job calls them `vaults` (CONTRACT.md 4, trap 11).
        containers("oci_vaults", &["oci"], "Vaults", ("vault", "vaults")),
        containers("groups", &["sap"], "Groups", ("group", "groups")),
        containers("organizations", &["sfdc"], "Organizations", ("organization", "organizations")),
        containers("partitions", &["hsm-luna"], "Partitions", ("partition", "partitions")),
        containers("domains", &["dsm"], "Domains", ("domain", "domains")),
        Field {
            member: "sync_item",
            label: "What of the vaults",
            kind: FieldKind::Choice(&[
                Operation::new("key", "Keys", "keys"),
                Operation::new("secret", "Secrets", "secrets"),
                Operation::new("certificate", "Certificates", "certificates"),
                Operation::new("all", "All of them", "keys, secrets and certificates"),
            ]),
            only_for: AZURE,
            job_member: "sync_item",
            ..PARAMETER
        },
        Field {
            member: "take_cloud_key_backup",
            label: "Back the keys up from the cloud too",
            kind: FieldKind::Flag,
            only_for: AZURE,
            job_member: "take_cloud_key_backup",
            ..PARAMETER
        },
        object(
            "cckm_key_rotation_params",
            "Parameters of the rotation",
            &["cckm_key_rotation"],
            "A JSON object. Known members: cloud_name, expiration, expire_in, rotation_after, and \
             aws_param with retain_alias and rotate_material",
        ),
        object(
            "cckm_xks_credential_rotation_params",
            "Parameters of the rotation of credentials",
            &["cckm_xks_credential_rotation"],
            "A JSON object. Known member: cloud_name",
        ),
        object(
            "database_backup_params",
            "Parameters of the backup",
            &["database_backup"],
            "A JSON object; its members are not documented",
        ),
    ],
    one_of: &[
        "synchronize_all",
        "kms",
        "key_vaults",
        "key_rings",
        "oci_vaults",
        "groups",
        "organizations",
        "partitions",
        "domains",
    ],
    verb: "Creates a schedule",
    note: "The server has more operations, whose names in the API are not known to this console.",
};
