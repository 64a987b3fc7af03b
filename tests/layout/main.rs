//! The layout of every type and word: golden bytes in both directions, every prefix of them, and
//! the exact text of every error.
//!
//! What damaged and hostile bytes do is the subject of `hostile`.

// Clippy knows by the attribute that these are tests.
#[cfg(test)]
mod bit_errors;
#[cfg(test)]
mod case;
#[cfg(test)]
mod conversations;
#[cfg(test)]
mod dispatch;
#[cfg(test)]
mod ended_errors;
#[cfg(test)]
mod explain;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod groups_errors;
#[cfg(test)]
mod header_errors;
#[cfg(test)]
mod ipv4_errors;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod pack_errors;
#[cfg(test)]
mod place;
#[cfg(test)]
mod prefixes;
mod relations_errors;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod sizes;
#[cfg(test)]
mod tag_errors;
#[cfg(test)]
mod tlv_errors;
#[cfg(test)]
mod told;
mod told_limits;
#[cfg(test)]
mod type_errors;
#[cfg(test)]
mod unpack_errors;
#[cfg(test)]
mod versions;
