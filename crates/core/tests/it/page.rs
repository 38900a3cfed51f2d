//! Where the neighbours of a page are: nothing is passed over, nothing is shown twice.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use cckm_core::api::decode;
use cckm_core::job::page::JobPage;
use cckm_core::list::pager::Pager;

/// A server with `total` jobs that gives `most` at a time.
#[derive(Clone, Copy, Debug)]
struct Server {
    total: usize,
    most: usize,
    tells_total: bool,
    /// Whether `limit` in its answer is what it gave rather than what was asked for.
    tells_limit: bool,
}

impl Server {
    /// Every small server, and what may be asked of it.
    fn all() -> impl Iterator<Item = (Self, usize)> {
        (0..13).flat_map(|total| {
            (1..6).flat_map(move |most| {
                [(true, true), (true, false), (false, true)]
                    .into_iter()
                    .flat_map(move |(tells_total, tells_limit)| {
                        let server = Self {
                            total,
                            most,
                            tells_total,
                            tells_limit,
                        };
                        (1..8).map(move |limit| (server, limit))
                    })
            })
        })
    }

    fn answer(self, skip: usize, limit: usize) -> JobPage {
        let given = limit.min(self.most);
        let rows: Vec<String> = (skip..self.total)
            .take(given)
            .map(|n| format!(r#"{{"id":"{n}"}}"#))
            .collect();
        let told = if self.tells_limit { given } else { limit };
        let total = if self.tells_total {
            format!(r#""total":{},"#, self.total)
        } else {
            String::new()
        };
        let body = format!(
            r#"{{"skip":{skip},"limit":{told},{total}"resources":[{}]}}"#,
            rows.join(",")
        );
        decode::job_page(body.as_bytes()).expect("a page")
    }

    fn pager(self, skip: usize, limit: usize) -> Pager {
        Pager::of(&self.answer(skip, limit), skip, limit)
    }

    /// The ids met on the way that `step` leads from `skip`, page by page.
    fn walk(self, skip: usize, limit: usize, step: fn(&Pager) -> Option<usize>) -> Vec<Vec<usize>> {
        let mut pages = Vec::new();
        let mut at = Some(skip);
        while let Some(skip) = at {
            let page = self.answer(skip, limit);
            pages.push(
                page.ids()
                    .iter()
                    .map(|id| id.parse().expect("a number"))
                    .collect(),
            );
            at = step(&Pager::of(&page, skip, limit));
            assert!(
                pages.len() <= 2 * self.total + 2,
                "{self:?} by {limit} leads in a circle"
            );
        }
        pages
    }
}

#[test]
fn walking_on_from_the_first_page_meets_each_job_once() {
    for (server, limit) in Server::all() {
        let pages = server.walk(0, limit, Pager::next);
        let met = pages.concat();
        assert_eq!(
            met,
            (0..server.total).collect::<Vec<_>>(),
            "{server:?} by {limit}"
        );
        // The only empty page is that of an empty list, or one that could not be foreseen.
        let empty = pages.iter().skip(1).filter(|page| page.is_empty()).count();
        assert!(empty == 0 || !server.tells_total, "{server:?} by {limit}");
    }
}

#[test]
fn walking_back_from_anywhere_meets_every_job_before() {
    for (server, limit) in Server::all().filter(|(server, _)| server.tells_limit) {
        for skip in 0..server.total {
            let mut met = server.walk(skip, limit, Pager::previous).concat();
            met.sort_unstable();
            met.dedup();
            let end = server.total.min(skip + limit.min(server.most));
            assert_eq!(
                met,
                (0..end).collect::<Vec<_>>(),
                "{server:?} by {limit} from {skip}"
            );
        }
    }
}

#[test]
fn first_last_and_back_from_past_the_end_lead_where_they_say() {
    for (server, limit) in Server::all() {
        for skip in 0..20 {
            let pager = server.pager(skip, limit);
            let says = format!("{server:?} by {limit} from {skip}: {pager:?}");
            assert_eq!(pager.first(), (skip > 0).then_some(0), "{says}");
            assert_eq!(pager.previous().is_some(), skip > 0, "{says}");
            assert!(
                pager.previous().is_none_or(|previous| previous < skip),
                "{says}"
            );
            assert!(pager.next().is_none_or(|next| next > skip), "{says}");
            let shows_end = skip + pager.shown >= server.total;
            if server.tells_total {
                assert_eq!(pager.next().is_none(), shows_end, "{says}");
                assert_eq!(pager.last().is_none(), shows_end, "{says}");
            }
            if let Some(last) = pager.last().filter(|_| server.tells_limit) {
                let end = server.pager(last, limit);
                assert!(
                    end.shown > 0 && end.next().is_none() && end.last().is_none(),
                    "{says}"
                );
            }
            assert_eq!(
                pager.past_end().is_some(),
                skip > 0 && skip >= server.total,
                "{says}"
            );
            if let Some(back) = pager.past_end() {
                assert!(back < skip, "{says}");
                assert!(
                    server.pager(back, limit).shown > 0 || server.total == 0,
                    "{says}"
                );
            }
        }
    }
}

/// The page that `body` is, asked for with `skip` and `limit`: its range, and the pages at
/// first, previous, next, last and back from past the end.
fn check(body: &str, skip: usize, limit: usize, range: &str, to: [Option<usize>; 5]) {
    let page = decode::job_page(body.as_bytes()).expect("a page");
    let pager = Pager::of(&page, skip, limit);
    assert_eq!(pager.range(), range, "{body:.60}");
    let found = [
        pager.first(),
        pager.previous(),
        pager.next(),
        pager.last(),
        pager.past_end(),
    ];
    assert_eq!(found, to, "{body:.60}");
}

fn body(members: &str, rows: usize) -> String {
    format!(
        r#"{{{members}"resources":[{}]}}"#,
        vec!["{}"; rows].join(",")
    )
}

#[test]
fn the_range_says_what_is_on_screen() {
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
        (
            r#""limit":10,"total":0,"#,
            0,
            40,
            10,
            "0 of 0",
            [Some(0), Some(30), None, None, Some(0)],
        ),
        (
            r#""limit":10,"total":35,"#,
            0,
            40,
            10,
            "0 of 35",
            [Some(0), Some(30), None, None, Some(30)],
        ),
        // No total: a full page may have one behind it.
        (
            "",
            20,
            20,
            20,
            "21–40",
            [Some(0), Some(0), Some(40), None, None],
        ),
        ("", 7, 20, 20, "21–27", [Some(0), Some(0), None, None, None]),
        ("", 0, 20, 20, "0", [Some(0), Some(0), None, None, Some(0)]),
        (r#""total":null,"#, 0, 0, 20, "0", [None; 5]),
        // What the server gave counts, not what was asked for.
        (
            r#""limit":100,"total":250,"#,
            100,
            0,
            1000,
            "1–100 of 250",
            [None, None, Some(100), Some(200), None],
        ),
        // A limit that cannot be one is not believed.
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
        // A page between two, as an address may name it.
        (
            r#""limit":20,"total":45,"#,
            20,
            25,
            20,
            "26–45 of 45",
            [Some(0), Some(5), None, None, None],
        ),
        // A server that gives everything whatever is asked for.
        (
            r#""limit":20,"total":50,"#,
            50,
            0,
            20,
            "1–50 of 50",
            [None; 5],
        ),
    ] {
        check(&body(members, rows), skip, limit, range, to);
    }
}

#[test]
fn no_number_is_too_large() {
    let most = usize::MAX;
    let total = format!(r#""limit":{most},"total":{most},"#);
    let half = most >> 1;
    for (skip, limit) in [(half, 1_000), (half, most), (most - 1, most), (0, most)] {
        let page = decode::job_page(body(&total, 1).as_bytes()).expect("a page");
        let pager = Pager::of(&page, skip, limit);
        assert!(
            pager.range().ends_with("of 18,446,744,073,709,551,615"),
            "{pager:?}"
        );
        assert!(pager.next().is_none_or(|next| next > skip), "{pager:?}");
        assert!(
            pager.previous().is_none_or(|previous| previous < skip),
            "{pager:?}"
        );
    }
}

#[test]
fn a_page_knows_its_ids_and_whether_anything_runs() {
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
        (
            r#"{"id":"a"},{"id":"b","overall_status":"in_progress","abort":true}"#,
            &["a", "b"],
            true,
        ),
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
fn jobs_that_are_counted_and_not_sent_are_told_of() {
    for (body, skip, kept_back) in [
        (r#"{"total":7}"#, 0, Some(7)),
        (r#"{"total":7,"resources":null}"#, 6, Some(7)),
        (r#"{"total":7,"resources":[]}"#, 7, None),
        (r#"{"total":0,"resources":null}"#, 0, None),
        (r#"{"resources":null}"#, 0, None),
        (r#"{"total":7,"resources":[{}]}"#, 0, None),
    ] {
        let page = decode::job_page(body.as_bytes()).expect("a page");
        assert_eq!(Pager::of(&page, skip, 20).kept_back(), kept_back, "{body}");
    }
}
