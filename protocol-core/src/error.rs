//! The errors that users meet: what was wrong, where, and with which numbers.
//!
//! A leaf: it imports nothing of the codec but the trail of a failed pass.

mod code;
mod kind;

use core::fmt;

pub use kind::{PackErrorKind, UnpackErrorKind};

use crate::path::{Excerpt, Path};
use crate::trail::{Step, Trail};

/// Bytes that are not a message: why, and where.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::{Message, Pack, Unpack, UnpackErrorKind};
///
/// #[derive(Message, Debug)]
/// #[msg_type = 3]
/// struct Data { text: String }
///
/// let error = Data::unpack(b"\x03\x00\x00\x00\x05hi").unwrap_err();
/// assert_eq!(error.kind(), UnpackErrorKind::TooShort { missing: 3 });
/// assert_eq!(error.to_string(), "Data.text at byte 5: 3 more bytes needed (after 03 00 00 00 05, at 68 69)");
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnpackError {
    /// Boxed, so that the result of unpacking a small message stays small.
    #[cfg(feature = "alloc")]
    details: alloc::boxed::Box<Details>,
    #[cfg(not(feature = "alloc"))]
    details: Details,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Details {
    kind: UnpackErrorKind,
    offset: usize,
    path: Path,
    around: Excerpt,
}

impl UnpackError {
    fn new(kind: UnpackErrorKind, offset: usize, path: Path, around: Excerpt) -> UnpackError {
        let details = Details { kind, offset, path, around };
        UnpackError {
            #[cfg(feature = "alloc")]
            details: alloc::boxed::Box::new(details),
            #[cfg(not(feature = "alloc"))]
            details,
        }
    }

    /// What the trail of a failed pass over `bytes` says.
    pub(crate) fn from_trail(trail: &Trail<UnpackErrorKind>, bytes: &[u8]) -> UnpackError {
        let (kind, offset) = trail.what().unwrap_or((UnpackErrorKind::NotRepeatable, 0));
        let path = trail.read_steps(Path::from_inside);
        let around = Excerpt::hiding(&trail.secrets(), bytes, offset);
        UnpackError::new(kind, offset, path, around)
    }

    fn details(&self) -> &Details {
        &self.details
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> UnpackErrorKind {
        self.details.kind
    }

    /// How many bytes stand before the place of the error.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.details.offset
    }

    /// The field in which it happened, from the message inward.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.details.path
    }
}

impl fmt::Display for UnpackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { kind, offset, path, around } = self.details();
        write!(f, "{path} at byte {offset}: {kind}{around}")
    }
}

impl core::error::Error for UnpackError {}

/// A value that cannot be packed: why, and in which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    kind: PackErrorKind,
    path: Path,
}

impl PackError {
    /// What the trail of a failed pass says.
    pub(crate) fn from_trail(trail: &Trail<PackErrorKind>) -> PackError {
        let kind = trail.what().map_or(PackErrorKind::NotRepeatable, |(kind, _)| kind);
        PackError { kind, path: trail.read_steps(Path::from_inside) }
    }

    /// A slice that is too small for the message `name`.
    pub(crate) fn buffer_too_small(
        name: &'static str,
        needed: usize,
        available: usize,
    ) -> PackError {
        let kind = PackErrorKind::BufferTooSmall { needed, available };
        PackError { kind, path: Path::from_inside(&[Step::Field(name)]) }
    }

    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> PackErrorKind {
        self.kind
    }

    /// The field in which it happened, from the message inward.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.kind)
    }
}

impl core::error::Error for PackError {}
