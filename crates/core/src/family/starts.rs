//! The request that starts a job of each family (CONTRACT.md 3). Data only.

mod bulk;

pub use crate::family::starts::bulk::{AWS_BULK, AZURE_BULK, GOOGLE_VERSIONS};

use crate::family::start_api::{Field, FieldKind, StartApi, UNLIMITED};

pub(super) const NAMES: &str = "Names or ids, one to a line or with commas between them";

/// The defaults of a field.
pub(super) const FIELD: Field = Field {
    member: "",
    parent: "",
    label: "",
    hint: "",
    kind: FieldKind::Text,
    noun: ("entry", "entries"),
    all: "",
    required: false,
    only_for: &[],
    excludes: &[],
    job_member: "",
    exact: true,
    fixed: false,
};

/// A member that a job reports under the same name.
pub(super) const fn reported(member: &'static str, label: &'static str, kind: FieldKind) -> Field {
    Field { member, label, kind, job_member: member, ..FIELD }
}

/// A list of containers, by name or id.
const fn containers(
    member: &'static str,
    job_member: &'static str,
    label: &'static str,
    noun: (&'static str, &'static str),
) -> Field {
    Field {
        member,
        label,
        hint: NAMES,
        kind: FieldKind::Texts(UNLIMITED),
        noun,
        excludes: &["synchronize_all"],
        job_member,
        exact: false,
        ..FIELD
    }
}

/// The flag `synchronize_all`, which covers `all`.
const fn everything(label: &'static str, all: &'static str) -> Field {
    Field { member: "synchronize_all", label, kind: FieldKind::Flag, all, ..FIELD }
}

/// The body as JSON, where its members are not documented.
const RAW: Field = Field {
    label: "Body as JSON",
    hint: "A JSON object that is sent as it is, instead of everything above",
    kind: FieldKind::Json,
    ..FIELD
};

const ANY: StartApi = StartApi { fields: &[], one_of: &[], verb: "Synchronizes", note: "" };

const KMS_OR_ALL: &[&str] = &["kms", "synchronize_all"];
const VAULTS_OR_ALL: &[&str] = &["key_vaults", "synchronize_all"];
const ORGANIZATIONS_OR_ALL: &[&str] = &["organization_ids", "synchronize_all"];

const KEY_VAULTS: Field =
    containers("key_vaults", "key_vaults", "Key vaults", ("key vault", "key vaults"));
const ALL_VAULTS: Field = everything("All key vaults", "all key vaults");
// A job reports them as `organizations` (CONTRACT.md 4, trap 11).
const ORGANIZATIONS: Field = containers(
    "organization_ids",
    "organizations",
    "Organizations",
    ("organization", "organizations"),
);
const ALL_ORGANIZATIONS: Field = everything("All organizations", "all organizations");

pub static AWS_REGIONS: StartApi = StartApi {
    fields: &[
        everything("All regions of all KMS", "all regions of all KMS"),
        containers("kms", "kms", "KMS", ("KMS", "KMS")),
        Field {
            hint: "Such as eu-west-1, one to a line; left empty: all regions",
            all: "all regions",
            exact: true,
            ..containers("regions", "regions", "Regions", ("region", "regions"))
        },
    ],
    one_of: KMS_OR_ALL,
    ..ANY
};

pub static AZURE_KEYS: StartApi = StartApi {
    fields: &[
        ALL_VAULTS,
        KEY_VAULTS,
        Field {
            member: "take_cloud_key_backup",
            label: "Back the keys up from the cloud too",
            kind: FieldKind::Flag,
            ..FIELD
        },
    ],
    one_of: VAULTS_OR_ALL,
    ..ANY
};

pub static AZURE_VAULTS: StartApi =
    StartApi { fields: &[ALL_VAULTS, KEY_VAULTS], one_of: VAULTS_OR_ALL, ..ANY };

pub static GOOGLE_RINGS: StartApi = StartApi {
    fields: &[
        everything("All key rings", "all key rings"),
        containers("key_rings", "key_rings", "Key rings", ("key ring", "key rings")),
    ],
    one_of: &["key_rings", "synchronize_all"],
    ..ANY
};

pub static OCI_VAULTS: StartApi = StartApi {
    fields: &[
        everything("All vaults", "all vaults"),
        containers("vaults", "vaults", "Vaults", ("vault", "vaults")),
    ],
    one_of: &["vaults", "synchronize_all"],
    ..ANY
};

pub static SAP_GROUPS: StartApi = StartApi {
    fields: &[
        everything("All groups", "all groups"),
        Field {
            hint: "Resource ids or SAP group ids, one to a line or with commas between them",
            ..containers("groups", "groups", "Groups", ("group", "groups"))
        },
    ],
    one_of: &["groups", "synchronize_all"],
    ..ANY
};

pub static SAP_KEYS: StartApi = StartApi {
    fields: &[Field { hint: "A JSON object that is sent as it is; left empty: {}", ..RAW }],
    note: "No document says what this request takes or does, only that it exists. It may change or destroy keys.",
    ..ANY
};

pub static SALESFORCE_SECRETS: StartApi =
    StartApi { fields: &[ALL_ORGANIZATIONS, ORGANIZATIONS], one_of: ORGANIZATIONS_OR_ALL, ..ANY };

pub static SALESFORCE_CERTIFICATES: StartApi = StartApi {
    fields: &[ALL_ORGANIZATIONS, ORGANIZATIONS, RAW],
    one_of: ORGANIZATIONS_OR_ALL,
    note: "No document says what this request takes. The fields are those of the \
           synchronization of tenant secrets; the server may require others.",
    ..ANY
};

pub static LUNA: StartApi = StartApi {
    fields: &[
        everything("All partitions", "all partitions"),
        containers("partitions", "partitions", "Partitions", ("partition", "partitions")),
        RAW,
    ],
    one_of: &["partitions", "synchronize_all"],
    verb: "Refreshes",
    note: "No document says what this request takes. The fields are those that a schedule of such \
           a refresh has; the server may require others.",
};

/// The refresh of domains.
const DOMAINS: StartApi = StartApi {
    fields: &[
        everything("All domains", "all domains"),
        containers("domains", "domains", "Domains", ("domain", "domains")),
        RAW,
    ],
    one_of: &["domains", "synchronize_all"],
    verb: "Refreshes",
    note: "",
};

pub static DSM: StartApi = StartApi {
    note: "No document says what this request takes. The fields are those that a schedule of such \
           a refresh has; the server may require others.",
    ..DOMAINS
};

pub static EXTERNAL_CM: StartApi = StartApi {
    note: "No document says what this request takes. The fields are those of the refresh of a DSM; \
           the server may require others.",
    ..DOMAINS
};
