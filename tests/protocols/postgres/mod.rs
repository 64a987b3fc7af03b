//! PostgreSQL: the bytes of its messages, and talks with a real PostgreSQL 15.

mod golden;
#[path = "../../../examples/postgres/messages/mod.rs"]
mod messages;
mod opening;
mod page;
mod real;
mod refused;
#[expect(dead_code, reason = "what only the example's client needs")]
#[path = "../../../examples/postgres/scram.rs"]
mod scram;
