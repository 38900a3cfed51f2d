//! Signing in at the fake server.

use cckm_console::hooks::{Session, SignIn};
use cckm_core::session::auth::Credentials;
use leptos::prelude::window;
use leptos::task::spawn_local;

use super::{FakeServer, settle};

/// The answer to a sign-in or a renewal: tokens of `user`. The text of the token ends with `.number`.
pub fn token_reply(user: &str, number: u32) -> String {
    let claims = format!(r#"{{"sub":"{user}","preferred_username":"{user}"}}"#);
    let payload = window().btoa(&claims).unwrap();
    let payload = payload.trim_end_matches('=');
    format!(r#"{{"jwt":"e30.{payload}.{number}","refresh_token":"r{number}"}}"#)
}

/// Signs `user` in with the token `number`.
pub async fn sign_in(server: &FakeServer, session: Session, user: &str, number: u32) {
    let credentials = Credentials {
        username: user.to_owned(),
        password: "secret".to_owned(),
        tenant: String::new(),
        domain: String::new(),
        connection: String::new(),
    };
    spawn_local(async move {
        session.sign_in(SignIn::Password(credentials)).await.unwrap();
    });
    let request = server.next("POST /api/v1/auth/tokens/").await;
    request.answer(200, &token_reply(user, number)).await;
    settle().await;
}
