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

const fn same(member: &'static str) -> Option<Asked> {
    let matching = Matching::Same;
    Some(Asked { member, matching })
}

const fn list(filters: &'static [Filter]) -> Option<ListApi> {
    let sorts = false;
    Some(ListApi { filters, sorts })
}

const fn sorted(filters: &'static [Filter]) -> Option<ListApi> {
    let sorts = true;
    Some(ListApi { filters, sorts })
}

/// What most families have in common; each row says what differs. Where the contract does not
/// tell what the entries of `detailed_status` are, they are items.
const SYNC: Family = Family {
    path: "",
    cloud: "",
    title: "key synchronizations",
    item: ("item", "items"),
    list: None,
    asked: None,
    scope: &[],
    version_count: None,
    permission: None,
};

/// Every family, in the order of the kind picker.
pub static FAMILIES: [Family; 17] = [
    Family {
        path: "aws/synchronization-jobs",
        cloud: "AWS",
        item: ("region", "regions"),
        list: list(&[STATUS, texts("kms", "KMS"), ID]),
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
        list: list(&[STATUS, texts("kms", "KMS"), ID]),
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
        list: sorted(&[
            STATUS,
            Filter {
                name: "cloud",
                label: "Cloud name",
                kind: FilterKind::Text,
            },
            ID,
        ]),
        asked: same("keys"),
        scope: &["operation"],
        permission: Some("keybulkoperation"),
        ..SYNC
    },
    Family {
        path: "azure/synchronization-jobs",
        cloud: "Azure",
        list: list(&[STATUS, texts("key_vaults", "Key vault"), ID]),
        asked: same("key_vaults"),
        scope: &["key_vaults"],
        ..SYNC
    },
    Family {
        path: "azure/certificates/synchronization-jobs",
        cloud: "Azure",
        title: "certificate synchronizations",
        list: list(&[STATUS, texts("key_vaults", "Key vault id"), ID]),
        asked: same("key_vaults"),
        scope: &["key_vaults"],
        ..SYNC
    },
    Family {
        path: "azure/secrets/synchronization-jobs",
        cloud: "Azure",
        title: "secret synchronizations",
        list: list(&[STATUS, texts("key_vaults", "Key vault id"), ID]),
        asked: same("key_vaults"),
        scope: &["key_vaults"],
        ..SYNC
    },
    Family {
        path: "azure/bulkjobs",
        cloud: "Azure",
        title: "bulk operations",
        list: sorted(BOTH),
        scope: &["operation"],
        ..SYNC
    },
    Family {
        path: "google/synchronization-jobs",
        cloud: "Google",
        item: ("key ring", "key rings"),
        list: sorted(&[STATUS, texts("key_rings", "Key ring"), ID]),
        asked: same("key_rings"),
        scope: &["key_rings"],
        ..SYNC
    },
    Family {
        path: "google/update-all-versions-jobs",
        cloud: "Google",
        title: "updates of all versions",
        item: ("entry", "entries"),
        scope: &["operation", "key_id"],
        version_count: Some("version_count"),
        ..SYNC
    },
    Family {
        path: "oci/synchronization-jobs",
        cloud: "OCI",
        list: list(&[STATUS, texts("vaults", "Vault"), ID]),
        asked: same("vaults"),
        scope: &["vaults"],
        permission: Some("keysynchronize"),
        ..SYNC
    },
    Family {
        path: "sap/synchronization-jobs",
        cloud: "SAP",
        list: list(&[STATUS, texts("groups", "Group"), ID]),
        asked: same("groups"),
        scope: &["groups"],
        ..SYNC
    },
    Family {
        path: "sap/keys/jobs",
        cloud: "SAP",
        title: "key jobs",
        scope: &["operation"],
        ..SYNC
    },
    Family {
        path: "sfdc/keys/synchronization-jobs",
        cloud: "Salesforce",
        title: "tenant secret synchronizations",
        // Typed as one text, though described as a list (CONTRACT.md 4, trap 12).
        list: sorted(&[
            STATUS,
            Filter {
                name: "organizations",
                label: "Organization",
                kind: FilterKind::Text,
            },
            ID,
        ]),
        asked: same("organizations"),
        scope: &["organizations"],
        ..SYNC
    },
    // Of these and of the refreshes of Luna HSMs and DSMs only the verbs are documented.
    Family {
        path: "sfdc/certificates/synchronization-jobs",
        cloud: "Salesforce",
        title: "certificate synchronizations",
        list: list(&[]),
        asked: same("organizations"),
        scope: &["organizations"],
        ..SYNC
    },
    Family {
        path: "hsm/luna/refresh",
        cloud: "Luna HSM",
        title: "refreshes",
        list: list(&[]),
        asked: same("partitions"),
        scope: &["partitions"],
        ..SYNC
    },
    Family {
        path: "dsm/refresh",
        cloud: "DSM",
        title: "refreshes",
        item: ("domain", "domains"),
        list: list(&[]),
        asked: same("domains"),
        scope: &["domains"],
        ..SYNC
    },
    Family {
        path: "external-cm/refresh",
        cloud: "External CM",
        title: "refreshes",
        list: list(BOTH),
        asked: same("domains"),
        scope: &["domains"],
        ..SYNC
    },
];
