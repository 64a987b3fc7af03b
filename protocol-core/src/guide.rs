//! The guide: a page for each row of the vocabulary, with the struct, its bytes, and its errors.
//!
//! Only documentation; every example of it runs.

#[doc = include_str!("../guide/enums.md")]
pub mod enums {}

#[doc = include_str!("../guide/tlv.md")]
pub mod tlv {}

#[doc = include_str!("../guide/bits.md")]
pub mod bits {}
