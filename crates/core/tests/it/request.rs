//! The requests of the job APIs: the URL of each route.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use cckm_core::api::request::{Method, Request};
use cckm_core::api::requests::{get, list};
use cckm_core::family::{FAMILIES, Family};
use cckm_core::route::{JobListRoute, JobRoute, Route, decode};
use proptest::prelude::*;

/// Asserts that the page at `query` requests `url`, which is relative to `/api/v1/cckm/`.
fn check(query: &str, url: &str) {
    let request = match decode(query).0 {
        Route::JobList(route) => list(&route),
        Route::Job(route) => get(&route),
        other => panic!("{other:?} has more than one request"),
    };
    assert_eq!(request.method, Method::Get, "{query}");
    assert_eq!(request.body, None, "{query}");
    assert_eq!(request.url("/api"), format!("/api/v1/cckm/{url}"), "{query}");
}

#[test]
fn request_has_the_parameters_of_its_route() {
    for (query, url) in [
        ("?jobs=aws/synchronization-jobs", "aws/synchronization-jobs?skip=0&limit=20"),
        ("?jobs=aws/bulkjob&skip=10&limit=10", "aws/bulkjob?sort=-createdAt&skip=10&limit=10"),
        // `sort` is sent only if it is documented.
        (
            "?jobs=aws/synchronization-jobs&sort=createdAt",
            "aws/synchronization-jobs?skip=0&limit=20",
        ),
        (
            "?jobs=azure/bulkjobs&sort=overall_status,-updatedAt",
            "azure/bulkjobs?sort=overall_status%2C-updatedAt&skip=0&limit=20",
        ),
        // An array filter repeats its parameter. Commas do not separate values.
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
        // The parameters of the item view are not sent.
        ("?job=azure/bulkjobs/x&search=y&order=name", "azure/bulkjobs/x"),
    ] {
        check(query, url);
    }
}

#[test]
fn id_stays_one_path_segment() {
    for (id, segment) in [
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
            let path = format!("{}/{segment}", family.api_path());
            assert_eq!(request.path, path, "{id}");
            assert!(request == Request::get(path), "{id}");
        }
    }
}

#[test]
fn url_is_joined_to_any_form_of_base() {
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
    fn encoded_id_decodes_to_the_same_id(id in any::<String>()) {
        let family = Family::by_path("aws/bulkjob").expect("a family");
        let path = get(&JobRoute::new(family, id.clone())).path;
        let segment = path.strip_prefix("v1/cckm/aws/bulkjob/").expect("a path of the family");
        let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"%*-._".contains(&byte);
        prop_assert!(segment.bytes().all(is_safe), "{}", segment);
        let query = format!("id={segment}");
        let read: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
        prop_assert_eq!(&read[0].1, &id);
    }

    #[test]
    fn encoded_filter_decodes_to_the_same_values(value in ".+") {
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
