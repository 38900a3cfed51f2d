//! A list that moves while someone pages through it.
//!
//! What holds of any movement: a row that stood on another page when that was last seen is
//! marked, and no other; a total that differs from that of a neighbouring page is told.
//!
//! What follows of rows that slip past the reader, from a page not yet seen onto one that was:
//! none does so in silence while, since the neighbouring page was seen, jobs only came or only
//! went, wherever; and none when reading on through a list that is sorted newest first, whatever
//! comes and goes. Otherwise as many may come as go, and skip and limit cannot tell it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;

use cckm_core::list::page_shift::{PageShift, SeenPages};
use proptest::prelude::*;

/// What happens to the list between two visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Arrives(usize),
    Goes(usize),
}

#[derive(Debug, Default)]
struct Server {
    jobs: Vec<String>,
    born: usize,
}

impl Server {
    fn with(jobs: usize) -> Self {
        let mut server = Self::default();
        (0..jobs).for_each(|_| server.happen(Event::Arrives(0)));
        server
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Arrives(at) => {
                self.born += 1;
                let at = at.min(self.jobs.len());
                self.jobs.insert(at, format!("job-{}", self.born));
            }
            Event::Goes(at) if !self.jobs.is_empty() => {
                self.jobs.remove(at % self.jobs.len());
            }
            Event::Goes(_) => {}
        }
    }

    fn page(&self, skip: usize, limit: usize) -> Vec<String> {
        self.jobs.iter().skip(skip).take(limit).cloned().collect()
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.jobs.iter().position(|own| own == id)
    }
}

/// A page as it was last seen, with the whole list behind it and what has happened since.
#[derive(Debug, Default)]
struct Observation {
    rows: Vec<String>,
    all: Vec<String>,
    since: Vec<Event>,
}

/// A reader of one list, who remembers everything that the ledger cannot.
struct Reader {
    server: Server,
    limit: usize,
    ledger: SeenPages,
    seen: BTreeMap<usize, Observation>,
}

impl Reader {
    fn of(jobs: usize, limit: usize) -> Self {
        Self {
            server: Server::with(jobs),
            limit,
            ledger: SeenPages::default(),
            seen: BTreeMap::new(),
        }
    }

    fn happen(&mut self, events: &[Event]) {
        for &event in events {
            self.server.happen(event);
            self.seen
                .values_mut()
                .for_each(|sight| sight.since.push(event));
        }
    }

    fn visit(&mut self, skip: usize) -> PageShift {
        let rows = self.server.page(skip, self.limit);
        let drift = self.ledger.visit(skip, &rows, Some(self.server.jobs.len()));
        self.seen.remove(&skip);
        self.check(skip, &rows, &drift);
        let all = self.server.jobs.clone();
        self.seen.insert(
            skip,
            Observation {
                rows,
                all,
                since: Vec::new(),
            },
        );
        drift
    }

    /// What holds of any movement.
    fn check(&self, skip: usize, rows: &[String], drift: &PageShift) {
        let repeated: Vec<usize> = (0..rows.len())
            .filter(|&row| {
                self.seen
                    .values()
                    .any(|sight| sight.rows.contains(&rows[row]))
            })
            .collect();
        assert_eq!(drift.repeated, repeated);
        let before = self.seen.range(..skip).next_back();
        let after = self.seen.range(skip..).next();
        let totals: Vec<usize> = before
            .into_iter()
            .chain(after)
            .map(|(_, sight)| sight.all.len())
            .collect();
        let now = self.server.jobs.len();
        let moved = totals
            .iter()
            .map(|&then| i64::try_from(now).unwrap() - i64::try_from(then).unwrap());
        let most = moved
            .map(i64::abs)
            .max()
            .filter(|_| skip > 0)
            .unwrap_or_default();
        assert_eq!(
            drift.change.abs(),
            most,
            "page {skip}, totals {totals:?}, now {now}"
        );
        assert_eq!(drift.is_still(), most == 0 && repeated.is_empty());
    }

