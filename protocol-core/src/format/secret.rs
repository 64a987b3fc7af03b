//! Secrets: any format, for a value that nothing shows.

use core::marker::PhantomData;

use super::{Counted, Format};
use crate::fields::GetFields;
use crate::trail::Step;
use crate::{Bounds, Fault, Order, Reader, Sink};

/// The format `F`, for a field whose bytes and value stand in no error and no explanation.
#[derive(Debug)]
pub struct Secret<F>(PhantomData<F>);

impl<'a, T, F: Format<'a, T>> Format<'a, T> for Secret<F> {
    type Value = F::Value;
    type Word = F::Word;

    const MIN: usize = F::MIN;
    const BOUNDS: Bounds = F::BOUNDS.secret();

    #[inline(always)]
    fn put<W: Sink>(value: &T, w: &mut W, keep: usize) -> Result<(), Fault> {
        F::put(value, w, keep)
    }

    #[inline(always)]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<T, Fault> {
        F::get(r, keep)
    }

    #[inline(always)]
    fn get_field<O: Order>(
        fields: &mut GetFields<'_, 'a, '_, O>,
        name: &'static str,
    ) -> Result<T, Fault> {
        let (r, keep) = fields.next(Self::MIN);
        if O::TRACED {
            return r.traced_secret(Step::Field(name), |r| F::get(r, keep));
        }
        F::get(r, keep)
    }
}

impl<'a, T, F: Counted<'a, T>> Counted<'a, T> for Secret<F> {
    #[inline(always)]
    fn units<W: Sink>(value: &T, w: &W) -> Result<u64, Fault> {
        F::units(value, w)
    }

    #[inline(always)]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<T, Fault> {
        F::get_run(r, units, keep)
    }
}
