//! Numbers of any width as one kind: what relations, conversions and flags compute with.
//!
//! Knows nothing of bytes. A relation computes in `i128`, whatever the types of the fields are, so
//! that nothing wraps; what leaves a type's range is refused where it goes back into the type.

use core::fmt;
use core::num::NonZero;

/// A whole number that a field can hold: all integers, `bool`, [`NonZero`], and the number types of
/// this crate.
///
/// ```
/// use protocol_core::{Number, U24};
///
/// assert_eq!(U24::MAX.to_i128(), Some(0xff_ffff));
/// assert_eq!(U24::from_i128(0x100_0000), None);
/// assert_eq!(bool::from_i128(1), Some(true));
/// assert_eq!(u128::MAX.to_i128(), None);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a whole number",
    label = "an integer, `bool`, `NonZero` or a number type of `protocol_core` belongs here"
)]
pub trait Number: Sized {
    /// The number; `None` above the range of `i128`.
    fn to_i128(&self) -> Option<i128>;

    /// The value that is the number `n`, if there is one.
    fn from_i128(n: i128) -> Option<Self>;
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Number for $type {
            #[inline(always)]
            fn to_i128(&self) -> Option<i128> {
                i128::try_from(*self).ok()
            }

            #[inline(always)]
            fn from_i128(n: i128) -> Option<$type> {
                <$type>::try_from(n).ok()
            }
        }

        impl Number for NonZero<$type> {
            #[inline(always)]
            fn to_i128(&self) -> Option<i128> {
                self.get().to_i128()
            }

            #[inline(always)]
            fn from_i128(n: i128) -> Option<NonZero<$type>> {
                NonZero::new(<$type>::from_i128(n)?)
            }
        }
    )*};
}

integers!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);

/// 0 is `false`, 1 is `true`.
impl Number for bool {
    #[inline(always)]
    fn to_i128(&self) -> Option<i128> {
        Some(i128::from(*self))
    }

    #[inline(always)]
    fn from_i128(n: i128) -> Option<bool> {
        match n {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

/// A number that does not fit the type that it was to become.
///
/// ```
/// use protocol_core::U24;
///
/// let error = U24::try_from(16_777_216_u32).unwrap_err();
/// assert_eq!(error.to_string(), "16777216 is outside 0..=16777215");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange {
    got: i128,
    min: i128,
    max: i128,
}

impl OutOfRange {
    pub(crate) fn new(got: i128, min: i128, max: i128) -> OutOfRange {
        OutOfRange { got, min, max }
    }
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let OutOfRange { got, min, max } = self;
        write!(f, "{got} is outside {min}..={max}")
    }
}

impl core::error::Error for OutOfRange {}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_back<T: Number + PartialEq + fmt::Debug>(value: T) {
        let n = value.to_i128().expect("it is in range");
        assert_eq!(T::from_i128(n), Some(value));
    }

    #[test]
    fn the_ends_of_each_range_come_back_and_nothing_beyond_them() {
        macro_rules! ends {
            ($($type:ty),*) => {$(
                is_back(<$type>::MIN);
                is_back(<$type>::MAX);
                assert_eq!(<$type>::from_i128(i128::from(<$type>::MAX) + 1), None);
                assert_eq!(<$type>::from_i128(i128::from(<$type>::MIN) - 1), None);
            )*};
        }
        ends!(u8, u16, u32, u64, i8, i16, i32, i64);
        is_back(i128::MIN);
        is_back(i128::MAX);
        is_back(usize::MAX);
        assert_eq!(u128::from_i128(-1), None);
        assert_eq!(u128::MAX.to_i128(), None);
    }

    #[test]
    fn bool_is_0_or_1_and_non_zero_is_not_0() {
        is_back(true);
        is_back(false);
        assert_eq!(bool::from_i128(2), None);
        assert_eq!(bool::from_i128(-1), None);
        assert_eq!(NonZero::<u8>::from_i128(0), None);
        is_back(NonZero::<i64>::MIN);
    }
}
