//! The request that creates or changes a schedule (CONTRACT.md 3, family 18). Data only.

use crate::family::start_api::{Field, FieldKind, Operation, StartApi, UNLIMITED};
use crate::family::starts::{FIELD, NAMES, reported};

const SYNCHRONIZATION: &[&str] = &["cckm_synchronization"];
const AZURE: &[&str] = &["AzureCloud"];

const OPERATIONS: &[Operation] = &[
    Operation::new("cckm_synchronization", "Synchronize", "synchronizes"),
    Operation::new("cckm_key_rotation", "Rotate keys", "rotates keys"),
    Operation::new(
        "cckm_xks_credential_rotation",
        "Rotate credentials of external key stores",
        "rotates credentials of external key stores",
    ),
    Operation::new("database_backup", "Back the database up", "backs the database up"),
];

const CLOUDS: &[Operation] = &[
    Operation::new("aws", "AWS", "AWS"),
    Operation::new("AzureCloud", "Azure", "Azure"),
    Operation::new("gcp", "Google", "Google"),
    Operation::new("oci", "OCI", "OCI"),
    Operation::new("sap", "SAP", "SAP"),
    Operation::new("sfdc", "Salesforce", "Salesforce"),
    Operation::new("hsm-luna", "Luna HSM", "Luna HSM"),
    Operation::new("dsm", "DSM", "DSM"),
];

const SYNC_ITEMS: &[Operation] = &[
    Operation::new("key", "Keys", "keys"),
    Operation::new("secret", "Secrets", "secrets"),
    Operation::new("certificate", "Certificates", "certificates"),
    Operation::new("all", "All of them", "keys, secrets and certificates"),
];

/// A member of the parameters of a synchronization.
const fn parameter(member: &'static str, label: &'static str, kind: FieldKind) -> Field {
    Field { parent: "cckm_synchronization_params", ..reported(member, label, kind) }
}

/// A list of containers of one cloud, by name or id.
const fn containers(
    member: &'static str,
    cloud: &'static [&'static str],
    label: &'static str,
    noun: (&'static str, &'static str),
) -> Field {
    Field {
        hint: NAMES,
        noun,
        only_for: cloud,
        excludes: &["synchronize_all"],
        ..parameter(member, label, FieldKind::Texts(UNLIMITED))
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
        Field { required: true, fixed: true, ..reported("name", "Name", FieldKind::Text) },
        Field {
            hint: "Minute, hour, day of the month, month and day of the week (0 to 6 or SUN to SAT): \
                   30 2 * * MON-FRI is 02:30 from Monday to Friday. This console reads the times in \
                   UTC: the time zone of the server is not documented",
            required: true,
            ..reported("run_at", "When", FieldKind::Cron)
        },
        Field {
            hint: "Such as 2026-01-31T00:00:00Z; left empty: from now on",
            ..reported("start_date", "Not before", FieldKind::Instant)
        },
        Field {
            hint: "Such as 2027-01-31T00:00:00Z; left empty: for ever",
            ..reported("end_date", "Not after", FieldKind::Instant)
        },
        reported("description", "Description", FieldKind::Text),
        Field {
            hint: "A node of the cluster; left empty: any",
            ..reported("run_on", "Node", FieldKind::Text)
        },
        reported(
            "disabled",
            "Disabled: it makes no runs by itself until it is enabled",
            FieldKind::Flag,
        ),
        Field {
            required: true,
            fixed: true,
            ..reported("operation", "What it does", FieldKind::Choice(OPERATIONS))
        },
        Field {
            required: true,
            only_for: SYNCHRONIZATION,
            ..parameter("cloud_name", "Cloud", FieldKind::Choice(CLOUDS))
        },
        Field {
            all: "everything",
            only_for: SYNCHRONIZATION,
            ..parameter("synchronize_all", "Everything of the cloud", FieldKind::Flag)
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
            only_for: AZURE,
            ..parameter("sync_item", "What of the vaults", FieldKind::Choice(SYNC_ITEMS))
        },
        Field {
            only_for: AZURE,
            ..parameter(
                "take_cloud_key_backup",
                "Back the keys up from the cloud too",
                FieldKind::Flag,
            )
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
