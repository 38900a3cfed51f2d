//! The batches of this browser. They live as long as the page: one goes on while others are on screen.
//!
//! What is kept of them is ids and settings; what the jobs tell is in memory only. One tab at a time
//! sends the jobs of a batch: the one in which someone said so last, and which holds its lease.
//! Each change is kept before the request that it is about is sent, so that after a reload a start under
//! way is a lost one and never one that waits.

mod drive;
mod follow;

pub use crate::state::batches::drive::Word;

use std::collections::HashMap;
use std::mem;
use std::time::Duration;

use leptos::prelude::{
    LocalStorage, StoredValue, UpdateValue, expect_context, provide_context,
    set_interval_with_handle,
};

use crate::reactive::{RwSignal, Signal, follow as follow_signal};
use crate::state::listen::listen;
use crate::state::remote::{Answer, Fetched};
use crate::state::session::{Session, use_session};
use crate::state::timer::Timer;
use crate::state::wall_clock::now;
use crate::state::{kept, lease, place};
use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::batch::requests as bulk;
use cckm_core::batch::{Batch, Follow, State, Stop, Table};
use cckm_core::config::{Config, PollBounds};
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use cckm_core::session::phase::Phase;

/// What stands before the name of a batch where its state is kept, and where its keys are.
const STATE: &str = "batch.";
const KEYS: &str = "keys.";
/// How often the lease of a batch is renewed.
const BEAT: Duration = Duration::from_secs(10);

/// All batches that were opened or started in this tab.
#[derive(Clone, Copy)]
pub struct Batches {
    works: StoredValue<HashMap<String, Work>, LocalStorage>,
    session: Session,
    base: StoredValue<String, LocalStorage>,
    bounds: PollBounds,
    changed: RwSignal<u32>,
    read: RwSignal<u32>,
}

/// A batch in this tab.
#[expect(clippy::struct_excessive_bools, reason = "they are independent")]
pub struct Work {
    /// What was planned, sent and answered.
    pub batch: Batch,
    /// What the jobs told.
    pub table: Table,
    /// When a job was read the last time.
    pub at: Option<Timestamp>,
    /// Why the last job that was asked for could not be read.
    pub error: Option<ApiError>,
    /// Whether someone paused the reading.
    pub paused: bool,
    /// Whether this tab sends its jobs.
    pub held: bool,
    follow: Follow,
    /// As it was kept last.
    saved: String,
    /// Whether the jobs of the server are looked through, or are going to be; how often that was in vain.
    looking: bool,
    looks: u32,
    /// Whether it was looked for starts that the browser sent twice, since the last was sent.
    checked: bool,
    /// How many requests for jobs failed in a row.
    failures: u32,
    /// How many pages show it.
    watchers: u32,
    timer: Option<Timer>,
    publishing: bool,
    shown: Option<Answer<Job>>,
}

/// Makes them for the root of the page.
pub fn provide_batches(config: &Config) {
    let batches = Batches {
        works: StoredValue::new_local(HashMap::new()),
        session: use_session(),
        base: StoredValue::new_local(place::absolute(&config.api_base)),
        bounds: config.poll,
        changed: RwSignal::new(0),
        read: RwSignal::new(0),
    };
    // Nothing that was read for one user stays for the next, and nobody goes on for another.
    follow_signal(batches.session.identity(), move |_| batches.begin_anew());
    follow_signal(batches.session.phase(), move |phase| {
        if phase != Phase::SignedIn {
            batches.halt_all(&bulk::stop(&ApiError::SignedOut, now()));
        }
    });
    // Another tab kept something.
    listen("storage", move |_| batches.read_kept());
    listen("pagehide", move |_| {
        batches.each(&mut |name, work| {
            if work.held {
                lease::release(name);
            }
        });
    });
    // Goes on as long as the page does.
    _ = set_interval_with_handle(move || batches.beat(), BEAT);
    provide_context(batches);
}

/// The batches of [`provide_batches`].
pub fn use_batches() -> Batches {
    expect_context()
}

impl Batches {
    /// Changes with everything that happens to a batch but what is read of its jobs.
    pub fn changed(self) -> Signal<u32> {
        self.changed.into()
    }

    /// Changes with what is read of jobs, and with what stands in place of it.
    pub fn read(self) -> Signal<u32> {
        self.read.into()
    }

    /// The names of the batches that the browser keeps, the newest first.
    pub fn names(self) -> Vec<String> {
        let names = kept::names(STATE);
        let names = names.iter().rev();
        names.map(|name| name[STATE.len()..].to_owned()).collect()
    }

    /// Whether the batch `name` is known, in this tab or from what the browser keeps.
    pub fn open(self, name: &str) -> bool {
        if self.with(name, |_| ()).is_some() {
            return true;
        }
        let Some((batch, saved)) = load(name) else {
            return false;
        };
        self.put(name, batch, saved);
        true
    }

    /// Does something with the batch `name`, which was opened.
    pub fn with<T>(self, name: &str, act: impl FnOnce(&mut Work) -> T) -> Option<T> {
        let (mut act, mut result) = (Some(act), None);
        self.work(name, &mut |work| {
            result = act.take().map(|act| act(work));
        });
        result
    }

    /// All keys of a batch with what is known of them.
    pub fn items(self, name: &str) -> Option<Answer<Job>> {
        self.with(name, |work| {
            let table = &work.table;
            work.shown.get_or_insert_with(|| answer(table)).clone()
        })
    }

