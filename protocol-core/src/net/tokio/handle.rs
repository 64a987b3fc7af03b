//! A server as it is seen from other tasks: how busy it is, and how it is ended.

use std::sync::Arc;
use std::time::Duration;

use crate::net::server::{Report, Seats};

/// Ends [`Server::serve`](super::Server::serve), from any task, and tells how busy the server is.
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
    /// The drain begins when this is called; the future waits for its report. A handler that waits
    /// for a message sees the end of the stream, after the messages that had arrived, even if the
    /// peer goes on sending. One that is at work finishes it. One that is cut ends at its next await.
    ///
    /// It may be called often: the grace that ends first holds, and each call has the same report.
    pub fn drain(&self, grace: Duration) -> impl Future<Output = Report> + Send + use<> {
        self.seats.drain(grace);
        let seats = Arc::clone(&self.seats);
        async move { seats.report().await }
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
