//! Errors (CONTRACT.md 7).

use cckm_simulator::http::header::ACCEPT;

use crate::support::{Client, code, request};

const SAMPLE: &str = "/api/v1/cckm/aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0";

#[test]
fn unknown_ids_and_paths_are_404_in_the_documented_shape() {
    let mut client = Client::admin();
    for path in [
        "cckm/aws/bulkjob/nothing",
        "cckm/aws/bulkjobs",
        "cckm/azure/bulkjob/x",
        "cckm/aws",
        "cckm/aws/bulkjob/a/b",
        "cckm/aws/bulkjob//",
        "cckm/aws//bulkjob",
        "nothing",
        "auth/nothing",
        "",
    ] {
        let reply = client.send("GET", &format!("/api/v1/{path}"), None);
        assert_eq!(code(&reply), (404, Some(16)), "{path}");
        assert_eq!(reply.1["codeDesc"], "NCERRResourceNotFound: Resource not found");
    }
    for target in ["/api/v2/cckm/aws/bulkjob", "/api/"] {
        assert_eq!(client.status("GET", target), 404, "{target}");
    }
}

#[test]
fn encoded_slash_stays_in_its_segment() {
    let mut client = Client::admin();
    for (target, status) in [
        ("/api/v1/cckm/aws%2Fbulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0", 404),
        (&*format!("{SAMPLE}%2Fcancel"), 404),
        ("/api/v1/cckm/aws/bulkjob/%65612b64f-6364-48ce-92ec-c6dd608d7ad0", 200),
    ] {
        assert_eq!(client.status("GET", target), status, "{target}");
    }
}

#[test]
fn accept_header_is_refused_only_if_it_excludes_json() {
    let send = |accept: Option<&str>| {
        let mut request = request("GET", "/api/v1/cckm/aws/bulkjob", "");
        if let Some(accept) = accept {
            request.headers_mut().insert(ACCEPT, accept.parse().unwrap());
        }
        Client::admin().raw(request)
    };
    assert_eq!(send(None).status(), 200);
    for accept in
        ["application/json", "*/*", "", "text/html, application/json;q=0.9", "application/*"]
    {
        assert_eq!(send(Some(accept)).status(), 200, "{accept}");
    }
    for accept in ["text/html", "application/json;q=0", "text/html, image/png;q=0.5"] {
        let response = send(Some(accept));
        assert_eq!(response.status(), 400, "{accept}");
        let text = String::from_utf8(response.into_body()).unwrap();
        assert!(text.contains("\"code\":15") && text.contains("Accept header is invalid."));
    }
}

#[test]
fn wrong_method_is_405() {
    let mut client = Client::admin();
    // The first is the documentation's wrong verb.
    for (method, target) in [
        ("POST", SAMPLE),
        ("DELETE", SAMPLE),
        ("GET", &*format!("{SAMPLE}/cancel")),
        ("PUT", "/api/v1/auth/tokens/"),
    ] {
        assert_eq!(client.status(method, target), 405, "{method} {target}");
    }
}
