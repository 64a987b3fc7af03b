//! What a type promises about its size: computed at compile time, believed by nobody.
//!
//! A wrong figure in a hand-written impl gives a wrong error or a slower list, never undefined
//! behaviour: each read and each write is checked again where it happens.

use crate::report::{self, Flaw};

/// The most bytes a value takes on the wire, the memory it may cost, and where it ends.
///
/// Joining bounds finds layouts that cannot be read back: what takes all remaining bytes must stand
/// last, or before values of a fixed length. They are remembered, and refused at compile time where
/// a field has such bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bounds {
    /// The most bytes a value takes on the wire; `None` if there is no bound.
    pub max_len: Option<usize>,
    /// The most bytes of heap that one byte on the wire can cost, rounded up.
    pub memory_per_byte: usize,
    end: End,
    /// Whether a secret is among what has these bounds.
    secret: bool,
    /// Why such values cannot be read back.
    flaw: Option<Flaw>,
}

/// How a reader knows where a value ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It always has the same length.
    Fixed,
    /// Its own bytes say so.
    Told,
    /// It takes all that is left, but for values of a fixed length after it.
    Rest,
}

impl Bounds {
    /// Exactly `len` bytes, and no heap.
    #[must_use]
    pub const fn exactly(len: usize) -> Bounds {
        Bounds { end: End::Fixed, ..Bounds::at_most(len, 0) }
    }

    /// At most `len` bytes, each costing at most `memory_per_byte` bytes of heap.
    #[must_use]
    pub const fn at_most(len: usize, memory_per_byte: usize) -> Bounds {
        Bounds { max_len: Some(len), ..Bounds::unbounded(memory_per_byte) }
    }

    /// Any number of bytes, each costing at most `memory_per_byte` bytes of heap.
    #[must_use]
    pub const fn unbounded(memory_per_byte: usize) -> Bounds {
        Bounds { max_len: None, memory_per_byte, end: End::Told, secret: false, flaw: None }
    }

    /// All remaining bytes, each costing at most `memory_per_byte` bytes of heap.
    #[must_use]
    pub const fn rest(memory_per_byte: usize) -> Bounds {
        Bounds { end: End::Rest, ..Bounds::unbounded(memory_per_byte) }
    }

    /// The bounds of a field that leads back to its own type, of `size` bytes in memory and at least
    /// `min` bytes on the wire. It does not look inside, which would never end.
    #[doc(hidden)]
    #[must_use]
    pub const fn recursive(size: usize, min: usize) -> Bounds {
        Bounds::unbounded(0).on_heap(size, min)
    }

    /// The bounds of values that stand one after the other.
    #[must_use]
    pub const fn sequence(parts: &[Bounds]) -> Bounds {
        let mut all = Bounds::exactly(0);
        let mut rest = parts;
        while let [part, after @ ..] = rest {
            all = all.then(*part);
            rest = after;
        }
        all
    }

    /// The bounds of one value out of several alternatives.
    #[must_use]
    pub const fn either(alternatives: &[Bounds]) -> Bounds {
        let mut all = Bounds::at_most(0, 0);
        let mut rest = alternatives;
        while let [one, after @ ..] = rest {
            all = Bounds {
                max_len: match (all.max_len, one.max_len) {
                    (Some(a), Some(b)) => Some(larger(a, b)),
                    _ => None,
                },
                memory_per_byte: larger(all.memory_per_byte, one.memory_per_byte),
                end: match (all.end, one.end) {
                    (End::Rest, _) | (_, End::Rest) => End::Rest,
                    _ => End::Told,
                },
                secret: all.secret || one.secret,
                flaw: first(all.flaw, one.flaw),
            };
            rest = after;
        }
        all
    }

    /// The bounds of this value followed by `next`.
    #[must_use]
    pub const fn then(self, next: Bounds) -> Bounds {
        let end = match (self.end, next.end) {
            (End::Fixed, End::Fixed) => End::Fixed,
            (End::Fixed | End::Told, End::Rest) | (End::Rest, End::Fixed) => End::Rest,
            (End::Fixed | End::Told, End::Fixed | End::Told) => End::Told,
            (End::Rest, End::Told | End::Rest) => End::Rest,
        };
        let all = match (self.end, next.end) {
            (End::Rest, End::Told | End::Rest) => self.flawed(Flaw::RestInside),
            _ => self,
        };
        Bounds {
            max_len: match (self.max_len, next.max_len) {
                (Some(a), Some(b)) => a.checked_add(b),
                _ => None,
            },
            memory_per_byte: larger(self.memory_per_byte, next.memory_per_byte),
            end,
            secret: self.secret || next.secret,
            flaw: first(all.flaw, next.flaw),
        }
    }

    /// The bounds of an array of `count` elements with these bounds.
    #[must_use]
    pub const fn times(self, count: usize) -> Bounds {
        let all = match self.end {
            End::Rest if count > 1 => self.flawed(Flaw::RestInItem),
            _ => self,
        };
        let max_len = match self.max_len {
            Some(len) => len.checked_mul(count),
            None => None,
        };
        Bounds { max_len, ..all }
    }

