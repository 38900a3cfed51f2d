//! What the start of a bulk operation takes: CONTRACT.md 3, families 2, 7 and 9. Must hold no code.

use crate::family::start_api::{ANY_NUMBER, Field, Kind, Operation, StartApi};
use crate::family::starts::{ANY, FIELD};

const IDS: &str = "Ids, one to a line or with commas between them";

const fn operation(value: &'static str, label: &'static str, effect: &'static str) -> Operation {
    let destroys = false;
    Operation {
        value,
        label,
        effect,
        destroys,
    }
}

const fn destroying(value: &'static str, label: &'static str, effect: &'static str) -> Operation {
    let destroys = true;
    Operation {
        destroys,
        ..operation(value, label, effect)
    }
}

pub static AWS_BULK: StartApi = StartApi {
    fields: &[
        Field {
            member: "operation",
            label: "Operation",
            kind: Kind::Choice(&[
                operation("enablekey", "Enable", "Enables"),
                operation("disablekey", "Disable", "Disables"),
                operation(
                    "cancelkeydeletion",
                    "Cancel the deletion",
                    "Cancels the deletion of",
                ),
                destroying(
                    "schedulekeydeletion",
                    "Schedule the deletion",
                    "Schedules the deletion of",
                ),
                operation(
                    "applypolicytemplate",
                    "Apply a policy template",
                    "Applies a policy template to",
                ),
            ]),
            required: true,
            told: "operation",
            ..FIELD
        },
        Field {
            member: "keys",
            label: "Keys",
            hint: "CCKM key ids, one to a line or with commas between them; at most 100",
            kind: Kind::Texts(100),
            noun: ("key", "keys"),
            required: true,
            told: "keys",
            ..FIELD
        },
        // The page calls these two optional, Thales' Ansible module requires them; without them
        // nobody could say what happens.
        Field {
            member: "days",
            label: "Days until the deletion",
            hint: "From 7 to 30",
            kind: Kind::Days(7, 30),
            required: true,
            only: &["schedulekeydeletion"],
            ..FIELD
        },
        Field {
            member: "policy_template_id",
            label: "Policy template id",
            hint: "Of the AWS KMS account of the keys",
            required: true,
            only: &["applypolicytemplate"],
            ..FIELD
        },
    ],
    ..ANY
};

const BACKUPS: Field = Field {
    inside: "delete_key_backups_param",
    ..FIELD
};

pub static AZURE_BULK: StartApi = StartApi {
    fields: &[
        Field {
            member: "operation",
            label: "Operation",
            kind: Kind::Choice(&[destroying(
                "delete-key-backups",
                "Delete key backups",
                "Deletes",
            )]),
            required: true,
            told: "operation",
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
            kind: Kind::Texts(ANY_NUMBER),
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
            kind: Kind::Texts(ANY_NUMBER),
            noun: ("backup", "backups"),
            all: "the backups",
            ..BACKUPS
        },
        Field {
            member: "created_after",
            label: "Created after",
            hint: "Such as 2026-01-31T00:00:00Z",
            kind: Kind::Instant,
            ..BACKUPS
        },
        Field {
            member: "created_before",
            label: "Created before",
            hint: "Such as 2026-01-31T00:00:00Z",
            kind: Kind::Instant,
            ..BACKUPS
        },
    ],
    one_of: &["key_id", "keys", "vault_id", "backups"],
    note: "What the server deletes when neither a key nor a vault nor backups are named is not \
           documented, so this console wants one of them.",
    ..ANY
};

pub static GOOGLE_VERSIONS: StartApi = StartApi {
    fields: &[
        Field {
            member: "operation",
            label: "Operation",
            kind: Kind::Choice(&[
                operation("enable", "Enable", "Enables all versions of"),
                operation("disable", "Disable", "Disables all versions of"),
                destroying(
                    "schedule_destroy",
                    "Schedule the destruction",
                    "Schedules the destruction of all versions of",
                ),
                operation(
                    "cancel_destroy",
                    "Cancel the destruction",
                    "Cancels the destruction of all versions of",
                ),
            ]),
            required: true,
            told: "operation",
            ..FIELD
        },
        Field {
            member: "key_id",
            label: "Key id",
            noun: ("key", "keys"),
            required: true,
            told: "key_id",
            ..FIELD
        },
    ],
    ..ANY
};
