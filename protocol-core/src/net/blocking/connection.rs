//! A blocking connection: both halves and the stream below them.

use std::boxed::Box;
use std::error::Error;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use super::timed::Timed;
use super::{Receiver, Sender};
use crate::conn::{
    Beats, ConnError, Kept, Machine, Moment, Outbox, RecvError, SendError, Step, Timeouts, earlier,
};
use crate::conversation::{Converses, Phase, Side};
use crate::frame::{Framing, Length};
use crate::net::server::Seat;
use crate::net::{Split, Stream};
use crate::{Limits, MessageOf, Protocol, Spoken};

/// A connection that receives the messages of `In` and sends those of `Out`, over a stream `S`.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// use protocol_core::frame::Length;
/// use protocol_core::net::{blocking::Connection, mem};
///
/// let (here, there) = mem::pair();
/// let mut here = Connection::<Chat, Chat, _, _>::over(here, Length::u32());
/// let mut there = Connection::<Chat, Chat, _, _>::over(there, Length::u32());
///
/// here.send(&Data { text: "hello".into() }).unwrap();
/// assert_eq!(there.recv().unwrap(), Some(Chat::Data(Data { text: "hello".into() })));
/// drop(here);
/// assert_eq!(there.recv().unwrap(), None);
/// # }
/// ```
///
/// What is queued and neither flushed nor followed by a wait is lost when the connection is
/// dropped: [`flush`](Connection::flush) or [`close`](Connection::close) it.
///
/// **Who sends much without receiving can stall both ends:** once the buffers between them are
/// full of requests one way and of replies the other, each waits for the other to read, until its
/// write timeout. Receive as you send, or [`split`](Connection::split) and receive in a thread of
/// its own.
///
/// Messages that borrow are named with `'static`, and [answered](Connection::answer) in place. A
/// handler that is generic over its stream is tested in memory and served over TCP:
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::conn::ConnError;
/// use protocol_core::frame::Length;
/// use protocol_core::net::{Stream, blocking::Connection, mem};
/// use protocol_core::{Message, Protocol};
///
/// #[derive(Message)]
/// #[msg_type = 3]
/// struct Data<'a> {
///     #[wire(rest)]
///     text: &'a str,
/// }
///
/// #[derive(Protocol)]
/// enum Chat<'a> {
///     Data(Data<'a>),
/// }
///
/// fn talk<S: Stream>(
///     connection: &mut Connection<Chat<'static>, Chat<'static>, Length, S>,
/// ) -> Result<(), ConnError> {
///     connection.answer(|message, outbox| match message {
///         Chat::Data(data) => outbox.queue(&Data { text: data.text.trim() }),
///     })
/// }
///
/// let (here, there) = mem::pair();
/// let there = Connection::<Chat<'static>, Chat<'static>, _, _>::over(there, Length::u32());
/// let (mut receiver, mut sender) = there.split().unwrap();
/// sender.send(&Data { text: " hello " }).unwrap();
/// sender.close().unwrap();
/// talk(&mut Connection::over(here, Length::u32())).unwrap();
/// let Some(Chat::Data(reply)) = receiver.recv().unwrap() else { panic!("no reply") };
/// assert_eq!(reply.text, "hello");
/// # }
/// ```
#[derive(Debug)]
pub struct Connection<In, Out = In, F = Length, S = TcpStream> {
    pub(super) stream: Timed<S>,
    pub(super) machine: Machine<In, Out, F>,
}

/// What comes until some moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until<T> {
    /// A message.
    Message(T),
    /// The end of the stream.
    End,
    /// Nothing.
    Over,
}

impl<In, Out, F: Framing, S: Stream> Connection<In, Out, F, S> {
    /// A connection over a stream that is there already, with the timeouts of a client.
    #[must_use]
    pub fn over(stream: S, framing: F) -> Connection<In, Out, F, S> {
        let peer = stream.peer();
        Connection::with_peer(stream, peer, framing)
    }

