//! Where packed bytes go: a growing vector, a slice, or nowhere but a counter.
//!
//! The derive writes against [`Sink`] once; which of the three it is costs nothing at run time.

use crate::trail::{Step, Trail};
use crate::{Fault, PackErrorKind};

/// A place that packed bytes are written to. Sealed: the codec's speed rests on knowing them all.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no place for packed bytes",
    label = "the library has them all: call `pack`, `pack_into` or `pack_slice`"
)]
pub trait Sink: sealed::Sealed + Sized {
    /// Makes room for `count` more bytes.
    ///
    /// # Errors
    /// If the sink is a slice that is too small.
    fn need(&mut self, count: usize) -> Result<(), Fault>;

    /// Writes `N` bytes.
    ///
    /// # Errors
    /// If the sink is full.
    fn put<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Fault>;

    /// Writes `bytes`.
    ///
    /// # Errors
    /// If the sink is full.
    fn bytes(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.bytes_before(bytes, 0)
    }

    /// Writes `bytes` and makes room for `keep` more.
    #[doc(hidden)]
    fn bytes_before(&mut self, bytes: &[u8], keep: usize) -> Result<(), Fault>;

    /// Writes the `N` bytes that `pack` makes of each number.
    #[doc(hidden)]
    fn numbers<T: Copy, const N: usize>(
        &mut self,
        numbers: &[T],
        pack: impl Fn(T) -> [u8; N],
    ) -> Result<(), Fault>;

    /// Runs `write` on a copy of the sink that can live in registers: for loops in functions of
    /// their own, where the sink is behind a pointer.
    #[doc(hidden)]
    #[inline(always)]
    fn locally<R>(&mut self, write: impl FnOnce(&mut Self) -> R) -> R {
        write(self)
    }

    /// Writes `count` zeros.
    #[doc(hidden)]
    fn zeros(&mut self, count: usize) -> Result<(), Fault> {
        const ZEROS: [u8; 64] = [0; 64];
        let mut left = count;
        while let Some(zeros) = ZEROS.get(..left.min(ZEROS.len())).filter(|some| !some.is_empty()) {
            self.bytes(zeros)?;
            left = left.saturating_sub(zeros.len());
        }
        Ok(())
    }

    /// How many bytes were written, from the first one of the whole value that is packed.
    fn position(&self) -> usize;

    /// The bytes written from the position `start` on; `None` where bytes are only counted.
    #[doc(hidden)]
    fn since(&self, start: usize) -> Option<&[u8]>;

    /// Overwrites the bytes at the position `at`, all of which were written before; else, and where
    /// bytes are only counted, it does nothing.
    #[doc(hidden)]
    fn patch<const N: usize>(&mut self, at: usize, bytes: [u8; N]);

    /// Whether bytes are only counted.
    #[doc(hidden)]
    const COUNTS: bool = false;

    /// A counter that goes on from here: what a value would take if it were written now. A fault in
    /// it is taken down where one of this sink would be.
    #[doc(hidden)]
    fn meter(&self) -> Count<'_>;

    /// The version of the layout that is written: the newest, [`u32::MAX`], but in
    /// [`pack_version`](crate::Pack::pack_version).
    fn version(&self) -> u32;

    /// How deep the value that is being written nests in values of its own type.
    #[doc(hidden)]
    fn depth(&mut self) -> &mut u32;

    /// Says that the value is refused, and why: a fact in lower case, without a full stop.
    #[must_use]
    #[cold]
    fn refuse(&self, why: &'static str) -> Fault {
        self.fault(PackErrorKind::Refused { why })
    }

    /// Takes down what is wrong, if a trail is kept.
    #[doc(hidden)]
    #[must_use]
    #[cold]
    fn fault(&self, _kind: PackErrorKind) -> Fault {
        Fault::new()
    }

    /// Adds a step to the way to `fault`, if a trail is kept.
    #[doc(hidden)]
    #[must_use]
    #[inline(always)]
    fn at(&self, fault: Fault, _step: Step) -> Fault {
        fault
    }
}

/// Makes room for a value of at least `min` bytes and `keep` more, and returns their sum.
///
/// # Errors
/// If the sink is a slice that is too small.
#[inline(always)]
pub(crate) fn enter<W: Sink>(w: &mut W, min: usize, keep: usize) -> Result<usize, Fault> {
    let needed = min.wrapping_add(keep);
    w.need(needed)?;
    Ok(needed)
}

/// How many of `width` bytes a value of `len` bytes leaves free.
///
/// # Errors
/// If it does not fit.
#[inline]
pub(crate) fn free<W: Sink>(len: usize, width: usize, w: &W) -> Result<usize, Fault> {
    let above = PackErrorKind::AboveLimit { got: len as u64, max: width as u64 };
    width.checked_sub(len).ok_or_else(|| w.fault(above))
}

