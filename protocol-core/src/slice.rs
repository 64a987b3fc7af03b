//! The sink that fills a slice: packing without an allocator.

use crate::sink::sealed::Sealed;
use crate::sink::{Count, State};
use crate::{Fault, Sink};

/// Writes into a slice from its start.
#[derive(Debug)]
pub struct SliceSink<'b> {
    buffer: &'b mut [u8],
    /// How many bytes of the buffer are written.
    at: usize,
    state: State,
}

impl<'b> SliceSink<'b> {
    #[inline(always)]
    pub(crate) fn new(buffer: &'b mut [u8]) -> SliceSink<'b> {
        SliceSink::of(buffer, u32::MAX)
    }

    /// A sink in this version.
    #[inline(always)]
    pub(crate) fn of(buffer: &'b mut [u8], version: u32) -> SliceSink<'b> {
        SliceSink { buffer, at: 0, state: State::of(version) }
    }

    /// The part of the slice that is still free.
    #[inline(always)]
    fn free(&mut self) -> &mut [u8] {
        self.buffer.get_mut(self.at..).unwrap_or(&mut [])
    }
}

impl Sealed for SliceSink<'_> {}

impl Sink for SliceSink<'_> {
    #[inline(always)]
    fn need(&mut self, count: usize) -> Result<(), Fault> {
        if self.free().len() < count { Err(full()) } else { Ok(()) }
    }

    #[inline(always)]
    fn put<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Fault> {
        match self.free().first_chunk_mut::<N>() {
            Some(chunk) => {
                *chunk = bytes;
                self.at += N;
                Ok(())
            }
            None => Err(full()),
        }
    }

    #[inline(always)]
    fn bytes_before(&mut self, bytes: &[u8], keep: usize) -> Result<(), Fault> {
        let free = self.free();
        if bytes.len() <= free.len().saturating_sub(keep) {
            if let Some(target) = free.get_mut(..bytes.len()) {
                crate::raw::copy(target, bytes);
                self.at += bytes.len();
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
        let Some(target) = self.free().get_mut(..len) else {
            return Err(full());
        };
        for (chunk, number) in target.chunks_exact_mut(N).zip(numbers) {
            chunk.copy_from_slice(&pack(*number));
        }
        self.at += len;
        Ok(())
    }

    #[inline(always)]
    fn position(&self) -> usize {
        self.at
    }

    #[inline(always)]
    fn since(&self, start: usize) -> Option<&[u8]> {
        self.buffer.get(start..self.at)
    }

    #[inline(always)]
    fn patch<const N: usize>(&mut self, at: usize, bytes: [u8; N]) {
        crate::raw::overwrite(self.buffer.get_mut(..self.at), at, bytes);
    }

    #[inline(always)]
    fn meter(&self) -> Count<'_> {
        Count::new(self.at, self.state)
    }

    #[inline(always)]
    fn version(&self) -> u32 {
        self.state.version
    }

    fn depth(&mut self) -> &mut u32 {
        &mut self.state.depth
    }
}

/// The slice is too small. How much too small is found by counting.
#[cold]
#[inline(never)]
fn full() -> Fault {
    Fault::new()
}

#[cfg(test)]
mod tests {
    use super::{Sink, SliceSink};

    #[test]
    fn a_slice_knows_what_was_written() {
        let mut buffer = [0xee; 8];
        let mut sink = SliceSink::new(&mut buffer);
        assert!(sink.put([1, 2]).is_ok() && sink.bytes(&[3, 4, 5]).is_ok());
        assert_eq!((sink.position(), sink.meter().position(), sink.version()), (5, 5, u32::MAX));
        assert_eq!(
            (sink.since(3), sink.since(5), sink.since(6)),
            (Some(&[4, 5][..]), Some(&[][..]), None)
        );
        sink.patch(3, [0xb0, 0xb1]);
        sink.patch(4, [0; 2]);
        sink.patch(usize::MAX, [0; 2]);
        assert!(sink.zeros(2).is_ok() && sink.zeros(2).is_err() && sink.put([7]).is_ok());
        assert_eq!(buffer, [1, 2, 3, 0xb0, 0xb1, 0, 0, 7]);
    }
}