    /// The bounds of a list of at most `most` elements with these bounds, or of any number.
    #[must_use]
    pub const fn list(self, most: Option<usize>) -> Bounds {
        let all = match (self.end, most) {
            (End::Rest, _) => self.flawed(Flaw::RestInItem),
            (_, Some(count)) => self.times(count),
            (_, None) => Bounds { max_len: None, ..self },
        };
        Bounds { end: End::Told, ..all }
    }

    /// These bounds, of values that cannot be read back.
    #[must_use]
    pub(crate) const fn flawed(self, flaw: Flaw) -> Bounds {
        Bounds { flaw: first(self.flaw, Some(flaw)), ..self }
    }

    /// The same if `is_flawed` holds.
    #[must_use]
    pub(crate) const fn flawed_if(self, is_flawed: bool, flaw: Flaw) -> Bounds {
        if is_flawed { self.flawed(flaw) } else { self }
    }

    /// These bounds, for a value that is secret: no error of a message with one shows bytes that were
    /// not read.
    #[doc(hidden)]
    #[must_use]
    pub const fn secret(self) -> Bounds {
        Bounds { secret: true, ..self }
    }

    /// Whether a value's own bytes tell where it ends.
    #[doc(hidden)]
    #[must_use]
    pub const fn tells_end(&self) -> bool {
        !matches!(self.end, End::Rest)
    }

    /// Whether a secret is among what has these bounds.
    #[must_use]
    pub(crate) const fn has_secret(&self) -> bool {
        self.secret
    }

    /// These bounds, for a value that is filled up to `width` bytes.
    #[must_use]
    pub(crate) const fn padded(self, width: usize) -> Bounds {
        Bounds { max_len: Some(width), end: End::Fixed, ..self.grouped(None) }
    }

    /// These bounds, for a value of at most `most` bytes.
    #[doc(hidden)]
    #[must_use]
    pub const fn capped(self, most: usize) -> Bounds {
        Bounds { end: self.end, ..self.grouped(Some(most)) }
    }

    /// These bounds, for what a length of at most `most` bytes in front of it delimits.
    ///
    /// What has no bound of its own costs at least something: values of one length that cost nothing
    /// are read without a context, in which the value inside may want to count its depth.
    #[must_use]
    pub(crate) const fn grouped(self, most: Option<usize>) -> Bounds {
        let max_len = match (self.max_len, most) {
            (Some(len), Some(most)) if len > most => Some(most),
            (None, most) => most,
            (len, _) => len,
        };
        let least = if self.max_len.is_none() { 1 } else { 0 };
        let memory_per_byte = larger(self.memory_per_byte, least);
        Bounds { max_len, memory_per_byte, end: End::Told, ..self }
    }

    /// The bounds of a value that is there if bytes are left.
    #[doc(hidden)]
    #[must_use]
    pub const fn tail(self) -> Bounds {
        Bounds::either(&[Bounds::exactly(0), self]).to_end()
    }

    /// These bounds, for a run that goes on to the end.
    #[must_use]
    pub(crate) const fn to_end(self) -> Bounds {
        Bounds { end: End::Rest, ..self }
    }

    /// These bounds, for values of `size` bytes in memory that each take at least `min` bytes on
    /// the wire and are held on the heap.
    #[must_use]
    pub const fn on_heap(self, size: usize, min: usize) -> Bounds {
        let least = if min == 0 { 1 } else { min };
        let memory_per_byte = size.div_ceil(least).saturating_add(self.memory_per_byte);
        Bounds { memory_per_byte, ..self }
    }
}

impl Bounds {
    /// Puts the field `name`, whose bounds these are, before the others.
    ///
    /// # Panics
    /// At compile time, if the field cannot be read back there.
    #[track_caller]
    pub const fn lead(self, others: &mut Fields, name: &'static str) {
        if let Some(flaw) = self.flaw {
            report::flaw(name, flaw)
        }
        match (self.end, others.told) {
            (End::Rest, Some(next)) => report::rest_is_not_last(name, next),
            (End::Rest | End::Told, _) => others.told = Some(name),
            (End::Fixed, _) => {}
        }
        others.bounds = self.then(others.bounds);
    }
}

/// The bounds of the fields of a body, which are joined from the last to the first: what takes the rest
/// is then found where it stands, and not where something follows it.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    bounds: Bounds,
    /// The first field whose length is not fixed.
    told: Option<&'static str>,
}

impl Fields {
    /// No fields.
    pub const NONE: Fields = Fields { bounds: Bounds::exactly(0), told: None };

    /// The bounds of all of them.
    #[must_use]
    pub const fn bounds(self) -> Bounds {
        self.bounds
    }
}

const fn first(a: Option<Flaw>, b: Option<Flaw>) -> Option<Flaw> {
    if a.is_some() { a } else { b }
}

const fn larger(a: usize, b: usize) -> usize {
    if a > b { a } else { b }
}
