//! What the derives name. Not for users: any of it may change in any release.

pub use core::clone::Clone;
pub use core::convert::{From, TryFrom};
pub use core::default::Default;
pub use core::option::Option::{self, None, Some};
pub use core::result::Result::{self, Err, Ok};

#[cfg(feature = "alloc")]
pub use alloc::boxed::Box;

pub use crate::__words as words;
pub use crate::bits::{PutBits, bit_bounds, run_bounds, run_len};
pub use crate::bounds::Fields;
pub use crate::checked::Checked;
pub use crate::choice::{
    Choice, TagValue, assert_keeps, assert_tags, get_sized, get_tagged, integer_bounds,
    put_body_group, put_sized, put_tagged, sized_bounds, tag_within,
};
pub use crate::conversation::{
    Allows, AnyState, ClientSide, Converses, Phase, Request, Rule, ServerSide, Side, Stays,
    received_behind,
};
pub use crate::dispatch::{Keeps, KeepsBehind, Lists, ListsBehind, Route, RouteBehind, Stands};
pub use crate::fields::{GetFields, PutFields};
pub use crate::format::{
    ByCount, ByLen, ByRest, Converted, Counted, Derived, Elsewhere, Exactly, Format, Orders, Own,
    PadTo, Plain, Prefix, Rest, Secret, Selects, Seq, Until, Width, Within, bounds_of_inner,
};
#[expect(deprecated, reason = "what is named there shall warn")]
pub use crate::growth::CANNOT_GROW;
pub use crate::growth::{AnyField, Growth, ListOfEnums, ListOfStructs};
pub use crate::header::{
    Body, HasHeader, Header, UnpackBehind, get_headed, get_only, id_behind, like, number_behind,
    put_behind, role, unknown_behind, wrong_constant,
};
pub use crate::known::{Blank, NoBlank, Unsent, Whole, blank_bounds};
pub use crate::message::{
    Alone, Id, Message, MessageInfo, MessageOf, Protocol, Spoken, UnexpectedMessage, get_body,
    get_id, get_message, put_message, put_part, unknown_message,
};
#[cfg(feature = "alloc")]
pub use crate::message::{Unknown, get_unknown, put_unknown};
pub use crate::number::Number;
pub use crate::raw::{Lane, Probe};
pub use crate::relation::{
    Optional, agree, agree_presence, agree_tail, derived, get_align, get_group, get_told_group,
    get_zeros, is_true_in, measured, measured_anew, of_field, put_align, sized_body_bounds,
    told_bounds, with_bit,
};
pub use crate::report::never;
pub use crate::sink::{ascend, descend, known_tag};
#[cfg(feature = "bitflags")]
pub use crate::types::{Flags, flags_from_i128, get_flags, put_flags};
pub use crate::types::{U24, U48, Varint};
pub use crate::verify::{outside, sum_beside, sum_inside, sum_of_packed};
pub use crate::wire::{get_fields, put_fields};
pub use crate::{Big, Bounds, Endian, Fault, Little, Order, Pack, Reader, Sink, Unpack, Wire};

pub use crate::message::id_len;
use crate::{Limits, PackErrorKind, UnpackError, UnpackErrorKind};

/// The words of attributes, by where they go.
#[cfg(rust_analyzer)]
pub mod words_at {
    pub use crate::words::*;
}

/// Checksums by name: `crc32`, `By(path::of_user)`.
pub mod checksum {
    pub use crate::checksum::digest::*;
}

/// The sum of sizes.
#[must_use]
pub const fn sum(sizes: &[usize]) -> usize {
    let mut total = 0_usize;
    let mut rest = sizes;
    while let [size, after @ ..] = rest {
        total = total.saturating_add(*size);
        rest = after;
    }
    total
}

/// The smallest of sizes; 0 if there is none.
#[must_use]
pub const fn least(sizes: &[usize]) -> usize {
    let [mut least, ref rest @ ..] = *sizes else {
        return 0;
    };
    let mut rest = rest;
    while let [size, after @ ..] = rest {
        if *size < least {
            least = *size;
        }
        rest = after;
    }
    least
}

