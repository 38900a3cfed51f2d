//! Errors, CONTRACT.md 7.

use cckm_simulator::http::Request;

use crate::client::Client;

#[test]
fn unknown_ids_and_paths_are_404_in_the_documented_shape() {
    let mut client = Client::admin();
    for path in [
        "aws/bulkjob/nothing",
        "aws/bulkjobs",
        "azure/bulkjob/x",
        "aws",
        "aws/bulkjob/a/b",
        "aws/bulkjob//",
        "aws//bulkjob",
    ] {
        let (status, error) = client.get(path);
        assert_eq!((status, &error["code"]), (404, &16.into()), "{path}");
        assert_eq!(
            error["codeDesc"],
            "NCERRResourceNotFound: Resource not found"
        );
    }
    for path in [
        "/api/v1/nothing",
        "/api/v2/cckm/aws/bulkjob",
        "/api/v1/auth/nothing",
        "/api/",
    ] {
        assert_eq!(client.send("GET", path, None).0, 404, "{path}");
    }
}

#[test]
fn an_encoded_slash_does_not_leave_its_segment() {
    let mut client = Client::admin();
    let id = "e612b64f-6364-48ce-92ec-c6dd608d7ad0";
    assert_eq!(client.get(&format!("aws%2Fbulkjob/{id}")).0, 404);
    assert_eq!(client.get(&format!("aws/bulkjob/{id}%2Fcancel")).0, 404);
    assert_eq!(
        client
            .get("aws/bulkjob/%65612b64f-6364-48ce-92ec-c6dd608d7ad0")
            .0,
        200
    );
}

#[test]
fn only_an_accept_header_that_excludes_json_is_refused() {
    let cases = [
        ("application/json", 200),
        ("*/*", 200),
        ("", 200),
        ("text/html, application/json;q=0.9", 200),
        ("application/*", 200),
        ("text/html", 400),
        ("application/json;q=0", 400),
        ("text/html, image/png;q=0.5", 400),
    ];
    for (accept, status) in cases {
        let mut client = Client::admin();
        let request = Request::new("GET", "/api/v1/cckm/aws/bulkjob").header("Accept", accept);
        let response = client.raw(request);
        assert_eq!(response.status, status, "{accept}");
        if status == 400 {
            let text = String::from_utf8(response.body).unwrap();
            assert!(text.contains("\"code\":15") && text.contains("Accept header is invalid."));
        }
    }
    let bare = Request::new("GET", "/api/v1/cckm/aws/bulkjob");
    assert_eq!(Client::admin().raw(bare).status, 200);
}

#[test]
fn wrong_methods_are_405() {
    let mut client = Client::admin();
    let one = "/api/v1/cckm/aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0";
    assert_eq!(
        client.send("POST", one, None).0,
        405,
        "the documentation's wrong verb"
    );
    assert_eq!(client.send("DELETE", one, None).0, 405);
    assert_eq!(client.send("GET", &format!("{one}/cancel"), None).0, 405);
    assert_eq!(client.send("PUT", "/api/v1/auth/tokens/", None).0, 405);
}
