//! Domains, permissions and keys, which CONTRACT.md 6 names and 10 does not know the bodies of.

use std::collections::BTreeSet;

use cckm_simulator::auth::{
    ADMIN_PASSWORD, ADMIN_USER, DOMAINS, GUEST_PASSWORD, GUEST_USER, OPERATOR_PASSWORD,
    OPERATOR_USER,
};
use cckm_simulator::family::FAMILIES;
use serde_json::{Value, json};

use crate::client::Client;

#[test]
fn domains_are_a_list_and_the_current_one_an_object() {
    for domain in DOMAINS {
        let mut client = Client::stranger();
        client.sign_in(
            &json!({"name": ADMIN_USER, "password": ADMIN_PASSWORD, "domain": domain.name}),
        );
        let (status, current) = client.send("GET", "/api/v1/domain", None);
        assert_eq!(status, 200);
        assert_eq!(current, json!({"id": domain.id, "name": domain.name}));
        let (status, all) = client.send("GET", "/api/v1/domains?skip=1&limit=1", None);
        assert_eq!((status, &all["total"]), (200, &DOMAINS.len().into()));
        assert_eq!(all["resources"][0]["id"], DOMAINS[1].id);
        let own = "/api/v1/auth/self/domains";
        assert_eq!(
            client.send("GET", "/api/v1/domains", None),
            client.send("GET", own, None)
        );
    }
}

#[test]
fn permissions_are_those_that_the_families_ask_for() {
    let asked: BTreeSet<_> = FAMILIES.iter().map(|family| family.acl).collect();
    for (user, password) in [
        (ADMIN_USER, ADMIN_PASSWORD),
        (OPERATOR_USER, OPERATOR_PASSWORD),
        (GUEST_USER, GUEST_PASSWORD),
    ] {
        let mut client = Client::user(user, password);
        let path = "/api/v1/auth/self/permissions";
        let (status, answer) = client.send("POST", path, Some(&json!({})));
        assert_eq!(status, 200, "{user}");
        assert_eq!(client.send("POST", path, None).1, answer);
        let granted = answer["permissions"].as_array().unwrap();
        for acl in &asked {
            let family = FAMILIES
                .iter()
                .find(|family| family.acl == *acl && family.verbs.list);
            let may = client.get(family.unwrap().path).0 == 200;
            assert_eq!(granted.contains(&Value::from(*acl)), may, "{user} {acl}");
        }
    }
}

#[test]
fn there_are_no_public_keys_and_everyone_may_see_that() {
    let keys = Client::stranger().send("GET", "/api/v1/auth/jwks.json", None);
    assert_eq!(keys, (200, json!({"keys": []})));
}

#[test]
fn they_want_a_token_and_the_right_verb() {
    for (method, path) in [
        ("GET", "domains"),
        ("GET", "domain"),
        ("POST", "auth/self/permissions"),
    ] {
        let path = format!("/api/v1/{path}");
        assert_eq!(Client::stranger().send(method, &path, None).0, 401);
        assert_eq!(Client::admin().send(method, &path, None).0, 200);
        assert_eq!(Client::admin().send("PUT", &path, None).0, 405);
    }
    let keys = "/api/v1/auth/jwks.json";
    assert_eq!(Client::admin().send("PUT", keys, None).0, 405);
}
