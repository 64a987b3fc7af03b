//! What a type promises about its size: computed at compile time, believed by nobody.
//!
//! A wrong figure in a hand-written impl gives a wrong error or a slower list, never undefined
//! behaviour: each read and each write is checked again where it happens.

/// The most bytes a value takes on the wire, and the memory it may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The most bytes a value takes on the wire; `None` if there is no bound.
    pub max_len: Option<usize>,
    /// The most bytes of heap that one byte on the wire can cost, rounded up.
    pub memory_per_byte: usize,
}

impl Bounds {
    /// Exactly `len` bytes, and no heap.
    #[must_use]
    pub const fn exactly(len: usize) -> Bounds {
        Bounds { max_len: Some(len), memory_per_byte: 0 }
    }

    /// Any number of bytes, each costing at most `memory_per_byte` bytes of heap.
    #[must_use]
    pub const fn unbounded(memory_per_byte: usize) -> Bounds {
        Bounds { max_len: None, memory_per_byte }
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
        let mut all = Bounds::exactly(0);
        let mut rest = alternatives;
        while let [one, after @ ..] = rest {
            all = Bounds {
                max_len: match (all.max_len, one.max_len) {
                    (Some(a), Some(b)) => Some(if a > b { a } else { b }),
                    _ => None,
                },
                memory_per_byte: larger(all.memory_per_byte, one.memory_per_byte),
            };
            rest = after;
        }
        all
    }

    /// The bounds of this value followed by `next`.
    #[must_use]
    pub const fn then(self, next: Bounds) -> Bounds {
        Bounds {
            max_len: match (self.max_len, next.max_len) {
                (Some(a), Some(b)) => a.checked_add(b),
                _ => None,
            },
            memory_per_byte: larger(self.memory_per_byte, next.memory_per_byte),
        }
    }

    /// The bounds of at most `count` elements with these bounds.
    #[must_use]
    pub const fn times(self, count: usize) -> Bounds {
        let max_len = match self.max_len {
            Some(len) => len.checked_mul(count),
            None => None,
        };
        Bounds { max_len, ..self }
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

const fn larger(a: usize, b: usize) -> usize {
    if a > b { a } else { b }
}
