//! What can be wrong, with the numbers that were found and the numbers that are allowed.

use core::fmt;

use crate::rule::NotAllowed;

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
    /// The message may not come from this side, or not in this state of the conversation.
    NotAllowed(NotAllowed),
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
    /// The arithmetic that fields tell has no result: it is too large, divides by 0, or a quotient is
    /// not whole.
    NoResult,
    /// The number is outside the range that it must be in.
    OutOfRange {
        /// The number that stands on the wire, or that fields tell.
        got: i128,
        /// The smallest number allowed.
        min: i128,
        /// The largest number allowed.
        max: i128,
    },
    /// The number is not the one that it must be.
    Unequal {
        /// The number that stands on the wire.
        got: i128,
        /// The number that must stand there.
        expected: i128,
    },
    /// The bytes are not the constant that must stand there.
    NotTheConstant,
    /// Bytes that are reserved hold something.
    Reserved,
    /// A byte of padding is not 0.
    NotZero {
        /// The byte that stands on the wire.
        got: u8,
    },
    /// The checksum is not that of the bytes.
    Checksum {
        /// The checksum that stands on the wire.
        got: i128,
        /// The checksum of the bytes.
        expected: i128,
    },
    /// The value on the wire cannot be converted to the type of the field.
    NoConversion,
    /// A `check` does not hold.
    Check {
        /// What is wrong.
        why: &'static str,
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
    /// A byte of the value would end it on the wire.
    HasTerminator {
        /// The byte.
        byte: u8,
        /// Where it stands in the value, or in an element of the list.
        at: usize,
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
    /// The arithmetic that says what a field is has no result: it is too large, divides by 0, or a
    /// quotient is not whole.
    NoResult,
    /// The type of a field does not hold the number that other fields make it.
    DoesNotFit {
        /// The number.
        got: i128,
    },
    /// A length, a count or a tag is not what other fields tell.
    Disagree {
        /// What the other fields tell.
        told: i128,
        /// What the value has.
        got: i128,
    },
    /// A field is absent, and others say that it is there.
    Missing,
    /// A field is there, and others say that it is absent.
    Superfluous,
    /// The value cannot be converted to the type that stands on the wire.
    NoConversion,
    /// A `check` does not hold.
    Check {
        /// What is wrong.
        why: &'static str,
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
            | Self::UnknownBits { .. }
            | Self::OtherMessage { .. }
            | Self::UnknownTag { .. }
            | Self::NotBool { .. }
            | Self::NotChar { .. }
            | Self::TooLarge { .. }
            | Self::OutOfRange { .. }
            | Self::Unequal { .. }
            | Self::NotZero { .. }
            | Self::Checksum { .. } => Self::Refused { why: "the secret has a wrong value" },
            Self::TooShort { .. }
            | Self::Trailing { .. }
            | Self::GroupTooShort { .. }
            | Self::GroupTooLong { .. }
            | Self::NotAllowed(_)
            | Self::NotUtf8 { .. }
            | Self::Zero
            | Self::AboveLimit { .. }
            | Self::BelowLimit { .. }
            | Self::KeyOrder
            | Self::NotMinimal
            | Self::Memory { .. }
            | Self::TooDeep { .. }
            | Self::NoResult
            | Self::NotTheConstant
            | Self::Reserved
            | Self::NoConversion
            | Self::Check { .. }
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
            Self::NotAllowed(not_allowed) => fmt::Display::fmt(&not_allowed, f),
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
            Self::NoResult => f.write_str(NO_RESULT),
            Self::OutOfRange { got, min, max } => Outside { got, min, max }.fmt(f),
            Self::Unequal { got, expected } => write!(f, "{got} where {expected} must stand"),
            Self::NotTheConstant => write!(f, "not the constant that must stand here"),
            Self::Reserved => write!(f, "reserved, and not zero"),
            Self::NotZero { got } => write!(f, "0x{got:02x} where padding must be 0"),
            Self::Checksum { got, expected } => {
                write!(f, "checksum 0x{got:x}, and the bytes have 0x{expected:x}")
            }
            Self::NoConversion => write!(f, "the value does not fit the type of the field"),
            Self::Check { why } | Self::Refused { why } => f.write_str(why),
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
            Self::HasTerminator { byte, at } => {
                write!(f, "the byte 0x{byte:02x} at {at} of the value would end it")
            }
            Self::TooLarge { got, max } => write!(f, "{got} is above the largest value of {max}"),
            Self::KnownAsUnknown { id } => {
                write!(f, "{id} is known, so it cannot stand in the variant for unknown ones")
            }
            Self::TooDeep { max } => write!(f, "nested more than {max} levels deep"),
            Self::NoResult => f.write_str(NO_RESULT),
            Self::DoesNotFit { got } => write!(f, "{got} does not fit the type of the field"),
            Self::Disagree { told, got } => {
                write!(f, "{got} where earlier fields tell {told}")
            }
            Self::Missing => write!(f, "absent where earlier fields tell that it is there"),
            Self::Superfluous => write!(f, "there where earlier fields tell that it is absent"),
            Self::OutOfRange { got, min, max } => Outside { got, min, max }.fmt(f),
            Self::NoConversion => write!(f, "the value does not fit the type on the wire"),
            Self::Check { why } | Self::Refused { why } => f.write_str(why),
            Self::NotRepeatable => write!(f, "packing the same value again gave no error"),
        }
    }
}

const NO_RESULT: &str =
    "the relation of fields has no result: too large, not whole, or divided by 0";

/// A number outside its range.
struct Outside {
    got: i128,
    min: i128,
    max: i128,
}

impl fmt::Display for Outside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Outside { got, min, max } = *self;
        match (min, max) {
            (min, i128::MAX) => write!(f, "{got} is below {min}"),
            (i128::MIN, max) => write!(f, "{got} is above {max}"),
            (min, max) => write!(f, "{got} is outside {min}..={max}"),
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
