//! Requests that change something: each is sent once, and runs on when its page is gone.

use leptos::task::spawn_local;

use crate::state::session::Session;
use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::api::response::Response;

/// Sends `request`, and tells `done` what came of it, whatever is on screen by then. Only a 401, which
/// says that nothing was done, has it sent again, with a new token. Whether an error leaves open what
/// was done says [`ApiError::may_have_acted`].
pub fn send_once(
    session: Session,
    request: Request,
    done: impl FnOnce(Result<Response, ApiError>) + 'static,
) {
    let done: Box<dyn FnOnce(Result<Response, ApiError>)> = Box::new(done);
    spawn_local(async move { done(session.send(request).await) });
}
