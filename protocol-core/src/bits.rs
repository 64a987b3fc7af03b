//! Bit fields: values of a few bits that share whole bytes.
//!
//! A run of them is one number of at most 16 bytes. Its first field takes the most significant bits
//! of a big-endian number (`msb`, as specifications draw it), or the least significant bits of a
//! little-endian one (`lsb`). Any type of a fixed size can stand in one: the bits are the low end of
//! its own bytes in big-endian order.

use crate::fields::{GetFields, PutFields};
use crate::slice::SliceSink;
use crate::trail::Step;
use crate::{Big, Bounds, Fault, Order, PackErrorKind, Reader, Sink, Wire, WireOwned};

/// The most bytes of a run, and of the type of a bit field.
const BYTES_MAX: usize = 16;

/// The bit fields of one run of `LEN` bytes that are being read.
#[derive(Debug)]
pub struct GetBits<'a, const LEN: usize, const MSB: bool> {
    /// What was left to read before the run, for the places of its fields.
    start: &'a [u8],
    number: u128,
    /// How many bits were taken.
    used: u32,
}

impl<'a, const LEN: usize, const MSB: bool> GetBits<'a, LEN, MSB> {
    /// What was left to read before the byte in which the next field begins.
    #[must_use]
    #[inline(always)]
    pub fn mark(&self) -> &'a [u8] {
        self.start.get(self.used as usize / 8..).unwrap_or(self.start)
    }

    #[inline(always)]
    fn take(&mut self, width: u32) -> u128 {
        let from = self.used;
        self.used = from.saturating_add(width);
        let shift = if MSB { bits_of(LEN).saturating_sub(self.used) } else { from };
        self.number.checked_shr(shift).unwrap_or(0) & low_bits(width)
    }
}

impl<'a, O: Order> GetFields<'_, 'a, '_, O> {
    /// Goes on to a run of `LEN` bytes, whose first field is `name`.
    ///
    /// # Errors
    /// If fewer bytes are left.
    #[inline(always)]
    pub fn run<const LEN: usize, const MSB: bool>(
        &mut self,
        name: &'static str,
    ) -> Result<GetBits<'a, LEN, MSB>, Fault> {
        let (r, keep) = self.next(LEN);
        let start = r.rest();
        let bytes = if O::TRACED && start.len() < LEN {
            r.traced(Step::Field(name), |r| r.take_before(keep))?
        } else {
            r.take_before(keep)?
        };
        Ok(GetBits { start, number: number::<LEN, MSB>(bytes), used: 0 })
    }

    /// Goes on to a run of `len` bytes, which only a constant says, as the front of a longer one.
    ///
    /// # Errors
    /// If fewer bytes are left.
    #[inline]
    pub fn run_of<const MSB: bool>(
        &mut self,
        name: &'static str,
        len: usize,
    ) -> Result<GetBits<'a, BYTES_MAX, MSB>, Fault> {
        let (r, keep) = self.next(len);
        let start = r.rest();
        let bytes = if O::TRACED && start.len() < len {
            r.traced(Step::Field(name), |r| r.bytes_before(len, keep))?
        } else {
            r.bytes_before(len, keep)?
        };
        let mut whole = [0; BYTES_MAX];
        whole.iter_mut().zip(bytes).for_each(|(to, of)| *to = *of);
        Ok(GetBits { start, number: number::<BYTES_MAX, MSB>(whole), used: 0 })
    }

    /// Reads the field `name` of the next `width` bits of a run.
    ///
    /// # Errors
    /// If they are no such value.
    #[inline(always)]
    pub fn get_bits<T: WireOwned, const LEN: usize, const MSB: bool>(
        &self,
        run: &mut GetBits<'a, LEN, MSB>,
        width: u32,
        name: &'static str,
        secret: bool,
    ) -> Result<T, Fault> {
        let mark = run.mark();
        let from = run.used % 8;
        let bits = run.take(width);
        let spare = 128_u32.saturating_sub(width);
        #[expect(clippy::cast_possible_wrap, clippy::cast_sign_loss, reason = "the sign is spread")]
        let bits = if <T as Wire<'_>>::SIGNED && 0 < width && width < 128 {
            ((bits << spare) as i128 >> spare) as u128
        } else {
            bits
        };
        if O::TRACED {
            let len = from.saturating_add(width).div_ceil(8) as usize;
            let touched = mark.get(..len).unwrap_or(mark);
            return of_low_bytes::<T, _>(bits, |bytes| {
                let get = |r: &mut Reader<'_, '_>| T::get::<O::Big>(r, 0);
                traced(self.reader, Step::Field(name), touched, bytes, secret, get)
            });
        }
        of_low_bytes::<T, _>(bits, |bytes| T::get::<Big>(&mut Reader::new(bytes), 0))
    }
}

