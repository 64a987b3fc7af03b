//! The types that have a layout of their own: those of Rust, and number types that Rust lacks.

mod byte;
#[cfg(any(feature = "std", feature = "time"))]
mod clock;
mod cstr;
#[cfg(feature = "bitflags")]
mod flags;
mod net;
mod number;
mod ordered;
mod sequence;
mod small;
#[cfg(feature = "time")]
mod time;
mod tuple;
mod units;
#[cfg(feature = "uuid")]
mod uuid;
mod varint;
mod wide;
mod wrapper;

#[cfg(feature = "bitflags")]
pub use flags::{Flags, flags_from_i128, get_flags, put_flags};
pub use ordered::{Be, Le};
pub use units::{Micros, Millis, Nanos, Secs, TimeError};
pub use varint::{Folded, Varint};
pub use wide::{I24, I40, I48, I56, U24, U40, U48, U56};
