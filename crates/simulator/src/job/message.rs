//! The message of a failed item: the text of its cause with the item's own account, region, key, request
//! id and other variables.

use super::causes::Cause;
use crate::family::{Family, Item};
use crate::inventory::account_number;
use crate::random::{self, at};

impl Cause {
    /// The message for an item of a job of this family. `number` selects the ids and the other variables;
    /// if the item names an account, a region, a key or a container, the message names the same one.
    pub fn message(&self, family: &Family, number: u64, item: &str) -> String {
        self.text.split('{').enumerate().fold(String::new(), |mut message, (index, part)| {
            match part.split_once('}').filter(|_| index > 0) {
                Some((name, rest)) => match variable(name, family, number, item) {
                    Some(value) => message.extend([value.as_str(), rest]),
                    // A brace of the message itself, as in JSON.
                    None => message.extend(["{", part]),
                },
                None if index > 0 => message.extend(["{", part]),
                None => message.push_str(part),
            }
            message
        })
    }
}

/// The value of a placeholder; none if there is no placeholder with this name.
fn variable(name: &str, family: &Family, number: u64, item: &str) -> Option<String> {
    let id = |salt| random::uuid(at(number, salt), at(number, salt + 1));
    let below = |salt, bound: u64| at(number, salt) % bound;
    let place = item.split_once('/').filter(|_| family.item == Item::Region);
    let container = matches!(family.item, Item::Container(_));
    Some(match name {
        "account" => {
            place.map_or_else(|| account_number("prod-core"), |(account, _)| account.into())
        }
        "region" => place.map_or("eu-central-1", |(_, region)| region).to_owned(),
        "key" if family.item == Item::Uuid => item.to_owned(),
        "key" => id(1),
        "request" => id(3),
        "tenant" => random::uuid(7, 11),
        "item" => item.to_owned(),
        "container" if container => item.to_owned(),
        "container" => "kv-payments-weu".to_owned(),
        "ring" if container || family.item == Item::Version => item.to_owned(),
        "ring" => "projects/acme-payments-prod/locations/global/keyRings/signing".to_owned(),
        "opc" => format!("{:016X}/{:016X}/{:016X}", at(number, 5), at(number, 6), at(number, 7)),
        "ocid" => format!("aaaaaaaa{:016x}{:016x}{:016x}", at(11, 5), at(12, 6), at(13, 7)),
        "ip" => format!("10.{}.{}.{}", below(8, 250), below(9, 250), 1 + below(10, 250)),
        "port" => (32_768 + below(11, 28_000)).to_string(),
        "number" => below(12, 10_000).to_string(),
        "seconds" => (1 + below(13, 59)).to_string(),
        "time" => format!(
            "2026-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            1 + below(14, 12),
            1 + below(15, 28),
            below(16, 24),
            below(17, 60),
            below(18, 60)
        ),
        "host" => host(family, place),
        _ => return None,
    })
}

/// The host that the appliance connects to for an item.
fn host(family: &Family, place: Option<(&str, &str)>) -> String {
    match family.path.split('/').next() {
        Some("aws") => {
            format!("kms.{}.amazonaws.com", place.map_or("eu-central-1", |(_, region)| region))
        }
        Some("azure") => "login.microsoftonline.com".into(),
        Some("google") => "cloudkms.googleapis.com".into(),
        Some("oci") => "kms.eu-frankfurt-1.oraclecloud.com".into(),
        Some("sap") => "kms.datacustodian.cloud.sap".into(),
        Some("sfdc") => "login.salesforce.com".into(),
        _ => "vault.acme.example".into(),
    }
}
