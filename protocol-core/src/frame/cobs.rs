//! Consistent overhead byte stuffing: a zero ends each frame, and there is none inside.
//!
//! ```text
//!   0        1                    code
//!   +--------+---------------------+--------+------------- … --+--------+
//!   | code   | code - 1 bytes, none| code   | …                | 00     |
//!   |        | of them zero        |        |                  |        |
//!   +--------+---------------------+--------+------------- … --+--------+
//! ```
//!
//! Each code stands for the zero of the message that followed the bytes before it, but for the first
//! one, and for one behind a code of 255, which stands for no zero. (Cheshire and Baker, 1999.)

use alloc::vec::Vec;

use memchr::{memchr, memchr_iter};

use super::{Decode, Decoded, Encode, FrameError, FrameErrorKind, LIMIT, check};

/// Each message is stuffed so that it holds no zero, and ends with one: for serial lines, where
/// whatever was lost, the next zero begins a new frame. One byte in 254 is added, and two.
///
/// A bad frame costs only itself. Zeros between frames, which senders repeat to wake up a line, are
/// passed over.
///
/// ```
/// use protocol_core::frame::{Cobs, Decode, Decoded};
///
/// let mut received = b"\x03hi\x02!\x00...".to_owned();
/// let found = Cobs::new().decode(&mut received);
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 6, message: 1..5 }));
/// assert_eq!(&received[1..5], b"hi\x00!");
///
/// let error = Cobs::new().decode(&mut b"\x09hi\x00...".to_owned()).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the stuffing code 0x09 at byte 0 leads 6 bytes behind the frame \
///      (at 09 68 69 00 2e 2e 2e); skipping 4 bytes",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cobs {
    limit: usize,
    /// How far there is no zero.
    looked: usize,
    /// Whether the frame is above its limit, so that what is left of it is passed over.
    is_above: bool,
}

const DELIMITER: u8 = 0;
/// The most bytes that stand behind one code.
const RUN_MAX: usize = 254;

impl Cobs {
    /// Messages of at most 1 MiB.
    #[must_use]
    pub const fn new() -> Cobs {
        Cobs { limit: LIMIT, looked: 0, is_above: false }
    }

    /// Messages of at most `limit` bytes, before they are stuffed, in both directions.
    #[must_use]
    pub const fn limit(self, limit: usize) -> Cobs {
        Cobs { limit, ..self }
    }

    /// The most bytes of a frame before its zero.
    const fn stuffed_max(self) -> usize {
        self.limit.saturating_add(self.limit / RUN_MAX).saturating_add(1)
    }

    /// The frame of `end` bytes and a zero.
    fn frame(self, received: &mut [u8], end: usize) -> Result<Decoded, FrameError> {
        let consumed = end.saturating_add(1);
        let stuffed = received.get_mut(..end).unwrap_or_default();
        match message_len(stuffed).and_then(|length| check(length as u64, self.limit as u64)) {
            Ok(()) => Ok(Decoded::Frame { consumed, message: 1..unstuff(stuffed) }),
            Err(kind) => Err(FrameError::received(kind, received).skipping(consumed)),
        }
    }
}

impl Default for Cobs {
    fn default() -> Cobs {
        Cobs::new()
    }
}

impl Decode for Cobs {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        if self.is_above {
            let end = memchr(DELIMITER, received).map(|place| place.saturating_add(1));
            self.is_above = end.is_none();
            return Ok(match end.unwrap_or(received.len()) {
                0 => Decoded::Need(1),
                consumed => Decoded::Filler { consumed },
            });
        }
        let max = self.stuffed_max();
        let window = received.get(..max.saturating_add(1)).unwrap_or(received);
        let unseen = window.get(self.looked..).unwrap_or_default();
        match memchr(DELIMITER, unseen).map(|place| place.saturating_add(self.looked)) {
            Some(0) => {
                let zeros = window.iter().take_while(|byte| **byte == DELIMITER).count();
                Ok(Decoded::Filler { consumed: zeros })
            }
            Some(end) => {
                self.looked = 0;
                self.frame(received, end)
            }
            None if window.len() > max => {
                (self.looked, self.is_above) = (0, true);
                let (allowed, skip) = (self.limit as u64, window.len());
                // So much a sound frame of this length holds at least.
                let kind = FrameErrorKind::AboveLimit { claimed: allowed + 1, allowed };
                Err(FrameError::received(kind, received).skipping(skip))
            }
            None => {
                self.looked = window.len();
                Ok(Decoded::Need(1))
            }
        }
    }
}