/// The largest of numbers; 0 if there is none.
#[must_use]
pub const fn largest(numbers: &[usize]) -> usize {
    let mut largest = 0;
    let mut rest = numbers;
    while let [number, after @ ..] = rest {
        if *number > largest {
            largest = *number;
        }
        rest = after;
    }
    largest
}

/// The largest of sizes; none if one of them has no bound.
#[must_use]
pub const fn most(sizes: &[Option<usize>]) -> Option<usize> {
    let mut most = 0;
    let mut rest = sizes;
    while let [size, after @ ..] = rest {
        match size {
            Some(size) if *size > most => most = *size,
            Some(_) => {}
            None => return None,
        }
        rest = after;
    }
    Some(most)
}

/// A length that is always the same; 0 if it is not.
#[must_use]
pub const fn fixed_len(min: usize, bounds: Bounds) -> usize {
    match bounds.max_len {
        Some(max) if max == min => min,
        _ => 0,
    }
}

/// The fewest bytes of what stands behind the header of `P`, which is one of several bodies: of each the
/// fewest bytes and the bounds.
#[must_use]
pub const fn min_len_behind<P: HasHeader>(bodies: &[(usize, Bounds)]) -> usize {
    let mut least = usize::MAX;
    let mut rest = bodies;
    while let [(min, _), after @ ..] = rest {
        if *min < least {
            least = *min;
        }
        rest = after;
    }
    <P::Header as Wire<'static>>::MIN.saturating_add(if bodies.is_empty() { 0 } else { least })
}

/// The most bytes of what stands behind the header of `P`.
#[must_use]
pub const fn max_len_behind<P: HasHeader>(bodies: &[(usize, Bounds)]) -> Option<usize> {
    bounds_behind::<P>(bodies).max_len
}

/// The most bytes of heap that a byte behind the header of `P`, or in it, can cost.
#[must_use]
pub const fn memory_behind<P: HasHeader>(bodies: &[(usize, Bounds)]) -> usize {
    bounds_behind::<P>(bodies).memory_per_byte
}

const fn bounds_behind<P: HasHeader>(bodies: &[(usize, Bounds)]) -> Bounds {
    let mut all = Bounds::at_most(0, 0);
    let mut rest = bodies;
    while let [(_, bounds), after @ ..] = rest {
        all = Bounds::either(&[all, *bounds]);
        rest = after;
    }
    <P::Header as Wire<'static>>::BOUNDS.then(all)
}

/// The fewest bytes of a message, its number included.
#[must_use]
pub const fn message_min_len<'a, M: Message + Wire<'a>>() -> usize {
    id_len::<M::Id>(M::ID).saturating_add(M::MIN)
}

/// The most bytes of a message, its number included.
#[must_use]
pub const fn message_max_len<'a, M: Message + Wire<'a>>() -> Option<usize> {
    match M::BOUNDS.max_len {
        Some(len) => len.checked_add(id_len::<M::Id>(M::ID)),
        None => None,
    }
}

/// The most bytes of a value, if there is a bound.
pub type MaxLen = Option<usize>;

/// Whether a value's own bytes tell where it ends.
#[must_use]
pub const fn tells_end<'a, T: Wire<'a>>() -> bool {
    T::BOUNDS.tells_end()
}

/// Whether all of these are so.
#[must_use]
pub const fn all(of: &[bool]) -> bool {
    let mut rest = of;
    while let [one, after @ ..] = rest {
        if !*one {
            return false;
        }
        rest = after;
    }
    true
}

/// The most bytes of heap that one byte of a value costs.
#[must_use]
pub const fn memory<'a, T: Wire<'a>>() -> usize {
    T::BOUNDS.memory_per_byte
}

