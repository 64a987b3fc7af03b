//! The replies to one datagram, and how large they may be together.

use std::marker::PhantomData;
use std::net::SocketAddr;
use std::vec::Vec;

use crate::conn::{SendError, SendErrorKind, pack_as};
use crate::{MessageOf, Spoken};

/// Takes the replies to a datagram, and sends them when its handler returns.
///
/// A sender whose address is not [verified](Reply::verified) gets at most three times as much as it
/// sent, unless the socket says otherwise. Headers count, 28 bytes for each datagram: a request of 4
/// bytes allows one reply of 68.
#[derive(Debug)]
pub struct Reply<'a, Out> {
    replies: &'a mut Replies,
    peer: SocketAddr,
    datagram_max: usize,
    /// How much of the network the replies may still take; `None` if the peer is verified.
    allowed: Option<usize>,
    protocol: PhantomData<fn(Out)>,
}

/// The datagrams to send, one after the other.
#[derive(Debug, Default)]
pub(super) struct Replies {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// The headers of the smallest datagram: 20 bytes of IPv4, 8 of UDP.
const HEADERS: usize = 28;
/// The most bytes that may wait to be sent.
const LIMIT: usize = 16 * 1024 * 1024;
/// What the buffer keeps when all is sent.
const KEPT: usize = 64 * 1024;

impl<'a, Out> Reply<'a, Out> {
    pub(super) fn new(
        replies: &'a mut Replies,
        peer: SocketAddr,
        datagram_max: usize,
        allowed: Option<usize>,
    ) -> Reply<'a, Out> {
        replies.clear();
        Reply { replies, peer, datagram_max, allowed, protocol: PhantomData }
    }

    /// Who seems to have sent the request.
    #[must_use]
    pub fn peer(&self) -> SocketAddr {
        self.peer
    }

    /// Lifts the limit for what follows: the request proves that its sender can read what is sent
    /// to its address, say with a number that it got there before.
    pub fn verified(&mut self) {
        self.allowed = None;
    }

    /// How large the next reply may be; a message that is larger is refused.
    #[must_use]
    pub fn room(&self) -> usize {
        let allowed = self.allowed.map(|allowed| allowed.saturating_sub(HEADERS));
        allowed.map_or(self.datagram_max, |allowed| allowed.min(self.datagram_max))
    }

    /// Queues `message`, as a datagram of its own. If the handler fails, none is sent.
    ///
    /// # Errors
    /// If the message cannot be packed, or is too large for a datagram or for its request. Nothing
    /// of it is queued then.
    pub fn queue<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        let pending = self.replies.bytes.len();
        if pending >= LIMIT {
            return Err(self.error(SendErrorKind::Full { pending, limit: LIMIT }));
        }
        let packed = pack_as::<Out, M>(message, &mut self.replies.bytes);
        packed.map_err(|error| self.error(SendErrorKind::Message(error)))?;
        let length = self.replies.bytes.len().saturating_sub(pending);
        if let Err(kind) = self.admit(length) {
            self.replies.bytes.truncate(pending);
            return Err(self.error(kind));
        }
        self.replies.ends.push(pending.saturating_add(length));
        Ok(())
    }

    fn admit(&mut self, length: usize) -> Result<(), SendErrorKind> {
        fits(length, self.datagram_max)?;
        if let Some(allowed) = &mut self.allowed {
            let left = allowed.checked_sub(length.saturating_add(HEADERS));
            let too_much =
                SendErrorKind::Amplified { length, allowed: allowed.saturating_sub(HEADERS) };
            *allowed = left.ok_or(too_much)?;
        }
        Ok(())
    }

    fn error(&self, kind: SendErrorKind) -> SendError {
        SendError::from(kind).of_peer(Some(self.peer))
    }
}

impl Replies {
    /// The datagrams in their order.
    pub(super) fn datagrams(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let ranges = starts.zip(self.ends.iter().copied());
        ranges.map(|(start, end)| self.bytes.get(start..end).unwrap_or_default())
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.bytes.shrink_to(KEPT);
        self.ends.clear();
    }
}

/// How much of the network the replies to a request of so many bytes may take.
pub(super) fn allowance(request: usize, factor: u32) -> usize {
    let factor = usize::try_from(factor).unwrap_or(usize::MAX);
    request.saturating_add(HEADERS).saturating_mul(factor)
}

/// Whether a datagram of so many bytes may be sent.
pub(super) fn fits(length: usize, allowed: usize) -> Result<(), SendErrorKind> {
    if length > allowed { Err(SendErrorKind::Datagram { length, allowed }) } else { Ok(()) }
}
