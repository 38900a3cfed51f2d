//! The position of a page in its list, and the pages beside it: no job is skipped or shown twice.
#![allow(clippy::expect_used)]

use std::collections::HashSet;

use cckm_core::api::decode;
use cckm_core::family::FAMILIES;
use cckm_core::job::page::JobPage;
use cckm_core::list::pager::{Pager, PastEnd};
use cckm_core::route::{DEFAULT_LIMIT, JobListRoute, Route};

/// A server with `total` jobs that sends at max `max` at a time.
#[derive(Clone, Copy, Debug)]
struct Server {
    total: usize,
    max: usize,
    sends_total: bool,
    /// Whether `limit` in its answer is what it sent, not what was requested.
    sends_limit: bool,
}

impl Server {
    /// Every small server, each with every small limit.
    fn all() -> impl Iterator<Item = (Self, usize)> {
        (0..13).flat_map(|total| {
            (1..6).flat_map(move |max| {
                [true, false]
                    .into_iter()
                    .flat_map(|total| [(total, true), (total, false)])
                    .flat_map(move |(sends_total, sends_limit)| {
                        let server = Self { total, max, sends_total, sends_limit };
                        (1..8).map(move |limit| (server, limit))
                    })
            })
        })
    }

    fn answer(self, skip: usize, limit: usize) -> JobPage {
        let sent = limit.min(self.max);
        let rows: Vec<String> =
            (skip..self.total).take(sent).map(|n| format!(r#"{{"id":"{n}"}}"#)).collect();
        let reported = if self.sends_limit { sent } else { limit };
        let total =
            if self.sends_total { format!(r#""total":{},"#, self.total) } else { String::new() };
        let body = format!(
            r#"{{"skip":{skip},"limit":{reported},{total}"resources":[{}]}}"#,
            rows.join(",")
        );
        decode::job_page(body.as_bytes()).expect("a page")
    }

    fn pager(self, skip: usize, limit: usize) -> Pager {
        Pager::new(&self.answer(skip, limit), skip, limit)
    }

    /// The ids on each page that `step` leads to, from the page at `skip` on.
    fn walk(self, skip: usize, limit: usize, step: fn(&Pager) -> Option<usize>) -> Vec<Vec<usize>> {
        let mut pages = Vec::new();
        let mut at = Some(skip);
        while let Some(skip) = at {
            let page = self.answer(skip, limit);
            pages.push(page.ids().iter().map(|id| id.parse().expect("a number")).collect());
            at = step(&Pager::new(&page, skip, limit));
            assert!(pages.len() <= 2 * self.total + 2, "{self:?} by {limit} does not end");
        }
        pages
    }
}

#[test]
fn next_pages_from_the_first_show_each_job_once() {
    for (server, limit) in Server::all() {
        let pages = server.walk(0, limit, Pager::next);
        let ids = pages.concat();
        assert_eq!(ids, (0..server.total).collect::<Vec<_>>(), "{server:?} by {limit}");
        // A page is empty only if the list is, or if no total was known before.
        let empty = pages.iter().skip(1).filter(|page| page.is_empty()).count();
        assert!(empty == 0 || !server.sends_total, "{server:?} by {limit}");
    }
}

#[test]
fn links_to_the_end_and_back_show_every_job_if_the_server_cuts_pages() {
    for (server, limit) in Server::all() {
        let (mut at, mut pages, mut size) = (Some(0), Vec::new(), limit);
        while let Some(skip) = at {
            let pager = server.pager(skip, size);
            pages.push((skip, pager.shown));
            // The address of the next page has the size that the server really sends.
            size = size.min(pager.limit);
            at = pager.next();
        }
        let (mut at, mut back) = (pages.last().map(|(skip, _)| *skip), Vec::new());
        while let Some(skip) = at {
            let pager = server.pager(skip, size);
            back.push((skip, pager.shown));
            at = pager.previous();
        }
        let shown: HashSet<usize> =
            back.into_iter().flat_map(|(skip, shown)| skip..skip + shown).collect();
        assert_eq!(shown.len(), server.total, "{server:?} by {limit}");
    }
}

/// Without a total nothing tells whether a short first page is cut or the whole list.
#[test]
fn size_of_a_page_without_a_total_stays_as_requested() {
    let server = Server { total: 7, max: 20, sends_total: false, sends_limit: false };
    let mut route = Route::JobList(JobListRoute::new(&FAMILIES[0]));
    for (skip, to) in [(0, Pager::next as fn(&Pager) -> _), (7, Pager::previous)] {
        let pager = server.pager(skip, DEFAULT_LIMIT);
        route = route.with_page(to(&pager).expect("a page"), pager.limit);
        let Route::JobList(list) = &route else { panic!("{route:?}") };
        assert_eq!((list.skip, list.limit), (7 - skip, DEFAULT_LIMIT));
    }
}

/// Only a place that no link leads to can hide that the server cuts its pages: a multiple of a size that it never sends.
#[test]
fn previous_pages_from_anywhere_show_every_job_before() {
    for (server, limit) in Server::all() {
        if server.sends_total && !server.sends_limit {
            continue;
        }
        let is_cut = !server.sends_limit && server.max < limit;
        for start in (0..server.total).filter(|skip| !is_cut || skip % limit != 0) {
            let (mut at, mut size, mut shown) = (Some(start), limit, HashSet::new());
            while let Some(skip) = at {
                let pager = server.pager(skip, size);
                shown.extend(skip..skip + pager.shown);
                size = size.min(pager.limit);
                at = pager.previous();
            }
            let end = server.total.min(start + limit.min(server.max));
            assert_eq!(shown, (0..end).collect(), "{server:?} by {limit} from {start}");
        }
    }
}

#[test]
fn first_last_and_past_end_lead_to_pages_with_jobs() {
    for (server, limit) in Server::all() {
        for skip in 0..20 {
            let pager = server.pager(skip, limit);
            let context = format!("{server:?} by {limit} from {skip}: {pager:?}");
            assert_eq!(pager.first(), (skip > 0).then_some(0), "{context}");
            assert_eq!(pager.previous().is_some(), skip > 0, "{context}");
            assert!(pager.previous().is_none_or(|previous| previous < skip), "{context}");
            assert!(pager.next().is_none_or(|next| next > skip), "{context}");
            let shows_end = skip + pager.shown >= server.total;
            if server.sends_total {
                assert_eq!(pager.next().is_none(), shows_end, "{context}");
                assert_eq!(pager.last().is_none(), shows_end, "{context}");
            }
            if let Some(last) = pager.last().filter(|_| server.sends_limit) {
                let end = server.pager(last, limit);
                assert!(end.shown > 0 && end.next().is_none() && end.last().is_none(), "{context}");
            }
            assert_eq!(pager.past_end().is_some(), skip > 0 && skip >= server.total, "{context}");
            if let Some(end) = pager.past_end() {
                assert!(end.skip < skip && end.page > 1, "{context}");
                assert_eq!(end.last_page.is_some(), server.sends_total, "{context}");
                assert!(server.pager(end.skip, limit).shown > 0 || server.total == 0, "{context}");
            }
        }
    }
}

/// Checks the page `body`, requested with `skip` and `limit`: its range, and the `skip` of the first, previous,
/// next and last page and of the page to go to from past the end.
fn check(body: &str, skip: usize, limit: usize, range: &str, to: [Option<usize>; 5]) {
    let page = decode::job_page(body.as_bytes()).expect("a page");
    let pager = Pager::new(&page, skip, limit);
    assert_eq!(pager.range(), range, "{body:.60}");
    let found = [
        pager.first(),
        pager.previous(),
        pager.next(),
        pager.last(),
        pager.past_end().map(|end| end.skip),
    ];
    assert_eq!(found, to, "{body:.60}");
}

fn body(members: &str, rows: usize) -> String {
    format!(r#"{{{members}"resources":[{}]}}"#, vec!["{}"; rows].join(","))
}

#[test]
fn range_and_links_follow_the_answer() {
    for (members, rows, skip, limit, range, to) in [
        (
            r#""limit":20,"total":1234,"#,
            20,
            20,
            20,
            "21–40 of 1,234",
            [Some(0), Some(0), Some(40), Some(1220), None],
        ),
        (
            r#""limit":20,"total":1234,"#,
            20,
            0,
            20,
            "1–20 of 1,234",
            [None, None, Some(20), Some(1220), None],
        ),
        (
            r#""limit":20,"total":1234,"#,
            14,
            1220,
            20,
            "1,221–1,234 of 1,234",
            [Some(0), Some(1200), None, None, None],
        ),
        (r#""limit":10,"total":1,"#, 1, 0, 10, "1–1 of 1", [None; 5]),
        (r#""limit":10,"total":0,"#, 0, 0, 10, "0 of 0", [None; 5]),
        (r#""limit":10,"total":0,"#, 0, 40, 10, "0 of 0", [Some(0), Some(30), None, None, Some(0)]),
        (
            r#""limit":10,"total":35,"#,
            0,
            40,
            10,
            "0 of 35",
            [Some(0), Some(30), None, None, Some(30)],
        ),
        // No total: another page may follow, since servers cut pages silently.
        ("", 20, 20, 20, "21–40", [Some(0), Some(0), Some(40), None, None]),
        ("", 7, 20, 20, "21–27", [Some(0), Some(0), Some(27), None, None]),
        // The server sends 10 at most, which its second page shows.
        ("", 10, 20, 100, "21–30", [Some(0), Some(10), Some(30), None, None]),
        ("", 10, 0, 100, "1–10", [None, None, Some(10), None, None]),
        (r#""limit":100,"#, 10, 0, 100, "1–10", [None, None, Some(10), None, None]),
        // A total that the rows contradict is not used.
        (r#""total":0,"#, 20, 0, 20, "1–20", [None, None, Some(20), None, None]),
        (r#""total":30,"#, 20, 20, 20, "21–40", [Some(0), Some(0), Some(40), None, None]),
        ("", 0, 20, 20, "0", [Some(0), Some(0), None, None, Some(0)]),
        (r#""total":null,"#, 0, 0, 20, "0", [None; 5]),
        // The limit that the server reports counts, not the requested one.
        (
            r#""limit":100,"total":250,"#,
            100,
            0,
            1000,
            "1–100 of 250",
            [None, None, Some(100), Some(200), None],
        ),
        // An impossible limit is ignored.
        (
            r#""limit":0,"total":30,"#,
            10,
            10,
            10,
            "11–20 of 30",
            [Some(0), Some(0), Some(20), Some(20), None],
        ),
        (
            r#""limit":-1,"total":30,"#,
            10,
            10,
            10,
            "11–20 of 30",
            [Some(0), Some(0), Some(20), Some(20), None],
        ),
        // A `skip` that is not a multiple of the limit.
        (
            r#""limit":20,"total":45,"#,
            20,
            25,
            20,
            "26–45 of 45",
            [Some(0), Some(5), None, None, None],
        ),
        // A server that sends everything, whatever the limit.
        (r#""limit":20,"total":50,"#, 50, 0, 20, "1–50 of 50", [None; 5]),
    ] {
        check(&body(members, rows), skip, limit, range, to);
    }
}

#[test]
fn largest_numbers_do_not_overflow() {
    let max = usize::MAX;
    let total = format!(r#""limit":{max},"total":{max},"#);
    let half = max >> 1;
    for (skip, limit) in [(half, 1_000), (half, max), (max - 1, max), (0, max)] {
        let page = decode::job_page(body(&total, 1).as_bytes()).expect("a page");
        let pager = Pager::new(&page, skip, limit);
        assert!(pager.range().ends_with("of 18,446,744,073,709,551,615"), "{pager:?}");
        assert!(pager.next().is_none_or(|next| next > skip), "{pager:?}");
        assert!(pager.previous().is_none_or(|previous| previous < skip), "{pager:?}");
    }
}

#[test]
fn page_has_ids_and_running_jobs() {
    for (rows, ids, running) in [
        (
            r#"{"id":"a","overall_status":"completed"},{"overall_status":"failed"}"#,
            &["a", ""][..],
            false,
        ),
        (
            r#"{"id":7,"overall_status":"paused"},{"id":"","overall_status":null}"#,
            &["7", ""],
            false,
        ),
        (r#"{"id":"a"},{"id":"b","overall_status":"in_progress","abort":true}"#, &["a", "b"], true),
        ("", &[], false),
    ] {
        let page =
            decode::job_page(format!(r#"{{"resources":[{rows}]}}"#).as_bytes()).expect("a page");
        assert_eq!(
            (page.ids(), page.has_running()),
            (ids.iter().map(ToString::to_string).collect(), running)
        );
    }
}

#[test]
fn page_without_the_jobs_of_its_total_is_withheld() {
    for (body, skip, withheld) in [
        (r#"{"total":7}"#, 0, Some(7)),
        (r#"{"total":7,"resources":null}"#, 6, Some(7)),
        (r#"{"total":7,"resources":[]}"#, 7, None),
        (r#"{"total":0,"resources":null}"#, 0, None),
        (r#"{"resources":null}"#, 0, None),
        (r#"{"total":7,"resources":[{}]}"#, 0, None),
    ] {
        let page = decode::job_page(body.as_bytes()).expect("a page");
        assert_eq!(Pager::new(&page, skip, 20).withheld(), withheld, "{body}");
    }
}

#[test]
fn past_end_numbers_pages_from_one() {
    for (total, skip, page, last_page) in [
        (r#""total":35,"#, 40, 5, Some(4)),
        (r#""total":0,"#, 40, 5, Some(1)),
        ("", 40, 5, None),
        (r#""total":40,"#, 45, 6, Some(4)),
    ] {
        let answer = decode::job_page(body(total, 0).as_bytes()).expect("a page");
        let expected =
            PastEnd { page, last_page, skip: last_page.map_or(0, |last| (last - 1) * 10) };
        assert_eq!(Pager::new(&answer, skip, 10).past_end(), Some(expected), "{total} from {skip}");
    }
}
