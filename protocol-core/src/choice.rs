//! Enums on the wire: a tag, then the fields of the variant that the tag stands for.
//!
//! The tag and the body are apart, so that the tag may stand elsewhere: in a field before the enum,
//! or in a header. Where it stands directly before the body is said by the functions here.

use core::marker::PhantomData;

use crate::format::{Content, Prefix, Width, group_bounds, put_group};
use crate::trail::Step;
use crate::{Bounds, Fault, Order, PackErrorKind, Reader, Sink, U24, U40, U48, U56, Wire};

/// An enum whose variants have tags: what `#[derive(Wire)]` implements for every enum.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no variants with tags",
    label = "needs to be an enum with `#[derive(Wire)]`"
)]
pub trait Choice<'a>: Wire<'a> {
    /// The fewest bytes that the fields of a variant take.
    const BODY_MIN: usize = 0;

    /// The tag of the variant.
    fn tag(&self) -> u64;

    /// Writes the fields of the variant; `keep` more bytes are known to follow them.
    ///
    /// # Errors
    /// A [`Fault`] if the value breaks a rule of its layout, or the sink is full.
    fn put_body<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault>;

    /// Reads the fields of the variant with this tag; at least `keep` more bytes must follow them.
    ///
    /// # Errors
    /// A [`Fault`] if no variant has the tag, or the bytes are no such fields, or end too early.
    fn get_body<O: Order>(tag: u64, r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault>;
}

/// Writes the tag as an `N` in the order `T`, and the fields after it.
#[inline(always)]
pub fn put_tagged<'a, C: Choice<'a>, N: Width, T: Order, O: Order, W: Sink>(
    value: &C,
    w: &mut W,
    keep: usize,
) -> Result<(), Fault> {
    put_tag::<N, T, W>(value.tag(), w)?;
    value.put_body::<O, W>(w, keep)
}

/// Reads the tag as an `N` in the order `T`, and the fields after it.
#[inline(always)]
pub fn get_tagged<'a, C: Choice<'a>, N: Width, T: Order, O: Order>(
    r: &mut Reader<'a, '_>,
    keep: usize,
) -> Result<C, Fault> {
    let start = r.rest();
    let tag = N::get::<T>(r, keep)?;
    let value = C::get_body::<O>(tag, r, keep);
    if O::TRACED && value.is_err() {
        r.tag_stood_at(start);
    }
    value
}

/// Writes the tag as an `N` in the order `T`, the byte length of the fields as an `L` in the order
/// `U`, and the fields.
#[inline]
pub fn put_sized<'a, C, N, T, L, U, O, W>(value: &C, w: &mut W, keep: usize) -> Result<(), Fault>
where
    C: Choice<'a>,
    N: Width,
    T: Order,
    L: Width,
    U: Order,
    O: Order,
    W: Sink,
{
    put_tag::<N, T, W>(value.tag(), w)?;
    put_group::<Prefix<L, U>, W>(&Fields::<C, O>(value, PhantomData), w, keep)
}

/// The fields of a variant, as the content of a group in the order `O`.
struct Fields<'v, C, O>(&'v C, PhantomData<O>);

impl<'a, C: Choice<'a>, O: Order> Content for Fields<'_, C, O> {
    #[inline(always)]
    fn put<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        self.0.put_body::<O, W>(w, 0)
    }
}

/// Reads the tag as an `N` in the order `T`, the byte length of the fields as an `L` in the order `U`,
/// and the fields, which take exactly these bytes.
#[inline]
pub fn get_sized<'a, C, N, T, L, U, O>(r: &mut Reader<'a, '_>, keep: usize) -> Result<C, Fault>
where
    C: Choice<'a>,
    N: Width,
    T: Order,
    L: Width,
    U: Order,
    O: Order,
{
    let start = r.rest();
    let tag = N::get::<T>(r, keep.wrapping_add(L::MIN))?;
    let len = if O::TRACED {
        r.traced(Step::Field("len"), |r| L::get::<U>(r, keep))?
    } else {
        L::get::<U>(r, keep)?
    };
    // What does not fit the address space cannot have been received either.
    let len = usize::try_from(len).unwrap_or(usize::MAX);
    let mut fields = r.sub(len)?;
    let value = C::get_body::<O>(tag, &mut fields, 0);
    if O::TRACED && value.is_err() {
        r.tag_stood_at(start);
    }
    let value = value?;
    fields.done()?;
    Ok(value)
}

