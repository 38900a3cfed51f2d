//! Lists: filters, order, pages and the envelope (CONTRACT.md 8). Must not change what is listed.

mod entry;
mod filter;
mod order;
mod page;

use jiff::Timestamp;

use crate::behaviour::Behaviour;
use crate::error::ApiError;
use crate::family::Family;
use crate::http::Request;
use crate::job::Job;
use crate::json::{Writer, object};
use crate::store::Store;

pub use entry::{Filter, Members, Test, Value, entries, write};
pub use page::Page;

/// The answer to a list request.
pub fn list(
    store: &Store,
    family: &'static Family,
    domain: usize,
    now: Timestamp,
    request: &Request,
    behaviour: &Behaviour,
) -> Result<String, ApiError> {
    let page = Page::read(request)?;
    let filters = filter::read(family, request);
    let begun = store.begun(family, domain, now);
    let mut jobs: Vec<&Job> = begun.filter(|job| filters.admit(job, now)).collect();
    if behaviour.newest_first {
        jobs.reverse();
    }
    if family.sort {
        order::sort(&mut jobs, request, now);
    }
    let total = jobs.len();
    let shown = page.cut(&jobs);
    Ok(envelope(
        &page,
        total,
        behaviour.null_when_empty,
        shown,
        |job, out| job.write(now, out),
    ))
}

/// `skip`, `limit`, `total` and `resources`, in the order of the sample.
pub fn envelope<T>(
    page: &Page,
    total: usize,
    null_when_empty: bool,
    shown: &[T],
    mut write: impl FnMut(&T, &mut Writer),
) -> String {
    object(|out| {
        out.member("skip", &page.skip.to_string());
        out.member("limit", &page.limit.to_string());
        out.member("total", &total.to_string());
        out.name("resources");
        if shown.is_empty() && null_when_empty {
            return out.raw("null");
        }
        out.open('[');
        for one in shown {
            write(one, out);
        }
        out.close(']');
    })
}
