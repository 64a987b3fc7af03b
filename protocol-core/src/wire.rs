//! The traits of the codec: a type with a layout of its own, and a format chosen for a field.
//!
//! One trait carries both directions. So a field whose type has no layout breaks one bound, and the
//! user reads one error. The lifetime is that of the bytes a value borrows from when it is read.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::array;
#[cfg(feature = "alloc")]
use core::marker::PhantomData;

use crate::fields::{GetFields, PutFields};
use crate::raw::Probe;
#[cfg(feature = "alloc")]
use crate::raw::{self, Image, Lend, Make};
use crate::trail::Step;
use crate::{Bounds, Fault, Order, Reader, Sink};

/// A type with a layout on the wire: what `#[derive(Wire)]` and `#[derive(Message)]` implement.
///
/// `'a` is the lifetime of the bytes that a value may borrow. Generic code writes `T: Wire<'a>`, or
/// [`T: WireOwned`](WireOwned) where nothing is borrowed.
///
/// The constants are hints. Each read and each write checks for itself, so a wrong constant in a
/// hand-written impl gives a wrong error and never undefined behaviour.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no wire format",
    label = "derive `Message` or `Wire` for it if it is yours",
    note = "numbers of fixed width, text, bytes, lists, ordered maps, `Option` and arrays have one",
    note = "instead of `usize` write `u32` or `u64`, instead of `HashMap` `BTreeMap`, \
            instead of `Rc` and pointers the value itself"
)]
pub trait Wire<'a>: Sized {
    /// The fewest bytes a value takes.
    const MIN: usize;

    /// The most bytes a value takes, and the memory it may cost.
    ///
    /// It reads the same constant of all that the type contains, so a circle of types without a
    /// counted depth does not compile.
    const BOUNDS: Bounds;

    /// Whether the value is a number with a sign, which goes through a bit field.
    #[doc(hidden)]
    const SIGNED: bool = false;

    /// Writes the value; `keep` more bytes are known to follow it.
    ///
    /// # Errors
    /// A [`Fault`] if the value breaks a rule of its layout, or the sink is full.
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault>;

    /// Reads a value; at least `keep` more bytes must follow it.
    ///
    /// # Errors
    /// A [`Fault`] if the bytes are no such value, or end too early.
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault>;

    /// Lends each number of the value, if it is made of numbers alone, in the order of the wire.
    #[doc(hidden)]
    #[inline(always)]
    fn lanes<'s, O: Order>(&'s self, probe: &mut Probe<'s>) {
        probe.refuse();
    }

    /// Writes many values one after the other.
    #[doc(hidden)]
    #[inline]
    fn put_all<O: Order, W: Sink>(items: &[Self], w: &mut W, keep: usize) -> Result<(), Fault> {
        #[cfg(feature = "alloc")]
        if may_be_image::<Self>() {
            if let Some(image) = raw::image::<Self, Pieces<'_, 'a, '_, O>>(items) {
                return put_image(image, w, keep);
            }
        }
        w.locally(|w| {
            for (index, item) in items.iter().enumerate() {
                item.put::<O, W>(w, 0).map_err(|fault| w.at(fault, Step::Index(index)))?;
            }
            w.need(keep)
        })
    }

    /// Reads `count` values that stand one after the other. The caller has made sure that there
    /// are bytes for them, and has charged the memory.
    #[cfg(feature = "alloc")]
    #[doc(hidden)]
    #[inline]
    fn get_all<O: Order>(r: &mut Reader<'a, '_>, count: usize) -> Result<Vec<Self>, Fault> {
        if may_be_image::<Self>() && !O::TRACED {
            let wire = r.bytes(count.saturating_mul(Self::MIN))?;
            return raw::from_wire(wire, &Pieces { reader: r, order: PhantomData::<O> });
        }
        let mut items = Vec::with_capacity(count);
        r.locally(|r| {
            for index in 0..count {
                items.push(if O::TRACED {
                    r.traced(Step::Index(index), |r| Self::get::<O>(r, 0))?
                } else {
                    Self::get::<O>(r, 0)?
                });
            }
            Ok(items)
        })
    }

    /// Reads an array of values.
    #[doc(hidden)]
    #[inline(always)]
    fn get_array<O: Order, const LEN: usize>(
        r: &mut Reader<'a, '_>,
        _keep: usize,
    ) -> Result<[Self; LEN], Fault> {
        array_of(|index| {
            if O::TRACED {
                return r.traced(Step::Index(index), |r| Self::get::<O>(r, 0));
            }
            Self::get::<O>(r, 0)
        })
    }

    /// The fewest bytes of the value in a field that is filled up with zeros.
    #[doc(hidden)]
    const MIN_PADDED: usize = Self::MIN;

    /// Writes the value and zeros, `WIDTH` bytes together.
    #[doc(hidden)]
    #[inline]
    fn put_padded<O: Order, W: Sink, const WIDTH: usize>(&self, w: &mut W) -> Result<(), Fault> {
        let start = w.position();
        self.put::<O, W>(w, 0)?;
        let zeros = crate::sink::free(w.position().wrapping_sub(start), WIDTH, w)?;
        w.zeros(zeros)
    }

    /// Reads a value and zeros, all bytes of a cursor over `WIDTH` of them.
    #[doc(hidden)]
    #[inline]
    fn get_padded<O: Order, const WIDTH: usize>(r: &mut Reader<'a, '_>) -> Result<Self, Fault> {
        let value = Self::get::<O>(r, 0)?;
        r.zeros(r.left())?;
        Ok(value)
    }

    /// The bytes that values of one byte are, if these are plain bytes.
    #[doc(hidden)]
    #[inline(always)]
    fn plain_bytes(_items: &[Self]) -> Option<&[u8]> {
        None
    }

    /// Writes the value as the field `name`.
    #[doc(hidden)]
    #[inline(always)]
    fn put_field<O: Order, W: Sink>(
        &self,
        fields: &mut PutFields<'_, O, W>,
        name: &'static str,
    ) -> Result<(), Fault> {
        let (w, keep) = fields.next(Self::MIN);
        self.put::<O, W>(w, keep).map_err(|fault| w.at(fault, Step::Field(name)))
    }

    /// Reads the value of the field `name`.
    #[doc(hidden)]
    #[inline(always)]
    fn get_field<O: Order>(
        fields: &mut GetFields<'_, 'a, '_, O>,
        name: &'static str,
    ) -> Result<Self, Fault> {
        let (r, keep) = fields.next(Self::MIN);
        if O::TRACED {
            return r.traced(Step::Field(name), |r| Self::get::<O>(r, keep));
        }
        Self::get::<O>(r, keep)
    }
}