/// Enters one more level of a type that nests in itself, of which at most `max` are allowed.
///
/// # Errors
/// If that is too deep.
#[inline]
pub fn descend<W: Sink>(w: &mut W, max: u32) -> Result<(), Fault> {
    let depth = w.depth();
    *depth = depth.saturating_add(1);
    if *depth <= max { Ok(()) } else { Err(w.fault(PackErrorKind::TooDeep { max })) }
}

/// Leaves a level.
#[inline]
pub fn ascend<W: Sink>(w: &mut W) {
    let depth = w.depth();
    *depth = depth.saturating_sub(1);
}

/// Says that the tag in a catch-all variant is that of another variant.
#[cold]
#[inline(never)]
pub fn known_tag<W: Sink>(w: &W, tag: u64) -> Fault {
    w.fault(PackErrorKind::KnownAsUnknown { id: tag })
}

/// What belongs to a whole value while it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct State {
    pub(crate) depth: u32,
    pub(crate) version: u32,
    /// How many lengths are being measured, each within the one before.
    pub(crate) measures: u32,
}

impl State {
    /// No level entered, in this version.
    #[inline(always)]
    pub(crate) const fn of(version: u32) -> State {
        State { depth: 0, version, measures: 0 }
    }
}

/// How deep lengths that earlier fields tell may nest. Each is measured before it is written, and measures
/// those within it once more: without a limit a hundred bytes would take hours.
const MEASURES_MAX: u32 = 8;

/// Counts the bytes that it is given, and keeps the trail of an error if it has one.
#[derive(Debug)]
pub struct Count<'t> {
    len: usize,
    state: State,
    trail: Option<&'t Trail<PackErrorKind>>,
}

impl<'t> Count<'t> {
    /// A counter at this position.
    #[inline(always)]
    pub(crate) fn new(len: usize, state: State) -> Count<'t> {
        Count { len, state, trail: None }
    }

    /// Enters a length that is measured while another is; whether that is not too deep.
    pub(crate) fn enter_measure(&mut self) -> bool {
        self.state.measures += 1;
        self.state.measures <= MEASURES_MAX
    }

    pub(crate) fn with_trail(trail: &'t Trail<PackErrorKind>, version: u32) -> Count<'t> {
        Count { len: 0, state: State::of(version), trail: Some(trail) }
    }
}

impl Sink for Count<'_> {
    const COUNTS: bool = true;

    #[inline(always)]
    fn need(&mut self, _count: usize) -> Result<(), Fault> {
        Ok(())
    }

    #[inline(always)]
    fn put<const N: usize>(&mut self, _bytes: [u8; N]) -> Result<(), Fault> {
        self.len = self.len.wrapping_add(N);
        Ok(())
    }

    #[inline(always)]
    fn bytes_before(&mut self, bytes: &[u8], _keep: usize) -> Result<(), Fault> {
        self.len = self.len.wrapping_add(bytes.len());
        Ok(())
    }

    #[inline(always)]
    fn numbers<T: Copy, const N: usize>(
        &mut self,
        numbers: &[T],
        _pack: impl Fn(T) -> [u8; N],
    ) -> Result<(), Fault> {
        self.len = self.len.wrapping_add(numbers.len().wrapping_mul(N));
        Ok(())
    }

    #[inline(always)]
    fn zeros(&mut self, count: usize) -> Result<(), Fault> {
        self.len = self.len.wrapping_add(count);
        Ok(())
    }

    #[inline(always)]
    fn position(&self) -> usize {
        self.len
    }

    #[inline(always)]
    fn since(&self, _start: usize) -> Option<&[u8]> {
        None
    }

    #[inline(always)]
    fn patch<const N: usize>(&mut self, _at: usize, _bytes: [u8; N]) {}

    #[inline(always)]
    fn meter(&self) -> Count<'_> {
        Count { len: self.len, state: self.state, trail: self.trail }
    }

    #[inline(always)]
    fn version(&self) -> u32 {
        self.state.version
    }

    fn depth(&mut self) -> &mut u32 {
        &mut self.state.depth
    }

    fn fault(&self, kind: PackErrorKind) -> Fault {
        if let Some(trail) = self.trail {
            trail.note(kind, self.len);
        }
        Fault::new()
    }

    #[inline(never)]
    fn at(&self, fault: Fault, step: Step) -> Fault {
        if let Some(trail) = self.trail {
            trail.step(step);
        }
        fault
    }
}

pub(crate) mod sealed {
    /// Implemented beside each sink.
    pub trait Sealed {}
}

impl sealed::Sealed for Count<'_> {}
