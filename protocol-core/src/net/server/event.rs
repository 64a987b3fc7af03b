//! What goes wrong on a server without ending it, and how that reads in a log.

use std::borrow::ToOwned;
use std::error::Error;
use std::fmt::{self, Write as _};
use std::format;
use std::io;
use std::string::{String, ToString};
use std::time::Duration;

use super::address::Address;
use crate::conn::{ConnError, RecvError, SendError};

/// Something that went wrong on a server, and did not end it.
///
/// Its text is one line, whatever peers sent: control characters in the text of an error are
/// escaped, and that of an error from a handler of your own is cut at 256 bytes.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The handler of a connection returned an error, and the connection is closed; or a datagram
    /// could not be answered.
    Failed {
        /// Who is at the other end.
        peer: Address,
        /// The handler's error.
        error: &'a (dyn Error + Send + Sync + 'static),
    },
    /// The handler of a connection panicked, and the connection is closed; or that of a datagram.
    Panicked {
        /// Who is at the other end.
        peer: Address,
    },
    /// The handshake of a connection failed, or took too long, and the connection is closed.
    NoHandshake {
        /// Who is at the other end.
        peer: Address,
        /// Why.
        error: &'a (dyn Error + Send + Sync + 'static),
    },
    /// A new connection was closed at once.
    Refused {
        /// Who is at the other end.
        peer: Address,
        /// The limit that is reached.
        refusal: Refusal,
    },
    /// A new connection could not be accepted; the server tries again after a pause.
    NotAccepted {
        /// Why.
        error: &'a io::Error,
        /// How long nothing is accepted.
        pause: Duration,
    },
    /// A new connection was closed, because no thread or task can be started for it; nothing is accepted
    /// for a pause.
    NotServed {
        /// Who is at the other end.
        peer: Address,
        /// Why.
        error: &'a io::Error,
        /// How long nothing is accepted.
        pause: Duration,
    },
    /// There were more events than are worth a line.
    Dropped {
        /// How many were not told of.
        count: u64,
    },
}

/// Why a new connection is not served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// There are so many connections already.
    Connections {
        /// How many there may be.
        limit: usize,
    },
    /// There are so many from the same IPv4 address or IPv6 /64 already.
    Address {
        /// How many there may be.
        limit: usize,
    },
    /// The buffers of the others take all bytes that the server may use.
    Buffers {
        /// How many bytes there are.
        limit: usize,
    },
}

impl Event<'_> {
    /// A short name of what went wrong, for counting and searching: it stays the same when texts are
    /// changed. That of a connection's error is the one of [`ConnError::code`].
    ///
    /// ```
    /// use protocol_core::net::server::Event;
    /// assert_eq!(Event::Dropped { count: 3 }.code(), "dropped");
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Failed { error, .. } => code(*error),
            Self::Panicked { .. } => "panicked",
            Self::NoHandshake { .. } => "handshake",
            Self::Refused { refusal: Refusal::Connections { .. }, .. } => "refused_connections",
            Self::Refused { refusal: Refusal::Address { .. }, .. } => "refused_address",
            Self::Refused { refusal: Refusal::Buffers { .. }, .. } => "refused_buffers",
            Self::NotAccepted { .. } => "not_accepted",
            Self::NotServed { .. } => "not_served",
            Self::Dropped { .. } => "dropped",
        }
    }

    /// Who is at the other end, if the event is that of one connection.
    #[must_use]
    pub fn peer(&self) -> Option<Address> {
        match self {
            Self::Failed { peer, .. }
            | Self::Panicked { peer }
            | Self::NoHandshake { peer, .. }
            | Self::Refused { peer, .. }
            | Self::NotServed { peer, .. } => Some(*peer),
            Self::NotAccepted { .. } | Self::Dropped { .. } => None,
        }
    }
}

/// The code of a handler's error, which may be an error of its connection.
fn code(error: &(dyn Error + Send + Sync + 'static)) -> &'static str {
    if let Some(error) = error.downcast_ref::<ConnError>() {
        error.code()
    } else if let Some(error) = error.downcast_ref::<RecvError>() {
        error.code()
    } else if let Some(error) = error.downcast_ref::<SendError>() {
        error.code()
    } else {
        "handler"
    }
}

impl fmt::Display for Event<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed { peer, error } | Self::NoHandshake { peer, error } => {
                write_peer(f, *peer, *error)?;
                fmt::Display::fmt(&Shown::of(*error), f)
            }
            Self::Panicked { peer } => write!(f, "{peer}: the handler panicked"),
            Self::Refused { peer, refusal } => write!(f, "{peer}: refused, {refusal}"),
            Self::NotAccepted { error, pause } => {
                write!(f, "cannot accept a connection: {error}; trying again in {pause:?}")
            }
            Self::NotServed { peer, error, pause } => {
                write!(f, "{peer}: closed, there is no thread for it: {error}; ")?;
                write!(f, "accepting again in {pause:?}")
            }
            Self::Dropped { count } => write!(f, "{count} more events were dropped"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Connections { limit } => write!(f, "there are {limit} connections already"),
            Self::Address { limit } => {
                write!(f, "there are {limit} connections from its network already")
            }
            Self::Buffers { limit } => {
                write!(f, "the buffers of the others take all of {limit} bytes")
            }
        }
    }
}

/// Writes whose error this is, unless it says so itself.
fn write_peer(
    f: &mut fmt::Formatter<'_>,
    peer: Address,
    error: &(dyn Error + Send + Sync + 'static),
) -> fmt::Result {
    let peer = format!("{peer}: ");
    if error.to_string().starts_with(&peer) { Ok(()) } else { f.write_str(&peer) }
}

/// The text of an error, safe for a log: a peer may have written a part of it, so it stays on its
/// line and holds no commands for a terminal.
struct Shown {
    text: String,
    is_cut: bool,
}

/// The longest text of an error that is not our own, whose texts are bounded.
const SHOWN_MAX: usize = 256;

impl Shown {
    fn of(error: &(dyn Error + Send + Sync + 'static)) -> Shown {
        let text = error.to_string();
        let is_ours = match error.downcast_ref::<ConnError>() {
            Some(ConnError::Recv(_) | ConnError::Send(_)) => true,
            Some(ConnError::Handler(_)) => false,
            None => error.is::<RecvError>() || error.is::<SendError>(),
        };
        if is_ours || text.len() <= SHOWN_MAX {
            return Shown { text, is_cut: false };
        }
        let start = (0..=SHOWN_MAX).rev().find_map(|end| text.get(..end)).unwrap_or_default();
        Shown { text: start.to_owned(), is_cut: true }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.text.chars() {
            match character {
                // Plain quotes and backslashes do no harm, and our own texts are escaped already.
                '"' | '\'' | '\\' => f.write_char(character)?,
                _ => fmt::Display::fmt(&character.escape_debug(), f)?,
            }
        }
        f.write_str(if self.is_cut { "…" } else { "" })
    }
}
