//! Signing in: as a page of its own while nobody is signed in, and as a dialog over what is shown
//! when a session has ended by itself or someone wants to switch to another domain.
//!
//! It never touches the address, so a deep link is still there after signing in.

use leptos::task::spawn_local;

use crate::components::sign_in_form;
use crate::reactive::{Callback, RwSignal, Signal};
use crate::state::entry;
use crate::state::entry::Entry;
use crate::state::session::{Session, SignIn, use_session};
use crate::state::switching::use_switching;
use crate::state::{dialog, frame};
use crate::view::{Element, View, dynamic, el, key, several};
use cckm_core::api::error::ApiError;
use cckm_core::problem::Problem;
use cckm_core::session::auth::sign_in_problem;
use cckm_core::session::phase::Phase;
use cckm_core::session::token::Tokens;

/// The id of the dialog.
const DIALOG: &str = "sign-in-dialog";

/// Shows `content` while someone is signed in, or was until the session ended by itself, and else
/// the sign-in page, with the product's name `title`. The content is made anew for another user or
/// domain.
pub fn sign_in_gate(title: String, content: impl Fn() -> View + 'static) -> View {
    let session = use_session();
    let phase = session.phase();
    // Whose content is shown, if any.
    let shown = Signal::memo(move |_| {
        let signed_out = phase.get().is_signed_out();
        (!signed_out).then(|| session.identity().get())
    });
    let content = dynamic(move || match shown.get() {
        Some(_) => content(),
        None => sign_in_page(title.clone()).into(),
    });
    several([content, sign_in_dialog(session), idle_warning(session)])
}

/// Whatever is done, the button's press included, is heard as a sign of life by the whole page.
fn idle_warning(session: Session) -> View {
    dynamic(move || {
        session.warns().get().then(|| {
            let stay = el("button")
                .attr("type", "button")
                .class("button")
                .child("Stay signed in");
            el("div")
                .class("banner banner--warning idle")
                .attr("role", "alert")
                .child(el("p").child("You will soon be signed out, since nothing was done."))
                .child(stay)
        })
    })
}

fn sign_in_page(title: String) -> Element {
    let hint = "The session is kept in the memory of this page only: reloading or closing the page \
                ends it. The address stays, so a link opens what it names after signing in.";
    let card = el("div")
        .class("sign-in__card")
        .child(el("h1").class("sign-in__title").child(title))
        .child(form())
        .child(el("p").class("sign-in__hint").child(hint));
    el("main").class("sign-in").child(card)
}

fn sign_in_dialog(session: Session) -> View {
    let switching = use_switching();
    let expired = Signal::memo(move |_| matches!(session.phase().get(), Phase::Expired(_)));
    let wanted = switching.wanted();
    let open = Signal::memo(move |_| expired.get() || wanted.with(Option::is_some));
    dialog::keep_modal(DIALOG, open);
    let content = dynamic(move || {
        let expired = expired.get();
        let title = match wanted.get() {
            Some(domain) => format!("Switch to the domain {domain}"),
            None if expired => "Sign in again".to_owned(),
            None => return View::none(),
        };
        let title = el("h2")
            .class("sign-in__title")
            .attr("id", "sign-in-dialog-title")
            .child(title);
        let out = el("button").class("sign-in__out").attr("type", "button");
        let out = if expired {
            out.on("click", move |_| session.sign_out())
                .child("Sign out")
        } else {
            out.on("click", move |_| switching.stay())
                .child("Stay in this domain")
        };
        several([title.into(), form(), out.into()])
    });
    el("dialog")
        .attr("id", DIALOG)
        .class("sign-in-dialog")
        .attr("aria-labelledby", "sign-in-dialog-title")
        .attr("closedby", "none")
        // Escape asks it to close.
        .on("cancel", |event| event.prevent_default())
        .on("keydown", move |event| {
            if key(&event) == "Escape" {
                switching.stay();
            }
        })
        // Browsers close a dialog at the second Escape whatever the page says to the first.
        .on("close", move |_| {
            dialog::set_modal(DIALOG, open.get_untracked());
        })
        .child(content)
        .into()
}

/// The notice and the form, the same in both looks.
fn form() -> View {
    let session = use_session();
    let notice = session.phase().get_untracked().notice();
    let notice = notice.map(|text| {
        el("p")
            .class("sign-in__notice")
            .attr("role", "status")
            .child(text)
    });
    if frame::is_framed() {
        return several([notice.into(), framed().into()]);
    }
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None);
    let submitted = Callback::new(move |()| {
        let Some(entry) = entry::read() else {
            return;
        };
        busy.set(true);
        problem.set(None);
        spawn_local(async move {
            let wrong = match sign_in(session, entry).await {
                // Signed out meanwhile: the form on the page is another one.
                Err(None) => return,
                answer => answer.err().flatten(),
            };
            if wrong.is_some() {
                entry::focus_secret();
            } else {
                entry::forget_secrets();
            }
            busy.set(false);
            problem.set(wrong);
        });
    });
    entry::focus_when_shown();
    let username = session.user().get_untracked().unwrap_or_default();
    let domain = use_switching().wanted().get_untracked();
    let form = sign_in_form(
        entry::FORM,
        [username, domain.unwrap_or_default()],
        busy.into(),
        problem.into(),
        submitted,
    );
    several([notice.into(), form])
}

/// Fails with what is wrong, or with nothing when the person has signed out meanwhile.
async fn sign_in(session: Session, entry: Entry) -> Result<(), Option<Problem>> {
    let (by_token, with) = match entry {
        Entry::Password(credentials) => (false, SignIn::Password(credentials)),
        Entry::Token(text) => {
            let tokens = Tokens::pasted(&text)
                .map_err(|reason| Problem::here("This is no token", reason.to_string()))?;
            (true, SignIn::Token(tokens))
        }
    };
    let answer = session.sign_in(with).await;
    answer.map_err(|error| {
        let told = error != ApiError::SignedOut;
        told.then(|| sign_in_problem(&error, by_token))
    })
}

fn framed() -> Element {
    let link = el("a")
        .attr("href", "")
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .child("Open it in a tab of its own");
    let why = "This console is shown inside another page, which could lay itself over the fields. ";
    el("div")
        .class("sign-in__problem")
        .attr("role", "alert")
        .child(
            el("p")
                .class("sign-in__problem-title")
                .child("No sign-in inside another page"),
        )
        .child(el("p").child(why).child(link).child(" to sign in."))
}
