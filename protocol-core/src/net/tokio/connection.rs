//! A connection for tokio: both halves and the stream below them.

use core::future::poll_fn;
use core::task::{Context, Poll, ready};
use std::boxed::Box;
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite, ReadHalf, WriteHalf};
use tokio::net::TcpStream;
use tokio::task::yield_now;

use super::bell::Bell;
use super::timed::Timed;
use super::{Flush, Receiver, Sender};
use crate::conn::{Beats, ConnError, Kept, Machine, Outbox, RecvError, SendError, Step, Timeouts};
use crate::conversation::{Converses, Phase, Side};
use crate::frame::{Framing, Length};
use crate::net::server::Seat;
use crate::{Limits, MessageOf, Protocol, Spoken};

/// A connection that receives the messages of `In` and sends those of `Out`, over a stream `S`.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// # runtime.block_on(async {
/// use protocol_core::frame::Length;
/// use protocol_core::net::tokio::Connection;
///
/// let (here, there) = tokio::io::duplex(64);
/// let mut here = Connection::<Chat, Chat, _, _>::over(here, Length::u32());
/// let mut there = Connection::<Chat, Chat, _, _>::over(there, Length::u32());
///
/// here.send(&Data { text: "hello".into() }).await.unwrap();
/// assert_eq!(there.recv().await.unwrap(), Some(Chat::Data(Data { text: "hello".into() })));
/// drop(here);
/// assert_eq!(there.recv().await.unwrap(), None);
/// # });
/// # }
/// ```
///
/// It behaves as a [blocking one](crate::net::blocking::Connection), with the same limits and
/// errors; and while it waits for a message it writes what is queued, so that two ends that both
/// send much do not stall. It needs a runtime whose timers are enabled.
///
/// Every future can be dropped at any time: no byte is lost, and none goes out twice. What is queued
/// and neither flushed nor followed by a wait is lost when the connection is dropped:
/// [`flush`](Connection::flush) or [`close`](Connection::close) it.
#[derive(Debug)]
pub struct Connection<In, Out = In, F = Length, S = TcpStream> {
    pub(super) stream: Timed<S>,
    pub(super) machine: Machine<In, Out, F>,
}

impl<In, Out, F: Framing, S: AsyncRead + AsyncWrite + Unpin> Connection<In, Out, F, S> {
    /// A connection over a stream that is there already, with the timeouts of a client.
    #[must_use]
    pub fn over(stream: S, framing: F) -> Connection<In, Out, F, S> {
        Connection { stream: Timed::new(stream), machine: Machine::new(framing) }
    }

    /// A connection of a server, that keeps its seat for as long as one of its halves lives.
    pub(super) fn seated(
        stream: S,
        framing: F,
        seat: Arc<Seat>,
        bell: Bell,
    ) -> Connection<In, Out, F, S> {
        let mut connection = Connection::over(stream, framing);
        connection.set_peer(seat.peer().address.ip());
        connection.machine.keep_books(Kept::by(Arc::clone(&seat) as Arc<_>));
        connection.stream.take_seat(seat, bell);
        connection
    }

    /// Waits so long from now on.
    pub fn set_timeouts(&mut self, timeouts: Timeouts) {
        self.machine.set_timeouts(timeouts);
    }

    /// Unpacks within `limits` from the next message on.
    pub fn set_limits(&mut self, limits: Limits) {
        self.machine.set_limits(limits);
    }

    /// Takes frames of at most `max` bytes from the next one on, with all that stands around the
    /// message, however much the framing allows: less before a login than after it, say.
    pub fn set_frame_max(&mut self, max: usize) {
        self.machine.set_frame_max(max);
    }

    /// Beats while it waits for a message: sends `message` when nothing was sent for
    /// [`Beats::every`], and takes a peer from which nothing comes for [`Beats::silence`] for dead.
    ///
    /// It is sent in the version and within the limits of that moment, so beats may be set before
    /// [`hello`](Connection::hello).
    ///
    /// # Errors
    /// If the message cannot be packed.
    pub fn set_beats<M>(&mut self, beats: Beats, message: M) -> Result<(), SendError>
    where
        Out: Spoken + 'static,
        F: 'static,
        M: MessageOf<Out::Sent<'static>> + Send + Sync + 'static,
    {
        self.machine.set_beats(beats, message)
    }

    /// Names the peer in every error.
    pub fn set_peer(&mut self, peer: Option<SocketAddr>) {
        self.machine.set_peer(peer);
    }

