//! A body that ends too early.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame};
use tokio::time::{Sleep, sleep};

/// Long enough to send the first bytes before the connection closes.
const PAUSE: Duration = Duration::from_millis(50);

/// The first bytes of a body, then an error that closes the connection.
pub struct Truncated {
    first: Option<Bytes>,
    pause: Pin<Box<Sleep>>,
}

impl Truncated {
    /// A body that ends after these bytes.
    pub fn new(first: Vec<u8>) -> Self {
        Self { first: Some(first.into()), pause: Box::pin(sleep(PAUSE)) }
    }
}

impl Body for Truncated {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(first) = self.first.take().filter(|first| !first.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        let pause = self.pause.as_mut().poll(context);
        pause.map(|()| Some(Err(io::Error::other("truncated by a fault"))))
    }
}
