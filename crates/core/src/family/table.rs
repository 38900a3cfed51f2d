//! The table of the families of jobs: one row for each of CONTRACT.md 1 to 3. Data only.

use crate::family::{
    Family, Filter, FilterKind, Ksctl, ListApi, NameMatch, Requested, Resource, STATUS_CHOICES,
    schedule_start, starts,
};

const ID: Filter = Filter { name: "id", label: "Job id", kind: FilterKind::Text };
const STATUS: Filter =
    Filter { name: "overall_status", label: "Status", kind: FilterKind::Choice(&STATUS_CHOICES) };

/// The filters of the lists that have no filter by container.
const STATUS_AND_ID: &[Filter] = &[STATUS, ID];

const fn text(name: &'static str, label: &'static str) -> Filter {
    let kind = FilterKind::Text;
    Filter { name, label, kind }
}

const fn texts(name: &'static str, label: &'static str) -> Filter {
    let kind = FilterKind::Texts;
    Filter { name, label, kind }
}

const fn requested_exactly(
    member: &'static str,
    one: &'static str,
    many: &'static str,
) -> Requested {
    Requested { member, name_match: NameMatch::Exact, nouns: (one, many) }
}

const fn list(filters: &'static [Filter]) -> ListApi {
    let can_sort = false;
    ListApi { filters, can_sort }
}

const fn sorted(filters: &'static [Filter]) -> ListApi {
    let can_sort = true;
    ListApi { filters, can_sort }
}

/// What a synchronization of AWS keys or key stores was requested for.
const REGIONS: Requested = Requested {
    member: "regions",
    name_match: NameMatch::LastSegment,
    nouns: ("region", "regions"),
};

const SKIP: (&str, &str) = ("skip", "--skip");
const LIMIT: (&str, &str) = ("limit", "--limit");

/// The commands of most families. The flags of their list are not known.
const fn ksctl(group: &'static str) -> Ksctl {
    let (list, flags) = ("status", &[]);
    Ksctl { group, list, flags }
}

/// What most families have in common. Each row contains only what differs. The entries of `detailed_status` are called
/// items if the contract does not say what they are.
pub(super) const SYNC: Family = Family {
    path: "",
    root: "v1/cckm/",
    cloud: "",
    title: "key synchronizations",
    action: "Sync keys",
    resource: Resource::Jobs,
    item_nouns: ("item", "items"),
    list: None,
    start: None,
    can_cancel: true,
    can_delete: false,
    requested: None,
    scope: &[],
    version_count_member: None,
    permission: None,
    ksctl: None,
    note: None,
};

