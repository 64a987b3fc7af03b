//! Bit fields: values of a few bits that share whole bytes.
//!
//! A run of them is one number of at most 16 bytes. Its first field takes the most significant bits
//! of a big-endian number (`msb`, as specifications draw it), or the least significant bits of a
//! little-endian one (`lsb`). Any type of a fixed size can stand in one: the bits are the low end of
//! its own bytes in big-endian order.

use core::marker::PhantomData;

use crate::fields::{GetFields, PutFields};
use crate::slice::SliceSink;
use crate::trail::Step;
use crate::{
    Big, Bounds, Fault, Order, PackErrorKind, Reader, Sink, UnpackErrorKind, Wire, WireOwned,
};

/// The most bytes of a run, and of the type of a bit field.
const BYTES_MAX: usize = 16;

/// The bit fields of one run of `LEN` bytes that are being read.
#[derive(Debug)]
pub struct GetBits<'r, 'a, 'c, O, const LEN: usize, const MSB: bool> {
    reader: &'r Reader<'a, 'c>,
    /// The run, for the places of errors.
    bytes: &'a [u8],
    number: u128,
    /// How many bits were taken.
    used: u32,
    order: PhantomData<O>,
}

impl<'a, 'c, O: Order> GetFields<'_, 'a, 'c, O> {
    /// Goes on to a run of `LEN` bytes, whose first field is `name`.
    ///
    /// # Errors
    /// If fewer bytes are left.
    #[inline(always)]
    pub fn bits<const LEN: usize, const MSB: bool>(
        &mut self,
        name: &'static str,
    ) -> Result<GetBits<'_, 'a, 'c, O, LEN, MSB>, Fault> {
        let (reader, keep) = self.next(LEN);
        let bytes = reader.rest().get(..LEN).unwrap_or(&[]);
        let taken = if O::TRACED && bytes.is_empty() {
            reader.traced(Step::Field(name), |r| r.take_before::<LEN>(keep))?
        } else {
            reader.take_before::<LEN>(keep)?
        };
        let number = number::<LEN, MSB>(taken);
        Ok(GetBits { reader, bytes, number, used: 0, order: PhantomData })
    }
}

impl<O: Order, const LEN: usize, const MSB: bool> GetBits<'_, '_, '_, O, LEN, MSB> {
    /// Reads the field `name` of the next `width` bits.
    ///
    /// # Errors
    /// If they are no such value.
    #[inline(always)]
    pub fn get<T: WireOwned>(
        &mut self,
        width: u32,
        name: &'static str,
        secret: bool,
    ) -> Result<T, Fault> {
        let from = self.used;
        let bits = self.take(width);
        let spare = 128_u32.saturating_sub(width);
        #[expect(clippy::cast_possible_wrap, clippy::cast_sign_loss, reason = "the sign is spread")]
        let bits = if <T as Wire<'_>>::SIGNED && width > 0 && width < 128 {
            ((bits << spare) as i128 >> spare) as u128
        } else {
            bits
        };
        if O::TRACED {
            return self.traced(Step::Field(name), from, bits, secret);
        }
        of_low_bytes::<T, _>(bits, |bytes| T::get::<Big>(&mut Reader::new(bytes), 0))
    }

    /// Reads the reserved field `name` of the next `width` bits, which are 0.
    ///
    /// # Errors
    /// If they are not.
    #[inline(always)]
    pub fn get_blank<T: WireOwned>(&mut self, width: u32, name: &'static str) -> Result<T, Fault> {
        let from = self.used;
        let bits = self.take(width);
        if bits != 0 {
            return Err(self.not_blank(from, width, bits, name));
        }
        if O::TRACED {
            return self.traced(Step::Field(name), from, 0, false);
        }
        of_low_bytes::<T, _>(0, |bytes| T::get::<Big>(&mut Reader::new(bytes), 0))
    }

    #[inline(always)]
    fn take(&mut self, width: u32) -> u128 {
        let from = self.used;
        self.used = from.saturating_add(width);
        let shift = if MSB { bits_of(LEN).saturating_sub(self.used) } else { from };
        self.number.checked_shr(shift).unwrap_or(0) & low_bits(width)
    }

    /// Reads a value out of a few bits, and takes down the bytes that they touch.
    fn traced<T: WireOwned>(
        &self,
        step: Step,
        from: u32,
        bits: u128,
        secret: bool,
    ) -> Result<T, Fault> {
        of_low_bytes::<T, _>(bits, |bytes| {
            self.reader
                .traced_piece(step, self.touched(from), bytes, secret, |r| T::get::<O::Big>(r, 0))
        })
    }

    /// The bytes of the run that the bits from there to those used touch.
    fn touched(&self, from: u32) -> &[u8] {
        let (first, last) = (from / 8, self.used.div_ceil(8));
        self.bytes.get(first as usize..last as usize).unwrap_or(self.bytes)
    }

    #[cold]
    #[inline(never)]
    fn not_blank(&self, from: u32, width: u32, bits: u128, name: &'static str) -> Fault {
        let got = u64::try_from(bits).unwrap_or(u64::MAX);
        let kind = UnpackErrorKind::NotZero { got };
        let _ = width;
        self.reader.fault_in(self.touched(from), kind, Step::Field(name))
    }
}

