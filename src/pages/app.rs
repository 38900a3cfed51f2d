//! The frame of the console: configuration, sign-in, header, and the page that the address names.

use leptos::prelude::provide_context;
use leptos::task::spawn_local;

use crate::components::{error_panel, kind_nav, notices};
use crate::pages::all::all_page;
use crate::pages::batch::batch_page;
use crate::pages::domains::domain_control;
use crate::pages::job::job_page;
use crate::pages::jobs::jobs_page;
use crate::pages::schedule::schedule_page;
use crate::pages::sign_in::sign_in_gate;
use crate::pages::start::{start_page, unresolved_starts};
use crate::reactive::{Callback, RwSignal, Signal};
use crate::state::batches::provide_batches;
use crate::state::desk::provide_desks;
use crate::state::location::{provide_location, use_location};
use crate::state::session::{provide_session, use_session};
use crate::state::switching::provide_switching;
use crate::state::{boot, config, title};
use crate::view::{View, dynamic, el, several};
use cckm_core::config::Config;
use cckm_core::family::Resource;
use cckm_core::problem::Problem;
use cckm_core::route::{JobRoute, JobsRoute, Page, Route};

/// The console: reads its configuration, then starts.
pub fn app() -> View {
    let loaded = RwSignal::new(None::<Result<Config, Problem>>);
    let load = move || {
        spawn_local(async move {
            loaded.set(Some(config::load().await));
            boot::remove();
        });
    };
    load();
    dynamic(move || match loaded.get() {
        None => View::none(),
        Some(Ok(config)) => console(config),
        Some(Err(problem)) => {
            let panel = error_panel(problem, Callback::new(move |()| load()));
            el("main").class("page page--alone").child(panel).into()
        }
    })
}

fn console(config: Config) -> View {
    provide_switching(provide_session(&config));
    provide_location();
    provide_batches(&config);
    let name = config.title.clone();
    title::follow(name.clone());
    provide_context(config);
    let title = name.clone();
    sign_in_gate(title, move || shell(name.clone()))
}

fn shell(name: String) -> View {
    provide_desks();
    let session = use_session();
    let skip = el("a")
        .class("skip")
        .attr("href", "#main")
        .child("Skip to the content");
    let user = dynamic(move || session.user().get().unwrap_or_default());
    let sign_out = el("button")
        .attr("type", "button")
        .class("button button--quiet")
        .on("click", move |_| session.sign_out())
        .child("Sign out");
    let [domain, domains] = domain_control();
    let header = el("header")
        .class("header")
        .child(el("a").class("header__name").attr("href", "?").child(name))
        .child(el("span").class("header__user").child(user))
        .child(domain)
        .child(sign_out);
    several([skip.into(), header.into(), domains, frame()])
}

/// The picker of the kind, and the page beside it.
fn frame() -> View {
    let location = use_location();
    let route = location.route();
    let left_out = dynamic(move || {
        let left_out = location.notices().get();
        (!left_out.is_empty()).then(|| notices(left_out))
    });
    let shown = Signal::memo(move |_| route.with(Route::page));
    let page = dynamic(move || match shown.get() {
        Page::Jobs(family) => jobs_page(family),
        Page::Job(family, id) => {
            let named = JobRoute::of(family, id);
            match family.resource {
                Resource::Jobs => job_page(named),
                Resource::Schedules => schedule_page(named),
            }
        }
        Page::All => all_page(),
        Page::Start(start) => start_page(start),
        Page::Batch(name, from) => batch_page(name, from),
    });
    let main = el("main")
        .class("page")
        .attr("id", "main")
        .attr("tabindex", "-1")
        .child(left_out)
        .child(unresolved_starts(shown))
        .child(page);
    let other = Callback::new(move |family| {
        location.navigate(&Route::Jobs(JobsRoute::of(family)));
    });
    el("div")
        .class("frame")
        .child(dynamic(move || kind_nav(&shown.get(), other.clone())))
        .child(main)
        .into()
}
