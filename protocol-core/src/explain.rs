//! A message laid out for a human: every value with its offset, its bytes, its name and its meaning.
//!
//! The reading is that of `unpack`, so the explanation cannot disagree with it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use crate::context::Context;
use crate::order::Traced;
use crate::path::Path;
use crate::trail::{Entry, Trail, Transcript};
use crate::{Big, Limits, Reader, Unpack, UnpackError};

/// What the bytes of a message mean, up to the error if there is one.
///
/// It prints as a table: offset, bytes in hex, path of the field, value.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::{Message, explain};
///
/// #[derive(Message)]
/// #[msg_type = 3]
/// struct Data { urgent: bool, #[wire(rest)] text: String }
///
/// let table = explain::<Data>(b"\x03\x01hello").to_string();
/// assert_eq!(table, "\
/// 0000  03              Data.type    3
/// 0001  01              Data.urgent  true
/// 0002  68 65 6c 6c 6f  Data.text    \"hello\"
/// ");
/// # }
/// ```
#[derive(Debug)]
pub struct Explanation<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
    error: Option<UnpackError>,
}

/// Explains the bytes of a message of type `T`, within the default [`Limits`].
#[must_use]
pub fn explain<'a, T: Unpack<'a>>(bytes: &'a [u8]) -> Explanation<'a> {
    let trail = Trail::new();
    let transcript = Transcript::default();
    let limits = Limits::DEFAULT;
    let context = Context::new(bytes, &limits).with_trail(&trail).with_transcript(&transcript);
    let result = T::get_whole::<Traced<Big>>(&mut Reader::within(bytes, &context));
    let error = result.err().map(|_| UnpackError::from_trail(&trail, bytes));
    Explanation { bytes, entries: transcript.into_entries(), error }
}

impl Explanation<'_> {
    /// The error that `unpack` returns for these bytes.
    #[must_use]
    pub fn error(&self) -> Option<&UnpackError> {
        self.error.as_ref()
    }

    /// The entries that hold a value of their own, and not only the values inside them, with the
    /// place where their own bytes end: a count or a tag stands before the values inside.
    fn values(&self) -> impl Iterator<Item = (&Entry, usize)> {
        let next = self.entries.iter().skip(1).map(Some).chain([None]);
        self.entries.iter().zip(next).filter_map(|(entry, next)| {
            let inside = next.filter(|next| next.steps.len() > entry.steps.len());
            let end = inside.map_or(entry.end, |inside| inside.start);
            entry.value.is_some().then_some((entry, end))
        })
    }
}

/// The most bytes of one value that are shown.
const HEX_MAX: usize = 8;

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |entry: &Entry| Path::from_outside(&entry.steps).to_string();
        let hex = |(entry, end): (&Entry, usize)| {
            Hex(self.bytes.get(entry.start..end).unwrap_or(&[])).to_string()
        };
        let width = |text: String| text.chars().count();
        let hex_width = self.values().map(|value| width(hex(value))).max().unwrap_or(0);
        let name_width = self.values().map(|(entry, _)| width(name(entry))).max().unwrap_or(0);
        for (entry, end) in self.values() {
            let (start, hex, name) = (entry.start, hex((entry, end)), name(entry));
            write!(f, "{start:04x}  {hex:hex_width$}  {name:name_width$}  ")?;
            writeln!(f, "{}", entry.value.as_deref().unwrap_or(""))?;
        }
        match &self.error {
            Some(error) => writeln!(f, "{:04x}  error: {error}", error.offset()),
            None => Ok(()),
        }
    }
}

/// The first bytes of a value in hex.
struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, byte) in self.0.iter().take(HEX_MAX).enumerate() {
            let gap = if position == 0 { "" } else { " " };
            write!(f, "{gap}{byte:02x}")?;
        }
        if self.0.len() > HEX_MAX { f.write_str(" …") } else { Ok(()) }
    }
}
