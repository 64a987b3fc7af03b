//! The short names of errors, for counting and searching. They stay the same when texts change.

use super::{ConnError, RecvError, RecvErrorKind, SendError, SendErrorKind};
use crate::frame::FrameErrorKind;

impl RecvError {
    /// A short name of what is wrong, that stays the same when texts are changed.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind() {
            RecvErrorKind::Frame(error) => frame(error.kind()),
            RecvErrorKind::Message(_) => "message",
            RecvErrorKind::EndInside { .. } => "end-inside-frame",
            RecvErrorKind::FrameTimeout { .. } => "frame-timeout",
            RecvErrorKind::IdleTimeout { .. } => "idle-timeout",
            RecvErrorKind::BeatTimeout { .. } => "beat-timeout",
            RecvErrorKind::Datagram { .. } => "datagram-above-limit",
            #[cfg(feature = "std")]
            RecvErrorKind::Unreachable(_) => "unreachable",
            RecvErrorKind::NotReady => "not-ready",
            RecvErrorKind::Overloaded { .. } => "overloaded",
            RecvErrorKind::Flush(kind) => send(kind),
            #[cfg(feature = "std")]
            RecvErrorKind::Io(_) => "receiving-failed",
        }
    }
}

impl SendError {
    /// A short name of what is wrong, that stays the same when texts are changed.
    ///
    /// ```
    /// use protocol_core::conn::{SendError, SendErrorKind};
    /// let error = SendError::from(SendErrorKind::Full { pending: 9, limit: 8 });
    /// assert_eq!(error.code(), "full");
    /// ```
    #[must_use]
    pub fn code(&self) -> &'static str {
        send(self.kind())
    }
}

impl ConnError {
    /// A short name of what is wrong, that stays the same when texts are changed; `"handler"` for an
    /// error of your own.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ConnError::Recv(error) => error.code(),
            ConnError::Send(error) => error.code(),
            ConnError::Handler(_) => "handler",
        }
    }
}

fn send(kind: &SendErrorKind) -> &'static str {
    match kind {
        SendErrorKind::Message(_) => "message-to-send",
        SendErrorKind::Frame(error) => frame(error.kind()),
        SendErrorKind::NotAllowed(_) => "not-allowed",
        SendErrorKind::Datagram { .. } => "datagram-above-limit",
        SendErrorKind::Amplified { .. } => "amplified",
        #[cfg(feature = "std")]
        SendErrorKind::Unreachable(_) => "unreachable",
        SendErrorKind::Full { .. } => "full",
        SendErrorKind::Overloaded { .. } => "overloaded",
        SendErrorKind::Stalled { .. } => "stalled",
        SendErrorKind::NotReady { .. } => "not-ready",
        SendErrorKind::Closed { .. } => "closed",
        #[cfg(feature = "std")]
        SendErrorKind::Io(_) => "sending-failed",
    }
}

fn frame(kind: FrameErrorKind) -> &'static str {
    match kind {
        FrameErrorKind::AboveLimit { .. } => "frame-above-limit",
        FrameErrorKind::BelowLeast { .. } => "frame-below-least",
        FrameErrorKind::NotMinimal => "frame-not-minimal",
        FrameErrorKind::NotFixed { .. } => "frame-not-fixed",
        FrameErrorKind::Header { .. } => "frame-header",
        FrameErrorKind::Refused { .. } => "frame-refused",
    }
}
