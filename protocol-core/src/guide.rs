//! The guide: a page for each row of the vocabulary, with the struct, its bytes, and its errors, and for what
//! carries messages.
//!
//! Only documentation; every example of it runs.

#[doc = include_str!("../guide/words.md")]
pub mod words {}

#[doc = include_str!("../guide/lengths.md")]
pub mod lengths {}

#[doc = include_str!("../guide/lists.md")]
pub mod lists {}

#[doc = include_str!("../guide/derived.md")]
pub mod derived {}

#[doc = include_str!("../guide/presence.md")]
pub mod presence {}

#[doc = include_str!("../guide/constants.md")]
pub mod constants {}

#[doc = include_str!("../guide/values.md")]
pub mod values {}

#[doc = include_str!("../guide/text.md")]
pub mod text {}

#[doc = include_str!("../guide/enums.md")]
pub mod enums {}

#[doc = include_str!("../guide/tlv.md")]
pub mod tlv {}

#[doc = include_str!("../guide/bits.md")]
pub mod bits {}

#[doc = include_str!("../guide/explain.md")]
pub mod explain {}

#[doc = include_str!("../guide/layout_tables.md")]
pub mod layout_tables {}

#[doc = include_str!("../guide/from_other_crates.md")]
pub mod from_other_crates {}

#[doc = include_str!("../guide/three_things_people_ask_for.md")]
pub mod three_things_people_ask_for {}

#[doc = include_str!("../guide/headers.md")]
pub mod headers {}

#[cfg(feature = "std")]
#[doc = include_str!("../guide/two_directions.md")]
pub mod two_directions {}

#[cfg(feature = "std")]
#[doc = include_str!("../guide/connections.md")]
pub mod connections {}

#[cfg(feature = "std")]
#[doc = include_str!("../guide/conversations.md")]
pub mod conversations {}

#[doc = include_str!("../guide/numbers.md")]
pub mod numbers {}

#[doc = include_str!("../guide/time.md")]
pub mod time {}

#[doc = include_str!("../guide/types.md")]
pub mod types {}

#[cfg(feature = "bitflags")]
#[doc = include_str!("../guide/flags.md")]
pub mod flags {}

#[doc = include_str!("../guide/when_the_compiler_says_no.md")]
pub mod when_the_compiler_says_no {}

#[doc = include_str!("../guide/where_others_are_silent.md")]
pub mod where_others_are_silent {}
