//! Fetches the list of all jobs: connects [`AllJobs`], which makes all decisions, to the network and the clock.

use std::time::Duration;

use cckm_core::api::request::Request;
use cckm_core::format::time::Timestamp;
use cckm_core::job::outcome::StuckRule;
use cckm_core::list::all_jobs::{AllJobs, MergedPage};
use cckm_core::route::AllJobsRoute;
use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clock;
use crate::hooks::{
    ListSizes, RefetchHandle, Session, use_list_sizes, use_session, use_stuck_rule,
};

/// The page of all jobs. From [`use_all_jobs`].
#[derive(Clone, Copy)]
pub struct UseAllJobs {
    /// The page, as far as it is known.
    pub page: Memo<MergedPage>,
    /// The state of the fetching. [`RefetchHandle::refetch`] only checks the page; [`refresh`](Self::refresh)
    /// reads all lists again.
    pub handle: RefetchHandle,
    session: Session,
    rule: Signal<StuckRule>,
    sizes: ListSizes,
    jobs: RwSignal<AllJobs>,
    /// The requests in flight.
    tasks: StoredValue<Vec<(u32, AbortHandle)>>,
}

/// Fetches the page of `route`, again for each other route, and checks it after a sign-in and on
/// [`RefetchHandle::refetch`]. At intervals of `count_interval` a check also looks for new jobs. Requests that
/// are not wanted any more are aborted, and all of them when the owner ends.
pub fn use_all_jobs(route: Memo<AllJobsRoute>, count_interval: Duration) -> UseAllJobs {
    let session = use_session();
    let jobs = RwSignal::new(route.with_untracked(AllJobs::new));
    let tasks = StoredValue::new(Vec::new());
    let trigger = Trigger::new();
    let (rule, sizes) = (use_stuck_rule(), use_list_sizes());
    let status = Memo::new(move |_| jobs.read().status());
    let all = UseAllJobs {
        page: Memo::new(move |_| jobs.read().page(rule.get_untracked())),
        handle: RefetchHandle::new(status.into(), trigger),
        session,
        rule,
        sizes,
        jobs,
        tasks,
    };
    // The first run sends the first requests.
    Effect::new(move |_| {
        let route = route.get();
        all.update(|jobs, _| jobs.set_route(&route));
    });
    Effect::new(move |before: Option<u32>| {
        trigger.track();
        let epoch = session.epoch.get();
        match before {
            None => {}
            Some(before) if before == epoch => {
                all.update(|jobs, now| jobs.check(now, count_interval));
            }
            Some(_) => all.update(|jobs, now| jobs.resume(now, count_interval)),
        }
        epoch
    });
    on_cleanup(move || {
        tasks.try_update_value(|tasks| abort(tasks, |_| false));
    });
    all
}

impl UseAllJobs {
    /// Reads all lists again.
    pub fn refresh(self) {
        self.update(|jobs, _| jobs.refresh());
    }

    /// Requests the failed lists again.
    pub fn retry(self) {
        self.update(|jobs, _| jobs.retry());
    }

    /// Updates the jobs, then sends the requests that they need. Does nothing once the page is gone.
    fn update(self, update: impl FnOnce(&mut AllJobs, Timestamp)) {
        let now = clock::now();
        let requests = self.jobs.try_update(|jobs| {
            update(jobs, now);
            let requests = jobs.next_requests(now);
            self.tasks.update_value(|tasks| abort(tasks, |number| jobs.awaits(number)));
            requests
        });
        for (number, request) in requests.unwrap_or_default() {
            self.send(number, request);
        }
    }

    /// Sends one request. Not a part of `update`, whose type parameter would nest without end.
    fn send(self, number: u32, request: Request) {
        let (task, handle) = abortable(self.session.send(request));
        self.tasks.update_value(|tasks| tasks.push((number, handle)));
        spawn_local(async move {
            if let Ok(answer) = task.await {
                // Untracked: the outcome of a job is decided when its answer arrives.
                let Some(rule) = self.rule.try_get_untracked() else { return };
                self.update(|jobs, now| jobs.receive(number, answer, now, rule));
                let sizes = self.page.try_with_untracked(|page| page.sizes.clone());
                self.sizes.record(sizes.unwrap_or_default());
            }
        });
    }
}

/// Aborts and removes the tasks that are not wanted.
fn abort(tasks: &mut Vec<(u32, AbortHandle)>, is_wanted: impl Fn(u32) -> bool) {
    tasks.retain(|(number, task)| {
        let keep = is_wanted(*number);
        if !keep {
            task.abort();
        }
        keep
    });
}
