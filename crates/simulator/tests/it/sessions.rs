//! The lifetime of sessions and refresh tokens (CONTRACT.md 6).

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Client, credentials, id, with};

const LIST: &str = "aws/bulkjob";
const LOGOUT: &str = "/api/v1/auth/logout";

fn refresh(reply: &Value, renew: bool) -> Value {
    json!({"grant_type": "refresh_token", "refresh_token": reply["refresh_token"],
        "renew_refresh_token": renew})
}

fn revoke(client: &mut Client, reply: &Value) -> u16 {
    let body = json!({"client_id": reply["client_id"], "refresh_token": reply["refresh_token"]});
    client.send("POST", "/api/v1/auth/revoke", Some(&body)).0
}

fn use_jwt(client: &mut Client, reply: &Value) {
    client.jwt = reply["jwt"].as_str().map(str::to_owned);
}

#[test]
fn refresh_with_rotation_replaces_the_refresh_token() {
    let mut client = Client::anonymous();
    let first = client.sign_in(&credentials());
    client.advance(400);
    let second = client.sign_in(&refresh(&first, true));
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert_eq!(client.get(LIST).0, 200);
    assert_eq!(client.token(&refresh(&first, true)).0, 401, "used up");
}

#[test]
fn refresh_without_rotation_keeps_the_refresh_token() {
    let mut client = Client::anonymous();
    let first = client.sign_in(&credentials());
    let second = client.sign_in(&refresh(&first, false));
    assert_eq!(second["refresh_token"], first["refresh_token"]);
    client.sim.behaviour.repeat_refresh_token = false;
    let third = client.sign_in(&refresh(&first, false));
    assert!(third.get("refresh_token").is_none());
    assert!(third["jwt"].is_string());
}

#[test]
fn refresh_token_expires_only_if_unused() {
    let mut client = Client::anonymous();
    let first = client.sign_in(&credentials());
    for _ in 0..3 {
        client.advance(29 * 60);
        assert_eq!(client.token(&refresh(&first, false)).0, 200);
    }
    client.advance(30 * 60);
    assert_eq!(client.token(&refresh(&first, false)).0, 401);
}

#[test]
fn refresh_token_lifetimes_follow_the_request() {
    let mut client = Client::anonymous();
    let unused = json!({"refresh_token_revoke_unused_in": 10});
    let short = client.sign_in(&with(credentials(), &unused));
    assert_eq!(short["refresh_token_expires_in"], 599);
    let total = json!({"refresh_token_lifetime": 20});
    let long = client.sign_in(&with(credentials(), &total));
    client.advance(15 * 60);
    let next = client.sign_in(&refresh(&long, true));
    assert_eq!(next["refresh_token_expires_in"], 299, "rotation does not extend it");
}

#[test]
fn logout_ends_every_token_of_its_session_and_no_other() {
    for renew in [false, true] {
        let mut client = Client::anonymous();
        let other = client.sign_in(&credentials());
        let first = client.sign_in(&credentials());
        let second = client.sign_in(&refresh(&first, renew));
        assert_eq!(client.send("POST", LOGOUT, None), (204, Value::Null));
        for reply in [&first, &second] {
            use_jwt(&mut client, reply);
            assert_eq!(client.get(LIST).0, 401, "renewed: {renew}");
            assert_eq!(client.token(&refresh(reply, false)).0, 401);
        }
        use_jwt(&mut client, &other);
        assert_eq!(client.get(LIST).0, 200);
        assert_eq!(client.token(&refresh(&other, false)).0, 200);
    }
}

#[test]
fn revoked_refresh_token_is_refused_while_its_jwt_stays_valid() {
    let mut client = Client::anonymous();
    let reply = client.sign_in(&credentials());
    let empty = client.send("POST", "/api/v1/auth/revoke", Some(&json!({})));
    assert_eq!(empty.0, 400);
    assert_eq!(revoke(&mut client, &reply), 204);
    for renew in [false, true] {
        assert_eq!(client.token(&refresh(&reply, renew)).0, 401);
    }
    assert_eq!(client.get(LIST).0, 200);
    assert_eq!(client.status("POST", LOGOUT), 204, "a JWT is enough to log out");
    assert_eq!(client.get(LIST).0, 401);
    assert_eq!(client.status("POST", LOGOUT), 401);
}

#[test]
fn refresh_token_is_revoked_by_its_client_and_deleted_by_its_id() {
    let mut client = Client::anonymous();
    let reply = client.sign_in(&credentials());
    let foreign = with(reply.clone(), &json!({"client_id": "another"}));
    assert_eq!(revoke(&mut client, &foreign), 401);
    assert_eq!(client.token(&refresh(&reply, false)).0, 200);
    let path = format!("/api/v1/auth/tokens/{}", reply["refresh_token_id"].as_str().unwrap());
    assert_eq!(client.status("DELETE", &path), 204);
    assert_eq!(client.token(&refresh(&reply, false)).0, 401);
}

#[test]
fn refresh_tokens_are_listed_without_their_secrets() {
    let mut client = Client::admin();
    let user = client.read_target("/api/v1/auth/self/user");
    assert_eq!(user["username"], "admin");
    let secret = client.sign_in(&credentials())["refresh_token"].clone();
    let tokens = client.read_target("/api/v1/auth/tokens/");
    assert_eq!(tokens["total"], 2);
    assert!(!tokens.to_string().contains(secret.as_str().unwrap()));
    let one = format!("/api/v1/auth/tokens/{}", id(&tokens["resources"][0]));
    for (method, status) in [("GET", 200), ("DELETE", 204), ("GET", 404)] {
        assert_eq!(client.status(method, &one), status, "{method}");
    }
}

#[test]
fn revoke_all_ends_every_session() {
    let mut client = Client::anonymous();
    let reply = client.sign_in(&credentials());
    client.sim.auth.revoke_all();
    assert_eq!(client.get(LIST).0, 401);
    assert_eq!(client.token(&refresh(&reply, false)).0, 401);
}

#[test]
fn jwt_lifetime_can_be_shortened() {
    let mut client = Client::anonymous();
    client.sim.auth.lifetimes.jwt = Duration::from_secs(5);
    assert_eq!(client.sign_in(&credentials())["duration"], 5);
    client.advance(5);
    assert_eq!(client.get(LIST).0, 401);
}

#[test]
fn reused_refresh_token_ends_the_session_if_reuse_is_detected() {
    let mut client = Client::anonymous();
    client.sim.behaviour.detect_token_reuse = true;
    let first = client.sign_in(&credentials());
    let second = client.sign_in(&refresh(&first, false));
    assert_ne!(second["refresh_token"], first["refresh_token"], "every refresh replaces it");
    assert_eq!(client.get(LIST).0, 200);
    let (status, error) = client.token(&refresh(&first, true));
    assert_eq!((status, &error["message"]), (401, &"Token has been revoked".into()));
    assert_eq!(client.get(LIST).0, 401);
    assert_eq!(client.token(&refresh(&second, true)).0, 401);
}
