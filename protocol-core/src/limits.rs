//! What one message may cost its reader.

/// The limits of unpacking one message. Every one of them is finite by default.
///
/// ```
/// use protocol_core::Limits;
/// let small = Limits { memory: 64 * 1024, ..Limits::default() };
/// assert_eq!(small.depth, 1024);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of heap that the lists, texts and boxes of one message may take together;
    /// 16 MiB by default. It bounds what a small message can unfold to: an element may be larger in
    /// memory than on the wire.
    pub memory: u64,
    /// How deep values may nest in each other, counting only types that can hold their own kind, all
    /// of them together; 1024 by default. Each such type has a limit of its own besides: 64 levels, or
    /// `#[wire(depth = N)]`, or fewer if the type is so large that a small stack would not hold them.
    pub depth: u32,
}

impl Limits {
    /// The default limits: 16 MiB of memory, 1024 levels.
    pub const DEFAULT: Limits = Limits { memory: 16 * 1024 * 1024, depth: 1024 };
}

impl Default for Limits {
    fn default() -> Limits {
        Limits::DEFAULT
    }
}
