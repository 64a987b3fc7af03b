//! What can be wrong with a frame, with the number claimed and the number allowed.
//!
//! A leaf: what is wrong with the message inside a frame is an `UnpackError`.

use alloc::boxed::Box;
use core::fmt;

use super::Foreign;
use crate::UnpackErrorKind;
use crate::path::Excerpt;

/// Bytes that are no frame, or a message that fits no frame.
///
/// ```
/// use protocol_core::frame::{Decode, FrameErrorKind, Length};
///
/// let error = Length::u32().decode(&mut b"GET / HTTP/1.1".to_owned()).unwrap_err();
/// assert_eq!(error.kind(), FrameErrorKind::AboveLimit { claimed: 0x4745_5420, allowed: 1 << 20 });
/// assert_eq!(
///     error.to_string(),
///     "a frame of 1195725856 bytes is above the limit of 1048576 (at 47 45 54 20 2f 20 48 54); \
///      the peer seems to speak HTTP",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameError(Box<Details>);

/// In a box, since most results carry no error.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Details {
    kind: FrameErrorKind,
    foreign: Option<Foreign>,
    /// The first bytes, if any were received.
    start: Excerpt,
    skip: Option<usize>,
}

/// Why bytes are no frame, or a message fits no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameErrorKind {
    /// The message of a frame is longer than allowed, on receiving or on sending.
    AboveLimit {
        /// How long the message is, or claims to be, in bytes.
        claimed: u64,
        /// The longest one allowed.
        allowed: u64,
    },
    /// The length of a frame is smaller than what it counts besides the message, or the message
    /// is shorter than what every message of this framing has.
    BelowLeast {
        /// The length that stands on the wire, or that of the message.
        claimed: u64,
        /// The smallest one possible.
        least: u64,
    },
    /// A length of variable width has bytes that it does not need.
    NotMinimal,
    /// The message has another length than all frames have.
    NotFixed {
        /// How long the message is, in bytes.
        got: u64,
        /// How long each message is.
        fixed: u64,
    },
    /// A code of stuffed bytes leads behind the end of its frame.
    Stuffing {
        /// The code.
        code: u8,
        /// Where in the frame it stands.
        at: usize,
        /// How many bytes behind the end of the frame it leads.
        behind: usize,
    },
    /// The message that was to be sent holds the bytes that end it.
    HasDelimiter {
        /// Where in the message they stand.
        at: usize,
    },
    /// The checksum of a frame is not that of its message.
    Checksum {
        /// The checksum that stands on the wire.
        got: u64,
        /// The checksum of the message.
        expected: u64,
    },
    /// Bytes that belong to no frame stood before the next one, and are gone already.
    Garbage {
        /// How many were skipped.
        skipped: u64,
    },
    /// Too many bytes came without a frame.
    NoFrame {
        /// How many may come.
        allowed: u64,
    },
    /// A field of the header that marks off its message is wrong.
    Header {
        /// The field's name.
        field: &'static str,
        /// How many bytes of the frame stand before the place of the error.
        offset: usize,
        /// Why the bytes are no such header.
        kind: UnpackErrorKind,
    },
    /// The bytes are no message of a protocol whose messages tell themselves where they end.
    Message {
        /// The name of the innermost field that is wrong.
        field: &'static str,
        /// How many bytes of the message stand before the place of the error.
        offset: usize,
        /// Why the bytes are no such message.
        kind: UnpackErrorKind,
    },
    /// A framing of the user's own refused the bytes, or the message.
    Refused {
        /// Its reason: a fact in lower case, without a full stop.
        why: &'static str,
    },
}

impl FrameError {
    /// An error of bytes that were received: their `start` is shown in hex, and tells who
    /// may have sent them.
    #[must_use]
    pub fn received(kind: FrameErrorKind, start: &[u8]) -> FrameError {
        let (foreign, start) = (Foreign::recognise(start), Excerpt::of(start, 0));
        FrameError(Box::new(Details { kind, foreign, start, skip: None }))
    }

