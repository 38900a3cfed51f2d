//! The gate between the sign-in page and the console.

use cckm_console::features::sign_in::SignInGate;
use cckm_console::hooks::{
    Session, UseSwitching, provide_session, provide_switching, use_switching,
};
use cckm_core::config::Config;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::support::{FakeServer, Mounted, mount, settle, sign_in, token_reply, type_into};

fn mount_gate() -> Mounted<(Session, UseSwitching)> {
    mount(|| {
        let session = provide_session(&Config::default());
        provide_switching();
        let view = view! {
            <SignInGate title="Console".to_owned()>
                <input id="content"/>
            </SignInGate>
        };
        ((session, use_switching()), view)
    })
}

#[wasm_bindgen_test]
async fn gate_shows_the_form_and_then_its_children() {
    let server = FakeServer::start();
    let page = mount_gate();
    settle().await;
    assert_eq!(page.find("h1").inner_text(), "Console");
    assert!(page.try_find("#content").is_none());

    type_into(&page.find("[name=username]"), " ann ");
    type_into(&page.find("[name=password]"), "wrong");
    page.find("[type=submit]").click();
    assert_eq!(page.find("[type=submit]").inner_text(), "Sign in");
    settle().await;
    assert_eq!(page.find("[type=submit]").inner_text(), "Signing in…");
    // A second press while the first is in flight sends nothing.
    page.find("[type=submit]").click();
    let request = server.next("POST /api/v1/auth/tokens/").await;
    request.answer(401, "{}").await;
    let problem = page.find("[role=alert]").inner_text();
    assert!(problem.contains("Wrong username or password"), "{problem}");

    page.find("[type=submit]").click();
    let request = server.next("POST /api/v1/auth/tokens/").await;
    request.answer(200, &token_reply("ann", 1)).await;
    assert!(page.try_find(".sign-in").is_none());
    page.find("#content");
}

#[wasm_bindgen_test]
async fn gate_refuses_a_pasted_text_that_is_no_token_without_a_request() {
    let server = FakeServer::start();
    let page = mount_gate();
    page.find("[value=token]").click();
    settle().await;
    let token: web_sys::HtmlTextAreaElement = page.find("[name=token]").unchecked_into();
    token.set_value("hunter2");
    page.find("[type=submit]").click();
    settle().await;
    let problem = page.find("[role=alert]").inner_text();
    assert!(problem.contains("This is no token"), "{problem}");
    server.expect_no_more().await;
}

#[wasm_bindgen_test]
async fn gate_keeps_its_content_for_the_same_user_and_replaces_it_for_another() {
    let server = FakeServer::start();
    let page = mount_gate();
    let (session, _) = page.value;
    sign_in(&server, session, "ann", 1).await;
    let content = page.find("#content");
    sign_in_again(&server, session, "ann", 2).await;
    assert!(content.is_same_node(Some(&page.find("#content"))));
    sign_in_again(&server, session, "bob", 3).await;
    assert!(!content.is_same_node(Some(&page.find("#content"))));
}

/// Signs in while someone is signed in, whose tokens are then revoked.
async fn sign_in_again(server: &FakeServer, session: Session, user: &str, number: u32) {
    sign_in(server, session, user, number).await;
    server.next("POST /api/v1/auth/revoke").await.answer(204, "").await;
    server.next("POST /api/v1/auth/logout").await.answer(204, "").await;
}

#[wasm_bindgen_test]
async fn dialog_is_open_while_a_switch_of_the_domain_is_wanted() {
    let server = FakeServer::start();
    let page = mount_gate();
    let (session, switching) = page.value;
    sign_in(&server, session, "ann", 1).await;
    let dialog: web_sys::HtmlDialogElement = page.find("dialog").unchecked_into();
    assert!(!dialog.open());

    switching.switch_to("emea".to_owned());
    settle().await;
    assert!(dialog.open());
    assert_eq!(page.find("h2").inner_text(), "Switch to the domain emea");
    let domain: HtmlInputElement = page.find("[name=domain]").unchecked_into();
    assert_eq!(domain.value(), "emea");
    // Whatever closes it, it opens again.
    dialog.close();
    settle().await;
    assert!(dialog.open());

    page.find(".sign-in__out").click();
    settle().await;
    assert!(!dialog.open() && page.try_find("h2").is_none());
    switching.switch_to("emea".to_owned());
    sign_in_again(&server, session, "ann", 2).await;
    assert!(!dialog.open());
    assert_eq!(switching.target.get_untracked(), None);
}

#[wasm_bindgen_test]
async fn gate_refuses_an_address_without_a_tenant_and_focuses_its_field() {
    let server = FakeServer::start();
    let page = mount_gate();
    settle().await;
    type_into(&page.find("[name=username]"), "ann");
    type_into(&page.find("[name=password]"), "secret");
    page.find("details").set_attribute("open", "").unwrap();
    type_into(&page.find("[name=tenant]"), "https://host.example/");
    page.find("[type=submit]").click();
    settle().await;
    let problem = page.find("[role=alert]").inner_text();
    assert!(problem.contains("The tenant cannot be used"), "{problem}");
    let focused = document().active_element().expect("an element has the focus");
    assert_eq!(focused.get_attribute("name").as_deref(), Some("tenant"));
    server.expect_no_more().await;
}