    /// A connection of a server, that keeps its seat for as long as one of its halves lives.
    pub(super) fn seated(stream: S, framing: F, seat: Arc<Seat>) -> Connection<In, Out, F, S> {
        let mut connection = Connection::with_peer(stream, seat.peer().address.ip(), framing);
        connection.machine.keep_books(Kept::by(Arc::clone(&seat) as Arc<_>));
        connection.stream.take_seat(seat);
        connection
    }

    fn with_peer(stream: S, peer: Option<SocketAddr>, framing: F) -> Connection<In, Out, F, S> {
        let mut machine = Machine::new(framing);
        machine.set_peer(peer);
        Connection { stream: Timed::new(stream), machine }
    }

    pub(super) fn now(&self) -> Moment {
        self.stream.now()
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

    /// The address of the peer, if the stream has addresses.
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

    /// Sends `message` and all that was queued before it.
    ///
    /// A message that the protocol `Out` does not list is refused by the compiler.
    ///
    /// # Errors
    /// If the message cannot be packed or is too large, or the peer does not take it.
    /// [`SendError::is_fatal`] tells whether the connection can still be used.
    pub fn send<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        self.queue(message)?;
        self.flush()
    }

    /// Queues `message`: it is written with those after it, by the next [`flush`](Connection::flush)
    /// or before the next wait for a message, and at once if more than 64 KiB are queued. What is
    /// still queued when the connection is dropped is lost; a server [closes](Connection::close) it
    /// for its handlers.
    ///
    /// # Errors
    /// As for [`send`](Connection::send).
    pub fn queue<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        if !self.machine.wants_to_read() {
            self.flush()?;
        }
        self.machine.queue(message)
    }

    /// Writes all that is queued.
    ///
    /// # Errors
    /// If the peer does not take it.
    pub fn flush(&mut self) -> Result<(), SendError> {
        self.stream.flush(self.machine.halves().1)
    }

    /// Ends the connection so that the peer gets everything that was sent: writes what is queued,
    /// says that no more will come, and reads away what the peer still sends, at most 64 KiB or for
    /// one second. (A stream that is dropped with bytes unread is reset, and the last reply lost.)
    /// A stream that cannot say so is dropped when all is written.
    ///
    /// # Errors
    /// If the peer does not take what was queued.
    pub fn close(self) -> Result<(), SendError> {
        self.stream.close(self.machine.close())
    }

    /// Parts the connection into a half that receives and a half that sends, for two threads.
    ///
    /// To close it so that the peer gets everything, [close](Sender::close) the sender and receive
    /// until `None` before the receiver is dropped: a stream that is dropped with bytes unread is
    /// reset, and the last messages lost.
    ///
    /// # Errors
    /// If the system has no second handle of the stream to give.
    #[expect(clippy::type_complexity, reason = "two types with their parameters, once")]
    pub fn split(self) -> io::Result<(Receiver<In, F, S>, Sender<Out, F, S>)>
    where
        S: Split,
    {
        let (reads, writes) = self.stream.split()?;
        let (incoming, outgoing) = self.machine.split();
        Ok((Receiver::new(reads, incoming), Sender::new(writes, outgoing)))
    }
}

