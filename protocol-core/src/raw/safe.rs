//! The safe twin of `fast`: the same functions, the same results.

#[cfg(feature = "alloc")]
use alloc::string::String;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;

#[cfg(feature = "alloc")]
use super::overwrite;
#[cfg(feature = "alloc")]
use super::probe::{Image, Lend, Make};
#[cfg(feature = "alloc")]
use crate::sink::{Count, State};
#[cfg(feature = "alloc")]
use crate::{Fault, Sink};

/// Copies `source` to `target`, which is of the same length.
///
/// # Panics
/// If the lengths differ, which no caller lets happen.
pub(crate) fn copy(target: &mut [u8], source: &[u8]) {
    target.copy_from_slice(source);
}

/// Writes to the end of a vector, which it grows as needed.
#[cfg(feature = "alloc")]
#[derive(Debug)]
pub(crate) struct VecSink<'v> {
    vec: &'v mut Vec<u8>,
    /// The vector's length before the first byte of this sink.
    start: usize,
    state: State,
}

#[cfg(feature = "alloc")]
impl<'v> VecSink<'v> {
    pub(crate) fn new(vec: &'v mut Vec<u8>, version: u32) -> VecSink<'v> {
        let start = vec.len();
        VecSink { vec, start, state: State::of(version) }
    }

    /// Makes what was written part of the vector, which it is already.
    pub(crate) fn finish(self) {}
}

#[cfg(feature = "alloc")]
impl crate::sink::sealed::Sealed for VecSink<'_> {}

#[cfg(feature = "alloc")]
impl Sink for VecSink<'_> {
    fn need(&mut self, _count: usize) -> Result<(), Fault> {
        Ok(())
    }

    fn put<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Fault> {
        self.vec.extend_from_slice(&bytes);
        Ok(())
    }

    fn bytes_before(&mut self, bytes: &[u8], _keep: usize) -> Result<(), Fault> {
        self.vec.extend_from_slice(bytes);
        Ok(())
    }

    fn numbers<T: Copy, const N: usize>(
        &mut self,
        numbers: &[T],
        pack: impl Fn(T) -> [u8; N],
    ) -> Result<(), Fault> {
        self.vec.reserve(numbers.len().saturating_mul(N));
        numbers.iter().for_each(|number| self.vec.extend_from_slice(&pack(*number)));
        Ok(())
    }

    fn position(&self) -> usize {
        self.vec.len() - self.start
    }

    fn since(&self, start: usize) -> Option<&[u8]> {
        self.vec.get(self.start..)?.get(start..)
    }

    fn patch<const N: usize>(&mut self, at: usize, bytes: [u8; N]) {
        overwrite(self.vec.get_mut(self.start..), at, bytes);
    }

    fn meter(&self) -> Count<'_> {
        Count::new(self.position(), self.state)
    }

    fn version(&self) -> u32 {
        self.state.version
    }

    fn depth(&mut self) -> &mut u32 {
        &mut self.state.depth
    }
}

/// The text in `bytes`, or how many of them are valid.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, usize> {
    super::validate(bytes)
}

/// A copy of `text` on the heap.
#[cfg(feature = "alloc")]
pub(crate) fn string(text: &str) -> String {
    String::from(text)
}

/// None: without unsafe code a list is packed element by element.
#[cfg(feature = "alloc")]
pub(crate) fn image<'s, T, L: Lend<T>>(_items: &'s [T]) -> Option<Image<'s>> {
    None
}

/// Makes a value of each piece of `wire` that has the size of a `T`, which is not 0.
///
/// # Errors
/// What `maker` returns for the first piece that it refuses.
#[cfg(feature = "alloc")]
pub(crate) fn from_wire<'w, T, M: Make<'w, T>>(wire: &'w [u8], maker: &M) -> Result<Vec<T>, Fault> {
    wire.chunks_exact(size_of::<T>()).map(|piece| maker.make(piece)).collect()
}
