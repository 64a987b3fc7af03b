//! How long a connection waits, and for what.
//!
//! All of it is absolute: a peer that drips one byte a second gains nothing.

use core::time::Duration;

/// How long a connection waits for its peer. `None` waits for ever.
///
/// ```
/// use std::time::Duration;
/// use protocol_core::conn::Timeouts;
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

/// The heart-beats of a protocol: both ends send something at least so often, so that each knows
/// that the other still lives.
///
/// ```
/// use std::time::Duration;
/// use protocol_core::conn::Beats;
///
/// assert_eq!(Beats::every(Duration::from_secs(10)).silence(), Duration::from_secs(30));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beats {
    /// A beat is sent after so long a time in which nothing else was.
    pub every: Duration,
    /// A peer from which nothing comes for so many beats is dead.
    pub missed_max: u32,
}

impl Beats {
    /// A beat after so much silence; a peer that misses three of them is dead.
    #[must_use]
    pub const fn every(every: Duration) -> Beats {
        Beats { every, missed_max: 3 }
    }

    /// How long a living peer can be silent.
    #[must_use]
    pub const fn silence(self) -> Duration {
        self.every.saturating_mul(self.missed_max)
    }
}
