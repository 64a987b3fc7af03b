//! A length before each message: any usual width, either order, counting itself or not.
//!
//! ```text
//!   0                 width
//!   +-----------------+---------------------
//!   | length          | message
//!   +-----------------+---------------------
//! ```

use alloc::vec::Vec;

use super::{Decode, Decoded, Encode, FrameError, FrameErrorKind};

/// Each message stands behind its length in bytes. The default is [`Length::u32`].
///
/// ```
/// use protocol_core::frame::{Decode, Decoded, Length};
///
/// let found = Length::u32().decode(&mut b"\x00\x00\x00\x02hi...".to_owned());
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 6, message: 4..6 }));
///
/// // A little-endian length of two bytes that counts itself.
/// const ODD: Length = Length::u16().little_endian().counting_itself().limit(512);
/// assert_eq!(ODD.clone().decode(&mut b"\x04\x00h".to_owned()), Ok(Decoded::Need(1)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    width: Width,
    is_little: bool,
    counts_itself: bool,
    limit: usize,
}

/// How many bytes the length takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    U8 = 1,
    U16 = 2,
    U24 = 3,
    U32 = 4,
    U64 = 8,
}

impl Length {
    /// The longest message unless [`limit`](Length::limit) says otherwise: 1 MiB.
    const LIMIT: usize = 1024 * 1024;

    /// A length of one byte: messages of at most 255 bytes.
    #[must_use]
    pub const fn u8() -> Length {
        Length::of(Width::U8)
    }

    /// A length of two bytes, big-endian: messages of at most 65,535 bytes.
    #[must_use]
    pub const fn u16() -> Length {
        Length::of(Width::U16)
    }

    /// A length of three bytes, big-endian, and messages of at most 1 MiB.
    #[must_use]
    pub const fn u24() -> Length {
        Length::of(Width::U24)
    }

    /// A length of four bytes, big-endian, and messages of at most 1 MiB. The default.
    #[must_use]
    pub const fn u32() -> Length {
        Length::of(Width::U32)
    }

    /// A length of eight bytes, big-endian, and messages of at most 1 MiB.
    #[must_use]
    pub const fn u64() -> Length {
        Length::of(Width::U64)
    }

    /// The least significant byte of the length stands first.
    #[must_use]
    pub const fn little_endian(self) -> Length {
        Length { is_little: true, ..self }
    }

    /// The length counts its own bytes too, so that of an empty message is its width.
    #[must_use]
    pub const fn counting_itself(self) -> Length {
        Length { counts_itself: true, ..self }
    }

    /// Messages of at most `limit` bytes, in both directions. What the width can say is a limit
    /// too, and the smaller one holds; neither counts the length itself.
    #[must_use]
    pub const fn limit(self, limit: usize) -> Length {
        Length { limit, ..self }
    }

    const fn of(width: Width) -> Length {
        Length { width, is_little: false, counts_itself: false, limit: Length::LIMIT }
    }

    const fn width(self) -> usize {
        self.width as usize
    }

    /// What the number on the wire counts besides the message.
    const fn overhead(self) -> u64 {
        if self.counts_itself { self.width as u64 } else { 0 }
    }

    /// The longest message: the smaller one of the limit and of what the width can say.
    fn allowed(self) -> u64 {
        let unused = u64::BITS - 8 * self.width as u32;
        (self.limit as u64).min((u64::MAX >> unused) - self.overhead())
    }

    /// The number in the first `width` bytes, if they are there.
    fn read(self, received: &[u8]) -> Option<u64> {
        let bytes = received.get(..self.width())?;
        let push = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if self.is_little {
            bytes.iter().rev().fold(0, push)
        } else {
            bytes.iter().fold(0, push)
        })
    }

    fn write(self, number: u64, placeholder: &mut [u8]) {
        placeholder.iter_mut().zip(number.to_le_bytes()).for_each(|(place, byte)| *place = byte);
        if !self.is_little {
            placeholder.reverse();
        }
    }

    /// The length of the message behind the number `claimed`.
    fn message_len(self, claimed: u64) -> Result<usize, FrameErrorKind> {
        let Some(length) = claimed.checked_sub(self.overhead()) else {
            return Err(FrameErrorKind::BelowHeader { claimed, least: self.overhead() });
        };
        self.check(length)?;
        // A limit is a `usize`, so what is within it fits one.
        usize::try_from(length).map_err(|_| self.above(length))
    }

    fn check(self, length: u64) -> Result<(), FrameErrorKind> {
        if length <= self.allowed() { Ok(()) } else { Err(self.above(length)) }
    }

    fn above(self, claimed: u64) -> FrameErrorKind {
        FrameErrorKind::AboveLimit { claimed, allowed: self.allowed() }
    }
}

impl Default for Length {
    fn default() -> Length {
        Length::u32()
    }
}

impl Decode for Length {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        let width = self.width();
        let Some(claimed) = self.read(received) else {
            return Ok(Decoded::Need(width - received.len()));
        };
        let length =
            self.message_len(claimed).map_err(|kind| FrameError::received(kind, received))?;
        let end = width.saturating_add(length);
        Ok(match end.checked_sub(received.len()) {
            None | Some(0) => Decoded::Frame { consumed: end, message: width..end },
            Some(missing) => Decoded::Need(missing),
        })
    }
}

impl Encode for Length {
    fn begin(&mut self, out: &mut Vec<u8>) {
        out.resize(out.len() + self.width(), 0);
    }

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        let (placeholder, message) = out
            .get_mut(start..)
            .and_then(|frame| frame.split_at_mut_checked(self.width()))
            .unwrap_or_default();
        let length = message.len() as u64;
        self.check(length).map_err(FrameError::sent)?;
        self.write(length + self.overhead(), placeholder);
        Ok(())
    }
}
