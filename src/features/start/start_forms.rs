//! The start forms that a person has begun, and the state of their requests. They outlive their pages, so that no
//! typed text and no lost answer disappears. They end with the user's session.

use cckm_core::api::error::ApiError;
use cckm_core::family::Family;
use cckm_core::family::start_api::StartApi;
use cckm_core::format::time::Timestamp;
use cckm_core::route::StartRoute;
use cckm_core::start::request::{CLOCK_TOLERANCE_MS, StartRequest, StartStage};
use cckm_core::start::{Draft, Prefill};
use leptos::prelude::*;

use crate::hooks::saved_requests::{self, LeaseOwner};

/// One form, and the state of its request.
#[derive(Clone, Copy)]
pub struct StartForm {
    /// What the form starts or changes.
    pub route: StoredValue<StartRoute>,
    /// What is typed.
    pub draft: RwSignal<Draft>,
    /// What was filled in from a job; `None` before the job is read.
    pub prefill: RwSignal<Option<Prefill>>,
    /// The state of the request.
    pub progress: RwSignal<StartProgress>,
}

/// What became of a start.
#[derive(Clone, Default)]
pub struct StartProgress {
    /// The stage of the start.
    pub request: StartRequest,
    /// What was sent last.
    pub sent: Option<SentStart>,
    /// Why the last request was refused, or its answer lost.
    pub error: Option<ApiError>,
    /// Why the last lookup failed.
    pub lookup_error: Option<ApiError>,
    /// The name under which the browser has saved the start; `None` if it has not.
    pub saved_as: Option<String>,
    /// Whether it was sent before the page was loaded.
    pub is_restored: bool,
}

/// A start that was sent.
#[derive(Clone, PartialEq, Eq)]
pub struct SentStart {
    /// The body of the request.
    pub body: String,
    /// The job cannot have been created before.
    pub since: Timestamp,
    /// Whether [`since`](Self::since) is by the server's clock; if not, by the browser's.
    pub is_server_time: bool,
}

impl SentStart {
    /// When it was sent.
    pub fn sent_at(&self) -> Timestamp {
        Timestamp::from_ms(self.since.as_ms().saturating_add(CLOCK_TOLERANCE_MS))
    }
}

/// A start whose result is unknown.
#[derive(Clone, PartialEq, Eq)]
pub struct UnresolvedStart {
    /// Its form.
    pub route: StartRoute,
    /// When it was sent first.
    pub sent_at: Option<Timestamp>,
    /// What it does, in a few words, if this console can tell.
    pub effect: Option<String>,
}

/// Jobs that one start may have created together.
#[derive(Clone, PartialEq, Eq)]
pub struct Duplicates {
    /// Their family.
    pub family: &'static Family,
    /// Their ids, that of the start's own job first.
    pub ids: Vec<String>,
}

/// All forms.
#[derive(Clone, Copy)]
pub struct StartForms {
    /// Jobs that starts may have created twice, until the person dismisses this.
    pub duplicates: RwSignal<Vec<Duplicates>>,
    /// Started jobs that the API does not list and whose id the browser did not save, until the person dismisses this.
    pub unsaved: RwSignal<Vec<(&'static Family, String)>>,
    forms: RwSignal<Vec<StartForm>>,
    owner: StoredValue<Owner>,
}

/// Gives the start forms to all components.
pub fn provide_start_forms() {
    provide_context(StartForms {
        duplicates: RwSignal::new(Vec::new()),
        unsaved: RwSignal::new(Vec::new()),
        forms: RwSignal::new(Vec::new()),
        owner: StoredValue::new(Owner::new()),
    });
}

/// The start forms. Panics if `app.rs` has not provided them.
pub fn use_start_forms() -> StartForms {
    expect_context()
}

impl StartForms {
    /// The form of `route`, as it was left. A form without changes by the person is filled in again: the job may
    /// have changed since.
    pub fn form(self, route: &StartRoute, api: &'static StartApi) -> StartForm {
        let known = self.find(route).filter(|form| !form.is_untouched());
        known.unwrap_or_else(|| {
            let form = self.run_in_owner(|| StartForm {
                route: StoredValue::new(route.clone()),
                draft: RwSignal::new(Draft::new(api)),
                prefill: RwSignal::new(None),
                progress: RwSignal::new(StartProgress::default()),
            });
            self.remove(route);
            self.forms.update(|forms| forms.push(form));
            form
        })
    }

