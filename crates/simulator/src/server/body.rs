//! A body that ends before it should. Must not be used for answers that are whole.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame};
use tokio::time::{Sleep, sleep};

/// Long enough for the first part to be on its way when the connection closes.
const PAUSE: Duration = Duration::from_millis(50);

/// The first bytes of a body, then an error, which closes the connection.
pub struct Cut {
    first: Option<Bytes>,
    pause: Pin<Box<Sleep>>,
}

impl Cut {
    /// A body that ends after these bytes.
    pub fn new(first: Vec<u8>) -> Self {
        Self {
            first: Some(first.into()),
            pause: Box::pin(sleep(PAUSE)),
        }
    }
}

impl Body for Cut {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(first) = self.first.take().filter(|first| !first.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        let cut = || io::Error::other("cut short on request");
        self.pause.as_mut().poll(context).map(|()| Some(Err(cut())))
    }
}
