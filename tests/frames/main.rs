//! The framings: golden bytes of each, the same frames however the bytes arrive, and what becomes of
//! bytes that are none.
#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test fails as the test does"
)]

mod all;
mod checksummed;
mod cobs;
mod damage;
mod delimited;
mod golden;
mod length;
mod magic;
mod raw;
mod self_delimiting;
mod splits;
mod stream;
mod varint;
