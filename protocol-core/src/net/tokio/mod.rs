//! Connections for tokio: the names, limits and errors of [`blocking`](super::blocking).

mod connection;
mod flush;
mod halves;
mod timed;

pub use connection::Connection;
pub use flush::Flush;
pub use halves::{Receiver, Sender};
