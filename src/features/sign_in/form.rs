//! The sign-in form, the same on the page and in the dialog.

use cckm_core::api::error::ApiError;
use cckm_core::problem::Problem;
use cckm_core::session::auth::sign_in_problem;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fields::Fields;
use crate::browser::page::is_framed;
use crate::components::ServerMessage;
use crate::hooks::{use_session, use_switching};

/// Why the form is shown, and the form. Inside another page there is no form, since that page could cover its fields.
#[component]
pub fn SignInForm() -> impl IntoView {
    let session = use_session();
    let notice = move || {
        session.phase.get().notice().map(|notice| {
            view! { <p class="sign-in__notice" role="status">{notice}</p> }
        })
    };
    let form = if is_framed() {
        view! { <Framed/> }.into_any()
    } else {
        view! { <CredentialsForm/> }.into_any()
    };
    view! {
        {notice}
        {form}
    }
}

/// The form for a password or a token from elsewhere.
#[component]
fn CredentialsForm() -> impl IntoView {
    let session = use_session();
    let fields = Fields::default();
    let by_token = RwSignal::new(false);
    let is_busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        let by_token = by_token.get_untracked();
        let entered = match fields.read(by_token) {
            Ok(entered) => entered,
            Err(error) => {
                problem.set(Some(error));
                return;
            }
        };
        is_busy.set(true);
        problem.set(None);
        // The page may show another form, or none, when the answer arrives.
        spawn_local(async move {
            match session.sign_in(entered).await {
                Ok(()) => fields.clear_secrets(),
                // The person has signed out in the meantime.
                Err(ApiError::SignedOut) => {}
                Err(error) => {
                    fields.select_secret(by_token);
                    problem.try_set(Some(sign_in_problem(&error, by_token)));
                }
            }
            is_busy.try_set(false);
        });
    };
    // The browser focuses something else when it opens the dialog, before the next frame.
    Effect::new(move |_| request_animation_frame(move || fields.focus_first_empty()));
    let label = move || {
        if is_busy.get() { "Signing in…" } else { "Sign in" }
    };
    view! {
        // With `method="dialog"` the browser never sends the fields, even if the program has stopped.
        <form class="sign-in__form" method="dialog" on:submit=submit>
            <fieldset class="sign-in__methods">
                <legend>"Sign in with"</legend>
                <Method value="password" label="Password" checked=true on_choose=move || by_token.set(false)/>
                <Method value="token" label="API token" checked=false on_choose=move || by_token.set(true)/>
            </fieldset>
            <PasswordFields fields by_token/>
            <TokenFields fields by_token/>
            <div class="sign-in__problem" role="alert">
                {move || problem.get().map(|problem| view! { <SignInProblem problem/> })}
            </div>
            <button
                class="sign-in__submit"
                type="submit"
                aria-disabled=move || is_busy.get().to_string()
            >
                {label}
            </button>
        </form>
    }
}

#[component]
fn Method(
    /// Its value in the form.
    value: &'static str,
    /// Its label.
    label: &'static str,
    /// Whether it is chosen at first.
    checked: bool,
    /// The person chooses it.
    on_choose: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <label class="sign-in__method">
            <input
                type="radio"
                name="method"
                value=value
                checked=checked
                on:change=move |_| on_choose()
            />
            {label}
        </label>
    }
}

/// The fields of the password method. The user is filled in.
#[component]
fn PasswordFields(
    /// The elements of the form.
    fields: Fields,
    /// Whether the other method is chosen.
    by_token: RwSignal<bool>,
) -> impl IntoView {
    let username = use_session().user.get_untracked();
    view! {
        <fieldset
            class="sign-in__fields"
            hidden=move || by_token.get()
            disabled=move || by_token.get()
        >
            <legend class="sign-in__legend">"Username and password"</legend>
            <label class="sign-in__field">
                "Username"
                <input
                    name="username"
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    value=username
                    required
                    node_ref=fields.username
                />
            </label>
            <label class="sign-in__field">
                "Password"
                <input
                    name="password"
                    type="password"
                    autocomplete="current-password"
                    required
                    node_ref=fields.password
                />
            </label>
            <PlaceFields fields/>
        </fieldset>
    }
}

/// Where to sign in. The last tenant and the domain to switch to are filled in.
#[component]
fn PlaceFields(
    /// The elements of the form.
    fields: Fields,
) -> impl IntoView {
    let tenant = use_session().tenant.get_untracked();
    let domain = use_switching().target.get_untracked();
    let is_open = domain.is_some() || !tenant.is_empty();
    view! {
        <details class="sign-in__more" open=is_open>
            <summary>"Tenant, domain and connection"</summary>
            <label class="sign-in__field">
                "Tenant"
                <input
                    name="tenant"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    value=tenant
                    node_ref=fields.tenant
                />
            </label>
            <label class="sign-in__field">
                "Domain"
                <input
                    name="domain"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    value=domain
                    node_ref=fields.domain
                />
            </label>
            <label class="sign-in__field">
                "Connection"
                <input
                    name="connection"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    placeholder="local_account"
                    node_ref=fields.connection
                />
            </label>
            <p class="sign-in__hint">
                "Left empty: no tenant, the root domain, and the connection that the server chooses. Only the \
                 service of Thales has tenants; its address https://host/?tenant=name can be pasted."
            </p>
        </details>
    }
}

#[component]
fn TokenFields(
    /// The elements of the form.
    fields: Fields,
    /// Whether this method is chosen.
    by_token: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <fieldset
            class="sign-in__fields"
            hidden=move || !by_token.get()
            disabled=move || !by_token.get()
        >
            <legend class="sign-in__legend">"API token"</legend>
            <label class="sign-in__field">
                "Token"
                <textarea
                    name="token"
                    class="sign-in__token"
                    rows="4"
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    required
                    node_ref=fields.token
                ></textarea>
            </label>
            <p class="sign-in__hint">
                "A token as the product gives it, with or without “Bearer” before it. It cannot be \
                 renewed, so it lasts as long as it was made for, usually 5 minutes."
            </p>
        </fieldset>
    }
}

#[component]
fn SignInProblem(
    /// Why signing in failed.
    problem: Problem,
) -> impl IntoView {
    view! {
        <p class="sign-in__problem-title">{problem.title}</p>
        <p>{problem.explanation}</p>
        {problem.server_text.map(|server| view! { <ServerMessage server/> })}
    }
}

/// Replaces the form while the console is inside another page.
#[component]
fn Framed() -> impl IntoView {
    view! {
        <div class="sign-in__problem" role="alert">
            <p class="sign-in__problem-title">"No sign-in inside another page"</p>
            <p>
                "This console is shown inside another page, which could cover the fields. "
                <a href="" target="_blank" rel="noopener">"Open it in a tab of its own"</a>
                " to sign in."
            </p>
        </div>
    }
}
