//! Where the keys of a new batch come from besides what is typed: files, and what failed before.

use std::sync::Arc;

use crate::components::error_panel;
use crate::reactive::{Callback, RwSignal, effect};
use crate::state::batches::use_batches;
use crate::state::file::read_chosen;
use crate::state::use_remote::use_remote;
use crate::view::{Event, View, dynamic, el};
use cckm_core::api::decode;
use cckm_core::api::explain::About;
use cckm_core::batch::requests as bulk;
use cckm_core::batch::{JobSnapshot, MOST_BYTES, State, Task, read_file};
use cckm_core::family::Family;
use cckm_core::format::text::counted;
use cckm_core::job::Job;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::problem::Problem;

/// Keys from one place.
#[derive(Clone)]
pub struct Source {
    /// What they are, for people.
    pub label: String,
    /// The keys as they came.
    pub keys: Arc<Vec<String>>,
}

/// What was given, or could not be used.
#[derive(Clone, Copy)]
pub struct Sources {
    /// What was given.
    pub all: RwSignal<Vec<Source>>,
    /// What could not be used, by its name, and why.
    pub wrong: RwSignal<Vec<(String, String)>>,
}

impl Sources {
    /// None.
    pub fn new() -> Self {
        Self {
            all: RwSignal::new(Vec::new()),
            wrong: RwSignal::new(Vec::new()),
        }
    }

    /// Reads the files that someone chose.
    pub fn read(self, event: &Event) {
        self.wrong.set(Vec::new());
        read_chosen(event, MOST_BYTES, move |name, bytes| {
            match bytes.and_then(|bytes| read_file(&bytes)) {
                Ok((keys, other)) => {
                    let only = if other {
                        ", the first column of each line"
                    } else {
                        ""
                    };
                    self.add(format!("{name}{only}"), keys);
                }
                Err(why) => self.wrong.update(|wrong| wrong.push((name, why))),
            }
        });
    }

    fn add(self, what: String, keys: Vec<String>) {
        let label = format!("{}: {what}", counted(keys.len(), "entry", "entries"));
        let keys = Arc::new(keys);
        self.all.update(|all| all.push(Source { label, keys }));
    }

    /// Takes what failed in `from`, a job or a batch, once it is read; `task` is what was done there.
    pub fn take_failed(self, from: &str, task: RwSignal<Task>) -> View {
        match Family::split_job_path(from) {
            Some((family, id)) if *family == *bulk::family() => self.of_job(id, task),
            _ => self.of_batch(from.to_owned(), task),
        }
    }

    fn of_job(self, id: &str, task: RwSignal<Task>) -> View {
        let request = bulk::job(id);
        let data = use_remote(move || request.clone(), decode::job);
        let (answer, id) = (data.answer(), id.to_owned());
        let mut is_taken = false;
        effect(move || {
            if let Some(answer) = answer.get().filter(|_| !is_taken) {
                is_taken = true;
                let operation = answer.value.shown("operation").unwrap_or_default();
                let value = String::new();
                task.set(Task { operation, value });
                self.add(format!("failed in {id}"), failed(&answer.value));
            }
        });
        let error = data.error();
        dynamic(move || {
            let asking = data.asking();
            let again = Callback::new(move |()| asking.refresh());
            let permission = bulk::family().permission;
            let about = About {
                kept: false,
                permission,
            };
            let error = error
                .get()
                .map(|error| error_panel(error.problem(about), again));
            match error {
                Some(panel) => View::from(panel),
                None if answer.get().is_none() => el("p").child("Reading the job…").into(),
                None => View::none(),
            }
        })
    }

    fn of_batch(self, name: String, task: RwSignal<Task>) -> View {
        let batches = use_batches();
        if !batches.open(&name) {
            let what = "The keys that failed were to come from a batch or a bulk operation that does not exist \
                        in this browser.";
            let problem = Problem::here("Nothing to retry", what);
            return error_panel(problem, Callback::new(|()| ())).into();
        }
        batches.watch(&name);
        let left = RwSignal::new(None::<usize>);
        let mut is_taken = false;
        effect(move || {
            batches.read().get();
            batches.changed().get();
            if is_taken {
                return;
            }
            let read = batches.with(&name, |work| {
                let parts = work.batch.parts().iter().enumerate();
                let started = parts.filter(|(_, part)| matches!(part.state, State::Started(_)));
                let news = started.map(|(at, _)| work.table.news(at));
                let unread: Vec<JobSnapshot> =
                    news.filter(|news| news.standing.is_none()).collect();
                let open = unread.iter().filter(|news| news.error.is_none()).count();
                (
                    open,
                    unread.len(),
                    work.table.failed(),
                    work.batch.task().clone(),
                )
            });
            let Some((open, unread, failed, done)) = read else {
                return;
            };
            left.set_changed(Some(open));
            if open == 0 {
                is_taken = true;
                task.set(done);
                self.add("failed in the batch".to_owned(), failed);
                if unread > 0 {
                    let jobs = counted(unread, "job", "jobs");
                    let why =
                        format!("{jobs} of it could not be read, whose keys are not among these.");
                    self.wrong
                        .update(|wrong| wrong.push(("The batch".to_owned(), why)));
                }
            }
        });
        dynamic(move || {
            let left = left.get().filter(|&left| left > 0)?;
            let left = counted(left, "job", "jobs");
            Some(
                el("p")
                    .attr("role", "status")
                    .child(format!("Reading the batch: {left} left…")),
            )
        })
    }
}

/// The names of the items of a job that failed.
fn failed(job: &Job) -> Vec<String> {
    let items = &job.items;
    let failed = (0..items.len()).filter(|&at| {
        let text = items.text(at);
        text.is_some_and(|text| text.class == ItemStatus::Failed)
    });
    failed.map(|at| items.name(at).to_owned()).collect()
}
