//! How long a connection waits, and for what.
//!
//! All of it is absolute: a peer that drips one byte a second gains nothing.

use std::time::{Duration, Instant};

/// How long a connection waits for its peer. `None` waits for ever.
///
/// ```
/// use std::time::Duration;
/// use protocol_core::net::Timeouts;
///
/// assert_eq!(Timeouts::CLIENT.idle, None);
/// let hasty = Timeouts { frame: Some(Duration::from_secs(2)), ..Timeouts::SERVER };
/// assert_eq!(hasty.idle, Some(Duration::from_secs(60)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// From the first byte of a frame to its last.
    pub frame: Option<Duration>,
    /// From the wait for a message to the first byte of its frame.
    pub idle: Option<Duration>,
    /// For the peer to take what is sent, or 64 KiB of it.
    pub write: Option<Duration>,
}

impl Timeouts {
    /// The defaults of a connection that was opened here: 10 s for a frame, 30 s for writing, and
    /// a silent peer is waited for without end.
    pub const CLIENT: Timeouts = Timeouts {
        frame: Some(Duration::from_secs(10)),
        idle: None,
        write: Some(Duration::from_secs(30)),
    };

    /// The defaults of a connection that a server accepted: as [`CLIENT`](Timeouts::CLIENT), and
    /// a peer may be silent for 60 s.
    pub const SERVER: Timeouts =
        Timeouts { idle: Some(Duration::from_secs(60)), ..Timeouts::CLIENT };
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        Timeouts::CLIENT
    }
}

/// A wait that began at some time and is allowed to last for some time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wait {
    began: Instant,
    allowed: Option<Duration>,
}

/// What is left of a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Left {
    /// There is no limit.
    Forever,
    /// So much, and never zero.
    Some(Duration),
    /// Nothing.
    Nothing,
}

/// What is shorter is not worth a system call to set a timeout anew; and a socket may say so much
/// too early that its time is over, since kernels count in ticks.
const TICK: Duration = Duration::from_millis(10);

/// When the time is over, what can be done at once is still done: the time may have gone by between
/// two calls, with the bytes long there. A blocking stream is given so long for it.
pub(super) const LATE_TRY: Duration = Duration::from_millis(1);

impl Wait {
    pub(super) fn new(began: Instant, allowed: Option<Duration>) -> Wait {
        Wait { began, allowed }
    }

    pub(super) fn left(self, now: Instant) -> Left {
        let Some(allowed) = self.allowed else {
            return Left::Forever;
        };
        let gone = now.saturating_duration_since(self.began);
        let left = allowed.saturating_sub(if gone < TICK { Duration::ZERO } else { gone });
        if left.is_zero() { Left::Nothing } else { Left::Some(left) }
    }

    /// Whether a read or write that came back with nothing did so because the time is over.
    pub(super) fn is_over(self) -> bool {
        match self.left(Instant::now()) {
            Left::Forever => false,
            Left::Some(left) => left <= TICK,
            Left::Nothing => true,
        }
    }
}
