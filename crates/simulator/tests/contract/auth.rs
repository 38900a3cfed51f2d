//! Signing in, CONTRACT.md 6.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cckm_simulator::auth::{
    ADMIN_PASSWORD, ADMIN_USER, DOMAINS, GUEST_PASSWORD, GUEST_USER, OPERATOR_PASSWORD,
    OPERATOR_USER,
};
use cckm_simulator::http::Request;
use serde_json::{Value, json};
use std::time::Duration;

use crate::client::Client;

const LIST: &str = "aws/bulkjob";

fn password() -> Value {
    json!({"username": ADMIN_USER, "password": ADMIN_PASSWORD})
}

fn with(member: &str, value: Value) -> Value {
    let mut body = password();
    body[member] = value;
    body
}

fn claims(jwt: &str) -> Value {
    let payload = jwt.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[test]
fn a_reply_has_the_documented_members() {
    let reply = Client::stranger().sign_in(&password());
    assert_eq!(reply["duration"], 300);
    assert_eq!(reply["token_type"], "Bearer");
    assert_eq!(reply["refresh_token_expires_in"], 1799);
    for name in ["jwt", "client_id", "refresh_token", "refresh_token_id"] {
        assert!(
            reply[name].as_str().is_some_and(|text| !text.is_empty()),
            "{name}"
        );
    }
}

#[test]
fn a_token_has_the_documented_claims() {
    let mut client = Client::stranger();
    let reply = client.sign_in(&password());
    let jwt = reply["jwt"].as_str().unwrap();
    let header = URL_SAFE_NO_PAD
        .decode(jwt.split('.').next().unwrap())
        .unwrap();
    assert_eq!(
        serde_json::from_slice::<Value>(&header).unwrap()["alg"],
        "HS256"
    );
    let claims = claims(jwt);
    assert_eq!(claims["iss"], "kylo");
    assert_eq!(claims["acc"], "kylo");
    assert_eq!(claims["preferred_username"], "admin");
    assert!(claims["sub"].as_str().unwrap().starts_with("local|"));
    assert_eq!(
        claims["cust"]["domain_id"],
        "00000000-0000-0000-0000-000000000000"
    );
    assert_eq!(claims["cust"]["groups"], json!(["admin"]));
    assert!(claims["cust"]["sid"].is_string() && claims["cust"]["zone_id"].is_string());
    assert!(claims["jwtid"].is_string() && claims["aud"].is_string());
    assert_eq!(claims["iat"], client.now.as_second());
    assert_eq!(claims["exp"], client.now.as_second() + 300);
}

#[test]
fn every_way_of_writing_the_request_signs_in() {
    for body in [
        json!({"name": ADMIN_USER, "password": ADMIN_PASSWORD}),
        with("grant_type", "password".into()),
        with("connection", "local_account".into()),
        with("connection", "".into()),
        with("domain", "root".into()),
        with("auth_domain", DOMAINS[0].id.into()),
        json!({"username": ADMIN_USER, "connection": "local_account", "password": ADMIN_PASSWORD,
            "grant_type": "password", "refresh_token_revoke_unused_in": 30, "cookies": true,
            "labels": ["web-ui"]}),
    ] {
        assert_eq!(Client::stranger().token(&body).0, 200, "{body}");
    }
    let bare = Request::new("POST", "/api/v1/auth/tokens").body(password().to_string());
    assert_eq!(Client::stranger().raw(bare).status, 200);
}

#[test]
fn wrong_credentials_are_401_in_the_documented_shape() {
    for body in [
        json!({"username": ADMIN_USER, "password": "wrong"}),
        json!({"username": "nobody", "password": ADMIN_PASSWORD}),
        with("domain", "atlantis".into()),
        with("auth_domain", "atlantis".into()),
        with("connection", "ldap".into()),
        json!({"grant_type": "refresh_token", "refresh_token": "made-up"}),
        json!({"grant_type": "client_credential"}),
    ] {
        let (status, error) = Client::stranger().token(&body);
        assert_eq!(status, 401, "{body}");
        assert_eq!(error["code"], 5);
        assert_eq!(error["codeDesc"], "NCERRUnauthorizedAccess");
        assert!(error["message"].is_string() && error["requestID"].is_string());
    }
}

#[test]
fn unreadable_requests_are_400() {
    for body in [
        json!([]),
        json!({"username": 1, "password": "x"}),
        json!({"password": ADMIN_PASSWORD}),
        json!({"username": ADMIN_USER}),
        with("grant_type", "magic".into()),
        with("labels", "web-ui".into()),
        json!({"grant_type": "refresh_token"}),
    ] {
        let (status, error) = Client::stranger().token(&body);
        assert_eq!((status, &error["code"]), (400, &json!(15)), "{body}");
    }
    let broken = Request::new("POST", "/api/v1/auth/tokens/").body("{\"username\":");
    assert_eq!(Client::stranger().raw(broken).status, 400);
}

#[test]
fn tokens_end_after_300_seconds() {
    let mut client = Client::stranger();
    client.sign_in(&password());
    client.later(299);
    assert_eq!(client.get(LIST).0, 200);
    client.later(51);
    let (status, error) = client.get(LIST);
    assert_eq!((status, &error["code"]), (401, &json!(5)));
    let message = error["message"].as_str().unwrap();
    assert_eq!(
        message,
        "Unauthorized: Bearer token malformed: Token is expired by 50s"
    );
}

#[test]
fn missing_and_malformed_tokens_are_401_and_not_repeated() {
    let mut client = Client::admin();
    let jwt = client.jwt.take().unwrap();
    let flipped = format!("{}A", &jwt[..jwt.len() - 2]);
    let none = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode("{\"alg\":\"none\"}"),
        jwt.split('.').nth(1).unwrap()
    );
    let bad = [
        "",
        "Bearer",
        "Bearer ",
        "Basic YWRtaW4=",
        "Bearer a.b.c",
        &format!("Bearer {flipped}"),
        &format!("Bearer {none}"),
        &jwt,
    ];
    for header in bad {
        let request =
            Request::new("GET", "/api/v1/cckm/aws/bulkjob").header("Authorization", header);
        let response = client.raw(request);
        assert_eq!(response.status, 401, "{header}");
        let body = String::from_utf8(response.body).unwrap();
        assert!(!body.contains("eyJ") && !body.contains("a.b.c"), "{body}");
    }
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let header = format!("{scheme} {jwt}");
        let request =
            Request::new("GET", "/api/v1/cckm/aws/bulkjob").header("authorization", &header);
        assert_eq!(client.raw(request).status, 200);
    }
}

