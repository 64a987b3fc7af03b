//! Connections and a server for tokio: the names, limits and errors of [`blocking`](super::blocking).

mod accept;
mod bell;
mod connection;
mod flush;
mod halves;
mod handle;
mod handshake;
mod server;
mod timed;

pub use connection::Connection;
pub use flush::Flush;
pub use halves::{Receiver, Sender};
pub use handle::Handle;
pub use handshake::{Handshake, Plain};
pub use server::Server;
