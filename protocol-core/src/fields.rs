//! The fields of one value on their way: the sink or the cursor, and how much must follow.
//!
//! The derives make one of these on entering a struct, so that each field is one short line there.

use core::marker::PhantomData;

use crate::trail::Step;
use crate::{Fault, Order, Reader, Sink};

/// The fields of a value that is being written.
#[derive(Debug)]
pub struct PutFields<'w, O, W> {
    sink: &'w mut W,
    /// How many bytes the fields that are not yet written take at least, with what follows them.
    keep: usize,
    order: PhantomData<O>,
}

impl<'w, O: Order, W: Sink> PutFields<'w, O, W> {
    /// Makes room for fields of at least `min` bytes and `keep` more after them.
    ///
    /// # Errors
    /// If the sink is a slice that is too small.
    #[inline(always)]
    pub fn enter(sink: &'w mut W, min: usize, keep: usize) -> Result<Self, Fault> {
        let keep = crate::sink::enter(sink, min, keep)?;
        Ok(PutFields { sink, keep, order: PhantomData })
    }

    /// Writes the field `name`, of at least `min` bytes.
    ///
    /// # Errors
    /// What `put` returns.
    #[inline(always)]
    pub fn put(
        &mut self,
        name: &'static str,
        min: usize,
        put: impl FnOnce(&mut W, usize) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.keep = self.keep.wrapping_sub(min);
        put(self.sink, self.keep).map_err(|fault| self.sink.at(fault, Step::Field(name)))
    }
}

/// The fields of a value that is being read.
#[derive(Debug)]
pub struct GetFields<'r, 'a, 'c, O> {
    reader: &'r mut Reader<'a, 'c>,
    /// How many bytes the fields that are not yet read take at least, with what follows them.
    keep: usize,
    order: PhantomData<O>,
}

impl<'r, 'a, 'c, O: Order> GetFields<'r, 'a, 'c, O> {
    /// Makes sure of fields of at least `min` bytes and of `keep` more after them.
    ///
    /// # Errors
    /// If fewer bytes are left.
    #[inline(always)]
    pub fn enter(reader: &'r mut Reader<'a, 'c>, min: usize, keep: usize) -> Result<Self, Fault> {
        let keep = reader.enter::<O>(min, keep)?;
        Ok(GetFields { reader, keep, order: PhantomData })
    }

    /// Reads the field `name`, of at least `min` bytes.
    ///
    /// # Errors
    /// What `get` returns.
    #[inline(always)]
    pub fn get<T>(
        &mut self,
        name: &'static str,
        min: usize,
        get: impl FnOnce(&mut Reader<'a, 'c>, usize) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.keep = self.keep.wrapping_sub(min);
        let keep = self.keep;
        if O::TRACED {
            return self.reader.traced(Step::Field(name), |reader| get(reader, keep));
        }
        get(self.reader, keep)
    }
}
