//! The table of families (CONTRACT.md 1 to 3), and lookups by path.
//!
//! Where the contract does not know a member or a text, the table follows the nearest documented
//! family. Schedules and their runs (families 18 and 19) are in [`crate::scheduler`].

use super::definition::Create as C;
use super::definition::Filter::{Cloud, Scope};
use super::definition::Member as M;
use super::definition::{Family, Item, Verbs};
use crate::inventory::Kind;

const SYNC: Verbs = Verbs { list: true, cancel: true, delete: false };
const ALL: Verbs = Verbs { list: true, cancel: true, delete: true };
const BY_ID: Verbs = Verbs { list: false, cancel: false, delete: false };
const KEYSYNCHRONIZE: &str = "keysynchronize";
const KEYBULKOPERATION: &str = "keybulkoperation";

/// The operations of AWS bulk jobs (CONTRACT.md 3, family 2).
pub const AWS_BULK_OPERATIONS: &[&str] =
    &["enablekey", "disablekey", "cancelkeydeletion", "schedulekeydeletion", "applypolicytemplate"];

/// The operations of Google update-all-versions jobs (CONTRACT.md 3, family 9).
pub const GOOGLE_VERSION_OPERATIONS: &[&str] =
    &["enable", "disable", "schedule_destroy", "cancel_destroy"];

/// The defaults of a row: a synchronization.
const DEFAULTS: Family = Family {
    path: "",
    kind: "synchronize",
    cloud: None,
    verbs: SYNC,
    sort: false,
    acl: KEYSYNCHRONIZE,
    filters: &[],
    item: Item::Uuid,
    success: "synchronized successfully",
    lists_unfinished: true,
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
        ..DEFAULTS
    },
    Family {
        path: "aws/bulkjob",
        kind: "bulkjob",
        cloud: Some("aws"),
        sort: true,
        acl: KEYBULKOPERATION,
        filters: &[Cloud("cloud")],
        success: "Success",
        lists_unfinished: false,
        members: &[M::Abort, M::Cloud, M::Items("keys"), M::Operation],
        create: C::Keys,
        ..DEFAULTS
    },
    Family {
        path: "aws/custom-key-stores/synchronization-jobs",
        cloud: Some("aws"),
        filters: &[Scope("kms")],
        item: Item::Region,
        success: "region synchronized successfully",
        members: &[M::Cloud, M::Regions, M::Kms, M::Abort],
        create: C::Regions,
        ..DEFAULTS
    },
    Family {
        path: "azure/synchronization-jobs",
        cloud: Some("AzureCloud"),
        filters: &[Scope("key_vaults")],
        item: Item::Container(Kind::KeyVault),
        success: "key vault synchronized successfully",
        members: &[M::Cloud, M::Items("key_vaults"), M::Abort],
        create: C::Scope("key_vaults"),
        ..DEFAULTS
    },
    Family {
        path: "azure/certificates/synchronization-jobs",
        cloud: Some("AzureCloud"),
        filters: &[Scope("key_vaults")],
        item: Item::Container(Kind::KeyVault),
        success: "key vault synchronized successfully",
        members: &[M::Cloud, M::Items("key_vaults"), M::Abort],
        create: C::Scope("key_vaults"),
        ..DEFAULTS
    },
    Family {
        path: "azure/secrets/synchronization-jobs",
        cloud: Some("AzureCloud"),
        filters: &[Scope("key_vaults")],
        item: Item::Container(Kind::KeyVault),
        success: "key vault synchronized successfully",
        members: &[M::Cloud, M::Items("key_vaults"), M::Abort],
        create: C::Scope("key_vaults"),
        ..DEFAULTS
    },
    Family {
        path: "azure/bulkjobs",
        kind: "azure-bulkjob",
        cloud: Some("AzureCloud"),
        verbs: ALL,
        sort: true,
        acl: KEYBULKOPERATION,
        success: "Success",
        lists_unfinished: false,
        members: &[M::Abort, M::Cloud, M::Operation],
        create: C::Backups,
        ..DEFAULTS
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
        ..DEFAULTS
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
        ..DEFAULTS
    },
    Family {
        path: "oci/synchronization-jobs",
        cloud: Some("oci"),
        filters: &[Scope("vaults")],
        item: Item::Container(Kind::Vault),
        success: "vault synchronized successfully",
        members: &[M::Cloud, M::Items("vaults"), M::Abort],
        create: C::Scope("vaults"),
        ..DEFAULTS
    },
    Family {
        path: "sap/synchronization-jobs",
        cloud: Some("sap"),
        filters: &[Scope("groups")],
        item: Item::Container(Kind::Group),
        success: "group synchronized successfully",
        members: &[M::Cloud, M::Items("groups"), M::Abort],
        create: C::Scope("groups"),
        ..DEFAULTS
    },
    Family {
        path: "sap/keys/jobs",
        kind: "sap-key-job",
        cloud: Some("sap"),
        verbs: BY_ID,
        success: "Success",
        members: &[M::Cloud, M::Abort],
        ..DEFAULTS
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
        ..DEFAULTS
    },
    Family {
        path: "sfdc/certificates/synchronization-jobs",
        cloud: Some("sfdc"),
        filters: &[Scope("organizations")],
        item: Item::Container(Kind::Organization),
        success: "organization synchronized successfully",
        members: &[M::Cloud, M::Items("organizations"), M::Abort],
        create: C::Scope("organization_ids"),
        ..DEFAULTS
    },
    Family {
        path: "hsm/luna/refresh",
        cloud: Some("hsm-luna"),
        filters: &[Scope("partitions")],
        item: Item::Container(Kind::Partition),
        success: "partition refreshed successfully",
        members: &[M::Cloud, M::Items("partitions"), M::Abort],
        create: C::Scope("partitions"),
        ..DEFAULTS
    },
    Family {
        path: "dsm/refresh",
        cloud: Some("dsm"),
        filters: &[Scope("domains")],
        item: Item::Container(Kind::DsmDomain),
        // From the page of the detail (dsm-get-refresh-id).
        success: "domain synchronized successfully",
        members: &[M::Cloud, M::Items("domains"), M::Abort],
        create: C::Scope("domains"),
        ..DEFAULTS
    },
    Family {
        path: "external-cm/refresh",
        // From its pages (cm-ext-cancel-refresh-id).
        cloud: Some("externalCM"),
        item: Item::Container(Kind::ExternalDomain),
        success: "domain synchronized successfully",
        members: &[M::Cloud, M::Items("domains"), M::Abort],
        create: C::Scope("domains"),
        ..DEFAULTS
    },
];

/// The family at the start of these path segments, and the segments after it.
pub fn find<S: AsRef<str>>(segments: &[S]) -> Option<(&'static Family, &[S])> {
    FAMILIES.iter().find_map(|family| {
        let length = family.path.split('/').count();
        let head = segments.get(..length)?;
        let same = family.path.split('/').eq(head.iter().map(AsRef::as_ref));
        same.then(|| (family, &segments[length..]))
    })
}

/// The family with this path, as in `aws/bulkjob`.
pub fn by_path(path: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.path == path)
}
