//! The error of the hot path: it says that something is wrong, and nothing else.
//!
//! What was wrong and where is found by a second pass over the same bytes (or the same value) with
//! a [`Trail`](crate::trail::Trail), so the first pass carries no numbers around for errors that
//! almost never come.

/// Says that a value cannot be read or written; the details lie in the trail of a second pass.
///
/// It is made by [`Reader::refuse`](crate::Reader::refuse) and [`Sink::refuse`](crate::Sink::refuse),
/// and by the methods of both. Only code in a `with` module ever meets one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault(());

impl Fault {
    #[inline(always)]
    pub(crate) const fn new() -> Fault {
        Fault(())
    }
}
