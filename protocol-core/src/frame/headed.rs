//! The header of the messages marks them off itself: no bytes are added.
//!
//! ```text
//!   0                                  length of the header
//!   +--------+--------+-----+----------+---------------------
//!   | …      | length | …   |          | body
//!   +--------+--------+-----+----------+---------------------
//! ```

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use super::{Decode, Decoded, Encode, FrameError, FrameErrorKind, LIMIT};
use crate::header::frame_of;
use crate::{Header, Path, Step, UnpackErrorKind, Wire};

/// Each message begins with the header `H`, which says how long its body is: for protocols with
/// `#[wire(header = H)]`.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::Wire;
/// use protocol_core::frame::{Decode, Decoded, Headed};
///
/// #[derive(Wire, Default, Clone)]
/// struct Start {
///     #[wire(role = id)]
///     kind: u8,
///     #[wire(role = len, of = body + 4)]
///     length: u32,
/// }
///
/// let mut framing = Headed::<Start>::new();
/// let found = framing.decode(&mut b"Q\x00\x00\x00\x06hi...".to_owned());
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 7, message: 0..7 }));
/// assert_eq!(framing.decode(&mut b"Q\x00".to_owned()), Ok(Decoded::Need(3)));
///
/// let error = framing.decode(&mut b"Q\x00\x00\x00\x03".to_owned()).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "header field `length` at byte 1: length 3 is below the limit of 4 (at 51 00 00 00 03)",
/// );
/// # }
/// ```
pub struct Headed<H> {
    limit: usize,
    header: PhantomData<fn() -> H>,
}

impl<H: Header> Headed<H> {
    /// Frames of at most 1 MiB, the header included.
    #[must_use]
    pub const fn new() -> Headed<H> {
        const {
            assert!(
                H::LEN.is_some(),
                "a header without a field with `role = len` does not mark off its messages; \
                 take another framing, as `Length`"
            );
        }
        Headed { limit: LIMIT, header: PhantomData }
    }

    /// Frames of at most `limit` bytes, the header included, in both directions.
    #[must_use]
    pub const fn limit(self, limit: usize) -> Headed<H> {
        Headed { limit, header: PhantomData }
    }

    /// How many bytes the frame takes, if it is within the limit.
    fn within(self, header: usize, body: usize) -> Result<usize, FrameErrorKind> {
        match header.checked_add(body) {
            Some(length) if length <= self.limit => Ok(length),
            length => Err(FrameErrorKind::AboveLimit {
                claimed: length.map_or(u64::MAX, |length| length as u64),
                allowed: self.limit as u64,
            }),
        }
    }

    /// The length of the frame; or how many bytes more it takes to know it.
    fn length(self, received: &[u8]) -> Result<Result<usize, usize>, FrameErrorKind> {
        let have = received.len();
        let least = <H as Wire<'_>>::MIN;
        if have < least {
            return Ok(Err(least.saturating_sub(have)));
        }
        match frame_of::<H>(received) {
            Ok((header, body)) => self.within(header, body).map(Ok),
            Err(error) => match error.kind() {
                UnpackErrorKind::TooShort { missing } => {
                    self.within(have, missing)?;
                    Ok(Err(missing.max(1)))
                }
                kind => {
                    let (field, offset) = (innermost(error.path()), error.offset());
                    Err(FrameErrorKind::Header { field, offset, kind })
                }
            },
        }
    }
}

/// The name of the field in which an error happened.
pub(super) fn innermost(path: &Path) -> &'static str {
    let names = path.steps().iter().rev().map(|step| match step {
        Step::Field(name) => Some(*name),
        Step::Index(_) => None,
    });
    names.flatten().next().unwrap_or("")
}

impl<H: Header> Decode for Headed<H> {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        let length = self.length(received).map_err(|kind| FrameError::received(kind, received))?;
        Ok(match length {
            Ok(length) => match length.checked_sub(received.len()) {
                None | Some(0) => Decoded::Frame { consumed: length, message: 0..length },
                Some(missing) => Decoded::Need(missing),
            },
            Err(missing) => Decoded::Need(missing),
        })
    }
}

impl<H: Header> Encode for Headed<H> {
    fn begin(&mut self, _out: &mut Vec<u8>) {}

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        let length = out.len().saturating_sub(start);
        self.within(0, length).map(drop).map_err(FrameError::sent)
    }
}

impl<H: Header> Default for Headed<H> {
    fn default() -> Headed<H> {
        Headed::new()
    }
}

impl<H> Clone for Headed<H> {
    fn clone(&self) -> Headed<H> {
        *self
    }
}

impl<H> Copy for Headed<H> {}

impl<H> PartialEq for Headed<H> {
    fn eq(&self, other: &Headed<H>) -> bool {
        self.limit == other.limit
    }
}

impl<H> Eq for Headed<H> {}

impl<H> fmt::Debug for Headed<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Headed").field("limit", &self.limit).finish()
    }
}
