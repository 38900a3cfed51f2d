//! What a schedule takes when it is created or changed: CONTRACT.md 3, family 18. Must hold no code.

use crate::family::start_api::{ANY_NUMBER, Field, Kind, Operation, StartApi};
use crate::family::starts::FIELD;

const SYNCHRONIZATION: &[&str] = &["cckm_synchronization"];
const AZURE: &[&str] = &["AzureCloud"];

/// A value of a choice that destroys nothing by being chosen.
const fn value(value: &'static str, label: &'static str, effect: &'static str) -> Operation {
    Operation {
        value,
        label,
        effect,
        destroys: false,
    }
}

/// A member of the parameters of a synchronization.
const PARAMETER: Field = Field {
    inside: "cckm_synchronization_params",
    ..FIELD
};

/// The containers of one cloud, by names or ids.
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
        kind: Kind::Texts(ANY_NUMBER),
        noun,
        only: cloud,
        excludes: &["synchronize_all"],
        told: member,
        ..PARAMETER
    }
}

/// The parameters of another operation, of which few members are known.
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
        kind: Kind::Object,
        only: operation,
        required: true,
        told: "job_config_params",
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
            told: "name",
            ..FIELD
        },
        Field {
            member: "run_at",
            label: "When",
            hint: "Minute, hour, day of the month, month and day of the week: 30 2 * * MON-FRI is \
                   02:30 from Monday to Friday",
            kind: Kind::Cron,
            required: true,
            told: "run_at",
            ..FIELD
        },
        Field {
            member: "start_date",
            label: "Not before",
            hint: "Such as 2026-01-31T00:00:00Z; left empty: from now on",
            kind: Kind::Instant,
            told: "start_date",
            ..FIELD
        },
        Field {
            member: "end_date",
            label: "Not after",
            hint: "Such as 2027-01-31T00:00:00Z; left empty: for ever",
            kind: Kind::Instant,
            told: "end_date",
            ..FIELD
        },
        Field {
            member: "description",
            label: "Description",
            told: "description",
            ..FIELD
        },
        Field {
            member: "run_on",
            label: "Node",
            hint: "A node of the cluster; left empty: any",
            told: "run_on",
            ..FIELD
        },
        Field {
            member: "disabled",
            label: "Disabled: it makes no runs by itself until it is enabled",
            kind: Kind::Flag,
            told: "disabled",
            ..FIELD
        },
        Field {
            member: "operation",
            label: "What it does",
            kind: Kind::Choice(&[
                value("cckm_synchronization", "Synchronize", "synchronizes"),
                value("cckm_key_rotation", "Rotate keys", "rotates keys"),
                value(
                    "cckm_xks_credential_rotation",
                    "Rotate credentials of external key stores",
                    "rotates credentials of external key stores",
                ),
                value(
                    "database_backup",
                    "Back the database up",
                    "backs the database up",
                ),
            ]),
            required: true,
            fixed: true,
            told: "operation",
            ..FIELD
        },
        Field {
            member: "cloud_name",
            label: "Cloud",
            kind: Kind::Choice(&[
                value("aws", "AWS", "AWS"),
                value("AzureCloud", "Azure", "Azure"),
                value("gcp", "Google", "Google"),
                value("oci", "OCI", "OCI"),
                value("sap", "SAP", "SAP"),
                value("sfdc", "Salesforce", "Salesforce"),
                value("hsm-luna", "Luna HSM", "Luna HSM"),
                value("dsm", "DSM", "DSM"),
            ]),
            required: true,
            only: SYNCHRONIZATION,
            told: "cloud_name",
            ..PARAMETER
        },
        Field {
            member: "synchronize_all",
            label: "Everything of the cloud",
            kind: Kind::Flag,
            all: "everything",
            only: SYNCHRONIZATION,
            told: "synchronize_all",
            ..PARAMETER
        },
        containers("kms", &["aws"], "KMS", ("KMS", "KMS")),
        containers(
            "key_vaults",
            AZURE,
            "Key vaults",
            ("key vault", "key vaults"),
        ),
        containers(
            "key_rings",
            &["gcp"],
            "Key rings",
            ("key ring", "key rings"),
        ),
        // Trap 11 of CONTRACT.md 4: in a job they are vaults.
        containers("oci_vaults", &["oci"], "Vaults", ("vault", "vaults")),
        containers("groups", &["sap"], "Groups", ("group", "groups")),
        containers(
            "organizations",
            &["sfdc"],
            "Organizations",
            ("organization", "organizations"),
        ),
        containers(
            "partitions",
            &["hsm-luna"],
            "Partitions",
            ("partition", "partitions"),
        ),
        containers("domains", &["dsm"], "Domains", ("domain", "domains")),
        Field {
            member: "sync_item",
            label: "What of the vaults",
            kind: Kind::Choice(&[
                value("key", "Keys", "keys"),
                value("secret", "Secrets", "secrets"),
                value("certificate", "Certificates", "certificates"),
                value("all", "All of them", "keys, secrets and certificates"),
            ]),
            only: AZURE,
            told: "sync_item",
            ..PARAMETER
        },
        Field {
            member: "take_cloud_key_backup",
            label: "Back the keys up from the cloud too",
            kind: Kind::Flag,
            only: AZURE,
            told: "take_cloud_key_backup",
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
