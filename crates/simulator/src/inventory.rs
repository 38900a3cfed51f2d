//! The simulated inventory: accounts, vaults, key rings and other containers, each with a name and an id.

use std::borrow::Cow;

use crate::random::{self, hash};

/// A kind of container of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An AWS account with a KMS.
    Kms,
    /// An Azure key vault.
    KeyVault,
    /// A Google key ring.
    KeyRing,
    /// An OCI vault.
    Vault,
    /// A SAP group.
    Group,
    /// A Salesforce organization.
    Organization,
    /// A Luna HSM partition.
    Partition,
    /// A DSM domain, named by its id.
    DsmDomain,
    /// A domain of another CipherTrust Manager, named by its id.
    ExternalDomain,
}

/// The AWS regions.
pub const REGIONS: &[&str] = &[
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ca-central-1",
    "sa-east-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-east-1",
    "me-south-1",
    "me-central-1",
    "af-south-1",
];

/// The KMS in the documentation's samples, and its account number.
const DOCUMENTED_KMS: &str = "kms";
const DOCUMENTED_ACCOUNT: &str = "123456789012";

const KMS: &[&str] = &[
    "prod-payments",
    "prod-core",
    "prod-data",
    "prod-edge",
    "stage-core",
    "dev-sandbox",
    "risk-analytics",
    "crm",
    "logistics",
    "archive",
    DOCUMENTED_KMS,
];
const KEY_VAULTS: &[&str] = &[
    "kv-payments-weu",
    "kv-core-weu",
    "kv-core-neu",
    "kv-identity-weu",
    "kv-data-frc",
    "kv-hr-weu",
    "kv-stage-weu",
    "kv-dev-weu",
    "kv-iot-eus",
    "kv-backup-neu",
];
const KEY_RINGS: &[&str] = &[
    "projects/acme-payments-prod/locations/europe-west3/keyRings/card-data",
    "projects/acme-payments-prod/locations/europe-west3/keyRings/tokenization",
    "projects/acme-payments-prod/locations/global/keyRings/signing",
    "projects/acme-data-prod/locations/europe-west1/keyRings/warehouse",
    "projects/acme-data-prod/locations/us-central1/keyRings/warehouse",
    "projects/acme-data-prod/locations/europe/keyRings/backups",
    "projects/acme-core-stage/locations/europe-west3/keyRings/core",
    "projects/acme-ml/locations/us-east4/keyRings/features",
];
const VAULTS: &[&str] = &["fra-prod-vault", "fra-dr-vault", "phx-prod-vault", "lhr-finance-vault"];
const GROUPS: &[&str] = &["S4-PROD", "S4-QA", "SuccessFactors", "Ariba"];
const ORGANIZATIONS: &[&str] = &["acme-sales", "acme-service", "acme-sandbox"];
const PARTITIONS: &[&str] = &["luna-par-1", "luna-par-2", "luna-fra-1"];

/// The name of the container at `index`. Those after the named ones have a number in their name.
pub fn name(kind: Kind, index: usize) -> Cow<'static, str> {
    let (names, more) = match kind {
        Kind::Kms => (KMS, "account"),
        Kind::KeyVault => (KEY_VAULTS, "kv"),
        Kind::KeyRing => {
            (KEY_RINGS, "projects/acme-tenants/locations/europe-west4/keyRings/tenant")
        }
        Kind::Vault => (VAULTS, "vault"),
        Kind::Group => (GROUPS, "GROUP"),
        Kind::Organization => (ORGANIZATIONS, "org"),
        Kind::Partition => (PARTITIONS, "luna-par"),
        Kind::DsmDomain | Kind::ExternalDomain => {
            let seed = hash(if kind == Kind::DsmDomain { "dsm" } else { "external-cm" });
            let number = index as u64;
            return random::uuid(random::at(seed, number), random::at(!seed, number)).into();
        }
    };
    match names.get(index) {
        Some(name) => Cow::Borrowed(name),
        None => format!("{more}-{index:05}").into(),
    }
}

/// The id of a container, derived from its name.
pub fn id(name: &str) -> String {
    random::uuid(hash(name), hash(name).rotate_left(32))
}

/// The number of named containers, which are the ones that `synchronize_all` selects.
pub fn count(kind: Kind) -> usize {
    match kind {
        Kind::Kms => KMS.len(),
        Kind::KeyVault => KEY_VAULTS.len(),
        Kind::KeyRing => KEY_RINGS.len(),
        Kind::Vault => VAULTS.len(),
        Kind::Group => GROUPS.len(),
        Kind::Organization => ORGANIZATIONS.len(),
        Kind::Partition | Kind::ExternalDomain => PARTITIONS.len(),
        Kind::DsmDomain => 4,
    }
}

/// The name of a container that `given` names or identifies; an unknown text is returned unchanged.
pub fn resolve(kind: Kind, given: &str) -> Cow<'_, str> {
    // Ids are uuids; names of another length need no search.
    if given.len() != 36 {
        return Cow::Borrowed(given);
    }
    (0..count(kind))
        .map(|index| name(kind, index))
        .find(|name| id(name) == given)
        .unwrap_or(Cow::Borrowed(given))
}

/// The twelve digits of an AWS account, derived from the name of its KMS.
pub fn account_number(kms: &str) -> String {
    if kms == DOCUMENTED_KMS {
        return DOCUMENTED_ACCOUNT.to_owned();
    }
    format!("{:012}", 100_000_000_000 + hash(kms) % 900_000_000_000)
}
