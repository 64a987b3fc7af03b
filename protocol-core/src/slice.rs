//! The sink that fills a slice: packing without an allocator.

use crate::sink::sealed::Sealed;
use crate::{Fault, Sink};

/// Writes into a slice from its start.
#[derive(Debug)]
pub(crate) struct SliceSink<'b> {
    rest: &'b mut [u8],
    depth: u32,
}

impl<'b> SliceSink<'b> {
    #[inline(always)]
    pub(crate) fn new(buffer: &'b mut [u8]) -> SliceSink<'b> {
        SliceSink { rest: buffer, depth: 0 }
    }

    /// How many bytes of the slice are still free.
    #[inline(always)]
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
    }
}

impl Sealed for SliceSink<'_> {}

impl Sink for SliceSink<'_> {
    #[inline(always)]
    fn need(&mut self, count: usize) -> Result<(), Fault> {
        if self.rest.len() < count { Err(full()) } else { Ok(()) }
    }

    #[inline(always)]
    fn put<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Fault> {
        match core::mem::take(&mut self.rest).split_first_chunk_mut::<N>() {
            Some((chunk, rest)) => {
                *chunk = bytes;
                self.rest = rest;
                Ok(())
            }
            None => Err(full()),
        }
    }

    #[inline(always)]
    fn bytes_before(&mut self, bytes: &[u8], keep: usize) -> Result<(), Fault> {
        if bytes.len() <= self.rest.len().saturating_sub(keep) {
            if let Some((chunk, rest)) =
                core::mem::take(&mut self.rest).split_at_mut_checked(bytes.len())
            {
                crate::raw::copy(chunk, bytes);
                self.rest = rest;
                return Ok(());
            }
        }
        Err(full())
    }

    #[inline(always)]
    fn numbers<T: Copy, const N: usize>(
        &mut self,
        numbers: &[T],
        pack: impl Fn(T) -> [u8; N],
    ) -> Result<(), Fault> {
        let len = numbers.len().saturating_mul(N);
        let Some((target, rest)) = core::mem::take(&mut self.rest).split_at_mut_checked(len) else {
            return Err(full());
        };
        for (chunk, number) in target.chunks_exact_mut(N).zip(numbers) {
            chunk.copy_from_slice(&pack(*number));
        }
        self.rest = rest;
        Ok(())
    }

    fn depth(&mut self) -> &mut u32 {
        &mut self.depth
    }
}

/// The slice is too small. How much too small is found by counting.
#[cold]
#[inline(never)]
fn full() -> Fault {
    Fault::new()
}
