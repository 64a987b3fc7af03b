//! Short names of what can be wrong, for logs, metrics and tests.

use super::{PackErrorKind, UnpackErrorKind};

impl UnpackErrorKind {
    /// A short name in snake case that never changes, whatever the text of the error becomes.
    ///
    /// ```
    /// use protocol_core::UnpackErrorKind;
    /// assert_eq!(UnpackErrorKind::TooShort { missing: 3 }.code(), "too_short");
    /// ```
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooShort { .. } => "too_short",
            Self::Trailing { .. } => "trailing",
            Self::GroupTooShort { .. } => "group_too_short",
            Self::GroupTooLong { .. } => "group_too_long",
            Self::UnknownMessage { .. } => "unknown_message",
            Self::OtherMessage { .. } => "other_message",
            Self::NotAllowed(_) => "not_allowed",
            Self::UnknownTag { .. } => "unknown_tag",
            Self::NotBool { .. } => "not_bool",
            Self::NotChar { .. } => "not_char",
            Self::NotUtf8 { .. } => "not_utf8",
            Self::Zero => "zero",
            Self::TooLarge { .. } => "too_large",
            Self::UnknownBits { .. } => "unknown_bits",
            Self::AboveLimit { .. } => "above_limit",
            Self::BelowLimit { .. } => "below_limit",
            Self::KeyOrder => "key_order",
            Self::NotMinimal => "not_minimal",
            Self::Memory { .. } => "memory",
            Self::TooDeep { .. } => "too_deep",
            Self::NoResult => "no_result",
            Self::OutOfRange { .. } => "out_of_range",
            Self::Unequal { .. } => "unequal",
            Self::NotTheConstant => "not_the_constant",
            Self::Reserved => "reserved",
            Self::NotZero { .. } => "not_zero",
            Self::Checksum { .. } => "checksum",
            Self::NoConversion => "no_conversion",
            Self::Check { .. } => "check",
            Self::Refused { .. } => "refused",
            Self::NotRepeatable => "not_repeatable",
        }
    }
}

impl PackErrorKind {
    /// A short name in snake case that never changes, whatever the text of the error becomes. All
    /// of them begin with `pack_`, so that no code of receiving is the same.
    ///
    /// ```
    /// use protocol_core::PackErrorKind;
    /// assert_eq!(PackErrorKind::TooLarge { got: 300, max: 255 }.code(), "pack_too_large");
    /// ```
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::BufferTooSmall { .. } => "pack_buffer_too_small",
            Self::AboveLimit { .. } => "pack_above_limit",
            Self::BelowLimit { .. } => "pack_below_limit",
            Self::HasTerminator { .. } => "pack_has_terminator",
            Self::TooLarge { .. } => "pack_too_large",
            Self::UnknownBits { .. } => "pack_unknown_bits",
            Self::OutOfRange { .. } => "pack_out_of_range",
            Self::KnownAsUnknown { .. } => "pack_known_as_unknown",
            Self::TooDeep { .. } => "pack_too_deep",
            Self::NoResult => "pack_no_result",
            Self::DoesNotFit { .. } => "pack_does_not_fit",
            Self::Disagree { .. } => "pack_disagree",
            Self::Missing => "pack_missing",
            Self::Superfluous => "pack_superfluous",
            Self::NoConversion => "pack_no_conversion",
            Self::Check { .. } => "pack_check",
            Self::Refused { .. } => "pack_refused",
            Self::NotRepeatable => "pack_not_repeatable",
        }
    }
}
