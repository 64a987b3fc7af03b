//! MQTT 3.1.1: the bytes of its packets, and talks with mosquitto.

mod golden;
#[path = "../../../examples/mqtt/packets/mod.rs"]
mod packets;
mod real;
mod refused;