    /// Forgets a batch, whatever it does. Jobs that were started go on.
    pub fn forget(self, name: &str) {
        for start in [STATE, KEYS, "lease."] {
            kept::save(&format!("{start}{name}"), "");
        }
        self.all(&mut |works| _ = works.remove(name));
        self.tell();
    }

    /// Tells nobody, since a page may open one while it is made.
    fn put(self, name: &str, batch: Batch, saved: String) {
        let table = Table::of(&batch);
        let mut work = Work {
            batch,
            table,
            saved,
            at: None,
            error: None,
            paused: false,
            held: false,
            follow: Follow::default(),
            looking: false,
            looks: 0,
            checked: false,
            failures: 0,
            watchers: 0,
            timer: None,
            publishing: false,
            shown: None,
        };
        work.sync();
        let mut work = Some(work);
        self.all(&mut |works| {
            if let Some(work) = work.take() {
                works.insert(name.to_owned(), work);
            }
        });
    }

    #[inline(never)]
    fn work(self, name: &str, act: &mut dyn FnMut(&mut Work)) {
        self.all(&mut |works| {
            if let Some(work) = works.get_mut(name) {
                act(work);
            }
        });
    }

    fn each(self, act: &mut dyn FnMut(&str, &mut Work)) {
        self.all(&mut |works| {
            for (name, work) in works {
                act(name, work);
            }
        });
    }

    #[inline(never)]
    fn all(self, act: &mut dyn FnMut(&mut HashMap<String, Work>)) {
        self.works.try_update_value(|works| act(works));
    }

    fn tell(self) {
        self.changed.update(|times| *times = times.wrapping_add(1));
    }

    /// Shows in the table, and in what is asked for, what became of the parts.
    fn sync(self, name: &str) {
        self.work(name, &mut Work::sync);
        self.publish(name);
        self.tell();
    }

    /// Keeps what became of a batch that this tab works on. Whether the browser took it.
    fn keep(self, name: &str) -> bool {
        let mut is_kept = true;
        self.work(name, &mut |work| {
            if !work.held || !lease::is_own(name) {
                return;
            }
            let text = work.batch.save();
            if text != work.saved {
                is_kept = kept::save(&format!("{STATE}{name}"), &text);
                if is_kept {
                    work.saved = text;
                }
            }
        });
        self.sync(name);
        is_kept
    }

    /// Reads anew what another tab may have changed.
    fn read_kept(self) {
        let mut names = Vec::new();
        self.each(&mut |name, work| {
            if !(work.held && lease::is_own(name)) {
                names.push(name.to_owned());
            }
        });
        for name in names {
            self.reload(&name);
        }
        self.tell();
    }

    /// Reads one batch anew, if it was kept by another tab.
    fn reload(self, name: &str) {
        let Some((batch, saved)) = load(name) else {
            self.all(&mut |works| _ = works.remove(name));
            return;
        };
        let mut read = Some((batch, saved));
        self.work(name, &mut |work| {
            if mem::replace(&mut work.held, false) && !work.batch.is_over() {
                work.batch.halt(Stop::here(
                    "Another tab has taken this batch over",
                    "No more jobs are started here until you say so.",
                ));
            }
            if let Some((batch, saved)) = read.take().filter(|(_, saved)| *saved != work.saved) {
                (work.batch, work.saved) = (batch, saved);
            }
        });
        self.sync(name);
    }

    fn beat(self) {
        let mut lost = Vec::new();
        self.each(&mut |name, work| {
            if work.held && !(lease::is_own(name) && lease::take(name)) {
                lost.push(name.to_owned());
            }
        });
        for name in lost {
            self.reload(&name);
        }
    }

    fn begin_anew(self) {
        let mut names = Vec::new();
        self.each(&mut |name, work| {
            work.follow = Follow::default();
            (work.at, work.error, work.shown) = (None, None, None);
            names.push(name.to_owned());
        });
        for name in names {
            // What is kept has no words of the server.
            let mut read = load(&name);
            if read.is_none() {
                self.all(&mut |works| _ = works.remove(&name));
            }
            self.work(&name, &mut |work| {
                if let Some((batch, saved)) = read.take() {
                    work.table = Table::of(&batch);
                    (work.batch, work.saved) = (batch, saved);
                }
                work.batch.halt_anew(Stop::of_another_user());
            });
            self.keep(&name);
            self.drive(&name);
        }
    }

    /// Stops what this tab sends.
    fn halt_all(self, stop: &Stop) {
        let mut names = Vec::new();
        self.each(&mut |name, work| {
            if work.held && !work.batch.is_over() {
                work.batch.halt(stop.clone());
                names.push(name.to_owned());
            }
        });
        for name in names {
            self.keep(&name);
            self.drive(&name);
        }
    }
}

impl Work {
    fn sync(&mut self) {
        self.table.follow(&self.batch);
        for (part, state) in self.batch.parts().iter().enumerate() {
            if matches!(state.state, State::Started(_)) {
                self.follow.start(part, follow::ms());
            }
        }
    }
}

fn load(name: &str) -> Option<(Batch, String)> {
    let saved = kept::load(&format!("{STATE}{name}"))?;
    let keys = kept::load(&format!("{KEYS}{name}"))?;
    Some((Batch::load(&saved, &keys)?, saved))
}

/// As if one job had them all.
fn answer(table: &Table) -> Answer<Job> {
    let value = Job {
        items: table.items().clone(),
        ..Job::default()
    };
    let fetched = Fetched {
        request: Request::get(""),
        value,
        body: Vec::new(),
        at: now(),
    };
    Answer::new(fetched)
}
