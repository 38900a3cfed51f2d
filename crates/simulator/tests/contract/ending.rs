//! What is left of a session after logging out, revoking and deleting, CONTRACT.md 6.

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use serde_json::{Value, json};

use crate::client::Client;

const LIST: &str = "aws/bulkjob";

fn sign_in(client: &mut Client) -> Value {
    client.sign_in(&json!({"username": ADMIN_USER, "password": ADMIN_PASSWORD}))
}

fn refresh(reply: &Value, renew: bool) -> Value {
    json!({"grant_type": "refresh_token", "refresh_token": reply["refresh_token"],
        "renew_refresh_token": renew})
}

fn log_out(client: &mut Client) {
    let (status, body) = client.send("POST", "/api/v1/auth/logout", None);
    assert_eq!((status, body), (204, Value::Null));
}

#[test]
fn logging_out_ends_every_token_of_the_session_and_of_no_other() {
    for renew in [false, true] {
        let mut client = Client::stranger();
        let other = sign_in(&mut client);
        let first = sign_in(&mut client);
        let second = client.sign_in(&refresh(&first, renew));
        log_out(&mut client);
        for reply in [&first, &second] {
            client.jwt = reply["jwt"].as_str().map(str::to_owned);
            assert_eq!(client.get(LIST).0, 401, "renewed: {renew}");
            assert_eq!(client.token(&refresh(reply, false)).0, 401);
        }
        client.jwt = other["jwt"].as_str().map(str::to_owned);
        assert_eq!(client.get(LIST).0, 200);
        assert_eq!(client.token(&refresh(&other, false)).0, 200);
    }
}

#[test]
fn one_who_has_only_a_jwt_can_log_out() {
    let mut client = Client::stranger();
    let reply = sign_in(&mut client);
    let revoke = json!({"client_id": reply["client_id"], "refresh_token": reply["refresh_token"]});
    assert_eq!(
        client.send("POST", "/api/v1/auth/revoke", Some(&revoke)).0,
        204
    );
    for renew in [false, true] {
        assert_eq!(client.token(&refresh(&reply, renew)).0, 401, "revoked");
    }
    assert_eq!(client.get(LIST).0, 200);
    log_out(&mut client);
    assert_eq!(client.get(LIST).0, 401);
    let (status, _) = client.send("POST", "/api/v1/auth/logout", None);
    assert_eq!(status, 401, "there is nothing left to end");
}

#[test]
fn a_deleted_or_foreign_refresh_token_is_refused() {
    let mut client = Client::stranger();
    let reply = sign_in(&mut client);
    let foreign = json!({"client_id": "another", "refresh_token": reply["refresh_token"]});
    let (status, _) = client.send("POST", "/api/v1/auth/revoke", Some(&foreign));
    assert_eq!(status, 401, "of another client");
    assert_eq!(client.token(&refresh(&reply, false)).0, 200);
    let path = format!(
        "/api/v1/auth/tokens/{}",
        reply["refresh_token_id"].as_str().unwrap()
    );
    assert_eq!(client.send("DELETE", &path, None).0, 204);
    assert_eq!(client.token(&refresh(&reply, false)).0, 401);
}
