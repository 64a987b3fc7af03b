//! memcached: the bytes of its binary protocol, and talks with a real memcached.

mod golden;
#[expect(dead_code, reason = "what only the example's client needs")]
#[path = "../../../examples/memcached/messages/mod.rs"]
mod messages;
mod real;
mod refused;
