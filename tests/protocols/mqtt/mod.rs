//! MQTT 3.1.1: the bytes of its packets, and talks with mosquitto.

mod golden;
#[expect(dead_code, reason = "the constants that only the example needs")]
#[path = "../../../examples/mqtt/packets/mod.rs"]
mod packets;
mod real;
mod refused;
