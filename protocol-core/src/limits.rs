//! What one message may cost its reader.

/// The limits of unpacking one message. Every one of them is finite by default.
///
/// ```
/// use protocol_core::Limits;
/// let small = Limits { memory: 64 * 1024, ..Limits::default() };
/// assert_eq!(small.depth, 64);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of heap that the lists, texts and boxes of one message may take together;
    /// 16 MiB by default. It bounds what a small message can unfold to: an element may be larger in
    /// memory than on the wire.
    pub memory: u64,
    /// How deep a value may nest in values of its own type; 64 by default, the outermost counts 1.
    /// A type with `#[wire(depth = N)]` has its own limit, and the smaller of both holds.
    pub depth: u32,
}

impl Limits {
    /// The default limits: 16 MiB of memory, 64 levels.
    pub const DEFAULT: Limits = Limits { memory: 16 * 1024 * 1024, depth: 64 };
}

impl Default for Limits {
    fn default() -> Limits {
        Limits::DEFAULT
    }
}