/// How long the message in a frame is, whose codes are all looked at before any byte is changed.
fn message_len(stuffed: &[u8]) -> Result<usize, FrameErrorKind> {
    let (mut at, mut length) = (0, 0);
    while let Some(code) = stuffed.get(at).copied() {
        let run = usize::from(code) - 1;
        let next = at + 1 + run;
        if let Some(behind @ 1..) = next.checked_sub(stuffed.len()) {
            return Err(FrameErrorKind::Stuffing { code, at, behind });
        }
        length += run + usize::from(run < RUN_MAX && next < stuffed.len());
        at = next;
    }
    Ok(length)
}

/// Unstuffs a frame whose codes are right; where its message ends, which begins at byte 1.
///
/// A code stands where its zero belongs until the first code of 255: only then bytes move.
fn unstuff(stuffed: &mut [u8]) -> usize {
    let (mut at, mut end) = (0, 1);
    let mut code = stuffed.first().copied();
    while let Some(run) = code.map(|code| usize::from(code) - 1) {
        let next = at + 1 + run;
        if end <= at {
            stuffed.copy_within(at + 1..next, end);
        }
        end += run;
        // The zero may be written over the code that is read next.
        code = stuffed.get(next).copied();
        if code.is_some() && run < RUN_MAX {
            if let Some(zero) = stuffed.get_mut(end) {
                *zero = 0;
            }
            end += 1;
        }
        at = next;
    }
    end
}

impl Encode for Cobs {
    /// A placeholder for the first code.
    fn begin(&mut self, out: &mut Vec<u8>) {
        out.push(DELIMITER);
    }

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        let end = out.len();
        let message = out.get(start.saturating_add(1)..).unwrap_or_default();
        check(message.len() as u64, self.limit as u64).map_err(FrameError::sent)?;
        let added = added_codes(message);
        if added > 0 {
            out.resize(end + added, 0);
            out.copy_within(start + 1..end, start + 1 + added);
        }
        stuff(out.get_mut(start..).unwrap_or_default(), added);
        out.push(DELIMITER);
        Ok(())
    }
}

/// How many codes there are besides the first and those that stand for a zero: one for each 254 bytes
/// without a zero, but not where the message ends with them.
fn added_codes(message: &[u8]) -> usize {
    let (mut added, mut begin) = (0, 0);
    for zero in memchr_iter(DELIMITER, message) {
        added += (zero - begin) / RUN_MAX;
        begin = zero + 1;
    }
    added + (message.len() - begin).saturating_sub(1) / RUN_MAX
}

/// Stuffs the message that stands `added` bytes behind the place of its first code.
fn stuff(frame: &mut [u8], added: usize) {
    let (mut code, mut at) = (0, added + 1);
    loop {
        let rest = frame.get(at..).unwrap_or_default();
        let run = rest.get(..RUN_MAX).unwrap_or(rest);
        let zero = memchr(DELIMITER, run);
        let length = zero.unwrap_or(run.len());
        let is_last = zero.is_none() && length == rest.len();
        if added > 0 {
            frame.copy_within(at..at + length, code + 1);
        }
        if let (Some(place), Ok(number)) = (frame.get_mut(code), u8::try_from(length + 1)) {
            *place = number;
        }
        if is_last {
            return;
        }
        code += length + 1;
        at += length + usize::from(zero.is_some());
    }
}

impl super::Encloses for Cobs {}