impl<In: Protocol, Out, F: Framing, S: Stream> Connection<In, Out, F, S> {
    /// Receives the next message, `None` after the last one. Writes what is queued before it waits.
    ///
    /// On a server that is draining, the last one is the last that had arrived by then as a whole, and a frame that only began is no error.
    ///
    /// Where the fields of a message borrow, they borrow from the receive buffer, until the next
    /// call; [`answer`](Connection::answer) lets such a message be answered.
    ///
    /// # Errors
    /// If the stream fails, is too slow or ends inside a frame, or the bytes are no message.
    /// After an error that is not [fatal](RecvError::is_fatal) the next call goes on, so a bad
    /// message in a sound frame costs only itself.
    pub fn recv(&mut self) -> Result<Option<In::Of<'_>>, RecvError> {
        if self.advance()? { self.machine.message().map(Some) } else { Ok(None) }
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
    /// # use protocol_core::net::{blocking::Connection, mem};
    /// # let (here, there) = mem::pair();
    /// # let mut here = Connection::<Chat, Chat, _, _>::over(here, Length::u32());
    /// # let mut there = Connection::<Chat, Chat, _, _>::over(there, Length::u32());
    /// # there.send(&Data { text: "hello".into() }).unwrap();
    /// # let (mut there, sender) = there.split().unwrap();
    /// # sender.close().unwrap();
    /// here.answer(|message, outbox| match message {
    ///     Chat::Data(data) => outbox.queue(&Data { text: data.text.to_uppercase() }),
    /// })
    /// .unwrap();
    /// # let Some(Chat::Data(reply)) = there.recv().unwrap() else { panic!("no reply") };
    /// # assert_eq!(reply.text, "HELLO");
    /// # }
    /// ```
    ///
    /// # Errors
    /// The first one: of receiving, of sending, or of the handler.
    pub fn answer<E>(
        &mut self,
        mut handler: impl FnMut(In::Of<'_>, &mut Outbox<Out, F>) -> Result<(), E>,
    ) -> Result<(), ConnError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        while self.advance()? {
            let (message, outbox) = self.machine.message_to_answer()?;
            handler(message, outbox).map_err(|error| ConnError::Handler(error.into()))?;
        }
        Ok(())
    }

    /// Receives the next message, if it comes until then.
    pub(super) fn recv_until(&mut self, until: Moment) -> Result<Until<In::Of<'_>>, RecvError> {
        match self.advance_until(Some(until))? {
            Until::Message(()) => self.machine.message().map(Until::Message),
            Until::End => Ok(Until::End),
            Until::Over => Ok(Until::Over),
        }
    }

    /// Reads once what is there already; whether that was anything.
    pub(super) fn read_now(&mut self) -> Result<bool, RecvError> {
        self.stream.read_now(self.machine.halves().0)
    }

    /// Goes on to the next message; `false` after the last one.
    pub(super) fn advance(&mut self) -> Result<bool, RecvError> {
        self.advance_until(None).map(|until| until == Until::Message(()))
    }

    fn advance_until(&mut self, until: Option<Moment>) -> Result<Until<()>, RecvError> {
        loop {
            if self.stream.has_read_last() {
                self.machine.stop();
            }
            let step = self.machine.advance()?;
            match step {
                Step::Message => return Ok(Until::Message(())),
                Step::End => return Ok(Until::End),
                Step::Write | Step::Read if until.is_some_and(|until| self.now() >= until) => {
                    return Ok(Until::Over);
                }
                Step::Write => self.write_first(until)?,
                Step::Read => self.read(until)?,
            }
        }
    }

    fn read(&mut self, until: Option<Moment>) -> Result<(), RecvError> {
        self.write_first(until)?;
        let allowed = self.machine.wait(self.now())?;
        // A beat may have come due.
        self.flush_before_waiting(until)?;
        self.stream.read(self.machine.halves().0, earlier(allowed, until))
    }

    /// Writes what is queued; nobody reads meanwhile.
    fn write_first(&mut self, until: Option<Moment>) -> Result<(), RecvError> {
        let now = self.now();
        let (incoming, outgoing) = self.machine.halves();
        if outgoing.is_empty() {
            return Ok(());
        }
        incoming.pause(now);
        self.flush_before_waiting(until)
    }

    fn flush_before_waiting(&mut self, until: Option<Moment>) -> Result<(), RecvError> {
        let flushed = self.stream.flush_until(self.machine.halves().1, until);
        flushed.map_err(|error| self.machine.flush_error(error))
    }
}

impl<In: Protocol + Converses, Out, F: Framing, S: Stream> Connection<In, Out, F, S> {
    /// Receives the next message, if it may come in this phase.
    pub(super) fn recv_in(
        &mut self,
        phase: &mut Phase,
        from: Side,
    ) -> Result<Option<In::Of<'_>>, RecvError> {
        if self.advance()? { self.machine.message_in(phase, from).map(Some) } else { Ok(None) }
    }
}
