//! Connections for tokio: the names, limits and errors of [`blocking`](super::blocking).

mod call;
mod connection;
mod conversation;
mod flush;
mod halves;
mod pipelined;
mod timed;

pub use connection::Connection;
pub use flush::Flush;
pub use halves::{Receiver, Sender};
pub use pipelined::{Driver, Pipelined};