/// The bit fields of one run of `LEN` bytes that are being written.
#[derive(Debug)]
pub struct PutBits<'w, W, const LEN: usize, const MSB: bool> {
    sink: &'w mut W,
    number: u128,
    /// How many bits were put.
    used: u32,
}

impl<O: Order, W: Sink> PutFields<'_, O, W> {
    /// Goes on to a run of `LEN` bytes.
    #[inline(always)]
    pub fn bits<const LEN: usize, const MSB: bool>(&mut self) -> PutBits<'_, W, LEN, MSB> {
        let (sink, _) = self.next(LEN);
        PutBits { sink, number: 0, used: 0 }
    }
}

impl<W: Sink, const LEN: usize, const MSB: bool> PutBits<'_, W, LEN, MSB> {
    /// Writes the field `name` into the next `width` bits.
    ///
    /// # Errors
    /// If the value breaks a rule of its layout, or does not fit.
    #[inline(always)]
    pub fn put<T: WireOwned>(
        &mut self,
        value: &T,
        width: u32,
        name: &'static str,
    ) -> Result<(), Fault> {
        match to_bits(value, width) {
            Some(bits) => {
                self.push(bits, width);
                Ok(())
            }
            None => Err(self.refused(value, width, name)),
        }
    }

    /// Writes `width` reserved bits.
    #[inline(always)]
    pub fn put_blank(&mut self, width: u32) {
        self.push(0, width);
    }

    #[inline(always)]
    fn push(&mut self, bits: u128, width: u32) {
        let from = self.used;
        self.used = from.saturating_add(width);
        let shift = if MSB { bits_of(LEN).saturating_sub(self.used) } else { from };
        self.number |= bits.checked_shl(shift).unwrap_or(0);
    }

    /// Writes the run.
    ///
    /// # Errors
    /// If the sink is full.
    #[inline(always)]
    pub fn finish(self) -> Result<(), Fault> {
        self.sink.put(bytes::<LEN, MSB>(self.number))
    }

    /// Says why a value cannot be written, as its own layout says it if that is why.
    #[cold]
    #[inline(never)]
    fn refused<T: WireOwned>(&self, value: &T, width: u32, name: &'static str) -> Fault {
        let fault = match value.put::<Big, _>(&mut self.sink.meter(), 0) {
            Err(fault) => fault,
            Ok(()) => self.sink.fault(too_large::<T>(low_bytes(value).unwrap_or(0), width)),
        };
        self.sink.at(fault, Step::Field(name))
    }
}

/// What is said of a value, as a number of 128 bits, that does not fit.
fn too_large<T: WireOwned>(number: u128, width: u32) -> PackErrorKind {
    if !<T as Wire<'_>>::SIGNED {
        let within = |number: u128| u64::try_from(number).unwrap_or(u64::MAX);
        return PackErrorKind::TooLarge { got: within(number), max: within(low_bits(width)) };
    }
    let max = low_bits(width.saturating_sub(1));
    let max = i128::try_from(max).unwrap_or(i128::MAX);
    #[expect(clippy::cast_possible_wrap, reason = "it is a signed number")]
    let got = number as i128;
    PackErrorKind::OutOfRange { got, min: !max, max }
}

