//! Blocking connections, and a server with one thread for each of them.

mod accept;
mod accepting;
mod call;
mod connect;
mod connection;
mod conversation;
mod halves;
mod handle;
mod handshake;
mod hello;
mod listener;
mod pipelined;
mod redial;
mod server;
mod timed;

#[cfg(feature = "tls")]
pub(in crate::net) use connect::first_that_answers;
pub use connection::Connection;
pub use halves::{Receiver, Sender};
pub use handle::Handle;
pub use handshake::Handshake;
pub use listener::Listener;
pub use pipelined::Pipelined;
pub use redial::Redial;
pub use server::Server;
