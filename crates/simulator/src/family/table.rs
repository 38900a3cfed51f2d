//! The table of families: CONTRACT.md 1 to 3, row by row. Must hold no code.
//!
//! Members and texts that the contract marks as unknown are chosen like those of the nearest
//! documented family. Schedules and their runs (18, 19) are no jobs in this sense:
//! they are [`crate::scheduler`].

use super::Create as C;
use super::Filter::{Cloud, Scope};
use super::Member as M;
use super::{Family, Item, Verbs};
use crate::inventory::Kind;

const SYNC: Verbs = Verbs {
    list: true,
    cancel: true,
    delete: false,
};
const ALL: Verbs = Verbs {
    list: true,
    cancel: true,
    delete: true,
};
const BY_ID: Verbs = Verbs {
    list: false,
    cancel: false,
    delete: false,
};
const KEYSYNCHRONIZE: &str = "keysynchronize";
const KEYBULKOPERATION: &str = "keybulkoperation";

/// A synchronization of containers; each row changes what differs.
const CONTAINERS: Family = Family {
    path: "",
    kind: "synchronize",
    cloud: None,
    verbs: SYNC,
    sort: false,
    acl: KEYSYNCHRONIZE,
    filters: &[],
    item: Item::Uuid,
    success: "synchronized successfully",
    waiting: true,
    members: &[],
    create: C::Open,
};

/// Every job family.
pub const FAMILIES: &[Family] = &[
    Family {
        path: "aws/synchronization-jobs",
        cloud: Some("aws"),
        filters: &[Scope("kms")],
        item: Item::Region,
        success: "region synchronized successfully",
        members: &[M::Cloud, M::Regions, M::Kms, M::Abort],
        create: C::Regions,
        ..CONTAINERS
    },
    Family {
        path: "aws/bulkjob",
        kind: "bulkjob",
        cloud: Some("aws"),
        sort: true,
        acl: KEYBULKOPERATION,
        filters: &[Cloud("cloud")],
        success: "Success",
        waiting: false,
        members: &[M::Abort, M::Cloud, M::Items("keys"), M::Operation],
        create: C::Keys,
        ..CONTAINERS
    },
    Family {
        path: "aws/custom-key-stores/synchronization-jobs",
        cloud: Some("aws"),
        filters: &[Scope("kms")],
        item: Item::Region,
        success: "region synchronized successfully",
        members: &[M::Cloud, M::Regions, M::Kms, M::Abort],
        create: C::Regions,
        ..CONTAINERS
    },
    Family {
        path: "azure/synchronization-jobs",
        cloud: Some("AzureCloud"),
        filters: &[Scope("key_vaults")],
        item: Item::Container(Kind::KeyVault),
        success: "key vault synchronized successfully",
        members: &[M::Cloud, M::Items("key_vaults"), M::Abort],
        create: C::Scope("key_vaults"),
        ..CONTAINERS
    },
    Family {
        path: "azure/certificates/synchronization-jobs",
        cloud: Some("AzureCloud"),
        filters: &[Scope("key_vaults")],
        item: Item::Container(Kind::KeyVault),
        success: "key vault synchronized successfully",
        members: &[M::Cloud, M::Items("key_vaults"), M::Abort],
        create: C::Scope("key_vaults"),
        ..CONTAINERS
    },
    Family {
        path: "azure/secrets/synchronization-jobs",
        cloud: Some("AzureCloud"),
        filters: &[Scope("key_vaults")],
        item: Item::Container(Kind::KeyVault),
        success: "key vault synchronized successfully",
        members: &[M::Cloud, M::Items("key_vaults"), M::Abort],
        create: C::Scope("key_vaults"),
        ..CONTAINERS
    },
    Family {
        path: "azure/bulkjobs",
        kind: "azure-bulkjob",
        cloud: Some("AzureCloud"),
        verbs: ALL,
        sort: true,
        acl: KEYBULKOPERATION,
        success: "Success",
        waiting: false,
        members: &[M::Abort, M::Cloud, M::Operation],
        create: C::Backups,
        ..CONTAINERS
    },
    Family {
        path: "google/synchronization-jobs",
        cloud: Some("gcp"),
        sort: true,
        filters: &[Scope("key_rings")],
        item: Item::Container(Kind::KeyRing),
        success: "key ring synchronized successfully",
        members: &[M::Cloud, M::Items("key_rings"), M::Abort],
        create: C::Scope("key_rings"),
        ..CONTAINERS
    },
    Family {
        path: "google/update-all-versions-jobs",
        kind: "update_all_versions",
        verbs: BY_ID,
        acl: KEYBULKOPERATION,
        item: Item::Version,
        success: "Successfully updated all key versions state.",
        members: &[M::Versions, M::Operation, M::Abort],
        create: C::Versions,
        ..CONTAINERS
    },
    Family {
        path: "oci/synchronization-jobs",
        cloud: Some("oci"),
        filters: &[Scope("vaults")],
        item: Item::Container(Kind::Vault),
        success: "vault synchronized successfully",
        members: &[M::Cloud, M::Items("vaults"), M::Abort],
        create: C::Scope("vaults"),
        ..CONTAINERS
    },
    Family {
        path: "sap/synchronization-jobs",
        cloud: Some("sap"),
        filters: &[Scope("groups")],
        item: Item::Container(Kind::Group),
        success: "group synchronized successfully",
        members: &[M::Cloud, M::Items("groups"), M::Abort],
        create: C::Scope("groups"),
        ..CONTAINERS
    },
    Family {
        path: "sap/keys/jobs",
        kind: "sap-key-job",
        cloud: Some("sap"),
        verbs: BY_ID,
        success: "Success",
        members: &[M::Cloud, M::Abort],
        ..CONTAINERS
    },
    Family {
        path: "sfdc/keys/synchronization-jobs",
        cloud: Some("sfdc"),
        sort: true,
        filters: &[Scope("organizations")],
        item: Item::Container(Kind::Organization),
        success: "organization synchronized successfully",
        members: &[M::Cloud, M::Items("organizations"), M::Abort],
        create: C::Scope("organization_ids"),
        ..CONTAINERS
    },
    Family {
        path: "sfdc/certificates/synchronization-jobs",
        cloud: Some("sfdc"),
        filters: &[Scope("organizations")],
        item: Item::Container(Kind::Organization),
        success: "organization synchronized successfully",
        members: &[M::Cloud, M::Items("organizations"), M::Abort],
        create: C::Scope("organization_ids"),
        ..CONTAINERS
    },
    Family {
        path: "hsm/luna/refresh",
        cloud: Some("hsm-luna"),
        filters: &[Scope("partitions")],
        item: Item::Container(Kind::Partition),
        success: "partition refreshed successfully",
        members: &[M::Cloud, M::Items("partitions"), M::Abort],
        create: C::Scope("partitions"),
        ..CONTAINERS
    },
    Family {
        path: "dsm/refresh",
        cloud: Some("dsm"),
        filters: &[Scope("domains")],
        item: Item::Container(Kind::DsmDomain),
        // As the page of the detail prints it (dsm-get-refresh-id).
        success: "domain synchronized successfully",
        members: &[M::Cloud, M::Items("domains"), M::Abort],
        create: C::Scope("domains"),
        ..CONTAINERS
    },
    Family {
        path: "external-cm/refresh",
        // As its pages print it (cm-ext-cancel-refresh-id).
        cloud: Some("externalCM"),
        item: Item::Container(Kind::ExternalDomain),
        success: "domain synchronized successfully",
        members: &[M::Cloud, M::Items("domains"), M::Abort],
        create: C::Scope("domains"),
        ..CONTAINERS
    },
];
