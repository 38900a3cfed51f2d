//! All jobs of all families in one list: in the order of sorting them all at once, page by page.
#![allow(clippy::unwrap_used)]

use std::cmp::Reverse;

use cckm_core::api::decode;
use cckm_core::family::{FAMILIES, Family};
use cckm_core::job::page::JobPage;
use cckm_core::list::merge::{Ask, Growth, LEAST, MOST, Merge};
use proptest::prelude::*;

/// A job on the server: when it was created, in seconds, and its id.
type Row = (i64, String);

/// The lists of the server, in the order in which it has them.
struct Server {
    families: Vec<&'static Family>,
    lists: Vec<Vec<Row>>,
}

impl Server {
    /// `count` jobs of each of twelve families; the times are `spread` seconds wide, so that some
    /// are equal.
    fn new(count: usize, spread: i64, seed: i64) -> Self {
        let families: Vec<_> = FAMILIES
            .iter()
            .filter(|family| family.list.is_some())
            .take(12)
            .collect();
        let lists = families.iter().enumerate().map(|(family, _)| {
            let rows = (0_i64..).take(count).map(|at| {
                let time =
                    (at * 7_919 + seed * 104_729 + 31 * i64::try_from(family).unwrap()) % spread;
                (time, format!("job {family} {at}"))
            });
            rows.collect()
        });
        Self {
            lists: lists.collect(),
            families,
        }
    }

