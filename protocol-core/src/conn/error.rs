//! What can go wrong with a connection, in either direction, and what each of it means for the
//! next call.
//!
//! A leaf above the errors of frames and messages.

mod code;

use alloc::boxed::Box;
use core::fmt;
use core::net::SocketAddr;
use core::time::Duration;

use crate::conversation::NotAllowed;
use crate::frame::{Foreign, FrameError};
use crate::{PackError, UnpackError};

/// Why no message was received, and from whom.
///
/// The end of the stream between two messages is no error: `recv` then returns `Ok(None)`.
#[derive(Debug)]
pub struct RecvError(Box<RecvDetails>);

#[derive(Debug)]
struct RecvDetails {
    kind: RecvErrorKind,
    foreign: Option<Foreign>,
    peer: Option<SocketAddr>,
}

/// Why no message was received.
#[derive(Debug)]
#[non_exhaustive]
pub enum RecvErrorKind {
    /// The bytes are no frame, or a frame above the limit. If the error has a
    /// [`skip`](FrameError::skip), the bad frame is skipped and the next call goes on behind it;
    /// otherwise the stream has no next message.
    Frame(FrameError),
    /// The frame is sound, what is in it is no message of the protocol. The next call goes on with
    /// the next frame.
    Message(UnpackError),
    /// The stream ended inside a frame.
    EndInside {
        /// How many bytes of the frame came.
        have: usize,
        /// How many it needs at least.
        needed: usize,
    },
    /// The stream was cut: it ended without the last word that its kind has, as TLS does. Nobody
    /// knows whether the peer had more to say.
    Cut {
        /// How many bytes of a next frame came; 0 if it was cut between frames.
        have: usize,
    },
    /// A frame was not complete in time, counted from its first byte.
    FrameTimeout {
        /// How many bytes of the frame came.
        have: usize,
        /// How many it needs at least.
        needed: usize,
        /// How long a frame may take.
        allowed: Duration,
    },
    /// The peer sent nothing for too long. The next call waits again.
    IdleTimeout {
        /// How long the peer may be silent.
        allowed: Duration,
    },
    /// A peer that beats sent nothing for so long that it must be dead.
    BeatTimeout {
        /// How long a living peer may be silent.
        allowed: Duration,
    },
    /// A datagram is longer than allowed. The next call goes on with the next one.
    Datagram {
        /// How long it is, in bytes.
        length: usize,
        /// The longest one allowed.
        allowed: usize,
    },
    /// The stream does not block and has nothing to read now. The next call goes on.
    NotReady,
    /// The frame needs a larger buffer, and the connections of the server held all the bytes that
    /// they may for as long as a frame may take.
    Overloaded {
        /// How many bytes there are for the buffers of all connections.
        limit: usize,
    },
    /// A datagram that was sent before did not reach the peer. The next call goes on.
    #[cfg(feature = "std")]
    Unreachable(std::io::Error),
    /// What was queued could not be written before waiting for the next message.
    Flush(SendErrorKind),
    /// The stream failed.
    #[cfg(feature = "std")]
    Io(std::io::Error),
}

/// Why a message was not sent, and to whom.
#[derive(Debug)]
pub struct SendError(Box<SendDetails>);

#[derive(Debug)]
struct SendDetails {
    kind: SendErrorKind,
    peer: Option<SocketAddr>,
}

/// Why a message was not sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum SendErrorKind {
    /// The message breaks a rule of its layout. Nothing of it was queued.
    Message(PackError),
    /// The message is too large for a frame. Nothing of it was queued.
    Frame(FrameError),
    /// This side may not send the message in this state of the conversation. Nothing of it was queued.
    NotAllowed(NotAllowed),
    /// The message is too large for a datagram, and was not sent.
    Datagram {
        /// How long the datagram would be, in bytes.
        length: usize,
        /// The longest one allowed.
        allowed: usize,
    },
    /// The message would be a larger reply than somebody who may not be the sender of its request
    /// is to get, and was not sent.
    Amplified {
        /// How long the reply would be, in bytes.
        length: usize,
        /// How long it may be.
        allowed: usize,
    },
    /// Too many bytes are pending already. Nothing of the message was queued.
    Full {
        /// How many bytes are pending.
        pending: usize,
        /// From how many on messages are refused.
        limit: usize,
    },
    /// The connections of the server hold all the bytes that they may. Nothing of the message was
    /// queued.
    Overloaded {
        /// How many bytes there are for the buffers of all connections.
        limit: usize,
    },
    /// The peer did not take the bytes in time.
    Stalled {
        /// How many bytes are still pending.
        pending: usize,
        /// How long the peer may take for 64 KiB.
        allowed: Duration,
    },
    /// The stream does not block and takes nothing now. A later flush goes on.
    NotReady {
        /// How many bytes are still pending.
        pending: usize,
    },
    /// The stream takes no more bytes.
    Closed {
        /// How many bytes are still pending.
        pending: usize,
    },
    /// The datagram was not sent, for a reason that is its own or that of one before it.
    #[cfg(feature = "std")]
    Unreachable(std::io::Error),
    /// The stream failed.
    #[cfg(feature = "std")]
    Io(std::io::Error),
}

