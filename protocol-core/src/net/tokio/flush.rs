//! The future of everything that writes.

use core::future::Future;
use core::mem;
use core::pin::Pin;
use core::task::{Context, Poll};

use tokio::io::AsyncWrite;

use super::timed::Timed;
use crate::conn::{Outgoing, SendError};
use crate::frame::Encode;

/// Writes all that is queued.
///
/// It can be dropped at any time: nothing of what is queued is lost, and the next flush, or the
/// next wait of the connection for a message, goes on where this one stopped.
#[derive(Debug)]
#[must_use = "write `.await` behind it: what is queued is written only while somebody waits"]
pub struct Flush<'c, Out, F, S> {
    stream: &'c mut Timed<S>,
    outgoing: &'c mut Outgoing<Out, F>,
    queued: Result<(), SendError>,
    is_due: bool,
}

impl<'c, Out, F: Encode, S> Flush<'c, Out, F, S> {
    /// Flushes, unless `queued` is an error.
    pub(super) fn new(
        stream: &'c mut Timed<S>,
        outgoing: &'c mut Outgoing<Out, F>,
        queued: Result<(), SendError>,
    ) -> Flush<'c, Out, F, S> {
        let is_due = queued.is_ok();
        Flush { stream, outgoing, queued, is_due }
    }

    /// Flushes if so much is queued that it should not be more, unless `queued` is an error.
    pub(super) fn if_full(
        stream: &'c mut Timed<S>,
        outgoing: &'c mut Outgoing<Out, F>,
        queued: Result<(), SendError>,
    ) -> Flush<'c, Out, F, S> {
        let is_due = queued.is_ok() && outgoing.is_full();
        Flush { stream, outgoing, queued, is_due }
    }
}

impl<Out, F: Encode, S: AsyncWrite + Unpin> Future for Flush<'_, Out, F, S> {
    type Output = Result<(), SendError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), SendError>> {
        let Flush { stream, outgoing, queued, is_due } = &mut *self;
        if *is_due {
            stream.poll_flush(cx, outgoing)
        } else {
            Poll::Ready(mem::replace(queued, Ok(())))
        }
    }
}
