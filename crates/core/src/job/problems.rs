//! The problems of a job, which a retry repeats.

use crate::format::json;
use crate::job::Job;
use crate::job::cause::Cause;
use crate::job::details::{Detail, details};
use crate::job::items::Items;
use crate::job::items_view::{ItemFilter, ItemsView};

impl Job {
    /// The names of the problems, in order: of all of them, or of those with the cause of the key `cause`
    /// ([`Cause::key`]). In a job that has ended, everything that is not a success is a problem; while it may run, only
    /// what failed.
    pub fn problem_names<'a>(
        &'a self,
        cause: Option<&str>,
    ) -> impl Iterator<Item = &'a str> + use<'a> {
        let filter = cause.map_or(ItemFilter::Problems, |key| ItemFilter::Cause(key.to_owned()));
        let view = ItemsView { filter, ..ItemsView::default() };
        let selected = view.select(&self.items, !self.may_run()).into_iter();
        selected.map(|index| self.items.name(index as usize))
    }

    /// The members whose names announce a message, such as `error_message`, and that are not empty. None is documented
    /// (CONTRACT.md 2.1), but a job without items has no other explanation.
    pub fn messages(&self) -> Vec<Detail> {
        const WORDS: [&str; 5] = ["error", "message", "reason", "warning", "result"];
        let is_message = |name: &str| {
            let name = name.to_ascii_lowercase();
            WORDS.iter().any(|word| name.contains(word))
        };
        let is_empty = |raw: &str| {
            matches!(raw, "null" | "[]" | "{}" | "false" | "0")
                || json::parse_string(raw).is_some_and(|text| text.trim().is_empty())
        };
        let members = self.members.iter();
        let members = members.filter(|member| is_message(&member.name) && !is_empty(&member.raw));
        details(&Self { members: members.cloned().collect(), ..Self::default() })
    }
}

/// The names of the first `max` items of each of `causes`, which are those of `items`.
pub fn first_names(causes: &[Cause], items: &Items, max: usize) -> Vec<Vec<String>> {
    let mut cause_of = vec![None; items.texts().len()];
    for (index, cause) in causes.iter().enumerate() {
        for &text in &cause.texts {
            if let Some(of) = cause_of.get_mut(text as usize) {
                *of = Some(index);
            }
        }
    }
    let mut names = vec![Vec::new(); causes.len()];
    let mut open: usize = causes.iter().map(|cause| cause.count.min(max)).sum();
    for index in 0..items.len() {
        if open == 0 {
            break;
        }
        let cause = items.text_id(index).and_then(|text| *cause_of.get(text)?);
        if let Some(names) =
            cause.and_then(|cause| names.get_mut(cause)).filter(|names| names.len() < max)
        {
            names.push(items.name(index).to_owned());
            open -= 1;
        }
    }
    names
}
