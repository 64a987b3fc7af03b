//! A connection without its socket: bytes in, messages out, and the other way round.
//!
//! [`Inbox`] and [`Outbox`] hold the two buffers of a connection and their limits. They read
//! nothing, write nothing and know no clock: a driver in `net` moves the bytes and keeps the time.

mod books;
mod code;
mod error;
mod inbox;
mod outbox;

#[cfg(feature = "std")]
pub(crate) use books::Books;
pub use error::{ConnError, RecvError, RecvErrorKind, SendError, SendErrorKind};
pub use inbox::{Inbox, State};
pub use outbox::Outbox;
