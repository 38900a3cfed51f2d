//! Answers that are not those of the appliance, and successes that are no objects (CONTRACT.md 11.12 to
//! 11.14 and 11.19).

use cckm_simulator::fault::Fault;
use cckm_simulator::message::Response;
use serde_json::{Value, json};

use crate::support::{Client, code, header, job_body, request};

const FAMILY: &str = "aws/bulkjob";
const LIST: &str = "/api/v1/cckm/aws/bulkjob";

fn apply(fault: Fault) -> Response {
    Client::admin_with(fault).raw(request("GET", LIST, ""))
}

fn is_html(response: &Response) -> bool {
    response.body().starts_with(b"<!DOCTYPE html>")
}

#[test]
fn gateway_asks_for_a_password_redirects_or_mislabels_html() {
    let refused = apply(Fault::gateway_sign_in());
    assert_eq!((refused.status().as_u16(), is_html(&refused)), (401, true));
    assert!(header(&refused, "www-authenticate").starts_with("Basic "));
    assert!(header(&refused, "content-type").starts_with("text/html"));
    let redirect = apply(Fault::redirect("https://login.example.org/"));
    assert_eq!(redirect.status(), 302);
    assert_eq!(header(&redirect, "location"), "https://login.example.org/");
    let mislabelled = apply(Fault::html_as_json());
    assert_eq!((mislabelled.status().as_u16(), is_html(&mislabelled)), (200, true));
    assert_eq!(header(&mislabelled, "content-type"), "application/json");
}

#[test]
fn gateway_does_not_process_the_request() {
    let mut client = Client::admin_with(Fault::gateway_sign_in().times(1));
    assert_eq!(client.post(FAMILY, &job_body(FAMILY)).0, 401);
    assert_eq!(client.total(FAMILY), 1);
}

#[test]
fn success_without_an_object_is_processed_and_keeps_its_status() {
    for (fault, body) in [
        (Fault::bare_string("accepted"), r#""accepted""#),
        (Fault::only_message("Refreshing"), r#"{"message":"Refreshing"}"#),
        (Fault::no_body(), ""),
    ] {
        let mut client = Client::admin_with(fault.method("POST"));
        let response = client.raw(request("POST", LIST, job_body(FAMILY).to_string()));
        assert_eq!((response.status().as_u16(), &**response.body()), (201, body.as_bytes()));
        assert_eq!(client.total(FAMILY), 2);
        let (status, error) = client.post(FAMILY, &json!({"keys": 1}));
        assert_eq!((status, error["code"].is_u64()), (400, true), "refusals are unchanged");
    }
}

#[test]
fn refusals_have_the_documented_shape_and_their_message() {
    let (status, error) = Client::admin_with(Fault::no_license("CCKM")).send("GET", LIST, None);
    assert_eq!((status, &error["codeDesc"]), (403, &"NCERRInsufficientPermissions".into()));
    assert_eq!(error["message"], "License not installed yet for feature CCKM");
    let reply = Client::admin_with(Fault::sign_in_failure("Invalid Client")).token(&json!({}));
    assert_eq!(code(&reply), (401, Some(5)));
    assert_eq!(reply.1["message"], "Invalid Client");
    for (status, class) in [(405, "NCERRMethodNotAllowed"), (409, "NCERRConflict")] {
        let (answered, error): (u16, Value) =
            Client::admin_with(Fault::status(status)).send("GET", LIST, None);
        assert_eq!((answered, &error["codeDesc"]), (status, &class.into()));
    }
}
