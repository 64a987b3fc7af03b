//! Blocking connections, and a server with one thread for each of them.

mod accept;
mod accepting;
mod connection;
mod event;
mod halves;
mod incoming;
mod listen;
mod outgoing;
mod seats;
mod server;

pub use connection::Connection;
pub use event::Event;
pub use halves::{Receiver, Sender};
pub use server::{Outcome, Server, Stop, Summary};