/// Every family, in the order of the kind picker.
pub static FAMILIES: [Family; 19] = [
    Family {
        path: "aws/synchronization-jobs",
        cloud: "AWS",
        item_nouns: ("region", "regions"),
        list: Some(list(&[STATUS, texts("kms", "KMS"), ID])),
        requested: Some(REGIONS),
        scope: &["kms", "regions"],
        permission: Some("keysynchronize"),
        start: Some(&starts::AWS_REGIONS),
        ksctl: Some(Ksctl {
            flags: &[SKIP, LIMIT, ("id", "--id")],
            ..ksctl("cckm aws keys synchronization-jobs")
        }),
        ..SYNC
    },
    Family {
        path: "aws/custom-key-stores/synchronization-jobs",
        cloud: "AWS",
        title: "key store synchronizations",
        action: "Sync key stores",
        list: Some(list(&[STATUS, texts("kms", "KMS"), ID])),
        requested: Some(REGIONS),
        scope: &["kms", "regions"],
        permission: Some("keysynchronize"),
        start: Some(&starts::AWS_REGIONS),
        ..SYNC
    },
    Family {
        path: "aws/bulkjob",
        cloud: "AWS",
        title: "bulk operations",
        action: "Bulk operation",
        item_nouns: ("key", "keys"),
        list: Some(sorted(&[STATUS, text("cloud", "Cloud name"), ID])),
        requested: Some(requested_exactly("keys", "key", "keys")),
        scope: &["operation"],
        permission: Some("keybulkoperation"),
        start: Some(&starts::AWS_BULK),
        ksctl: Some(Ksctl {
            group: "cckm aws bulkjob",
            list: "list",
            flags: &[
                SKIP,
                LIMIT,
                ("sort", "--sort"),
                ("cloud", "--cloud-name"),
                ("overall_status", "--overall-status"),
                ("id", "--id"),
            ],
        }),
        ..SYNC
    },
    Family {
        path: "azure/synchronization-jobs",
        cloud: "Azure",
        list: Some(list(&[STATUS, texts("key_vaults", "Key vault"), ID])),
        requested: Some(requested_exactly("key_vaults", "key vault", "key vaults")),
        scope: &["key_vaults"],
        start: Some(&starts::AZURE_KEYS),
        ksctl: Some(ksctl("cckm azure keys synchronization-jobs")),
        ..SYNC
    },
    Family {
        path: "azure/certificates/synchronization-jobs",
        cloud: "Azure",
        title: "certificate synchronizations",
        action: "Sync certificates",
        list: Some(list(&[STATUS, texts("key_vaults", "Key vault id"), ID])),
        requested: Some(requested_exactly("key_vaults", "key vault", "key vaults")),
        scope: &["key_vaults"],
        start: Some(&starts::AZURE_VAULTS),
        ksctl: Some(ksctl("cckm azure certificates synchronization-jobs")),
        ..SYNC
    },
    Family {
        path: "azure/secrets/synchronization-jobs",
        cloud: "Azure",
        title: "secret synchronizations",
        action: "Sync secrets",
        list: Some(list(&[STATUS, texts("key_vaults", "Key vault id"), ID])),
        requested: Some(requested_exactly("key_vaults", "key vault", "key vaults")),
        scope: &["key_vaults"],
        start: Some(&starts::AZURE_VAULTS),
        ksctl: Some(ksctl("cckm azure secrets synchronization-jobs")),
        ..SYNC
    },
    Family {
        path: "azure/bulkjobs",
        cloud: "Azure",
        title: "bulk operations",
        action: "Bulk operation",
        list: Some(sorted(STATUS_AND_ID)),
        can_delete: true,
        scope: &["operation"],
        start: Some(&starts::AZURE_BULK),
        ksctl: Some(Ksctl { group: "cckm azure bulkjob", list: "list", flags: &[SKIP, LIMIT] }),
        ..SYNC
    },
    Family {
        path: "google/synchronization-jobs",
        cloud: "Google",
        item_nouns: ("key ring", "key rings"),
        list: Some(sorted(&[STATUS, texts("key_rings", "Key ring"), ID])),
        requested: Some(requested_exactly("key_rings", "key ring", "key rings")),
        scope: &["key_rings"],
        start: Some(&starts::GOOGLE_RINGS),
        ksctl: Some(Ksctl {
            flags: &[
                SKIP,
                LIMIT,
                ("sort", "--sort"),
                ("key_rings", "--key-rings"),
                ("overall_status", "--overall-status"),
                ("id", "--id"),
            ],
            ..ksctl("cckm google keys synchronization-jobs")
        }),
        ..SYNC
    },
    Family {
        path: "google/update-all-versions-jobs",
        cloud: "Google",
        title: "updates of all versions",
        action: "Update all versions",
        can_cancel: false,
        item_nouns: ("entry", "entries"),
        scope: &["operation", "key_id"],
        version_count_member: Some("version_count"),
        start: Some(&starts::GOOGLE_VERSIONS),
        ..SYNC
    },
    Family {
        path: "oci/synchronization-jobs",
        cloud: "OCI",
        list: Some(list(&[STATUS, texts("vaults", "Vault"), ID])),
        requested: Some(requested_exactly("vaults", "vault", "vaults")),
        scope: &["vaults"],
        permission: Some("keysynchronize"),
        start: Some(&starts::OCI_VAULTS),
        ksctl: Some(Ksctl { flags: &[SKIP, LIMIT], ..ksctl("cckm oci keys synchronization-jobs") }),
        ..SYNC
    },
    Family {
        path: "sap/synchronization-jobs",
        cloud: "SAP",
        list: Some(list(&[STATUS, texts("groups", "Group"), ID])),
        requested: Some(requested_exactly("groups", "group", "groups")),
        scope: &["groups"],
        start: Some(&starts::SAP_GROUPS),
        ..SYNC
    },
    Family {
        path: "sap/keys/jobs",
        cloud: "SAP",
        title: "key jobs",
        action: "Key job",
        can_cancel: false,
        scope: &["operation"],
        start: Some(&starts::SAP_KEYS),
        ..SYNC
    },
    Family {
        path: "sfdc/keys/synchronization-jobs",
        cloud: "Salesforce",
        title: "tenant secret synchronizations",
        action: "Sync tenant secrets",
        // Typed as one text, though described as a list (CONTRACT.md 4, trap 12).
        list: Some(sorted(&[STATUS, text("organizations", "Organization"), ID])),
        requested: Some(requested_exactly("organizations", "organization", "organizations")),
        scope: &["organizations"],
        start: Some(&starts::SALESFORCE_SECRETS),
        ..SYNC
    },
    // For these and for the refreshes of Luna HSMs and DSMs, only the verbs are documented.
    Family {
        path: "sfdc/certificates/synchronization-jobs",
        cloud: "Salesforce",
        title: "certificate synchronizations",
        action: "Sync certificates",
        list: Some(list(&[])),
        requested: Some(requested_exactly("organizations", "organization", "organizations")),
        scope: &["organizations"],
        start: Some(&starts::SALESFORCE_CERTIFICATES),
        ..SYNC
    },
    Family {
        path: "hsm/luna/refresh",
        cloud: "Luna HSM",
        title: "refreshes",
        action: "Refresh",
        list: Some(list(&[])),
        requested: Some(requested_exactly("partitions", "partition", "partitions")),
        scope: &["partitions"],
        start: Some(&starts::LUNA),
        ..SYNC
    },
    Family {
        path: "dsm/refresh",
        cloud: "DSM",
        title: "refreshes",
        action: "Refresh",
        item_nouns: ("domain", "domains"),
        list: Some(list(&[])),
        requested: Some(requested_exactly("domains", "domain", "domains")),
        scope: &["domains"],
        start: Some(&starts::DSM),
        ..SYNC
    },
    Family {
        path: "external-cm/refresh",
        cloud: "External CM",
        title: "refreshes",
        action: "Refresh",
        list: Some(list(STATUS_AND_ID)),
        requested: Some(requested_exactly("domains", "domain", "domains")),
        scope: &["domains"],
        start: Some(&starts::EXTERNAL_CM),
        ..SYNC
    },
    Family {
        path: "scheduler/job-configs",
        root: "v1/",
        cloud: "CipherTrust",
        title: "schedules",
        action: "Schedule",
        resource: Resource::Schedules,
        list: Some(list(&[
            text("name", "Name"),
            text("operation", "Operation"),
            Filter {
                name: "disabled",
                label: "State",
                kind: FilterKind::Choice(&[
                    ("", "Any"),
                    ("false", "Enabled"),
                    ("true", "Disabled"),
                ]),
            },
            text("created_after", "Created after"),
            text("created_before", "Created before"),
            text("id", "Schedule id"),
        ])),
        start: Some(&schedule_start::SCHEDULE),
        can_cancel: false,
        can_delete: true,
        ..SYNC
    },
    Family {
        path: "scheduler/jobs",
        root: "v1/",
        cloud: "CipherTrust",
        title: "schedule runs",
        action: "Schedule run",
        // A public client sends `sort` for it (CONTRACT.md 8).
        list: Some(sorted(&[
            Filter {
                name: "job_status",
                label: "Status",
                kind: FilterKind::Choice(&[
                    ("", "Any"),
                    ("scheduled", "Scheduled"),
                    ("in_progress", "In progress"),
                    ("completed", "Completed"),
                    ("failed", "Failed"),
                    ("aborted", "Aborted"),
                ]),
            },
            text("name", "Name"),
            text("operation", "Operation"),
            text("job_config_id", "Schedule id"),
            text("processing_node", "Node"),
            text("created_after", "Created after"),
            text("created_before", "Created before"),
            ID,
        ])),
        can_cancel: false,
        can_delete: true,
        scope: &["name", "operation"],
        ..SYNC
    },
];