    fn answer(&self, ask: &Ask) -> JobPage {
        let mut rows: Vec<&Row> = self.lists[ask.source].iter().collect();
        if ask.sorted {
            // Of equal times in an order of its own.
            rows.sort_by_key(|(time, id)| Reverse((*time, id.clone())));
        }
        let jobs = rows
            .into_iter()
            .skip(ask.skip)
            .take(ask.limit)
            .map(|(time, id)| {
                let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
                let status = if time % 3 == 0 { "failed" } else { "completed" };
                format!(
                    r#"{{"id":"{id}","createdAt":"2026-11-21T{hour:02}:{minute:02}:{second:02}Z","overall_status":"{status}"}}"#
                )
            });
        let (jobs, total) = (
            jobs.collect::<Vec<_>>().join(","),
            self.lists[ask.source].len(),
        );
        decode::job_page(format!(r#"{{"total":{total},"resources":[{jobs}]}}"#).as_bytes()).unwrap()
    }

    /// All ids, sorted at once.
    fn sorted(&self) -> Vec<String> {
        let rows = self.lists.iter().enumerate().flat_map(|(at, rows)| {
            rows.iter()
                .map(move |(time, id)| (Reverse(*time), at, id.clone()))
        });
        let mut rows: Vec<_> = rows.collect();
        rows.sort();
        rows.into_iter().map(|(.., id)| id).collect()
    }

    fn merge(&self) -> Merge {
        Merge::of(self.families.iter().copied(), "")
    }
}

fn told(merge: &Merge, most: usize) -> Vec<String> {
    let told = merge.told(0, most);
    told.map(|entry| entry.row.id.clone().unwrap()).collect()
}

/// Reads until `rows` rows can be told, four requests at a time.
fn read(merge: &mut Merge, server: &Server, rows: usize) -> usize {
    let mut requests = 0;
    loop {
        let mut asks = Vec::new();
        while let Some(ask) = merge.next(rows, 4) {
            asks.push(ask);
        }
        assert!(asks.len() <= 4);
        if asks.is_empty() {
            return requests;
        }
        requests += asks.len();
        for ask in asks.iter().rev() {
            merge.took(ask, &server.answer(ask));
        }
    }
}

#[test]
fn twelve_families_of_a_thousand_jobs_in_the_order_of_sorting_them_at_once() {
    let server = Server::new(1_000, 80_000, 1);
    let mut merge = server.merge();
    let all = server.sorted();
    assert_eq!(all.len(), 12_000);
    let mut first = 0;
    for page in 1..=600 {
        let requests = read(&mut merge, &server, page * 20);
        first = if page == 1 { requests } else { first };
        assert_eq!(told(&merge, page * 20), all[..page * 20], "page {page}");
    }
    assert!(merge.is_over());
    // Of the lists that the server sorts the first page needs a part each, the others are one part.
    assert_eq!(first, 12);
}

#[test]
fn jobs_that_arrive_neither_repeat_nor_move_what_was_told() {
    let mut server = Server::new(300, 70_000, 3);
    let mut merge = server.merge();
    let start = server.sorted();
    read(&mut merge, &server, 20);
    for page in 2..=180 {
        // Newer than all others, at the front of lists that are sorted and at the end of others.
        let list = page % 12;
        let time = 80_000 + i64::try_from(page).unwrap();
        server.lists[list].push((time, format!("arrived {page}")));
        read(&mut merge, &server, page * 20);
        assert_eq!(told(&merge, page * 20), start[..page * 20], "page {page}");
    }
    assert_eq!(merge.torn().count(), 0);
}

#[test]
fn a_family_that_fails_is_named_and_holds_nobody_up() {
    let server = Server::new(30, 70_000, 5);
    let mut merge = server.merge();
    while let Some(ask) = merge.next(1_000, 1) {
        if ask.source == 2 {
            merge.failed(&ask, None);
        } else {
            merge.took(&ask, &server.answer(&ask));
        }
    }
    let missing: Vec<&str> = merge.missing().map(|family| family.path).collect();
    assert_eq!(missing, [server.families[2].path]);
    assert_eq!(told(&merge, 1_000).len(), 11 * 30);
    merge.retry();
    assert!(!merge.is_over());
    read(&mut merge, &server, 1_000);
    assert_eq!(told(&merge, 1_000), server.sorted());
}

#[test]
fn a_list_from_which_jobs_go_is_read_again() {
    let mut server = Server::new(250, 70_000, 7);
    let mut merge = server.merge();
    read(&mut merge, &server, 20);
    for list in &mut server.lists {
        // Of those that have been read; the newest stand first where the server sorts.
        list.sort_by_key(|(time, _)| Reverse(*time));
        list.drain(40..60);
    }
    read(&mut merge, &server, 12 * 250);
    let told = told(&merge, 12 * 250);
    let still: Vec<String> = server.sorted();
    assert!(
        still.iter().all(|id| told.contains(id)),
        "none that is there is missing"
    );
}

#[test]
fn a_server_that_does_not_sort_after_all_is_read_whole() {
    let server = Server::new(150, 70_000, 9);
    let mut merge = server.merge();
    while let Some(mut ask) = merge.next(12 * 150, 4) {
        ask.sorted = false;
        merge.took(&ask, &server.answer(&ask));
    }
    assert_eq!(told(&merge, 12 * 150), server.sorted());
}

#[test]
fn families_without_a_list_have_no_part() {
    assert!(Merge::of(FAMILIES.iter().filter(|family| family.list.is_none()), "").is_over());
    assert_eq!(Merge::default().told(0, 10).count(), 0);
}

#[test]
fn a_part_is_as_large_as_what_is_wanted() {
    let server = Server::new(30, 70_000, 5);
    let mut limits = Vec::new();
    for rows in [20, 300, 5_000] {
        let mut merge = server.merge();
        let asks: Vec<Ask> = std::iter::from_fn(|| merge.next(rows, 12)).collect();
        assert!(
            asks.iter()
                .filter(|ask| !ask.sorted)
                .all(|ask| ask.limit == MOST)
        );
        limits.push(asks.iter().find(|ask| ask.sorted).unwrap().limit);
    }
    assert_eq!(limits, [LEAST, 300, MOST - 1]);
}

#[test]
fn a_server_that_gives_less_than_asked_for_is_asked_for_the_rest() {
    let server = Server::new(120, 70_000, 11);
    for total in ["", "\"total\":120,"] {
        let mut merge = server.merge();
        while let Some(ask) = merge.next(usize::MAX, 4) {
            let least = Ask {
                limit: ask.limit.min(7),
                ..ask
            };
            let mut page = server.answer(&least);
            page.members.clear();
            let told = format!(r#"{{{total}"limit":7,"resources":[]}}"#);
            page.members = decode::job_page(told.as_bytes()).unwrap().members;
            merge.took(&ask, &page);
        }
        assert_eq!(told(&merge, usize::MAX), server.sorted());
    }
}

#[test]
fn the_status_is_filtered_here_where_the_server_does_not() {
    let families = ["aws/bulkjob", "dsm/refresh"].map(|path| Family::of_path(path).unwrap());
    let mut merge = Merge::of(families, "failed");
    let here: Vec<&str> = merge.filtered_here().map(|family| family.path).collect();
    assert_eq!(here, ["dsm/refresh"]);
    let server = Server {
        families: families.to_vec(),
        ..Server::new(60, 70_000, 13)
    };
    let failed = |list: &Vec<Row>| {
        list.iter()
            .filter(|(time, _)| time % 3 == 0)
            .cloned()
            .collect()
    };
    let kept = Server {
        families: families.to_vec(),
        lists: server.lists[..2].iter().map(failed).collect(),
    };
    while let Some(ask) = merge.next(usize::MAX, 4) {
        // A server that filters has but these.
        let from = if ask.family.filters().is_empty() {
            &server
        } else {
            &kept
        };
        merge.took(&ask, &from.answer(&ask));
    }
    assert_eq!(told(&merge, usize::MAX), kept.sorted());
    assert_eq!(merge.total(), Some(kept.sorted().len()));
}

#[test]
fn what_was_read_before_stands_in_for_a_list_that_fails() {
    let server = Server::new(30, 70_000, 15);
    let mut before = server.merge();
    read(&mut before, &server, 100);
    let mut merge = server.merge();
    while let Some(ask) = merge.next(100, 4) {
        if ask.source == 1 {
            merge.failed(&ask, Some(&before));
        } else {
            merge.took(&ask, &server.answer(&ask));
        }
    }
    assert_eq!(told(&merge, 100), server.sorted()[..100]);
    assert_eq!(merge.missing().count(), 1);
    merge.retry();
    read(&mut merge, &server, usize::MAX);
    assert_eq!(
        (merge.missing().count(), told(&merge, usize::MAX)),
        (0, server.sorted())
    );
}

#[test]
fn it_tells_how_many_jobs_there_are_and_how_many_came() {
    let mut server = Server::new(300, 70_000, 17);
    let mut merge = server.merge();
    assert_eq!(merge.total(), None);
    read(&mut merge, &server, 20);
    assert_eq!(
        (merge.total(), merge.growth()),
        (Some(3_600), Growth::default())
    );
    merge.counted(0, 302);
    merge.counted(2, 301);
    assert_eq!(
        merge.growth(),
        Growth {
            added: 3,
            changed: false
        }
    );
    merge.counted(0, 299);
    assert_eq!(
        merge.growth(),
        Growth {
            added: 1,
            changed: true
        }
    );
    server.lists[2].push((80_000, "arrived".to_owned()));
    read(&mut merge, &server, usize::MAX);
    assert!(merge.is_over());
    assert_eq!(
        merge.growth(),
        Growth {
            added: 1,
            changed: true
        }
    );
}

proptest! {
    /// In any order of answers and failures, while jobs arrive: what was told stays, in the order of
    /// sorting, and in the end everything has been told once.
    #[test]
    fn what_is_told_stays(
        count in 0..250_usize, spread in 1..80_000_i64, seed in 0..1_000_i64,
        steps in prop::collection::vec((0..4_usize, 0..10_u8), 0..80),
    ) {
        let mut server = Server::new(count, spread, seed);
        let mut merge = server.merge();
        let start = server.sorted();
        let mut under_way: Vec<Ask> = Vec::new();
        let mut before: Vec<String> = Vec::new();
        for (step, (at, chance)) in steps.into_iter().enumerate() {
            let rows = before.len() + 20;
            while let Some(ask) = merge.next(rows, 4) {
                under_way.push(ask);
            }
            if under_way.is_empty() {
                before = told(&merge, rows);
                continue;
            }
            let ask = under_way.remove(at % under_way.len());
            if chance == 9 {
                merge.failed(&ask, None);
                merge.retry();
            } else {
                merge.took(&ask, &server.answer(&ask));
            }
            if chance > 6 && merge.told(0, 1).count() == 1 {
                let time = 80_000 + i64::try_from(step).unwrap();
                server.lists[step % 12].push((time, format!("arrived {step}")));
            }
            let now = told(&merge, rows);
            prop_assert!(now.starts_with(&before[..before.len().min(now.len())]));
        }
        for ask in under_way {
            merge.failed(&ask, None);
        }
        merge.retry();
        read(&mut merge, &server, usize::MAX);
        let all = told(&merge, usize::MAX);
        let old: Vec<&String> = all.iter().filter(|id| !id.starts_with("arrived")).collect();
        prop_assert_eq!(old, start.iter().collect::<Vec<_>>());
        let mut once = all.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), all.len());
    }
}
