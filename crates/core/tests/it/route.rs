//! The URL codec: decoding never fails, encoded routes decode to the same route, and unusable parts are reported.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use cckm_core::family::{FAMILIES, Family};
use cckm_core::route::{JobListRoute, JobRoute, JobTab, MAX_LIMIT, Route, decode, encode};

/// Asserts that `query` decodes to the route of `address`, with notices that contain `notices`, one each and in order.
fn check(query: &str, address: &str, notices: &[&str]) {
    let (route, received) = decode(query);
    assert_eq!(encode(&route), address, "the address of {query}");
    assert_eq!(received.len(), notices.len(), "notices of {query}: {received:?}");
    for (notice, expected) in received.iter().zip(notices) {
        assert!(notice.contains(expected), "{query}: {notice:?} lacks {expected:?}");
    }
    assert_eq!(decode(address), (route, Vec::new()), "{address} decoded again");
}

const HOME: &str = "?jobs=all";
const LIST: &str = "?jobs=aws/synchronization-jobs";

#[test]
fn usable_query_decodes_without_notices() {
    for (query, address) in [
        ("", HOME),
        ("?", HOME),
        ("&&", HOME),
        ("jobs=aws/bulkjob", "?jobs=aws/bulkjob"),
        ("?jobs=aws/bulkjob&skip=10", "?jobs=aws/bulkjob&skip=10"),
        ("?jobs=aws%2Fbulkjob&skip=10", "?jobs=aws/bulkjob&skip=10"),
        ("?jobs=aws%2fbulkjob", "?jobs=aws/bulkjob"),
        ("?jobs=/aws/bulkjob/", "?jobs=aws/bulkjob"),
        ("?%6Aobs=aws/bulkjob&%73kip=10", "?jobs=aws/bulkjob&skip=10"),
        ("?job=aws/bulkjob/e6-4f", "?job=aws/bulkjob/e6-4f"),
        ("?job=aws%2Fbulkjob%2Fe6-4f", "?job=aws/bulkjob/e6-4f"),
        ("?job=/aws/bulkjob/e6-4f", "?job=aws/bulkjob/e6-4f"),
        ("?limit=50&skip=100&jobs=azure/bulkjobs", "?jobs=azure/bulkjobs&skip=100&limit=50"),
        // Defaults and empty values are omitted.
        ("?skip=0", HOME),
        ("?jobs=aws/synchronization-jobs&skip=0&limit=20", LIST),
        ("?jobs=aws/bulkjob&sort=-createdAt", "?jobs=aws/bulkjob"),
        ("?jobs=aws/bulkjob&sort=&id=&overall_status=", "?jobs=aws/bulkjob"),
        ("?job=aws/bulkjob/x&search=&order=received", "?job=aws/bulkjob/x"),
        // Filters are in the order of the family, their values in the order of the query.
        (
            "?jobs=google/synchronization-jobs&id=x&key_rings=b&overall_status=failed&key_rings=a",
            "?jobs=google/synchronization-jobs&overall_status=failed&key_rings=b&key_rings=a&id=x",
        ),
        (
            "?jobs=aws/bulkjob&sort=overall_status,-updatedAt",
            "?jobs=aws/bulkjob&sort=overall_status%2C-updatedAt",
        ),
        // An unknown status is a valid filter.
        ("?outcome=partly-failed", "?jobs=all&outcome=partly-failed"),
        ("?outcome=failures&skip=20", "?jobs=all&outcome=failures&skip=20"),
        ("?overall_status=error", "?jobs=all&outcome=failed"),
        ("?overall_status=in_progress&cloud=AWS", "?jobs=all&cloud=AWS&outcome=running"),
        (
            "?jobs=all&cloud=AWS&kind=key+synchronizations&outcome=stuck&kms=b&kms=a",
            "?jobs=all&cloud=AWS&kind=key+synchronizations&outcome=stuck&kms=b&kms=a",
        ),
        ("?skip=40&kind=refreshes&cloud=DSM", "?jobs=all&cloud=DSM&kind=refreshes&skip=40"),
        // A family that the table lacks is valid.
        ("?jobs=aws/bulkjobs&skip=10", "?jobs=aws/bulkjobs&skip=10"),
        ("?jobs=AWS/bulkjob", "?jobs=AWS/bulkjob"),
        ("?jobs=/aws/bulkjobs/", "?jobs=aws/bulkjobs"),
        ("?job=aws/bulkjobs/x", "?job=aws/bulkjobs/x"),
        ("?job=aws/new-jobs/a%252Fb%2525", "?job=aws/new-jobs/a%252Fb%2525"),
        (
            "?job=aws/bulkjob/x&show=failed&order=-name&search=eu+west",
            "?job=aws/bulkjob/x&search=eu+west&show=failed&order=-name",
        ),
        ("?job=aws/bulkjob/x&show=problems", "?job=aws/bulkjob/x&show=problems"),
        ("?job=aws/bulkjob/x&order=name&cause=a.b", "?job=aws/bulkjob/x&cause=a.b&order=name"),
        ("?job=aws/bulkjob/x&cause=", "?job=aws/bulkjob/x"),
        ("?job=aws/bulkjob/x&text=", "?job=aws/bulkjob/x&text="),
        // Hostile text is preserved.
        ("?job=aws/bulkjob/a%00b%0A", "?job=aws/bulkjob/a%00b%0A"),
        ("?job=aws/bulkjob/__proto__", "?job=aws/bulkjob/__proto__"),
        ("?job=aws/bulkjob/%", "?job=aws/bulkjob/%25"),
        ("?job=aws/bulkjob/%zz%2", "?job=aws/bulkjob/%25zz%252"),
        ("?job=aws/bulkjob/%ff", "?job=aws/bulkjob/%EF%BF%BD"),
        ("?job=aws/bulkjob/%F0%9F%94%91", "?job=aws/bulkjob/%F0%9F%94%91"),
        ("?job=aws/bulkjob/x&search=\u{202e}\u{5d0}", "?job=aws/bulkjob/x&search=%E2%80%AE%D7%90"),
        ("?job=aws/bulkjob/a=b==", "?job=aws/bulkjob/a%3Db%3D%3D"),
    ] {
        check(query, address, &[]);
    }
}

