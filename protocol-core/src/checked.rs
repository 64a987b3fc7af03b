//! Numbers that relations between fields compute: checked, so that nothing wraps and nothing panics.

use crate::Number;

/// What an expression over fields has computed; nothing, if the arithmetic has no result: it left
/// the range of `i128`, divided by zero, or a quotient is not whole.
///
/// A condition is a number too: 0 does not hold, all else does.
#[derive(Debug, Clone, Copy)]
pub struct Checked(Option<i128>);

impl Checked {
    /// A number that is written in the source.
    #[must_use]
    #[inline(always)]
    pub const fn new(number: i128) -> Checked {
        Checked(Some(number))
    }

    /// The number in a field.
    #[must_use]
    #[inline(always)]
    pub fn of<T: Number>(number: &T) -> Checked {
        Checked(number.to_i128())
    }

    /// The number that a field holds, if it is one.
    #[must_use]
    #[inline(always)]
    pub const fn of_number(number: Option<i128>) -> Checked {
        Checked(number)
    }

    /// A number that was not computed.
    pub(crate) const NONE: Checked = Checked(None);

    /// The result, if there is one.
    #[must_use]
    #[inline(always)]
    pub fn result(self) -> Option<i128> {
        self.0
    }

    #[inline(always)]
    fn with(self, other: Checked, op: fn(i128, i128) -> Option<i128>) -> Checked {
        match (self.0, other.0) {
            (Some(left), Some(right)) => Checked(op(left, right)),
            _ => Checked::NONE,
        }
    }

    /// `-self`
    #[must_use]
    #[inline(always)]
    pub fn negative(self) -> Checked {
        Checked(self.0.and_then(i128::checked_neg))
    }

    /// Whether this does not hold.
    #[must_use]
    #[inline(always)]
    #[expect(clippy::should_implement_trait, reason = "a condition is turned, and no bits")]
    pub fn not(self) -> Checked {
        Checked(self.0.map(|number| i128::from(number == 0)))
    }

    /// Whether both hold. The second one need have no result if the first one does not hold.
    #[must_use]
    #[inline(always)]
    pub fn and(self, other: Checked) -> Checked {
        if self.0 == Some(0) { self } else { self.with(other, |_, right| Some(truth(right != 0))) }
    }

    /// Whether one holds. The second one need have no result if the first one holds.
    #[must_use]
    #[inline(always)]
    pub fn or(self, other: Checked) -> Checked {
        match self.0 {
            Some(0) => Checked(other.0.map(|right| truth(right != 0))),
            Some(_) => Checked::new(1),
            None => Checked::NONE,
        }
    }
}

const fn truth(holds: bool) -> i128 {
    holds as i128
}

/// The sum of a quotient is exact: `7 / 2` has no result.
fn divide(left: i128, right: i128) -> Option<i128> {
    match left.checked_rem(right)? {
        0 => left.checked_div(right),
        _ => None,
    }
}

fn shift(number: i128, by: i128, op: fn(i128, u32) -> Option<i128>) -> Option<i128> {
    op(number, u32::try_from(by).ok()?)
}

/// No bit is shifted out.
fn shift_left(number: i128, by: u32) -> Option<i128> {
    let factor = 1_i128.checked_shl(by).filter(|factor| *factor > 0)?;
    number.checked_mul(factor)
}

macro_rules! operators {
    ($($(#[$doc:meta])* $name:ident: |$left:ident, $right:ident| $result:expr;)*) => {
        impl Checked {
            $(
                $(#[$doc])*
                #[must_use]
                #[inline(always)]
                pub fn $name(self, other: Checked) -> Checked {
                    self.with(other, |$left, $right| $result)
                }
            )*
        }
    };
}

operators! {
    /// `self + other`
    plus: |left, right| left.checked_add(right);
    /// `self - other`
    minus: |left, right| left.checked_sub(right);
    /// `self * other`
    times: |left, right| left.checked_mul(right);
    /// `self / other`, if that is whole
    divided: |left, right| divide(left, right);
    /// `self % other`
    remainder: |left, right| left.checked_rem(right);
    /// `self & other`
    bit_and: |left, right| Some(left & right);
    /// `self | other`
    bit_or: |left, right| Some(left | right);
    /// `self ^ other`
    bit_xor: |left, right| Some(left ^ right);
    /// `self << other`
    shift_left: |left, right| shift(left, right, shift_left);
    /// `self >> other`
    shift_right: |left, right| shift(left, right, i128::checked_shr);
    /// `self == other`
    equal: |left, right| Some(truth(left == right));
    /// `self != other`
    unequal: |left, right| Some(truth(left != right));
    /// `self < other`
    less: |left, right| Some(truth(left < right));
    /// `self <= other`
    less_equal: |left, right| Some(truth(left <= right));
    /// `self > other`
    greater: |left, right| Some(truth(left > right));
    /// `self >= other`
    greater_equal: |left, right| Some(truth(left >= right));
}

#[cfg(test)]
mod tests {
    use super::Checked;

    const MAX: Checked = Checked::new(i128::MAX);
    const MIN: Checked = Checked::new(i128::MIN);
    const ZERO: Checked = Checked::new(0);

    fn number(number: i128) -> Checked {
        Checked::new(number)
    }

    #[test]
    fn what_has_no_result_is_none() {
        let none = [
            MAX.plus(number(1)),
            MIN.minus(number(1)),
            MAX.times(number(2)),
            MIN.negative(),
            number(1).divided(ZERO),
            number(1).remainder(ZERO),
            number(7).divided(number(2)),
            MIN.divided(number(-1)),
            number(1).shift_left(number(127)),
            number(1).shift_left(number(-1)),
            number(1).shift_right(number(128)),
            Checked::of(&u128::MAX),
            Checked::NONE.or(number(1)),
            number(1).and(Checked::NONE),
        ];
        for (index, number) in none.into_iter().enumerate() {
            assert_eq!(number.result(), None, "{index}");
        }
    }

    #[test]
    fn the_second_condition_may_have_no_result() {
        assert_eq!(ZERO.and(Checked::NONE).result(), Some(0));
        assert_eq!(number(3).or(Checked::NONE).result(), Some(1));
        assert_eq!(number(6).divided(number(-2)).result(), Some(-3));
        assert_eq!(number(5).not().result(), Some(0));
    }
}
