//! What a socket of datagrams needs besides the socket: a buffer each way, and its limits.

use std::boxed::Box;
use std::error::Error;
use std::io::{self, ErrorKind};
use std::marker::PhantomData;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;
use std::vec;
use std::vec::Vec;

use super::Reply;
use super::reply::{Replies, allowance, fits};
use crate::conn::{ConnError, RecvError, RecvErrorKind, SendError, SendErrorKind, pack_as};
use crate::frame::Foreign;
use crate::net::server::{Event, Watch};
use crate::{Limits, MessageOf, Protocol, Spoken, Unpack};

/// The buffers and limits of one socket.
#[derive(Debug)]
pub(super) struct Mail<In, Out> {
    pub(super) datagram_max: usize,
    pub(super) limits: Limits,
    /// How much larger than a request its replies may be; `None` if senders are who they say.
    pub(super) reply_factor: Option<u32>,
    received: Vec<u8>,
    packed: Vec<u8>,
    pub(super) replies: Replies,
    protocols: PhantomData<fn(In) -> Out>,
}

/// The longest datagram unless it is changed: one that passes every path whole (RFC 9000, section
/// 14).
const DATAGRAM_MAX: usize = 1200;
/// More than any datagram has, so that one above the limit is seen whole, and none is ever cut.
const SPACE: usize = 64 * 1024;
/// How long a peer may take to answer: a datagram that is lost is never answered.
pub(super) const REPLY_WITHIN: Duration = Duration::from_secs(10);
/// How much larger than a request its replies may be, unless it is changed.
const REPLY_FACTOR: u32 = 3;

impl<In, Out> Mail<In, Out> {
    pub(super) fn new() -> Mail<In, Out> {
        Mail {
            datagram_max: DATAGRAM_MAX,
            limits: Limits::DEFAULT,
            reply_factor: Some(REPLY_FACTOR),
            received: Vec::new(),
            packed: Vec::new(),
            replies: Replies::default(),
            protocols: PhantomData,
        }
    }

    /// The room for the next datagram.
    pub(super) fn space(&mut self) -> &mut [u8] {
        if self.received.is_empty() {
            self.received = vec![0; SPACE];
        }
        &mut self.received
    }

    /// The bytes of a message to send.
    pub(super) fn pack<'m, M>(&mut self, message: &M) -> Result<&[u8], SendErrorKind>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        self.packed.clear();
        pack_as::<Out, M>(message, &mut self.packed).map_err(SendErrorKind::Message)?;
        fits(self.packed.len(), self.datagram_max)?;
        Ok(&self.packed)
    }
}

impl<In: Protocol, Out> Mail<In, Out> {
    /// The message in the first `length` bytes of the space.
    pub(super) fn message(&self, length: usize, peer: SocketAddr) -> Result<In::Of<'_>, RecvError> {
        let bytes = self.received.get(..length).unwrap_or_default();
        unpack::<In>(bytes, self.datagram_max, &self.limits)
            .map_err(|error| error.of_peer(Some(peer)))
    }

    /// Gives it to `handler`, and keeps the replies that it queues.
    pub(super) fn handle<E>(
        &mut self,
        length: usize,
        peer: SocketAddr,
        handler: impl FnOnce(In::Of<'_>, &mut Reply<'_, Out>) -> Result<(), E>,
    ) -> Result<(), ConnError>
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        let bytes = self.received.get(..length).unwrap_or_default();
        let message = unpack::<In>(bytes, self.datagram_max, &self.limits)
            .map_err(|error| error.of_peer(Some(peer)))?;
        let allowed = self.reply_factor.map(|factor| allowance(length, factor));
        let mut reply = Reply::new(&mut self.replies, peer, self.datagram_max, allowed);
        handler(message, &mut reply).map_err(|error| ConnError::Handler(error.into()))
    }

    /// The same with a handler that may panic, and an observer that is told what went wrong;
    /// whether there are replies to send. What is half done after a panic is the user's own; our
    /// part begins anew with each datagram.
    pub(super) fn handle_watched<E>(
        &mut self,
        length: usize,
        peer: SocketAddr,
        handler: impl FnOnce(In::Of<'_>, &mut Reply<'_, Out>) -> Result<(), E>,
        watch: &Watch,
    ) -> bool
    where
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        watch.catch_up();
        match catch_unwind(AssertUnwindSafe(|| self.handle(length, peer, handler))) {
            Ok(Ok(())) => return true,
            Ok(Err(error)) => watch.error(&Event::Failed { peer: peer.into(), error: &error }),
            Err(_) => watch.error(&Event::Panicked { peer: peer.into() }),
        }
        false
    }
}

fn unpack<'a, In: Protocol>(
    bytes: &'a [u8],
    datagram_max: usize,
    limits: &Limits,
) -> Result<In::Of<'a>, RecvError> {
    if bytes.len() > datagram_max {
        let kind = RecvErrorKind::Datagram { length: bytes.len(), allowed: datagram_max };
        return Err(RecvError::new(kind, Foreign::recognise(bytes)));
    }
    In::Of::unpack_within(bytes, limits)
        .map_err(|error| RecvError::new(RecvErrorKind::Message(error), Foreign::recognise(bytes)))
}

/// What a failed send means: all but a full buffer is the matter of one datagram.
pub(super) fn unsent(error: io::Error, pending: usize, peer: SocketAddr) -> SendError {
    let kind = match error.kind() {
        ErrorKind::WouldBlock => SendErrorKind::NotReady { pending },
        _ => SendErrorKind::Unreachable(error),
    };
    SendError::from(kind).of_peer(Some(peer))
}

/// Whether a failed receive tells of a datagram that was sent before, by way of ICMP.
pub(super) fn is_of_one_sent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionRefused
            | ErrorKind::ConnectionReset
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
    )
}
