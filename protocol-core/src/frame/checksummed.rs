//! A checksum behind each message, in frames of another framing.
//!
//! ```text
//!   +-------------+-------------------------+-----------+-------------+
//!   | as the      | message                 | checksum  | as the      |
//!   | framing has |                         |           | framing has |
//!   +-------------+-------------------------+-----------+-------------+
//! ```

use alloc::vec::Vec;

use super::{Decode, Decoded, Encode, FrameError, FrameErrorKind};

/// The frames of `F`, with a checksum behind each message: for lines that change bytes.
///
/// The checksum is any function over bytes, as those of [`checksum`](crate::checksum); it covers the
/// message, and what it returns says how wide it is. A wrong one costs only its frame.
///
/// ```
/// use protocol_core::checksum::crc16_xmodem;
/// use protocol_core::frame::{Checksummed, Decode, Decoded, Encode, Length};
///
/// let mut framing = Checksummed::new(Length::u8(), crc16_xmodem);
/// let mut out = Vec::new();
/// framing.begin(&mut out);
/// out.extend(b"123456789");
/// framing.finish(&mut out, 0).unwrap();
/// assert_eq!(out, b"\x0b123456789\x31\xc3");
/// assert_eq!(framing.decode(&mut out), Ok(Decoded::Frame { consumed: 12, message: 1..10 }));
///
/// out[1] = b'0';
/// let error = framing.decode(&mut out).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "checksum 0x31c3, and the bytes have 0xdae0 (at 30 32 33 34 35 36 37 38); skipping 12 bytes",
/// );
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Checksummed<F, T = u32> {
    framing: F,
    sum: fn(&[u8]) -> T,
    is_little: bool,
    /// Where the message of the frame that is being made begins.
    start: usize,
}

impl<F: super::Encloses, T: Into<u64>> Checksummed<F, T> {
    /// The frames of `framing`, each with `sum` of its message at its end, big-endian.
    #[must_use]
    pub const fn new(framing: F, sum: fn(&[u8]) -> T) -> Checksummed<F, T> {
        Checksummed { framing, sum, is_little: false, start: 0 }
    }

    /// The least significant byte of the checksum stands first.
    #[must_use]
    pub fn little_endian(self) -> Checksummed<F, T> {
        Checksummed { is_little: true, ..self }
    }

    /// How many bytes the checksum takes.
    const WIDTH: usize = size_of::<T>();

    fn sum(&self, message: &[u8]) -> u64 {
        (self.sum)(message).into()
    }

    fn read(&self, bytes: &[u8]) -> u64 {
        let push = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        if self.is_little { bytes.iter().rev().fold(0, push) } else { bytes.iter().fold(0, push) }
    }

    /// The length of the message in `framed`, the checksum left off, if that is right.
    fn message_len(&self, framed: &[u8]) -> Result<usize, FrameErrorKind> {
        let length = framed.len().checked_sub(Self::WIDTH);
        let Some((length, (message, sum))) =
            length.and_then(|length| Some((length, framed.split_at_checked(length)?)))
        else {
            let (claimed, least) = (framed.len() as u64, Self::WIDTH as u64);
            return Err(FrameErrorKind::BelowLeast { claimed, least });
        };
        let (got, expected) = (self.read(sum), self.sum(message));
        if got == expected { Ok(length) } else { Err(FrameErrorKind::Checksum { got, expected }) }
    }
}

impl<F: Decode + super::Encloses, T: Into<u64>> Decode for Checksummed<F, T> {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        let decoded = self.framing.decode(received)?;
        let Decoded::Frame { consumed, message } = decoded else { return Ok(decoded) };
        let framed = received.get(message.clone()).unwrap_or_default();
        match self.message_len(framed) {
            Ok(length) => {
                let message = message.start..message.start.saturating_add(length);
                Ok(Decoded::Frame { consumed, message })
            }
            Err(kind) => Err(FrameError::received(kind, framed).skipping(consumed)),
        }
    }

    fn read_max(&self) -> Option<usize> {
        self.framing.read_max()
    }
}

impl<F: Encode + super::Encloses, T: Into<u64>> Encode for Checksummed<F, T> {
    fn begin(&mut self, out: &mut Vec<u8>) {
        self.framing.begin(out);
        self.start = out.len();
    }

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        let mut sum = self.sum(out.get(self.start..).unwrap_or_default()).to_le_bytes();
        let sum = sum.get_mut(..Self::WIDTH).unwrap_or_default();
        if !self.is_little {
            sum.reverse();
        }
        out.extend_from_slice(sum);
        self.framing.finish(out, start)
    }

    fn writes_apart(&self) -> bool {
        self.framing.writes_apart()
    }
}

impl<F: super::Encloses, T> super::Encloses for Checksummed<F, T> {}

impl<F: super::TellsLength, T> super::TellsLength for Checksummed<F, T> {}