/// The value in `width` bits, if its layout allows it and it fits.
#[inline(always)]
fn to_bits<T: WireOwned>(value: &T, width: u32) -> Option<u128> {
    let number = low_bytes(value)?;
    // A number with a sign reaches as far below 0 as up from it.
    let below = match width.checked_sub(1) {
        Some(width) if <T as Wire<'_>>::SIGNED => low_bits(width).wrapping_add(1),
        Some(_) | None => 0,
    };
    let fits = number.wrapping_add(below) <= low_bits(width);
    fits.then_some(number & low_bits(width))
}

/// The bytes of the value as one number, its sign spread over the upper bits if it has one.
#[inline(always)]
fn low_bytes<T: WireOwned>(value: &T) -> Option<u128> {
    let mut bytes = [0; BYTES_MAX];
    let len = <T as Wire<'_>>::MIN;
    let low = bytes.get_mut(BYTES_MAX.checked_sub(len)?..)?;
    value.put::<Big, _>(&mut SliceSink::new(low), 0).ok()?;
    let number = u128::from_be_bytes(bytes);
    if !<T as Wire<'_>>::SIGNED || len == 0 {
        return Some(number);
    }
    let spare = 128_u32.saturating_sub(bits_of(len));
    #[expect(clippy::cast_possible_wrap, clippy::cast_sign_loss, reason = "the sign is spread")]
    Some(((number << spare) as i128 >> spare) as u128)
}

/// Hands the bytes of a `T` that are the low end of the number to `get`.
#[inline(always)]
fn of_low_bytes<T: WireOwned, R>(number: u128, get: impl FnOnce(&[u8]) -> R) -> R {
    let bytes = number.to_be_bytes();
    let low = BYTES_MAX.checked_sub(<T as Wire<'_>>::MIN).and_then(|from| bytes.get(from..));
    get(low.unwrap_or(&bytes))
}

#[inline(always)]
const fn bits_of(len: usize) -> u32 {
    if len > BYTES_MAX {
        return 128;
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most 128")]
    {
        8 * len as u32
    }
}

/// A number whose `width` lowest bits are set.
#[inline(always)]
const fn low_bits(width: u32) -> u128 {
    match u128::MAX.checked_shl(width) {
        Some(upper) => !upper,
        None => u128::MAX,
    }
}

/// The bytes of a run as one number.
#[inline(always)]
fn number<const LEN: usize, const MSB: bool>(bytes: [u8; LEN]) -> u128 {
    let join = |number: u128, byte: &u8| number << 8 | u128::from(*byte);
    if MSB { bytes.iter().fold(0, join) } else { bytes.iter().rev().fold(0, join) }
}

/// The bytes of a run that is this number.
#[inline(always)]
fn bytes<const LEN: usize, const MSB: bool>(number: u128) -> [u8; LEN] {
    let chunk = if MSB {
        number.to_be_bytes().last_chunk().copied()
    } else {
        number.to_le_bytes().first_chunk().copied()
    };
    chunk.unwrap_or([0; LEN])
}

/// The bytes of a run of fields of these widths.
#[must_use]
#[track_caller]
pub const fn run_len(first: &str, widths: &[u32]) -> usize {
    let mut bits = 0_u32;
    let mut rest = widths;
    while let [width, after @ ..] = rest {
        bits = bits.saturating_add(*width);
        rest = after;
    }
    if bits % 8 != 0 || bits > bits_of(BYTES_MAX) {
        crate::report::run(first, bits)
    }
    bits as usize / 8
}

/// The bounds of a bit field of `width` bits, whose type has the layout `bounds` of at least `min`
/// bytes; its bytes are counted with its run.
#[must_use]
#[track_caller]
pub const fn bit_bounds(name: &str, min: usize, bounds: Bounds, width: u32) -> Bounds {
    match bounds.max_len {
        Some(max) if max == min && 0 < min && min <= BYTES_MAX && bounds.memory_per_byte == 0 => {}
        _ => crate::report::no_bit_field(name),
    }
    if width == 0 || width > bits_of(min) {
        crate::report::bit_width(name, width, bits_of(min))
    }
    if bounds.has_secret() { Bounds::exactly(0).secret() } else { Bounds::exactly(0) }
}
