//! The fields of one value on their way: the sink or the cursor, and how much must follow.
//!
//! The derives make one of these on entering a struct, so that each field is one short line there.

use core::marker::PhantomData;

use crate::trail::Step;
use crate::{Fault, Order, Reader, Sink};

/// The fields of a value that is being written.
#[derive(Debug)]
pub struct PutFields<'w, O, W> {
    pub(crate) sink: &'w mut W,
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

    /// Goes on to a field of at least `min` bytes: the sink, and how much follows the field. No
    /// closure, since only a function can be made inline.
    #[inline(always)]
    pub(crate) fn next(&mut self, min: usize) -> (&mut W, usize) {
        self.keep = self.keep.wrapping_sub(min);
        (self.sink, self.keep)
    }

    /// The version of the layout that is spoken.
    #[must_use]
    #[inline(always)]
    pub fn version(&self) -> u32 {
        self.sink.version()
    }

    /// Writes the field `name`, of at least `min` bytes, as `put` does: of this field more was said
    /// than its format.
    ///
    /// # Errors
    /// What `put` returns.
    #[inline]
    pub fn put_rich(
        &mut self,
        min: usize,
        name: &'static str,
        put: impl FnOnce(&mut W, usize) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let (w, keep) = self.next(min);
        put(w, keep).map_err(|fault| w.at(fault, Step::Field(name)))
    }
}

/// The fields of a value that is being read.
#[derive(Debug)]
pub struct GetFields<'r, 'a, 'c, O> {
    pub(crate) reader: &'r mut Reader<'a, 'c>,
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

    /// Goes on to a field of at least `min` bytes: the cursor, and how much follows the field.
    #[inline(always)]
    pub(crate) fn next(&mut self, min: usize) -> (&mut Reader<'a, 'c>, usize) {
        self.keep = self.keep.wrapping_sub(min);
        (self.reader, self.keep)
    }

    /// The version of the layout that is spoken.
    #[must_use]
    #[inline(always)]
    pub fn version(&self) -> u32 {
        self.reader.version()
    }

    /// Reads the field `name`, of at least `min` bytes, as `get` does: of this field more was said
    /// than its format.
    ///
    /// # Errors
    /// What `get` returns.
    #[inline]
    pub fn get_rich<T>(
        &mut self,
        min: usize,
        name: &'static str,
        get: impl FnOnce(&mut Reader<'a, 'c>, usize) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (r, keep) = self.next(min);
        if O::TRACED { r.traced(Step::Field(name), |r| get(r, keep)) } else { get(r, keep) }
    }

    /// The same for a secret: nothing of it stands in an error or an explanation.
    ///
    /// # Errors
    /// What `get` returns.
    #[inline]
    pub fn get_secret<T>(
        &mut self,
        min: usize,
        name: &'static str,
        get: impl FnOnce(&mut Reader<'a, 'c>, usize) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (r, keep) = self.next(min);
        if O::TRACED { r.traced_secret(Step::Field(name), |r| get(r, keep)) } else { get(r, keep) }
    }
}
