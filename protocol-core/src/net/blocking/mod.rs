//! Blocking connections, and a server with one thread for each of them.

mod connection;
mod halves;
mod incoming;
mod outgoing;

pub use connection::Connection;
pub use halves::{Receiver, Sender};