/// What ended a conversation: receiving, sending, or the user's own handler.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConnError {
    /// A message could not be received.
    Recv(RecvError),
    /// A message could not be sent.
    Send(SendError),
    /// The handler of a message failed.
    Handler(Box<dyn core::error::Error + Send + Sync>),
}

impl RecvError {
    pub(crate) fn new(kind: RecvErrorKind, foreign: Option<Foreign>) -> RecvError {
        RecvError(Box::new(RecvDetails { kind, foreign, peer: None }))
    }

    pub(crate) fn of_peer(mut self, peer: Option<SocketAddr>) -> RecvError {
        self.0.peer = peer;
        self
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &RecvErrorKind {
        &self.0.kind
    }

    /// Who sent it, if the stream has addresses.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.0.peer
    }

    /// The protocol that the peer seems to speak instead.
    #[must_use]
    pub fn foreign(&self) -> Option<Foreign> {
        match &self.0.kind {
            // Its bytes may be skipped already.
            RecvErrorKind::Frame(error) => error.foreign(),
            _ => self.0.foreign,
        }
    }

    /// Whether the connection is of no more use. If not, the next `recv` goes on: with the next
    /// message, or with waiting.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        match &self.0.kind {
            RecvErrorKind::Message(_)
            | RecvErrorKind::IdleTimeout { .. }
            | RecvErrorKind::Datagram { .. }
            | RecvErrorKind::NotReady => false,
            #[cfg(feature = "std")]
            RecvErrorKind::Unreachable(_) => false,
            RecvErrorKind::Flush(kind) => kind.is_fatal(),
            RecvErrorKind::Frame(error) => error.skip().is_none(),
            RecvErrorKind::EndInside { .. }
            | RecvErrorKind::Cut { .. }
            | RecvErrorKind::FrameTimeout { .. }
            | RecvErrorKind::BeatTimeout { .. }
            | RecvErrorKind::Overloaded { .. } => true,
            #[cfg(feature = "std")]
            RecvErrorKind::Io(_) => true,
        }
    }
}

impl SendError {
    pub(crate) fn of_peer(mut self, peer: Option<SocketAddr>) -> SendError {
        self.0.peer = peer;
        self
    }

    pub(crate) fn into_kind(self) -> SendErrorKind {
        self.0.kind
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &SendErrorKind {
        &self.0.kind
    }

    /// Who was to receive it, if the stream has addresses.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.0.peer
    }

    /// Whether the connection is of no more use. If not, another message may be sent, or the same
    /// one later.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        self.0.kind.is_fatal()
    }
}

impl SendErrorKind {
    /// The error below, if there is one.
    fn cause(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Message(error) => Some(error),
            Self::Frame(error) => Some(error),
            #[cfg(feature = "std")]
            Self::Unreachable(error) | Self::Io(error) => Some(error),
            Self::NotAllowed(_)
            | Self::Datagram { .. }
            | Self::Amplified { .. }
            | Self::Overloaded { .. }
            | Self::Full { .. }
            | Self::Stalled { .. }
            | Self::NotReady { .. }
            | Self::Closed { .. } => None,
        }
    }

    fn is_fatal(&self) -> bool {
        match self {
            Self::Message(_)
            | Self::Frame(_)
            | Self::NotAllowed(_)
            | Self::Datagram { .. }
            | Self::Amplified { .. }
            | Self::Full { .. }
            | Self::Overloaded { .. }
            | Self::NotReady { .. } => false,
            #[cfg(feature = "std")]
            Self::Unreachable(_) => false,
            Self::Stalled { .. } | Self::Closed { .. } => true,
            #[cfg(feature = "std")]
            Self::Io(_) => true,
        }
    }
}

impl ConnError {
    /// Whether the connection is of no more use. The error of a handler does not make it so.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        match self {
            Self::Recv(error) => error.is_fatal(),
            Self::Send(error) => error.is_fatal(),
            Self::Handler(_) => false,
        }
    }
}

impl From<SendErrorKind> for SendError {
    fn from(kind: SendErrorKind) -> SendError {
        SendError(Box::new(SendDetails { kind, peer: None }))
    }
}

impl From<RecvError> for ConnError {
    fn from(error: RecvError) -> ConnError {
        ConnError::Recv(error)
    }
}

impl From<SendError> for ConnError {
    fn from(error: SendError) -> ConnError {
        ConnError::Send(error)
    }
}

