//! Frames of one length: nothing stands around the message.
//!
//! ```text
//!   0                                  length
//!   +----------------------------------+
//!   | message                          |
//!   +----------------------------------+
//! ```

use alloc::vec::Vec;

use super::{Decode, Decoded, Encode, FrameError, FrameErrorKind};
use crate::Pack;

/// Every message has the same length, so no bytes are added.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::Message;
/// use protocol_core::frame::{Decode, Decoded, Fixed};
///
/// #[derive(Message)]
/// #[msg_type = 7]
/// struct Sample { at: u32, volts: i16 }
///
/// let mut framing = Fixed::of::<Sample>();
/// assert_eq!(framing, Fixed::new(7));
/// assert_eq!(framing.decode(&mut b"\x07\0\0".to_owned()), Ok(Decoded::Need(4)));
/// let found = framing.decode(&mut b"\x07\0\0\0\x01\x02\x03\x07".to_owned());
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 7, message: 0..7 }));
/// # }
/// ```
///
/// A message whose length varies does not compile:
///
/// ```compile_fail
/// # use protocol_core::Message;
/// # use protocol_core::frame::Fixed;
/// #[derive(Message)]
/// #[msg_type = 8]
/// struct Note { text: String }
///
/// let framing = Fixed::of::<Note>();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixed {
    length: usize,
}

impl Fixed {
    /// Messages of exactly `length` bytes.
    ///
    /// # Panics
    /// If `length` is 0: at compile time where the framing is a constant.
    #[must_use]
    pub const fn new(length: usize) -> Fixed {
        assert!(length > 0, "a frame of 0 bytes never ends");
        Fixed { length }
    }

    /// Messages as long as each message of `P`; one whose length varies does not compile.
    #[must_use]
    pub const fn of<P: Pack>() -> Fixed {
        const {
            assert!(
                matches!(P::MAX_LEN, Some(max) if max == P::MIN_LEN),
                "the length of a message varies, so nothing tells where it ends; take another \
                 framing, as `Length`"
            );
            Fixed::new(P::MIN_LEN)
        }
    }
}

impl Decode for Fixed {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        Ok(match self.length.checked_sub(received.len()) {
            None | Some(0) => Decoded::Frame { consumed: self.length, message: 0..self.length },
            Some(missing) => Decoded::Need(missing),
        })
    }
}

impl Encode for Fixed {
    fn begin(&mut self, _out: &mut Vec<u8>) {}

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        let length = out.len().saturating_sub(start);
        if length == self.length {
            return Ok(());
        }
        let (got, fixed) = (length as u64, self.length as u64);
        Err(FrameError::sent(FrameErrorKind::NotFixed { got, fixed }))
    }
}

impl super::Encloses for Fixed {}

impl super::TellsLength for Fixed {}
