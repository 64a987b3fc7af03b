//! No framing at all: what one read returns is one message.
//!
//! Only for peers that already speak so. TCP keeps no borders: two messages that arrive together
//! are taken for one, and one that arrives in two parts for two. Everybody else takes `Length`.

use alloc::vec::Vec;

use super::{Decode, Decoded, Encode, FrameError, FrameErrorKind};

/// One read is one message, of at most 1024 bytes; each message goes out in a write of its own.
///
/// ```
/// use protocol_core::frame::{Decode, Decoded, Raw};
///
/// // What one read returned.
/// let found = Raw::new().decode(&mut b"\x03hello".to_owned());
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 6, message: 0..6 }));
///
/// // Two messages in one read are one: "\x01ann\x03hello" is a single LOGIN of "ann\x03hello".
/// let found = Raw::new().decode(&mut b"\x01ann\x03hello".to_owned());
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 10, message: 0..10 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raw {
    limit: usize,
}

impl Raw {
    /// The longest message, and the most bytes one read takes.
    const LIMIT: usize = 1024;

    /// Messages of at most 1024 bytes.
    #[must_use]
    pub const fn new() -> Raw {
        Raw { limit: Raw::LIMIT }
    }

    fn check(self, length: usize) -> Result<(), FrameErrorKind> {
        if length <= self.limit {
            return Ok(());
        }
        Err(FrameErrorKind::AboveLimit { claimed: length as u64, allowed: self.limit as u64 })
    }
}

impl Default for Raw {
    fn default() -> Raw {
        Raw::new()
    }
}

impl Decode for Raw {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        if received.is_empty() {
            return Ok(Decoded::Need(1));
        }
        self.check(received.len()).map_err(|kind| FrameError::received(kind, received))?;
        Ok(Decoded::Frame { consumed: received.len(), message: 0..received.len() })
    }

    fn read_max(&self) -> Option<usize> {
        Some(self.limit)
    }
}

impl Encode for Raw {
    fn begin(&mut self, _out: &mut Vec<u8>) {}

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        self.check(out.len().saturating_sub(start)).map_err(FrameError::sent)
    }

    fn writes_apart(&self) -> bool {
        true
    }
}

impl super::Encloses for Raw {}