#[test]
fn unusable_parts_are_replaced_by_defaults_and_reported() {
    let largest = usize::MAX >> 1;
    let capped = format!("{HOME}&skip={largest}");
    let max_limit = format!("{LIST}&limit={MAX_LIMIT}");
    let deep = format!("?jobs={}", ["part"; 9].join("/"));
    let long = format!("?jobs={}", "p".repeat(101));
    for (query, address, notices) in [
        ("?jobs=aws/../bulkjobs&skip=10", HOME, &["aws/../bulkjobs"][..]),
        ("?jobs=aws/./x", HOME, &["aws/./x"]),
        ("?jobs=aws//x", HOME, &["aws//x"]),
        ("?jobs=aws/new jobs", HOME, &["aws/new jobs"]),
        ("?jobs=aws/%252e", HOME, &["aws/%2e"]),
        ("?jobs=aws/é", HOME, &["aws/é"]),
        ("?jobs=x?y", HOME, &["x?y"]),
        ("?jobs=/all", HOME, &["/all"]),
        (&deep, HOME, &["part/part"]),
        (&long, HOME, &["pppp"]),
        ("?jobs=", HOME, &["not a kind of job"]),
        ("?job=aws/bulkjob", HOME, &["aws/bulkjob"]),
        ("?job=aws/bulkjob/", HOME, &["names no job"]),
        ("?job=aws/bulkjob/.", HOME, &["names no job"]),
        ("?job=aws/bulkjob/%2e%2E", HOME, &["names no job"]),
        ("?job=aws/new-jobs/..", HOME, &["names no job"]),
        ("?job=all/x", HOME, &["all/x"]),
        ("?job=__proto__&skip=1", HOME, &["__proto__"]),
        ("?skip=-1", HOME, &["skip=“-1”"]),
        ("?skip=1.5", HOME, &["skip=“1.5”"]),
        ("?skip=", HOME, &["skip=“”"]),
        ("?skip=ten&limit=ten", HOME, &["skip=“ten”", "“limit” has no meaning"]),
        ("?jobs=aws/synchronization-jobs&skip=ten&limit=ten", LIST, &["skip=“ten”", "20 is used"]),
        ("?skip=99999999999999999999999", HOME, &["skip"]),
        ("?skip=18446744073709551615", &capped, &["too large"]),
        ("?jobs=aws/synchronization-jobs&limit=0", LIST, &["limit=“0”"]),
        ("?jobs=aws/synchronization-jobs&limit=-1", LIST, &["limit=“-1”"]),
        (
            "?jobs=aws/synchronization-jobs&limit=1001",
            &max_limit,
            &["limit=1001 is too large; 1000"],
        ),
        ("?jobs=aws/synchronization-jobs&sort=createdAt", LIST, &["does not sort AWS key"]),
        ("?jobs=aws/bulkjob&sort=a%20b", "?jobs=aws/bulkjob", &["sort=“a b”"]),
        ("?jobs=aws/bulkjob&sort=-", "?jobs=aws/bulkjob", &["sort"]),
        ("?jobs=aws/bulkjob&sort=a,", "?jobs=aws/bulkjob", &["sort"]),
        (
            "?jobs=azure/bulkjobs&kms=a&kms=b",
            "?jobs=azure/bulkjobs",
            &["“kms” has no meaning", "“kms” has no meaning"],
        ),
        ("?__proto__=x&%00", HOME, &["__proto__", "\0"]),
        ("?job=aws/bulkjob/x&show=all", "?job=aws/bulkjob/x", &["show=“all”"]),
        ("?job=aws/bulkjob/x&order=size", "?job=aws/bulkjob/x", &["order=“size”"]),
        (
            "?job=aws/bulkjob/x&jobs=aws/bulkjob&skip=2",
            "?job=aws/bulkjob/x",
            &["“jobs” has no meaning", "“skip” has no meaning"],
        ),
        (
            "?job=aws/bulkjob/x&text=Success&show=failed",
            "?job=aws/bulkjob/x&text=Success",
            &["“show”"],
        ),
        (
            "?job=aws/bulkjob/x&cause=no-result&show=problems",
            "?job=aws/bulkjob/x&cause=no-result",
            &["“show”"],
        ),
    ] {
        check(query, address, notices);
    }
}

