//! The requests of the job APIs: what goes over the wire for a route.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use cckm_core::api::request::{Method, Request};
use cckm_core::api::requests::{get, list};
use cckm_core::family::{FAMILIES, Family};
use cckm_core::route::{JobListRoute, JobRoute, Route, decode};
use proptest::prelude::*;

/// The request that the page at `query` makes must go to `url`, below `/api/`.
fn check(query: &str, url: &str) {
    let request = match decode(query).0 {
        Route::JobList(route) => list(&route),
        Route::Job(route) => get(&route),
        other => panic!("{other:?} asks for no one thing"),
    };
    assert_eq!(request.method, Method::Get, "{query}");
    assert_eq!(request.body, None, "{query}");
    assert_eq!(request.url("/api"), format!("/api/v1/cckm/{url}"), "{query}");
}

#[test]
fn a_route_asks_for_what_it_shows() {
    for (query, url) in [
        ("?jobs=aws/synchronization-jobs", "aws/synchronization-jobs?skip=0&limit=20"),
        ("?jobs=aws/bulkjob&skip=10&limit=10", "aws/bulkjob?sort=-createdAt&skip=10&limit=10"),
        // Sorting only where it is documented.
        (
            "?jobs=aws/synchronization-jobs&sort=createdAt",
            "aws/synchronization-jobs?skip=0&limit=20",
        ),
        (
            "?jobs=azure/bulkjobs&sort=overall_status,-updatedAt",
            "azure/bulkjobs?sort=overall_status%2C-updatedAt&skip=0&limit=20",
        ),
        // An array filter repeats its parameter; commas in it are its own.
        (
            "?jobs=aws/synchronization-jobs&kms=a,b&kms=c+d&overall_status=in_progress",
            "aws/synchronization-jobs?overall_status=in_progress&kms=a%2Cb&kms=c+d&skip=0&limit=20",
        ),
        (
            "?jobs=google/synchronization-jobs&key_rings=projects/p/keyRings/r&id=%26skip%3D9",
            "google/synchronization-jobs?key_rings=projects%2Fp%2FkeyRings%2Fr&id=%26skip%3D9\
             &sort=-createdAt&skip=0&limit=20",
        ),
        ("?job=aws/bulkjob/e6-4f", "aws/bulkjob/e6-4f"),
        (
            "?job=google/update-all-versions-jobs/778a1024?show=failed",
            "google/update-all-versions-jobs/778a1024%3Fshow%3Dfailed",
        ),
        // How items are shown is none of the server's business.
        ("?job=azure/bulkjobs/x&search=y&order=name", "azure/bulkjobs/x"),
    ] {
        check(query, url);
    }
}

#[test]
fn an_id_stays_one_step_of_the_path() {
    for (id, step) in [
        ("a/b", "a%2Fb"),
        ("../../auth/tokens", "..%2F..%2Fauth%2Ftokens"),
        ("/..", "%2F.."),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("%2e%2e", "%252e%252e"),
        ("100%", "100%25"),
        ("x?skip=1", "x%3Fskip%3D1"),
        ("x#y", "x%23y"),
        ("x;y&z", "x%3By%26z"),
        ("\\..\\", "%5C..%5C"),
        ("\0\n", "%00%0A"),
        ("é🔑", "%C3%A9%F0%9F%94%91"),
    ] {
        for family in &FAMILIES {
            let request = get(&JobRoute::new(family, id));
            let path = format!("{}/{step}", family.api_path());
            assert_eq!(request.path, path, "{id}");
            assert!(request == Request::get(path), "{id} alone");
        }
    }
}

#[test]
fn the_base_may_end_in_a_slash_and_name_a_host() {
    let request = Request::get("v1/cckm/aws/bulkjob/x");
    for (base, url) in [
        ("/api", "/api/v1/cckm/aws/bulkjob/x"),
        ("/api/", "/api/v1/cckm/aws/bulkjob/x"),
        ("https://cm.example/api//", "https://cm.example/api/v1/cckm/aws/bulkjob/x"),
        ("", "/v1/cckm/aws/bulkjob/x"),
    ] {
        assert_eq!(request.url(base), url, "{base}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_server_reads_the_id_that_was_meant(id in any::<String>()) {
        let family = Family::by_path("aws/bulkjob").expect("a family");
        let path = get(&JobRoute::new(family, id.clone())).path;
        let step = path.strip_prefix("v1/cckm/aws/bulkjob/").expect("below the family");
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"%*-._".contains(&byte);
        prop_assert!(step.bytes().all(safe), "{}", step);
        let query = format!("id={step}");
        let read: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
        prop_assert_eq!(&read[0].1, &id);
    }

    #[test]
    fn the_server_reads_the_filter_that_was_meant(value in ".+") {
        let family = Family::by_path("google/synchronization-jobs").expect("a family");
        let route = JobListRoute::new(family).with_filter("key_rings", &[value.clone(), "b".into()]);
        let url = list(&route).url("/api");
        let (_, query) = url.split_once('?').expect("a query");
        let read: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        prop_assert_eq!(read, [
            pair("key_rings", &value), pair("key_rings", "b"),
            pair("sort", "-createdAt"), pair("skip", "0"), pair("limit", "20"),
        ]);
    }
}
