//! The address: reading never fails, what was written reads back the same, and what could not be
//! used is told.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use cckm_core::family::{FAMILIES, Family};
use cckm_core::route::{JobListRoute, JobRoute, MAX_LIMIT, Route, decode, encode};

/// Reads `query`, which must lead to `address` with one notice for each of `notices`, in order,
/// that holds its words.
fn check(query: &str, address: &str, notices: &[&str]) {
    let (route, told) = decode(query);
    assert_eq!(encode(&route), address, "the address of {query}");
    assert_eq!(told.len(), notices.len(), "notices of {query}: {told:?}");
    for (notice, words) in told.iter().zip(notices) {
        assert!(notice.contains(words), "{query} tells {notice:?}, not {words:?}");
    }
    assert_eq!(decode(address), (route, Vec::new()), "{address} read again");
}

const HOME: &str = "?jobs=all";
const LIST: &str = "?jobs=aws/synchronization-jobs";

#[test]
fn what_can_be_used_is_used_in_silence() {
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
        // What is usual is left out, what is empty is none.
        ("?skip=0", HOME),
        ("?jobs=aws/synchronization-jobs&skip=0&limit=20", LIST),
        ("?jobs=aws/bulkjob&sort=-createdAt", "?jobs=aws/bulkjob"),
        ("?jobs=aws/bulkjob&sort=&id=&overall_status=", "?jobs=aws/bulkjob"),
        ("?job=aws/bulkjob/x&search=&order=received", "?job=aws/bulkjob/x"),
        // Filters stand in the order of the family, their values in the order given.
        (
            "?jobs=google/synchronization-jobs&id=x&key_rings=b&overall_status=failed&key_rings=a",
            "?jobs=google/synchronization-jobs&overall_status=failed&key_rings=b&key_rings=a&id=x",
        ),
        (
            "?jobs=aws/bulkjob&sort=overall_status,-updatedAt",
            "?jobs=aws/bulkjob&sort=overall_status%2C-updatedAt",
        ),
        // A status that nobody knows may be asked for.
        ("?overall_status=cancelled", "?jobs=all&overall_status=cancelled"),
        ("?skip=40&kind=refreshes&cloud=DSM", "?jobs=all&cloud=DSM&kind=refreshes&skip=40"),
        // What the table lacks is a kind all the same.
        ("?jobs=aws/bulkjobs&skip=10", "?jobs=aws/bulkjobs&skip=10"),
        ("?jobs=AWS/bulkjob", "?jobs=AWS/bulkjob"),
        ("?jobs=/aws/bulkjobs/", "?jobs=aws/bulkjobs"),
        ("?job=aws/bulkjobs/x", "?job=aws/bulkjobs/x"),
        ("?job=aws/new-jobs/a%252Fb%2525", "?job=aws/new-jobs/a%252Fb%2525"),
        (
            "?job=aws/bulkjob/x&show=failed&order=-name&search=eu+west",
            "?job=aws/bulkjob/x&search=eu+west&show=failed&order=-name",
        ),
        ("?job=aws/bulkjob/x&text=", "?job=aws/bulkjob/x&text="),
        // Of hostile text nothing is lost.
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
fn what_cannot_be_used_falls_back_and_is_told() {
    let largest = usize::MAX >> 1;
    let capped = format!("{HOME}&skip={largest}");
    let most = format!("{LIST}&limit={MAX_LIMIT}");
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
        ("?jobs=aws/synchronization-jobs&limit=1001", &most, &["limit=1001 is too large; 1000"]),
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
    ] {
        check(query, address, notices);
    }
}

#[test]
fn of_a_repeated_parameter_the_first_counts_and_the_rest_is_told_of() {
    for (query, address) in [
        ("?overall_status=failed&overall_status=completed", "?jobs=all&overall_status=failed"),
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
fn an_id_may_hold_anything_but_steps_in_a_path() {
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
        let (route, told) = decode(&encode(&Route::Job(JobRoute::new(&FAMILIES[0], id))));
        assert_eq!((route, told.len()), (Route::default(), 1), "{id}");
    }
}

#[test]
fn a_filter_is_set_replaced_and_removed_without_touching_the_others() {
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
fn a_sort_without_meaning_is_no_other_address() {
    for family in &FAMILIES {
        let sort = "overall_status".to_owned();
        let route = JobListRoute { sort, ..JobListRoute::new(family) };
        let sorted = encode(&Route::JobList(route)).contains("sort=");
        assert_eq!(sorted, family.can_sort(), "{}", family.path);
    }
}

#[test]
fn text_of_a_million_characters_is_read() {
    for piece in ["a", "%", "&", "=", "skip=1&", "job=aws/bulkjob/", "%F0%9F%94%91", "\u{202e}"] {
        let (route, _) = decode(&piece.repeat(1_000_000 / piece.len()));
        assert_eq!(decode(&encode(&route)).0, route, "{piece} many times");
    }
}

/// An address as long as a program can make it costs no more than one that a person reads.
#[test]
fn of_too_many_values_the_first_are_used() {
    let address = |count: usize| {
        let values = (0..count).map(|at| format!("&kms={at}"));
        format!("?jobs=aws/synchronization-jobs{}", values.collect::<String>())
    };
    let (Route::JobList(list), told) = decode(&address(100)) else { panic!("a list") };
    assert_eq!((list.filter_values("kms").count(), told.len()), (100, 0));
    let (Route::JobList(list), told) = decode(&address(10_000)) else { panic!("a list") };
    assert_eq!(list.filter_values("kms").collect::<Vec<_>>()[99], "99");
    assert_eq!(told, ["kms has too many values; the first 100 are used"]);
    let strangers: Vec<String> = (0..10_000).map(|at| format!("p{at}=1")).collect();
    let strangers = strangers.join("&");
    let (_, told) = decode(&format!("?jobs=aws/bulkjob&{strangers}"));
    assert_eq!((told.len(), &*told[20]), (21, "and more"));
}