#[test]
fn a_refresh_with_rotation_replaces_the_refresh_token() {
    let mut client = Client::stranger();
    let first = client.sign_in(&password());
    client.later(400);
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"], "renew_refresh_token": true});
    let second = client.sign_in(&refresh);
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert_eq!(client.get(LIST).0, 200);
    assert_eq!(client.token(&refresh).0, 401, "the old one is used up");
}

#[test]
fn a_refresh_without_rotation_keeps_it() {
    let mut client = Client::stranger();
    let first = client.sign_in(&password());
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"]});
    let second = client.sign_in(&refresh);
    assert_eq!(second["refresh_token"], first["refresh_token"]);
    client.sim.behaviour.repeat_refresh_token = false;
    let third = client.sign_in(&refresh);
    assert!(third.get("refresh_token").is_none());
    assert!(third["jwt"].is_string());
}

#[test]
fn refresh_tokens_end_when_unused_and_live_when_used() {
    let mut client = Client::stranger();
    let first = client.sign_in(&password());
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": first["refresh_token"]});
    for _ in 0..3 {
        client.later(29 * 60);
        assert_eq!(client.token(&refresh).0, 200);
    }
    client.later(30 * 60);
    assert_eq!(client.token(&refresh).0, 401);
    let short = client.sign_in(&with("refresh_token_revoke_unused_in", 10.into()));
    assert_eq!(short["refresh_token_expires_in"], 599);
    let long = client.sign_in(&with("refresh_token_lifetime", 20.into()));
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": long["refresh_token"], "renew_refresh_token": true});
    client.later(15 * 60);
    let next = client.sign_in(&refresh);
    assert_eq!(
        next["refresh_token_expires_in"], 299,
        "an absolute life does not grow"
    );
}

