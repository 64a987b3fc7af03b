//! DNS: the bytes of its messages, its names, and talks with dnsmasq and dig.

mod golden;
#[expect(dead_code, reason = "what only the example's server needs")]
#[path = "../../../examples/dns/messages/mod.rs"]
mod messages;
mod names;
mod real;
