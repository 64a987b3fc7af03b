//! Connections for tokio: the names, limits and errors of [`blocking`](super::blocking).

mod connection;
mod flush;
mod halves;
mod timed;

pub use connection::Connection;
#[cfg(feature = "tokio-tls")]
pub(in crate::net) use connection::first_that_answers;
pub use flush::Flush;
pub use halves::{Receiver, Sender};
