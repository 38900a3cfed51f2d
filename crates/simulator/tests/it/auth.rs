//! Signing in, JWTs and permissions (CONTRACT.md 6).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use cckm_simulator::auth::{
    ADMIN_PASSWORD, ADMIN_USER, DOMAINS, GUEST_PASSWORD, GUEST_USER, OPERATOR_PASSWORD,
    OPERATOR_USER,
};
use cckm_simulator::http::header::AUTHORIZATION;
use serde_json::{Value, json};

use crate::support::{Client, code, credentials, request, with};

const LIST: &str = "aws/bulkjob";
const LIST_TARGET: &str = "/api/v1/cckm/aws/bulkjob";

/// A part of a JWT: 0 is the header, 1 the claims.
fn jwt_part(jwt: &Value, part: usize) -> Value {
    let part = jwt.as_str().unwrap().split('.').nth(part).unwrap();
    serde_json::from_slice(&BASE64.decode(part).unwrap()).unwrap()
}

#[test]
fn token_reply_has_the_documented_members() {
    let reply = Client::anonymous().sign_in(&credentials());
    assert_eq!(reply["duration"], 300);
    assert_eq!(reply["token_type"], "Bearer");
    assert_eq!(reply["refresh_token_expires_in"], 1799);
    for name in ["jwt", "client_id", "refresh_token", "refresh_token_id"] {
        assert!(reply[name].as_str().is_some_and(|text| !text.is_empty()), "{name}");
    }
}

#[test]
fn jwt_has_the_documented_claims() {
    let mut client = Client::anonymous();
    let jwt = client.sign_in(&credentials())["jwt"].clone();
    assert_eq!(jwt_part(&jwt, 0)["alg"], "HS256");
    let claims = jwt_part(&jwt, 1);
    let now = client.now.as_second();
    for (pointer, expected) in [
        ("/iss", json!("kylo")),
        ("/acc", json!("kylo")),
        ("/preferred_username", json!("admin")),
        ("/cust/domain_id", json!("00000000-0000-0000-0000-000000000000")),
        ("/cust/groups", json!(["admin"])),
        ("/iat", json!(now)),
        ("/exp", json!(now + 300)),
    ] {
        assert_eq!(claims.pointer(pointer), Some(&expected), "{pointer}");
    }
    assert!(claims["sub"].as_str().unwrap().starts_with("local|"));
    for pointer in ["/cust/sid", "/cust/zone_id", "/jwtid", "/aud"] {
        assert!(claims.pointer(pointer).unwrap().is_string(), "{pointer}");
    }
}

#[test]
fn token_request_is_accepted_in_every_documented_form() {
    for members in [
        json!({"username": null, "name": ADMIN_USER}),
        json!({"grant_type": "password"}),
        json!({"connection": "local_account"}),
        json!({"connection": ""}),
        json!({"domain": "root"}),
        json!({"auth_domain": DOMAINS[0].id}),
        json!({"connection": "local_account", "grant_type": "password",
            "refresh_token_revoke_unused_in": 30, "cookies": true, "labels": ["web-ui"]}),
    ] {
        let body = with(credentials(), &members);
        assert_eq!(Client::anonymous().token(&body).0, 200, "{body}");
    }
    let body = credentials().to_string();
    let no_slash = Client::anonymous().raw(request("POST", "/api/v1/auth/tokens", body));
    assert_eq!(no_slash.status(), 200);
}

#[test]
fn wrong_credentials_are_401_in_the_documented_shape() {
    for body in [
        json!({"username": ADMIN_USER, "password": "wrong"}),
        json!({"username": "nobody", "password": ADMIN_PASSWORD}),
        with(credentials(), &json!({"domain": "atlantis"})),
        with(credentials(), &json!({"auth_domain": "atlantis"})),
        with(credentials(), &json!({"connection": "ldap"})),
        json!({"grant_type": "refresh_token", "refresh_token": "made-up"}),
        json!({"grant_type": "client_credential"}),
    ] {
        let reply = Client::anonymous().token(&body);
        assert_eq!(code(&reply), (401, Some(5)), "{body}");
        let error = reply.1;
        assert_eq!(error["codeDesc"], "NCERRUnauthorizedAccess");
        assert!(error["message"].is_string() && error["requestID"].is_string());
    }
}

#[test]
fn invalid_token_request_is_400_and_does_not_repeat_a_value() {
    for body in [
        json!([]),
        json!({"username": 1, "password": "x"}),
        json!({"username": ADMIN_USER, "password": 271_828}),
        json!({"password": ADMIN_PASSWORD}),
        json!({"username": ADMIN_USER}),
        with(credentials(), &json!({"grant_type": "magic"})),
        with(credentials(), &json!({"labels": "web-ui"})),
        json!({"grant_type": "refresh_token"}),
    ] {
        let reply = Client::anonymous().token(&body);
        assert_eq!(code(&reply), (400, Some(15)), "{body}");
        assert!(!reply.1.to_string().contains("271828"), "{}", reply.1);
    }
    let broken = request("POST", "/api/v1/auth/tokens/", "{\"username\":");
    assert_eq!(Client::anonymous().raw(broken).status(), 400);
}

