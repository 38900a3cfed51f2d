//! The list of one family from a hostile server: each page shows what was sent, and the links lead to every row.

use std::collections::{BTreeSet, HashSet};

use cckm_core::api::request::Request;
use cckm_core::api::{decode, requests};
use cckm_core::family::Family;
use cckm_core::job::page::JobPage;
use cckm_core::list::envelope::{Finding, findings};
use cckm_core::list::job_row::JobRow;
use cckm_core::list::pager::Pager;
use cckm_core::route::{JobListRoute, Route};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::support::hostile::{Server, Total, acts, rules};

const LIST: &str = "aws/bulkjob";

type Check = Result<(), TestCaseError>;

/// The page of the list of one family.
struct ListPage {
    route: Route,
    shown: Option<(Request, JobPage)>,
}

impl ListPage {
    fn new(status: &str) -> Self {
        let family = Family::by_path(LIST).unwrap();
        Self { route: Route::JobList(JobListRoute::of_status(family, status)), shown: None }
    }

    fn pager(&self) -> Option<Pager> {
        self.shown.as_ref().map(|(request, page)| Pager::of(page, request))
    }

    /// Follows the link to another page, if there is one.
    fn follow(&mut self, link: fn(&Pager) -> Option<usize>) -> bool {
        let Some((pager, skip)) = self.pager().and_then(|pager| Some((pager, link(&pager)?)))
        else {
            return false;
        };
        self.route = self.route.with_page(skip, pager.limit);
        true
    }

    /// Fetches the page once, and checks what it shows.
    fn fetch(&mut self, server: &mut Server) -> Check {
        let Route::JobList(route) = &self.route else { unreachable!() };
        let request = requests::list(route);
        let answer = server.answer(&request);
        // What is known stays while a request fails.
        let Ok(answer) = answer.and_then(|answer| decode::job_page(&answer.body)) else {
            return Ok(());
        };
        let known = self.shown.take().filter(|(known, _)| *known == request).map(|(_, page)| page);
        let page = match &known {
            Some(known) => known.updated_by(answer),
            None => answer,
        };
        let found = findings(&page, &request, route.family);
        let unmatched = found.iter().find_map(|finding| match finding {
            Finding::NotFiltered(rows) => Some(rows.clone()),
            _ => None,
        });
        let rows = JobRow::all(&page.jobs, route.family, &[], &unmatched.unwrap_or_default());
        let ids: Vec<Option<String>> = rows.iter().map(|row| row.id.clone()).collect();
        prop_assert_eq!(&ids, &server.last.0);
        let keys: HashSet<&String> = rows.iter().map(|row| &row.key).collect();
        prop_assert_eq!(keys.len(), rows.len());
        let unreadable = found.iter().find_map(|finding| match finding {
            Finding::Unreadable(elements) => Some(elements.len()),
            _ => None,
        });
        prop_assert_eq!(unreadable.unwrap_or(0), server.last.1);
        for job in known.iter().flat_map(|known| &known.jobs) {
            let now = page.jobs.iter().find(|other| other.id().is_some() && other.id() == job.id());
            let order = now.map(|now| now.status().order());
            prop_assert!(order.is_none_or(|order| order >= job.status().order()), "{:?}", now);
        }
        let pager = Pager::of(&page, &request);
        let skip = route.skip;
        prop_assert!((1..=route.limit).contains(&pager.limit), "{:?}", pager);
        prop_assert!(pager.next().is_none_or(|next| next > skip), "{:?}", pager);
        prop_assert_eq!(pager.previous().is_some(), skip > 0);
        prop_assert!(pager.previous().is_none_or(|previous| previous < skip), "{:?}", pager);
        self.shown = Some((request, page));
        Ok(())
    }

    /// Follows `link` again and again, and returns the ids of all rows. A page is shown for each request.
    fn walk(
        &mut self,
        server: &mut Server,
        link: fn(&Pager) -> Option<usize>,
    ) -> Result<BTreeSet<String>, TestCaseError> {
        let max = server.requests + 3 * server.jobs.len() + 3;
        let mut ids = BTreeSet::new();
        loop {
            self.fetch(server)?;
            ids.extend(server.last.0.iter().flatten().cloned());
            prop_assert!(server.requests < max, "the pages end");
            if !self.follow(link) {
                return Ok(ids);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn list_of_any_server_shows_what_was_sent_and_its_links_lead_to_every_row(
        rules in rules(), acts in acts(), count in 0..60_usize, seed in 0..900_i64, filters in any::<bool>(),
        steps in prop::collection::vec(0..6_usize, 0..40),
    ) {
        let mut server = Server::new(rules, acts, &[LIST], count, seed);
        let status = if filters { "failed" } else { "" };
        let mut page = ListPage::new(status);
        for (step, link) in steps.iter().enumerate() {
            let links = [Pager::next, Pager::previous, Pager::first, Pager::last];
            if let Some(link) = links.get(*link) {
                page.follow(*link);
            }
            page.fetch(&mut server)?;
            prop_assert_eq!(server.requests, step + 1);
            server.now += 5;
        }
        // A server that no more than cuts its pages and sends no total: each row can be reached, there and back.
        server.acts.clear();
        if server.rules.ignores_position || matches!(server.rules.total, Total::Wrong(_)) {
            return Ok(());
        }
        let mut page = ListPage::new(status);
        let there = page.walk(&mut server, Pager::next)?;
        let back = page.walk(&mut server, Pager::previous)?;
        let is_wanted = |status: &str| {
            !filters || server.rules.ignores_filter || status.eq_ignore_ascii_case("failed")
        };
        let wanted: BTreeSet<String> = server
            .sent
            .iter()
            .filter(|(_, statuses)| statuses.iter().any(|status| is_wanted(status)))
            .map(|((_, id), _)| id.clone())
            .collect();
        prop_assert!(there.is_subset(&wanted) && back.is_subset(&wanted));
        prop_assert_eq!(&back, &there);
        prop_assert_eq!(there.len(), server.ids(LIST, status).len());
    }
}
