//! Faults of lists (CONTRACT.md 11.1 to 11.3), and damage to their text.

use cckm_simulator::fault::{Echo, Fault, ListChanges, Total};
use serde_json::{Value, json};

use crate::support::{Client, job_body, request, strings};

const FAMILY: &str = "google/synchronization-jobs";
const LIST: &str = "/api/v1/cckm/google/synchronization-jobs";

/// A client with seven completed jobs, besides the sample, and this fault.
fn with(fault: Fault) -> Client {
    let mut client = Client::admin();
    for _ in 0..7 {
        client.start(FAMILY, &job_body(FAMILY));
        client.advance(1);
    }
    client.advance(3600);
    client.sim.faults.push(fault);
    client
}

fn list(fault: Fault, query: &str) -> Value {
    with(fault).read(&format!("{FAMILY}{query}"))
}

fn count(list: &Value) -> usize {
    list["resources"].as_array().unwrap().len()
}

#[test]
fn short_page_has_fewer_rows_and_the_limit_as_configured() {
    for (echo, limit) in
        [(Echo::Asked, json!(100)), (Echo::Sent, json!(3)), (Echo::Missing, Value::Null)]
    {
        let page = list(Fault::short_pages(3).limit_echo(echo), "?skip=2&limit=100");
        assert_eq!((count(&page), &page["skip"]), (3, &json!(2)));
        assert_eq!((&page["limit"], &page["total"]), (&limit, &json!(8)));
        assert_eq!(page.get("limit").is_none(), echo == Echo::Missing);
    }
}

#[test]
fn short_pages_reach_every_row_by_the_rows_received() {
    let mut client = with(Fault::short_pages(3));
    let all = strings(&client.read(&format!("{FAMILY}?limit=3")), "id");
    let next = strings(&client.read(&format!("{FAMILY}?skip=3&limit=100")), "id");
    assert!(next.iter().all(|id| !all.contains(id)));
}

#[test]
fn total_is_absent_or_wrong() {
    assert!(list(Fault::no_total(), "").get("total").is_none());
    let page = list(Fault::wrong_total(0), "");
    assert_eq!((&page["total"], count(&page)), (&json!(0), 8));
    let page = list(Fault::short_pages(2).total(Total::Missing).limit_echo(Echo::Missing), "");
    assert_eq!(page.as_object().unwrap().len(), 2, "only skip and resources: {page}");
}

#[test]
fn ignored_skip_repeats_the_first_page() {
    for (fault, skip) in [
        (Fault::skip_ignored(), json!(0)),
        (Fault::skip_ignored().skip_echo(Echo::Asked), json!(5)),
        (Fault::skip_ignored().skip_echo(Echo::Missing), Value::Null),
    ] {
        let mut client = with(fault);
        let first = client.ids(&format!("{FAMILY}?limit=5"));
        let page = client.read(&format!("{FAMILY}?skip=5&limit=5"));
        assert_eq!((strings(&page, "id"), &page["skip"]), (first, &skip));
    }
}

#[test]
fn ignored_filter_returns_rows_that_do_not_match() {
    let query = "?overall_status=failed&sort=-createdAt&limit=4";
    let page = list(Fault::filters_ignored(), query);
    let statuses = strings(&page, "overall_status");
    assert_eq!(statuses.len(), 4, "limit is read");
    assert!(statuses.iter().all(|status| status == "completed"));
    let created = strings(&page, "createdAt");
    assert!(created.is_sorted_by(|a, b| a >= b), "sort is read");
}

#[test]
fn foreign_elements_stand_before_the_rows() {
    let page = list(Fault::foreign_rows([Value::Null, json!(7)]), "?limit=2");
    let rows = page["resources"].as_array().unwrap();
    assert_eq!((&rows[0], &rows[1]), (&Value::Null, &json!(7)));
    assert_eq!((rows.len(), rows[2]["id"].is_string()), (4, true));
}

#[test]
fn list_fault_without_changes_keeps_every_byte() {
    let target = format!("{LIST}?skip=1&limit=3&overall_status=completed");
    let mut client = with(Fault::list(ListChanges::default()).times(1));
    let changed = client.raw(request("GET", &target, ""));
    let unchanged = client.raw(request("GET", &target, ""));
    assert_eq!(changed.body(), unchanged.body());
    let mut client = with(Fault::list(ListChanges::default()).path("domain"));
    assert_eq!(client.status("GET", "/api/v1/domain"), 200, "no list");
}

#[test]
fn damaged_text_is_no_valid_json_or_no_utf8() {
    let mut client = with(Fault::lone_surrogate("completed").times(1));
    let escaped = client.raw(request("GET", LIST, ""));
    let text = std::str::from_utf8(escaped.body()).unwrap();
    assert!(text.contains(r#""overall_status":"completed\ud83d""#), "{text}");
    client.sim.faults.push(Fault::invalid_utf8("completed"));
    let invalid = client.raw(request("GET", LIST, ""));
    assert!(std::str::from_utf8(invalid.body()).is_err());
    let length = |response: &cckm_simulator::message::Response| response.body().len();
    assert_eq!(length(&escaped) - length(&invalid), 5 * text.matches("completed\\ud83d").count());
}
