//! The two halves of a connection that was split, each for a task of its own.

use core::future::poll_fn;
use core::task::{Context, Poll, ready};
use core::time::Duration;
use std::net::SocketAddr;

use tokio::io::{AsyncRead, AsyncWrite, ReadHalf, WriteHalf};
use tokio::net::TcpStream;

use super::Flush;
use super::timed::Timed;
use crate::conn::{Incoming, Next, Outgoing, RecvError, SendError, Timeouts};
use crate::frame::{Decode, Encode, Length};
use crate::{Limits, MessageOf, Protocol, Spoken};

/// How long the end of the stream may take to be told.
const END_WITHIN: Duration = Duration::from_secs(1);

/// The half of a connection that receives.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// # use protocol_core::frame::Length;
/// # use protocol_core::net::tokio::Connection;
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// # runtime.block_on(async {
/// # let (here, there) = tokio::io::duplex(64);
/// # let connection = Connection::<Chat, Chat, _, _>::over(here, Length::u32());
/// # let mut peer = Connection::<Chat, Chat, _, _>::over(there, Length::u32());
/// let (mut receiver, mut sender) = connection.split();
/// let printer = tokio::spawn(async move {
///     let message = receiver.recv().await.unwrap();
///     assert_eq!(message, Some(Chat::Data(Data { text: "hi".into() })));
/// });
/// sender.send(&Data { text: "hello".into() }).await.unwrap();
/// # peer.send(&Data { text: "hi".into() }).await.unwrap();
/// printer.await.unwrap();
/// # });
/// # }
/// ```
#[derive(Debug)]
pub struct Receiver<In, F = Length, R = ReadHalf<TcpStream>> {
    stream: Timed<R>,
    incoming: Incoming<In, F>,
}

/// The half of a connection that sends.
///
/// Dropping it does not end the stream, since the other half still holds it, and loses what is
/// queued: [`close`](Sender::close) ends the stream after all that was queued.
#[derive(Debug)]
pub struct Sender<Out, F = Length, W = WriteHalf<TcpStream>> {
    stream: Timed<W>,
    outgoing: Outgoing<Out, F>,
}

impl<In: Protocol, F: Decode, R: AsyncRead + Unpin> Receiver<In, F, R> {
    /// Receives the next message, `None` after the last one. Writes nothing.
    ///
    /// The future can be dropped at any time, and nothing is lost.
    ///
    /// # Errors
    /// As for [`Connection::recv`](super::Connection::recv).
    pub async fn recv(&mut self) -> Result<Option<In::Of<'_>>, RecvError> {
        let is_there = poll_fn(|cx| self.poll_advance(cx)).await?;
        if is_there { self.incoming.message().map(Some) } else { Ok(None) }
    }
}

impl<In, F: Decode, R: AsyncRead + Unpin> Receiver<In, F, R> {
    pub(super) fn new(stream: Timed<R>, incoming: Incoming<In, F>) -> Receiver<In, F, R> {
        Receiver { stream, incoming }
    }

    /// Waits so long for a message and for its end, from now on.
    pub fn set_timeouts(&mut self, timeouts: Timeouts) {
        self.incoming.set_timeouts(timeouts);
    }

    /// Unpacks within `limits` from the next message on.
    pub fn set_limits(&mut self, limits: Limits) {
        self.incoming.set_limits(limits);
    }

    /// Takes frames of at most `max` bytes from the next one on, as
    /// [`Connection::set_frame_max`](super::Connection::set_frame_max) does.
    pub fn set_frame_max(&mut self, max: usize) {
        self.incoming.set_frame_max(max);
    }

    /// Receives no more than the messages that are there already.
    pub fn stop(&mut self) {
        self.incoming.stop();
    }

    /// The address of the peer, if it is known.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.incoming.peer()
    }

    fn poll_advance(&mut self, cx: &mut Context<'_>) -> Poll<Result<bool, RecvError>> {
        loop {
            if self.stream.has_read_last() {
                self.incoming.stop();
            }
            match self.incoming.advance()? {
                Next::Message => return Poll::Ready(Ok(true)),
                Next::End => return Poll::Ready(Ok(false)),
                Next::Read => {}
            }
            let until = self.incoming.wait(self.stream.now());
            let until = until.map_err(|error| self.stream.cause(&self.incoming, error))?;
            if self.stream.poll_read(cx, &mut self.incoming)?.is_pending() {
                let waited = ready!(self.stream.poll_until(cx, until));
                self.incoming.waited(waited);
            }
        }
    }
}

impl<Out, F: Encode, W: AsyncWrite + Unpin> Sender<Out, F, W> {
    pub(super) fn new(stream: Timed<W>, outgoing: Outgoing<Out, F>) -> Sender<Out, F, W> {
        Sender { stream, outgoing }
    }

    /// Gives the peer so long to take what is sent, from now on.
    pub fn set_timeouts(&mut self, timeouts: Timeouts) {
        self.outgoing.set_timeouts(timeouts);
    }

    /// Sends `message` and all that was queued before it, as
    /// [`Connection::send`](super::Connection::send) does.
    ///
    /// # Errors
    /// As for [`Connection::send`](super::Connection::send).
    pub fn send<'m, M>(&mut self, message: &M) -> Flush<'_, Out, F, W>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        let queued = self.queue(message);
        Flush::new(&mut self.stream, &mut self.outgoing, queued)
    }

    /// Queues `message`, and writes all that is queued if that is more than 64 KiB, as
    /// [`Connection::feed`](super::Connection::feed) does.
    ///
    /// # Errors
    /// As for [`Connection::send`](super::Connection::send).
    pub fn feed<'m, M>(&mut self, message: &M) -> Flush<'_, Out, F, W>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        let queued = self.queue(message);
        Flush::if_full(&mut self.stream, &mut self.outgoing, queued)
    }

    /// Queues `message` until the next [`flush`](Sender::flush) or [`close`](Sender::close). What is
    /// still queued when the sender is dropped is lost.
    ///
    /// # Errors
    /// As for [`Connection::queue`](super::Connection::queue).
    pub fn queue<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        self.outgoing.queue(message)
    }

    /// Writes all that is queued.
    ///
    /// # Errors
    /// If the peer does not take it.
    pub fn flush(&mut self) -> Flush<'_, Out, F, W> {
        Flush::new(&mut self.stream, &mut self.outgoing, Ok(()))
    }

    /// Writes the beat of [`Connection::set_beats`](super::Connection::set_beats) if nothing was sent
    /// for so long that it is due, and says after how long the next one is, if any. Nobody else does
    /// this for a connection that was split.
    ///
    /// # Errors
    /// If the peer does not take it.
    pub async fn beat(&mut self) -> Result<Option<Duration>, SendError> {
        loop {
            self.flush().await?;
            let due = self.outgoing.wait(self.stream.now())?;
            if self.outgoing.is_empty() {
                return Ok(due.map(|due| due.since(self.stream.now())));
            }
        }
    }

    /// Writes all that is queued and tells the peer that no more will come. The other half may go
    /// on receiving.
    ///
    /// # Errors
    /// If the peer does not take what was queued.
    pub async fn close(mut self) -> Result<(), SendError> {
        self.flush().await?;
        let until = self.stream.now().after(END_WITHIN);
        // If the peer is gone already there is nobody left to tell.
        poll_fn(|cx| self.stream.poll_end_writing(cx, until)).await;
        Ok(())
    }

    /// The address of the peer, if it is known.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.outgoing.peer()
    }
}