#[test]
fn repeated_parameter_counts_first_and_is_reported() {
    for (query, address) in [
        ("?outcome=failed&outcome=ok", "?jobs=all&outcome=failed"),
        ("?skip=20&skip=40", "?jobs=all&skip=20"),
        (
            "?jobs=aws/synchronization-jobs&limit=50&limit=50",
            "?jobs=aws/synchronization-jobs&limit=50",
        ),
        ("?jobs=aws/bulkjob&jobs=azure/bulkjobs", "?jobs=aws/bulkjob"),
        ("?job=aws/bulkjob/a&job=aws/bulkjob/b", "?job=aws/bulkjob/a"),
        ("?job=aws/bulkjob/a&search=x&search=y", "?job=aws/bulkjob/a&search=x"),
    ] {
        check(query, address, &["more than once"]);
    }
}

#[test]
fn id_of_any_text_except_dot_segments_is_preserved() {
    let long = "é".repeat(100_000);
    for id in [
        "e612b64f-6364-48ce-92ec-c6dd608d7ad0",
        "a/b",
        "/a",
        "a/",
        "//",
        "../x",
        "./x",
        "...",
        "a/..",
        "x y",
        "x+y",
        "%",
        "%2F",
        "%2e",
        "?",
        "a?b=c",
        "#",
        "a&b",
        "a;b",
        "a=b",
        "\"'<>`",
        "\\",
        "\0",
        "\u{7f}",
        "\u{feff}",
        "ключ",
        "🔑",
        "\u{202e}x",
        "constructor",
        "__proto__",
        &long,
    ] {
        let other = Family::resolve("new/jobs").unwrap();
        for family in FAMILIES.iter().chain([other]) {
            let route = Route::Job(JobRoute::new(family, id));
            assert_eq!(decode(&encode(&route)), (route, Vec::new()), "{id}");
        }
    }
    for id in ["", ".", ".."] {
        let (route, notices) = decode(&encode(&Route::Job(JobRoute::new(&FAMILIES[0], id))));
        assert_eq!((route, notices.len()), (Route::default(), 1), "{id}");
    }
}

#[test]
fn job_of_a_path_only_with_an_id() {
    let of = |path| JobRoute::of_path(path).map(|job| (job.family.path, job.id));
    assert_eq!(of("aws/bulkjob/e6-4f"), Some(("aws/bulkjob", "e6-4f".to_owned())));
    assert_eq!(of("/aws/bulkjob/e6/4f"), Some(("aws/bulkjob", "e6/4f".to_owned())));
    assert_eq!(of("aws/new/a%2Fb"), Some(("aws/new", "a/b".to_owned())));
    for path in ["", "aws", "aws/bulkjob", "aws/bulkjob/", "aws/bulkjob/.", "aws/bulkjob/.."] {
        assert_eq!(of(path), None, "{path}");
    }
}