impl<'a> Reader<'a, '_> {
    /// Reads a value in the format of its type, its numbers in the order `O`.
    ///
    /// It counts as a level of nesting, since a value that is read so may contain the one that reads
    /// it, and no constant of theirs says so.
    ///
    /// # Errors
    /// If the bytes are no such value, or end too early, or values nest more than 64 levels deep.
    #[inline]
    pub fn read<T: Wire<'a>, O: Order>(&mut self) -> Result<T, Fault> {
        const LEVELS: u32 = 64;
        let level = self.level();
        self.nest(LEVELS)?;
        let value = T::get::<O>(self, 0);
        // Also after a fault: a module may swallow it and read something else.
        self.return_to(level);
        value
    }
}

/// A type that borrows nothing from the bytes it is read from.
///
/// ```
/// # use protocol_core::WireOwned;
/// fn owned<T: WireOwned>() -> usize { T::MIN }
/// assert_eq!(owned::<Option<u32>>(), 1);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no wire format, or one that borrows",
    label = "derive `Message` or `Wire` for it, without a lifetime",
    note = "what is borrowed from the bytes is `Wire<'a>` for their lifetime `'a` alone"
)]
pub trait WireOwned: for<'a> Wire<'a> {}

#[diagnostic::do_not_recommend]
impl<T: for<'a> Wire<'a>> WireOwned for T {}