    /// An error of a message that was to be sent.
    #[must_use]
    pub fn sent(kind: FrameErrorKind) -> FrameError {
        let start = Excerpt::of(&[], 0);
        FrameError(Box::new(Details { kind, foreign: None, start, skip: None }))
    }

    /// The same error of a frame that takes `bytes` bytes, behind which the next one may begin.
    #[must_use]
    pub fn skipping(mut self, bytes: usize) -> FrameError {
        self.0.skip = Some(bytes);
        self
    }

    /// How many of the received bytes the bad frame takes, if the framing knows: who drops them may
    /// ask for the next frame. `None` if nobody knows where the next one begins.
    #[must_use]
    pub fn skip(&self) -> Option<usize> {
        self.0.skip
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> FrameErrorKind {
        self.0.kind
    }

    /// The protocol that the peer seems to speak instead.
    #[must_use]
    pub fn foreign(&self) -> Option<Foreign> {
        self.0.foreign
    }
}

impl FrameErrorKind {
    /// A short name in snake case that never changes, whatever the text of the error becomes. All
    /// of them begin with `frame_`.
    ///
    /// ```
    /// use protocol_core::frame::FrameErrorKind;
    /// let kind = FrameErrorKind::AboveLimit { claimed: 2048, allowed: 1024 };
    /// assert_eq!(kind.code(), "frame_above_limit");
    /// ```
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AboveLimit { .. } => "frame_above_limit",
            Self::BelowLeast { .. } => "frame_below_least",
            Self::NotMinimal => "frame_not_minimal",
            Self::NotFixed { .. } => "frame_not_fixed",
            Self::Stuffing { .. } => "frame_stuffing",
            Self::HasDelimiter { .. } => "frame_has_delimiter",
            Self::Checksum { .. } => "frame_checksum",
            Self::Garbage { .. } => "frame_garbage",
            Self::NoFrame { .. } => "frame_missing",
            Self::Header { .. } => "frame_header",
            Self::Message { .. } => "frame_message",
            Self::Refused { .. } => "frame_refused",
        }
    }
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.kind, self.0.start)?;
        if let Some(foreign) = self.0.foreign {
            write!(f, "; {foreign}")?;
        }
        match self.0.skip {
            None | Some(0) => Ok(()),
            Some(1) => f.write_str("; skipping 1 byte"),
            Some(bytes) => write!(f, "; skipping {bytes} bytes"),
        }
    }
}

impl fmt::Display for FrameErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::AboveLimit { claimed, allowed } => {
                write!(f, "a frame of {claimed} bytes is above the limit of {allowed}")
            }
            Self::BelowLeast { claimed, least } => {
                write!(f, "a frame length of {claimed} is below {least}, the least there can be")
            }
            Self::NotMinimal => f.write_str("the length of a frame is not in its shortest form"),
            Self::NotFixed { got, fixed } => {
                write!(f, "a message of {got} bytes where each frame has {fixed}")
            }
            Self::Stuffing { code, at, behind } => {
                let plural = if behind == 1 { "" } else { "s" };
                write!(f, "the stuffing code 0x{code:02x} at byte {at} leads ")?;
                write!(f, "{behind} byte{plural} behind the frame")
            }
            Self::HasDelimiter { at } => {
                write!(f, "the delimiter at byte {at} of the message would end it")
            }
            Self::Checksum { got, expected } => {
                write!(f, "checksum 0x{got:x}, and the bytes have 0x{expected:x}")
            }
            Self::Garbage { skipped: 1 } => f.write_str("1 byte of no frame was skipped"),
            Self::Garbage { skipped } => write!(f, "{skipped} bytes of no frame were skipped"),
            Self::NoFrame { allowed } => write!(f, "no frame in more than {allowed} bytes"),
            Self::Header { field, offset, kind } => {
                write!(f, "header field `{field}` at byte {offset}: {kind}")
            }
            Self::Message { field, offset, kind } => {
                write!(f, "message field `{field}` at byte {offset}: {kind}")
            }
            Self::Refused { why } => f.write_str(why),
        }
    }
}

impl core::error::Error for FrameError {}
