//! The guide: a page for each row of the vocabulary, with the struct, its bytes, and its errors.
//!
//! Only documentation; every example of it runs.

#[doc = include_str!("../guide/headers.md")]
pub mod headers {}

#[cfg(feature = "std")]
#[doc = include_str!("../guide/two_directions.md")]
pub mod two_directions {}