    /// The address of the peer, if it is known.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.machine.peer()
    }

    /// How many bytes of memory the buffers of the connection hold.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.machine.capacity()
    }

    /// The stream below. Reading from it or writing to it breaks the connection.
    #[must_use]
    pub fn stream(&self) -> &S {
        self.stream.stream()
    }

    /// Receives no more than the messages that are there already, for a server that is stopping.
    pub fn stop(&mut self) {
        self.machine.stop();
    }

    /// Sends `message` and all that was queued before it.
    ///
    /// The message is queued when this is called; the future writes. If it is dropped, the next
    /// [`flush`](Connection::flush), or the next wait for a message, goes on where it stopped.
    ///
    /// # Errors
    /// If the message cannot be packed or is too large, or the peer does not take it.
    /// [`SendError::is_fatal`] tells whether the connection can still be used.
    pub fn send<'m, M>(&mut self, message: &M) -> Flush<'_, Out, F, S>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        let queued = self.queue(message);
        self.flush_after(queued)
    }

    /// Queues `message`, and writes all that is queued if that is more than 64 KiB: so many messages
    /// go out in few writes, and never wait in more memory than that.
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// # use protocol_core::{Message, Protocol};
    /// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
    /// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// use protocol_core::frame::Length;
    /// use protocol_core::net::tokio::Connection;
    ///
    /// let (here, there) = tokio::io::duplex(1024);
    /// let mut here = Connection::<Chat, Chat, _, _>::over(here, Length::u32());
    /// let mut there = Connection::<Chat, Chat, _, _>::over(there, Length::u32());
    /// let send = async {
    ///     for _ in 0..20_000 {
    ///         here.feed(&Data { text: "hello".into() }).await?;
    ///         assert!(here.capacity() <= 128 * 1024);
    ///     }
    ///     here.flush().await
    /// };
    /// let count = async {
    ///     for _ in 0..20_000 {
    ///         assert_eq!(there.recv().await.unwrap(), Some(Chat::Data(Data { text: "hello".into() })));
    ///     }
    /// };
    /// let (sent, ()) = tokio::join!(send, count);
    /// sent.unwrap();
    /// # });
    /// # }
    /// ```
    ///
    /// If the future is dropped, the message is queued all the same.
    ///
    /// # Errors
    /// As for [`send`](Connection::send).
    pub fn feed<'m, M>(&mut self, message: &M) -> Flush<'_, Out, F, S>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        let queued = self.queue(message);
        Flush::if_full(&mut self.stream, self.machine.halves().1, queued)
    }

    /// Queues `message`: it is written with those after it, by the next [`flush`](Connection::flush)
    /// or while the connection waits for a message. What is still queued when the connection is
    /// dropped is lost.
    ///
    /// # Errors
    /// If the message cannot be packed or is too large, or too much is queued already.
    pub fn queue<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        self.machine.queue(message)
    }

    /// Writes all that is queued.
    ///
    /// # Errors
    /// If the peer does not take it.
    pub fn flush(&mut self) -> Flush<'_, Out, F, S> {
        self.flush_after(Ok(()))
    }

    /// Ends the connection so that the peer gets everything that was sent: writes what is queued,
    /// says that no more will come, and reads away what the peer still sends, at most 64 KiB or for
    /// one second. (A stream that is dropped with bytes unread is reset, and the last reply lost.)
    ///
    /// # Errors
    /// If the peer does not take what was queued.
    pub async fn close(self) -> Result<(), SendError> {
        self.stream.close(self.machine.close()).await
    }

    /// Parts the connection into a half that receives and a half that sends, for two tasks.
    ///
    /// To close it so that the peer gets everything, [close](Sender::close) the sender and receive
    /// until `None` before the receiver is dropped: a stream that is dropped with bytes unread is
    /// reset, and the last messages lost.
    #[expect(clippy::type_complexity, reason = "two types with their parameters, once")]
    #[must_use]
    pub fn split(self) -> (Receiver<In, F, ReadHalf<S>>, Sender<Out, F, WriteHalf<S>>) {
        let (reads, writes) = self.stream.split(tokio::io::split);
        let (incoming, outgoing) = self.machine.split();
        (Receiver::new(reads, incoming), Sender::new(writes, outgoing))
    }

    fn flush_after(&mut self, queued: Result<(), SendError>) -> Flush<'_, Out, F, S> {
        Flush::new(&mut self.stream, self.machine.halves().1, queued)
    }

    /// Reads once what is there already; whether that was anything.
    pub(super) async fn read_now(&mut self) -> Result<bool, RecvError> {
        let mut read = poll_fn(|cx| Poll::Ready(self.poll_read(cx))).await;
        if read.is_pending() {
            // What has arrived while this task was busy is not known to tokio before it has looked.
            yield_now().await;
            read = poll_fn(|cx| Poll::Ready(self.poll_read(cx))).await;
        }
        match read {
            Poll::Ready(read) => read.map(|()| !self.stream.has_read_last()),
            Poll::Pending => Ok(false),
        }
    }

    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), RecvError>> {
        self.stream.poll_read(cx, self.machine.halves().0)
    }

    /// Goes on to the next message; `false` after the last one.
    pub(super) async fn advance(&mut self) -> Result<bool, RecvError> {
        poll_fn(|cx| self.poll_advance(cx)).await
    }

    fn poll_advance(&mut self, cx: &mut Context<'_>) -> Poll<Result<bool, RecvError>> {
        loop {
            if self.stream.has_read_last() {
                self.machine.stop();
            }
            let step = self.machine.advance()?;
            match step {
                Step::Message => return Poll::Ready(Ok(true)),
                Step::End => return Poll::Ready(Ok(false)),
                Step::Read | Step::Write => {}
            }
            let had_room = self.machine.wants_to_read();
            let written = self.stream.poll_write(cx, self.machine.halves().1);
            let is_written = written.map_err(|error| self.machine.flush_error(error))?.is_ready();
            let until = self.machine.wait(self.stream.now());
            let until = until.map_err(|error| self.stream.cause(self.machine.halves().0, error))?;
            let has_moved = match step {
                // A beat has come due.
                Step::Read if is_written && !self.machine.pending().is_empty() => true,
                Step::Read => self.poll_read(cx)?.is_ready(),
                _ => is_written || (!had_room && self.machine.wants_to_read()),
            };
            if !has_moved {
                self.machine.halves().1.release();
                let waited = ready!(self.stream.poll_until(cx, until));
                self.machine.waited(waited);
            }
        }
    }
}