    /// Adds the form of a start of `family` that was sent to `api` before the page was loaded, or in another tab. Returns its
    /// address: that of the empty form, unless there is such a form. The form that has left the start to the other tab
    /// continues with it.
    pub fn restore(
        self,
        family: &'static Family,
        api: &'static StartApi,
        progress: StartProgress,
    ) -> StartRoute {
        let left = self.forms.get_untracked().into_iter().find(|form| form.has_left(&progress));
        if let Some(form) = left {
            form.progress.update(|known| {
                known.saved_as.clone_from(&progress.saved_as);
                known.request.take_back();
            });
            return form.route.get_value();
        }
        let mut route = StartRoute::new(family);
        if self.find(&route).is_some() {
            route.saved.clone_from(&progress.saved_as);
        }
        let form = self.form(&route, api);
        if let Some(sent) = &progress.sent {
            form.draft.set(Draft::from_body(api, &sent.body));
        }
        form.progress.set(progress);
        route
    }

    /// Whether a form has the start that is saved as `name`.
    pub fn has_saved(self, name: &str) -> bool {
        let forms = self.forms.read_untracked();
        forms.iter().any(|form| form.progress.read_untracked().saved_as.as_deref() == Some(name))
    }

    /// Keeps the saved starts of all forms for this tab.
    pub fn renew_leases(self) {
        for form in self.forms.get_untracked() {
            form.renew_lease();
        }
    }

    /// Leaves the saved starts that other tabs have taken to those.
    pub fn check_leases(self) {
        for form in self.forms.get_untracked() {
            form.check_lease();
        }
    }

    /// Runs `create` so that the signals it creates live as long as the forms.
    pub fn run_in_owner<T>(self, create: impl FnOnce() -> T) -> T {
        self.owner.get_value().with(create)
    }

    /// Removes the form of `route`: the next visit begins with an empty one.
    pub fn remove(self, route: &StartRoute) {
        self.forms.update(|forms| forms.retain(|form| !form.is_for(route)));
    }

    /// The starts whose result is unknown.
    pub fn unresolved(self) -> Vec<UnresolvedStart> {
        self.forms.read().iter().filter_map(|form| form.unresolved()).collect()
    }

    fn find(self, route: &StartRoute) -> Option<StartForm> {
        let forms = self.forms.read_untracked();
        forms.iter().copied().find(|form| form.is_for(route))
    }
}

impl StartForm {
    /// Keeps the form's saved start for this tab. If another tab has taken it, nothing is sent from here.
    pub fn renew_lease(self) {
        if let Some(name) = self.check_lease() {
            saved_requests::renew(&name);
        }
    }

    /// The name of the form's saved start whose result is unknown, if this tab holds it. If another tab has taken it, nothing
    /// is sent from here. If it is no longer saved, what is known of it stays: nobody may have resolved it.
    fn check_lease(self) -> Option<String> {
        let name = self
            .progress
            .try_with_untracked(|progress| {
                progress.saved_as.clone().filter(|_| progress.request.is_pending())
            })
            .flatten()?;
        let owner = saved_requests::lease_owner(&name);
        if owner == LeaseOwner::ThisTab {
            return Some(name);
        }
        self.progress.try_update(|progress| {
            let is_taken = owner == LeaseOwner::OtherTab;
            let is_left = if is_taken {
                progress.request.leave_to_other_tab()
            } else {
                progress.request.is_unresolved()
            };
            if is_left {
                progress.saved_as = None;
            }
        });
        None
    }

    fn unresolved(self) -> Option<UnresolvedStart> {
        let progress = self.progress.read();
        progress.request.is_unresolved().then(|| UnresolvedStart {
            route: self.route.get_value(),
            sent_at: progress.sent.as_ref().map(SentStart::sent_at),
            // While its result is unknown, the form cannot be changed.
            effect: self.draft.with_untracked(Draft::effect),
        })
    }

    /// Whether it has left the start of `restored` to another tab.
    fn has_left(self, restored: &StartProgress) -> bool {
        let progress = self.progress.read_untracked();
        *progress.request.stage() == StartStage::InOtherTab && progress.sent == restored.sent
    }

    /// Whether the browser has saved its start.
    pub fn is_saved(self) -> bool {
        self.progress.with_untracked(|progress| progress.saved_as.is_some())
    }

    fn is_for(self, route: &StartRoute) -> bool {
        self.route.with_value(|own| own == route)
    }

    /// Whether the form was filled in from a job, then neither changed nor sent.
    fn is_untouched(self) -> bool {
        let draft = self.draft.read_untracked();
        let prefill = self.prefill.read_untracked();
        let progress = self.progress.read_untracked();
        *progress.request.stage() == StartStage::Draft
            && prefill.as_ref().is_some_and(|prefill| prefill.draft == *draft)
    }
}
