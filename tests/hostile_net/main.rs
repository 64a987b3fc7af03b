//! Servers under attack, over real sockets: each scenario against the blocking and the async one.
//!
//! By default the large numbers are a twentieth of what they are meant to be. All of them, and a table
//! of what was measured:
//!
//! ```text
//! PROTOCOL_FULL=1 cargo test --test hostile_net -- --nocapture --test-threads=1 | grep '^|'
//! ```
#![cfg(unix)]
#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test fails as the test does"
)]

mod bytes;
mod child;
mod crowds;
mod ends;
mod handlers;
mod heap;
mod memory;
mod redial;
mod running;
mod talk;