/// The bounds of fields behind their length: they end with it, so what takes the rest may be last.
#[must_use]
pub const fn sized_bounds<L: Width>(fields: Bounds) -> Bounds {
    group_bounds::<Prefix<L, crate::Big>>(fields)
}

/// The bounds of a number.
#[must_use]
pub const fn integer_bounds<N: Width>() -> Bounds {
    if N::MIN == N::MAX { Bounds::exactly(N::MAX) } else { Bounds::at_most(N::MAX, 0) }
}

#[inline(always)]
fn put_tag<N: Width, T: Order, W: Sink>(tag: u64, w: &mut W) -> Result<(), Fault> {
    if tag > N::MOST {
        return Err(w.fault(PackErrorKind::TooLarge { got: tag, max: N::MOST }));
    }
    N::put::<T, W>(tag, w)
}

/// A number that a variant keeps its tag in, where one variant stands for several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep a tag",
    label = "write the type of the tag here, such as `u8`; a `varint` is kept in a `u64`"
)]
pub trait TagValue: Sized {
    /// The largest tag that it can keep.
    const MOST: u64;

    /// The tag.
    fn tag(&self) -> u64;

    /// Keeps the tag.
    ///
    /// # Errors
    /// A [`Fault`] if it is too small for the tag, which then belongs to no variant.
    fn keep(tag: u64, r: &Reader<'_, '_>) -> Result<Self, Fault>;
}

macro_rules! tag_value {
    ($($type:ty: $most:expr),*) => {$(
        impl TagValue for $type {
            const MOST: u64 = $most;

            #[inline(always)]
            fn tag(&self) -> u64 {
                u64::from(*self)
            }

            #[inline(always)]
            fn keep(tag: u64, r: &Reader<'_, '_>) -> Result<$type, Fault> {
                <$type>::try_from(tag).map_err(|_| r.unknown_tag(tag))
            }
        }
    )*};
}

tag_value!(
    u8: u8::MAX as u64,
    u16: u16::MAX as u64,
    u32: u32::MAX as u64,
    u64: u64::MAX,
    U24: U24::MAX.get() as u64,
    U40: U40::MAX.get(),
    U48: U48::MAX.get(),
    U56: U56::MAX.get()
);

/// Refuses a tag outside of the range that its variant stands for.
///
/// # Errors
/// A [`Fault`] if it is.
#[inline(always)]
pub fn tag_within<W: Sink>(
    w: &W,
    tag: u64,
    first: u64,
    last: u64,
    name: &'static str,
) -> Result<(), Fault> {
    if first <= tag && tag <= last {
        return Ok(());
    }
    let (got, min, max) = (i128::from(tag), i128::from(first), i128::from(last));
    let fault = w.fault(PackErrorKind::OutOfRange { got, min, max });
    Err(w.at(fault, Step::Field(name)))
}

/// The variant that keeps tags up to `kept` can keep every tag up to `most`. Without bounds, so that a
/// type that keeps none is one error.
#[track_caller]
pub const fn assert_keeps(variant: &str, kept: u64, most: u64) {
    if kept < most {
        crate::report::tag_not_kept(variant, kept, most)
    }
}

/// No two variants stand for the same tag: for tags that only the
/// compiler can compute. Each variant has its name, and the first and the last of its tags.
#[track_caller]
pub const fn assert_tags(variants: &[(&str, u64, u64)]) {
    let mut rest = variants;
    while let [(name, first, last), after @ ..] = rest {
        let mut others = after;
        while let [(other, from, to), after @ ..] = others {
            if *first <= *to && *from <= *last {
                let shared = if *first < *from { *from } else { *first };
                crate::report::two_variants(name, other, shared)
            }
            others = after;
        }
        rest = after;
    }
}