#[test]
fn a_missing_permission_is_403_and_names_it() {
    let sync = "aws/synchronization-jobs";
    for (user, password, bulk, synchronize) in [
        (GUEST_USER, GUEST_PASSWORD, 403, 403),
        (OPERATOR_USER, OPERATOR_PASSWORD, 403, 200),
    ] {
        let mut client = Client::user(user, password);
        let (status, error) = client.get(LIST);
        assert_eq!(status, bulk);
        assert_eq!(error["codeDesc"], "NCERRInsufficientPermissions");
        assert!(
            error["message"]
                .as_str()
                .unwrap()
                .contains("keybulkoperation")
        );
        assert_eq!(client.get(sync).0, synchronize);
        let (status, _) = client.post(LIST, &json!({"keys": ["a"], "operation": "enablekey"}));
        assert_eq!(status, 403);
    }
}

#[test]
fn revoking_ends_the_refresh_token_and_logging_out_the_session() {
    let mut client = Client::stranger();
    let reply = client.sign_in(&password());
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": reply["refresh_token"]});
    let revoke = json!({"client_id": reply["client_id"], "refresh_token": reply["refresh_token"]});
    assert_eq!(
        client
            .send("POST", "/api/v1/auth/revoke", Some(&json!({})))
            .0,
        400
    );
    assert_eq!(
        client.send("POST", "/api/v1/auth/revoke", Some(&revoke)).0,
        204
    );
    assert_eq!(client.token(&refresh).0, 401);
    assert_eq!(client.get(LIST).0, 200, "a token that was given lives on");

    let reply = client.sign_in(&password());
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": reply["refresh_token"]});
    assert_eq!(client.send("POST", "/api/v1/auth/logout", None).0, 204);
    assert_eq!(client.get(LIST).0, 401);
    assert_eq!(client.token(&refresh).0, 401);
}

#[test]
fn a_test_can_end_everything_and_shorten_lives() {
    let mut client = Client::stranger();
    let reply = client.sign_in(&password());
    client.sim.auth.revoke_all();
    assert_eq!(client.get(LIST).0, 401);
    let refresh = json!({"grant_type": "refresh_token", "refresh_token": reply["refresh_token"]});
    assert_eq!(client.token(&refresh).0, 401);
    client.sim.auth.lifetimes.jwt = Duration::from_secs(5);
    assert_eq!(client.sign_in(&password())["duration"], 5);
    client.later(5);
    assert_eq!(client.get(LIST).0, 401);
}

#[test]
fn a_token_belongs_to_a_domain_and_another_domain_needs_another_token() {
    let mut client = Client::admin();
    let domains = client.send("GET", "/api/v1/auth/self/domains", None).1;
    assert_eq!(domains["resources"][0]["name"], "root");
    let other = domains["resources"][1]["id"].clone();
    assert_eq!(client.read(LIST)["total"], 1);
    let reply = client.sign_in(&with("domain", other.clone()));
    assert_eq!(
        claims(reply["jwt"].as_str().unwrap())["cust"]["domain_id"],
        other
    );
    assert_eq!(client.read(LIST)["total"], 0);
    assert_eq!(
        client
            .get("aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0")
            .0,
        404
    );
}

#[test]
fn one_can_see_oneself_and_ones_refresh_tokens() {
    let mut client = Client::admin();
    let user = client.send("GET", "/api/v1/auth/self/user", None).1;
    assert_eq!(user["username"], "admin");
    let secret = client.sign_in(&password())["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let (_, tokens) = client.send("GET", "/api/v1/auth/tokens/", None);
    assert_eq!(tokens["total"], 2);
    assert!(!tokens.to_string().contains(&secret));
    let one = format!(
        "/api/v1/auth/tokens/{}",
        tokens["resources"][0]["id"].as_str().unwrap()
    );
    assert_eq!(client.send("GET", &one, None).0, 200);
    assert_eq!(client.send("DELETE", &one, None).0, 204);
    assert_eq!(client.send("GET", &one, None).0, 404);
}
