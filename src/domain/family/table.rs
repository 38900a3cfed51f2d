//! The families of jobs, a row each: CONTRACT.md 1 to 3. Must hold no code.

use super::{Asked, Family, Filter, FilterKind, ListApi, Matching};

const ID: Filter = Filter {
    name: "id",
    label: "Job id",
    kind: FilterKind::Text,
};
const STATUS: Filter = Filter {
    name: "overall_status",
    label: "Status",
    kind: FilterKind::Status,
};

/// The filters of most lists: these two, and one of the containers that were asked for.
const BOTH: &[Filter] = &[STATUS, ID];

const fn texts(name: &'static str, label: &'static str) -> Filter {
    let kind = FilterKind::Texts;
    Filter { name, label, kind }
}

const fn same(member: &'static str) -> Asked {
    let matching = Matching::Same;
    Asked { member, matching }
}

const fn list(filters: &'static [Filter]) -> ListApi {
    let sorts = false;
    ListApi { filters, sorts }
}

const fn sorted(filters: &'static [Filter]) -> ListApi {
    let sorts = true;
    ListApi { filters, sorts }
}

/// What most families have in common; each row says what differs. Where the contract does not
/// tell what the entries of `detailed_status` are, they are items.
pub(super) const SYNC: Family = Family {
    path: "",
    root: "v1/cckm/",
    cloud: "",
    title: "key synchronizations",
    item: ("item", "items"),
    list: None,
    cancels: true,
    deletes: false,
    asked: None,
    scope: &[],
    version_count: None,
    permission: None,
    note: None,
};

/// Every family, in the order of the kind picker.
pub static FAMILIES: [Family; 17] = [
    Family {
        path: "aws/synchronization-jobs",
        cloud: "AWS",
        item: ("region", "regions"),
        list: Some(list(&[STATUS, texts("kms", "KMS"), ID])),
        asked: Some(Asked {
            member: "regions",
            matching: Matching::LastPart,
        }),
        scope: &["kms", "regions"],
        permission: Some("keysynchronize"),
        ..SYNC
    },
    Family {
        path: "aws/custom-key-stores/synchronization-jobs",
        cloud: "AWS",
        title: "key store synchronizations",
        list: Some(list(&[STATUS, texts("kms", "KMS"), ID])),
        asked: Some(Asked {
            member: "regions",
            matching: Matching::LastPart,
        }),
        scope: &["kms", "regions"],
        permission: Some("keysynchronize"),
        ..SYNC
    },
    Family {
        path: "aws/bulkjob",
        cloud: "AWS",
        title: "bulk operations",
        item: ("key", "keys"),
        list: Some(sorted(&[
            STATUS,
            Filter {
                name: "cloud",
                label: "Cloud name",
                kind: FilterKind::Text,
            },
            ID,
        ])),
        asked: Some(same("keys")),
        scope: &["operation"],
        permission: Some("keybulkoperation"),
        ..SYNC
    },
    Family {
        path: "azure/synchronization-jobs",
        cloud: "Azure",
        list: Some(list(&[STATUS, texts("key_vaults", "Key vault"), ID])),
        asked: Some(same("key_vaults")),
        scope: &["key_vaults"],
        ..SYNC
    },
    Family {
        path: "azure/certificates/synchronization-jobs",
        cloud: "Azure",
        title: "certificate synchronizations",
        list: Some(list(&[STATUS, texts("key_vaults", "Key vault id"), ID])),
        asked: Some(same("key_vaults")),
        scope: &["key_vaults"],
        ..SYNC
    },
    Family {
        path: "azure/secrets/synchronization-jobs",
        cloud: "Azure",
        title: "secret synchronizations",
        list: Some(list(&[STATUS, texts("key_vaults", "Key vault id"), ID])),
        asked: Some(same("key_vaults")),
        scope: &["key_vaults"],
        ..SYNC
    },
    Family {
        path: "azure/bulkjobs",
        cloud: "Azure",
        title: "bulk operations",
        list: Some(sorted(BOTH)),
        deletes: true,
        scope: &["operation"],
        ..SYNC
    },
    Family {
        path: "google/synchronization-jobs",
        cloud: "Google",
        item: ("key ring", "key rings"),
        list: Some(sorted(&[STATUS, texts("key_rings", "Key ring"), ID])),
        asked: Some(same("key_rings")),
        scope: &["key_rings"],
        ..SYNC
    },
    Family {
        path: "google/update-all-versions-jobs",
        cloud: "Google",
        title: "updates of all versions",
        cancels: false,
        item: ("entry", "entries"),
        scope: &["operation", "key_id"],
        version_count: Some("version_count"),
        ..SYNC
    },
    Family {
        path: "oci/synchronization-jobs",
        cloud: "OCI",
        list: Some(list(&[STATUS, texts("vaults", "Vault"), ID])),
        asked: Some(same("vaults")),
        scope: &["vaults"],
        permission: Some("keysynchronize"),
        ..SYNC
    },
    Family {
        path: "sap/synchronization-jobs",
        cloud: "SAP",
        list: Some(list(&[STATUS, texts("groups", "Group"), ID])),
        asked: Some(same("groups")),
        scope: &["groups"],
        ..SYNC
    },
    Family {
        path: "sap/keys/jobs",
        cloud: "SAP",
        title: "key jobs",
        cancels: false,
        scope: &["operation"],
        ..SYNC
    },
    Family {
        path: "sfdc/keys/synchronization-jobs",
        cloud: "Salesforce",
        title: "tenant secret synchronizations",
        // Typed as one text, though described as a list (CONTRACT.md 4, trap 12).
        list: Some(sorted(&[
            STATUS,
            Filter {
                name: "organizations",
                label: "Organization",
                kind: FilterKind::Text,
            },
            ID,
        ])),
        asked: Some(same("organizations")),
        scope: &["organizations"],
        ..SYNC
    },
    // Of these and of the refreshes of Luna HSMs and DSMs only the verbs are documented.
    Family {
        path: "sfdc/certificates/synchronization-jobs",
        cloud: "Salesforce",
        title: "certificate synchronizations",
        list: Some(list(&[])),
        asked: Some(same("organizations")),
        scope: &["organizations"],
        ..SYNC
    },
    Family {
        path: "hsm/luna/refresh",
        cloud: "Luna HSM",
        title: "refreshes",
        list: Some(list(&[])),
        asked: Some(same("partitions")),
        scope: &["partitions"],
        ..SYNC
    },
    Family {
        path: "dsm/refresh",
        cloud: "DSM",
        title: "refreshes",
        item: ("domain", "domains"),
        list: Some(list(&[])),
        asked: Some(same("domains")),
        scope: &["domains"],
        ..SYNC
    },
    Family {
        path: "external-cm/refresh",
        cloud: "External CM",
        title: "refreshes",
        list: Some(list(BOTH)),
        asked: Some(same("domains")),
        scope: &["domains"],
        ..SYNC
    },
];