    /// Whether a row slips across the edge between the page at `skip` and the neighbour behind
    /// which, or before which, it had not been seen.
    fn slips(&self, skip: usize, neighbour: usize) -> bool {
        self.seen.get(&neighbour).is_some_and(|sight| {
            let edge = skip.max(neighbour);
            sight.all.iter().enumerate().any(|(then, id)| {
                self.server.place(id).is_some_and(|now| {
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
    prop_oneof![
        (0..30_usize).prop_map(Event::Arrives),
        (0..30_usize).prop_map(Event::Goes)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_slips_by_in_silence_while_jobs_only_come_or_only_go(
        visits in prop::collection::vec((0..6_usize, prop::collection::vec(event(), 0..4)), 1..16),
    ) {
        let mut reader = Reader::of(20, 4);
        for (page, events) in visits {
            reader.happen(&events);
            let skip = page * reader.limit;
            let one_way = |sight: &Observation| {
                let comes = |event: &Event| matches!(event, Event::Arrives(_));
                sight.since.iter().all(comes) || !sight.since.iter().any(comes)
            };
            let neighbours = [skip.checked_sub(reader.limit), Some(skip + reader.limit)];
            let slips = neighbours.into_iter().flatten().any(|neighbour| {
                reader.seen.get(&neighbour).is_some_and(one_way) && reader.slips(skip, neighbour)
            });
            let drift = reader.visit(skip);
            prop_assert!(!slips || skip == 0 || drift.change != 0);
        }
    }

    #[test]
    fn reading_on_through_the_newest_first_nothing_slips_by_in_silence(
        jobs in 0..30_usize,
        limit in 1..6_usize,
        between in prop::collection::vec(prop::collection::vec(event(), 0..5), 8),
    ) {
        let mut reader = Reader::of(jobs, limit);
        for (page, events) in between.into_iter().enumerate() {
            let newest = |event| if matches!(event, Event::Arrives(_)) { Event::Arrives(0) } else { event };
            let events: Vec<Event> = events.into_iter().map(newest).collect();
            reader.happen(&events);
            let skip = page * limit;
            let slips = page > 0 && reader.slips(skip, skip - limit);
            let drift = reader.visit(skip);
            prop_assert!(!slips || drift.change < 0);
        }
    }
}

/// A reader of 10 jobs, 3 a page, does `steps`: what happens, then the page, what it tells.
fn check_steps(steps: &[(&[Event], usize, i64, &[usize])]) {
    let mut reader = Reader::of(10, 3);
    for (events, skip, change, repeated) in steps {
        reader.happen(events);
        let drift = reader.visit(*skip);
        assert_eq!(
            (drift.change, &*drift.repeated),
            (*change, *repeated),
            "page {skip} of {steps:?}"
        );
    }
}

#[test]
fn what_moved_is_told() {
    use Event::{Arrives, Goes};
    // Still.
    check_steps(&[
        (&[], 0, 0, &[]),
        (&[], 3, 0, &[]),
        (&[], 6, 0, &[]),
        (&[], 3, 0, &[]),
        (&[], 0, 0, &[]),
    ]);
    // One comes: the last row of the page before comes again.
    check_steps(&[(&[], 0, 0, &[]), (&[Arrives(0)], 3, 1, &[0])]);
    // One goes: a row has moved onto the page before.
    check_steps(&[(&[], 0, 0, &[]), (&[Goes(0)], 3, -1, &[])]);
    // One comes and one goes behind it: the repeated row alone tells it.
    check_steps(&[(&[], 0, 0, &[]), (&[Arrives(0), Goes(9)], 3, 0, &[0])]);
    // One goes while the last page is read, one comes on the way back: the first page saw as many
    // jobs as there are now, the last did not.
    check_steps(&[
        (&[], 0, 0, &[]),
        (&[Goes(9)], 6, -1, &[]),
        (&[Arrives(0)], 3, 1, &[0]),
    ]);
    // The first page always shows the newest; what it repeats it says.
    check_steps(&[
        (&[], 3, 0, &[]),
        (&[Arrives(0)], 0, 0, &[]),
        (&[Goes(0), Goes(0)], 0, 0, &[2]),
    ]);
    // A page asked for again is no other page.
    check_steps(&[
        (&[], 3, 0, &[]),
        (&[Arrives(0)], 3, 0, &[]),
        (&[], 3, 0, &[]),
    ]);
    // A page that was seen again counts as it was then.
    check_steps(&[
        (&[], 0, 0, &[]),
        (&[Arrives(0)], 0, 0, &[]),
        (&[], 3, 0, &[]),
    ]);
}

#[test]
fn what_cannot_be_known_is_not_told() {
    let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
    let mut ledger = SeenPages::default();
    assert!(ledger.visit(0, &ids(&["a", "", "b"]), None).is_still());
    assert!(
        ledger.visit(3, &ids(&["c", "", ""]), Some(7)).is_still(),
        "rows without an id"
    );
    let drift = ledger.visit(6, &ids(&["a", "d"]), None);
    assert_eq!((drift.change, drift.repeated), (0, vec![0]), "no total");
    // `__proto__` is an id as any other; case matters.
    assert!(ledger.visit(9, &ids(&["__proto__", "A"]), None).is_still());
    assert_eq!(
        ledger
            .visit(12, &ids(&["A", "__proto__"]), Some(7))
            .repeated,
        [0, 1]
    );
    // Pages that overlap show rows twice, and say so.
    assert_eq!(ledger.visit(4, &ids(&["c", "x"]), Some(7)).repeated, [0]);
}

#[test]
fn a_total_of_any_size_is_compared() {
    let mut ledger = SeenPages::default();
    ledger.visit(0, &[], Some(usize::MAX));
    assert_eq!(ledger.visit(20, &[], Some(0)).change, -i64::MAX);
    assert_eq!(ledger.visit(40, &[], Some(usize::MAX)).change, i64::MAX);
}
