//! A slash at the end of a path changes nothing: clients write it or leave it out.

use cckm_simulator::family::FAMILIES;
use serde_json::{Value, json};

use crate::client::Client;
use crate::families;

#[test]
fn every_verb_of_every_family_takes_a_slash_at_the_end() {
    for family in FAMILIES {
        let (path, verbs) = (family.path, family.verbs);
        let mut client = Client::admin();
        let (status, job) = client.post(&format!("{path}/"), &families::body(path));
        assert_eq!(status, 201, "{path}: {job}");
        let one = format!("{path}/{}", job["id"].as_str().unwrap());
        assert_eq!(client.get(&format!("{one}/")), client.get(&one));
        let (slash, plain) = (format!("{path}/?skip=0&limit=1"), format!("{path}?limit=1"));
        assert_eq!(client.get(&slash).0 == 200, verbs.list, "{path}");
        if verbs.list {
            assert_eq!(client.get(&slash), client.get(&plain), "{path}");
        }
        let (status, _) = client.post(&format!("{one}/cancel/"), &Value::Null);
        assert_eq!(status == 200, verbs.cancel, "{path}");
        client.later(10_000);
        let (status, _) = client.send("DELETE", &format!("/api/v1/cckm/{one}/"), None);
        assert_eq!(status, if verbs.delete { 204 } else { 405 }, "{path}");
    }
}

#[test]
fn one_slash_is_taken_and_no_more() {
    let mut client = Client::admin();
    let one = "aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0";
    assert_eq!(client.get(&format!("{one}/")).0, 200);
    for path in [
        &format!("{one}//"),
        "aws/bulkjob//",
        "aws/bulkjob/%2F",
        "aws//bulkjob",
    ] {
        assert_eq!(client.get(path).0, 404, "{path}");
    }
}

#[test]
fn paths_of_signing_in_take_it_too() {
    let mut client = Client::admin();
    for path in ["tokens", "self/user", "self/domains"] {
        let [plain, slash] = ["", "/"].map(|end| format!("/api/v1/auth/{path}{end}"));
        assert_eq!(client.send("GET", &slash, None).0, 200, "{path}");
        assert_eq!(
            client.send("GET", &plain, None),
            client.send("GET", &slash, None)
        );
    }
    let revoke = client.send("POST", "/api/v1/auth/revoke/", Some(&json!({})));
    assert_eq!(revoke.0, 400, "it is there, and wants its members");
    assert_eq!(client.send("POST", "/api/v1/auth/logout/", None).0, 204);
}
