//! The merged list of all families: the same order as sorting all jobs at once, page by page.
#![allow(clippy::unwrap_used)]

use std::cmp::Reverse;

use cckm_core::api::decode;
use cckm_core::family::{FAMILIES, Family};
use cckm_core::job::outcome::{Outcome, OutcomeFilter};
use cckm_core::job::page::JobPage;
use cckm_core::list::merge::{Growth, MAX_LIMIT, MIN_LIMIT, Merge, RangeRequest};
use proptest::prelude::*;

use crate::support::never_stuck;

const MAX_IN_FLIGHT: usize = 4;

/// A job on the server: when it was created, in seconds, and its id.
type Row = (i64, String);

/// The lists of the server, each in the order in which the server stores it.
struct Server {
    families: Vec<&'static Family>,
    lists: Vec<Vec<Row>>,
}

impl Server {
    /// `count` jobs in each of twelve lists; all times are below `spread`, so that some are equal.
    fn new(count: usize, spread: i64, seed: i64) -> Self {
        let families: Vec<_> =
            FAMILIES.iter().filter(|family| family.list.is_some()).take(12).collect();
        let list = |family: i64| {
            let rows = (0..).take(count).map(|at| {
                let time = (at * 7_919 + seed * 104_729 + 31 * family) % spread;
                (time, format!("job {family} {at}"))
            });
            rows.collect()
        };
        Self { lists: (0..).take(families.len()).map(list).collect(), families }
    }

