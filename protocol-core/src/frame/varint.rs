//! A length of variable width before each message: short messages have a length of one byte.
//!
//! ```text
//!   0             1 to 10
//!   +-------------+---------------------
//!   | length      | message
//!   +-------------+---------------------
//! ```

use alloc::vec::Vec;

use super::{Decode, Decoded, Encode, FrameError, FrameErrorKind, LIMIT, check};

/// Each message stands behind its length as LEB128: seven bits a byte, the lowest first, the high bit
/// on all bytes but the last, and no byte more than needed.
///
/// ```
/// use protocol_core::frame::{Decode, Decoded, Varint};
///
/// let found = Varint::new().decode(&mut b"\x02hi...".to_owned());
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 3, message: 1..3 }));
///
/// // 172 bytes: 0x2c + (1 << 7).
/// assert_eq!(Varint::new().decode(&mut b"\xac\x01".to_owned()), Ok(Decoded::Need(172)));
///
/// let error = Varint::new().decode(&mut b"\x82\x00hi".to_owned()).unwrap_err();
/// let says = "the length of a frame is not in its shortest form (at 82 00 68 69)";
/// assert_eq!(error.to_string(), says);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Varint {
    limit: usize,
}

/// The most bytes of a length: 64 bits, seven a byte.
const WIDTH_MAX: usize = 10;

/// What stands in front of a message.
struct Prefix {
    width: usize,
    length: u64,
}

impl Varint {
    /// Messages of at most 1 MiB.
    #[must_use]
    pub const fn new() -> Varint {
        Varint { limit: LIMIT }
    }

    /// Messages of at most `limit` bytes, in both directions.
    #[must_use]
    pub const fn limit(self, limit: usize) -> Varint {
        Varint { limit }
    }

    /// The length at the start of `received`, if all of it is there.
    fn read(self, received: &[u8]) -> Result<Option<Prefix>, FrameErrorKind> {
        let mut length = 0;
        for (place, byte) in received.iter().take(WIDTH_MAX).enumerate() {
            if place + 1 == WIDTH_MAX && *byte > 1 {
                return Err(self.above(u64::MAX));
            }
            length |= u64::from(byte & 0x7f) << (7 * place);
            match byte {
                0 if place > 0 => return Err(FrameErrorKind::NotMinimal),
                ..0x80 => return Ok(Some(Prefix { width: place + 1, length })),
                _ => {}
            }
        }
        Ok(None)
    }

    fn above(self, claimed: u64) -> FrameErrorKind {
        FrameErrorKind::AboveLimit { claimed, allowed: self.limit as u64 }
    }

    /// The place of the message in the frame, if the length is there.
    fn message(self, received: &[u8]) -> Result<Option<(usize, usize)>, FrameErrorKind> {
        let Some(Prefix { width, length }) = self.read(received)? else { return Ok(None) };
        check(length, self.limit as u64)?;
        // A limit is a `usize`, so what is within it fits one.
        let length = usize::try_from(length).map_err(|_| self.above(length))?;
        Ok(Some((width, width.saturating_add(length))))
    }
}

impl Default for Varint {
    fn default() -> Varint {
        Varint::new()
    }
}

impl Decode for Varint {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        let found = self.message(received).map_err(|kind| FrameError::received(kind, received))?;
        let Some((start, end)) = found else { return Ok(Decoded::Need(1)) };
        Ok(match end.checked_sub(received.len()) {
            None | Some(0) => Decoded::Frame { consumed: end, message: start..end },
            Some(missing) => Decoded::Need(missing),
        })
    }
}

impl Encode for Varint {
    /// Most messages are short: a placeholder of one byte.
    fn begin(&mut self, out: &mut Vec<u8>) {
        out.push(0);
    }

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        let length = out.len().saturating_sub(start.saturating_add(1));
        check(length as u64, self.limit as u64).map_err(FrameError::sent)?;
        let mut prefix = [0; WIDTH_MAX];
        let width = write(length as u64, &mut prefix);
        let prefix = prefix.get(..width).unwrap_or_default();
        out.splice(start..start.saturating_add(1), prefix.iter().copied());
        Ok(())
    }
}

/// Writes the number to the start of `prefix`; how many bytes it takes.
fn write(number: u64, prefix: &mut [u8; WIDTH_MAX]) -> usize {
    let mut left = number;
    for (place, byte) in prefix.iter_mut().enumerate() {
        let [low, ..] = left.to_le_bytes();
        left >>= 7;
        if left == 0 {
            *byte = low;
            return place + 1;
        }
        *byte = low | 0x80;
    }
    WIDTH_MAX
}

impl super::Encloses for Varint {}

impl super::TellsLength for Varint {}
