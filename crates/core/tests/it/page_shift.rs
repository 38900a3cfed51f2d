//! Shifts of a list while someone pages through it.
//!
//! For any change of the list: exactly the rows that were on another page when that page was last seen are marked, and a
//! total that differs from that of a neighbouring page is reported.
//!
//! A row can move unnoticed from a page that was not seen to one that was. This is always reported if jobs were only
//! added or only removed since the neighbouring page was seen. It is also always reported if the pages of a list sorted
//! newest first are visited in order. In other cases as many jobs may be added as removed, which `skip` and `limit`
//! cannot show.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use cckm_core::list::page_shift::{PageShift, SeenPages};
use proptest::prelude::*;

/// What happens to the list between two visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Added(usize),
    Removed(usize),
}

#[derive(Debug, Default)]
struct Server {
    jobs: Vec<String>,
    created: usize,
}

impl Server {
    fn with(jobs: usize) -> Self {
        let mut server = Self::default();
        (0..jobs).for_each(|_| server.apply(Event::Added(0)));
        server
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::Added(at) => {
                self.created += 1;
                let at = at.min(self.jobs.len());
                self.jobs.insert(at, format!("job-{}", self.created));
            }
            Event::Removed(at) if !self.jobs.is_empty() => {
                self.jobs.remove(at % self.jobs.len());
            }
            Event::Removed(_) => {}
        }
    }

    fn page(&self, skip: usize, limit: usize) -> Vec<String> {
        self.jobs.iter().skip(skip).take(limit).cloned().collect()
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.jobs.iter().position(|other| other == id)
    }
}

/// A page as it was last seen, with the whole list at that time and the events since.
#[derive(Debug, Default)]
struct Observation {
    rows: Vec<String>,
    all: Vec<String>,
    since: Vec<Event>,
}

/// Pages through one list, and records more than [`SeenPages`] does.
struct Reader {
    server: Server,
    limit: usize,
    seen_pages: SeenPages,
    seen: BTreeMap<usize, Observation>,
}

impl Reader {
    fn new(jobs: usize, limit: usize) -> Self {
        Self {
            server: Server::with(jobs),
            limit,
            seen_pages: SeenPages::default(),
            seen: BTreeMap::new(),
        }
    }

    fn apply(&mut self, events: &[Event]) {
        for &event in events {
            self.server.apply(event);
            self.seen.values_mut().for_each(|observation| observation.since.push(event));
        }
    }

    fn visit(&mut self, skip: usize) -> PageShift {
        let rows = self.server.page(skip, self.limit);
        let shift = self.seen_pages.visit(skip, &rows, Some(self.server.jobs.len()));
        self.seen.remove(&skip);
        self.check(skip, &rows, &shift);
        let all = self.server.jobs.clone();
        self.seen.insert(skip, Observation { rows, all, since: Vec::new() });
        shift
    }

    /// Asserts the properties of any change of the list.
    fn check(&self, skip: usize, rows: &[String], shift: &PageShift) {
        let repeated: Vec<usize> = (0..rows.len())
            .filter(|&row| {
                self.seen.values().any(|observation| observation.rows.contains(&rows[row]))
            })
            .collect();
        assert_eq!(shift.repeated, repeated);
        let before = self.seen.range(..skip).next_back();
        let after = self.seen.range(skip..).next();
        let totals: Vec<usize> =
            before.into_iter().chain(after).map(|(_, observation)| observation.all.len()).collect();
        let now = self.server.jobs.len();
        let moved =
            totals.iter().map(|&then| i64::try_from(now).unwrap() - i64::try_from(then).unwrap());
        let largest = moved.map(i64::abs).max().filter(|_| skip > 0).unwrap_or_default();
        assert_eq!(shift.change.abs(), largest, "page {skip}, totals {totals:?}, now {now}");
        assert_eq!(shift.is_none(), largest == 0 && repeated.is_empty());
    }

