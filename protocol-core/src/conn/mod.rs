//! A connection without its socket: bytes and a clock in; messages, bytes and deadlines out.
//!
//! [`Machine`] is the whole of it, [`Incoming`] and [`Outgoing`] its halves, [`Inbox`] and [`Outbox`]
//! the buffers below them. They read nothing, write nothing and look at no clock: a driver in `net`
//! moves the bytes and says what time it is.

mod backoff;
mod books;
mod call;
mod calls;
mod closing;
#[cfg(feature = "tokio-util")]
mod codec;
mod conversation;
mod error;
mod hello;
mod inbox;
mod incoming;
mod machine;
mod moment;
mod outbox;
mod outgoing;
mod timeouts;
mod wait;

#[cfg(feature = "std")]
pub use backoff::NotConnected;
#[cfg(feature = "std")]
pub(crate) use backoff::random;
pub use backoff::{Attempts, Backoff};
#[cfg(not(feature = "std"))]
use books::Kept;
#[cfg(feature = "std")]
pub(crate) use books::{Books, Kept};
pub use call::{CallError, Serial};
#[cfg(feature = "std")]
pub(crate) use call::{DEADLINE, expect_silence};
#[cfg(feature = "std")]
pub(crate) use calls::{Answer, Answering};
pub use calls::{Calls, CallsEnd, Numbered};
pub use closing::{Close, Closing};
#[cfg(feature = "tokio-util")]
pub use codec::Codec;
#[cfg(feature = "std")]
pub(crate) use conversation::answer_in_place;
pub use conversation::{Conversation, Leads, Replies};
pub use error::{ConnError, RecvError, RecvErrorKind, SendError, SendErrorKind};
pub use hello::{Agreed, Greeting, Hello, HelloError};
pub use inbox::{Inbox, State};
pub use incoming::{Incoming, Next};
pub use machine::{Machine, Step};
pub use moment::Moment;
pub use outbox::Outbox;
#[cfg(feature = "std")]
pub(crate) use outbox::pack_as;
pub use outgoing::Outgoing;
pub use timeouts::{Beats, Timeouts};
#[cfg(feature = "std")]
pub(crate) use wait::earlier;
