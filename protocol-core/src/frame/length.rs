//! A length in front of each message, or inside it: any width, either order, counting what it likes.
//!
//! ```text
//!   0                   width
//!   +-------------------+---------------------------------
//!   | length            | message
//!   +-------------------+---------------------------------
//!
//!   0          offset              offset + width
//!   +----------+-------------------+----------------------
//!   | message… | length            | …message
//!   +----------+-------------------+----------------------
//! ```

use alloc::vec::Vec;

use super::{Decode, Decoded, Encode, FrameError, FrameErrorKind, LIMIT};

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
///
/// // Type, length, value: the length stands behind the first byte of the message.
/// let mut received = b"\x07\x00\x02hi".to_owned();
/// let found = Length::u16().at(1).decode(&mut received);
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 5, message: 2..5 }));
/// assert_eq!(&received[2..5], b"\x07hi");
/// ```
///
/// What no message can keep does not compile in a constant, and panics elsewhere:
///
/// ```compile_fail
/// # use protocol_core::frame::Length;
/// // The length of an empty message would be 300.
/// const WRONG: Length = Length::u8().adjusted(300);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    width: Width,
    is_little: bool,
    counts_itself: bool,
    /// What the length counts besides itself and what follows it.
    adjustment: i32,
    /// How much of the message stands before the length.
    offset: u32,
    limit: usize,
    /// All of the above as it is needed: what the number on the wire counts besides what follows
    /// it, the smallest such number and the largest.
    overhead: i64,
    least: u64,
    most: u64,
}

/// How many bytes the length takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    U8 = 1,
    U16 = 2,
    U24 = 3,
    U32 = 4,
    U40 = 5,
    U48 = 6,
    U56 = 7,
    U64 = 8,
}

impl Length {
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

    /// A length of five bytes, big-endian, and messages of at most 1 MiB.
    #[must_use]
    pub const fn u40() -> Length {
        Length::of(Width::U40)
    }

    /// A length of six bytes, big-endian, and messages of at most 1 MiB.
    #[must_use]
    pub const fn u48() -> Length {
        Length::of(Width::U48)
    }

    /// A length of seven bytes, big-endian, and messages of at most 1 MiB.
    #[must_use]
    pub const fn u56() -> Length {
        Length::of(Width::U56)
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
        Length { counts_itself: true, ..self }.settled()
    }

    /// The length is `by` more than what it counts otherwise, or less if `by` is negative.
    ///
    /// ```
    /// use protocol_core::frame::{Decode, Decoded, Length};
    ///
    /// // A length that counts the byte before it and itself, and one that does not count the two
    /// // bytes of a checksum at the end of the message.
    /// const WHOLE: Length = Length::u16().at(1).counting_itself().adjusted(1);
    /// assert_eq!(WHOLE.clone().decode(&mut b"Q\x00\x05h".to_owned()), Ok(Decoded::Need(1)));
    /// const BODY: Length = Length::u8().adjusted(-2);
    /// assert_eq!(BODY.clone().decode(&mut b"\x03abc".to_owned()), Ok(Decoded::Need(2)));
    /// ```
    ///
    /// # Panics
    /// If the length of an empty message does not fit the width, or the shortest frame is above the limit:
    /// at compile time where the framing is a constant.
    #[must_use]
    pub const fn adjusted(self, by: i32) -> Length {
        Length { adjustment: by, ..self }.settled()
    }

    /// The length stands behind the first `offset` bytes of the message, such as its number, and
    /// does not count them. Both parts of a message are handed out side by side.
    ///
    /// # Panics
    /// If the shortest frame is above the limit.
    #[must_use]
    pub const fn at(self, offset: u32) -> Length {
        Length { offset, ..self }.settled()
    }

    /// Messages of at most `limit` bytes, in both directions. What the width can say is a limit
    /// too, and the smaller one holds; neither counts the length itself.
    ///
    /// # Panics
    /// If the shortest frame is above the limit.
    #[must_use]
    pub const fn limit(self, limit: usize) -> Length {
        Length { limit, ..self }.settled()
    }

    const fn of(width: Width) -> Length {
        let (is_little, counts_itself, adjustment, offset, limit) = (false, false, 0, 0, LIMIT);
        let (overhead, least, most) = (0, 0, 0);
        Length { width, is_little, counts_itself, adjustment, offset, limit, overhead, least, most }
            .settled()
    }

    /// Computes what the length counts, and which numbers may stand on the wire.
    const fn settled(self) -> Length {
        let itself = if self.counts_itself { self.width as i64 } else { 0 };
        let overhead = self.adjustment as i64 + itself;
        let least = if overhead > 0 { overhead.unsigned_abs() } else { 0 };
        assert!(
            least <= self.width_max(),
            "the length of an empty message does not fit the width of the length"
        );
        let rest_max = (self.limit as u64).saturating_sub(self.offset as u64);
        assert!(
            self.offset as usize <= self.limit && rest_max as i128 + overhead as i128 >= 0,
            "the shortest frame is above the limit; raise the limit first"
        );
        let most = rest_max.saturating_add_signed(overhead);
        let most = if most < self.width_max() { most } else { self.width_max() };
        Length { overhead, least, most, ..self }
    }

