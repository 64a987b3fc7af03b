//! No frame at all: the layout of each message says where it ends.
//!
//! ```text
//!   0                                  its end, by its layout
//!   +----------------------------------+
//!   | message                          |
//!   +----------------------------------+
//! ```

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use super::headed::innermost;
use super::{Decode, Decoded, Encode, FrameError, FrameErrorKind, check};
use crate::{Protocol, Unpack, UnpackErrorKind};

/// The messages of `P` follow each other with nothing around them, for protocols that exist already:
/// a new one takes [`Length`](super::Length).
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::frame::{Decode, Decoded, SelfDelimiting};
/// use protocol_core::{Message, Protocol};
///
/// #[derive(Message)]
/// #[msg_type = 3]
/// struct Data<'a> { urgent: bool, #[wire(len = u8)] text: &'a str }
///
/// #[derive(Protocol)]
/// enum Chat<'a> { Data(Data<'a>) }
///
/// let mut framing = SelfDelimiting::<Chat<'static>>::new();
/// let found = framing.decode(&mut b"\x03\x00\x02hi\x03".to_owned());
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 5, message: 0..5 }));
/// assert_eq!(framing.decode(&mut b"\x03\x00\x02".to_owned()), Ok(Decoded::Need(2)));
///
/// let error = framing.decode(&mut b"\x03\x07\x02hi".to_owned()).unwrap_err();
/// let says = "message field `urgent` at byte 1: 0x07 is neither 0 nor 1 (at 03 07 02 68 69)";
/// assert_eq!(error.to_string(), says);
/// # }
/// ```
///
/// A message is unpacked twice, once to find its end and once to be handed out; where its fields
/// borrow, neither allocates. After bytes that are no message nobody knows where the next one begins.
/// A message that takes all remaining bytes does not compile:
///
/// ```compile_fail
/// # use protocol_core::frame::SelfDelimiting;
/// # use protocol_core::{Message, Protocol};
/// #[derive(Message)]
/// #[msg_type = 3]
/// struct Data { #[wire(rest)] text: String }
///
/// #[derive(Protocol)]
/// enum Chat { Data(Data) }
///
/// let framing = SelfDelimiting::<Chat>::new();
/// ```
pub struct SelfDelimiting<P> {
    limit: usize,
    /// How many bytes the message takes at least, as far as is known.
    needed: usize,
    protocol: PhantomData<fn() -> P>,
}

/// Less than elsewhere: a message that drips in is begun anew whenever another of its values with
/// a length is whole.
const LIMIT: usize = 64 * 1024;

impl<P: Protocol> SelfDelimiting<P> {
    /// Messages of at most 64 KiB.
    #[must_use]
    pub const fn new() -> SelfDelimiting<P> {
        const {
            assert!(
                P::TELLS_END,
                "a message that takes all remaining bytes does not tell where it ends; give its \
                 last field a length, `#[wire(len = u16)]`, or take another framing, as `Length`"
            );
        }
        SelfDelimiting { limit: LIMIT, needed: 0, protocol: PhantomData }
    }

    /// Messages of at most `limit` bytes, in both directions.
    #[must_use]
    pub const fn limit(self, limit: usize) -> SelfDelimiting<P> {
        SelfDelimiting { limit, ..self }
    }

    /// How many bytes the message at the start takes, or at least takes if it is not all there.
    fn length(received: &[u8]) -> Result<usize, FrameErrorKind> {
        match P::Of::unpack_prefix(received) {
            Ok((_, length)) => Ok(length),
            Err(error) => match error.kind() {
                UnpackErrorKind::TooShort { missing } => {
                    Ok(received.len().saturating_add(missing.max(1)))
                }
                kind => {
                    let (field, offset) = (innermost(error.path()), error.offset());
                    Err(FrameErrorKind::Message { field, offset, kind })
                }
            },
        }
    }
}

impl<P: Protocol> Decode for SelfDelimiting<P> {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        if let Some(missing @ 1..) = self.needed.checked_sub(received.len()) {
            return Ok(Decoded::Need(missing));
        }
        let within = received.get(..self.limit).unwrap_or(received);
        let length = Self::length(within);
        let refused = |kind| FrameError::received(kind, received);
        let length = length.map_err(refused)?;
        check(length as u64, self.limit as u64).map_err(refused)?;
        if let Some(missing @ 1..) = length.checked_sub(received.len()) {
            self.needed = length;
            return Ok(Decoded::Need(missing));
        }
        self.needed = 0;
        Ok(Decoded::Frame { consumed: length, message: 0..length })
    }
}

impl<P> Encode for SelfDelimiting<P> {
    fn begin(&mut self, _out: &mut Vec<u8>) {}

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        let length = out.len().saturating_sub(start);
        check(length as u64, self.limit as u64).map_err(FrameError::sent)
    }
}

impl<P: Protocol> Default for SelfDelimiting<P> {
    fn default() -> SelfDelimiting<P> {
        SelfDelimiting::new()
    }
}

impl<P> Clone for SelfDelimiting<P> {
    fn clone(&self) -> SelfDelimiting<P> {
        *self
    }
}

impl<P> Copy for SelfDelimiting<P> {}

impl<P> fmt::Debug for SelfDelimiting<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SelfDelimiting").field("limit", &self.limit).finish()
    }
}