    fn answer(&self, request: &RangeRequest) -> JobPage {
        let list = &self.lists[request.source];
        let mut rows: Vec<&Row> = list.iter().collect();
        if request.sorted {
            // Equal times in another order than that of the merge.
            rows.sort_by_key(|(time, id)| Reverse((*time, id.clone())));
        }
        let jobs: Vec<String> = rows
            .into_iter()
            .skip(request.skip)
            .take(request.limit)
            .map(|(time, id)| {
                let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
                let status = if time % 3 == 0 { "failed" } else { "completed" };
                format!(
                    r#"{{"id":"{id}","createdAt":"2026-11-21T{hour:02}:{minute:02}:{second:02}Z","overall_status":"{status}"}}"#
                )
            })
            .collect();
        let (total, jobs) = (list.len(), jobs.join(","));
        decode::job_page(format!(r#"{{"total":{total},"resources":[{jobs}]}}"#).as_bytes()).unwrap()
    }

    /// All ids, sorted at once.
    fn sorted(&self) -> Vec<String> {
        let mut rows: Vec<_> = self
            .lists
            .iter()
            .enumerate()
            .flat_map(|(at, rows)| {
                rows.iter().map(move |(time, id)| (Reverse(*time), at, id.clone()))
            })
            .collect();
        rows.sort();
        rows.into_iter().map(|(.., id)| id).collect()
    }

    fn merge(&self) -> Merge {
        Merge::new(self.families.iter().copied(), None)
    }
}

/// The ids of the first `max` emitted rows.
fn emitted(merge: &mut Merge, max: usize) -> Vec<String> {
    merge.emit(max);
    merge.rows(0, max).map(|row| row.id.clone().unwrap()).collect()
}

/// Reads until `rows` rows are emitted, and returns the number of requests.
fn read(merge: &mut Merge, server: &Server, rows: usize) -> usize {
    let mut count = 0;
    loop {
        let requests: Vec<RangeRequest> =
            std::iter::from_fn(|| merge.next_request(rows, MAX_IN_FLIGHT)).collect();
        assert!(requests.len() <= MAX_IN_FLIGHT);
        if requests.is_empty() {
            return count;
        }
        count += requests.len();
        for request in requests.iter().rev() {
            merge.receive(request, &server.answer(request), never_stuck());
        }
    }
}

#[test]
fn twelve_lists_of_a_thousand_jobs_merge_in_the_order_of_sorting() {
    let server = Server::new(1_000, 80_000, 1);
    let mut merge = server.merge();
    let sorted = server.sorted();
    assert_eq!(sorted.len(), 12_000);
    let requests = read(&mut merge, &server, 20);
    assert_eq!(requests, 12, "the first page needs one request a list");
    for page in 1..=600 {
        read(&mut merge, &server, page * 20);
        assert_eq!(emitted(&mut merge, page * 20), sorted[..page * 20], "page {page}");
    }
    assert!(merge.is_complete());
}

#[test]
fn jobs_of_one_millisecond_merge_by_nanoseconds() {
    let lists = [[("c", ".500000002Z"), ("a", ".500000001Z")], [("z", ".5Z"), ("b", ".499999Z")]];
    let families = FAMILIES.iter().filter(|family| family.has_job_list() && family.can_sort());
    let mut merge = Merge::new(families.take(2), None);
    while let Some(request) = merge.next_request(10, 1) {
        let jobs = lists[request.source]
            .iter()
            .map(|(id, end)| format!(r#"{{"id":"{id}","createdAt":"2026-11-21T00:00:00{end}"}}"#))
            .collect::<Vec<_>>()
            .join(",");
        let body = format!(r#"{{"total":2,"resources":[{jobs}]}}"#);
        merge.receive(&request, &decode::job_page(body.as_bytes()).unwrap(), never_stuck());
    }
    // By id, "a" would be before "c".
    assert_eq!(emitted(&mut merge, 10), ["c", "a", "z", "b"]);
    assert!(merge.is_complete());
}

#[test]
fn arriving_jobs_neither_repeat_nor_move_emitted_rows() {
    let mut server = Server::new(300, 70_000, 3);
    let mut merge = server.merge();
    let sorted = server.sorted();
    read(&mut merge, &server, 20);
    for page in 2..=180 {
        // Newer than all others: first in a list that the server sorts, last in any other.
        let time = 80_000 + i64::try_from(page).unwrap();
        server.lists[page % 12].push((time, format!("arrived {page}")));
        read(&mut merge, &server, page * 20);
        assert_eq!(emitted(&mut merge, page * 20), sorted[..page * 20], "page {page}");
    }
    assert_eq!(merge.inconsistent().count(), 0);
}

#[test]
fn failed_list_is_reported_and_does_not_stop_the_others() {
    let server = Server::new(30, 70_000, 5);
    let mut merge = server.merge();
    while let Some(request) = merge.next_request(1_000, 1) {
        if request.source == 2 {
            merge.fail(&request, None);
        } else {
            merge.receive(&request, &server.answer(&request), never_stuck());
        }
    }
    let failed: Vec<&Family> = merge.failed().collect();
    assert_eq!(failed, [server.families[2]]);
    assert_eq!(emitted(&mut merge, 1_000).len(), 11 * 30);
    merge.retry();
    assert!(!merge.is_complete());
    read(&mut merge, &server, 1_000);
    assert_eq!(emitted(&mut merge, 1_000), server.sorted());
}

#[test]
fn list_from_which_jobs_are_deleted_is_read_again() {
    let mut server = Server::new(250, 70_000, 7);
    let mut merge = server.merge();
    read(&mut merge, &server, 20);
    for list in &mut server.lists {
        // Jobs that were read already.
        list.sort_by_key(|(time, _)| Reverse(*time));
        list.drain(40..60);
    }
    read(&mut merge, &server, 12 * 250);
    let emitted = emitted(&mut merge, 12 * 250);
    let missing: Vec<String> =
        server.sorted().into_iter().filter(|id| !emitted.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn unexpectedly_unsorted_list_is_read_completely() {
    let server = Server::new(150, 70_000, 9);
    let mut merge = server.merge();
    while let Some(mut request) = merge.next_request(12 * 150, MAX_IN_FLIGHT) {
        request.sorted = false;
        merge.receive(&request, &server.answer(&request), never_stuck());
    }
    assert_eq!(emitted(&mut merge, 12 * 150), server.sorted());
}

#[test]
fn families_without_a_list_are_left_out() {
    let unlisted = FAMILIES.iter().filter(|family| family.list.is_none());
    assert!(Merge::new(unlisted, None).is_complete());
    assert_eq!(Merge::default().rows(0, 10).count(), 0);
}

#[test]
fn request_limit_follows_the_wanted_rows() {
    let server = Server::new(30, 70_000, 5);
    for (rows, limit) in [(20, MIN_LIMIT), (300, 300), (5_000, MAX_LIMIT - 1)] {
        let mut merge = server.merge();
        while let Some(request) = merge.next_request(rows, 12) {
            let expected = if request.sorted { limit } else { MAX_LIMIT };
            assert_eq!(request.limit, expected, "{rows} rows");
        }
    }
}

#[test]
fn rest_of_a_short_answer_is_requested() {
    let server = Server::new(120, 70_000, 11);
    for total in ["", "\"total\":120,"] {
        let mut merge = server.merge();
        while let Some(request) = merge.next_request(usize::MAX, MAX_IN_FLIGHT) {
            let limit = request.limit.min(7);
            let mut page = server.answer(&RangeRequest { limit, ..request });
            let members = format!(r#"{{{total}"limit":7,"resources":[]}}"#);
            page.members = decode::job_page(members.as_bytes()).unwrap().members;
            merge.receive(&request, &page, never_stuck());
        }
        assert_eq!(emitted(&mut merge, usize::MAX), server.sorted());
    }
}

#[test]
fn jobs_are_filtered_by_outcome_because_the_server_cannot() {
    let families = ["aws/bulkjob", "dsm/refresh"].map(|path| Family::by_path(path).unwrap());
    let mut merge = Merge::new(families, Some(OutcomeFilter::One(Outcome::Failed)));
    let everything = Server {
        families: families.to_vec(),
        lists: Server::new(60, 70_000, 13).lists[..2].to_vec(),
    };
    let is_failed = |(time, _): &Row| time % 3 == 0;
    let failed = Server {
        families: families.to_vec(),
        lists: everything
            .lists
            .iter()
            .map(|list| list.iter().filter(|row| is_failed(row)).cloned().collect())
            .collect(),
    };
    while let Some(request) = merge.next_request(usize::MAX, MAX_IN_FLIGHT) {
        merge.receive(&request, &everything.answer(&request), never_stuck());
    }
    let read = everything.lists.iter().map(Vec::len).sum();
    let size: Option<usize> = merge.sizes().map(|(_, size)| size).sum();
    assert_eq!((merge.outcomes(never_stuck()).total(), size), (read, Some(read)));
    assert_eq!(emitted(&mut merge, usize::MAX), failed.sorted());
    assert_eq!(merge.total(), Some(failed.sorted().len()));
}

#[test]
fn failed_list_is_replaced_by_its_earlier_jobs() {
    let server = Server::new(30, 70_000, 15);
    let mut earlier = server.merge();
    read(&mut earlier, &server, 100);
    let mut merge = server.merge();
    while let Some(request) = merge.next_request(100, MAX_IN_FLIGHT) {
        if request.source == 1 {
            merge.fail(&request, Some(&earlier));
        } else {
            merge.receive(&request, &server.answer(&request), never_stuck());
        }
    }
    assert_eq!(emitted(&mut merge, 100), server.sorted()[..100]);
    assert_eq!(merge.failed().count(), 1);
    merge.retry();
    read(&mut merge, &server, usize::MAX);
    assert_eq!(merge.failed().count(), 0);
    assert_eq!(emitted(&mut merge, usize::MAX), server.sorted());
}

#[test]
fn total_and_growth_follow_the_server() {
    let growth = |added, changed| Growth { added, changed };
    let mut server = Server::new(300, 70_000, 17);
    let mut merge = server.merge();
    assert_eq!(merge.total(), None);
    read(&mut merge, &server, 20);
    assert_eq!((merge.total(), merge.growth()), (Some(3_600), growth(0, false)));
    merge.set_total(0, 302);
    merge.set_total(2, 301);
    assert_eq!(merge.growth(), growth(3, false));
    merge.set_total(0, 299);
    assert_eq!(merge.growth(), growth(1, true));
    server.lists[2].push((80_000, "arrived".to_owned()));
    read(&mut merge, &server, usize::MAX);
    assert!(merge.is_complete());
    assert_eq!(merge.growth(), growth(1, true));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// In any order of answers and failures, while jobs arrive: emitted rows stay, in the order of sorting, and
    /// in the end every job is emitted once.
    #[test]
    fn emitted_rows_stay_in_order_and_nothing_is_lost(
        count in 0..250_usize, spread in 1..80_000_i64, seed in 0..1_000_i64,
        steps in prop::collection::vec((0..4_usize, 0..10_u8), 0..80),
    ) {
        let mut server = Server::new(count, spread, seed);
        let mut merge = server.merge();
        let sorted = server.sorted();
        let mut in_flight: Vec<RangeRequest> = Vec::new();
        let mut before: Vec<String> = Vec::new();
        for (step, (at, chance)) in steps.into_iter().enumerate() {
            let rows = before.len() + 20;
            in_flight.extend(std::iter::from_fn(|| merge.next_request(rows, MAX_IN_FLIGHT)));
            if in_flight.is_empty() {
                before = emitted(&mut merge, rows);
                continue;
            }
            let request = in_flight.remove(at % in_flight.len());
            if chance == 9 {
                merge.fail(&request, None);
                merge.retry();
            } else {
                merge.receive(&request, &server.answer(&request), never_stuck());
            }
            if chance > 6 && !emitted(&mut merge, 1).is_empty() {
                let time = 80_000 + i64::try_from(step).unwrap();
                server.lists[step % 12].push((time, format!("arrived {step}")));
            }
            let now = emitted(&mut merge, rows);
            prop_assert!(now.starts_with(&before[..before.len().min(now.len())]));
        }
        for request in in_flight {
            merge.fail(&request, None);
        }
        merge.retry();
        read(&mut merge, &server, usize::MAX);
        let mut all = emitted(&mut merge, usize::MAX);
        let initial: Vec<&String> = all.iter().filter(|id| !id.starts_with("arrived")).collect();
        prop_assert_eq!(initial, sorted.iter().collect::<Vec<_>>());
        let emitted = all.len();
        all.sort();
        all.dedup();
        prop_assert_eq!(all.len(), emitted);
    }
}
