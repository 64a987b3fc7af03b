//! The sums that no crate in use has: each takes one byte at a time, so that where a piece ends makes
//! no difference to words of two bytes.

/// Runs `step` over every byte of the pieces.
#[inline(always)]
pub(super) fn fold<S>(pieces: &[&[u8]], start: S, step: impl Fn(S, u8) -> S) -> S {
    pieces.iter().fold(start, |state, piece| piece.iter().copied().fold(state, &step))
}

/// Two sums modulo 255.
#[derive(Default)]
pub(super) struct Fletcher16 {
    sum: u16,
    of_sums: u16,
}

impl Fletcher16 {
    #[inline(always)]
    pub(super) fn byte(self, byte: u8) -> Fletcher16 {
        let sum = (self.sum + u16::from(byte)) % 255;
        Fletcher16 { sum, of_sums: (self.of_sums + sum) % 255 }
    }

    pub(super) fn value(self) -> u16 {
        self.of_sums << 8 | self.sum
    }
}

/// Two sums modulo 65535 over words, the low byte first.
#[derive(Default)]
pub(super) struct Fletcher32 {
    sum: u32,
    of_sums: u32,
    low: Option<u8>,
}

impl Fletcher32 {
    #[inline(always)]
    pub(super) fn byte(self, byte: u8) -> Fletcher32 {
        match self.low {
            None => Fletcher32 { low: Some(byte), ..self },
            Some(low) => self.word(u16::from_le_bytes([low, byte])),
        }
    }

    #[inline(always)]
    fn word(self, word: u16) -> Fletcher32 {
        let sum = (self.sum + u32::from(word)) % 65535;
        Fletcher32 { sum, of_sums: (self.of_sums + sum) % 65535, low: None }
    }

    pub(super) fn value(self) -> u32 {
        let whole = if self.low.is_some() { self.byte(0) } else { self };
        whole.of_sums << 16 | whole.sum
    }
}

/// The one's complement sum of RFC 1071 over words, the high byte first.
#[derive(Default)]
pub(super) struct Internet {
    /// The carries stay above the 16 bits until the end. A message has fewer than 2^48 words.
    sum: u64,
    is_odd: bool,
}

impl Internet {
    #[inline(always)]
    pub(super) fn byte(self, byte: u8) -> Internet {
        let part = if self.is_odd { u64::from(byte) } else { u64::from(byte) << 8 };
        Internet { sum: self.sum.wrapping_add(part), is_odd: !self.is_odd }
    }

    pub(super) fn value(self) -> u16 {
        let mut sum = self.sum;
        while sum > 0xffff {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        #[expect(clippy::cast_possible_truncation, reason = "it was folded to 16 bits")]
        let folded = sum as u16;
        !folded
    }
}
