//! Domains as the server lists them, and what the token's is called.
#![allow(clippy::unwrap_used)]

use cckm_core::api::decode;
use cckm_core::session::domains::{Domain, listed, name};

fn read(json: &str) -> Vec<Domain> {
    listed(&decode::job_page(json.as_bytes()).unwrap())
}

fn domain(id: &str, name: &str) -> Domain {
    let (id, name) = (id.to_owned(), name.to_owned());
    Domain { id, name }
}

const ROOT: &str = "00000000-0000-0000-0000-000000000000";

#[test]
fn odd_lists_give_what_can_be_read() {
    assert_eq!(read(r#"{"resources":null}"#), []);
    assert_eq!(read(r#"{"total":0}"#), []);
    assert_eq!(read(r#"{"resources":[{},{"name":null,"id":""}]}"#), []);
    assert_eq!(
        read(r#"{"resources":[{"name":"a"},{"id":"1"},{"name":"b","id":"2","parent":{}}]}"#),
        [domain("", "a"), domain("1", ""), domain("2", "b")]
    );
    for odd in ["[]", "{}", r#"{"resources":"a"}"#, "<html>"] {
        assert!(decode::job_page(odd.as_bytes()).is_err(), "{odd}");
    }
}

#[test]
fn a_domain_is_called_by_its_name_where_it_is_known() {
    let listed = [
        domain(ROOT, "root"),
        domain("5a8d", "emea"),
        domain("77", ""),
    ];
    assert_eq!(name("5a8d", &listed), "emea");
    assert_eq!(name("emea", &listed), "emea", "typed, not told");
    assert_eq!(name("77", &listed), "77");
    assert_eq!(name("99", &listed), "99");
    assert_eq!(name(ROOT, &[]), "root");
    assert_eq!(name("5a8d", &[]), "5a8d");
    assert_eq!(name("", &[domain("", "a")]), "");
    assert!(!domain("", "a").is(""));
}