impl fmt::Display for RecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(peer) = self.0.peer {
            write!(f, "{peer}: ")?;
        }
        fmt::Display::fmt(&self.0.kind, f)?;
        // The error of a frame says it itself.
        match (&self.0.kind, self.0.foreign) {
            (RecvErrorKind::Frame(_), _) | (_, None) => Ok(()),
            (_, Some(foreign)) => write!(f, "; {foreign}"),
        }
    }
}

impl fmt::Display for RecvErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frame(error) => fmt::Display::fmt(error, f),
            Self::Message(error) => fmt::Display::fmt(error, f),
            Self::EndInside { have, needed } => {
                write!(f, "the stream ended inside a frame: {have} of {needed} bytes came")
            }
            Self::Cut { have } => {
                write!(f, "the stream was cut after {have} bytes of a frame, without a last word")
            }
            Self::FrameTimeout { have, needed, allowed } => {
                write!(f, "a frame took longer than {allowed:?}: {have} of {needed} bytes came")
            }
            Self::IdleTimeout { allowed } => write!(f, "the peer sent nothing for {allowed:?}"),
            Self::BeatTimeout { allowed } => {
                write!(f, "the peer is dead: it sent nothing for {allowed:?}, not even a beat")
            }
            Self::Datagram { length, allowed } => datagram(f, *length, *allowed),
            #[cfg(feature = "std")]
            Self::Unreachable(error) => {
                write!(f, "a datagram sent before did not arrive: {error}")
            }
            Self::NotReady => f.write_str("the stream has nothing to read now"),
            Self::Overloaded { limit } => {
                write!(f, "the buffers of the server take all of {limit} bytes")
            }
            Self::Flush(kind) => fmt::Display::fmt(kind, f),
            #[cfg(feature = "std")]
            Self::Io(error) => write!(f, "cannot receive: {error}"),
        }
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(peer) = self.0.peer {
            write!(f, "{peer}: ")?;
        }
        fmt::Display::fmt(&self.0.kind, f)
    }
}

impl fmt::Display for SendErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(error) => fmt::Display::fmt(error, f),
            Self::Frame(error) => fmt::Display::fmt(error, f),
            Self::NotAllowed(not_allowed) => fmt::Display::fmt(not_allowed, f),
            Self::Datagram { length, allowed } => datagram(f, *length, *allowed),
            Self::Amplified { length, allowed } => {
                write!(
                    f,
                    "a reply of {length} bytes is above the {allowed} that its request allows"
                )
            }
            #[cfg(feature = "std")]
            Self::Unreachable(error) => write!(f, "the datagram was not sent: {error}"),
            Self::Full { pending, limit } => {
                write!(f, "{pending} bytes are pending, from {limit} on nothing is queued")
            }
            Self::Overloaded { limit } => {
                write!(f, "the buffers of the server take all of {limit} bytes")
            }
            Self::Stalled { pending, allowed } => {
                write!(f, "the peer took too little for {allowed:?}: {pending} bytes are pending")
            }
            Self::NotReady { pending } => {
                write!(f, "the stream takes nothing now: {pending} bytes are pending")
            }
            Self::Closed { pending } => {
                write!(f, "the stream takes no more bytes: {pending} are pending")
            }
            #[cfg(feature = "std")]
            Self::Io(error) => write!(f, "cannot send: {error}"),
        }
    }
}

fn datagram(f: &mut fmt::Formatter<'_>, length: usize, allowed: usize) -> fmt::Result {
    write!(f, "a datagram of {length} bytes is above the limit of {allowed}")
}

impl fmt::Display for ConnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recv(error) => fmt::Display::fmt(error, f),
            Self::Send(error) => fmt::Display::fmt(error, f),
            Self::Handler(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl core::error::Error for RecvError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.0.kind {
            RecvErrorKind::Frame(error) => Some(error),
            RecvErrorKind::Message(error) => Some(error),
            RecvErrorKind::Flush(kind) => kind.cause(),
            #[cfg(feature = "std")]
            RecvErrorKind::Unreachable(error) | RecvErrorKind::Io(error) => Some(error),
            RecvErrorKind::Datagram { .. }
            | RecvErrorKind::EndInside { .. }
            | RecvErrorKind::Cut { .. }
            | RecvErrorKind::FrameTimeout { .. }
            | RecvErrorKind::IdleTimeout { .. }
            | RecvErrorKind::BeatTimeout { .. }
            | RecvErrorKind::Overloaded { .. }
            | RecvErrorKind::NotReady => None,
        }
    }
}

impl core::error::Error for SendError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        self.0.kind.cause()
    }
}

impl core::error::Error for ConnError {
    /// The cause of the error that this one is, which speaks for itself.
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Recv(error) => error.source(),
            Self::Send(error) => error.source(),
            Self::Handler(error) => error.source(),
        }
    }
}
