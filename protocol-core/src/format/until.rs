//! The word `until`: a byte that stands after the run and not in it.

use super::bytes::{Run, run};
use super::extent::{Extent, units_max, units_of};
use super::{AnyBytes, CountsText, find};
use crate::{Bounds, Fault, PackErrorKind, Reader, Sink, UnpackErrorKind};

/// The word `until`: the byte `END` ends the run. The extent says only how long it may be.
#[derive(Debug)]
pub enum Until<const END: u8> {}

impl<const END: u8> CountsText for Until<END> {}
impl<const END: u8> AnyBytes for Until<END> {}
#[cfg(feature = "alloc")]
impl<const END: u8> super::NotLen for Until<END> {}

/// Refuses a value that has the byte which ends it.
#[inline]
pub(super) fn refuse_byte<W: Sink>(bytes: &[u8], byte: u8, w: &W) -> Result<(), Fault> {
    match find(bytes, byte) {
        None => Ok(()),
        Some(at) => Err(w.fault(PackErrorKind::HasTerminator { byte, at })),
    }
}

impl<const END: u8, E: Extent> Run<E> for Until<END> {
    const MIN: usize = E::LEAST + 1;
    const BOUNDS: Bounds = match units_max::<E>() {
        Some(most) => Bounds::at_most(most + 1, 0),
        None => Bounds::unbounded(0),
    };

    #[inline]
    fn put<W: Sink>(bytes: &[u8], w: &mut W, keep: usize) -> Result<(), Fault> {
        units_of::<E, W>(bytes.len(), w)?;
        refuse_byte(bytes, END, w)?;
        w.bytes_before(bytes, keep.saturating_add(1))?;
        w.put([END])
    }

    #[inline]
    fn get<'a>(r: &mut Reader<'a, '_>, keep: usize) -> Result<&'a [u8], Fault> {
        let rest = r.rest();
        // No byte beyond the longest run and its end is looked at.
        let most = usize::try_from(E::MOST).unwrap_or(usize::MAX);
        let seen = rest.get(..most.saturating_add(1)).unwrap_or(rest);
        let Some(len) = find(seen, END) else {
            return Err(if rest.len() > most {
                let got = E::MOST.saturating_add(1);
                r.fault_at(rest, UnpackErrorKind::AboveLimit { got, max: E::MOST })
            } else {
                r.short(rest.len().saturating_add(1))
            });
        };
        if len < E::LEAST {
            let (got, min) = (len as u64, E::LEAST as u64);
            return Err(r.fault_at(rest, UnpackErrorKind::BelowLimit { got, min }));
        }
        let with_end = run::<E::Order>(r, len.saturating_add(1), keep)?;
        Ok(with_end.get(..len).unwrap_or(with_end))
    }
}
