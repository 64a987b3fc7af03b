//! Servers under attack, over real sockets: each scenario against the blocking and the async one.
//!
//! By default the large numbers are a twentieth of what they are meant to be. This runs all of them, and writes what
//! was measured into `ARCHITECTURE.md`:
//!
//! ```text
//! PROTOCOL_FULL=1 cargo test --test hostile_net -- --test-threads=1
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
