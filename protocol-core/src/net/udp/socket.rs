//! A socket of datagrams, and what it is told of its limits: the same for threads and for tasks.
//!
//! How it comes to be, sends and receives stands in `blocking` and `tokio`.

use std::net::SocketAddr;
use std::time::Duration;

use super::mail::{Mail, REPLY_WITHIN};
use crate::Limits;

/// A socket that receives the messages of `In` from anybody, and sends those of `Out` to anybody.
///
/// This is [`blocking::Socket`](super::blocking::Socket) and `tokio::Socket`, which differ in the
/// socket of the system, `S`. How it comes to be, sends and receives is said there.
#[derive(Debug)]
pub struct Socket<S, In, Out> {
    pub(super) socket: S,
    pub(super) mail: Mail<In, Out>,
    pub(super) timeout: Option<Duration>,
}

/// A socket for one peer. What others send to it is dropped by the system.
///
/// This is [`blocking::Connected`](super::blocking::Connected) and `tokio::Connected`.
#[derive(Debug)]
pub struct Connected<S, In, Out> {
    pub(super) socket: S,
    pub(super) mail: Mail<In, Out>,
    pub(super) timeout: Option<Duration>,
    pub(super) peer: SocketAddr,
}

impl<S, In, Out> Socket<S, In, Out> {
    pub(super) fn new(socket: S) -> Socket<S, In, Out> {
        Socket { socket, mail: Mail::new(), timeout: None }
    }

    /// The same for this peer, which the system knows of.
    pub(super) fn connected(self, peer: SocketAddr) -> Connected<S, In, Out> {
        let Socket { socket, mail, .. } = self;
        Connected { socket, mail, timeout: Some(REPLY_WITHIN), peer }
    }

    /// At most so many bytes in a datagram, either way; 1200 by default. The most that IP can carry
    /// is 65,507, and what is above 1200 or so may be sent in parts that get lost more easily.
    pub fn set_datagram_max(&mut self, max: usize) {
        self.mail.datagram_max = max;
    }

    /// Unpacks within `limits` from now on.
    pub fn set_limits(&mut self, limits: Limits) {
        self.mail.limits = limits;
    }

    /// How long a wait for a message from anybody lasts; for ever by default.
    pub fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.timeout = timeout;
    }

    /// How many times as large as its request the replies to an unverified peer may be, 3 by
    /// default. `None` lifts the limit: only where nobody can send in the name of another.
    pub fn set_reply_factor(&mut self, factor: Option<u32>) {
        self.mail.reply_factor = factor;
    }
}

impl<S, In, Out> Connected<S, In, Out> {
    /// At most so many bytes in a datagram, as in [`Socket::set_datagram_max`].
    pub fn set_datagram_max(&mut self, max: usize) {
        self.mail.datagram_max = max;
    }

    /// Unpacks within `limits` from now on.
    pub fn set_limits(&mut self, limits: Limits) {
        self.mail.limits = limits;
    }

    /// How long a wait for a message lasts; 10 s by default, since a datagram that is lost is never
    /// answered.
    pub fn set_timeout(&mut self, timeout: Option<Duration>) {
        self.timeout = timeout;
    }

    /// The address of the peer.
    #[must_use]
    pub fn peer(&self) -> SocketAddr {
        self.peer
    }
}
