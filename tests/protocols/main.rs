//! The protocols of the examples: their bytes, and talks with the real programs that speak them.
//!
//! Without a program its tests say loudly that they are skipped; with `PROTOCOL_REQUIRE_PEERS=1`
//! they fail instead.
#![expect(clippy::panic, reason = "a helper of a test fails as the test does")]

mod article;
mod calls;
mod conversation;
mod damage;
mod dns;
mod hand_written;
mod memcached;
mod mqtt;
mod postgres;
#[path = "../programs/mod.rs"]
mod programs;
#[cfg(unix)]
mod room;
#[cfg(unix)]
mod serial;
mod udp;
