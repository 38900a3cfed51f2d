//! Domains as the server lists them, and their labels.

use cckm_core::api::decode;
use cckm_core::session::domains::{Domain, domain_label};

fn read(json: &str) -> Vec<Domain> {
    Domain::all(&decode::job_page(json.as_bytes()).unwrap())
}

fn domain(id: &str, name: &str) -> Domain {
    let (id, name) = (id.to_owned(), name.to_owned());
    Domain { id, name }
}

const ROOT: &str = "00000000-0000-0000-0000-000000000000";

#[test]
fn domains_of_an_odd_list_are_those_with_an_id_or_a_name() {
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
fn domain_label_is_the_listed_name_where_known() {
    let listed = [domain(ROOT, "root"), domain("5a8d", "emea"), domain("77", "")];
    assert_eq!(domain_label("5a8d", &listed), "emea");
    assert_eq!(domain_label("emea", &listed), "emea", "typed by the person");
    assert_eq!(domain_label("77", &listed), "77");
    assert_eq!(domain_label("99", &listed), "99");
    assert_eq!(domain_label(ROOT, &[]), "root");
    assert_eq!(domain_label("5a8d", &[]), "5a8d");
    assert_eq!(domain_label("", &[domain("", "a")]), "");
    assert!(!domain("", "a").is_named(""));
}