impl<In: Protocol, Out, F: Framing, S: AsyncRead + AsyncWrite + Unpin> Connection<In, Out, F, S> {
    /// Receives the next message, `None` after the last one. Writes what is queued while it waits.
    ///
    /// Where the fields of a message borrow, they borrow from the receive buffer, until the next
    /// call; [`answer`](Connection::answer) lets such a message be answered.
    ///
    /// The future can be dropped at any time, as in a `select!`, and nothing is lost.
    ///
    /// # Errors
    /// If the stream fails, is too slow or ends inside a frame, or the bytes are no message.
    /// After an error that is not [fatal](RecvError::is_fatal) the next call goes on, so a bad
    /// message in a sound frame costs only itself.
    pub async fn recv(&mut self) -> Result<Option<In::Of<'_>>, RecvError> {
        if self.advance().await? { self.machine.message().map(Some) } else { Ok(None) }
    }

    /// Receives the next message, if it is there.
    pub(super) fn poll_recv(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<In::Of<'_>>, RecvError>> {
        let is_there = ready!(self.poll_advance(cx))?;
        Poll::Ready(if is_there { self.machine.message().map(Some) } else { Ok(None) })
    }

    /// Receives messages until the peer ends the stream, and gives each to `handler` with the
    /// outbox for its replies. They are written once no complete message is left to handle, or
    /// more than 64 KiB are queued.
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// # use protocol_core::{Message, Protocol};
    /// # #[derive(Message, Debug)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
    /// # #[derive(Protocol, Debug)] enum Chat { Data(Data) }
    /// # use protocol_core::frame::Length;
    /// # use protocol_core::net::tokio::Connection;
    /// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    /// # runtime.block_on(async {
    /// # let (here, there) = tokio::io::duplex(64);
    /// # let mut here = Connection::<Chat, Chat, _, _>::over(here, Length::u32());
    /// # let mut there = Connection::<Chat, Chat, _, _>::over(there, Length::u32());
    /// # there.send(&Data { text: "hello".into() }).await.unwrap();
    /// # let (mut there, sender) = there.split();
    /// # sender.close().await.unwrap();
    /// here.answer(|message, outbox| match message {
    ///     Chat::Data(data) => outbox.queue(&Data { text: data.text.to_uppercase() }),
    /// })
    /// .await
    /// .unwrap();
    /// # let Some(Chat::Data(reply)) = there.recv().await.unwrap() else { panic!("no reply") };
    /// # assert_eq!(reply.text, "HELLO");
    /// # });
    /// # }
    /// ```
    ///
    /// # Errors
    /// The first one: of receiving, of sending, or of the handler.
    pub async fn answer<E>(
        &mut self,
        mut handler: impl FnMut(In::Of<'_>, &mut Outbox<Out, F>) -> Result<(), E>,
    ) -> Result<(), ConnError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        while self.advance().await? {
            let (message, outbox) = self.machine.message_to_answer()?;
            handler(message, outbox).map_err(|error| ConnError::Handler(error.into()))?;
        }
        Ok(())
    }
}

impl<In, Out, F, S> Connection<In, Out, F, S>
where
    In: Protocol + Converses,
    F: Framing,
    S: AsyncRead + AsyncWrite + Unpin,
{
    /// Receives the next message, if it may come in this phase.
    pub(super) async fn recv_in(
        &mut self,
        phase: &mut Phase,
        from: Side,
    ) -> Result<Option<In::Of<'_>>, RecvError> {
        if self.advance().await? {
            self.machine.message_in(phase, from).map(Some)
        } else {
            Ok(None)
        }
    }
}
