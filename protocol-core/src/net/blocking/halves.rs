//! The two halves of a connection that was split, each for a thread of its own.

use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::timed::Timed;
use crate::conn::{Incoming, Next, Outgoing, RecvError, SendError, Timeouts};
use crate::frame::{Decode, Encode, Length};
use crate::net::{Split, Stream};
use crate::{Limits, MessageOf, Protocol, Spoken};

/// The half of a connection that receives.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// # use protocol_core::frame::Length;
/// # use protocol_core::net::{blocking::Connection, mem};
/// # let (here, there) = mem::pair();
/// # let connection = Connection::<Chat, Chat, _, _>::over(here, Length::u32());
/// # let mut peer = Connection::<Chat, Chat, _, _>::over(there, Length::u32());
/// let (mut receiver, mut sender) = connection.split().unwrap();
/// let printer = std::thread::spawn(move || {
///     let message = receiver.recv().unwrap();
///     assert_eq!(message, Some(Chat::Data(Data { text: "hi".into() })));
/// });
/// sender.send(&Data { text: "hello".into() }).unwrap();
/// # peer.send(&Data { text: "hi".into() }).unwrap();
/// printer.join().unwrap();
/// # }
/// ```
#[derive(Debug)]
pub struct Receiver<In, F = Length, S = TcpStream> {
    stream: Timed<S>,
    incoming: Incoming<In, F>,
}

/// The half of a connection that sends.
///
/// Dropping it does not end the stream, since the other half still holds it, and loses what is
/// queued: [`close`](Sender::close) ends the stream after all that was queued.
#[derive(Debug)]
pub struct Sender<Out, F = Length, S = TcpStream> {
    stream: Timed<S>,
    outgoing: Outgoing<Out, F>,
}

impl<In: Protocol, F: Decode, S: Stream> Receiver<In, F, S> {
    /// Receives the next message, `None` after the last one. Writes nothing.
    ///
    /// # Errors
    /// As for [`Connection::recv`](super::Connection::recv).
    pub fn recv(&mut self) -> Result<Option<In::Of<'_>>, RecvError> {
        loop {
            if self.stream.has_read_last() {
                self.incoming.stop();
            }
            match self.incoming.advance()? {
                Next::Message => return self.incoming.message().map(Some),
                Next::End => return Ok(None),
                Next::Read => {
                    let until = self.incoming.wait(self.stream.now())?;
                    self.stream.read(&mut self.incoming, until)?;
                }
            }
        }
    }
}

impl<In, F: Decode, S> Receiver<In, F, S> {
    pub(super) fn new(stream: Timed<S>, incoming: Incoming<In, F>) -> Receiver<In, F, S> {
        Receiver { stream, incoming }
    }

    pub(super) fn incoming(&self) -> &Incoming<In, F> {
        &self.incoming
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

    /// The address of the peer, if the stream has addresses.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.incoming.peer()
    }
}

impl<Out, F: Encode, S: Stream> Sender<Out, F, S> {
    pub(super) fn new(stream: Timed<S>, outgoing: Outgoing<Out, F>) -> Sender<Out, F, S> {
        Sender { stream, outgoing }
    }

    /// Gives the peer so long to take what is sent, from now on.
    pub fn set_timeouts(&mut self, timeouts: Timeouts) {
        self.outgoing.set_timeouts(timeouts);
    }

    /// Sends `message` and all that was queued before it.
    ///
    /// # Errors
    /// As for [`Connection::send`](super::Connection::send).
    pub fn send<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        self.queue(message)?;
        self.flush()
    }

    /// Queues `message` until the next [`flush`](Sender::flush) or [`close`](Sender::close), or
    /// until more than 64 KiB are queued. What is still queued when the sender is dropped is lost.
    ///
    /// # Errors
    /// As for [`Connection::send`](super::Connection::send).
    pub fn queue<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        if self.outgoing.is_full() {
            self.flush()?;
        }
        self.outgoing.queue(message)
    }

    /// Writes all that is queued.
    ///
    /// # Errors
    /// If the peer does not take it.
    pub fn flush(&mut self) -> Result<(), SendError> {
        self.stream.flush(&mut self.outgoing)
    }

    /// Writes the beat of [`Connection::set_beats`](super::Connection::set_beats) if nothing was sent
    /// for so long that it is due, and says after how long the next one is, if any. Nobody else does
    /// this for a connection that was split.
    ///
    /// # Errors
    /// If the peer does not take it.
    pub fn beat(&mut self) -> Result<Option<Duration>, SendError> {
        self.flush()?;
        loop {
            let due = self.outgoing.wait(self.stream.now())?;
            if self.outgoing.is_empty() {
                return Ok(due.map(|due| due.since(self.stream.now())));
            }
            self.flush()?;
        }
    }

    /// Whether there are beats to be sent.
    pub(super) fn has_beats(&self) -> bool {
        self.outgoing.has_beats()
    }

    /// Writes all that is queued and tells the peer that no more will come. The other half may go
    /// on receiving.
    ///
    /// # Errors
    /// If the peer does not take what was queued.
    pub fn close(mut self) -> Result<(), SendError> {
        self.flush()?;
        self.stream.end_writing();
        Ok(())
    }

    /// The address of the peer, if the stream has addresses.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.outgoing.peer()
    }
}

impl<Out, F, S: Split> Sender<Out, F, S> {
    /// Ends the stream for both halves.
    pub(super) fn end(&mut self) {
        self.stream.end();
    }
}
