//! Blocking connections, and a server with one thread for each of them.

mod accept;
mod accepting;
mod call;
mod connection;
mod conversation;
mod event;
mod halves;
mod listen;
mod seats;
mod server;
mod timed;

pub use connection::Connection;
pub use event::Event;
pub use halves::{Receiver, Sender};
pub use server::{Outcome, Server, Stop, Summary};