    const fn width(self) -> usize {
        self.width as usize
    }

    const fn offset(self) -> usize {
        self.offset as usize
    }

    /// The largest number of the width.
    const fn width_max(self) -> u64 {
        u64::MAX >> self.unused_bits()
    }

    const fn unused_bits(self) -> u32 {
        u64::BITS - 8 * self.width as u32
    }

    /// The number behind the first `offset` bytes, if all of it is there.
    fn read(self, received: &[u8]) -> Option<u64> {
        let bytes = received.get(self.offset()..)?;
        // Where eight bytes are there, one load and a shift do for every width.
        let unused = self.unused_bits();
        if let Some(eight) = bytes.first_chunk() {
            return Some(if self.is_little {
                u64::from_le_bytes(*eight) << unused >> unused
            } else {
                u64::from_be_bytes(*eight) >> unused
            });
        }
        let bytes = bytes.get(..self.width())?;
        let push = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if self.is_little {
            bytes.iter().rev().fold(0, push)
        } else {
            bytes.iter().fold(0, push)
        })
    }

    fn write(self, number: u64, placeholder: &mut [u8]) {
        let bytes = if self.is_little {
            number.to_le_bytes()
        } else {
            (number << self.unused_bits()).to_be_bytes()
        };
        placeholder.iter_mut().zip(bytes).for_each(|(place, byte)| *place = byte);
    }

    /// How much of the message follows the number `claimed`.
    fn rest_len(self, claimed: u64) -> Result<usize, FrameErrorKind> {
        if (self.least..=self.most).contains(&claimed) {
            // A limit is a `usize`, so what is within it fits one.
            let rest = usize::try_from(claimed.wrapping_add_signed(-self.overhead));
            return rest.map_err(|_| self.above(claimed));
        }
        Err(self.wrong(claimed))
    }

    #[cold]
    fn wrong(self, claimed: u64) -> FrameErrorKind {
        if claimed < self.least {
            return FrameErrorKind::BelowLeast { claimed, least: self.least };
        }
        let rest = claimed.saturating_add_signed(-self.overhead);
        self.above(rest.saturating_add(u64::from(self.offset)))
    }

    /// The number that tells of a message of `length` bytes.
    fn number(self, length: u64) -> Result<u64, FrameErrorKind> {
        let rest = length.checked_sub(u64::from(self.offset));
        match rest.and_then(|rest| rest.checked_add_signed(self.overhead)) {
            Some(number) if number <= self.most => Ok(number),
            Some(_) => Err(self.above(length)),
            None => Err(FrameErrorKind::BelowLeast { claimed: length, least: self.message_min() }),
        }
    }

    #[cold]
    fn above(self, claimed: u64) -> FrameErrorKind {
        let allowed = self.most.saturating_add_signed(-self.overhead);
        let allowed = allowed.saturating_add(u64::from(self.offset));
        FrameErrorKind::AboveLimit { claimed, allowed: allowed.min(self.limit as u64) }
    }

    /// The length of the shortest message.
    fn message_min(self) -> u64 {
        u64::from(self.offset).saturating_add_signed(-self.overhead.min(0))
    }
}

impl Default for Length {
    fn default() -> Length {
        Length::u32()
    }
}

impl Decode for Length {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        let (offset, width) = (self.offset(), self.width());
        let header = offset.saturating_add(width);
        let Some(claimed) = self.read(received) else {
            return Ok(Decoded::Need(header.saturating_sub(received.len())));
        };
        let rest = self.rest_len(claimed).map_err(|kind| FrameError::received(kind, received))?;
        let end = header.saturating_add(rest);
        Ok(match end.checked_sub(received.len()) {
            None | Some(0) => {
                // What stands before the length moves to what stands behind it.
                if offset > 0 {
                    received.copy_within(..offset, width);
                }
                Decoded::Frame { consumed: end, message: width..end }
            }
            Some(missing) => Decoded::Need(missing),
        })
    }
}

impl Encode for Length {
    fn begin(&mut self, out: &mut Vec<u8>) {
        // Eight bytes are a single store, a number of them that varies is a call.
        let start = out.len();
        out.extend_from_slice(&[0; 8]);
        out.truncate(start.saturating_add(self.width()));
    }

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        let (offset, width) = (self.offset(), self.width());
        let frame = out.get_mut(start..).unwrap_or_default();
        let length = frame.len().saturating_sub(width);
        let number = self.number(length as u64).map_err(FrameError::sent)?;
        if offset > 0 {
            frame.copy_within(width..width + offset, 0);
        }
        let placeholder = frame.get_mut(offset..offset + width).unwrap_or_default();
        self.write(number, placeholder);
        Ok(())
    }
}

impl super::Encloses for Length {}

impl super::TellsLength for Length {}