    /// Whether a row moved unnoticed across the edge between the page at `skip` and `neighbour`.
    fn has_unseen_move(&self, skip: usize, neighbour: usize) -> bool {
        self.seen.get(&neighbour).is_some_and(|observation| {
            let edge = skip.max(neighbour);
            observation.all.iter().enumerate().any(|(then, id)| {
                self.server.position(id).is_some_and(|now| {
                    if neighbour < skip {
                        then >= edge && now < edge
                    } else {
                        then < edge && now >= edge
                    }
                })
            })
        })
    }
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![(0..30_usize).prop_map(Event::Added), (0..30_usize).prop_map(Event::Removed)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn unseen_move_is_reported_if_jobs_are_only_added_or_only_removed(
        visits in prop::collection::vec((0..6_usize, prop::collection::vec(event(), 0..4)), 1..16),
    ) {
        let mut reader = Reader::new(20, 4);
        for (page, events) in visits {
            reader.apply(&events);
            let skip = page * reader.limit;
            let one_way = |observation: &Observation| {
                let arrives = |event: &Event| matches!(event, Event::Added(_));
                observation.since.iter().all(arrives) || !observation.since.iter().any(arrives)
            };
            let neighbours = [skip.checked_sub(reader.limit), Some(skip + reader.limit)];
            let moved = neighbours.into_iter().flatten().any(|neighbour| {
                reader.seen.get(&neighbour).is_some_and(one_way) && reader.has_unseen_move(skip, neighbour)
            });
            let shift = reader.visit(skip);
            prop_assert!(!moved || skip == 0 || shift.change != 0);
        }
    }

    #[test]
    fn unseen_move_is_reported_if_pages_are_visited_newest_first(
        jobs in 0..30_usize,
        limit in 1..6_usize,
        between in prop::collection::vec(prop::collection::vec(event(), 0..5), 8),
    ) {
        let mut reader = Reader::new(jobs, limit);
        for (page, events) in between.into_iter().enumerate() {
            let newest = |event| if matches!(event, Event::Added(_)) { Event::Added(0) } else { event };
            let events: Vec<Event> = events.into_iter().map(newest).collect();
            reader.apply(&events);
            let skip = page * limit;
            let moved = page > 0 && reader.has_unseen_move(skip, skip - limit);
            let shift = reader.visit(skip);
            prop_assert!(!moved || shift.change < 0);
        }
    }
}

/// Checks a reader of 10 jobs, 3 a page. Each step: events, the `skip` of the page, its change and its
/// repeated rows.
fn check_steps(steps: &[(&[Event], usize, i64, &[usize])]) {
    let mut reader = Reader::new(10, 3);
    for (events, skip, change, repeated) in steps {
        reader.apply(events);
        let shift = reader.visit(*skip);
        assert_eq!(
            (shift.change, &*shift.repeated),
            (*change, *repeated),
            "page {skip} of {steps:?}"
        );
    }
}

#[test]
fn shift_is_reported_by_change_and_repeated_rows() {
    use Event::{Added, Removed};
    // No change.
    check_steps(&[
        (&[], 0, 0, &[]),
        (&[], 3, 0, &[]),
        (&[], 6, 0, &[]),
        (&[], 3, 0, &[]),
        (&[], 0, 0, &[]),
    ]);
    // One arrives: the last row of the page before is repeated.
    check_steps(&[(&[], 0, 0, &[]), (&[Added(0)], 3, 1, &[0])]);
    // One goes: a row moved to the page before.
    check_steps(&[(&[], 0, 0, &[]), (&[Removed(0)], 3, -1, &[])]);
    // One arrives and another goes: only the repeated row shows it.
    check_steps(&[(&[], 0, 0, &[]), (&[Added(0), Removed(9)], 3, 0, &[0])]);
    // One goes before the last page is read, one arrives on the way back: the first page was seen with as
    // many jobs as there are now, the last was not.
    check_steps(&[(&[], 0, 0, &[]), (&[Removed(9)], 6, -1, &[]), (&[Added(0)], 3, 1, &[0])]);
    // The first page shows new jobs itself; it marks only repeated rows.
    check_steps(&[
        (&[], 3, 0, &[]),
        (&[Added(0)], 0, 0, &[]),
        (&[Removed(0), Removed(0)], 0, 0, &[2]),
    ]);
    // The same page again is not another page.
    check_steps(&[(&[], 3, 0, &[]), (&[Added(0)], 3, 0, &[]), (&[], 3, 0, &[])]);
    // A page that was seen twice counts as it was the second time.
    check_steps(&[(&[], 0, 0, &[]), (&[Added(0)], 0, 0, &[]), (&[], 3, 0, &[])]);
}

#[test]
fn unknown_ids_and_totals_are_not_compared() {
    let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
    let mut seen_pages = SeenPages::default();
    assert!(seen_pages.visit(0, &ids(&["a", "", "b"]), None).is_none());
    assert!(seen_pages.visit(3, &ids(&["c", "", ""]), Some(7)).is_none(), "rows without an id");
    let shift = seen_pages.visit(6, &ids(&["a", "d"]), None);
    assert_eq!((shift.change, shift.repeated), (0, vec![0]), "no total");
    // `__proto__` is an id like any other; case matters.
    assert!(seen_pages.visit(9, &ids(&["__proto__", "A"]), None).is_none());
    assert_eq!(seen_pages.visit(12, &ids(&["A", "__proto__"]), Some(7)).repeated, [0, 1]);
    // Pages that overlap repeat rows, which moved only if their places differ.
    assert_eq!(seen_pages.visit(4, &ids(&["c", "x"]), Some(7)).repeated, [0]);
    assert!(seen_pages.visit(5, &ids(&["x", "d"]), Some(7)).repeated == [1]);
}

#[test]
fn totals_of_any_size_are_compared() {
    let mut seen_pages = SeenPages::default();
    seen_pages.visit(0, &[], Some(usize::MAX));
    assert_eq!(seen_pages.visit(20, &[], Some(0)).change, -i64::MAX);
    assert_eq!(seen_pages.visit(40, &[], Some(usize::MAX)).change, i64::MAX);
}
