//! Requests that change something: each is sent once, and runs on when its page is gone.

use leptos::task::spawn_local;

use super::session::Session;
use crate::api::error::ApiError;
use crate::api::reply::Reply;
use crate::api::request::Request;

/// Sends `request`, and tells `done` what came of it, whatever is on screen by then. Only a 401, which
/// says that nothing was done, has it sent again, with a new token. Whether an error leaves open what
/// was done says [`ApiError::may_have_acted`].
pub fn send_once(
    session: Session,
    request: Request,
    done: impl FnOnce(Result<Reply, ApiError>) + 'static,
) {
    let done: Box<dyn FnOnce(Result<Reply, ApiError>)> = Box::new(done);
    spawn_local(async move { done(session.send(request).await) });
}
