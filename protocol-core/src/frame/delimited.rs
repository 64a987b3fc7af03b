//! A sequence of bytes ends each message, as the end of a line does.
//!
//! ```text
//!   0                                  length of the message
//!   +----------------------------------+-----------+
//!   | message, without the delimiter   | delimiter |
//!   +----------------------------------+-----------+
//! ```

use alloc::vec::Vec;

use memchr::memmem;

use super::{Decode, Decoded, Encode, FrameError, FrameErrorKind, LIMIT, check};

/// Each message ends with the same bytes, and holds them nowhere else: for protocols of text.
///
/// Nothing is escaped. A message with the delimiter inside is refused when it is sent; what may hold
/// any bytes takes [`Cobs`](super::Cobs). A message above the limit costs only itself: it is passed
/// over up to its delimiter.
///
/// ```
/// use protocol_core::frame::{Decode, Decoded, Delimited, Encode};
///
/// let mut lines = Delimited::new(b"\r\n");
/// let found = lines.decode(&mut b"PING\r\n...".to_owned());
/// assert_eq!(found, Ok(Decoded::Frame { consumed: 6, message: 0..4 }));
/// assert_eq!(lines.decode(&mut b"PING\r".to_owned()), Ok(Decoded::Need(1)));
///
/// let mut out = b"one\r\ntwo".to_vec();
/// let error = lines.finish(&mut out, 0).unwrap_err();
/// assert_eq!(error.to_string(), "the delimiter at byte 3 of the message would end it");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimited {
    delimiter: &'static [u8],
    limit: usize,
    /// How far no delimiter begins.
    looked: usize,
    /// Whether the message is above its limit, so that what is left of it is passed over.
    is_above: bool,
}

impl Delimited {
    /// Messages of at most 1 MiB that end with `delimiter`.
    ///
    /// # Panics
    /// If the delimiter is empty: at compile time where the framing is a constant.
    #[must_use]
    pub const fn new(delimiter: &'static [u8]) -> Delimited {
        assert!(!delimiter.is_empty(), "an empty delimiter ends nothing");
        Delimited { delimiter, limit: LIMIT, looked: 0, is_above: false }
    }

    /// Messages of at most `limit` bytes without their delimiter, in both directions.
    #[must_use]
    pub const fn limit(self, limit: usize) -> Delimited {
        Delimited { limit, ..self }
    }

    fn find(self, bytes: &[u8]) -> Option<usize> {
        memmem::find(bytes, self.delimiter)
    }

    /// How many of these bytes no delimiter can begin in, if there is none in them: it may begin in
    /// the last ones and go on behind them.
    fn without(self, length: usize) -> usize {
        length.saturating_sub(self.delimiter.len() - 1)
    }

    /// Passes over what is left of a message above the limit.
    fn pass_over(&mut self, received: &[u8]) -> Decoded {
        let end = self.find(received).map(|place| place.saturating_add(self.delimiter.len()));
        self.is_above = end.is_none();
        match end.unwrap_or(self.without(received.len())) {
            0 => Decoded::Need(1),
            consumed => Decoded::Filler { consumed },
        }
    }
}

impl Decode for Delimited {
    fn decode(&mut self, received: &mut [u8]) -> Result<Decoded, FrameError> {
        if self.is_above {
            return Ok(self.pass_over(received));
        }
        let max = self.limit.saturating_add(self.delimiter.len());
        let window = received.get(..max).unwrap_or(received);
        let unseen = window.get(self.looked..).unwrap_or_default();
        if let Some(place) = self.find(unseen) {
            let length = place.saturating_add(self.looked);
            self.looked = 0;
            let consumed = length.saturating_add(self.delimiter.len());
            return Ok(Decoded::Frame { consumed, message: 0..length });
        }
        self.looked = self.without(window.len());
        if window.len() < max {
            return Ok(Decoded::Need(1));
        }
        let (allowed, skip) = (self.limit as u64, self.looked);
        (self.looked, self.is_above) = (0, true);
        let kind = FrameErrorKind::AboveLimit { claimed: allowed + 1, allowed };
        Err(FrameError::received(kind, received).skipping(skip))
    }
}

impl Encode for Delimited {
    fn begin(&mut self, _out: &mut Vec<u8>) {}

    fn finish(&mut self, out: &mut Vec<u8>, start: usize) -> Result<(), FrameError> {
        let length = out.len().saturating_sub(start);
        check(length as u64, self.limit as u64).map_err(FrameError::sent)?;
        out.extend_from_slice(self.delimiter);
        // The end of the message and the delimiter may make another one that comes before it.
        match self.find(out.get(start..).unwrap_or_default()) {
            Some(at) if at < length => Err(FrameError::sent(FrameErrorKind::HasDelimiter { at })),
            Some(_) | None => Ok(()),
        }
    }
}

impl super::Encloses for Delimited {}
