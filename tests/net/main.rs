//! Frames, connections and servers: everything between a socket and a message.
//!
//! No test waits without a deadline, and none uses a port that it did not get from the system.
#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test fails as the test does"
)]

mod alone;
mod async_calls;
mod chat;
mod codes;
mod connection;
mod conversation;
mod deadlines;
mod drivers;
mod dropped;
mod framed;
mod framings;
mod full;
mod halves;
mod handshakes;
mod headed;
mod hello;
mod limits;
mod machine;
mod pair;
mod paused;
mod pipelined;
mod redial;
mod serial;
mod server;
#[cfg(unix)]
mod starved;
mod states;
mod streams;
mod tls;
mod udp;
#[cfg(unix)]
mod unix_server;
mod watched;
mod wire;
