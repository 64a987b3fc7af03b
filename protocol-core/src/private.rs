//! What the derives name. Not for users: any of it may change in any release.

pub use core::clone::Clone;
pub use core::convert::{From, TryFrom};
pub use core::default::Default;
pub use core::option::Option::{self, None, Some};
pub use core::result::Result::{self, Err, Ok};

#[cfg(feature = "alloc")]
pub use alloc::boxed::Box;

pub use crate::bits::{PutBits, bit_bounds, run_bounds, run_len};
pub use crate::checked::Checked;
pub use crate::choice::{
    Choice, TagValue, assert_keeps, assert_tags, get_sized, get_tagged, integer_bounds, put_sized,
    put_tagged, sized_bounds, tag_within,
};
pub use crate::dispatch::{Keeps, Lists, Numbered, Route};
pub use crate::fields::{GetFields, PutFields};
pub use crate::format::{
    ByCount, ByLen, ByRest, Counted, Derived, Elsewhere, Exactly, Format, Own, Plain, Prefix, Rest,
    Secret, Seq, Width, Within,
};
pub use crate::message::{
    Id, Message, MessageInfo, MessageOf, Protocol, UnexpectedMessage, get_body, get_id,
    get_message, put_message, put_part, unknown_message,
};
#[cfg(feature = "alloc")]
pub use crate::message::{Unknown, get_unknown, put_unknown};
pub use crate::raw::{Lane, Probe};
pub use crate::relation::{
    Optional, agree, agree_presence, agree_tail, convert_get, convert_put, derived, get_align,
    get_group, get_told_group, get_zeros, is_true_in, measured, measured_anew, of_field, put_align,
    put_group, told_bounds, with_bit,
};
pub use crate::sink::{ascend, descend, known_tag};
pub use crate::types::{U24, U48, Varint};
pub use crate::verify::sum_of_packed;
pub use crate::{Big, Bounds, Endian, Fault, Little, Order, Pack, Reader, Sink, Unpack, Wire};

use crate::Limits;
use crate::message::id_len;

/// Checksums: `of(crc32, bytes)`, `of(By(path::of_user), bytes)`; `without_own` where the checksum
/// stands inside its own range.
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

/// The fewest bytes of a message, its number included.
#[must_use]
pub const fn message_min_len<'a, M: Message + Wire<'a>>() -> usize {
    id_len::<M::Id>().saturating_add(M::MIN)
}

/// The most bytes of a message, its number included.
#[must_use]
pub const fn message_max_len<'a, M: Message + Wire<'a>>() -> Option<usize> {
    match M::BOUNDS.max_len {
        Some(len) => len.checked_add(id_len::<M::Id>()),
        None => None,
    }
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

/// Stands in the impls of a type whose attributes are wrong: there the compiler stops anyway.
#[must_use]
pub fn never<T>() -> T {
    #[expect(clippy::unreachable, reason = "a crate with a derive error never runs")]
    {
        unreachable!("the derive reported an error")
    }
}

/// A protocol has at most one variant with each message type.
#[expect(non_camel_case_types, reason = "the name is read in the compiler's error")]
pub trait two_variants_with_msg_type<const ID: u64> {}

/// All messages of a protocol have different numbers: for protocols that the trait cannot compare,
/// because they are generic or too large.
#[track_caller]
pub const fn assert_all_distinct<P: Protocol>() {
    let mut rest = P::MESSAGES;
    while let [first, after @ ..] = rest {
        let mut others = after;
        while let [other, after @ ..] = others {
            if first.id == other.id {
                crate::report::two_messages(first.name, other.name, first.id)
            }
            others = after;
        }
        rest = after;
    }
}

/// A message's number has the width and the order of the protocol's.
pub const fn assert_same_id<M: Message, P: Protocol>() {
    let (message, protocol) = (id_len::<M::Id>(), id_len::<P::Id>());
    if message != protocol {
        crate::report::id_widths(M::NAME, message, P::NAME, protocol)
    }
    if message > 1 && M::IdOrder::BIG != P::IdOrder::BIG {
        crate::report::id_orders(M::NAME, M::IdOrder::BIG, P::NAME)
    }
}

/// A message's number is not one that its protocol reserves.
pub const fn assert_not_reserved<M: Message, P: Protocol>(reserved: &[(u64, u64)]) {
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

/// What unpacking a `T` returns.
pub type Got<T> = Result<T, Fault>;
