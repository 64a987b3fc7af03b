//! Short names of what can go wrong with a connection, for logs, metrics and tests.

use super::{ConnError, RecvError, RecvErrorKind, SendError, SendErrorKind};

impl RecvErrorKind {
    /// A short name in snake case that never changes, whatever the text of the error becomes: that
    /// of the frame, the message or the flush if the fault lies there.
    ///
    /// ```
    /// use std::time::Duration;
    /// use protocol_core::conn::RecvErrorKind;
    /// let kind = RecvErrorKind::IdleTimeout { allowed: Duration::from_secs(60) };
    /// assert_eq!(kind.code(), "idle_timeout");
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Frame(error) => error.kind().code(),
            Self::Message(error) => error.kind().code(),
            Self::EndInside { .. } => "end_inside",
            Self::Cut { .. } => "cut",
            Self::FrameTimeout { .. } => "frame_timeout",
            Self::IdleTimeout { .. } => "idle_timeout",
            Self::BeatTimeout { .. } => "beat_timeout",
            Self::Datagram { .. } => "read_datagram_above_limit",
            Self::Overloaded { .. } => "read_overloaded",
            Self::NotReady => "read_not_ready",
            #[cfg(feature = "std")]
            Self::Unreachable(_) => "read_unreachable",
            Self::Flush(kind) => kind.code(),
            #[cfg(feature = "std")]
            Self::Io(_) => "read_failed",
        }
    }
}

impl SendErrorKind {
    /// A short name in snake case that never changes, whatever the text of the error becomes: that
    /// of the frame or the message if the fault lies there.
    ///
    /// ```
    /// use protocol_core::conn::SendErrorKind;
    /// assert_eq!(SendErrorKind::Closed { pending: 7 }.code(), "write_closed");
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Message(error) => error.kind().code(),
            Self::Frame(error) => error.kind().code(),
            Self::Datagram { .. } => "write_datagram_above_limit",
            Self::NotAllowed(_) => "write_not_allowed",
            Self::Amplified { .. } => "write_amplified",
            Self::Overloaded { .. } => "write_overloaded",
            Self::Full { .. } => "write_full",
            Self::Stalled { .. } => "write_stalled",
            Self::NotReady { .. } => "write_not_ready",
            Self::Closed { .. } => "write_closed",
            #[cfg(feature = "std")]
            Self::Unreachable(_) => "write_unreachable",
            #[cfg(feature = "std")]
            Self::Io(_) => "write_failed",
        }
    }
}

impl RecvError {
    /// A short name in snake case that never changes: that of [`RecvErrorKind::code`].
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind().code()
    }
}

impl SendError {
    /// A short name in snake case that never changes: that of [`SendErrorKind::code`].
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind().code()
    }
}

impl ConnError {
    /// A short name in snake case that never changes: that of [`RecvErrorKind::code`] or
    /// [`SendErrorKind::code`], or `handler`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Recv(error) => error.code(),
            Self::Send(error) => error.code(),
            Self::Handler(_) => "handler",
        }
    }
}
