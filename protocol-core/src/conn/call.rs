//! Requests and their replies, one at a time: what can go wrong, and what is known of a reply that never
//! came.

use alloc::sync::Arc;
use core::fmt;
use core::time::Duration;

#[cfg(feature = "std")]
use super::{Machine, Next, NotConnected};
use super::{RecvError, SendError};
use crate::UnexpectedMessage;
#[cfg(feature = "std")]
use crate::{Protocol, frame::Framing};

/// Why a call has no reply, on a connection that receives `In`.
#[non_exhaustive]
pub enum CallError<In> {
    /// There is no connection to send the request on.
    #[cfg(feature = "std")]
    NotConnected(NotConnected),
    /// The connection had come to its end before the request, which was not sent: the peer had ended the
    /// stream, or it failed, or what had come was no message, as the error says.
    EndedBefore(Option<RecvError>),
    /// Something had come before the request, which was not sent: the reply to nothing. The connection
    /// can make no more calls.
    Unasked {
        /// The name of the message, if the protocol gives it one.
        name: Option<&'static str>,
        /// The message, of which nothing is lost; `None` if only a part of it was there.
        message: Option<In>,
    },
    /// The request was not sent.
    Send(SendError),
    /// The reply could not be received.
    Recv(RecvError),
    /// The connection failed while this and other calls waited for their replies.
    Lost(Arc<RecvError>),
    /// The peer ended the stream before the reply.
    Ended,
    /// Another message came in place of the reply; nothing of it is lost.
    Other(UnexpectedMessage<In>),
    /// The reply did not come in time.
    Timeout {
        /// How long the call was allowed to take.
        allowed: Duration,
    },
    /// An earlier call was given up before its reply came, so the next message may be the answer to that
    /// one. The connection can make no more calls.
    Poisoned,
    /// Too many calls wait for their replies, or were given up and never answered.
    Full {
        /// How many wait.
        waiting: usize,
        /// How many were given up, and the peer has not answered them yet.
        given_up: usize,
        /// How many there may be of both.
        limit: usize,
    },
}

impl<In> CallError<In> {
    /// Whether the connection can make no more calls: then make a new one. A [`Serial`] can make none
    /// after other errors either, and says so: [`is_poisoned`](Serial::is_poisoned). What the peer did of
    /// the request is not known, unless the error says that it was not sent.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        match self {
            Self::Send(error) => error.is_fatal(),
            Self::Recv(error) => error.is_fatal(),
            #[cfg(feature = "std")]
            Self::NotConnected(_) => true,
            Self::EndedBefore(_) | Self::Unasked { .. } => true,
            Self::Lost(_) | Self::Ended | Self::Poisoned => true,
            Self::Other(_) | Self::Timeout { .. } | Self::Full { .. } => false,
        }
    }

    /// A short name in snake case that never changes, whatever the text of the error becomes: that of the
    /// sending or receiving if the fault lies there.
    ///
    /// ```
    /// use protocol_core::conn::CallError;
    /// assert_eq!(CallError::<()>::Poisoned.code(), "call_poisoned");
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            #[cfg(feature = "std")]
            Self::NotConnected(_) => "not_connected",
            Self::EndedBefore(_) => "ended_before_call",
            Self::Unasked { .. } => "unasked_message",
            Self::Send(error) => error.code(),
            Self::Recv(error) => error.code(),
            Self::Lost(error) => error.code(),
            Self::Ended => "call_ended",
            Self::Other(_) => "other_reply",
            Self::Timeout { .. } => "call_timeout",
            Self::Poisoned => "call_poisoned",
            Self::Full { .. } => "calls_full",
        }
    }
}

/// Fails if anything has been received that nobody asked for: a message, a part of one, or the end.
#[cfg(feature = "std")]
pub(crate) fn expect_silence<In, Out, F>(
    machine: &mut Machine<In, Out, F>,
) -> Result<(), CallError<In>>
where
    In: for<'a> Protocol<Of<'a> = In>,
    F: Framing,
{
    let incoming = machine.halves().0;
    match incoming.advance().map_err(CallError::before)? {
        Next::Read if incoming.has_begun() => Err(CallError::Unasked { name: None, message: None }),
        Next::Read => Ok(()),
        Next::End => Err(CallError::EndedBefore(None)),
        Next::Message => {
            let name = incoming.message_name();
            let message = Some(incoming.message().map_err(CallError::before)?);
            Err(CallError::Unasked { name, message })
        }
    }
}

#[cfg(feature = "std")]
impl<In> CallError<In> {
    /// The error of what was read before the request.
    pub(crate) fn before(error: RecvError) -> CallError<In> {
        CallError::EndedBefore(Some(error))
    }
}

#[cfg(feature = "std")]
impl<In> From<NotConnected> for CallError<In> {
    fn from(error: NotConnected) -> CallError<In> {
        CallError::NotConnected(error)
    }
}

impl<In> From<SendError> for CallError<In> {
    fn from(error: SendError) -> CallError<In> {
        CallError::Send(error)
    }
}

impl<In> From<RecvError> for CallError<In> {
    fn from(error: RecvError) -> CallError<In> {
        CallError::Recv(error)
    }
}