#[test]
fn jwt_expires_after_300_seconds() {
    let mut client = Client::anonymous();
    client.sign_in(&credentials());
    client.advance(299);
    assert_eq!(client.get(LIST).0, 200);
    client.advance(51);
    let reply = client.get(LIST);
    assert_eq!(code(&reply), (401, Some(5)));
    let message = "Unauthorized: Bearer token malformed: Token is expired by 50s";
    assert_eq!(reply.1["message"], message);
}

#[test]
fn missing_or_malformed_jwt_is_401_and_is_not_repeated() {
    let mut client = Client::admin();
    let jwt = client.jwt.take().unwrap();
    let changed = format!("Bearer {}A", &jwt[..jwt.len() - 2]);
    let claims = jwt.split('.').nth(1).unwrap();
    let unsigned = format!("Bearer {}.{claims}.", BASE64.encode("{\"alg\":\"none\"}"));
    let mut send = |header: &str| {
        let mut request = request("GET", LIST_TARGET, "");
        request.headers_mut().insert(AUTHORIZATION, header.parse().unwrap());
        client.raw(request)
    };
    for header in
        ["", "Bearer", "Bearer ", "Basic YWRtaW4=", "Bearer a.b.c", &changed, &unsigned, &jwt]
    {
        let response = send(header);
        assert_eq!(response.status(), 401, "{header}");
        let body = String::from_utf8(response.into_body()).unwrap();
        assert!(!body.contains("eyJ") && !body.contains("a.b.c"), "{body}");
    }
    for scheme in ["Bearer", "bearer", "BEARER"] {
        assert_eq!(send(&format!("{scheme} {jwt}")).status(), 200);
    }
}

#[test]
fn missing_permission_is_403_and_is_named() {
    let start = json!({"keys": ["a"], "operation": "enablekey"});
    for (user, password, sync_status) in
        [(GUEST_USER, GUEST_PASSWORD, 403), (OPERATOR_USER, OPERATOR_PASSWORD, 200)]
    {
        let mut client = Client::signed_in(&json!({"username": user, "password": password}));
        let (status, error) = client.get(LIST);
        assert_eq!(status, 403);
        assert_eq!(error["codeDesc"], "NCERRInsufficientPermissions");
        assert!(error["message"].as_str().unwrap().contains("keybulkoperation"));
        assert_eq!(client.get("aws/synchronization-jobs").0, sync_status);
        assert_eq!(client.post(LIST, &start).0, 403);
    }
}

#[test]
fn another_domain_needs_another_token() {
    let mut client = Client::admin();
    let domains = client.read_target("/api/v1/auth/self/domains");
    assert_eq!(domains["resources"][0]["name"], "root");
    let other = &domains["resources"][1]["id"];
    assert_eq!(client.total(LIST), 1);
    let reply = client.sign_in_to(other.as_str().unwrap());
    assert_eq!(jwt_part(&reply["jwt"], 1)["cust"]["domain_id"], *other);
    assert_eq!(client.total(LIST), 0);
    let sample = "aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0";
    assert_eq!(client.get(sample).0, 404);
}

#[test]
fn tenant_is_required_and_its_path_supersedes_its_name() {
    let mut client = Client::anonymous();
    client.sim.behaviour.tenants = vec!["acme".to_owned(), "globex".to_owned()];
    for (members, status) in [
        (json!({}), 401),
        (json!({"domain": "emea"}), 401),
        (json!({"auth_domain": ""}), 401),
        (json!({"auth_domain": "acme"}), 200),
        (json!({"auth_domain": "initech"}), 401),
        (json!({"auth_domain_path": "/globex"}), 200),
        (json!({"auth_domain_path": "globex"}), 401),
        (json!({"auth_domain": "initech", "auth_domain_path": "/globex"}), 200),
        (json!({"auth_domain": "acme", "auth_domain_path": "/initech"}), 401),
        (json!({"auth_domain": "acme", "domain": "emea"}), 200),
    ] {
        let (answered, reply) = client.token(&with(credentials(), &members));
        assert_eq!(answered, status, "{members}: {reply}");
        if status == 401 {
            assert_eq!(reply["message"], "Failed to locate domain", "{members}");
        }
    }
    let body = with(credentials(), &json!({"auth_domain": "acme"}));
    let (_, first) = client.token(&body);
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"]});
    assert_eq!(client.token(&refresh).0, 200, "the refresh token belongs to the tenant");
}

#[test]
fn auth_domain_path_names_a_domain_without_tenants() {
    let mut client = Client::anonymous();
    client.sign_in(&with(credentials(), &json!({"auth_domain_path": "/emea"})));
    assert_eq!(client.read_target("/api/v1/domain")["name"], "emea");
    let (status, _) = client.token(&with(credentials(), &json!({"auth_domain_path": "/mars"})));
    assert_eq!(status, 401);
}
