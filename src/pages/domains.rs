//! The domain one is in, and the way to another one. Where the server does not list the domains, or
//! only one, nothing is offered, and nothing is said of it.

use crate::components::domain_choice;
use crate::reactive::{Callback, RwSignal, Signal};
use crate::state::session::use_session;
use crate::state::switching::use_switching;
use crate::state::use_remote::use_remote;
use crate::view::{View, dynamic, el, several};
use cckm_core::api::decode;
use cckm_core::session::auth;
use cckm_core::session::domains;
use cckm_core::session::domains::Domain;

/// For the header: the domain's name and the button; and below the header what the button opens.
pub fn domain_control() -> [View; 2] {
    let domain = use_session().domain();
    let switching = use_switching();
    let data = use_remote(auth::self_domains, decode::job_page);
    let answer = data.answer();
    let listed = Signal::memo(move |_| {
        answer.with(|answer| {
            let page = answer.as_ref().map(|answer| domains::listed(&answer.value));
            page.unwrap_or_default()
        })
    });
    let open = RwSignal::new(false);
    let name = dynamic(move || {
        let named = domain.get()?;
        let name = listed.with(|listed| domains::name(&named, listed));
        let name = el("span")
            .class("header__user")
            .child("Domain ")
            .child(name);
        Some(name)
    });
    let button = dynamic(move || {
        let is_open = open.get();
        (listed.with(Vec::len) > 1).then(|| {
            el("button")
                .attr("type", "button")
                .class("button button--quiet")
                .attr("aria-expanded", if is_open { "true" } else { "false" })
                .on("click", move |_| open.set(!is_open))
                .child("Switch domain…")
        })
    });
    let choose = Callback::new(move |name| {
        open.set(false);
        switching.to(name);
    });
    let choice = dynamic(move || {
        open.get()
            .then(|| domain_choice(others(&listed.get(), domain.get()), &choose))
    });
    [several([name, button]), choice]
}

/// The names of all domains but the one that one is in.
fn others(listed: &[Domain], own: Option<String>) -> Vec<String> {
    let own = own.unwrap_or_default();
    let others = listed.iter().filter(|domain| !domain.is(&own));
    others.map(|domain| domain.called().to_owned()).collect()
}
