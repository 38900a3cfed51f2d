//! Jobs that one start may have made beside its own. Browsers send a request a second time by themselves
//! when a connection that was in use before breaks without an answer, a POST too, and tell the page
//! nothing of it: no page can prevent that, but it can be seen in the list.

use crate::family::Family;
use crate::job::Job;

/// How many jobs of the list are looked at.
pub const LOOKED_AT: usize = 100;

/// How far the times of two jobs of one start may be apart, beyond the time until the answer, in
/// milliseconds.
const SLACK: i64 = 2_000;

/// The ids of the jobs among `listed` that say they were asked for the same as `own`, and were created
/// within the `took` milliseconds before it, in which its start waited for the answer.
pub fn duplicates(family: &Family, own: &Job, listed: &[Job], took: i64) -> Vec<String> {
    let fields = family.start.map_or(&[][..], |api| api.fields);
    let told = || fields.iter().map(|field| field.told);
    let told = || told().filter(|told| !told.is_empty());
    let (Some(id), Some(created)) = (own.id(), own.started()) else {
        return Vec::new();
    };
    // Where jobs tell nothing of what was asked for, any two would be alike.
    let untold = fields
        .iter()
        .any(|field| !field.inside.is_empty() && field.told.is_empty());
    if untold || told().all(|member| own.raw(member).is_none()) {
        return Vec::new();
    }
    let is_twin = |job: &&Job| {
        let apart = job.started().map(|other| created.since(other));
        let at_once = apart.is_some_and(|apart| (-SLACK..=took + SLACK).contains(&apart));
        at_once && told().all(|member| own.raw(member) == job.raw(member))
    };
    let ids = listed.iter().filter(is_twin).filter_map(Job::id);
    ids.filter(|other| *other != id).collect()
}
