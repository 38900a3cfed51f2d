//! Which items of a job fail, and with which text. No failure text is documented (CONTRACT.md 2.4);
//! these resemble the messages of the clouds, with long texts and many ids.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::planned::PlannedFailures;
use crate::family::{Family, Item};
use crate::inventory::account_number;
use crate::random::{self, at};

/// The failures among a job's items.
#[derive(Clone, Debug)]
pub enum Failures {
    /// Every item succeeds.
    None,
    /// A random share fails.
    PerMille {
        /// Selects the items.
        seed: u64,
        /// How many of a thousand items fail.
        rate: u16,
    },
    /// The items with these indexes fail with these texts.
    At(BTreeMap<usize, String>),
    /// All fail with this text.
    All(String),
    /// The items fail for causes, with messages as the clouds write them.
    Planned(PlannedFailures),
}

const AWS: &[&str] = &[
    "AccessDeniedException: User: arn:aws:sts::{account}:assumed-role/cckm-connection/session is not authorized to perform: kms:{action} on resource: arn:aws:kms:{region}:{account}:key/{key} because no resource-based policy allows the kms:{action} action (Service: Kms, Status Code: 400, Request ID: {request})",
    "KMSInvalidStateException: arn:aws:kms:{region}:{account}:key/{key} is pending deletion.",
    "NotFoundException: Key 'arn:aws:kms:{region}:{account}:key/{key}' does not exist",
    "ThrottlingException: Rate exceeded (Request ID: {request})",
    "OptInRequired: The AWS Access Key Id needs a subscription for the service",
];
const AZURE: &[&str] = &[
    "keyvault.BaseClient#DeleteKeyBackup: Failure responding to request: StatusCode=403 -- Original Error: autorest/azure: Service returned an error. Status=403 Code=\"Forbidden\" Message=\"The user, group or application 'appid={key};oid={request}' does not have keys list permission on key vault '{item}'.\"",
    "The backup {key} is in use by a soft-deleted key.",
    "Code=\"VaultNotFound\" Message=\"The vault was not found: {item}\"",
    "context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
];
const GOOGLE: &[&str] = &[
    "googleapi: Error 403: Permission 'cloudkms.cryptoKeys.list' denied on resource '{item}' (or it may not exist)., forbidden",
    "googleapi: Error 429: Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute' of service 'cloudkms.googleapis.com' for consumer 'project_number:{account}'., rateLimitExceeded",
    "rpc error: code = Unavailable desc = transport: Error while dialing: dial tcp: lookup cloudkms.googleapis.com: i/o timeout",
];
const OTHER: &[&str] = &[
    "Error returned by service. Http Status Code: 429. Error Code: TooManyRequests. Opc request id: {request}.",
    "connection refused",
    "Credentials of the connection have expired. Renew the credentials, then repeat the operation; nothing was changed for \"{item}\".",
];

impl Failures {
    /// The failure text of an item; none if it succeeds.
    pub fn text(&self, family: &Family, index: usize, item: &str) -> Option<Cow<'_, str>> {
        match self {
            Self::None => None,
            Self::At(texts) => texts.get(&index).map(|text| Cow::Borrowed(text.as_str())),
            Self::All(text) => Some(Cow::Borrowed(text)),
            Self::Planned(planned) => {
                let number = at(planned.seed, !(index as u64));
                Some(planned.cause(index)?.message(family, number, item).into())
            }
            Self::PerMille { seed, rate } => {
                let number = at(*seed, index as u64);
                (number % 1000 < u64::from(*rate))
                    .then(|| failure_text(family, number, item).into())
            }
        }
    }
}

/// A failure text in the style of the family's cloud. `number` selects the text and its ids.
pub fn failure_text(family: &Family, number: u64, item: &str) -> String {
    let texts = match family.cloud {
        Some("aws") => AWS,
        Some("AzureCloud") => AZURE,
        Some("gcp") => GOOGLE,
        None if family.path.starts_with("google/") => GOOGLE,
        _ => OTHER,
    };
    let chosen = usize::try_from((number / 1000) % texts.len() as u64).unwrap_or(0);
    let id = |salt| random::uuid(at(number, salt), at(number, salt + 1));
    // If the item names a region or a key, the text names the same one.
    let (account, region) = match item.split_once('/') {
        Some((account, region)) if family.item == Item::Region => (account.to_owned(), region),
        _ => (account_number("prod-core"), "eu-central-1"),
    };
    let (key, action) = match family.item {
        Item::Uuid => (item.to_owned(), "UpdateKey"),
        _ => (id(1), "ListKeys"),
    };
    texts[chosen]
        .replace("{account}", &account)
        .replace("{region}", region)
        .replace("{action}", action)
        .replace("{key}", &key)
        .replace("{request}", &id(3))
        .replace("{item}", item)
}
