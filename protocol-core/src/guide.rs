//! The guide: a page for each row of the vocabulary, with the struct, its bytes, and its errors.
//!
//! Only documentation; every example of it runs.

#[doc = include_str!("../guide/numbers.md")]
pub mod numbers {}

#[doc = include_str!("../guide/time.md")]
pub mod time {}

#[doc = include_str!("../guide/types.md")]
pub mod types {}

#[cfg(feature = "bitflags")]
#[doc = include_str!("../guide/flags.md")]
pub mod flags {}
