//! A body that is sent in pieces with pauses between them.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// The pause between two pieces.
const PAUSE: Duration = Duration::from_millis(100);

/// How many pieces a second has.
const PIECES: usize = 10;

/// The rest of a body, and the time of its next piece.
pub struct Slow {
    rest: Bytes,
    piece: usize,
    /// Nothing more is sent when no more than this is left.
    unsent: usize,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Slow {
    /// A body at this rate in bytes per second, at least 10.
    pub fn new(body: Vec<u8>, rate: u32) -> Self {
        let piece = usize::try_from(rate).unwrap_or(usize::MAX) / PIECES;
        Self { rest: body.into(), piece: piece.max(1), unsent: 0, pause: None }
    }

    /// A body of which only these first bytes are ever sent.
    pub fn stalled(body: Vec<u8>, bytes: usize) -> Self {
        let unsent = body.len().saturating_sub(bytes);
        Self { rest: body.into(), piece: bytes, unsent, pause: None }
    }
}

impl Body for Slow {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        if self.rest.len() <= self.unsent {
            // Nothing wakes this task again; the connection ends when the client closes it.
            return Poll::Pending;
        }
        if let Some(pause) = &mut self.pause
            && pause.as_mut().poll(context).is_pending()
        {
            return Poll::Pending;
        }
        let left = self.rest.len() - self.unsent;
        let piece = self.piece.min(left);
        let piece = self.rest.split_to(piece);
        self.pause = Some(Box::pin(sleep(PAUSE)));
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