impl<In> From<UnexpectedMessage<In>> for CallError<In> {
    fn from(message: UnexpectedMessage<In>) -> CallError<In> {
        CallError::Other(message)
    }
}

impl<In> fmt::Display for CallError<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "std")]
            Self::NotConnected(error) => fmt::Display::fmt(error, f),
            Self::EndedBefore(None) => {
                f.write_str("the peer had ended the stream before the request, which was not sent")
            }
            Self::EndedBefore(Some(error)) => {
                write!(f, "the connection was lost before the request, which was not sent: {error}")
            }
            Self::Unasked { name, message } => {
                match (name, message) {
                    (Some(name), _) => write!(f, "`{name}` came")?,
                    (None, Some(_)) => f.write_str("a message came")?,
                    (None, None) => f.write_str("a message began to come")?,
                }
                f.write_str(" before the request, which was not sent: connect anew")
            }
            Self::Send(error) => fmt::Display::fmt(error, f),
            Self::Recv(error) => fmt::Display::fmt(error, f),
            Self::Lost(error) => write!(f, "the connection was lost before the reply: {error}"),
            Self::Ended => f.write_str("the peer ended the stream before the reply"),
            Self::Other(error) => fmt::Display::fmt(error, f),
            Self::Timeout { allowed } => write!(f, "no reply came in {allowed:?}"),
            Self::Poisoned => f.write_str(
                "an earlier call was given up, and its reply may still come: connect anew",
            ),
            Self::Full { waiting, given_up, limit } => {
                write!(f, "{waiting} calls wait and {given_up} were given up, of {limit} in all")
            }
        }
    }
}

// The message that came instead may have no `Debug`.
impl<In> fmt::Debug for CallError<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CallError({self})")
    }
}

impl<In> core::error::Error for CallError<In> {
    /// The cause of the error that this one is, which speaks for itself.
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            #[cfg(feature = "std")]
            Self::NotConnected(error) => error.last().map(|error| error as _),
            Self::EndedBefore(error) => error.as_ref().map(|error| error as _),
            Self::Send(error) => error.source(),
            Self::Recv(error) => error.source(),
            Self::Lost(error) => Some(&**error),
            Self::Unasked { .. }
            | Self::Ended
            | Self::Other(_)
            | Self::Timeout { .. }
            | Self::Poisoned
            | Self::Full { .. } => None,
        }
    }
}

/// A connection `C` that makes one call after the other: a request goes out, and the next message is its
/// reply.
///
/// Nothing on the wire ties a reply to its request. So a call that is given up, because its time was over
/// or its future was dropped, poisons the connection: the next caller would get the answer to it.
/// Every later call is then [`CallError::Poisoned`]. And what has come before a request is never taken for
/// its reply: the request is not sent then, and the call is [`CallError::Unasked`]. A peer that sends
/// unasked is no peer for this type.
///
/// ```
/// # #[cfg(all(feature = "derive", feature = "std"))] {
/// # use protocol_core::{Message, Protocol};
/// use protocol_core::conn::Serial;
/// use protocol_core::frame::Length;
/// use protocol_core::net::{blocking::Connection, mem};
///
/// #[derive(Message)]
/// #[msg_type = 1]
/// #[wire(reply = Square)]
/// struct Ask(u8);
///
/// #[derive(Message, Debug, PartialEq)]
/// #[msg_type = 129]
/// struct Square(u16);
///
/// #[derive(Protocol)]
/// enum Squares {
///     Ask(Ask),
///     Square(Square),
/// }
///
/// let (client, server) = mem::pair();
/// let serving = std::thread::spawn(move || {
///     let mut server = Connection::<Squares, Squares, _, _>::over(server, Length::u32());
///     while let Some(Squares::Ask(Ask(number))) = server.recv().unwrap() {
///         server.send(&Square(u16::from(number).pow(2))).unwrap();
///     }
/// });
///
/// let client = Connection::<Squares, Squares, _, _>::over(client, Length::u32());
/// let mut client = Serial::over(client);
/// assert_eq!(client.call(&Ask(12)).unwrap(), Square(144));
/// drop(client);
/// serving.join().unwrap();
/// # }
/// ```
#[derive(Debug)]
pub struct Serial<C> {
    pub(crate) connection: C,
    pub(crate) deadline: Duration,
    pub(crate) is_poisoned: bool,
}

/// How long a call may take unless something else is said.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

impl<C> Serial<C> {
    /// Calls over this connection, on which no reply is awaited.
    #[must_use]
    pub fn over(connection: C) -> Serial<C> {
        Serial { connection, deadline: DEADLINE, is_poisoned: false }
    }

    /// Gives each call so long, 30 s by default.
    pub fn set_deadline(&mut self, deadline: Duration) {
        self.deadline = deadline;
    }

    /// Whether a call was given up before its reply came: then no other can be made.
    #[must_use]
    pub fn is_poisoned(&self) -> bool {
        self.is_poisoned
    }

    /// The connection.
    #[must_use]
    pub fn connection(&self) -> &C {
        &self.connection
    }

    /// The connection back, for messages that are no calls.
    #[must_use]
    pub fn into_connection(self) -> C {
        self.connection
    }
}
