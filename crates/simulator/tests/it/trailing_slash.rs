//! A slash at the end of a path changes nothing: clients send paths with and without it.

use cckm_simulator::family::FAMILIES;
use serde_json::{Value, json};

use crate::support::{Client, id, job_body};

#[test]
fn every_verb_of_every_family_accepts_a_trailing_slash() {
    for family in FAMILIES {
        let (path, verbs) = (family.path, family.verbs);
        let mut client = Client::admin();
        let (status, job) = client.post(&format!("{path}/"), &job_body(path));
        assert_eq!(status, 201, "{path}: {job}");
        let one = format!("{path}/{}", id(&job));
        assert_eq!(client.get(&format!("{one}/")), client.get(&one));
        let slash = client.get(&format!("{path}/?skip=0&limit=1"));
        assert_eq!(slash.0 == 200, verbs.list, "{path}");
        if verbs.list {
            assert_eq!(slash, client.get(&format!("{path}?limit=1")), "{path}");
        }
        let (status, _) = client.post(&format!("{one}/cancel/"), &Value::Null);
        assert_eq!(status == 200, verbs.cancel, "{path}");
        client.advance(10_000);
        let status = client.status("DELETE", &format!("/api/v1/cckm/{one}/"));
        assert_eq!(status, if verbs.delete { 204 } else { 405 }, "{path}");
    }
}

#[test]
fn second_trailing_slash_is_404() {
    let mut client = Client::admin();
    let one = "aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0";
    assert_eq!(client.get(&format!("{one}/")).0, 200);
    for path in [&format!("{one}//"), "aws/bulkjob//", "aws/bulkjob/%2F", "aws//bulkjob"] {
        assert_eq!(client.get(path).0, 404, "{path}");
    }
}

#[test]
fn auth_paths_accept_a_trailing_slash() {
    let mut client = Client::admin();
    for path in ["tokens", "self/user", "self/domains"] {
        let [plain, slash] = ["", "/"].map(|end| format!("/api/v1/auth/{path}{end}"));
        assert_eq!(client.read_target(&plain), client.read_target(&slash));
    }
    let revoke = client.send("POST", "/api/v1/auth/revoke/", Some(&json!({})));
    assert_eq!(revoke.0, 400, "the path exists, the members are missing");
    assert_eq!(client.status("POST", "/api/v1/auth/logout/"), 204);
}
