//! Messages over UDP: one datagram is one message, without a frame.
//!
//! What a datagram is worth: it comes whole or not at all, perhaps twice, perhaps after the next
//! one, and **who sent it is a claim that anybody can make**. So the limits here are those that a
//! stream does not need:
//!
//! - A datagram above the limit, 1200 bytes each way unless it is changed, is an error with both
//!   numbers, and never cut.
//! - A [`Reply`] to somebody who may not be the sender of its request is at most three times as
//!   large as the request, as in QUIC ([RFC 9000, section 8][quic]); otherwise a server can be made
//!   to flood a victim with more than it is sent.
//! - Garbage, and the news that an earlier reply did not arrive, end no server.
//!
//! [quic]: https://www.rfc-editor.org/rfc/rfc9000#section-8

pub mod blocking;
mod mail;
mod reply;
mod socket;
#[cfg(feature = "tokio")]
pub mod tokio;

pub use reply::Reply;
pub use socket::{Connected, Socket};
