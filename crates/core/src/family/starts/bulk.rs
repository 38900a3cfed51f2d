//! The requests that start bulk operations (CONTRACT.md 3, families 2, 7 and 9). Data only.

use crate::family::start_api::{Field, FieldKind, Operation, StartApi, UNLIMITED};
use crate::family::starts::{ANY, FIELD, reported};

const IDS: &str = "Ids, one to a line or with commas between them";

/// The choice of the operation.
const fn operation(operations: &'static [Operation]) -> Field {
    Field { required: true, ..reported("operation", "Operation", FieldKind::Choice(operations)) }
}

pub static AWS_BULK: StartApi = StartApi {
    fields: &[
        operation(&[
            Operation::new("enablekey", "Enable keys", "Enables"),
            Operation::new("disablekey", "Disable keys", "Disables"),
            Operation::new("cancelkeydeletion", "Cancel key deletion", "Cancels the deletion of"),
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
        Field {
            hint: "CCKM key ids, one to a line or with commas between them; at most 100",
            noun: ("key", "keys"),
            required: true,
            ..reported("keys", "Keys", FieldKind::Texts(100))
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

/// A member of the parameters that select backups.
const fn backups(member: &'static str, label: &'static str, kind: FieldKind) -> Field {
    Field { member, label, kind, parent: "delete_key_backups_param", ..FIELD }
}

pub static AZURE_BULK: StartApi = StartApi {
    fields: &[
        operation(&[Operation::destroying("delete-key-backups", "Delete key backups", "Deletes")]),
        Field {
            hint: "Its CCKM id",
            noun: ("key", "keys"),
            excludes: &["keys", "vault_id"],
            ..backups("key_id", "Of one key", FieldKind::Text)
        },
        Field {
            hint: IDS,
            noun: ("key", "keys"),
            excludes: &["vault_id"],
            ..backups("keys", "Of several keys", FieldKind::Texts(UNLIMITED))
        },
        Field {
            hint: "The vault's id",
            noun: ("vault", "vaults"),
            ..backups("vault_id", "Of all keys of a vault", FieldKind::Text)
        },
        Field {
            hint: "Ids, one to a line or with commas between them; left empty: those of the keys or the vault",
            noun: ("backup", "backups"),
            all: "the backups",
            ..backups("backups", "Backups", FieldKind::Texts(UNLIMITED))
        },
        Field {
            hint: "Such as 2026-01-31T00:00:00Z",
            ..backups("created_after", "Created after", FieldKind::Instant)
        },
        Field {
            hint: "Such as 2026-01-31T00:00:00Z",
            ..backups("created_before", "Created before", FieldKind::Instant)
        },
    ],
    one_of: &["key_id", "keys", "vault_id", "backups"],
    note: "What the server deletes when neither a key nor a vault nor backups are named is not \
           documented, so this console requires one of them.",
    ..ANY
};

pub static GOOGLE_VERSIONS: StartApi = StartApi {
    fields: &[
        operation(&[
            Operation::new("enable", "Enable all versions", "Enables all versions of"),
            Operation::new("disable", "Disable all versions", "Disables all versions of"),
            Operation::destroying(
                "schedule_destroy",
                "Destroy all versions",
                "Schedules the destruction of all versions of",
            ),
            Operation::new(
                "cancel_destroy",
                "Cancel destruction of all versions",
                "Cancels the destruction of all versions of",
            ),
        ]),
        Field {
            noun: ("key", "keys"),
            required: true,
            ..reported("key_id", "Key id", FieldKind::Text)
        },
    ],
    ..ANY
};