#[test]
fn filter_change_leaves_other_filters_unchanged() {
    let values = |values: &[&str]| values.iter().map(|&v| v.to_owned()).collect::<Vec<_>>();
    let list =
        JobListRoute::new(Family::by_path("google/synchronization-jobs").unwrap()).with_skip(40);
    let set = list.with_filter("key_rings", &values(&["a", "", "b"]));
    let both = set.with_skip(20).with_filter("overall_status", &values(&["failed"]));
    assert_eq!(both.filter_values("key_rings").collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(
        encode(&Route::JobList(both.clone())),
        "?jobs=google/synchronization-jobs&overall_status=failed&key_rings=a&key_rings=b"
    );
    let removed = both.with_filter("key_rings", &[]).with_filter("overall_status", &[]);
    assert_eq!(removed, list.with_skip(0));
    assert_eq!(both.with_filter("kms", &values(&["x"])), both, "no such filter");
}

#[test]
fn sort_is_encoded_only_if_the_server_sorts() {
    for family in &FAMILIES {
        let sort = "overall_status".to_owned();
        let route = JobListRoute { sort, ..JobListRoute::new(family) };
        let sorted = encode(&Route::JobList(route)).contains("sort=");
        assert_eq!(sorted, family.can_sort(), "{}", family.path);
    }
}

#[test]
fn query_of_a_million_characters_is_decoded() {
    for piece in ["a", "%", "&", "=", "skip=1&", "job=aws/bulkjob/", "%F0%9F%94%91", "\u{202e}"] {
        let (route, _) = decode(&piece.repeat(1_000_000 / piece.len()));
        assert_eq!(decode(&encode(&route)).0, route, "{piece} many times");
    }
}

/// Limits keep a huge generated address as cheap as a normal one.
#[test]
fn values_and_notices_above_the_limit_are_dropped() {
    let address = |count: usize| {
        let values = (0..count).map(|at| format!("&kms={at}"));
        format!("?jobs=aws/synchronization-jobs{}", values.collect::<String>())
    };
    let (Route::JobList(list), notices) = decode(&address(100)) else { panic!("a list") };
    assert_eq!((list.filter_values("kms").count(), notices.len()), (100, 0));
    let (Route::JobList(list), notices) = decode(&address(10_000)) else { panic!("a list") };
    assert_eq!(list.filter_values("kms").collect::<Vec<_>>()[99], "99");
    assert_eq!(notices, ["kms has too many values; the first 100 are used"]);
    let unknown: Vec<String> = (0..10_000).map(|at| format!("p{at}=1")).collect();
    let (_, notices) = decode(&format!("?jobs=aws/bulkjob&{}", unknown.join("&")));
    assert_eq!((notices.len(), &*notices[20]), (21, "and more"));
}

#[test]
fn address_of_items_selects_the_list_and_names_the_cause_of_a_retry() {
    for (query, tab) in [
        ("?job=aws/bulkjob/x", None),
        ("?job=aws/bulkjob/x&show=failed", Some(JobTab::Items)),
        ("?job=aws/bulkjob/x&tab=details&show=failed", Some(JobTab::Details)),
        ("?job=aws/bulkjob/x&tab=problems", Some(JobTab::Problems)),
    ] {
        let (Route::Job(route), notices) = decode(query) else { panic!("{query} names a job") };
        assert_eq!((route.selected_tab(), notices.len()), (tab, 0), "{query}");
    }
    let (_, notices) = decode("?job=aws/bulkjob/x&tab=purple");
    assert_eq!(notices, ["tab=“purple” is not known; the usual one is shown"]);
    for query in [
        "?start=aws/bulkjob&from=x&only=failed&cause=a.1",
        "?batch=repeat&from=aws/synchronization-jobs/x&cause=a.1",
    ] {
        let (route, notices) = decode(query);
        assert_eq!((encode(&route).as_str(), notices.len()), (query, 0));
    }
    // A cause selects problems, and without a job there are none.
    for query in ["?start=aws/bulkjob&from=x&cause=a.1", "?batch=new&cause=a.1"] {
        assert_eq!(decode(query).1.len(), 1, "{query}");
    }
}
