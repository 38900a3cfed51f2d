//! The starts that the browser saves before they are sent, until their result is known.

use cckm_core::batch::{new_name, target};
use cckm_core::family::start_api::StartApi;
use cckm_core::route::StartRoute;
use cckm_core::start::pending::PendingStart;
use cckm_core::start::request::StartRequest;
use leptos::ev;
use leptos::prelude::*;

use super::start_forms::{SentStart, StartProgress};
use crate::browser::{clock, lease, storage, url};
use crate::hooks::{use_config, use_session, use_window_event};

/// The prefix of the storage key of a start.
const PREFIX: &str = "start.";

/// Saves starts for the API and the domain of the session. From [`use_saved_starts`].
#[derive(Clone, Copy)]
pub struct SavedStarts {
    target: StoredValue<String>,
}

/// The saved starts. Needs the session and the configuration.
pub fn use_saved_starts() -> SavedStarts {
    let base = use_config().with_value(|config| url::absolute(&config.api_base));
    let domain = use_session().domain.get_untracked();
    SavedStarts { target: StoredValue::new(target(&base, domain.as_deref())) }
}

/// Lets other tabs, and this one after a reload, take over the starts of this tab when it is left.
pub fn release_on_leaving() {
    use_window_event(ev::pagehide, move |_| {
        for key in storage::keys(PREFIX) {
            lease::release(&key);
        }
    });
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
        let name = earlier.unwrap_or_else(|| {
            format!("{PREFIX}{}", new_name(clock::now(), js_sys::Math::random()))
        });
        storage::save(&name, &start.save()).ok()?;
        // Without a lease, another tab that is opened meanwhile shows the start as unknown, which it is.
        lease::acquire(&name);
        Some(name)
    }

    /// The saved starts of this API and domain that no other tab holds. This tab takes them.
    pub fn load(self) -> Vec<(StartRoute, &'static StartApi, StartProgress)> {
        let load = |name: String| {
            let start = PendingStart::load(&storage::load(&name)?)?;
            let family = self.target.with_value(|target| start.family_at(target))?;
            if lease::is_foreign(&name) {
                return None;
            }
            lease::acquire(&name);
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
            Some((StartRoute::new(family), family.start?, progress))
        };
        storage::keys(PREFIX).into_iter().filter_map(load).collect()
    }
}

/// Removes a start whose result is known, or that the person has dismissed.
pub fn remove(name: Option<&str>) {
    if let Some(name) = name {
        storage::remove(name);
        lease::remove(name);
    }
}
