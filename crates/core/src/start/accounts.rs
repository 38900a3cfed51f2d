//! Which KMS belongs to which AWS account, as far as jobs show it.
//!
//! The API names accounts by number in the items of a job, and KMS by name in its request (CONTRACT.md 2.1, 2.2). A
//! job of a single KMS shows which belong together.

use std::collections::{BTreeSet, HashMap};

use crate::api::request::Request;
use crate::api::requests;
use crate::family::Family;
use crate::job::Job;
use crate::job::page::JobPage;
use crate::start::summary::CONTAINERS;

/// How many pages of a list of jobs are read, and how many jobs are in one.
const MAX_PAGES: usize = 5;
const PAGE_SIZE: usize = 100;

/// Pairs of an account and its KMS, derived from jobs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accounts(BTreeSet<(String, String)>);

impl Accounts {
    /// Adds the pair of `job`, if it has exactly one KMS and items of exactly one account.
    pub fn add_from(&mut self, job: &Job) {
        let mut kms = job.list(CONTAINERS);
        let mut accounts = job.items.names().map(account);
        let Some(Some(first)) = accounts.next().filter(|_| kms.len() == 1) else {
            return;
        };
        if accounts.all(|other| other == Some(first)) {
            self.0.extend(kms.pop().map(|kms| (first.to_owned(), kms)));
        }
    }

    /// The KMS of each account, by its index in `requested`. An account is left out if it was seen with several of
    /// these KMS, or if its KMS was seen with several accounts.
    pub(super) fn indices<'a>(&'a self, requested: &[String]) -> HashMap<&'a str, usize> {
        let index_of: HashMap<&String, usize> =
            requested.iter().enumerate().map(|(index, kms)| (kms, index)).collect();
        let pairs = || {
            let pairs = self.0.iter();
            pairs.filter_map(|(account, kms)| Some((account.as_str(), *index_of.get(kms)?)))
        };
        let mut seen = vec![0_u32; requested.len()];
        let mut seen_accounts = HashMap::<&str, u32>::new();
        for (account, index) in pairs() {
            seen[index] += 1;
            *seen_accounts.entry(account).or_default() += 1;
        }
        pairs()
            .filter(|(account, index)| seen[*index] == 1 && seen_accounts[account] == 1)
            .collect()
    }
}

/// Derives accounts from the first pages of the list of a family, which are the newest jobs if the server begins with these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountReader {
    /// What is known so far.
    pub accounts: Accounts,
    /// How many jobs were read.
    pub read: usize,
    /// Whether no further page is read.
    pub is_over: bool,
    pages: usize,
}

impl AccountReader {
    /// A reader that begins with what is known, and with what `job`, which is repeated, shows itself.
    pub fn new(mut accounts: Accounts, job: &Job) -> Self {
        accounts.add_from(job);
        Self { accounts, ..Self::default() }
    }

    /// The request for the next page of the list of `family`.
    pub fn request(&self, family: &'static Family) -> Request {
        requests::list_range(family, self.read, PAGE_SIZE)
    }

    /// Adds what the jobs of the next page show.
    pub fn push(&mut self, page: &JobPage) {
        for job in &page.jobs {
            self.accounts.add_from(job);
        }
        let total = page.total(self.read);
        self.read += page.received();
        self.pages += 1;
        self.is_over = page.received() == 0
            || total.is_some_and(|total| self.read >= total)
            || self.pages >= MAX_PAGES;
    }
}

/// The account in the name of an item, `<account>/<region>`.
pub(super) fn account(item: &str) -> Option<&str> {
    item.rsplit_once('/').map(|(account, _)| account).filter(|account| !account.is_empty())
}
