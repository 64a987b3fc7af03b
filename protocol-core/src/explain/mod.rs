//! A message laid out for a human: every value with its offset, its bytes, its name and its meaning.
//!
//! The reading is that of `unpack`, so the explanation cannot disagree with it. What stands in which
//! row is decided in `rows`, how a row is printed in `print`.

mod print;
mod rows;

use alloc::vec::Vec;
use core::fmt;

use crate::context::Context;
use crate::order::Traced;
use crate::trail::{Secrets, Trail};
use crate::transcript::{Entry, Transcript};
use crate::unpack::UNNOTED;
use crate::{Big, Limits, Reader, Unpack, UnpackError, UnpackErrorKind};

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
///
/// let table = explain::<Data>(b"\x03\x07hello").to_string();
/// assert_eq!(table, "\
/// 0000  03                 Data.type    3
/// 0001  07 68 65 6c 6c 6f  Data.urgent  error: 0x07 is neither 0 nor 1
/// ");
/// # }
/// ```
///
/// Eight bytes stand in a line, and at most 64 of one value; a long value goes on beside its bytes.
/// Bytes that belong to no value are marked: `(padding)` for zeros between values, `(end)` after the
/// last element of a list, `(no value)` for others, `(skipped)` for what `trailing = ignore` passes
/// over. A secret is `**`.
pub struct Explanation<'a> {
    bytes: &'a [u8],
    entries: Vec<Entry>,
    /// There were more values than are taken down.
    is_cut: bool,
    secrets: Secrets,
    error: Option<UnpackError>,
}

/// Explains the bytes of a message of type `T`, within the default [`Limits`].
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::{Message, explain};
///
/// #[derive(Message)]
/// #[msg_type = 3]
/// struct Data {
///     urgent: bool,
///     #[wire(len = u8)]
///     text: String,
/// }
///
/// let explanation = explain::<Data>(b"\x03\x01\x02hi").to_string();
/// assert!(explanation.contains("Data.urgent"), "{explanation}");
/// # }
/// ```
#[must_use]
pub fn explain<'a, T: Unpack<'a>>(bytes: &'a [u8]) -> Explanation<'a> {
    let trail = Trail::new();
    let transcript = Transcript::default();
    let limits = Limits::DEFAULT;
    let context = Context::new(bytes, &limits)
        .with_version(T::VERSION)
        .with_trail(&trail)
        .with_transcript(&transcript);
    let result = T::get_whole::<Traced<Big>>(&mut Reader::within(bytes, &context));
    let error = result.err().map(|_| {
        trail.note_if_none(UnpackErrorKind::Refused { why: UNNOTED });
        UnpackError::from_trail(&trail, bytes)
    });
    let (entries, is_cut) = transcript.into_entries();
    // Without an error nothing is unread.
    let secrets = trail.secrets();
    Explanation { bytes, entries, is_cut, secrets, error }
}

impl Explanation<'_> {
    /// The error that `unpack` returns for these bytes.
    #[must_use]
    pub fn error(&self) -> Option<&UnpackError> {
        self.error.as_ref()
    }

    /// The same table with the colours of a terminal (ANSI escape sequences): offsets dim, bytes
    /// blue, values green, the error red.
    ///
    /// Whether the output is a terminal is for the program to say: `std::io::IsTerminal` knows it,
    /// and who sets `NO_COLOR` wants none.
    ///
    /// ```
    /// # #[cfg(all(feature = "derive", feature = "std"))] {
    /// use std::io::{IsTerminal, stdout};
    /// # use protocol_core::{Message, explain};
    /// # #[derive(Message)]
    /// # #[msg_type = 2]
    /// # struct Logout;
    /// let explanation = explain::<Logout>(b"\x02");
    /// let wants_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    /// if stdout().is_terminal() && !wants_none {
    ///     print!("{}", explanation.in_color());
    /// } else {
    ///     print!("{explanation}");
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn in_color(&self) -> impl fmt::Display {
        print::Table { explanation: self, color: true }
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print::Table { explanation: self, color: false }.fmt(f)
    }
}

/// Neither bytes nor values, of which some may be secret.
impl fmt::Debug for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Explanation");
        shown.field("len", &self.bytes.len()).field("error", &self.error).finish_non_exhaustive()
    }
}
