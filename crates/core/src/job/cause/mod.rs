//! The causes of the problems of a job: status texts that differ only in variables are one cause.
//!
//! Failure texts are not documented (CONTRACT.md 2.4, 10), so a cause is found in the text alone. [`normalize`] replaces
//! what varies from item to item (ids, ARNs, numbers, names …) by placeholders; the rest, with the codes and the names
//! of actions in it, is the cause.

mod address;
mod class;
mod constant;
mod http;
mod key;
mod name;
mod normalize;
mod noun;
mod prepare;
mod quote;
mod region;
mod time;
mod word;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::job::cause::key::{BuildDigestHasher, CauseKeys, NO_RESULT_NAMES};
use crate::job::item_status::ItemStatus;
use crate::job::items::{ItemText, Items};

pub(in crate::job) use crate::job::cause::key::CauseFilter;
pub use crate::job::cause::normalize::Normalizer;

/// Problems with the same cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Identifies the cause in an address. It depends only on the class and the normalised text, so that it is the same
    /// in every job. People save addresses: it must not change.
    pub key: String,
    /// The error class, as in `AccessDeniedException`, if the text has one; otherwise the beginning of the normalised
    /// text.
    pub name: String,
    /// The error class, if the text has one.
    pub class: Option<String>,
    /// The normalised text, with placeholders such as `‹uuid›` for what varies. At most about 1,500 bytes.
    pub pattern: String,
    /// The most urgent status of its items.
    pub status: ItemStatus,
    /// The number of its items.
    pub count: usize,
    /// The numbers of its texts in [`Items::texts`], ascending and at least one.
    pub texts: Vec<u32>,
}

/// The most frequent cause of the problems of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MainCause {
    /// The name of the cause ([`Cause::name`]).
    pub name: String,
    /// The key of the cause ([`Cause::key`]).
    pub key: String,
    /// The number of its items.
    pub count: usize,
    /// The number of other causes.
    pub others: usize,
}

impl Cause {
    /// The causes of all problems in `items`, most frequent first. `is_finished` says whether the job has ended
    /// ([`ItemStatus::is_problem`]). The order does not depend on the order of the items.
    pub fn all(items: &Items, is_finished: bool) -> Vec<Self> {
        let mut keys = CauseKeys::default();
        let mut groups: HashMap<u64, Group, BuildDigestHasher> = HashMap::default();
        for (id, text) in problems(items, is_finished) {
            let group = match groups.entry(keys.identify(text)) {
                Entry::Occupied(group) => group.into_mut(),
                Entry::Vacant(place) => place.insert(Group::new(id, text)),
            };
            group.add(text);
            group.texts.push(id);
        }
        let mut groups: Vec<(u64, Group)> = groups.into_iter().collect();
        groups.sort_unstable_by_key(|(digest, group)| group.rank(*digest));
        groups
            .into_iter()
            .filter_map(|(digest, group)| {
                let text = items.texts().get(group.first as usize)?;
                Some(group.cause(&mut keys, digest, text))
            })
            .collect()
    }

    /// The text of one of its items, for people; `items` are those of which it is a cause.
    pub fn sample<'a>(&self, items: &'a Items) -> &'a str {
        let first = self.texts.first().and_then(|&id| items.texts().get(id as usize));
        first.map_or("", |text| &text.text)
    }
}

impl MainCause {
    /// The main cause of the problems in `items`; `None` if there is no problem. It is the first of [`Cause::all`], unless
    /// the items have more distinct texts than a list has time to read for each of its rows.
    pub fn new(items: &Items, is_finished: bool) -> Option<Self> {
        let mut keys = CauseKeys::default();
        let mut groups: HashMap<u64, Group, BuildDigestHasher> = HashMap::default();
        for (id, text) in problems(items, is_finished).take(MAX_ROW_TEXTS) {
            groups.entry(keys.identify(text)).or_insert_with(|| Group::new(id, text)).add(text);
        }
        let others = groups.len().checked_sub(1)?;
        let (digest, group) =
            groups.into_iter().min_by_key(|(digest, group)| group.rank(*digest))?;
        let text = items.texts().get(group.first as usize)?;
        let cause = group.cause(&mut keys, digest, text);
        Some(Self { name: cause.name, key: cause.key, count: cause.count, others })
    }
}

impl MainCause {
    /// The most frequent cause of a finished job whose items have the main cause `cause`, and which has not reported
    /// `unreported` more items, whose cause is "No result".
    pub fn with_unreported(cause: Option<Self>, unreported: usize) -> Option<Self> {
        let no_result = |others| Self {
            name: NO_RESULT_NAMES.1.to_owned(),
            key: NO_RESULT_NAMES.0.to_owned(),
            count: unreported,
            others,
        };
        match cause {
            cause if unreported == 0 => cause,
            None => Some(no_result(0)),
            Some(cause) if cause.count < unreported => Some(no_result(cause.others + 1)),
            Some(cause) => Some(Self { others: cause.others + 1, ..cause }),
        }
    }
}

/// How many distinct texts of one job are read for the row of a list.
const MAX_ROW_TEXTS: usize = 2_000;

/// The distinct texts of the problems, with their numbers.
fn problems(items: &Items, is_finished: bool) -> impl Iterator<Item = (u32, &ItemText)> {
    let texts = (0..).zip(items.texts());
    texts.filter(move |(_, text)| text.count > 0 && text.status.is_problem(is_finished))
}

/// The texts of one cause while they are counted.
struct Group {
    first: u32,
    status: ItemStatus,
    count: usize,
    texts: Vec<u32>,
}

impl Group {
    fn new(id: u32, text: &ItemText) -> Self {
        Self { first: id, status: text.status, count: 0, texts: Vec::new() }
    }

    fn add(&mut self, text: &ItemText) {
        self.count += text.count;
        self.status = self.status.min(text.status);
    }

    /// Sorts the most frequent first. The digest makes the order of equally frequent ones stable.
    fn rank(&self, digest: u64) -> (Reverse<usize>, ItemStatus, u64) {
        (Reverse(self.count), self.status, digest)
    }

    /// The cause that `digest` identifies; `text` is one of its texts.
    fn cause(self, keys: &mut CauseKeys, digest: u64, text: &ItemText) -> Cause {
        let Self { status, count, texts, .. } = self;
        if let Some((key, name)) = key::names(digest) {
            let (key, name) = (key.to_owned(), name.to_owned());
            return Cause { key, pattern: name.clone(), name, class: None, status, count, texts };
        }
        let pattern = keys.pattern(text).to_owned();
        let class = class::find(&pattern);
        let key = key::key(digest, &pattern, class.as_deref());
        let name = name::name(class.as_deref(), &pattern);
        Cause { key, name, class, pattern, status, count, texts }
    }
}