/// Makes values of pieces of one message, in the order `O`.
#[cfg(feature = "alloc")]
struct Pieces<'r, 'a, 'c, O> {
    reader: &'r Reader<'a, 'c>,
    order: PhantomData<O>,
}

#[cfg(feature = "alloc")]
impl<'a, T: Wire<'a>, O: Order> Lend<T> for Pieces<'_, 'a, '_, O> {
    #[inline(always)]
    fn lend<'s>(item: &'s T, probe: &mut Probe<'s>) {
        item.lanes::<O>(probe);
    }
}

#[cfg(feature = "alloc")]
impl<'a, T: Wire<'a>, O: Order> Make<'a, T> for Pieces<'_, 'a, '_, O> {
    #[inline(always)]
    fn make(&self, piece: &'a [u8]) -> Result<T, Fault> {
        T::get::<O>(&mut self.reader.over(piece), 0)
    }
}

/// Writes a whole list that lies in memory as on the wire, but perhaps for the order of bytes.
#[cfg(feature = "alloc")]
#[inline(always)]
fn put_image<W: Sink>(image: Image<'_>, w: &mut W, keep: usize) -> Result<(), Fault> {
    match image {
        Image::Same(bytes) => return w.bytes_before(bytes, keep),
        Image::Swapped2(numbers) => w.numbers(numbers, raw::swap_2)?,
        Image::Swapped4(numbers) => w.numbers(numbers, raw::swap_4)?,
        Image::Swapped8(numbers) => w.numbers(numbers, raw::swap_8)?,
        Image::Swapped16(numbers) => w.numbers(numbers, raw::swap_16)?,
    }
    w.need(keep)
}

/// Whether it is worth trying to prove that a `T` lies in memory as on the wire.
#[cfg(feature = "alloc")]
#[inline(always)]
fn may_be_image<'a, T: Wire<'a>>() -> bool {
    T::MIN > 0 && T::MIN == size_of::<T>() && T::BOUNDS.max_len == Some(T::MIN)
}

/// Makes an array of what `get` returns for each index, up to the first fault.
#[inline(always)]
pub(crate) fn array_of<T, const LEN: usize>(
    mut get: impl FnMut(usize) -> Result<T, Fault>,
) -> Result<[T; LEN], Fault> {
    let mut fault = None;
    let items: [Option<T>; LEN] = array::from_fn(|index| {
        if fault.is_some() {
            return None;
        }
        get(index).map_err(|found| fault = Some(found)).ok()
    });
    match fault {
        Some(fault) => Err(fault),
        #[expect(clippy::unreachable, reason = "without a fault every element is there")]
        None => Ok(items.map(|item| item.unwrap_or_else(|| unreachable!("no fault, no element")))),
    }
}

/// Makes room for the fields of a `T` and `keep` bytes more after them.
///
/// # Errors
/// If the sink is a slice that is too small.
#[inline(always)]
pub fn put_fields<'a, 'w, T: Wire<'a>, O: Order, W: Sink>(
    sink: &'w mut W,
    keep: usize,
) -> Result<PutFields<'w, O, W>, Fault> {
    PutFields::enter(sink, T::MIN, keep)
}

/// Makes sure of the fields of a `T` and of `keep` bytes more after them.
///
/// # Errors
/// If fewer bytes are left.
#[inline(always)]
pub fn get_fields<'a, 'r, 'c, T: Wire<'a>, O: Order>(
    reader: &'r mut Reader<'a, 'c>,
    keep: usize,
) -> Result<GetFields<'r, 'a, 'c, O>, Fault> {
    GetFields::enter(reader, T::MIN, keep)
}
