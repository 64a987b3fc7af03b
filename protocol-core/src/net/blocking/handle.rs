//! A server as it is seen from other threads: how busy it is, and how it is ended.

use std::sync::Arc;
use std::time::Duration;

use crate::net::server::{Report, Seats};

/// Ends [`Server::serve`](super::Server::serve), from any thread, and tells how busy the server is.
/// Clones are the same handle.
#[derive(Debug, Clone)]
pub struct Handle {
    seats: Arc<Seats>,
}

impl Handle {
    pub(super) fn new(seats: Arc<Seats>) -> Handle {
        Handle { seats }
    }

    /// Ends the server: accepts no more, lets what is in flight finish, cuts at the end of the grace
    /// what has not, and says how many of each there were.
    ///
    /// A handler that waits for a message sees the end of the stream, after the messages that the
    /// server had received, even if the peer goes on sending. One that is at work finishes it.
    ///
    /// It may be called often: the grace that ends first holds, and each call has the same report.
    /// It waits for all handlers, so one that calls it waits for itself and is cut.
    pub fn drain(&self, grace: Duration) -> Report {
        self.seats.drain(grace);
        self.seats.wait_for_report()
    }

    /// How many connections are open.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.seats.open()
    }

    /// How many bytes the buffers of all connections take, with what is set aside for each.
    #[must_use]
    pub fn buffers(&self) -> usize {
        self.seats.buffers()
    }
}
