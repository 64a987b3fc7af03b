//! The errors that users meet: what was wrong, where, and with which numbers.
//!
//! A leaf: it imports nothing of the codec but the trail of a failed pass.

use core::fmt;

use crate::path::{Excerpt, Path};
use crate::trail::{Step, Trail};

/// Why bytes are not a message. The numbers are those of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnpackErrorKind {
    /// The bytes end before the message does; at least `missing` more are needed.
    TooShort {
        /// How many more bytes are needed at least.
        missing: usize,
    },
    /// The message ends before the bytes do.
    Trailing {
        /// How many bytes follow the message.
        extra: usize,
    },
    /// The value goes on after the end of the length that it has on the wire.
    GroupTooShort {
        /// How many more bytes are needed at least.
        missing: usize,
    },
    /// The value ends before the length that it has on the wire does.
    GroupTooLong {
        /// How many bytes of the length are left over.
        extra: usize,
    },
    /// No message of the protocol has this number.
    UnknownMessage {
        /// The number that stands on the wire.
        id: u64,
    },
    /// The message has another number than the one that was asked for.
    OtherMessage {
        /// The number that stands on the wire.
        id: u64,
        /// The number that was expected.
        expected: u64,
    },
    /// No variant of the enum has this tag.
    UnknownTag {
        /// The tag that stands on the wire.
        tag: u64,
    },
    /// A `bool`, or the flag of an `Option`, is neither 0 nor 1.
    NotBool {
        /// The byte that stands on the wire.
        got: u8,
    },
    /// The number is no Unicode scalar value.
    NotChar {
        /// The number that stands on the wire.
        got: u32,
    },
    /// The text is not UTF-8.
    NotUtf8 {
        /// How many bytes of the text are valid; the byte after them is not.
        valid: usize,
    },
    /// A number that cannot be 0 is 0.
    Zero,
    /// The number is too large for what it stands for.
    TooLarge {
        /// The number that stands on the wire.
        got: u64,
        /// The largest number allowed.
        max: u64,
    },
    /// Bits are set that belong to no flag.
    UnknownBits {
        /// These bits alone.
        bits: u64,
    },
    /// A length or a count is above its limit.
    AboveLimit {
        /// The length or count that stands on the wire.
        got: u64,
        /// The largest one allowed.
        max: u64,
    },
    /// A length or a count is below its limit.
    BelowLimit {
        /// The length or count that stands on the wire.
        got: u64,
        /// The smallest one allowed.
        min: u64,
    },
    /// The key of a map, or the element of a set, is not greater than the one before it.
    KeyOrder,
    /// A variable-length number has bytes that it does not need, or more than fit.
    NotMinimal,
    /// The message would take more memory than its budget.
    Memory {
        /// How many bytes the list, text or box takes.
        needed: u64,
        /// The budget of the whole message.
        budget: u64,
    },
    /// The value is nested too deeply in values of its own type.
    TooDeep {
        /// The deepest level allowed.
        max: u32,
    },
    /// A `with` module refused the bytes.
    Refused {
        /// Its reason.
        why: &'static str,
    },
    /// Reading the same bytes a second time, to find the place of an error, gave no error. A `with`
    /// module does not always do the same.
    NotRepeatable,
}

/// Why a value cannot be packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackErrorKind {
    /// The slice is too small for the message.
    BufferTooSmall {
        /// How many bytes the message takes.
        needed: usize,
        /// How long the slice is.
        available: usize,
    },
    /// A length or a count is above its limit, or does not fit its prefix.
    AboveLimit {
        /// The length or count of the value.
        got: u64,
        /// The largest one allowed.
        max: u64,
    },
    /// A length or a count is below its limit.
    BelowLimit {
        /// The length or count of the value.
        got: u64,
        /// The smallest one allowed.
        min: u64,
    },
    /// The value is too large for the wire.
    TooLarge {
        /// The number in the value.
        got: u64,
        /// The largest number allowed.
        max: u64,
    },
    /// Bits are set that belong to no flag.
    UnknownBits {
        /// These bits alone.
        bits: u64,
    },
    /// The number is not within the limits of what it stands for.
    OutOfRange {
        /// The number in the value.
        got: i128,
        /// The smallest number allowed.
        min: i128,
        /// The largest number allowed.
        max: i128,
    },
    /// The catch-all variant holds the number of a message, or the tag of a variant, that is known.
    KnownAsUnknown {
        /// The number or tag.
        id: u64,
    },
    /// The value is nested too deeply in values of its own type.
    TooDeep {
        /// The deepest level allowed.
        max: u32,
    },
    /// A `with` module refused the value.
    Refused {
        /// Its reason.
        why: &'static str,
    },
    /// Packing the same value a second time, to find the place of an error, gave no error.
    NotRepeatable,
}