/// Reads, in a traced pass, the value that `step` leads to out of `bytes`, which were made of `piece` of
/// the message: there it stands, and an error in it.
fn traced<T>(
    reader: &Reader<'_, '_>,
    step: Step,
    piece: &[u8],
    bytes: &[u8],
    secret: bool,
    get: impl FnOnce(&mut Reader<'_, '_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let Some(context) = reader.context() else {
        return get(&mut Reader::new(bytes));
    };
    let ends = piece.as_ptr_range();
    let (start, end) = (ends.start as usize, ends.end as usize);
    context.open(step, start, secret);
    let value = get(&mut Reader::within(bytes, &context.over(bytes, start)));
    if secret {
        context.hide(start, end, value.is_ok());
    }
    context.close(step, end, value.is_ok());
    value
}

/// The bit fields of one run of `LEN` bytes that are being written.
#[derive(Debug, Default)]
pub struct PutBits<const LEN: usize, const MSB: bool> {
    number: u128,
    /// How many bits were put.
    used: u32,
}

impl<O: Order, W: Sink> PutFields<'_, O, W> {
    /// Puts the field `name` into the next `width` bits of a run.
    ///
    /// # Errors
    /// If the value breaks a rule of its layout, or does not fit.
    #[inline(always)]
    pub fn put_bits<T: WireOwned, const LEN: usize, const MSB: bool>(
        &self,
        run: &mut PutBits<LEN, MSB>,
        value: &T,
        width: u32,
        name: &'static str,
    ) -> Result<(), Fault> {
        let Some(bits) = to_bits(value, width) else {
            return Err(refused_bits(self.sink, value, width, name));
        };
        let from = run.used;
        run.used = from.saturating_add(width);
        let shift = if MSB { bits_of(LEN).saturating_sub(run.used) } else { from };
        run.number |= bits.checked_shl(shift).unwrap_or(0);
        Ok(())
    }

    /// Writes a run.
    ///
    /// # Errors
    /// If the sink is full.
    #[inline(always)]
    pub fn put_run<const LEN: usize, const MSB: bool>(
        &mut self,
        run: &PutBits<LEN, MSB>,
    ) -> Result<(), Fault> {
        let (w, _) = self.next(LEN);
        w.put(bytes::<LEN, MSB>(run.number))
    }
}

impl<O: Order, W: Sink> PutFields<'_, O, W> {
    /// Writes the first `len` bytes of a run.
    ///
    /// # Errors
    /// If the sink is full.
    #[inline]
    pub fn put_run_of<const MSB: bool>(
        &mut self,
        run: &PutBits<BYTES_MAX, MSB>,
        len: usize,
    ) -> Result<(), Fault> {
        let (w, _) = self.next(len);
        w.bytes(bytes::<BYTES_MAX, MSB>(run.number).get(..len).unwrap_or(&[]))
    }
}

/// Says why a value cannot be written, as its own layout says it if that is why.
#[cold]
#[inline(never)]
fn refused_bits<T: WireOwned, W: Sink>(w: &W, value: &T, width: u32, name: &'static str) -> Fault {
    let fault = match value.put::<Big, _>(&mut w.meter(), 0) {
        Err(fault) => fault,
        Ok(()) => w.fault(too_large::<T>(low_bytes(value).unwrap_or(0), width)),
    };
    w.at(fault, Step::Field(name))
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

/// The bytes of a run of fields of these widths, which [`run_bounds`] checks.
#[must_use]
pub const fn run_len(widths: &[u32]) -> usize {
    sum_of(widths) as usize / 8
}

const fn sum_of(widths: &[u32]) -> u32 {
    let mut bits = 0_u32;
    let mut rest = widths;
    while let [width, after @ ..] = rest {
        bits = bits.saturating_add(*width);
        rest = after;
    }
    bits
}

/// The bounds of a run of fields of these widths.
#[must_use]
#[track_caller]
pub const fn run_bounds(first: &str, widths: &[u32]) -> Bounds {
    let bits = sum_of(widths);
    if bits % 8 != 0 || bits > bits_of(BYTES_MAX) {
        crate::report::run(first, bits)
    }
    Bounds::exactly(run_len(widths))
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
