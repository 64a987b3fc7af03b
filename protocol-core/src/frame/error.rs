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
    /// A length that counts itself is smaller than itself.
    BelowHeader {
        /// The length that stands on the wire.
        claimed: u64,
        /// The smallest one possible.
        least: u64,
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
        FrameError(Box::new(Details { kind, foreign, start }))
    }

    /// An error of a message that was to be sent.
    #[must_use]
    pub fn sent(kind: FrameErrorKind) -> FrameError {
        FrameError(Box::new(Details { kind, foreign: None, start: Excerpt::of(&[], 0) }))
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

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.kind, self.0.start)?;
        match self.0.foreign {
            Some(foreign) => write!(f, "; {foreign}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for FrameErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::AboveLimit { claimed, allowed } => {
                write!(f, "a frame of {claimed} bytes is above the limit of {allowed}")
            }
            Self::BelowHeader { claimed, least } => {
                write!(f, "a frame length of {claimed} that counts itself is below {least}")
            }
            Self::Header { field, offset, kind } => {
                write!(f, "header field `{field}` at byte {offset}: {kind}")
            }
            Self::Refused { why } => f.write_str(why),
        }
    }
}

impl core::error::Error for FrameError {}
