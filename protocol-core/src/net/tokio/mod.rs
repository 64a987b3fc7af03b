//! Connections and a server for tokio: the names, limits and errors of [`blocking`](super::blocking).

mod accept;
mod bell;
mod call;
mod caught;
mod connect;
mod connection;
mod conversation;
mod flush;
mod halves;
mod handle;
mod handshake;
mod hello;
mod listener;
mod pipelined;
mod redial;
mod server;
mod talk;
mod timed;

#[cfg(feature = "tokio-tls")]
pub(in crate::net) use connect::first_that_answers;
pub use connection::Connection;
pub use flush::Flush;
pub use halves::{Receiver, Sender};
pub use handle::Handle;
pub use handshake::Handshake;
pub use listener::Listener;
pub use pipelined::{Driver, Pipelined};
pub use redial::Redial;
pub use server::Server;
