//! The same bytes begin each frame, so that a receiver finds the next one whatever was lost.
//!
//! ```text
//!   0                 length of the magic
//!   +-----------------+----------------------------------
//!   | magic           | a frame of another framing
//!   +-----------------+----------------------------------
//! ```

use alloc::vec::Vec;

use memchr::memmem;

use super::{Decode, Decoded, Encloses, Encode, FrameError, FrameErrorKind, TellsLength};

/// Frames of `F` behind a magic: for serial lines, where bytes are lost and receivers switched on
/// in the midst of a frame.
///
/// Bytes that are no magic are skipped, and how many is told as an error before the next frame. After
/// an error inside a frame, the next magic is looked for right behind the first byte of this one, since
/// its length may be as wrong as the rest. After 64 KiB without a frame, the stream ends.
///
/// The framing inside tells the length in front of the message, as [`Length`](super::Length) and
/// [`Varint`](super::Varint) do, or has only one, as [`Fixed`](super::Fixed); each can be
/// [`Checksummed`](super::Checksummed), without which a magic inside a message is taken for one. Within a
/// checksum the length stands at the start: one [`at`](super::Length::at) another place moves bytes before
/// the checksum is known to be right, and a frame that begins in them is lost.
///
/// ```
/// use protocol_core::frame::{Decode, Decoded, Length, Magic};
///
/// let mut framing = Magic::new(b"\xaa\x55", Length::u8());
/// let found = framing.decode(&mut b"\xaa\x55\x02hi...".to_owned());
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 5, message: 3..5 }));
///
/// let noise = framing.decode(&mut b"noise\xaa\x55\x02hi".to_owned());
/// assert_eq!(noise, Ok(Decoded::Filler { consumed: 5 }));
/// let told = framing.decode(&mut b"\xaa\x55\x02hi".to_owned()).unwrap_err();
/// assert_eq!(told.skip(), Some(0));
/// assert_eq!(told.to_string(), "5 bytes of no frame were skipped");
/// let found = framing.decode(&mut b"\xaa\x55\x02hi".to_owned());
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 5, message: 3..5 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Magic<F> {
    magic: &'static [u8],
    framing: F,
    garbage_max: u64,
    /// How many bytes were skipped and not yet told of.
    skipped: u64,
    /// How many bytes were skipped since the last frame.
    without_frame: u64,
}

/// The most bytes that are skipped without a frame.
const GARBAGE_MAX: u64 = 64 * 1024;

impl<F: TellsLength> Magic<F> {
    /// The frames of `framing`, each behind `magic`.
    ///
    /// # Panics
    /// If the magic is empty: at compile time where the framing is a constant.
    #[must_use]
    pub const fn new(magic: &'static [u8], framing: F) -> Magic<F> {
        assert!(!magic.is_empty(), "an empty magic begins nothing");
        Magic { magic, framing, garbage_max: GARBAGE_MAX, skipped: 0, without_frame: 0 }
    }

    /// Skips at most `max` bytes without a frame; after more the stream ends with an error.
    #[must_use]
    pub fn garbage_max(self, max: u64) -> Magic<F> {
        Magic { garbage_max: max, ..self }
    }

    /// Where the magic begins, or may begin if its rest is still to come.
    fn find(&self, received: &[u8]) -> usize {
        memmem::find(received, self.magic).unwrap_or_else(|| {
            let is_start = |length: &usize| {
                self.magic.get(..*length).is_some_and(|start| received.ends_with(start))
            };
            let most = received.len().min(self.magic.len() - 1);
            received.len() - (0..=most).rev().find(is_start).unwrap_or(0)
        })
    }

    /// Counts bytes that are skipped, and refuses too many.
    fn count(&mut self, bytes: usize) -> Result<(), FrameErrorKind> {
        self.without_frame = self.without_frame.saturating_add(bytes as u64);
        let allowed = self.garbage_max;
        if self.without_frame > allowed { Err(FrameErrorKind::NoFrame { allowed }) } else { Ok(()) }
    }
}

impl<F: Decode + TellsLength> Magic<F> {
    /// The frame behind the magic at the start.
    fn behind(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        let width = self.magic.len();
        let decoded = self.framing.decode(received.get_mut(width..).unwrap_or_default());
        Ok(match decoded {
            Ok(Decoded::Frame { consumed, message }) => {
                self.without_frame = 0;
                let message =
                    width.saturating_add(message.start)..width.saturating_add(message.end);
                Decoded::Frame { consumed: width.saturating_add(consumed), message }
            }
            Ok(Decoded::Filler { consumed }) => {
                Decoded::Filler { consumed: width.saturating_add(consumed) }
            }
            Ok(need) => need,
            Err(error) => {
                self.count(1).map_err(|kind| FrameError::received(kind, received))?;
                return Err(error.skipping(1));
            }
        })
    }
}

impl<F: Decode + TellsLength> Decode for Magic<F> {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        let start = self.find(received);
        if start > 0 {
            self.count(start).map_err(|kind| FrameError::received(kind, received))?;
            self.skipped = self.skipped.saturating_add(start as u64);
            return Ok(Decoded::Filler { consumed: start });
        }
        if let Some(missing @ 1..) = self.magic.len().checked_sub(received.len()) {
            return Ok(Decoded::Need(missing));
        }
        match core::mem::take(&mut self.skipped) {
            0 => self.behind(received),
            skipped => {
                let kind = FrameErrorKind::Garbage { skipped };
                Err(FrameError::received(kind, &[]).skipping(0))
            }
        }
    }

    fn read_max(&self) -> Option<usize> {
        self.framing.read_max()
    }
}

impl<F: Encode + TellsLength> Encode for Magic<F> {
    fn begin(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.magic);
        self.framing.begin(out);
    }

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        self.framing.finish(out, start.saturating_add(self.magic.len()))
    }

    fn writes_apart(&self) -> bool {
        self.framing.writes_apart()
    }
}

impl<F: TellsLength> TellsLength for Magic<F> {}

impl<F: Encloses> Encloses for Magic<F> {}
