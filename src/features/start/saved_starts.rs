//! The starts that the browser saves before they are sent, until their result is known.

use cckm_core::family::Family;
use cckm_core::family::start_api::StartApi;
use cckm_core::pending::PendingStart;
use cckm_core::route::StartRoute;
use cckm_core::start::request::StartRequest;
use leptos::prelude::*;

use super::start_forms::{SentStart, StartForms, StartProgress};
use crate::hooks::saved_requests::{self, use_held_requests};
use crate::hooks::use_session;

/// The prefix of the storage key of a start.
const PREFIX: &str = "start.";

/// Saves starts for the API and the domain of the session. From [`use_saved_starts`].
#[derive(Clone, Copy)]
pub struct SavedStarts {
    target: StoredValue<String>,
}

/// The saved starts. Needs the session.
pub fn use_saved_starts() -> SavedStarts {
    SavedStarts { target: StoredValue::new(use_session().target.get_untracked()) }
}

/// Keeps the saved starts of `forms` for this tab until it is left. `take` takes those that no tab holds any more.
pub fn use_held_starts(forms: StartForms, take: impl Fn() + Copy + 'static) {
    use_held_requests(PREFIX, move || forms.check_leases(), move || forms.renew_leases(), take);
}

impl SavedStarts {
    /// Saves a start of `route`, in place of `earlier`. Returns its name; `None` if the browser does not save it.
    pub fn save(
        self,
        route: &StartRoute,
        sent: &SentStart,
        earlier: Option<String>,
    ) -> Option<String> {
        let SentStart { body, since, is_server_time } = sent.clone();
        let mut start = PendingStart::new(self.target.get_value(), route.family, body, since);
        start.is_server_time = is_server_time;
        saved_requests::save(PREFIX, earlier, &start.save())
    }

    /// The saved starts of this API and domain that no other tab holds, and that are not in `forms`. This tab takes them.
    pub fn take(
        self,
        forms: StartForms,
    ) -> Vec<(&'static Family, &'static StartApi, StartProgress)> {
        let accept = |name: &str, start: PendingStart| {
            if forms.has_saved(name) {
                return None;
            }
            let family = self.target.with_value(|target| start.family_at(target))?;
            Some((family, family.start?, start))
        };
        let progress = |(name, (family, api, start)): (_, (_, _, PendingStart))| {
            let progress = StartProgress {
                request: StartRequest::restored(),
                sent: Some(SentStart {
                    since: start.since(),
                    is_server_time: start.is_server_time,
                    body: start.body,
                }),
                saved_as: Some(name),
                is_restored: true,
                ..StartProgress::default()
            };
            (family, api, progress)
        };
        let taken = saved_requests::take(PREFIX, PendingStart::load, accept);
        taken.into_iter().map(progress).collect()
    }
}
