//! A batch of the starts that repeat what failed of a synchronization.

use crate::batch::{Batch, Chunk, Task, task};
use crate::family::{Family, NameMatch};
use crate::format::text::pluralize;
use crate::route::{BatchRoute, Route, StartRoute};
use crate::start::{PlannedStart, StartScope};

/// Whether a batch can start jobs of `family` to repeat failed items.
pub fn can_repeat(family: &Family) -> bool {
    let names_accounts =
        family.requested.is_some_and(|list| list.name_match == NameMatch::LastSegment);
    names_accounts && family.can_start() && family.list.is_some()
}

/// Where the problems of the job `id` of `family` are repeated: of all, or of those with the cause of the key `cause`.
/// `None` if such jobs cannot be started for single items. `is_plan` says whether a family of
/// [`can_repeat`] shows its plan first, or the form of one start.
pub fn retry_route(
    family: &'static Family,
    id: &str,
    cause: Option<String>,
    is_plan: bool,
) -> Option<Route> {
    if !family.can_start() || family.requested.is_none() {
        return None;
    }
    Some(if family.path == task::family().path {
        let from = BatchRoute::from_failures(format!("{}/{id}", family.path));
        Route::Batch(BatchRoute { cause, ..from })
    } else if can_repeat(family) && is_plan {
        Route::Batch(BatchRoute { cause, ..BatchRoute::repeat(family, id) })
    } else {
        let from = Some(id.to_owned());
        Route::Start(StartRoute { from, failed_only: true, cause, ..StartRoute::new(family) })
    })
}

impl Batch {
    /// Plans `starts` of jobs of `family`, which repeat what failed of the job `id`. No failed item may be in two of
    /// them.
    pub fn repeat(family: &'static Family, id: &str, starts: Vec<PlannedStart>) -> Self {
        let chunk = |PlannedStart { scope, failed }| Chunk::new(failed, Some(scope));
        let chunks = starts.into_iter().map(chunk).collect();
        Self { family, chunks, repeated: id.to_owned(), ..Self::plan(Task::default(), [], 1) }
    }

    /// The id of the job of [`family`](Self::family) whose failed items it repeats. `None` if it repeats no job, or was
    /// saved by a version that did not save the id.
    pub fn repeated_job(&self) -> Option<&str> {
        Some(&*self.repeated).filter(|id| self.is_repetition() && !id.is_empty())
    }

    /// Whether it repeats what failed of a synchronization.
    pub fn is_repetition(&self) -> bool {
        self.family.path != task::family().path
    }

    /// Its name on the page: the operation, or what is repeated.
    pub fn title(&self) -> String {
        let (one, many) = self.family.item_nouns;
        let keys = self.key_count();
        if self.is_repetition() {
            let failed = pluralize(keys, &format!("failed {one}"), &format!("failed {many}"));
            return format!("{} again: {failed}", self.family.full_name());
        }
        format!("{}: {}", self.task.label(), pluralize(keys, one, many))
    }

    /// The effect of the job of `chunk`, as a sentence.
    pub fn effect_of(&self, chunk: &Chunk) -> String {
        match &chunk.scope {
            Some(_) => {
                let (one, many) = self.family.item_nouns;
                let verb = self.family.start.map_or("", |start| start.verb);
                let (count, failed) = (chunk.item_count(), chunk.keys.len());
                let of_them = if failed < count {
                    format!(", {} of which failed", pluralize(failed, one, many))
                } else {
                    String::new()
                };
                format!("{verb} {}{of_them}.", pluralize(count, one, many))
            }
            None => self.task.effect(chunk.keys.len()),
        }
    }

    /// The body of the request that starts the job of `chunk`.
    pub(super) fn body(&self, chunk: &Chunk) -> String {
        chunk.scope.as_ref().map_or_else(|| self.task.body(&chunk.keys), StartScope::body)
    }
}

impl Chunk {
    /// The number of items that its job works on.
    pub fn item_count(&self) -> usize {
        self.scope.as_ref().map_or(self.keys.len(), StartScope::count)
    }
}
