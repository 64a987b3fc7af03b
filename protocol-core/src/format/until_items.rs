//! The word `until` on lists: before each element one byte is looked at, and one value of it ends
//! the list.

use alloc::vec::Vec;

use super::extent::{Extent, units_max, units_of};
use super::list::{get_item, grow, min_of, refuse_empty};
use super::{Format, Seq, Until};
use crate::report::Flaw;
use crate::sink::Count;
use crate::trail::Step;
use crate::{Bounds, Fault, PackErrorKind, Reader, Sink, UnpackErrorKind};

/// Counts what an element takes, and sees its first byte.
#[derive(Debug)]
struct First<'t> {
    count: Count<'t>,
    start: usize,
    byte: Option<u8>,
}

impl First<'_> {
    #[inline(always)]
    fn see(&mut self, byte: Option<&u8>) {
        if self.byte.is_none() {
            self.byte = byte.copied();
        }
    }
}

impl crate::sink::sealed::Sealed for First<'_> {}

impl Sink for First<'_> {
    const COUNTS: bool = true;

    fn need(&mut self, _count: usize) -> Result<(), Fault> {
        Ok(())
    }

    fn put<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Fault> {
        self.see(bytes.first());
        self.count.put(bytes)
    }

    fn bytes_before(&mut self, bytes: &[u8], keep: usize) -> Result<(), Fault> {
        self.see(bytes.first());
        self.count.bytes_before(bytes, keep)
    }

    fn numbers<T: Copy, const N: usize>(
        &mut self,
        numbers: &[T],
        pack: impl Fn(T) -> [u8; N],
    ) -> Result<(), Fault> {
        if let Some(number) = numbers.first() {
            self.see(pack(*number).first());
        }
        self.count.numbers(numbers, pack)
    }

    fn position(&self) -> usize {
        self.count.position()
    }

    fn since(&self, _start: usize) -> Option<&[u8]> {
        None
    }

    fn patch<const N: usize>(&mut self, at: usize, bytes: [u8; N]) {
        if let (true, Some(byte)) = (at == self.start, bytes.first()) {
            self.byte = Some(*byte);
        }
    }

    fn meter(&self) -> Count<'_> {
        self.count.meter()
    }

    fn version(&self) -> u32 {
        self.count.version()
    }

    fn depth(&mut self) -> &mut u32 {
        self.count.depth()
    }

    fn fault(&self, kind: PackErrorKind) -> Fault {
        self.count.fault(kind)
    }

    fn at(&self, fault: Fault, step: Step) -> Fault {
        self.count.at(fault, step)
    }
}

/// Writes one element, whose first byte must not be the end. Where bytes are only counted there is
/// none to look at, so there a sink of its own sees it.
#[inline]
fn put_item<'a, T, F: Format<'a, T>, W: Sink, const END: u8>(
    item: &T,
    w: &mut W,
) -> Result<(), Fault> {
    let start = w.position();
    let byte = if W::COUNTS {
        let mut first = First { count: w.meter(), start, byte: None };
        F::put(item, &mut first, 0)?;
        let (byte, end) = (first.byte, first.position());
        w.zeros(end.wrapping_sub(start))?;
        byte
    } else {
        F::put(item, w, 0)?;
        w.since(start).and_then(|bytes| bytes.first().copied())
    };
    if byte == Some(END) {
        return Err(w.fault(PackErrorKind::HasTerminator { byte: END, at: 0 }));
    }
    Ok(())
}

impl<'a, T, const END: u8, E, F, K> Format<'a, Vec<T>> for Seq<Until<END>, E, F, K>
where
    E: Extent,
    F: Format<'a, T>,
{
    type Value = Vec<T>;
    type Word = Until<END>;

    const MIN: usize = if E::LEAST == 0 { 1 } else { 1 + E::LEAST * min_of::<T, F>() };
    const BOUNDS: Bounds = {
        let items = F::BOUNDS.list(units_max::<E>()).flawed_if(F::MIN == 0, Flaw::EmptyItem);
        items.on_heap(size_of::<T>().saturating_mul(2), F::MIN).then(Bounds::exactly(1))
    };

    #[inline]
    fn put<S: Sink>(items: &Vec<T>, w: &mut S, keep: usize) -> Result<(), Fault> {
        units_of::<E, S>(items.len(), w)?;
        for (index, item) in items.iter().enumerate() {
            put_item::<T, F, S, END>(item, w).map_err(|fault| w.at(fault, Step::Index(index)))?;
        }
        w.put([END])?;
        w.need(keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, _keep: usize) -> Result<Vec<T>, Fault> {
        const { refuse_empty(F::MIN) }
        let start = r.rest();
        let mut items = Vec::new();
        loop {
            match r.rest().first() {
                Some(byte) if *byte == END => break,
                Some(_) => {}
                None => return Err(r.short(1)),
            }
            let got = (items.len() as u64).saturating_add(1);
            if got > E::MOST {
                return Err(r.fault_at(start, UnpackErrorKind::AboveLimit { got, max: E::MOST }));
            }
            if items.len() == items.capacity() {
                grow(r, &mut items, r.left() / F::MIN)?;
            }
            let before = r.left();
            items.push(get_item::<T, F, E::Order>(r, items.len())?);
            if r.left() == before {
                return Err(r.refuse("an element of the list took no bytes"));
            }
        }
        if items.len() < E::LEAST {
            let (got, min) = (items.len() as u64, E::LEAST as u64);
            return Err(r.fault_at(start, UnpackErrorKind::BelowLimit { got, min }));
        }
        let [_] = r.take()?;
        Ok(items)
    }
}
