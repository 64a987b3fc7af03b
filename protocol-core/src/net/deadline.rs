//! The end of one read, one write or one handshake, however many calls of the stream below it takes.

use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

/// A moment by which something is to be done; `None` if it may take for ever.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Option<Instant>);

/// A stream is never told to wait for no time at all: to a socket that means for ever.
const LEAST: Duration = Duration::from_millis(1);
/// A socket may say so much too early that its time is over, since kernels count in ticks.
const TICK: Duration = Duration::from_millis(10);

impl Deadline {
    /// So much from now.
    pub(super) fn within(time: Option<Duration>) -> Deadline {
        Deadline(time.and_then(|time| Instant::now().checked_add(time)))
    }

    /// What is left for one call of the stream below.
    pub(super) fn left(self) -> io::Result<Option<Duration>> {
        let Some(end) = self.0 else { return Ok(None) };
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(Some(left.max(LEAST))) }
    }

    /// Whether a call of the stream that came back with nothing did so because the time is over.
    pub(super) fn is_over(self) -> bool {
        self.0.is_some_and(|end| end.saturating_duration_since(Instant::now()) <= TICK)
    }
}

/// Whether a read or write did nothing, and may do something later.
pub(super) fn is_not_ready(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
