//! Domains, permissions and public keys. CONTRACT.md 6 names the requests; their bodies are not documented
//! (CONTRACT.md 10).

use cckm_simulator::auth::{DOMAINS, GUEST_PASSWORD, GUEST_USER, OPERATOR_PASSWORD, OPERATOR_USER};
use cckm_simulator::family::FAMILIES;
use serde_json::{Value, json};

use crate::support::{Client, credentials};

#[test]
fn domains_are_listed_and_the_current_one_is_an_object() {
    for domain in DOMAINS {
        let mut client = Client::anonymous();
        client.sign_in_to(domain.name);
        let current = json!({"id": domain.id, "name": domain.name});
        assert_eq!(client.read_target("/api/v1/domain"), current);
        let page = client.read_target("/api/v1/domains?skip=1&limit=1");
        assert_eq!(page["total"], DOMAINS.len());
        assert_eq!(page["resources"], json!([{"id": DOMAINS[1].id, "name": DOMAINS[1].name}]));
        let all = client.read_target("/api/v1/domains");
        assert_eq!(all, client.read_target("/api/v1/auth/self/domains"));
    }
}

#[test]
fn permissions_of_a_user_match_the_allowed_job_apis() {
    let user = |name: &str, password: &str| json!({"username": name, "password": password});
    for (user, expected) in [
        (credentials(), json!(["keysynchronize", "keybulkoperation"])),
        (user(OPERATOR_USER, OPERATOR_PASSWORD), json!(["keysynchronize"])),
        (user(GUEST_USER, GUEST_PASSWORD), json!([])),
    ] {
        let mut client = Client::signed_in(&user);
        let (status, body) = client.send("POST", "/api/v1/auth/self/permissions", None);
        assert_eq!((status, &body["permissions"]), (200, &expected), "{user}");
        let granted = expected.as_array().unwrap();
        for family in FAMILIES.iter().filter(|family| family.verbs.list) {
            let allowed = client.get(family.path).0 == 200;
            assert_eq!(
                granted.contains(&Value::from(family.acl)),
                allowed,
                "{user} {}",
                family.path
            );
        }
    }
}

#[test]
fn public_keys_are_empty_and_need_no_token() {
    let keys = Client::anonymous().send("GET", "/api/v1/auth/jwks.json", None);
    assert_eq!(keys, (200, json!({"keys": []})));
}

#[test]
fn account_paths_require_a_token_and_the_right_verb() {
    for (method, path) in [
        ("GET", "/api/v1/domains"),
        ("GET", "/api/v1/domain"),
        ("POST", "/api/v1/auth/self/permissions"),
    ] {
        assert_eq!(Client::anonymous().status(method, path), 401);
        assert_eq!(Client::admin().status(method, path), 200);
        assert_eq!(Client::admin().status("PUT", path), 405);
    }
    assert_eq!(Client::admin().status("PUT", "/api/v1/auth/jwks.json"), 405);
}
