//! The list of all jobs from a hostile server: no row that was sent is lost or shown twice, none is invented, and the
//! reading ends.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cckm_core::api::request::Request;
use cckm_core::job::outcome::{Outcome, OutcomeFilter};
use cckm_core::list::all_jobs::{AllJobs, MAX_IN_FLIGHT, PAGE_SIZE};
use cckm_core::route::AllJobsRoute;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::support::batch::at;
use crate::support::hostile::{Server, acts, rules};
use crate::support::never_stuck;

const LISTS: [&str; 3] =
    ["aws/bulkjob", "aws/synchronization-jobs", "aws/custom-key-stores/synchronization-jobs"];
const COUNT_INTERVAL: Duration = Duration::from_secs(30);

type Check = Result<(), TestCaseError>;

/// The page of all jobs, with its requests in flight.
struct AllJobsPage {
    jobs: AllJobs,
    route: AllJobsRoute,
    in_flight: Vec<(u32, Request)>,
    /// The order of the status of each row that the page shows.
    orders: BTreeMap<String, u8>,
}

impl AllJobsPage {
    fn new(outcome: Option<OutcomeFilter>) -> Self {
        let route = AllJobsRoute { cloud: "AWS".to_owned(), outcome, ..AllJobsRoute::default() };
        let (in_flight, orders) = (Vec::new(), BTreeMap::new());
        Self { jobs: AllJobs::new(&route), route, in_flight, orders }
    }

    fn step(&mut self, server: &mut Server, step: u8, pick: usize) -> Check {
        server.now += 3;
        match step {
            0 => self.jobs.refresh(),
            1 => self.jobs.retry(),
            2 | 3 => self.jobs.check(at(server.now * 1_000), COUNT_INTERVAL),
            4 => self.jobs.set_route(&self.route.with_skip(pick * PAGE_SIZE)),
            _ => self.answer_one(server, pick),
        }
        self.check(server)
    }

    fn answer_one(&mut self, server: &mut Server, pick: usize) {
        if !self.in_flight.is_empty() {
            let (number, request) = self.in_flight.remove(pick % self.in_flight.len());
            let answer = server.answer(&request);
            self.jobs.receive(number, answer, at(server.now * 1_000), never_stuck());
        }
    }

    /// Sends what is due, and checks what the page shows.
    fn check(&mut self, server: &Server) -> Check {
        self.in_flight.retain(|(number, _)| self.jobs.awaits(*number));
        self.in_flight.extend(self.jobs.next_requests(at(server.now * 1_000)));
        prop_assert!(self.in_flight.len() <= MAX_IN_FLIGHT);
        let mut orders = BTreeMap::new();
        for row in self.jobs.page(never_stuck()).rows {
            let order = row.status.order();
            let before = self.orders.get(&row.key).filter(|_| row.id.is_some());
            prop_assert!(before.is_none_or(|before| *before <= order), "{:?} goes back", row);
            prop_assert!(orders.insert(row.key, order).is_none(), "a row is shown twice");
        }
        self.orders = orders;
        Ok(())
    }

    /// Answers all requests, at most `max`.
    fn answer_all(&mut self, server: &mut Server, max: usize) -> Check {
        let max = server.requests + max;
        self.check(server)?;
        while !self.in_flight.is_empty() {
            self.answer_one(server, 0);
            self.check(server)?;
            prop_assert!(server.requests <= max, "the reading ends");
        }
        Ok(())
    }

    /// The path of the list and the id of every row, page by page.
    fn all_rows(
        &mut self,
        server: &mut Server,
        max: usize,
    ) -> Result<BTreeSet<(String, String)>, TestCaseError> {
        let mut rows = BTreeSet::new();
        for number in 0.. {
            self.jobs.set_route(&self.route.with_skip(number * PAGE_SIZE));
            self.answer_all(server, max)?;
            let page = self.jobs.page(never_stuck());
            prop_assert!(page.is_complete);
            for row in &page.rows {
                if let Some(id) = &row.id {
                    let is_new = rows.insert((row.family.path.to_owned(), id.clone()));
                    prop_assert!(is_new, "{:?} is on two pages", row.key);
                }
            }
            if page.rows.len() < PAGE_SIZE {
                break;
            }
        }
        Ok(rows)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_jobs_of_any_server_show_every_row_once_after_a_bounded_number_of_requests(
        rules in rules(), acts in acts(), count in 0..60_usize, seed in 0..900_i64, filters in any::<bool>(),
        steps in prop::collection::vec((0..14_u8, 0..4_usize), 0..60),
    ) {
        let mut server = Server::new(rules, acts, &LISTS, count, seed);
        let outcome = filters.then_some(OutcomeFilter::One(Outcome::Failed));
        let mut page = AllJobsPage::new(outcome);
        for (step, pick) in steps {
            page.step(&mut server, step, pick)?;
        }
        let max = LISTS.len() * 5 * (2 * count + 40);
        page.answer_all(&mut server, max)?;
        // One reading of all lists, by a server that is as hostile as before.
        let ever = server.sent.clone();
        server.sent.clear();
        page.jobs.refresh();
        page.answer_all(&mut server, max)?;
        let shown = page.all_rows(&mut server, max)?;
        let is_wanted = |statuses: &BTreeSet<&'static str>| {
            !filters || statuses.iter().any(|status| status.eq_ignore_ascii_case("failed"))
        };
        for (row, statuses) in &server.sent {
            prop_assert!(!is_wanted(statuses) || shown.contains(row), "lost: {:?} {:?}", row, statuses);
        }
        for row in &shown {
            let sent = [&ever, &server.sent].into_iter().filter_map(|sent| sent.get(row));
            prop_assert!(sent.clone().any(is_wanted), "invented: {:?}", row);
        }
    }
}