impl UnpackErrorKind {
    /// The same without the value that was read, which is secret. Lengths stay.
    pub(crate) fn without_value(self) -> UnpackErrorKind {
        match self {
            Self::UnknownMessage { .. }
            | Self::OtherMessage { .. }
            | Self::UnknownTag { .. }
            | Self::NotBool { .. }
            | Self::NotChar { .. }
            | Self::TooLarge { .. }
            | Self::UnknownBits { .. } => Self::Refused { why: "the secret has a wrong value" },
            Self::TooShort { .. }
            | Self::Trailing { .. }
            | Self::GroupTooShort { .. }
            | Self::GroupTooLong { .. }
            | Self::NotUtf8 { .. }
            | Self::Zero
            | Self::AboveLimit { .. }
            | Self::BelowLimit { .. }
            | Self::KeyOrder
            | Self::NotMinimal
            | Self::Memory { .. }
            | Self::TooDeep { .. }
            | Self::Refused { .. }
            | Self::NotRepeatable => self,
        }
    }
}

impl fmt::Display for UnpackErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::TooShort { missing } => write!(f, "{} needed", MoreBytes(missing)),
            Self::Trailing { extra } => {
                write!(f, "{} after the end of the message", MoreBytes(extra))
            }
            Self::GroupTooShort { missing } => {
                write!(f, "{} needed than its length says", MoreBytes(missing))
            }
            Self::GroupTooLong { extra } => {
                let plural = if extra == 1 { " is" } else { "s are" };
                write!(f, "{extra} byte{plural} left over of its length")
            }
            Self::UnknownMessage { id } => write!(f, "no message has the type {id}"),
            Self::OtherMessage { id, expected } => {
                write!(f, "message type {id} where {expected} is expected")
            }
            Self::UnknownTag { tag } => write!(f, "no variant has the tag {tag}"),
            Self::NotBool { got } => write!(f, "0x{got:02x} is neither 0 nor 1"),
            Self::NotChar { got } => write!(f, "0x{got:x} is no Unicode scalar value"),
            Self::NotUtf8 { valid } => {
                let plural = if valid == 1 { "" } else { "s" };
                write!(f, "the text is not UTF-8 after {valid} byte{plural}")
            }
            Self::Zero => write!(f, "0 where no 0 is allowed"),
            Self::TooLarge { got, max } => write!(f, "{got} is above the largest value of {max}"),
            Self::UnknownBits { bits } => write!(f, "the bits 0x{bits:x} belong to no flag"),
            Self::AboveLimit { got, max } => write!(f, "length {got} is above the limit of {max}"),
            Self::BelowLimit { got, min } => write!(f, "length {got} is below the limit of {min}"),
            Self::KeyOrder => write!(f, "the key is not greater than the one before it"),
            Self::NotMinimal => write!(f, "the variable-length number is not in its shortest form"),
            Self::Memory { needed, budget } => {
                write!(
                    f,
                    "{needed} bytes of memory are above what is left of the budget of {budget}"
                )
            }
            Self::TooDeep { max } => write!(f, "nested more than {max} levels deep"),
            Self::Refused { why } => f.write_str(why),
            Self::NotRepeatable => write!(f, "a second reading of the same bytes gave no error"),
        }
    }
}

impl fmt::Display for PackErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::BufferTooSmall { needed, available } => {
                write!(f, "the message takes {needed} bytes, the buffer has {available}")
            }
            Self::UnknownBits { bits } => write!(f, "the bits 0x{bits:x} belong to no flag"),
            Self::AboveLimit { got, max } => write!(f, "length {got} is above the limit of {max}"),
            Self::BelowLimit { got, min } => write!(f, "length {got} is below the limit of {min}"),
            Self::TooLarge { got, max } => write!(f, "{got} is above the largest value of {max}"),
            Self::OutOfRange { got, min, max } => write!(f, "{got} is outside {min}..={max}"),
            Self::KnownAsUnknown { id } => {
                write!(f, "{id} is known, so it cannot stand in the variant for unknown ones")
            }
            Self::TooDeep { max } => write!(f, "nested more than {max} levels deep"),
            Self::Refused { why } => f.write_str(why),
            Self::NotRepeatable => write!(f, "packing the same value again gave no error"),
        }
    }
}

/// `1 more byte`, `2 more bytes`.
struct MoreBytes(usize);

impl fmt::Display for MoreBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0 == 1 { "" } else { "s" };
        write!(f, "{} more byte{plural}", self.0)
    }
}

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