/// How many levels of a `T` may nest: at most `max`, and no more than a small stack holds, since each
/// level is made on the stack before it is boxed.
#[must_use]
pub const fn levels<T>(max: u32) -> u32 {
    /// The most levels that any type may ask for; also the default of `Limits::depth`.
    const LEVELS_MAX: usize = Limits::DEFAULT.depth as usize;
    /// The most bytes of values that may lie in each other. A level costs several times its size in
    /// a debug build, and a thread has 2 MiB.
    const NESTED_MAX: usize = 128 * 1024;
    let size = if size_of::<T>() == 0 { 1 } else { size_of::<T>() };
    let fitting = if size > NESTED_MAX { 1 } else { NESTED_MAX / size };
    let fitting = if fitting > LEVELS_MAX { LEVELS_MAX } else { fitting };
    #[expect(clippy::cast_possible_truncation, reason = "at most LEVELS_MAX")]
    let fitting = fitting as u32;
    if fitting < max { fitting } else { max }
}

/// The number of the message at this place of a protocol is none of those before it.
#[track_caller]
pub const fn assert_number_is_new<P: Protocol>(place: usize) {
    let (before, from) = P::MESSAGES.split_at(place);
    let [message, ..] = from else { return };
    let mut rest = before;
    while let [other, after @ ..] = rest {
        if message.id == other.id {
            crate::report::two_messages(other.name, message.name, message.id)
        }
        rest = after;
    }
}

/// The smallest value of a type is within its `max_len`.
#[track_caller]
pub const fn assert_capped<T: Pack>(most: usize) {
    if T::MIN_LEN > most {
        crate::report::above_max_len(T::NAME, T::MIN_LEN, most)
    }
}

/// Refuses a value that is written from the position `start` on, after `before` bytes, and takes more
/// than `most` with them.
///
/// # Errors
/// If it does.
#[inline]
pub fn put_capped<W: Sink>(w: &W, start: usize, before: usize, most: usize) -> Put {
    let len = w.position().saturating_sub(start).saturating_add(before);
    if len <= most {
        return Ok(());
    }
    Err(w.fault(PackErrorKind::AboveLimit { got: len as u64, max: most as u64 }))
}

/// Refuses a value that was read from `start` on, after `before` bytes, and takes more than `most`
/// with them.
///
/// # Errors
/// If it does.
#[inline]
pub fn get_capped(r: &Reader<'_, '_>, start: &[u8], before: usize, most: usize) -> Put {
    let len = start.len().saturating_sub(r.left()).saturating_add(before);
    if len <= most {
        return Ok(());
    }
    Err(r.fault_at(start, UnpackErrorKind::AboveLimit { got: len as u64, max: most as u64 }))
}

/// What a table holds of a message.
#[must_use]
pub const fn id_and_name<M: Message>() -> (u64, &'static str) {
    (M::ID, M::NAME)
}

/// A message's number has the width and the order of the protocol's.
#[track_caller]
pub const fn assert_same_id<M: Message, P: Spoken>() {
    let message = id_len::<M::Id>(M::Id::MOST);
    if M::Id::MOST != P::Id::MOST {
        crate::report::id_widths(M::NAME, message, P::NAME, id_len::<P::Id>(P::Id::MOST))
    }
    if message > 1 && M::Id::MOST != u64::MAX && M::IdOrder::BIG != P::IdOrder::BIG {
        crate::report::id_orders(M::NAME, M::IdOrder::BIG, P::NAME)
    }
}

/// A message's number is not one that its protocol reserves.
#[track_caller]
pub const fn assert_not_reserved<M: Message, P: Spoken>(reserved: &[(u64, u64)]) {
    let mut rest = reserved;
    while let [(first, last), after @ ..] = rest {
        if *first <= M::ID && M::ID <= *last {
            crate::report::reserved(M::NAME, M::ID, P::NAME)
        }
        rest = after;
    }
}

/// What packing returns.
pub type Put = Result<(), Fault>;

/// What setting a field of a header returns.
pub type SetRole = Result<(), PackErrorKind>;

/// What the length in a header says.
pub type BodyLen = Result<Option<usize>, UnpackErrorKind>;

/// What is said of a message that came, by its number alone.
pub type Received = Result<Phase, UnpackError>;

/// What unpacking a `T` returns.
pub type Got<T> = Result<T, Fault>;
