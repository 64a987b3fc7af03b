//! Sockets: reading and writing, deadlines, threads, and nothing else.
//!
//! All that is about bytes, frames and messages lies below, in `conn`, `frame` and the codec.

pub mod blocking;
mod clock;
mod deadline;
pub mod mem;
pub mod server;
mod stream;
#[cfg(feature = "tls")]
pub mod tls;
#[cfg(feature = "tokio")]
pub mod tokio;
pub mod udp;

pub use stream::{Split, Stream, Untimed};
