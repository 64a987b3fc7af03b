//! The word `pad_to`: a value in a field of always the same length, filled up with zeros.

use super::bytes::{Run, run};
use super::extent::{Extent, units_of};
use super::until::refuse_byte;
use super::{AnyBytes, CountsText, Format, Seq, find};
use crate::report::Flaw;
use crate::{Bounds, Fault, Reader, Sink, Wire};

/// The word `pad_to`: `WIDTH` bytes. Of text and bytes the zeros are stripped; of anything else they
/// follow the value, which says itself where it ends.
#[derive(Debug)]
pub enum PadTo<const WIDTH: usize> {}

/// What [`PadTo`] makes of text and bytes.
#[derive(Debug)]
pub(crate) enum Strip<const WIDTH: usize> {}

impl<const WIDTH: usize> CountsText for Strip<WIDTH> {}
impl<const WIDTH: usize> AnyBytes for Strip<WIDTH> {}

impl<const WIDTH: usize, E: Extent> Run<E> for Strip<WIDTH> {
    const MIN: usize = WIDTH;
    const BOUNDS: Bounds = Bounds::exactly(WIDTH);

    #[inline]
    fn put<W: Sink>(bytes: &[u8], w: &mut W, keep: usize) -> Result<(), Fault> {
        units_of::<E, W>(bytes.len(), w)?;
        refuse_byte(bytes, 0, w)?;
        let zeros = crate::sink::free(bytes.len(), WIDTH, w)?;
        w.bytes_before(bytes, zeros.saturating_add(keep))?;
        w.zeros(zeros)
    }

    #[inline]
    fn get<'a>(r: &mut Reader<'a, '_>, keep: usize) -> Result<&'a [u8], Fault> {
        let field = run::<E::Order>(r, WIDTH, keep)?;
        let len = find(field, 0).unwrap_or(WIDTH);
        let (text, zeros) = field.split_at_checked(len).unwrap_or((field, &[]));
        r.over(zeros).zeros(zeros.len())?;
        Ok(text)
    }
}

impl<'a, T: Wire<'a>, const WIDTH: usize, E: Extent, F, K> Format<'a, T>
    for Seq<PadTo<WIDTH>, E, F, K>
{
    type Value = T;
    type Word = PadTo<WIDTH>;

    const MIN: usize = WIDTH;
    const BOUNDS: Bounds =
        T::BOUNDS.padded(WIDTH).flawed_if(T::MIN_PADDED > WIDTH, Flaw::AbovePadding);

    #[inline]
    fn put<S: Sink>(value: &T, w: &mut S, keep: usize) -> Result<(), Fault> {
        value.put_padded::<E::Order, S, WIDTH>(w)?;
        w.need(keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<T, Fault> {
        let field = run::<E::Order>(r, WIDTH, keep)?;
        T::get_padded::<E::Order, WIDTH>(&mut r.over(field))
    }
}
