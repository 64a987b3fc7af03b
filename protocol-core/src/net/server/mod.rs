//! What the blocking and the async server share: their limits, what they tell, and how they end.
//!
//! But for opening the sockets that listen, nothing here is I/O: it counts seats and bytes, measures pauses, and passes on what
//! happened. The sockets, threads and tasks belong to `blocking` and `tokio`.

mod address;
mod backoff;
mod budget;
mod event;
mod lines;
mod listen;
mod listening;
#[cfg(feature = "metrics")]
mod metered;
mod network;
mod observer;
mod outcome;
mod report;
mod seat;
mod seats;
mod served;
mod settings;
#[cfg(unix)]
mod socket_file;
#[cfg(feature = "tracing")]
mod traced;
mod waits;

pub use address::Address;
pub(in crate::net) use backoff::{Backoff, is_of_one_connection};
pub use event::{Event, Refusal};
pub(in crate::net) use listen::{listen, reachable};
pub(in crate::net) use listening::Place;
pub use listening::{Plain, Server, Tasks, Threads};
#[cfg(feature = "metrics")]
pub use metered::Metrics;
pub(in crate::net) use observer::Watch;
pub use observer::{Observer, Peer, Tally};
pub use outcome::Outcome;
pub use report::Report;
pub(in crate::net) use seat::Seat;
pub(in crate::net) use seats::{NoSeat, Reach, SeatLimits, Seats};
pub use served::Served;
pub(in crate::net) use settings::{HANDSHAKE_PANICKED, Settings};
#[cfg(unix)]
pub(in crate::net) use socket_file::{FileId, file_at, listen_at};
#[cfg(feature = "tracing")]
pub use traced::Tracing;
