//! The types that have a layout of their own: those of Rust, and number types that Rust lacks.

mod byte;
#[cfg(feature = "std")]
mod clock;
mod net;
mod number;
mod ordered;
mod sequence;
mod small;
mod tuple;
mod units;
mod varint;
mod wide;

pub use ordered::{Be, Le};
pub use units::{Micros, Millis, Nanos, Secs, TimeError};
pub use varint::{Folded, Varint};
pub use wide::{I24, I40, I48, I56, U24, U40, U48, U56};
