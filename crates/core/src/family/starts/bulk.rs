//! The requests that start bulk operations (CONTRACT.md 3, families 2, 7 and 9). Data only.

use crate::family::start_api::{Field, FieldKind, Operation, StartApi, UNLIMITED};
use crate::family::starts::{ANY, FIELD};

const IDS: &str = "Ids, one to a line or with commas between them";

pub static AWS_BULK: StartApi = StartApi {
    fields: &[
        Field {
            member: "operation",
            label: "Operation",
            kind: FieldKind::Choice(&[
                Operation::new("enablekey", "Enable keys", "Enables"),
                Operation::new("disablekey", "Disable keys", "Disables"),
                Operation::new(
                    "cancelkeydeletion",
                    "Cancel key deletion",
                    "Cancels the deletion of",
                ),
                Operation::destroying(
                    "schedulekeydeletion",
                    "Schedule key deletion",
                    "Schedules the deletion of",
                ),
                Operation::new(
                    "applypolicytemplate",
                    "Apply a policy template",
                    "Applies a policy template to",
                ),
            ]),
            required: true,
            job_member: "operation",
            ..FIELD
        },
        Field {
            member: "keys",
            label: "Keys",
            hint: "CCKM key ids, one to a line or with commas between them; at most 100",
            kind: FieldKind::Texts(100),
            noun: ("key", "keys"),
            required: true,
            job_member: "keys",
            ..FIELD
        },
        // The documentation calls the next two optional, Thales' Ansible module requires them. Without
        // them the effect would be unknown.
        Field {
            member: "days",
            label: "Days until the deletion",
            hint: "From 7 to 30",
            kind: FieldKind::Days(7, 30),
            required: true,
            only_for: &["schedulekeydeletion"],
            ..FIELD
        },
        Field {
            member: "policy_template_id",
            label: "Policy template id",
            hint: "Of the AWS KMS account of the keys",
            required: true,
            only_for: &["applypolicytemplate"],
            ..FIELD
        },
    ],
    ..ANY
};

const BACKUPS: Field = Field { parent: "delete_key_backups_param", ..FIELD };

pub static AZURE_BULK: StartApi = StartApi {
    fields: &[
        Field {
            member: "operation",
            label: "Operation",
            kind: FieldKind::Choice(&[Operation::destroying(
                "delete-key-backups",
                "Delete key backups",
                "Deletes",
            )]),
            required: true,
            job_member: "operation",
            ..FIELD
        },
        Field {
            member: "key_id",
            label: "Of one key",
            hint: "Its CCKM id",
            noun: ("key", "keys"),
            excludes: &["keys", "vault_id"],
            ..BACKUPS
        },
        Field {
            member: "keys",
            label: "Of several keys",
            hint: IDS,
            kind: FieldKind::Texts(UNLIMITED),
            noun: ("key", "keys"),
            excludes: &["vault_id"],
            ..BACKUPS
        },
        Field {
            member: "vault_id",
            label: "Of all keys of a vault",
            hint: "The vault's id",
            noun: ("vault", "vaults"),
            ..BACKUPS
        },
        Field {
            member: "backups",
            label: "Backups",
            hint: "Ids, one to a line or with commas between them; left empty: those of the keys or the vault",
            kind: FieldKind::Texts(UNLIMITED),
            noun: ("backup", "backups"),
            all: "the backups",
            ..BACKUPS
        },
        Field {
            member: "created_after",
            label: "Created after",
            hint: "Such as 2026-01-31T00:00:00Z",
            kind: FieldKind::Instant,
            ..BACKUPS
        },
        Field {
            member: "created_before",
            label: "Created before",
            hint: "Such as 2026-01-31T00:00:00Z",
            kind: FieldKind::Instant,
            ..BACKUPS
        },
    ],
    one_of: &["key_id", "keys", "vault_id", "backups"],
    note: "What the server deletes when neither a key nor a vault nor backups are named is not \
           documented, so this console requires one of them.",
    ..ANY
};

pub static GOOGLE_VERSIONS: StartApi = StartApi {
    fields: &[
        Field {
            member: "operation",
            label: "Operation",
            kind: FieldKind::Choice(&[
                Operation::new("enable", "Enable", "Enables all versions of"),
                Operation::new("disable", "Disable", "Disables all versions of"),
                Operation::destroying(
                    "schedule_destroy",
                    "Schedule the destruction",
                    "Schedules the destruction of all versions of",
                ),
                Operation::new(
                    "cancel_destroy",
                    "Cancel the destruction",
                    "Cancels the destruction of all versions of",
                ),
            ]),
            required: true,
            job_member: "operation",
            ..FIELD
        },
        Field {
            member: "key_id",
            label: "Key id",
            noun: ("key", "keys"),
            required: true,
            job_member: "key_id",
            ..FIELD
        },
    ],
    ..ANY
};
